"""95% intervals for means and for probabilities."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from results.statistics.draws import of_draws
from results.statistics.quantiles import quantiles
from sim.spec.calendars import Floats

LEVEL = 0.95
"""Confidence of every interval, unless one says otherwise."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over replications with its interval, and the spread of single replications.

    ``n`` replications had a value. ``low`` and ``high`` are None with fewer than two. ``p10``, ``p50`` and
    ``p90`` are quantiles over replications: the luck of a single future, not the doubt about the mean. Where
    sets of assumptions were played twice, the interval rests on the means of the two.
    """

    n: int
    mean: float
    low: float | None
    high: float | None
    p10: float
    p50: float
    p90: float


@dataclass(frozen=True, slots=True)
class Probability:
    """A share of replications with its interval."""

    n: int
    share: float
    low: float | None
    high: float | None


def defined(values: Sequence[float] | Floats) -> Floats:
    """The values that are not nan."""
    array = np.asarray(values, dtype=np.float64)
    return array[~np.isnan(array)]


def estimate(
    values: Sequence[float] | Floats,
    level: float = LEVEL,
    bounds: tuple[float, float] = (-math.inf, math.inf),
    again: int = 0,
) -> Estimate | None:
    """Mean with its t interval; None if the outcome is undefined in every replication.

    The interval is cut at ``bounds``, what the mean can be at all; that takes nothing from its coverage. The
    last ``again`` values are of the same assumptions as the first ones (see ``of_draws``).

    Source: Law (2015), 'Simulation Modeling and Analysis', 5th ed., eq. 4.12.
    """
    kept = defined(values)
    if len(kept) == 0:
        return None
    sets = defined(of_draws(np.asarray(values, dtype=np.float64), again))
    mean, half = mean_and_half_width(sets, level)
    p10, p50, p90 = quantiles(kept, [0.1, 0.5, 0.9])
    low, high = None, None
    if half is not None:
        low, high = max(mean - half, bounds[0]), min(mean + half, bounds[1])
    return Estimate(len(kept), mean, low, high, p10, p50, p90)


def mean_and_half_width(values: Floats, level: float = LEVEL) -> tuple[float, float | None]:
    """Mean and half-width of its t interval; None with fewer than two values.

    Equal values give exactly themselves and a half-width of exactly 0.
    """
    first = float(values[0])
    if np.all(values == first):
        return first, (0.0 if len(values) > 1 else None)
    n = len(values)
    from scipy.special import stdtrit  # half as long to load as scipy.stats, whose t distribution it is

    quantile = float(stdtrit(n - 1, 0.5 + level / 2))
    return float(values.mean()), quantile * float(values.std(ddof=1)) / math.sqrt(n)


def probability(happened: Sequence[float] | Floats, level: float = LEVEL) -> Probability | None:
    """Share of ones among zeros and ones (nan left out) with its Wilson score interval; None without any.

    With one replication the interval is None: it would say next to nothing.

    Source: Wilson (1927), J. Am. Stat. Assoc. 22:209; Brown, Cai & DasGupta (2001), Stat. Sci. 16:101.
    """
    kept = defined(happened)
    n = len(kept)
    if n == 0:
        return None
    share = float(kept.mean())
    if n == 1:
        return Probability(1, share, None, None)
    from scipy.special import ndtri

    z = float(ndtri(0.5 + level / 2))
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    low = 0.0 if share == 0.0 else max(0.0, centre - half)
    high = 1.0 if share == 1.0 else min(1.0, centre + half)
    return Probability(n, share, low, high)
