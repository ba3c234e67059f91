"""Shapes of random quantities: what is left of a distribution when its mean is taken out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from sim.spec.parameters import Param


class ShapeKind(IntEnum):
    """How the quantile function of a shape is computed (``sim.chance.variates.quantile``)."""

    CONSTANT = 0
    EXPONENTIAL = 1
    LOGNORMAL = 2
    WEIBULL = 3
    TRIANGULAR = 4
    TABLE = 5


@dataclass(frozen=True, slots=True)
class Shape:
    """A distribution of mean 1.

    ``a``, ``b`` and ``c`` by kind: LOGNORMAL a = mu, b = sigma of the logarithm; WEIBULL a = scale,
    b = shape; TRIANGULAR a = low, b = mode, c = high. TABLE reads ``Model.tables[table]``.
    """

    kind: ShapeKind
    a: float = 0.0
    b: float = 0.0
    c: float = 0.0
    table: int = -1


@dataclass(frozen=True, slots=True)
class Variate:
    """A random duration or effort: a mean in seconds, which levers may move, times a fixed shape."""

    mean: Param
    shape: Shape
