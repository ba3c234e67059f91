"""Weekly rhythms by stream: who orders equipment does so in office hours, what breaks does so at any hour.

Of all tickets of an hour of the day, on working days or on weekends, a stream has a share. How far these
shares lie from the stream's share of all tickets, beyond chance, is estimated from all hours together
(empirical Bayes, a Dirichlet prior whose weight is chosen by the likelihood): streams with one rhythm get
that one, and few tickets do not make a rhythm. The streams add up to the rhythm of all tickets.

Source: Minka (2000), 'Estimating a Dirichlet distribution', section 3 (the Dirichlet-multinomial).
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import gammaln

from calibration.fit.arrivals import WEEKEND, ArrivalPattern

Floats = NDArray[np.float64]

WEIGHTS = (*np.geomspace(5.0, 5_000.0, 25).tolist(), np.inf)
"""Tickets' worth of the common shares that are tried; infinite: shares are the same in all hours."""

KIND = (np.arange(7) >= WEEKEND).astype(int)
"""Of each weekday: 0 for working days, 1 for the weekend."""


def rhythms(keys: pd.Series, opened: pd.Series, pattern: ArrivalPattern) -> dict[str, Floats]:
    """Expected tickets of each stream by weekday and hour [7, 24]; empty where all have the same rhythm.

    ``keys`` names the stream of each ticket, ``opened`` when it came. Days that are out of line are left out.
    """
    used = ~opened.dt.normalize().isin(pattern.quiet_days)
    names = sorted(keys[used].unique())
    if len(names) < 2:
        return {}
    times = opened[used].dt
    counts = np.zeros((2, 24, len(names)))
    place = KIND[times.day_of_week.to_numpy()], times.hour.to_numpy(), np.searchsorted(names, keys[used])
    np.add.at(counts, place, 1.0)
    every = counts.sum(axis=(0, 1)) / counts.sum()
    # First what comes on weekends at all, then at what hours of such a day.
    of_kind, kinds_differ = pooled(counts.sum(axis=1), np.tile(every, (2, 1)))
    of_hour, hours_differ = pooled(counts.reshape(48, -1), np.repeat(of_kind, 24, axis=0))
    if not kinds_differ and not hours_differ:
        return {}
    shares = of_hour.reshape(2, 24, -1)[KIND]
    return {str(name): pattern.profile * shares[:, :, column] for column, name in enumerate(names)}


def pooled(counts: Floats, common: Floats) -> tuple[Floats, bool]:
    """Shares by row [rows, streams] of ``counts``, drawn to the ``common`` ones; and whether they differ."""
    likelihoods = [likelihood(counts, weight, common) for weight in WEIGHTS]
    weight = WEIGHTS[int(np.argmax(likelihoods))]
    if np.isinf(weight):
        return common, False
    return (counts + weight * common) / (counts.sum(axis=1, keepdims=True) + weight), True


def likelihood(counts: Floats, weight: float, common: Floats) -> float:
    """Logarithm of the likelihood of the counts, without what does not depend on ``weight``."""
    if np.isinf(weight):
        return float((counts * np.log(common)).sum())
    prior = weight * common
    rows = gammaln(weight) - gammaln(counts.sum(axis=1) + weight)
    return float(rows.sum() + (gammaln(counts + prior) - gammaln(prior)).sum())
