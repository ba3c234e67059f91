"""Intervals by resampling replications, for ratios and quantiles, which have no t interval.

Resampling is keyed by the number of replications alone, so the same results give the same interval.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from results.statistics.intervals import LEVEL
from sim.spec.calendars import Floats, Ints

RESAMPLES = 2_000
SEED = 20_270_101


@lru_cache(maxsize=8)
def _resamples(n: int) -> Ints:
    """[resamples, n] Rows drawn with replacement."""
    return np.random.default_rng([SEED, n]).integers(0, n, size=(RESAMPLES, n))


def ratio_interval(
    numerator: Floats, denominator: Floats, level: float = LEVEL
) -> tuple[float, float] | None:
    """Interval of mean(numerator) / mean(denominator), pairs kept together; None with fewer than two pairs.

    Percentile bootstrap. None also where a resample has nothing to divide by.

    Source: Efron & Tibshirani (1993), 'An Introduction to the Bootstrap', chapter 13.
    """
    if len(numerator) < 2:
        return None
    rows = _resamples(len(numerator))
    below = denominator[rows].mean(axis=1)
    if np.any(below == 0.0):
        return None
    return _percentiles(numerator[rows].mean(axis=1) / below, level)


def resampled(values: Floats) -> Floats:
    """[resamples, n] The values drawn with replacement."""
    return values[_resamples(len(values))]


def quantile_interval(values: Floats, share: float, level: float = LEVEL) -> tuple[float, float] | None:
    """Interval of the ``share`` quantile over replications; None with fewer than two values."""
    if len(values) < 2:
        return None
    return _percentiles(np.quantile(resampled(values), share, axis=1), level)


def _percentiles(resampled: Floats, level: float) -> tuple[float, float]:
    low, high = np.quantile(resampled, [0.5 - level / 2, 0.5 + level / 2])
    return float(low), float(high)
