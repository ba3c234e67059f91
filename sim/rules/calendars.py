"""Working time: how long a calendar was open, and when a given amount of open time will have passed."""

from __future__ import annotations

from collections.abc import Sequence

from sim.kernel import rule


@rule
def next_interval(time: int, ends: Sequence[int]) -> int:
    """Row of the first interval that ends after ``time``; len(ends) if there is none."""
    low = 0
    high = len(ends)
    while low < high:
        middle = (low + high) >> 1
        if ends[middle] <= time:
            low = middle + 1
        else:
            high = middle
    return low


@rule
def open_seconds(begin: int, end: int, starts: Sequence[int], ends: Sequence[int]) -> int:
    """Seconds of [``begin``, ``end``) in which the calendar is open."""
    total = 0
    row = next_interval(begin, ends)
    while row < len(ends) and starts[row] < end:
        total += min(end, ends[row]) - max(begin, starts[row])
        row += 1
    return total


@rule
def due_at(begin: int, allowed: int, starts: Sequence[int], ends: Sequence[int]) -> int:
    """First time by which ``allowed`` open seconds have passed since ``begin``.

    Beyond the last interval the clock is taken to run on without a break: that is after the horizon, where
    only 'not yet' matters.
    """
    row = next_interval(begin, ends)
    while row < len(ends):
        start = max(begin, starts[row])
        if ends[row] - start >= allowed:
            return start + allowed
        allowed -= ends[row] - start
        begin = ends[row]
        row += 1
    return begin + allowed
