"""How much the level of a service desk moves from one week to the next.

A simulation with fixed parameters is the same every week. A service desk is not: people learn, backlogs come
and go. What cannot be known of a later week is at least what one week of the log has not told of the next.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from calibration.cleaning.calendar import quiet_days
from calibration.cleaning.durations import in_hours
from calibration.findings import Finding
from calibration.fit.window import daily_counts

LONG_HOURS = 8.0
"""Hours from which a ticket counts as one that had to wait."""

FEWEST_TICKETS, FEWEST_PAIRS = 50, 3
MOST = 0.3


def drift(cases: pd.DataFrame, first: pd.Timestamp, trained: pd.Timestamp) -> tuple[float, list[Finding]]:
    """Standard deviation of the step, from week to week, of the logarithm of the share that had to wait.

    Parameters
    ----------
    cases
        As ``calibration.fit.cases.cases_of`` returns them.
    first
        First day that is complete: a start that is not learnt from (a transient) counts, as it tells how
        much can change.
    trained
        The day after the last one that is learnt from.

    The mean square of the steps, less what chance makes of them; 0 where there are too few weeks. Weeks with
    quiet days are passed over.
    """
    inside = cases[cases["opened"].between(first, trained, inclusive="left")]
    if inside.empty:
        return 0.0, []
    daily = daily_counts(inside["opened"])
    week = weeks_before(inside["opened"], trained)
    marks = quiet_days(daily)
    quiet = weeks_before(pd.Series(daily.index[marks.to_numpy()]), trained)
    last_whole = (trained - first).days // 7
    known = inside["hours"].notna() | inside["closed"].isna()
    waited = ~(inside["hours"] <= LONG_HOURS)
    table = waited[known].groupby(week[known]).agg(["mean", "size"])
    sound = (table["size"] >= FEWEST_TICKETS) & (table["mean"] > 0) & (table.index < last_whole)
    table = table[sound & ~table.index.isin(quiet)]
    steps, noise = [], []
    for number in table.index:
        if number + 1 in table.index:
            new, old = table.loc[number], table.loc[number + 1]
            steps.append(np.log(new["mean"] / old["mean"]) ** 2)
            noise.append(sum((1 - part["mean"]) / (part["mean"] * part["size"]) for part in (new, old)))
    if len(steps) < FEWEST_PAIRS:
        return 0.0, []
    found = float(min(MOST, np.sqrt(max(0.0, np.mean(steps) - np.mean(noise)))))
    text = (
        f"The share of tickets that took longer than {LONG_HOURS:g} hours moves from one week to the next by "
        f"{found:.0%} of itself, beyond chance ({len(steps)} steps between weeks): so much is not known of "
        "any later week, and is drawn with the posterior."
    )
    return found, [Finding("drift", text)] if found > 0 else []


def weeks_before(times: pd.Series, end: pd.Timestamp) -> pd.Series:
    """Whole weeks from each time to ``end``."""
    days = in_hours(end - times - pd.Timedelta(seconds=1)) / 24
    return pd.Series(np.floor(days.to_numpy(dtype=float) / 7).astype(int), index=times.index)
