"""The clock on which waits pass: whoever is waited for answers in certain hours of the week."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from calibration.fit.hours import MINUTES_A_WEEK

Floats = NDArray[np.float64]

FEWEST = 50
ROUND_THE_CLOCK = 0.5
"""A clock that never stops leaves what ends at night for the morning; one that stops does not.

With at least half as many ends at night and in the first hour of the morning as such a clock gives, it is
taken never to stop.
"""


@dataclass(frozen=True)
class Clock:
    """``runs[m]`` tells whether it runs in minute m of the week (Monday 00:00 is 0). Times are in minutes."""

    runs: NDArray[np.bool_]

    @cached_property
    def minutes(self) -> NDArray[np.int64]:
        """Minutes of the week in which it runs."""
        found: NDArray[np.int64] = np.flatnonzero(self.runs)
        return found

    @cached_property
    def before(self) -> Floats:
        """Minutes that it has run by each minute of the week, the last one included."""
        return np.concatenate([[0.0], np.cumsum(self.runs, dtype=np.float64)])

    def reading(self, time: Floats) -> Floats:
        """Minutes that it has run since Monday 00:00 of week 0."""
        week, rest = np.divmod(time, MINUTES_A_WEEK)
        whole = np.floor(rest).astype(np.int64)
        found: Floats = week * len(self.minutes) + self.before[whole] + (rest - whole) * self.runs[whole]
        return found

    def between(self, start: Floats, end: Floats) -> Floats:
        """Minutes that it runs from start to end."""
        return np.maximum(self.reading(end) - self.reading(start), 0.0)

    def after(self, start: Floats, time: Floats) -> Floats:
        """When it has run for ``time`` since ``start``."""
        week, rest = np.divmod(self.reading(start) + time, len(self.minutes))
        whole = np.floor(rest).astype(np.int64)
        found: Floats = np.maximum(start, week * MINUTES_A_WEEK + self.minutes[whole] + (rest - whole))
        return found


ALWAYS = Clock(np.ones(MINUTES_A_WEEK, dtype=bool))


def clock_of(office: NDArray[np.bool_], ends: NDArray[np.int64]) -> Clock:
    """The office's hours, if answers come in them; else a clock that always runs.

    Parameters
    ----------
    office
        For every minute of the week, whether it is an office hour.
    ends
        Minutes of the week at which visits were over that had to wait.
    """
    outside = 1.0 - float(office.mean())
    if len(ends) < FEWEST or not 0.0 < outside < 1.0:
        return ALWAYS
    day_begun = office.copy()
    for minute in range(1, 61):
        day_begun &= np.roll(office, minute)
    return ALWAYS if float((~day_begun[ends]).mean()) >= ROUND_THE_CLOCK * outside else Clock(office)
