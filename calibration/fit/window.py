"""The stable window: the part of a log that speaks of one and the same organisation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from calibration.cleaning.edges import first_closing, last_complete
from calibration.exports.mapping import Cleaning
from calibration.findings import OVERRULED_HERE, Finding, shown
from scenarios.errors import BadInput

DAY = pd.Timedelta(days=1)
WEEK = pd.Timedelta(days=7)
FEWEST_WEEKS = 3
"""Shortest stable window that is looked for."""

FEWEST_DAYS = 7
AS_FOUND = Cleaning()
LEAST_RATIO = 1.5
"""Change of the typical duration that is worth cutting a log for."""


@dataclass(frozen=True, slots=True)
class Window:
    """Whole days [``start``, ``end``); the held-out part begins at ``trained`` (``end`` without one).

    ``quiet`` are days out of line that somebody named; None where they are to be found.
    """

    start: pd.Timestamp
    end: pd.Timestamp
    trained: pd.Timestamp
    quiet: tuple[pd.Timestamp, ...] | None = None

    @property
    def days(self) -> int:
        """Days that are learnt from."""
        return (self.trained - self.start).days

    @property
    def weeks(self) -> float:
        """Weeks that are learnt from."""
        return self.days / 7


def stable_window(
    cases: pd.DataFrame,
    start: date | None = None,
    end: date | None = None,
    holdout: float | None = None,
    cleaning: Cleaning = AS_FOUND,
) -> tuple[Window, list[Finding]]:
    """Find the part of the log to learn from.

    Parameters
    ----------
    cases
        As ``calibration.fit.cases.cases_of`` returns them.
    start, end
        Override what would be found; ``end`` is the first day that is not used.
    holdout
        Share of the window, in whole days at its end, that is kept for a backtest.
    cleaning
        What the mapping overrules; ``start`` and ``end`` go before it.

    Raises
    ------
    BadInput
        If the window holds too few days or cases.
    """
    findings: list[Finding] = []
    start, end = start or cleaning.start, end or cleaning.end
    first, last = selected(cases, cleaning.overrule)
    if end is not None:
        last = pd.Timestamp(end)
    if start is not None:
        first = pd.Timestamp(start)
    elif first < last:
        steady, findings = after_transient(cases, first, last)
        if "transient" in cleaning.overrule:
            findings = [replace(item, text=f"{item.text} {OVERRULED_HERE}") for item in findings]
        else:
            first = steady
    trained = last
    if holdout is not None:
        days = (last - first).days
        trained = first + round(days * (1 - holdout)) * DAY
    quiet: tuple[pd.Timestamp, ...] | None = () if "quiet_days" in cleaning.overrule else None
    if cleaning.quiet_days is not None:
        quiet = tuple(pd.Timestamp(day) for day in cleaning.quiet_days)
    window = Window(first, last, trained, quiet)
    inside = cases["opened"].between(window.start, window.trained, inclusive="left")
    if window.days < FEWEST_DAYS or inside.sum() < 50:
        raise BadInput(
            f"the window {window.start:%Y-%m-%d} to {window.trained - DAY:%Y-%m-%d} holds "
            f"{max(0, window.days)} days "
            f"and {inside.sum()} tickets; at least {FEWEST_DAYS} days and 50 tickets are needed"
        )
    return window, findings


def selected(cases: pd.DataFrame, overrule: list[str]) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Whole days of the log without its edges, where tickets are missing by how it was selected."""
    first, last = whole_days(cases)
    closing, complete = first_closing(cases), last_complete(cases)
    if closing is not None and "selected_on_closing" not in overrule:
        first = max(first, closing)
    if complete is not None and "cut_at_the_end" not in overrule:
        last = min(last, complete)
    return first, last


