"""Cutting intervals of time at the edges of bins (weeks, or one window), and adding up by group and bin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.spec.calendars import Floats, Ints


@dataclass(frozen=True, slots=True)
class Pieces:
    """Parts of intervals, each within one bin: ``row`` is the interval it was cut from."""

    row: Ints
    bin: Ints
    start: Ints
    end: Ints


def cut(start: Ints, end: Ints, edges: Ints) -> Pieces:
    """Cut the intervals [start, end) at the increasing ``edges``; what lies outside them is dropped."""
    low = np.maximum(start, edges[0])
    high = np.minimum(end, edges[-1])
    rows = np.flatnonzero(high > low)
    low, high = low[rows], high[rows]
    first = np.searchsorted(edges, low, side="right") - 1
    count = np.searchsorted(edges, high, side="left") - first
    row = np.repeat(np.arange(len(rows)), count)
    step = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    bins = first[row] + step
    return Pieces(
        row=rows[row],
        bin=bins,
        start=np.maximum(low[row], edges[bins]),
        end=np.minimum(high[row], edges[bins + 1]),
    )


def total(group: Ints, bins: Ints, amount: NDArray[np.int64] | Floats, groups: int, width: int) -> Floats:
    """Sums of ``amount`` as an array [groups, width]; whole numbers stay exact up to 2**53."""
    flat = np.bincount(group * width + bins, weights=amount, minlength=groups * width)
    return flat.astype(np.float64, copy=False).reshape(groups, width)


def bin_of(time: Ints, edges: Ints) -> tuple[Ints, Ints]:
    """Rows whose ``time`` lies in [first edge, last edge), and the bin of each."""
    rows = np.flatnonzero((time >= edges[0]) & (time < edges[-1]))
    return rows, np.searchsorted(edges, time[rows], side="right") - 1


def sums(group: Ints, groups: int, amount: NDArray[Any] | None = None) -> Floats:
    """[groups] Sums of ``amount``, or counts without it."""
    return np.bincount(group, weights=amount, minlength=groups).astype(np.float64)


def divide(numerator: Floats, denominator: Floats) -> Floats:
    """Elementwise quotient; nan (undefined) where there is nothing to divide by."""
    nothing: Floats = np.full(len(numerator), np.nan)
    return np.divide(numerator, denominator, out=nothing, where=denominator > 0)
