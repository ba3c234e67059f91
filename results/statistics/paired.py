"""Differences between two scenarios that met the same luck, replication by replication."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from results.catalogue import Better
from results.statistics.draws import of_draws
from results.statistics.intervals import LEVEL, defined, mean_and_half_width
from sim.spec.calendars import Floats

Verdict = Literal["better", "worse", "changed", "negligible", "the same", "not clear"]

NEGLIGIBLE = 0.005
"""A difference below this part of the base's size is of no weight, however sure it is."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Other scenario less base, over the ``n`` pairs in which both have a value.

    ``low`` to ``high`` is the 95% t interval of the mean paired difference (None with one pair).
    ``p_better`` is the share of pairs in which the other scenario is better, a tie counting half; None for
    outcomes that are neither better nor worse. ``relative`` is the mean difference, and its interval, over
    the base's mean: the same interval in other units; None where the base's mean is 0. ``size`` is what the
    difference is to be weighed against: the base's mean, but of a share that should be high what is missing
    to the whole where that is less, so that 99.9% and 99.8% are far apart. ``note`` says why a share moved
    though its part did not: then it has changed, which is neither better nor worse.
    """

    n: int
    better: Better
    mean: float
    low: float | None
    high: float | None
    p_better: float | None
    relative: float | None
    relative_low: float | None
    relative_high: float | None
    size: float = 0.0
    note: str = ""

    @property
    def verdict(self) -> Verdict:
        """In one word, by one rule for tables, figures and sentences.

        'not clear' where the interval holds 0 or there is none; 'negligible' where it does not, but the
        difference is below ``NEGLIGIBLE`` of its ``size``.
        """
        if self.low is None or self.high is None:
            return "not clear"
        if self.low == self.high == 0.0:
            return "the same"
        if self.low <= 0.0 <= self.high:
            return "not clear"
        if abs(self.mean) < NEGLIGIBLE * self.size:
            return "negligible"
        if self.better == "neither" or self.note:
            return "changed"
        return "better" if (self.mean < 0) == (self.better == "lower") else "worse"


def difference(
    base: Sequence[float] | Floats,
    other: Sequence[float] | Floats,
    better: Better,
    level: float = LEVEL,
    whole: float = math.inf,
    again: int = 0,
) -> Difference | None:
    """Paired difference of one outcome; None if no pair has both values.

    Parameters
    ----------
    base, other
        One value a replication, in the same order; nan where undefined.
    better, level, whole
        The better direction, the confidence, and what the outcome falls short of (1 for a share that should
        be high).
    again
        How many of the last values are of the same assumptions as the first ones: such a pair counts once.

    Source: Law (2015), 'Simulation Modeling and Analysis', 5th ed., section 10.2.1 (paired-t interval).
    """
    first, second = np.asarray(base, dtype=np.float64), np.asarray(other, dtype=np.float64)
    if first.shape != second.shape:
        raise ValueError(f"{len(first)} replications can't be paired with {len(second)}")
    sets = defined(of_draws(second - first, again))
    both = ~(np.isnan(first) | np.isnan(second))
    first, second = first[both], second[both]
    if len(first) == 0:
        return None
    change = second - first
    mean, half = mean_and_half_width(sets, level)
    low, high = (None, None) if half is None else (mean - half, mean + half)
    below = abs(float(first.mean()))
    share, share_low, share_high = (
        None if end is None or below == 0.0 else end / below for end in (mean, low, high)
    )
    wins = _p_better(change, better)
    size = min(below, max(0.0, whole - below))
    return Difference(len(change), better, mean, low, high, wins, share, share_low, share_high, size)


def _p_better(change: Floats, better: Better) -> float | None:
    if better == "neither":
        return None
    gain = -change if better == "lower" else change
    return float(np.mean(np.where(gain > 0, 1.0, np.where(gain == 0, 0.5, 0.0))))
