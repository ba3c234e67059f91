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
    """Every assumption that varies, the one that moves the figure most first.

    Least squares of the figure on one assumption. Clear are those whose correlation passes Holm's test at
    5% over all of them.

    Source: Saltelli et al. (2008), 'Global Sensitivity Analysis', section 1.2 (regression); Holm (1979),
    Scandinavian Journal of Statistics 6:65; Strong & Oakley (2013), Medical Decision Making 33:755 (EVPPI by
    regression).
    """
    moving = {name: drawn for name, drawn in values.items() if float(np.ptp(drawn)) > 0}
    if len(figure) < FEWEST or float(np.ptp(figure)) == 0 or not moving:
        return []
    correlations = {name: _correlation(drawn, figure) for name, drawn in moving.items()}
    passed = clear(correlations, len(figure))
    found = [
        _driver(name, drawn, figure, correlations[name], is_clear=name in passed)
        for name, drawn in moving.items()
    ]
    return sorted(found, key=lambda item: (not item.clear, -item.span, item.name))


def clear(correlations: Mapping[str, float], n: int) -> set[str]:
    """Names whose correlation over ``n`` values can be told from chance (Holm, two-sided t tests)."""
    from scipy.special import stdtr

    found: set[str] = set()
    ordered = sorted(correlations, key=lambda name: -abs(correlations[name]))
    for place, name in enumerate(ordered):
        r = min(abs(correlations[name]), 1.0 - 1e-15)
        t = r * np.sqrt((n - 2) / (1.0 - r * r))
        if 2.0 * float(stdtr(n - 2, -t)) > (1.0 - LEVEL) / (len(ordered) - place):
            break
        found.add(name)
    return found


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


def _correlation(drawn: Floats, figure: Floats) -> float:
    return float(np.corrcoef(drawn, figure)[0, 1])


def _driver(name: str, drawn: Floats, figure: Floats, r: float, *, is_clear: bool) -> Driver:
    slope = r * float(figure.std()) / float(drawn.std())
    mean, middle = float(figure.mean()), float(drawn.mean())
    low, high = quantiles(drawn, [0.1, 0.9])
    least, most = float(drawn.min()), float(drawn.max())
    turns = middle - mean / slope if slope else None
    if turns is not None and not least <= turns <= most:
        turns = None
    return Driver(
        name,
        low,
        high,
        least,
        most,
        mean + slope * (low - middle),
        mean + slope * (high - middle),
        r * r,
        value_of_knowing(drawn, figure) if is_clear else 0.0,
        turns if is_clear else None,
        is_clear,
    )
