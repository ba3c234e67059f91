"""Durations: clocks that run by themselves, and shapes that one family does not fit."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from calibration.exports.log import TicketLog
from calibration.findings import Finding, first_rows, shown

FEWEST_CASES = 100
APART = 2.0
"""Ashman's D from which two humps are apart."""

MINUTES_A_DAY = 1440

AGREED_HOURS = 2.0
"""Hours by which the time to close may differ from a clock's."""

FEWEST_AT_ONCE = 10
"""Cases that ended at once from which they are spoken of."""


def in_hours(spans: pd.Series) -> pd.Series:
    """Lengths of time in hours, NaN where missing."""
    return pd.Series(spans.dt.total_seconds() / 3600)


def unresolved(
    cases: pd.DataFrame, learnt: pd.Series | None = None, clock: float | None = None
) -> Finding | None:
    """Cases without a resolution time, and how many of them a closing clock shows to have ended at once.

    ``learnt`` tells which cases are learnt from (all, where it is left out), ``clock`` the hours from
    resolved to closed if a clock closes.
    """
    bad = cases["hours"].isna()
    if not bad.any():
        return None
    return Finding(
        "never_resolved",
        f"{bad.sum():,} of {len(cases):,} cases ({bad.mean():.1%}) have no resolution time; they count as "
        "arrivals, not in any duration." + ("" if clock is None else ended_at_once(cases, clock, learnt)),
        int(bad.sum()),
        first_rows(cases.loc[bad, "row"]),
    )


def ended_at_once(cases: pd.DataFrame, clock: float, learnt: pd.Series | None) -> str:
    """How many cases without a resolution closed as long after opening as others do after a resolution.

    Said only where they are most of those that closed within a day of that: else chance may bring them.
    """
    inside = np.ones(len(cases), dtype=bool) if learnt is None else learnt.to_numpy(dtype=bool)
    beyond = in_hours(cases["closed"] - cases["opened"]).where(cases["hours"].isna()) - clock
    quick = beyond.abs() <= AGREED_HOURS
    if quick.sum() < FEWEST_AT_ONCE or quick.sum() <= (beyond.abs() <= 24.0).sum() / 2:
        return ""
    some = f"{quick.sum():,} of them" if quick.sum() < cases["hours"].isna().sum() else "All of them"
    part = quick & inside
    where = "" if inside.all() else f", {part.sum():,} among the days learnt from,"
    text = (
        f" {some}{where} closed as long after they were opened ({clock / 24:.2g} days, to within "
        f"{AGREED_HOURS:g} hours) as the closing clock takes after a resolution: so they ended nearly at "
        "once."
    )
    hours = cases.loc[inside, "hours"].dropna()
    if not part.any() or hours.empty:
        return text
    middle = pd.concat([hours, beyond[part].clip(lower=0)]).median()
    return (
        f"{text} The base draws their durations from those of the others, and is slower than the "
        f"organisation by that: with them the median of the days learnt from is {shown(middle)} h instead of "
        f"{shown(hours.median())} h."
    )


def auto_close(cases: pd.DataFrame) -> Finding | None:
    """A closing clock that runs by itself."""
    days = close_days(cases)
    if days is None:
        return None
    return Finding(
        "auto_close",
        f"Tickets close {days:g} days after their resolution by themselves: closing is a clock, not work, "
        "and the "
        "time to close says nothing about the work.",
    )


def close_days(cases: pd.DataFrame, *, overruled: bool = False) -> float | None:
    """Days from resolved to closed where most cases agree on them to within an hour or two."""
    hours = None if overruled else closing_hours(cases)
    return None if hours is None else round(hours / 24, 1)


def closing_hours(cases: pd.DataFrame) -> float | None:
    """The same in hours, not rounded."""
    gap = in_hours(cases["closed"] - cases["resolved"]).dropna() / 24
    gap = gap[gap >= 0]
    if len(gap) < FEWEST_CASES / 2:
        return None
    middle = float(gap.median())
    agreed = (gap - middle).abs() <= AGREED_HOURS / 24
    return 24 * middle if agreed.mean() > 0.7 and middle > 0.25 else None


