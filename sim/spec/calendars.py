"""Calendars: sorted, disjoint intervals of simulated time in which something is open."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

MINUTE = 60
HOUR = 3_600
DAY = 86_400
WEEK = 604_800


def sums_of_days(hourly: Floats) -> Floats:
    """Sum of every day's hours, the last day perhaps a part of one; added up in the order of time."""
    days = np.zeros((len(hourly) // 24 + 1, 24))
    days.ravel()[: len(hourly)] = hourly
    return np.cumsum(days, axis=1)[:, -1].copy()


@dataclass(frozen=True, slots=True)
class Calendar:
    """Open intervals ``[starts[i], ends[i])`` in seconds; touching intervals are merged beforehand.

    They cover the whole run, from ``-warmup`` to ``horizon``; an interval open at either edge is cut
    there. Round the clock is one interval.
    """

    name: str
    starts: Ints
    ends: Ints

    def edges(self) -> list[int]:
        """Starts and ends in turn, as the rules of ``sim.rules.calendars`` read them."""
        pairs: list[int] = np.column_stack([self.starts, self.ends]).ravel().tolist()
        return pairs


@dataclass(frozen=True, slots=True)
class Shift:
    """A pattern that seats work: its hours, the days off that are paid, and its share of the seats.

    ``holiday[i]`` is 1 where interval i starts on a public holiday on which this shift does not work
    (paid, but absent). ``share`` is the weight with which seats are dealt out to the shifts of a team.
    """

    name: str
    calendar: Calendar
    holiday: Ints
    share: float
