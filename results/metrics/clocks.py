"""Clocks: amounts that have passed since the start of the warm-up, as functions of time.

The integral of a step function against a clock is the sum of level x (clock at end - clock at start). With
the load clock it weighs by load, with the clock of working hours it counts only these, and so on.
"""

from __future__ import annotations

import numpy as np

from sim.spec.calendars import HOUR, Calendar, Ints


def open_time(calendar: Calendar, time: Ints) -> Ints:
    """Seconds for which ``calendar`` was open before each of ``time``; exact."""
    if len(calendar.starts) == 0:
        return np.zeros_like(time)
    length = calendar.ends - calendar.starts
    before = np.concatenate(([0], np.cumsum(length)))
    row = np.searchsorted(calendar.starts, time, side="right") - 1
    inside = np.clip(time - calendar.starts[row], 0, length[row])
    return np.where(row < 0, 0, before[row] + inside)


def load_time(cumulative: Ints, service: Ints, time: Ints, warmup: int) -> Ints:
    """Load of a service before each of ``time``, in per mille of the mean times seconds; exact.

    ``cumulative`` is [services, hour boundaries], the first boundary at ``-warmup``; within an hour the
    load is constant.
    """
    hour, rest = np.divmod(time + warmup, HOUR)
    following = np.minimum(hour + 1, cumulative.shape[1] - 1)
    base = cumulative[service, hour]
    passed: Ints = base + (cumulative[service, following] - base) * rest // HOUR
    return passed
