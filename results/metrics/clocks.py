"""Clocks: amounts that have passed since the start of the warm-up, as functions of time.

The integral of a step function against a clock is the sum of level x (clock at end - clock at start). With
the load clock it weighs by load, with the clock of working hours it counts only these, and so on.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from results.metrics.loops import fast, read_clock
from sim.spec.calendars import HOUR, Calendar, Ints

Clock = Callable[[int, Ints], Ints]
"""What a clock of the service (by row number) shows at each of the times."""


def open_time(calendar: Calendar, time: Ints) -> Ints:
    """Seconds for which ``calendar`` was open before each of ``time``; exact."""
    shown = np.empty_like(time)
    fast(read_clock)(calendar.starts, calendar.ends, time, shown)
    return shown


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
