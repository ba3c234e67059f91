"""The growth of all tickets, drawn once for all streams: the log tells one number, not one a stream."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri

from calibration.draws import evenly
from calibration.fit.arrivals import DEVIATES, Trend
from calibration.fit.unseen import SEED, Floats

GROWING = ["incidents[*].trend", "requests[*].trend"]
"""What a factor on the growth multiplies."""

LEAST = 0.01
"""Least factor: a growth that the log shows clear of chance is not drawn to the other side of none."""


def growth_factors(trend: Trend, draws: int) -> Floats | None:
    """A factor a draw on the growth that stands in the base; None if there is none.

    The slope of the logarithm is drawn evenly from a normal distribution whose 90% lie between low and high.
    """
    if not trend.mode:
        return None
    low, mode, high = np.log1p([trend.low, trend.mode, trend.high])
    shares = evenly(draws, np.random.default_rng(SEED))
    drawn = np.expm1(mode + (high - low) / (2 * DEVIATES) * ndtri(shares))
    found: Floats = np.maximum(LEAST, drawn / trend.mode)
    return found