def whole_days(cases: pd.DataFrame) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First day, and the day after the last, that the log covers in full as far as one can see."""
    daily = daily_counts(cases["opened"])
    typical = daily.groupby(days_of_week(daily)).transform("median")
    full = (daily >= 0.5 * typical) | (typical - daily <= 3 * np.sqrt(typical))
    days = daily.index
    first, last = days[0], days[-1]
    if len(days) > 2 * FEWEST_DAYS and not full.iloc[0]:
        first = days[1]
    if len(days) > 2 * FEWEST_DAYS and not full.iloc[-1]:
        last = days[-2]
    return first, last + DAY


def daily_counts(opened: pd.Series) -> pd.Series:
    """Arrivals by day, days without any included."""
    counts = opened.dt.normalize().value_counts().sort_index()
    days = pd.date_range(counts.index[0], counts.index[-1], freq="D")
    return pd.Series(counts.reindex(days, fill_value=0))


def days_of_week(daily: pd.Series) -> NDArray[np.int64]:
    """Day of the week (0 is Monday) of every row of a series by day."""
    return pd.DatetimeIndex(daily.index).day_of_week.to_numpy(dtype=np.int64)


def after_transient(
    cases: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp
) -> tuple[pd.Timestamp, list[Finding]]:
    """Cut off a start in which durations still drift (a new tool, a new provider)."""
    monday = first - first.day_of_week * DAY
    weeks = pd.Series((cases["opened"] - monday) // WEEK)
    closed = cases["hours"].notna() & (cases["opened"] >= first) & (cases["opened"] < last)
    hours = cases.loc[closed, "hours"]
    logs = pd.Series(np.log10(hours + 1 / 60)).groupby(weeks[closed])
    table = pd.DataFrame({"level": logs.mean(), "error": logs.std() / np.sqrt(logs.size())})
    table["median"] = hours.groupby(weeks[closed]).median()
    table = table[(monday + (table.index.to_numpy() + 1) * WEEK <= last + 2 * DAY) & table["error"].notna()]
    cut = change_point(table["level"].to_numpy(dtype=float), table["error"].to_numpy(dtype=float))
    if cut is None:
        return first, []
    start = max(first, monday + int(table.index[cut]) * WEEK)
    medians = ", ".join(shown(hours) for hours in table["median"])
    return start, [
        Finding(
            "transient",
            f"Weekly median hours to resolve are {medians}: they drift until {start:%Y-%m-%d} and hold their "
            "level "
            "from then on. Everything before is taken as a transient (a go-live, or a change of tool or "
            "team) and "
            f"is not learnt from: {int((cases['opened'] < start).sum()):,} cases are left out.",
            int((cases["opened"] < start).sum()),
        )
    ]


def change_point(level: NDArray[np.float64], error: NDArray[np.float64]) -> int | None:
    """Row from which a series holds its level after a drift; None if it does so throughout.

    A straight line up to the row and a constant from it on, by least squares, against one constant. The
    cut must win by the Schwarz criterion (three more parameters, with the larger of the known errors and
    the scatter that is left as noise) and change the level by a factor of at least 1.5.

    Parameters
    ----------
    level
        Decimal logarithms of the typical duration, by week.
    error
        Their standard errors.

    Source: Schwarz (1978), 'Estimating the dimension of a model', Annals of Statistics 6(2), 461-464.
    """
    count = len(level)
    if count < FEWEST_WEEKS + 2:
        return None
    best, cut = np.inf, 0
    for row in range(2, count - FEWEST_WEEKS + 1):
        x = np.arange(row, dtype=float)
        line = np.polyval(np.polyfit(x, level[:row], 1), x)
        squares = float(np.sum((level[:row] - line) ** 2) + np.sum((level[row:] - level[row:].mean()) ** 2))
        if squares < best:
            best, cut = squares, row
    constant = float(np.sum((level - level.mean()) ** 2))
    noise = max(float(np.mean(error**2)), best / max(1, count - 4), 1e-12)
    if (constant - best) / noise <= 3 * np.log(count) + 6:
        return None
    ratio = abs(float(level[:cut].mean() - level[cut:].mean()))
    return cut if ratio >= np.log10(LEAST_RATIO) else None
