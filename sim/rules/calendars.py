"""Working time: how long a calendar was open, and when a given amount of open time will have passed.

A calendar is handed over as ``edges``, start and end of one interval after the other, of which ``size``
intervals from place ``first`` on are its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from sim.kernel import rule


@rule
def next_interval(time: int, edges: Sequence[int], first: int, size: int) -> int:
    """Number of the first interval that ends after ``time``; ``size`` if there is none."""
    low = 0
    high = size
    while low < high:
        middle = (low + high) >> 1
        if edges[first + 2 * middle + 1] <= time:
            low = middle + 1
        else:
            high = middle
    return low


@rule
def open_seconds(begin: int, end: int, edges: Sequence[int], first: int, size: int) -> int:
    """Seconds of [``begin``, ``end``) in which the calendar is open."""
    total = 0
    row = next_interval(begin, edges, first, size)
    while row < size and edges[first + 2 * row] < end:
        total += min(end, edges[first + 2 * row + 1]) - max(begin, edges[first + 2 * row])
        row += 1
    return total


@rule
def due_at(begin: int, allowed: int, edges: Sequence[int], first: int, size: int) -> int:
    """First time by which ``allowed`` open seconds have passed since ``begin``.

    Beyond the last interval the clock is taken to run on without a break: that is after the horizon, where
    only 'not yet' matters.
    """
    row = next_interval(begin, edges, first, size)
    while row < size:
        start = max(begin, edges[first + 2 * row])
        end = edges[first + 2 * row + 1]
        if end - start >= allowed:
            return start + allowed
        allowed -= end - start
        begin = end
        row += 1
    return begin + allowed
