"""The block of memory of a running replication: laying it out, making it larger, finding rows in it."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from sim.engines.compiled import layout as c
from sim.engines.compiled.flat import Flat

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

ROOM = 64
"""Rows that one event may add besides two a seat; when less is free, the block grows before it."""
FIRST_ROOM = 4096

# Segments that grow: rows kept, columns, and the counter that fills them (queues have one each).
GROWING = {
    "TICKETS": (c.TICKET_ROOM, c.T_COLUMNS, c.TICKETS),
    "ITEMS": (c.TICKET_ROOM, 2 * c.ITEM_COLUMNS, c.TICKETS),
    "EVENTS": (c.EVENT_ROOM, c.EVENT_COLUMNS, c.EVENTS),
    "ACTIVITIES": (c.ACTIVITY_ROOM, c.ACTIVITY_COLUMNS, c.ACTIVITIES),
    "SPELLS": (c.SPELL_ROOM, c.SPELL_COLUMNS, c.SPELLS),
    "SEAT_ROWS": (c.SEAT_ROW_ROOM, c.SEAT_ROW_COLUMNS, c.SEAT_ROWS),
    "QUEUES": (c.QUEUE_ROOM, 0, 0),
}


def address(segment: str) -> int:
    """Place in the header where a segment's first cell is written."""
    place: int = getattr(c, f"{segment}_AT")
    return place


def lay_out(flat: Flat, seed: int, replication: int) -> Ints:
    """A block for one replication, with a little room in every segment that grows."""
    header = np.zeros(c.HEADER, dtype=np.int64)
    for place, fact in flat.facts.items():
        header[place] = fact
    header[c.SEED], header[c.REPLICATION] = seed, replication
    room = FIRST_ROOM + 2 * flat.facts[c.SEAT_COUNT] + flat.facts[c.LAYER_COUNT]
    for place, _, _ in GROWING.values():
        header[place] = room
    parts = {name: values.view(np.int64) for name, values in flat.segments.items()}
    return _assembled(header, parts)


def _assembled(header: Ints, parts: dict[str, Ints]) -> Ints:
    """Header and segments end to end; segments that grow are padded to their room."""
    sizes = {name: len(part) for name, part in parts.items()}
    for name, (place, columns, _) in GROWING.items():
        sizes[name] = int(header[place] * (columns or header[c.TEAM_COUNT]))
    block = np.zeros(c.HEADER + sum(sizes.values()), dtype=np.int64)
    at = c.HEADER
    for name, size in sizes.items():
        header[address(name)] = at
        part = parts.get(name)
        if part is not None:
            block[at : at + len(part)] = part
        at += size
    block[: c.HEADER] = header
    return block


def enlarged(block: Ints, flat: Flat) -> Ints:
    """The same block with twice the room wherever it was getting tight."""
    header = block[: c.HEADER].copy()
    margin = ROOM + 2 * header[c.SEAT_COUNT]
    parts: dict[str, Ints] = {}
    for name, values in flat.segments.items():
        at = header[address(name)]
        parts[name] = block[at : at + len(values)]
    for name, (place, columns, count) in GROWING.items():
        room, at = block[place], block[address(name)]
        if columns:
            if block[count] + margin > room:
                header[place] = 2 * room
            parts[name] = block[at : at + columns * min(room, block[count])]
            continue
        teams = block[c.TEAM_COUNT]
        longest = max(block[team_at.py_func(block, team) + c.TEAM_QUEUE_LENGTH] for team in range(teams))
        if longest + margin > room:
            header[place] = 2 * room
        queues = np.zeros((teams, header[place]), dtype=np.int64)
        queues[:, :room] = block[at : at + teams * room].reshape(teams, room)
        parts[name] = queues.ravel()
    return _assembled(header, parts)


def table(block: Ints, segment: str, rows: int, columns: int) -> Ints:
    """The first ``rows`` rows of a segment as a matrix (a view)."""
    at = block[address(segment)]
    return block[at : at + rows * columns].reshape(rows, columns)


@njit
def is_tight(a: Ints) -> bool:
    """Whether the next event might not find room."""
    margin = ROOM + 2 * a[c.SEAT_COUNT]
    if a[c.TICKETS] + margin > a[c.TICKET_ROOM] or a[c.EVENTS] + margin > a[c.EVENT_ROOM]:
        return True
    if a[c.ACTIVITIES] + margin > a[c.ACTIVITY_ROOM] or a[c.SPELLS] + margin > a[c.SPELL_ROOM]:
        return True
    # Nothing waits in a queue that is not a ticket's item: only long queues need a look.
    if a[c.SEAT_ROWS] + margin > a[c.SEAT_ROW_ROOM]:
        return True
    for team in range(a[c.TEAM_COUNT]):
        if a[team_at(a, team) + c.TEAM_QUEUE_LENGTH] + margin > a[c.QUEUE_ROOM]:
            return True
    return False


@njit
def team_at(a: Ints, team: int) -> int:
    """Address of a team's row."""
    return a[c.TEAMS_AT] + team * c.TEAM_COLUMNS


@njit
def seat_at(a: Ints, seat: int) -> int:
    """Address of a seat's row."""
    return a[c.SEATS_AT] + seat * c.SEAT_COLUMNS


@njit
def ticket_at(a: Ints, ticket: int) -> int:
    """Address of a ticket's row."""
    return a[c.TICKETS_AT] + ticket * c.T_COLUMNS


@njit
def item_at(a: Ints, item: int) -> int:
    """Address of an item's row."""
    return a[c.ITEMS_AT] + item * c.ITEM_COLUMNS


@njit
def category_at(a: Ints, category: int) -> int:
    """Address of a category's row."""
    return a[c.CATEGORIES_AT] + category * c.CAT_COLUMNS


@njit
def stage_at(a: Ints, category: int, team: int) -> int:
    """Address of a team's stage in a category."""
    return a[c.STAGES_AT] + (category * a[c.TEAM_COUNT] + team) * c.STAGE_COLUMNS


@njit
def stream_at(a: Ints, flow: int, stream: int) -> int:
    """Address of a stream's row: incidents are flow 0, requests flow 1."""
    return a[c.INCIDENTS_AT + flow] + stream * c.STREAM_COLUMNS


@njit
def impact_at(a: Ints, stream: int, impact: int) -> int:
    """Address of an impact of the stream whose row is at ``stream``."""
    return a[c.IMPACTS_AT] + (a[stream + c.INC_IMPACTS] + impact) * c.IMPACT_COLUMNS


@njit
def value(a: Ints, f: Floats, parameter: int) -> float:
    """The parameter as it stands now."""
    return f[a[c.PARAMETERS_AT] + parameter]
