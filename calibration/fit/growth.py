"""The growth of all tickets, drawn once for all streams: the log tells one number, not one a stream."""

from __future__ import annotations

import numpy as np

from calibration.draws import evenly
from calibration.fit.arrivals import Trend
from calibration.fit.unseen import SEED, Floats
from scenarios.compile.numbers import pert

GROWING = ["incidents[*].trend", "requests[*].trend"]
"""What a factor on the growth multiplies."""


def growth_factors(trend: Trend, draws: int) -> Floats | None:
    """A factor a draw on the growth that stands in the base; None if there is none.

    The draws are those that every stream would have by itself, from its low, mode and high (PERT). Both ends
    of a trend that is played have its sign, so that every factor is above 0.
    """
    if not trend.mode:
        return None
    shares = evenly(draws, np.random.default_rng(SEED))
    drawn = [pert(trend.low, trend.mode, trend.high, share) for share in shares.tolist()]
    return np.array(drawn) / trend.mode
