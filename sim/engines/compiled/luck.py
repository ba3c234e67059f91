"""Chance in compiled code: the same keyed draws as everywhere, read from flat arrays."""

from __future__ import annotations

from sim.chance.keyed import TWO_53, bits, uniform
from sim.chance.philox import M32, philox
from sim.chance.variates import quantile, seconds, table_quantile
from sim.engines.compiled import layout as c
from sim.engines.compiled.memory import Floats, Ints, ticket_at
from sim.engines.compiled.purposes import HALF, INCIDENTS_PACKED, PLACE_BITS, PURPOSES, REQUESTS_PACKED
from sim.kernel import compiled
from sim.rules.routing import pick
from sim.spec.flows import Flow
from sim.spec.shapes import ShapeKind

TABLE = int(ShapeKind.TABLE)
REQUEST = int(Flow.REQUEST)
PLACE_MASK = (1 << PLACE_BITS) - 1
NOT_YET = -1


@compiled
def purposes_of(flow: int) -> int:
    """Purposes of a flow's tickets, packed."""
    return REQUESTS_PACKED if flow == REQUEST else INCIDENTS_PACKED


@compiled
def purpose_at(packed: int, place: int) -> int:
    """One of them."""
    return (packed >> PLACE_BITS * place) & PLACE_MASK


@compiled
def draw_luck(a: Ints, t: int, key: int, flow: int) -> None:
    """What is drawn with a ticket, whose row is at ``t``."""
    draw_half(a, t + c.T_LUCK, key, purposes_of(flow))
    a[t + c.T_LUCK + HALF] = NOT_YET


@compiled
def draw_half(a: Ints, first: int, key: int, purposes: int) -> None:
    """The first two draws of a ticket for each of the first purposes among those packed."""
    seed, replication = a[c.SEED], a[c.REPLICATION]
    low, high = key & M32, (key >> 32) & M32
    for place in range(HALF):
        w, x, y, z = philox(low, high, 0, purpose_at(purposes, place), seed, replication)
        a[first + place] = bits(w, x)
        a[first + PURPOSES + place] = bits(y, z)


@compiled
def draw_halves(a: Ints, luck: int, keys: int, flow: int) -> None:
    """The same for AHEAD tickets whose keys stand from ``keys`` on: all at once is quicker."""
    seed, replication, purposes = a[c.SEED], a[c.REPLICATION], purposes_of(flow)
    for place in range(HALF):
        first, second = luck + place * c.AHEAD, luck + (HALF + place) * c.AHEAD
        purpose = purpose_at(purposes, place)
        for ticket in range(c.AHEAD):
            key = a[keys + ticket]
            w, x, y, z = philox(key & M32, (key >> 32) & M32, 0, purpose, seed, replication)
            a[first + ticket] = bits(w, x)
            a[second + ticket] = bits(y, z)


@compiled
def take_luck(a: Ints, t: int, luck: int) -> None:
    """What was drawn for a ticket beforehand, from ``luck`` on, goes to its row at ``t``."""
    for place in range(HALF):
        a[t + c.T_LUCK + place] = a[luck + place * c.AHEAD]
        a[t + c.T_LUCK + PURPOSES + place] = a[luck + (HALF + place) * c.AHEAD]
    a[t + c.T_LUCK + HALF] = NOT_YET


@compiled
def draw_rest(a: Ints, t: int, ticket: int) -> None:
    """The same for the others."""
    purposes = purposes_of(a[a[c.CASE_FLOW] + ticket]) >> PLACE_BITS * HALF
    draw_half(a, t + c.T_LUCK + HALF, a[a[c.CASE_KEY] + ticket], purposes)


@compiled
def ticket_draw(a: Ints, ticket: int, place: int, draw: int) -> float:
    """A uniform number for a ticket and for the purpose at this place among those of its flow."""
    if draw < 2:
        t = ticket_at(a, ticket)
        if place >= HALF and a[t + c.T_LUCK + HALF] == NOT_YET:
            draw_rest(a, t, ticket)
        return a[t + c.T_LUCK + draw * PURPOSES + place] * TWO_53
    stream = purpose_at(purposes_of(a[a[c.CASE_FLOW] + ticket]), place)
    return uniform(a[c.SEED], a[c.REPLICATION], stream, a[a[c.CASE_KEY] + ticket], draw)


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
def ticket_seconds(
    a: Ints, f: Floats, variate: int, factor: float, ticket: int, place: int, draw: int
) -> int:
    """``random_seconds`` with a ``ticket_draw``."""
    mean = f[a[c.PARAMETERS_AT] + a[variate]] * factor
    if mean <= 0.0:
        return 0
    u = ticket_draw(a, ticket, place, draw)
    return seconds(mean * shape_quantile(a, f, a[variate + 1], u))


@compiled
def ticket_meets(a: Ints, share: float, ticket: int, place: int, draw: int) -> bool:
    """``happens`` with a ``ticket_draw``."""
    if share <= 0.0:
        return False
    return share >= 1.0 or ticket_draw(a, ticket, place, draw) < share


@compiled
def happens(a: Ints, share: float, stream: int, entity: int, draw: int) -> bool:
    """Whether something of probability ``share`` happens; what is certain needs no draw."""
    if share <= 0.0:
        return False
    return share >= 1.0 or uniform(a[c.SEED], a[c.REPLICATION], stream, entity, draw) < share


@compiled
def choose(a: Ints, f: Floats, choice: int, ticket: int, place: int, draw: int) -> int:
    """One of several teams by their shares, with a ``ticket_draw``.

    ``choice`` is the address of its first row and size.
    """
    first, size = a[choice], a[choice + 1]
    if size == 1:
        return a[a[c.CHOICES_AT] + first]
    u = ticket_draw(a, ticket, place, draw)
    return a[a[c.CHOICES_AT] + first + pick(u, f, a[c.CUMULATIVE_AT] + first, size)]
