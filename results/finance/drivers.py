"""Which assumptions an appraisal rests on: regression on the futures that were played anyway.

All assumptions are drawn at once and independently, so that each can be looked at alone: the others are noise
to it. What can't be told from chance in this sample is not named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from results.statistics.intervals import LEVEL
from results.statistics.quantiles import quantiles
from sim.spec.calendars import Floats

FEWEST = 12
"""With fewer futures no assumption is looked at."""
MOST = 12
"""So many are named at most."""
ENOUGH = 5
"""So many futures must lie beyond a break-even value."""
KNOTS = 2
"""Degree of the curve that gives the expected value for what is known (value of information)."""


@dataclass(frozen=True, slots=True)
class Driver:
    """An assumption and what it does to a figure; values in the unit as drawn.

    ``at_low`` and ``at_high`` are what is expected of the figure at the 10% and 90% quantiles of the
    assumption, which are ``low`` and ``high``. ``share`` is that of the variance which it explains. ``known``
    is what it would be worth to know the assumption before deciding (EVPPI). ``turns`` is the value at which
    the expected figure is 0, None outside [``least``, ``most``], the range that was drawn. ``clear`` if it
    can be told from chance.
    """

    name: str
    low: float
    high: float
    least: float
    most: float
    at_low: float
    at_high: float
    share: float
    known: float
    turns: float | None
    clear: bool

    @property
    def span(self) -> float:
        """How far the figure moves between the two quantiles."""
        return abs(self.at_high - self.at_low)


def drivers(values: Mapping[str, Floats], figure: Floats) -> list[Driver]:
    """Every assumption that varies; those that are clear first, the one that moves the figure most in front.

    Clear ones are found one after the other: each time the one that goes best with what the others leave
    unexplained, as long as chance would hardly do as much over all assumptions (Bonferroni, 5%). They are
    found on normal scores, so that a few extreme futures decide nothing, and sized together by least squares.

    Source: Saltelli et al. (2008), 'Global Sensitivity Analysis', section 1.2 (regression); Conover (1999),
    'Practical Nonparametric Statistics', section 5.10 (normal scores); Strong & Oakley (2013), Medical
    Decision Making 33:755 (EVPPI by regression).
    """
    moving = {name: drawn for name, drawn in values.items() if float(np.ptp(drawn)) > 0}
    if len(figure) < FEWEST or float(np.ptp(figure)) == 0 or not moving:
        return []
    names = list(moving)
    table = np.array([_standard(moving[name]) for name in names])
    chosen = select(table, figure)
    slopes, left = _fit(table[chosen], figure)
    found = []
    for place, name in enumerate(names):
        is_clear = place in chosen
        # One that is not clear is sized alone, on what the clear ones leave.
        slope = slopes[chosen.index(place)] if is_clear else float(table[place] @ left) / len(left)
        found.append(_driver(name, moving[name], figure, slope, is_clear=is_clear))
    return sorted(found, key=lambda item: (not item.clear, -item.span, item.name))


def select(table: Floats, figure: Floats) -> list[int]:
    """Rows of ``table`` (standardised) that go with the figure more than chance would have it."""
    from scipy.special import ndtri, stdtrit

    ranks = np.argsort(np.argsort(figure, kind="stable"), kind="stable")
    scores = ndtri((ranks + 0.5) / len(figure))
    n, chosen, left = len(figure), list[int](), scores
    while len(chosen) < min(MOST, n - FEWEST):
        r = table @ left / (n * float(left.std()))
        r[chosen] = 0.0
        best = int(np.argmax(np.abs(r)))
        freedom = n - 2 - len(chosen)
        limit = float(stdtrit(freedom, 1.0 - (1.0 - LEVEL) / 2 / len(table)))
        if abs(r[best]) < limit / np.sqrt(freedom + limit * limit):
            break
        chosen.append(best)
        left = _fit(table[chosen], scores)[1]
    return chosen


def turning(drawn: Floats, figure: Floats, slope: float) -> float | None:
    """The value at which the expected figure is 0; None if it is not reached within what was drawn.

    The futures beyond it must bear it out: there are ``ENOUGH``, and their mean is on the other side of 0.
    """
    mean, middle = float(figure.mean()), float(drawn.mean())
    value = middle - mean / slope if slope else None
    if value is None or not float(drawn.min()) <= value <= float(drawn.max()):
        return None
    beyond = figure[drawn > value] if value > middle else figure[drawn < value]
    if len(beyond) < ENOUGH or float(beyond.mean()) * mean > 0:
        return None
    return value


def value_of_knowing(drawn: Floats, figure: Floats) -> float:
    """What it is worth to know one assumption before deciding: to do it, or to leave it (worth 0).

    E max(0, E[figure | assumption]) - max(0, E figure), the inner expectation a quadratic curve.
    """
    scaled = (drawn - drawn.mean()) / drawn.std()
    expected = np.polynomial.polynomial.polyval(
        scaled, np.polynomial.polynomial.polyfit(scaled, figure, KNOTS)
    )
    return max(0.0, float(np.maximum(expected, 0.0).mean()) - max(0.0, float(figure.mean())))


def value_of_knowing_all(figure: Floats) -> float:
    """What it is worth to know everything before deciding, luck included: an upper bound."""
    return float(np.maximum(figure, 0.0).mean()) - max(0.0, float(figure.mean()))


def _standard(drawn: Floats) -> Floats:
    scaled: Floats = (drawn - drawn.mean()) / drawn.std()
    return scaled


def _fit(rows: Floats, figure: Floats) -> tuple[Floats, Floats]:
    """Slopes of least squares, and what they leave unexplained."""
    centred = figure - figure.mean()
    if len(rows) == 0:
        return np.zeros(0), centred
    slopes = np.linalg.lstsq(rows.T, centred, rcond=None)[0]
    return slopes, centred - slopes @ rows


def _driver(name: str, drawn: Floats, figure: Floats, slope: float, *, is_clear: bool) -> Driver:
    """``slope`` is for one standard deviation of the assumption."""
    each, mean, middle = slope / float(drawn.std()), float(figure.mean()), float(drawn.mean())
    low, high = quantiles(drawn, [0.1, 0.9])
    least, most = float(drawn.min()), float(drawn.max())
    return Driver(
        name,
        low,
        high,
        least,
        most,
        mean + each * (low - middle),
        mean + each * (high - middle),
        (slope / float(figure.std())) ** 2,
        value_of_knowing(drawn, figure) if is_clear else 0.0,
        turning(drawn, figure, each) if is_clear else None,
        is_clear,
    )
