"""Adding up by group and bin (weeks, or one window)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.metrics.loops import fast, spend
from sim.spec.calendars import Floats, Ints

Rows = Ints | slice
"""Some rows of a table, to index its columns with."""
ONE = np.ones(1, dtype=np.int64)


def time_spent(group: Ints, start: Ints, end: Ints, edges: Ints, groups: int, weight: Ints = ONE) -> Floats:
    """[groups, bins] Length of the intervals [start, end) within the bins, times ``weight``; exact.

    Whole numbers stay exact up to 2**53. A group below 0 is left out.
    """
    spent = np.zeros((groups, len(edges) - 1), dtype=np.int64)
    fast(spend)(group, start, end, weight, edges, spent)
    return spent.astype(np.float64)


def total(group: Ints, bins: Ints, amount: NDArray[np.int64] | Floats, groups: int, width: int) -> Floats:
    """Sums of ``amount`` as an array [groups, width]; whole numbers stay exact up to 2**53."""
    flat = np.bincount(group * width + bins, weights=amount, minlength=groups * width)
    return flat.astype(np.float64, copy=False).reshape(groups, width)


def bin_of(time: Ints, edges: Ints) -> tuple[Rows, Ints]:
    """Rows whose ``time`` lies in [first edge, last edge), and the bin of each."""
    rows = rows_within(time, int(edges[0]), int(edges[-1]))
    return rows, passed(time[rows], edges) - 1


def passed(time: Ints, edges: Ints) -> Ints:
    """How many of the ``edges`` each of ``time`` has reached."""
    if is_sorted(time):
        first = np.append(np.searchsorted(time, edges), len(time))
        return np.repeat(np.arange(len(edges) + 1), np.diff(first, prepend=0))
    step = np.diff(edges)
    if len(step) and np.all(step == step[0]):
        place: Ints = np.clip((time - edges[0]) // step[0] + 1, 0, len(edges))
        return place
    return np.searchsorted(edges, time, side="right")


def rows_within(time: Ints, start: int, end: int) -> Rows:
    """Rows whose ``time`` lies in [start, end): a slice if they are in order of time, as in most tables."""
    if is_sorted(time):
        return slice(*np.searchsorted(time, (start, end)).tolist())
    return np.flatnonzero((time >= start) & (time < end))


def is_sorted(time: Ints) -> bool:
    """Whether a column is in order of time."""
    return bool(np.all(time[1:] >= time[:-1]))


def sums(group: Ints, groups: int, amount: NDArray[Any] | None = None) -> Floats:
    """[groups] Sums of ``amount``, or counts without it."""
    return np.bincount(group, weights=amount, minlength=groups).astype(np.float64)


def divide(numerator: Floats, denominator: Floats) -> Floats:
    """Elementwise quotient; nan (undefined) where there is nothing to divide by."""
    nothing: Floats = np.full(len(numerator), np.nan)
    return np.divide(numerator, denominator, out=nothing, where=denominator > 0)
