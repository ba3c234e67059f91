"""Luck apart from ignorance: what is known of futures that were played twice with the same assumptions."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from results.statistics.intervals import LEVEL
from sim.spec.calendars import Floats


@dataclass(frozen=True, slots=True)
class Luck:
    """Share of the variance of a figure that is luck, the rest being ignorance of the assumptions.

    ``f`` is the ratio of the mean squares that it rests on, over ``n`` assumptions played twice.
    """

    n: int
    share: float
    low: float
    high: float
    f: float


def luck_of(values: Floats, again: int) -> Luck | None:
    """The luck in values of which the last ``again`` are the first ones played a second time."""
    if again == 0:
        return None
    first, second = values[:again], values[len(values) - again :]
    both = ~(np.isnan(first) | np.isnan(second))
    return luck_share(first[both], second[both])


def luck_share(first: Floats, second: Floats) -> Luck | None:
    """Luck of two replications of each set of assumptions: one-way random effects with its exact interval.

    With MS between and within sets, F = MSB / MSW, the intraclass correlation is (F - 1) / (F + 1) and luck
    has the rest. None with fewer than three sets, or if nothing varies.

    Source: Searle, Casella & McCulloch (1992), 'Variance Components', section 3.6; exact with normal errors.
    """
    n = len(first)
    if n < 3:
        return None
    means = (first + second) / 2
    between = 2.0 * float(means.var(ddof=1))
    within = float(((first - second) ** 2).sum()) / (2 * n)
    if within <= 0:
        return Luck(n, 0.0, 0.0, 0.0, math.inf) if between > 0 else None
    from scipy.special import fdtri

    f = between / within
    above = float(fdtri(n - 1, n, 0.5 + LEVEL / 2))
    below = float(fdtri(n - 1, n, 0.5 - LEVEL / 2))
    share, low, high = (1.0 - max(0.0, (ratio - 1.0) / (ratio + 1.0)) for ratio in (f, f / below, f / above))
    return Luck(n, share, low, high, f)
