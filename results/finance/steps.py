"""In steps instead of all at once: what it is worth to look again after a year, and to go on only then.

Nothing is played anew. What the first year shows is its cash flow; who decides at its end goes on where
futures with such a first year were worth going on with. No future is judged by a rule that has seen its end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from results.finance.drivers import FEWEST, KNOTS
from results.finance.risk import tail_mean
from results.finance.statement import Statement, column
from results.finance.terms import Terms
from results.statistics.intervals import Probability, mean_and_half_width, probability
from sim.spec.calendars import Floats

TRIAL = 0.2
"""Share of the costs and benefits that a trial has."""
STEPS = {
    "all": "All of it at once",
    "stop": "All of it at once, but stopped after a year that speaks against it",
    "trial": "A fifth of it for a year, the rest only after a year that speaks for it",
}


@dataclass(frozen=True, slots=True)
class Course:
    """One way to go about it: ``mean`` worth, and how sure; ``goes_on`` is the share of futures that do.

    ``more`` is its worth beyond that of all at once, [``low``, ``high``] the 95% interval of that.
    """

    name: str
    npv: Floats
    goes_on: float
    mean: float
    p_loss: Probability
    cvar: float
    more: float
    low: float | None
    high: float | None


def courses(money: Statement, terms: Sequence[Terms]) -> list[Course]:
    """All at once, with a stop after year 1, and as a trial first; none with too few futures.

    A trial has ``TRIAL`` of all flows of year 0 and 1, and shows what the whole would have shown: more than a
    real one. The rest comes a year later, so that its last year is lost. Who stops pays and gains nothing any
    more; what is not yet written off then saves no tax.

    Source: Longstaff & Schwartz (2001), Review of Financial Studies 14:113 (the value of going on by
    regression); stage gates as in Dixit & Pindyck (1994), 'Investment under Uncertainty', chapter 2.
    """
    if len(money.npv) < FEWEST:
        return []
    present = money.net * money.factor
    first, rest = present[:, :2].sum(axis=1), present[:, 2:].sum(axis=1)
    later = present[:, :-1].sum(axis=1) / (1.0 + column(terms, "discount_rate")[:, 0])
    seen = money.net[:, 1]
    goes = expected(seen, rest) > 0
    whole = TRIAL * rest + (1.0 - TRIAL) * later
    grows = expected(seen, whole) > 0
    return [
        _course("all", money.npv, money.npv, np.ones(len(rest), dtype=bool)),
        _course("stop", first + np.where(goes, rest, 0.0), money.npv, goes),
        _course("trial", TRIAL * first + np.where(grows, whole, 0.0), money.npv, grows),
    ]


def expected(seen: Floats, worth: Floats) -> Floats:
    """What is expected of ``worth`` for what was ``seen``, each future by a curve through all others.

    A quadratic curve on the ranks, so that a few extreme years decide nothing. Leaving one out goes by the
    diagonal of the hat matrix (Belsley, Kuh & Welsch 1980, 'Regression Diagnostics', section 2.1).
    """
    n = len(seen)
    if float(np.ptp(seen)) == 0:
        others: Floats = (worth.sum() - worth) / (n - 1)
        return others
    ranks = np.searchsorted(np.sort(seen), seen) + np.searchsorted(np.sort(seen), seen, side="right")
    x = ranks / n - 1.0
    design = np.vstack([np.power(x, degree) for degree in range(KNOTS + 1)]).T
    hat = design @ np.linalg.pinv(design)
    own = np.diagonal(hat)
    found: Floats = (hat @ worth - own * worth) / (1.0 - own)
    return found


def _course(
    name: str, npv: Floats, at_once: Floats, goes: np.ndarray[tuple[int], np.dtype[np.bool_]]
) -> Course:
    loss = probability((npv < 0).astype(np.float64))
    assert loss is not None
    more, half = mean_and_half_width(npv - at_once)
    low, high = (None, None) if half is None else (more - half, more + half)
    return Course(name, npv, float(goes.mean()), float(npv.mean()), loss, tail_mean(npv), more, low, high)
