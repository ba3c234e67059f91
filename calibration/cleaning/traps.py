"""All traps that are looked for in a log as a whole."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from calibration.cleaning.calendar import holiday_findings
from calibration.cleaning.durations import (
    auto_close,
    business_hours,
    closing_hours,
    two_humps,
    unresolved,
)
from calibration.cleaning.edges import left_open, selected_on_closing, still_open
from calibration.cleaning.links import change_bursts, links, repeats
from calibration.cleaning.numbers import thinned
from calibration.cleaning.priority import priority_function, priority_order
from calibration.cleaning.rows import (
    bulk_updates,
    leaking,
    same_minute,
    service_level_flips,
    whole_days,
)
from calibration.exports.log import TicketLog
from calibration.findings import OVERRULED_HERE, Finding


def log_findings(log: TicketLog, cases: pd.DataFrame, learnt: pd.Series | None = None) -> list[Finding]:
    """Traps that a reader of the numbers should know of.

    Parameters
    ----------
    log
        The export.
    cases
        As ``calibration.fit.cases.cases_of`` returns them: all of them, before a window is chosen.
    learnt
        Which of the cases are learnt from; all, if left out.
    """
    overruled = log.mapping.cleaning.overrule
    left = left_open(cases)
    found = [
        thinned(cases, log.mapping.cleaning.arrivals_times),
        selected_on_closing(cases),
        still_open(cases, log.rows.groupby("case", sort=False)["state"].last()),
        None if left is None else left.finding,
        holiday_findings(cases, log.mapping.cleaning.country),
        leaking(log, cases, "resolved"),
        leaking(log, cases, "closed"),
        whole_days(cases),
        same_minute(log),
        bulk_updates(log),
        unresolved(cases, learnt, None if "auto_close" in overruled else closing_hours(cases)),
        auto_close(cases),
        service_level_flips(log),
        two_humps(cases),
        business_hours(log, cases),
        priority_order(cases),
        priority_function(log),
        links(log),
        change_bursts(log),
        repeats(log, cases),
    ]
    return [
        replace(finding, text=f"{finding.text} {OVERRULED_HERE}") if finding.name in overruled else finding
        for finding in found
        if finding is not None
    ]
