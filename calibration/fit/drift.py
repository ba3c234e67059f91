"""How much the level of a service desk moves from one week to the next.

A simulation with fixed parameters is nearly the same every week. A service desk is not: people learn,
backlogs come and go. What cannot be known of a later week is at least what one week of the log has not told
of the next.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from calibration.cleaning.calendar import quiet_days
from calibration.cleaning.durations import in_hours
from calibration.findings import Finding
from calibration.fit.visits import on_usual_days
from calibration.fit.window import daily_counts

LONG_HOURS = 8.0
"""Hours from which a ticket counts as one that had to wait."""

FEWEST_TICKETS, FEWEST_PAIRS = 50, 3
MOST_QUIET = 2
"""Quiet days beyond which a week is none to compare others with."""

MOST = 0.3


@dataclass(frozen=True, slots=True)
class Drift:
    """Steps, from week to week, of the logarithm of the share of tickets that had to wait.

    ``square`` is their mean square, ``chance`` what of it so few tickets give, ``steps`` how many there are.
    """

    square: float
    chance: float
    steps: int

    @property
    def spread(self) -> float:
        """Standard deviation of a step beyond chance."""
        return self.beyond(self.chance)

    def beyond(self, square: float) -> float:
        """Standard deviation of a step beyond what has this mean square."""
        return float(min(MOST, np.sqrt(max(0.0, self.square - max(self.chance, square)))))


def weekly_shares(cases: pd.DataFrame, first: pd.Timestamp, trained: pd.Timestamp) -> pd.DataFrame:
    """Share of long tickets (``mean``), and tickets (``size``), by whole weeks before ``trained``.

    Parameters
    ----------
    cases
        As ``calibration.fit.cases.cases_of`` returns them.
    first
        First day that is complete: a start that is not learnt from (a transient) counts, as it tells how
        much can change.
    trained
        The day after the last one that is learnt from.

    Tickets opened on quiet days are left out, and these days are taken out of what others took; so are weeks
    with more than two such days, and weeks with few tickets.
    """
    inside = cases[cases["opened"].between(first, trained, inclusive="left")]
    if inside.empty:
        return pd.DataFrame({"mean": [], "size": []})
    daily = daily_counts(inside["opened"])
    days = tuple(daily.index[quiet_days(daily).to_numpy()])
    usual = on_usual_days(inside, days)
    waited = ~(usual["hours"] <= LONG_HOURS)
    table = waited.groupby(weeks_before(usual["opened"], trained)).agg(["mean", "size"])
    off = weeks_before(pd.Series(days, dtype="datetime64[ns]"), trained).value_counts()
    few_days = off.index[off > MOST_QUIET]
    last_whole = (trained - first).days // 7
    sound = (table["size"] >= FEWEST_TICKETS) & (table["mean"] > 0) & (table.index < last_whole)
    return table[sound & ~table.index.isin(few_days)]


def drift(table: pd.DataFrame) -> tuple[Drift | None, list[Finding]]:
    """The steps of the log's weeks, of ``weekly_shares``; None where there are too few."""
    steps, noise = [], []
    for number in table.index:
        if number + 1 in table.index:
            new, old = table.loc[number], table.loc[number + 1]
            steps.append(np.log(new["mean"] / old["mean"]) ** 2)
            noise.append(sum((1 - part["mean"]) / (part["mean"] * part["size"]) for part in (new, old)))
    if len(steps) < FEWEST_PAIRS:
        return None, []
    found = Drift(float(np.mean(steps)), float(np.mean(noise)), len(steps))
    text = (
        f"The share of tickets that took longer than {LONG_HOURS:g} hours moves from one week to the next by "
        f"{found.spread:.0%} of itself, beyond chance ({len(steps)} steps between weeks): so much is not "
        "known of any later week, and what of it the model does not do by itself is drawn with the posterior."
    )
    return found, [Finding("drift", text)] if found.spread > 0 else []


def weeks_before(times: pd.Series, end: pd.Timestamp) -> pd.Series:
    """Whole weeks from each time to ``end``."""
    days = in_hours(end - times - pd.Timedelta(seconds=1)) / 24
    return pd.Series(np.floor(days.to_numpy(dtype=float) / 7).astype(int), index=times.index)
