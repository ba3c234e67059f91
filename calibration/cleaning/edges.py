"""The edges of an extract: what is missing because of how tickets were selected."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from calibration.cleaning.abandoned import abandoned_tail
from calibration.cleaning.durations import in_hours
from calibration.findings import Finding, first_rows, shown

DAY = pd.Timedelta(days=1)
FEW_MISSING = 0.10
"""Share of the tickets of a day that may be missing at the end, as they were too slow to be selected."""

MOST_CUT = 0.25
"""An edge holds at most this share of the tickets: where it seems to hold more, it is something else."""

WEEKS_A_YEAR = 52
OVERDISPERSED = 3.0
"""Variance over mean of daily arrivals that is taken as usual when days are compared."""


def first_closing(cases: pd.DataFrame) -> pd.Timestamp | None:
    """The day from which on tickets close in the log, if it was selected on closing and older ones are in it.

    Tickets were opened long before, none of them closed there, although most tickets close quickly.
    """
    ended = cases["closed"].fillna(cases["resolved"])
    known = ended.notna()
    if known.mean() < 0.9 or known.sum() < 100:
        return None
    hours = in_hours((ended - cases["opened"])[known])
    start = ended[known].min().normalize()
    # A late start of tickets is no selection: those opened before would have had the time to close.
    after = cases["opened"] >= start
    typical = float(hours[after[known]].median()) if after.any() else float("nan")
    early = cases["opened"] < start - pd.Timedelta(hours=min(max(typical, 1.0), 24 * 14))
    usual = hours[after[known]]
    if early.sum() < 5 or usual.empty or (cases["opened"] < start).mean() > MOST_CUT:
        return None
    waited = in_hours(start - cases.loc[early, "opened"]).to_numpy(dtype=float)
    slower = 1 - np.searchsorted(np.sort(usual.to_numpy(dtype=float)), waited, side="right") / len(usual)
    # The chance that none of them closed before, were they like the others.
    chance = float(np.sum(np.log(np.clip(slower, 1e-4, 1.0))))
    return start if chance < np.log(1e-3) else None


def last_complete(cases: pd.DataFrame) -> pd.Timestamp | None:
    """The first day at the end of a selection on closing of which too many tickets are missing, if any.

    Every ticket is closed, and towards the last closing fewer and fewer are opened.
    """
    ended = cases["closed"].fillna(cases["resolved"])
    if ended.isna().any() or len(cases) < 100:
        return None
    edge = ended.max()
    hours = np.sort(in_hours(ended - cases["opened"]).to_numpy(dtype=float))
    slow = float(np.quantile(hours, 1 - FEW_MISSING))
    last = (edge - pd.Timedelta(hours=slow)).normalize()
    if cases["opened"].max() < last + DAY or (cases["opened"] >= last).mean() > MOST_CUT:
        return None
    days = cases["opened"].dt.normalize()
    daily = days.value_counts().reindex(pd.date_range(days.min(), days.max(), freq="D"), fill_value=0)
    late = daily.index >= last
    usual = daily[~late].groupby(daily.index[~late].day_of_week).median()
    expected = float(usual.reindex(daily.index[late].day_of_week).fillna(0).sum())
    scatter = 2 * np.sqrt(OVERDISPERSED * expected)
    return last if float(daily[late].sum()) < expected - scatter else None


def selected_on_closing(cases: pd.DataFrame) -> Finding | None:
    """Older tickets are there only if they closed late (left-truncated)."""
    start = first_closing(cases)
    if start is None:
        return None
    early = cases["opened"] < start
    text = (
        f"No ticket closes before {start:%Y-%m-%d}, although {int(early.sum()):,} were opened before: "
        "the extract "
        "was selected on closing, and of older tickets only the slow ones are in it (left-truncated). Days "
        "before are not learnt from."
    )
    return Finding("selected_on_closing", text, int(early.sum()), first_rows(cases.loc[early, "row"]))


def still_open(cases: pd.DataFrame, states: pd.Series) -> Finding | None:
    """What the end of the log does to tickets that are slow; ``states`` are the last ones by case."""
    ended = cases["closed"].fillna(cases["resolved"])
    last = last_complete(cases)
    if last is not None:
        late = cases["opened"] >= last
        text = (
            f"Every ticket is closed, and the nearer to the last closing ({ended.max():%Y-%m-%d}) the "
            "fewer were "
            "opened: the extract was selected on closing, and of the tickets opened from "
            f"{last:%Y-%m-%d} on more than {FEW_MISSING:.0%} are missing, as they were too slow to be in the "
            "extract (right-truncated). These days are not learnt from."
        )
        return Finding("cut_at_the_end", text, int(late.sum()), first_rows(cases.loc[late, "row"]))
    unfinished = ended.isna()
    if unfinished.mean() < 0.001:
        return None
    recent = unfinished & (cases["opened"] >= cases["opened"].max() - 14 * DAY)
    text = (
        f"{int(unfinished.sum()):,} tickets are neither resolved nor closed, {int(recent.sum()):,} of "
        "them opened in the last two weeks: the log ends before they do (right-censored). They count as "
        "arrivals and as open."
    )
    stand = cases.loc[unfinished, "case"].map(states).dropna().value_counts()
    if len(stand):
        listed = ", ".join(f"'{str(name)[:40]}' ({count:,})" for name, count in stand.head(4).items())
        text += f" Most stand in {listed}: if one of these is an end, states.resolved says so."
    return Finding("still_open", text, int(unfinished.sum()), first_rows(cases.loc[unfinished, "row"]))


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """Tickets that are left open for good, it seems: ``share`` is of all that had the time to end.

    ``a_year`` is how many come in 52 weeks, ``hours`` the age at which the tail begins that tells them;
    ``count`` are open beyond it, some of which may merely be slow.
    """

    count: int
    share: float
    a_year: float
    hours: float

    @property
    def added_hours(self) -> float:
        """What they add to a mean time to resolve of 52 weeks, open tickets with their age."""
        return self.share * WEEKS_A_YEAR * 168 / 2

    @property
    def finding(self) -> Finding:
        """What it means for a simulation."""
        text = (
            f"{self.count:,} tickets are open and older than {shown(self.hours)} h, beyond what slow "
            f"tickets and chance explain: left open for good, it seems. That is {self.share:.1%} of all, "
            f"{shown(self.a_year)} a year. `run` and `compare` end them like the others (the backtest leaves "
            "as many open): after 52 weeks so many fewer are open than in this log, mean times to resolve "
            f"(open tickets count with their age) are some {shown(self.added_hours)} h shorter, and the "
            f"shares closed and within the service level up to {self.share:.1%} higher. A difference between "
            "two scenarios has these tickets ended in both."
        )
        return Finding("left_open", text, self.count)


def left_open(cases: pd.DataFrame) -> LeftOpen | None:
    """Tickets that stay open beyond what a heavy tail and chance explain, if any."""
    ended = cases["closed"].fillna(cases["resolved"])
    edge = max(cases["opened"].max(), cases["resolved"].max())
    if pd.isna(edge):
        return None
    ages = in_hours(edge - cases["opened"]).to_numpy(dtype=float)
    took = in_hours(ended - cases["opened"]).to_numpy(dtype=float, na_value=np.nan)
    tail = abandoned_tail(took, ages)
    if tail is None:
        return None
    count = int(((ages > tail.hours) & ended.isna().to_numpy()).sum())
    if not count:
        return None
    a_year = tail.share * len(cases) / (ages.max() / 24) * 7 * WEEKS_A_YEAR
    return LeftOpen(count, tail.share, a_year, tail.hours)