def two_humps(cases: pd.DataFrame) -> Finding | None:
    """Durations with two humps in log time: two normal distributions against one, apart by Ashman's D.

    Source: Ashman, Bird and Zepf (1994), 'Detecting bimodality in astronomical datasets', The Astronomical
    Journal 108, 2348-2361; Schwarz (1978) for the choice between one and two.
    """
    hours = cases["hours"].dropna()
    if len(hours) < FEWEST_CASES:
        return None
    logs = np.log10(hours.to_numpy(dtype=float) + 1 / 60)
    means, spreads, weights, gain = two_normals(logs)
    apart = float(np.sqrt(2) * abs(means[1] - means[0]) / np.sqrt(np.sum(spreads**2)))
    if apart < APART or gain <= 1.5 * np.log(len(logs)) or weights.min() < 0.1:
        return None
    humps = " and ".join(
        f"around {span(10**mean - 1 / 60)} ({weight:.0%})"
        for mean, weight in zip(means, weights, strict=True)
    )
    text = (
        f"Hours from opened to resolved have two humps: {humps}. They are {apart:.1f} spreads apart "
        "(Ashman's D; "
        "from 2 on they are apart), so that one lognormal distribution does not fit."
    )
    return Finding("two_humps", text)


def two_normals(
    values: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], float]:
    """Means, spreads and weights of two normal distributions, and their gain in log-likelihood over one."""
    means = np.quantile(values, [0.2, 0.8])
    spreads = np.full(2, max(float(values.std()) / 2, 0.05))
    weights = np.full(2, 0.5)
    total = np.zeros(len(values))
    for _ in range(100):
        density = weights * normal(values[:, None], means, spreads)
        total = density.sum(axis=1) + 1e-300
        belongs = density / total[:, None]
        size = belongs.sum(axis=0) + 1e-9
        weights, means = size / len(values), (belongs * values[:, None]).sum(axis=0) / size
        squares = (belongs * (values[:, None] - means) ** 2).sum(axis=0) / size
        spreads = np.maximum(np.sqrt(squares), 0.05)
    one = normal(values, values.mean(), max(float(values.std()), 0.05))
    return means, spreads, weights, float(np.log(total).sum() - np.log(one + 1e-300).sum())


def normal(values: NDArray[np.float64], mean: object, spread: object) -> NDArray[np.float64]:
    """Density of the normal distribution."""
    middle, wide = np.asarray(mean, dtype=float), np.asarray(spread, dtype=float)
    found: NDArray[np.float64] = np.exp(-0.5 * ((values - middle) / wide) ** 2) / (wide * np.sqrt(2 * np.pi))
    return found


def span(hours: float) -> str:
    """A length of time in words."""
    if hours < 1:
        return f"{60 * max(hours, 0):.0f} minutes"
    return f"{hours:.0f} hours" if hours < 48 else f"{hours / 24:.0f} days"


ALIKE = 0.5
"""Rank correlation with the wall clock from which a column of hours is a clock, and not work."""


def business_hours(log: TicketLog, cases: pd.DataFrame) -> Finding | None:
    """Whether the tool's own hours run in business hours only."""
    if not log.has("handle_hours"):
        return None
    told = log.rows.groupby("case", sort=False)["handle_hours"].max()
    part = cases.assign(told=cases["case"].map(told)).dropna(subset=["told", "hours"])
    part = part[part["hours"] > 24]
    if len(part) < FEWEST_CASES / 2 or not float(part["told"].corr(part["hours"], method="spearman")) > ALIKE:
        return None
    told_hours = part["told"].to_numpy(dtype=float)
    wall = float(np.median(np.abs(part["hours"] - told_hours) / part["hours"]))
    best, day = wall, (0, 24)
    for begin in range(5, 11):
        for end in range(15, 22):
            own = open_hours(part["opened"], part["resolved"], begin, end)
            error = float(np.median(np.abs(own - told_hours) / part["hours"].to_numpy(dtype=float)))
            if error < best:
                best, day = error, (begin, end)
    if day == (0, 24) or best > 0.5 * wall:
        return None
    text = (
        "The tool's own hours run in business hours: of tickets that took more than a day they come "
        "nearest to "
        f"Monday to Friday {day[0]:02d}-{day[1]:02d} h (typically off by {best:.0%} of the wall clock, "
        "against "
        f"{wall:.0%} for the wall clock itself). They were not used as durations."
    )
    return Finding("business_hours_clock", text, len(part))


def open_hours(start: pd.Series, end: pd.Series, begin: int, close: int) -> NDArray[np.float64]:
    """Hours between two times that fall on Monday to Friday from hour ``begin`` to ``close``."""

    def so_far(times: pd.Series) -> NDArray[np.float64]:
        days = (times.dt.normalize() - pd.Timestamp("1990-01-01")).dt.days.to_numpy(dtype=float)
        weeks, weekday = np.divmod(days, 7)  # 1990-01-01 was a Monday
        hour = (times - times.dt.normalize()).dt.total_seconds().to_numpy(dtype=float) / 3600
        today = np.where(weekday < 5, np.clip(hour, begin, close) - begin, 0.0)
        found: NDArray[np.float64] = (close - begin) * (5 * weeks + np.minimum(weekday, 5)) + today
        return found

    return so_far(end) - so_far(start)
