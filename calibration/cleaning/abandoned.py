"""Tickets that are never ended, told from slow ones by the tail of the survival."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

Floats = NDArray[np.float64]
FEWEST_ENDED = 100
"""Fewest tickets that ended before the tail begins: fewer do not tell how a tail falls."""

CHANCE = 0.01
"""Chance of a false finding where the tail falls as a power law (lighter tails: less)."""

YOUNG, TOLD = 0.25, 0.5
"""Share of the tickets younger than the age at which the tail begins, and than that at which it is read."""


@dataclass(frozen=True, slots=True)
class Tail:
    """``share`` of all tickets are never ended; the tail that tells them begins at an age of ``hours``."""

    share: float
    hours: float


def abandoned_tail(took: Floats, ages: Floats) -> Tail | None:
    """Share of tickets that are never ended, if more are old and open than a heavy tail explains.

    A heavy tail that ends falls at least as fast as a power law, P(longer than t) ~ t^-a: among those open,
    as many end from 10 to 20 hours as from 100 to 200, or more. Tickets that nobody ends make the tail
    flatter than what came before it. Open tickets are censored at their age (Kaplan-Meier), and the two
    exponents are compared by an exact test: given how many ended in all, those in the tail are binomial.

    Parameters
    ----------
    took
        Hours until a ticket ended, NaN where it has not.
    ages
        Hours from its opening to the end of the log.

    Notes
    -----
    Source of the exponent: B. M. Hill, "A simple general approach to inference about the tail of a
    distribution", Annals of Statistics 3 (1975), with censored observations. Two kinds of tickets, few of
    which take months, may look like a flat tail where the log is not several times as long.
    """
    ended = took <= ages
    if ended.sum() < FEWEST_ENDED:
        return None
    lasted = np.where(ended, took, ages)
    begin = float(np.median(took[ended]))
    tail, told = (float(np.quantile(ages, share)) for share in (YOUNG, TOLD))
    if not 0 < begin < tail:
        return None
    early, exposed = ends_and_exposure(lasted, ended, begin, tail)
    late, exposed_late = ends_and_exposure(lasted, ended, tail, np.inf)
    if early < FEWEST_ENDED // 2 or exposed_late <= 0:
        return None
    if binom.cdf(late, early + late, exposed_late / (exposed + exposed_late)) > CHANCE:
        return None
    surviving, at_end = survival(lasted, ended, tail), survival(lasted, ended, told)
    slow = (told / tail) ** -(early / exposed)
    # Of those that are merely slow, as many are left as follow from those that ended in between.
    share = at_end - (surviving - at_end) * slow / (1 - slow)
    return Tail(share, tail) if share > 0 else None


def ends_and_exposure(
    lasted: Floats, ended: NDArray[np.bool_], begin: float, end: float
) -> tuple[int, float]:
    """How many ended at an age from ``begin`` to ``end`` hours, and the time at risk, in ln(hours)."""
    there = lasted > begin
    over = ended & there & (lasted <= end)
    return int(over.sum()), float(np.log(np.minimum(lasted[there], end) / begin).sum())


def survival(lasted: Floats, ended: NDArray[np.bool_], hours: float) -> float:
    """Share of tickets that are open at an age: the estimate of Kaplan and Meier (1958)."""
    times, events = np.unique(lasted[ended & (lasted <= hours)], return_counts=True)
    at_risk = len(lasted) - np.searchsorted(np.sort(lasted), times, side="left")
    return float(np.prod(1 - events / at_risk))
