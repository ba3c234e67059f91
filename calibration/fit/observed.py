"""What the log shows of the numbers by which a simulation is compared with it, and how sure that is."""

from __future__ import annotations

import numpy as np
import pandas as pd

from calibration.findings import Finding
from calibration.fit.likeness import LONGEST, likeness, seconds_since_monday
from calibration.fit.organisation import Organisation
from calibration.fit.unseen import RANGES, Unseen
from calibration.fit.visits import on_usual_days
from calibration.fit.window import DAY
from sim.spec.calendars import Floats

MOST_WEEKS = 4
RESAMPLES = 200
WORDS = {
    "desk_work": "work of a visit at the desk",
    "work_behind": "work of a visit behind the desk",
    "seats": "seats that these tickets have to themselves",
}


def inferred_weeks(organisation: Organisation) -> int:
    """Weeks of arrivals that are played for inference: those of the log, at most four."""
    return int(min(MOST_WEEKS, max(1, round(organisation.window.weeks))))


def usual_cases(organisation: Organisation) -> pd.DataFrame:
    """Cases learnt from that were opened on usual days, without the quiet days that they lasted over."""
    return on_usual_days(organisation.cases, organisation.arrivals.quiet_days)


def seen(organisation: Organisation, weeks: int) -> Floats:
    """Summaries of the log's last ``weeks`` weeks."""
    usual = usual_cases(organisation)
    first = organisation.window.trained - 7 * weeks * DAY
    late = usual[usual["opened"] >= first]
    return likeness(
        seconds_since_monday(late["opened"], first),
        late["hours"].to_numpy(dtype=float),
        late["handoffs"].to_numpy(dtype=np.int64),
    )


def spread(organisation: Organisation) -> dict[str, float]:
    """Standard deviations of the logarithms of what the log tells directly: arrivals, and how long waits are.

    Whole days are drawn again, because tickets of one day are alike.
    """
    usual = usual_cases(organisation)
    hours = usual["hours"].clip(upper=LONGEST).fillna(LONGEST)
    by_day = hours.groupby(usual["opened"].dt.normalize()).agg(["sum", "count"]).to_numpy(dtype=float)
    generator = np.random.default_rng(1)
    drawn = by_day[generator.integers(0, len(by_day), (RESAMPLES, len(by_day)))].sum(axis=1)
    return {
        "arrivals": float(np.sqrt(organisation.arrivals.fano / max(1, len(usual)))),
        "waits": float(np.log(drawn[:, 0] / drawn[:, 1]).std()),
    }


def in_words(found: Unseen, name: str, low: float, high: float) -> str:
    """How sure a factor is."""
    if (end := found.at_end(name)) is not None:
        least = end == RANGES[name][1]
        more = "more" if least else "less"
        return (
            f"{low:.2g} to {high:.2g}: the {'upper' if least else 'lower'} end of what was tried, {end:g}; "
            f"how much {more} it may be the log does not tell"
        )
    if found.narrowed[name] >= 0.9:
        return f"{low:.2g} to {high:.2g}; no narrower than assumed before: the log does not tell"
    return f"{low:.2g} to {high:.2g}; {1 - found.narrowed[name]:.0%} narrower than assumed before"


def unseen_finding(found: Unseen) -> Finding:
    """What simulation told, in words."""
    low, high = np.quantile(found.draws, [0.05, 0.95], axis=0)
    ends = dict(zip(found.medians, zip(low.tolist(), high.tolist(), strict=True), strict=True))
    parts = [
        f"{WORDS[name]} {found.medians[name]:.2g} times the first guess "
        f"({in_words(found, name, *ends[name])})"
        for name in RANGES
    ]
    return Finding(
        "unseen",
        f"Inferred by simulation, because no log tells it ({len(found.draws)} draws are kept in the base): "
        + "; ".join(parts)
        + ".",
    )
