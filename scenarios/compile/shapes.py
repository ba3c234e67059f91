"""Shapes of random quantities: closed forms where engines have one, else quantile tables of mean 1."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from scenarios.compile.numbers import Numbers
from scenarios.errors import BadInput, Problem, nearest
from scenarios.schema.work import Spread
from scenarios.schema.work import Variate as VariateSpec
from sim.spec.calendars import Floats
from sim.spec.model import Table
from sim.spec.shapes import Shape, ShapeKind, Variate

CONSTANT = Shape(ShapeKind.CONSTANT)
TAIL = 1e-9
"""Probability beyond which an unbounded distribution is cut in a table."""

JUMP = 1e-12
"""Probability over which a table climbs from one value to the next where a distribution has a gap."""


def grid() -> Floats:
    """Probabilities of a table: even in the middle, finer and finer towards both ends."""
    tail = np.logspace(-7, -3, 81)[:-1]
    return np.concatenate([[0.0], tail, np.linspace(1e-3, 1.0 - 1e-3, 999), 1.0 - tail[::-1], [1.0]])


def lognormal(cv: float) -> Shape:
    """Lognormal of mean 1 with coefficient of variation ``cv``.

    Source: Johnson, Kotz, Balakrishnan (1994), 'Continuous univariate distributions' 1, chapter 14.
    """
    if cv <= 0.0:
        return CONSTANT
    variance = math.log1p(cv * cv)
    return Shape(ShapeKind.LOGNORMAL, a=-variance / 2, b=math.sqrt(variance))


class Shapes:
    """Compiles shapes and collects their tables."""

    def __init__(self, numbers: Numbers) -> None:
        self.numbers = numbers
        self.tables: list[Table] = []

    def refused(self, path: str, text: str) -> BadInput:
        """The error for a shape that cannot be used."""
        place = self.numbers.merged.document.place(tuple(path.split(".")))
        return BadInput(Problem(place, path, None, text))

    def variate(self, path: str, spec: VariateSpec) -> Variate:
        """A mean that levers may move, with a shape."""
        return Variate(self.numbers.param(f"{path}.mean"), self.shape(path, spec))

    def shape(self, path: str, spec: Spread) -> Shape:
        """A shape of mean 1."""
        if spec.shape == "constant":
            return CONSTANT
        if spec.shape == "exponential":
            return Shape(ShapeKind.EXPONENTIAL)
        if spec.shape == "lognormal":
            return lognormal(self.numbers.value(f"{path}.cv"))
        if spec.shape == "weibull":
            k = self.numbers.value(f"{path}.k")
            return Shape(ShapeKind.WEIBULL, a=1.0 / math.gamma(1.0 + 1.0 / k), b=k)
        if spec.shape == "triangular":
            low, mode, high = (float(value or 0.0) for value in (spec.low, spec.mode, spec.high))
            mean = (low + mode + high) / 3.0
            return Shape(ShapeKind.TRIANGULAR, a=low / mean, b=mode / mean, c=high / mean)
        probability, value = self.quantiles(path, spec)
        return self.table(path, probability, value)

    def table(self, path: str, probability: Floats, value: Floats) -> Shape:
        """A quantile table, scaled to mean 1; equal tables are kept once."""
        mean = float(np.sum(np.diff(probability) * (value[1:] + value[:-1]) / 2.0))
        if not math.isfinite(mean) or mean <= 0.0:
            raise self.refused(path, "the shape must have a finite mean above 0")
        value = value / mean
        for number, table in enumerate(self.tables):
            if np.array_equal(table.probability, probability) and np.array_equal(table.value, value):
                return Shape(ShapeKind.TABLE, table=number)
        self.tables.append(Table(probability, value))
        return Shape(ShapeKind.TABLE, table=len(self.tables) - 1)

    def quantiles(self, path: str, spec: Spread) -> tuple[Floats, Floats]:
        """Quantile function of a shape, in any unit, as probabilities and values."""
        if spec.quantiles is not None:
            return (
                np.array([float(key) / 100.0 for key in spec.quantiles]),
                np.array(list(spec.quantiles.values()), dtype=np.float64),
            )
        if spec.values is not None:
            return empirical(np.array(spec.values, dtype=np.float64))
        if spec.of is not None:
            return self.mixture(path, spec)
        probability = grid()
        if spec.shape == "pert":
            from scipy.special import betaincinv

            low, mode, high = (float(value or 0.0) for value in (spec.low, spec.mode, spec.high))
            width = high - low
            a, b = 1 + 4 * (mode - low) / width, 1 + 4 * (high - mode) / width
            return probability, low + width * betaincinv(a, b, probability)
        if spec.shape == "scipy":
            try:
                return probability, scipy_quantiles(spec, probability)
            except ValueError as error:
                raise self.refused(path, str(error)) from None
        return probability, closed_form(self.shape(path, spec))(probability)

    def mixture(self, path: str, spec: Spread) -> tuple[Floats, Floats]:
        """Quantile table of a mixture: the distribution function on all quantiles, turned around."""
        parts = []
        for number, component in enumerate(spec.of or []):
            chances, values = self.quantiles(f"{path}.of[{number + 1}]", component)
            mean = float(np.sum(np.diff(chances) * (values[1:] + values[:-1]) / 2.0))
            if mean <= 0.0:
                raise self.refused(f"{path}.of[{number + 1}]", "the shape must have a mean above 0")
            weight = self.numbers.value(f"{path}.of[{number + 1}].weight")
            parts.append((weight, chances, values * component.mean / mean))
        total = sum(weight for weight, _, _ in parts)
        if total <= 0.0:
            raise self.refused(f"{path}.of", "the weights must add up to 100 %")
        value = np.unique(np.concatenate([part for _, _, part in parts]))
        below, up_to = np.zeros(len(value)), np.zeros(len(value))
        for weight, chance, part in parts:
            below += weight / total * np.interp(value, *edge(part, chance, 0), left=0.0, right=1.0)
            up_to += weight / total * np.interp(value, *edge(part, chance, -1), left=0.0, right=1.0)
        return turned(value, below, up_to)


def turned(value: Floats, below: Floats, up_to: Floats) -> tuple[Floats, Floats]:
    """Quantile table of a distribution function given by its limits from below and its values.

    Where the function stands still the quantile jumps: two points as good as above each other.
    """
    points = [(0.0, float(value[0]))]
    for x, *chances in zip(value, below, up_to, strict=True):
        for chance in chances:
            last, reached = points[-1]
            if chance > last + JUMP:
                points.append((float(chance), float(x)))
            elif x > reached and last + JUMP < 1.0:
                points.append((last + JUMP, float(x)))
    probability, values = (np.array(column) for column in zip(*points, strict=True))
    probability /= probability[-1]
    if len(values) == 1:
        return np.array([0.0, 1.0]), np.repeat(values, 2)
    return probability, values


def edge(value: Floats, probability: Floats, side: int) -> tuple[Floats, Floats]:
    """Points of a distribution function; of equal values the lowest (0) or the highest (-1) probability."""
    keep = np.ones(len(value), dtype=bool)
    if side == 0:
        keep[1:] = np.diff(value) > 0
    else:
        keep[:-1] = np.diff(value) > 0
    return value[keep], probability[keep]


def empirical(values: Floats) -> tuple[Floats, Floats]:
    """Quantiles of observed values: straight lines between the ordered values."""
    ordered = np.sort(values)
    if len(ordered) == 1:
        ordered = np.repeat(ordered, 2)
    return np.linspace(0.0, 1.0, len(ordered)), ordered


def closed_form(shape: Shape) -> Callable[[Floats], Floats]:
    """Quantile function of a closed-form shape on a grid, cut in the far tail."""
    from sim.chance.variates import quantile

    def values(probability: Floats) -> Floats:
        inside = np.clip(probability, TAIL, 1.0 - TAIL)
        return np.array([quantile(float(u), int(shape.kind), shape.a, shape.b, shape.c) for u in inside])

    return values


def scipy_quantiles(spec: Spread, probability: Floats) -> Floats:
    """Quantiles of any continuous distribution of scipy.stats; a ValueError says what is wrong with it."""
    from scipy import stats

    names = [name for name in dir(stats) if isinstance(getattr(stats, name), stats.rv_continuous)]
    if spec.scipy not in names:
        near = nearest(str(spec.scipy), names)
        raise ValueError(f"`{spec.scipy}` must be a continuous distribution of scipy.stats{near}")
    distribution = getattr(stats, str(spec.scipy))
    try:
        with np.errstate(all="ignore"):
            found = distribution.ppf(np.clip(probability, TAIL, 1.0 - TAIL), **spec.parameters)
    except (TypeError, ValueError):
        needed = distribution.shapes or "none"
        raise ValueError(f"the parameters of scipy's {spec.scipy} are {needed} (and loc, scale)") from None
    value = np.asarray(found, dtype=np.float64)
    if value.shape != probability.shape or not np.all(np.isfinite(value)) or value[0] < 0.0:
        raise ValueError(f"scipy's {spec.scipy} with these parameters has no values of at least 0 only")
    return np.maximum.accumulate(value)
