"""What the base was learnt from: the yardstick that a model has to come near to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from calibration.backtest.tickets import Floats, Tickets, hours_since

ALMOST_ALL = 0.9
"""Share of the tickets learnt from that a log must hold to speak for them."""

REMEMBERED = tuple(np.linspace(0.0, 1.0, 101))
"""Shares of which a base remembers the quantiles of its durations."""


@dataclass(frozen=True, slots=True)
class Past:
    """The tickets learnt from.

    ``tickets`` holds them where the log still does; else ``durations`` has as many hours as the base
    remembers, with nothing else about them.
    """

    tickets: Tickets | None
    durations: Tickets | None
    begin: float
    end: float


def remembered(hours: pd.Series) -> list[float]:
    """Quantiles of hours to resolve, to be kept in a base: a log without the past can then be judged too."""
    known = hours.dropna().to_numpy(dtype=float)
    if not len(known):
        return []
    return [float(f"{value:.4g}") for value in np.quantile(known, REMEMBERED)]


def past_of(
    tickets: Tickets,
    learnt: Mapping[str, object],
    days: tuple[pd.Timestamp, pd.Timestamp],
    start: pd.Timestamp,
) -> Past:
    """The tickets learnt from, out of the log or out of the base's memory.

    Parameters
    ----------
    tickets
        All of the log's.
    learnt
        What the base says about how it was learnt.
    days
        First day learnt from, and the day after the last.
    start
        Start of the period.
    """
    begin, end = (float(value) for value in hours_since(pd.Series(days), start))
    found = tickets.opened_in(begin, end)
    count = learnt.get("cases")
    if isinstance(count, int | float) and len(found) >= ALMOST_ALL * count:
        return Past(found, found, begin, end)
    hours = learnt.get("hours")
    if isinstance(hours, list) and len(hours) == len(REMEMBERED):
        return Past(None, only_hours(np.array(hours, dtype=float)), begin, end)
    return Past(None, None, begin, end)


def only_hours(quantiles: Floats) -> Tickets:
    """Tickets of which only the hours are known, as finely as these quantiles tell."""
    fine = np.interp(np.linspace(0.0, 1.0, 2_001), REMEMBERED, quantiles)
    none = np.zeros(len(fine), dtype=np.int64)
    never = np.full(len(fine), -np.inf)
    return Tickets(never, fine, never, none, none, none > 0)


def arrivals_by_weekday(past: Tickets, past_days: tuple[float, float], days: int) -> Floats:
    """Tickets a day on the same weekday of the past, for each day of the period; NaN without one."""
    first, last = round(past_days[0] / 24), round(past_days[1] / 24)
    day = np.floor(past.opened / 24).astype(np.int64)
    counts = np.bincount(day - first, minlength=last - first)[: last - first]
    weekday = np.arange(first, last) % 7
    return np.array(
        [
            counts[weekday == number % 7].mean() if (weekday == number % 7).any() else np.nan
            for number in range(days)
        ]
    )
