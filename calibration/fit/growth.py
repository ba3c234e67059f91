"""The growth of all tickets, drawn once for all streams: the log tells one number, not one a stream."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.special import ndtri

from calibration.draws import evenly
from calibration.fit.arrivals import DEVIATES, WEEKS_A_YEAR, Trend, risen
from calibration.fit.organisation import Organisation
from calibration.fit.unseen import SEED, Floats

GROWING = ["incidents[*].trend", "requests[*].trend"]
"""What a factor on the growth multiplies."""

LEAST = 0.01
"""Least factor: a growth that the log shows clear of chance is not drawn to the other side of none."""


RISING = ["incidents[*].rate", "requests[*].rate"]
"""What a factor on the growth up to the end of the days learnt from multiplies."""


def as_seen(organisation: Organisation) -> Organisation:
    """The organisation as in the days learnt from, every week alike: with their mean rate."""
    arrivals = replace(organisation.arrivals, trend=Trend())
    return replace(organisation, arrivals=arrivals, holidays=None)


def as_grown(organisation: Organisation) -> Organisation:
    """The organisation at the end of the days learnt from, where the growth that is played begins."""
    factor = organisation.arrivals.trend.risen(years_of(organisation))
    return replace(organisation, rates={key: rate.times(factor) for key, rate in organisation.rates.items()})


def years_of(organisation: Organisation) -> float:
    """Years that are learnt from."""
    return organisation.window.weeks / WEEKS_A_YEAR


def growth_factors(trend: Trend, draws: int) -> Floats | None:
    """A factor a draw on the growth that stands in the base; None if there is none.

    The slope of the logarithm is drawn evenly from a normal distribution whose 90% lie between low and high.
    """
    if not trend.mode:
        return None
    found: Floats = np.maximum(LEAST, np.expm1(slopes(trend, draws)) / trend.mode)
    return found


def risen_factors(trend: Trend, draws: int, years: float) -> Floats | None:
    """A factor a draw on the rate at the end of the days learnt from, of the same draws; None if none."""
    if not trend.mode:
        return None
    return np.array([risen(float(slope), years) for slope in slopes(trend, draws)]) / trend.risen(years)


def slopes(trend: Trend, draws: int) -> Floats:
    """Draws of the slope of the logarithm."""
    low, mode, high = np.log1p([trend.low, trend.mode, trend.high])
    shares = evenly(draws, np.random.default_rng(SEED))
    found: Floats = mode + (high - low) / (2 * DEVIATES) * ndtri(shares)
    return found
