"""Service levels: the time allowed, read off from which tickets kept it.

The clock of the model stops while a ticket waits for its user. A log's own clock may run on; so the time
allowed is not the agreement's number of hours but the one at which as many tickets are in time as in the log.
"""

from __future__ import annotations

import pandas as pd

from calibration.findings import Finding, shown

FEWEST = 30
SHORTEST = 1 / 60
"""A level that no ticket kept can't be read off: it is shorter than any time seen."""

LEVELS = (1, 2, 3, 4)


def service_levels(cases: pd.DataFrame) -> tuple[dict[int, float], list[Finding]]:
    """Hours (round the clock) by priority that reproduce the share of tickets that kept their level.

    ``cases`` has the hours open less those of waiting for the user as ``clock_hours``. Priorities with too
    few tickets are left out.
    """
    marked = cases[cases["made_sla"].notna()]
    known = marked[marked["hours"].notna() & marked["priority"].notna()]
    if known.empty:
        return {}, []
    found = {}
    for priority in LEVELS:
        part = known[known["priority"] == priority]
        if len(part) >= FEWEST:
            found[priority] = max(SHORTEST, float(part["clock_hours"].quantile(part["made_sla"].mean())))
    kept = marked["made_sla"].mean()
    text = (
        f"{kept:.0%} of the cases kept their service level (by their last row: the mark flips at the breach)."
    )
    if found:
        listed = ", ".join(f"P{priority} {shown(hours)} h" for priority, hours in found.items())
        text += f" Times allowed that give this share, waiting for the user apart: {listed}."
    return found, [Finding("service_levels", text)]
