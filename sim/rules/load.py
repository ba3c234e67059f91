"""Load above the peak capacity of a service."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sim.kernel import rule


@rule
def load_of_hour(cumulative: Sequence[int], first: int, hour: int) -> int:
    """Load in an hour, in per mille of the mean; ``cumulative`` from place ``first`` on as in ``Service``."""
    return (cumulative[first + hour + 1] - cumulative[first + hour]) // 3600


@rule
def overloaded_hour(
    cumulative: Sequence[int], first: int, begin: int, end: int, factor: float, capacity: float
) -> int:
    """First hour of [``begin``, ``end``) whose load times ``factor`` exceeds ``capacity``; -1 without one."""
    for hour in range(begin, end):
        if load_of_hour(cumulative, first, hour) * factor > 1000.0 * capacity:
            return hour
    return -1


@rule
def overload_depth(
    cumulative: Sequence[int], first: int, begin: int, end: int, factor: float, capacity: float
) -> int:
    """Share of the function lost in the busiest of these hours (ppm): the load that exceeds capacity."""
    peak = 0
    for hour in range(begin, end):
        peak = max(peak, load_of_hour(cumulative, first, hour))
    load = peak * factor
    if load <= 1000.0 * capacity:
        return 0
    return int(math.floor(1_000_000.0 * (1.0 - 1000.0 * capacity / load)))
