"""Chance in compiled code: the same keyed draws as everywhere, read from flat arrays."""

from __future__ import annotations

from sim.chance.keyed import uniform
from sim.chance.variates import quantile, seconds, table_quantile
from sim.engines.compiled import layout as c
from sim.engines.compiled.memory import Floats, Ints
from sim.kernel import compiled
from sim.rules.routing import pick
from sim.spec.shapes import ShapeKind

TABLE = int(ShapeKind.TABLE)


@compiled
def shape_quantile(a: Ints, f: Floats, shape: int, u: float) -> float:
    """Value of a shape of mean 1 at probability ``u``."""
    kind = a[a[c.SHAPE_KINDS_AT] + shape]
    row = a[c.SHAPES_AT] + shape * c.SHAPE_COLUMNS
    if kind == TABLE:
        start = a[c.PROBABILITIES_AT]
        gap = a[c.TABLE_VALUES_AT] - start
        return table_quantile(u, f, start + int(f[row + 3]), start + int(f[row + 4]), gap)
    return quantile(u, kind, f[row], f[row + 1], f[row + 2])


@compiled
def random_seconds(
    a: Ints, f: Floats, variate: int, factor: float, stream: int, entity: int, draw: int
) -> int:
    """A random duration, its variate at address ``variate``; without a mean it is 0 and needs no draw."""
    mean = f[a[c.PARAMETERS_AT] + a[variate]] * factor
    if mean <= 0.0:
        return 0
    u = uniform(a[c.SEED], a[c.REPLICATION], stream, entity, draw)
    return seconds(mean * shape_quantile(a, f, a[variate + 1], u))


@compiled
def happens(a: Ints, share: float, stream: int, entity: int, draw: int) -> bool:
    """Whether something of probability ``share`` happens; what is certain needs no draw."""
    if share <= 0.0:
        return False
    return share >= 1.0 or uniform(a[c.SEED], a[c.REPLICATION], stream, entity, draw) < share


@compiled
def choose(a: Ints, f: Floats, choice: int, stream: int, entity: int, draw: int) -> int:
    """One of several teams by their shares; ``choice`` is the address of its first row and size."""
    first, size = a[choice], a[choice + 1]
    if size == 1:
        return a[a[c.CHOICES_AT] + first]
    u = uniform(a[c.SEED], a[c.REPLICATION], stream, entity, draw)
    return a[a[c.CHOICES_AT] + first + pick(u, f, a[c.CUMULATIVE_AT] + first, size)]
