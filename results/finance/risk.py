"""How sure an appraisal is: its tails, and one scenario against another."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from results.statistics.bootstrap import resampled
from results.statistics.intervals import LEVEL, Probability, mean_and_half_width, probability
from sim.spec.calendars import Floats

TAIL = 0.05
"""The worst futures that the conditional value at risk is the mean of."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Net present value of ``a`` less that of ``b`` under the same luck and assumptions."""

    a: str
    b: str
    mean: float
    low: float | None
    high: float | None
    beats: Probability


def tail_mean(values: Floats, tail: float = TAIL) -> float:
    """Mean of the worst ``tail`` of the values (conditional value at risk); a part of a value counts in part.

    Source: Rockafellar & Uryasev (2002), 'Conditional value-at-risk for general loss distributions', Journal
    of Banking & Finance 26:1443, eq. 21.
    """
    ordered, share = np.sort(values), tail * len(values)
    whole = min(math.floor(share + 1e-9), len(values) - 1)
    return float((ordered[:whole].sum() + (share - whole) * ordered[whole]) / share)


def tail_interval(values: Floats, tail: float = TAIL) -> tuple[float, float] | None:
    """Percentile bootstrap interval of the tail mean; None with fewer than two values."""
    if len(values) < 2:
        return None
    found = [tail_mean(row, tail) for row in resampled(values)]
    low, high = np.quantile(found, [0.5 - LEVEL / 2, 0.5 + LEVEL / 2])
    return float(low), float(high)


def pair(a: str, b: str, first: Floats, second: Floats) -> Pair:
    """The difference of two scenarios, future by future; a tie counts half."""
    gap = first - second
    mean, half = mean_and_half_width(gap)
    beats = probability(np.where(gap > 0, 1.0, np.where(gap < 0, 0.0, 0.5)))
    assert beats is not None
    if half is None:
        return Pair(a, b, mean, None, None, beats)
    return Pair(a, b, mean, mean - half, mean + half, beats)
