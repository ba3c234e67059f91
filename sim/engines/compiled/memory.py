"""The block of memory of a running replication: laying it out, making it larger, finding rows in it."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import MutableSequence

import numpy as np
from numpy.typing import NDArray

from sim.engines.compiled import layout as c
from sim.engines.compiled import plans as p
from sim.engines.compiled.flat import Flat
from sim.kernel import compiled
from sim.spec.calendars import WEEK
from sim.spec.limits import at_most

Ints = MutableSequence[int]
"""The block as compiled code sees it, cell by cell."""
Floats = MutableSequence[float]
"""The same cells as float64."""
Block = NDArray[np.int64]
"""The block as Python sees it."""

FIRST_ROOM = 4096
MOST_EVENTS = 1 << c.EVENT_ROW_BITS

# Segments that grow: where their room is written, their columns, and the counter that fills them. TICKETS is
# the first one, so that its rows never move.
BY_ROW = {
    "TICKETS": (c.TICKET_ROOM, c.T_COLUMNS, c.ROWS),
    "ROWS": (c.TICKET_ROOM, 1, c.TICKETS),
    "EVENTS": (c.EVENT_ROOM, c.EVENT_COLUMNS, c.EVENTS),
    "SOON": (c.EVENT_ROOM, 1, c.SOON),
    "FAULTS": (p.FAULT_ROOM, p.F_COLUMNS, p.FAULTS),
    "ORDERS": (p.ORDER_ROOM, p.ORD_COLUMNS, p.ORDERS),
    "BOARD": (p.BOARD_ROOM, 1, p.BOARD_TAIL),
}
# The record is kept column by column, so that a history takes it over as it is.
BY_COLUMN = {
    "CASES": (c.TICKET_ROOM, c.CASE_COLUMNS, c.TICKETS),
    "ACTIVITIES": (c.ACTIVITY_ROOM, c.ACTIVITY_COLUMNS, c.ACTIVITIES),
    "SPELLS": (c.SPELL_ROOM, c.SPELL_COLUMNS, c.SPELLS),
    "SEAT_ROWS": (c.SEAT_ROW_ROOM, c.SEAT_ROW_COLUMNS, c.SEAT_ROWS),
    "STAFF": (p.STAFF_ROOM, p.STAFF_COLUMNS, p.STAFF),
    "STOCKS": (p.STOCK_ROOM, p.STOCK_COLUMNS, p.STOCKS),
}


def address(segment: str) -> int:
    """Place in the header where a segment's first cell is written."""
    place: int = getattr(c, f"{segment}_AT", None) or getattr(p, f"{segment}_AT")
    return place


def lay_out(flat: Flat, seed: int, replication: int, whole: bool = True) -> Block:
    """A block for one replication, with the room that its demand is likely to need."""
    header = np.zeros(c.HEADER, dtype=np.int64)
    for place, fact in flat.facts.items():
        header[place] = fact
    header[c.SEED], header[c.REPLICATION] = seed, replication
    least = FIRST_ROOM + 2 * flat.facts[c.SEAT_COUNT] + flat.facts[c.LAYER_COUNT]
    least += 2 * flat.facts[p.SPARE_ROWS] + flat.facts[p.INITIATIVE_COUNT] + flat.first_faults
    header[c.TICKET_ROOM] = least + int(1.3 * flat.tickets)
    header[c.SPELL_ROOM] = header[c.ACTIVITY_ROOM] = header[c.SEAT_ROW_ROOM] = least
    header[c.WHOLE] = int(whole)
    if whole:
        header[c.SPELL_ROOM] += int(1.3 * flat.tickets)
        header[c.ACTIVITY_ROOM] += int(8 * flat.tickets)
        header[c.SEAT_ROW_ROOM] += int(4 * flat.tickets)
    header[c.EVENT_ROOM] = header[c.QUEUE_ROOM] = least
    for room in (p.FAULT_ROOM, p.ORDER_ROOM, p.BOARD_ROOM, p.STAFF_ROOM, p.STOCK_ROOM):
        header[room] = least
    # Stocks are written down every week for every team and service.
    weeks = (flat.facts[c.WARMUP] + flat.facts[c.HORIZON]) // WEEK + 1
    header[p.STOCK_ROOM] += weeks * 2 * (flat.facts[c.TEAM_COUNT] + flat.facts[p.SERVICE_COUNT] + 1)
    return _assembled(header, {name: values.view(np.int64) for name, values in flat.segments.items()})


def _assembled(header: Block, parts: dict[str, Block]) -> Block:
    """Header and segments end to end; segments that grow are as large as their room."""
    at_most(MOST_EVENTS, int(header[c.EVENT_ROOM]), "pending events with the room that they need")
    for place, _, _ in BY_COLUMN.values():
        header[place] = apart(int(header[place]))
    sizes = {name: len(part) for name, part in parts.items()}
    for name, (place, columns, _) in (BY_ROW | BY_COLUMN).items():
        sizes[name] = int(header[place] * columns)
    sizes["QUEUES"] = int(header[c.QUEUE_ROOM] * 2 * header[c.TEAM_COUNT])
    block = _cells(c.HEADER + sum(sizes.values()))
    at = c.HEADER
    for name, size in sizes.items():
        header[address(name)] = at
        at += size
    for column in range(c.CASE_COLUMNS):
        header[c.CASE_KEY + column] = header[c.CASES_AT] + column * header[c.TICKET_ROOM]
    block[: c.HEADER] = header
    for name, part in parts.items():
        block[header[address(name)] :][: len(part)] = part
    return block


def apart(room: int) -> int:
    """``room`` or a little more, so that the cells of one row don't want the same places in the cache.

    A cache has a place for a line of 8 cells by its number modulo 64 (or a multiple of that): columns whose
    distance is 8 x 9 cells more than a multiple of 512 go to different ones.
    """
    return room if room < 512 else room + (72 - room) % 512


KEPT = max(2, os.cpu_count() or 1)
"""Blocks that are kept to be used again: one for each thread that can play at the same time."""
OURS = 2
"""References to a block when nobody else has one: the list, and that of asking."""
_blocks: list[Block] = []
_choosing = threading.Lock()


def _cells(number: int) -> Block:
    """So many cells with anything in them.

    They are those of an earlier block unless somebody still holds a part of it, as a replication that is
    being played does, and the tables of a history: to get fresh memory from the system takes as long as a
    third of a replication, longer still if several threads ask for it.
    """
    with _choosing:
        ours = [sys.getrefcount(_blocks[place]) <= OURS for place in range(len(_blocks))]
        for place in range(len(_blocks)):
            if ours[place] and len(_blocks[place]) >= number:
                _blocks.append(_blocks.pop(place))
                return _blocks[-1][:number]
        # What is too small goes first; what somebody holds is theirs as soon as it is no longer in the list.
        _blocks[:] = [_blocks[place] for place in range(len(_blocks)) if not ours[place]][1 - KEPT :]
        _blocks.append(np.empty(number, dtype=np.int64))
        return _blocks[-1][:number]


def enlarged(block: Block, flat: Flat) -> Block:
    """The same block with twice the room wherever it was getting tight."""
    header = block[: c.HEADER].copy()
    margin = spare_rows(block)
    header[c.CASES_READY] = header[c.TICKETS]
    for place, _, count in (BY_ROW | BY_COLUMN).values():
        if block[count] + margin > block[place]:
            header[place] = 2 * block[place]
    teams, room = block[c.TEAM_COUNT], block[c.QUEUE_ROOM]
    lengths = table(block, "TEAMS", teams, c.TEAM_COLUMNS)[:, c.TEAM_QUEUE_LENGTH : c.TEAM_PLANNED_LENGTH + 1]
    if teams and lengths.max() + margin > room:
        header[c.QUEUE_ROOM] = 2 * room
    parts = {name: block[block[address(name)] :][: len(values)] for name, values in flat.segments.items()}
    for name, (_, columns, count) in BY_ROW.items():
        parts[name] = block[block[address(name)] :][: columns * block[count]]
    larger = _assembled(header, parts)
    for name, (place, columns, count) in BY_COLUMN.items():
        kept = by_column(block, name, block[place], columns)[:, : block[count]]
        by_column(larger, name, larger[place], columns)[:, : block[count]] = kept
    queues = by_column(larger, "QUEUES", larger[c.QUEUE_ROOM], 2 * teams)
    queues[:, :room] = by_column(block, "QUEUES", room, 2 * teams)
    return larger


def table(block: Block, segment: str, rows: int, columns: int) -> Block:
    """The first ``rows`` rows of a segment as a matrix (a view)."""
    return block[block[address(segment)] :][: rows * columns].reshape(rows, columns)


def by_column(block: Block, segment: str, room: int, columns: int) -> Block:
    """A segment that is kept column by column: one row of the matrix a column (a view)."""
    return block[block[address(segment)] :][: room * columns].reshape(columns, room)


def spare_rows(block: Block) -> int:
    """Rows that the next event may add to a table."""
    waiting = block[p.BOARD_TAIL] - block[p.BOARD_HEAD]
    return int(block[p.SPARE_ROWS] + 2 * block[c.SEAT_COUNT] + 2 * waiting)


@compiled
def room_for_events(a: Ints) -> int:
    """How many events certainly find room; 0 when some segment is tight."""
    least = min(a[c.TICKET_ROOM] - a[c.TICKETS], a[c.EVENT_ROOM] - a[c.EVENTS])
    least = min(least, a[c.ACTIVITY_ROOM] - a[c.ACTIVITIES])
    least = min(least, a[c.SPELL_ROOM] - a[c.SPELLS])
    least = min(least, a[c.SEAT_ROW_ROOM] - a[c.SEAT_ROWS])
    least = min(least, a[p.FAULT_ROOM] - a[p.FAULTS])
    least = min(least, a[p.ORDER_ROOM] - a[p.ORDERS])
    least = min(least, a[p.BOARD_ROOM] - a[p.BOARD_TAIL])
    least = min(least, a[p.STAFF_ROOM] - a[p.STAFF])
    least = min(least, a[p.STOCK_ROOM] - a[p.STOCKS])
    for team in range(a[c.TEAM_COUNT]):
        row = team_at(a, team)
        least = min(least, a[c.QUEUE_ROOM] - a[row + c.TEAM_QUEUE_LENGTH])
        least = min(least, a[c.QUEUE_ROOM] - a[row + c.TEAM_PLANNED_LENGTH])
    # A meeting may set more changes going than any other event: who waits for it counts in advance.
    least -= 2 * (a[p.BOARD_TAIL] - a[p.BOARD_HEAD])
    return max(0, least) // (a[p.SPARE_ROWS] + 2 * a[c.SEAT_COUNT])


@compiled
def team_at(a: Ints, team: int) -> int:
    """Address of a team's row."""
    return a[c.TEAMS_AT] + team * c.TEAM_COLUMNS


@compiled
def seat_at(a: Ints, seat: int) -> int:
    """Address of a seat's row."""
    return a[c.SEATS_AT] + seat * c.SEAT_COLUMNS


@compiled
def ticket_at(a: Ints, ticket: int) -> int:
    """Address of the row of a ticket that is not closed."""
    return a[a[c.ROWS_AT] + ticket]


@compiled
def item_at(a: Ints, item: int) -> int:
    """Address of an item's row."""
    return ticket_at(a, item >> 1) + c.T_ITEMS + (item & 1) * c.ITEM_COLUMNS


@compiled
def category_at(a: Ints, category: int) -> int:
    """Address of a category's row."""
    return a[c.CATEGORIES_AT] + category * c.CAT_COLUMNS


@compiled
def stage_at(a: Ints, category: int, team: int) -> int:
    """Address of a team's stage in a category."""
    return a[c.STAGES_AT] + (category * a[c.TEAM_COUNT] + team) * c.STAGE_COLUMNS


@compiled
def stream_at(a: Ints, flow: int, stream: int) -> int:
    """Address of a stream's row: incidents are flow 0, requests flow 1."""
    return a[c.INCIDENTS_AT + flow] + stream * c.STREAM_COLUMNS


@compiled
def impact_at(a: Ints, stream: int, impact: int) -> int:
    """Address of an impact of the stream whose row is at ``stream``."""
    return a[c.IMPACTS_AT] + (a[stream + c.INC_IMPACTS] + impact) * c.IMPACT_COLUMNS


@compiled
def value(a: Ints, f: Floats, parameter: int) -> float:
    """The parameter as it stands now."""
    return f[a[c.PARAMETERS_AT] + parameter]


@compiled
def fault_at(a: Ints, fault: int) -> int:
    """Address of a fault's row."""
    return a[p.FAULTS_AT] + fault * p.F_COLUMNS


@compiled
def pool_at(a: Ints, pool: int) -> int:
    """Address of a fault pool's row."""
    return a[p.POOLS_AT] + pool * p.POOL_COLUMNS


@compiled
def service_at(a: Ints, service: int) -> int:
    """Address of a service's row."""
    return a[p.SERVICES_AT] + service * p.SRV_COLUMNS


@compiled
def people_at(a: Ints, team: int) -> int:
    """Address of the row of a team's people."""
    return a[p.PEOPLE_AT] + team * p.PP_COLUMNS


@compiled
def kind_at(a: Ints, kind: int) -> int:
    """Address of a change kind's row."""
    return a[p.KINDS_AT] + kind * p.KIND_COLUMNS


@compiled
def enabled(a: Ints, f: Floats, column: int) -> float:
    """A parameter of change enablement as it stands now."""
    return f[a[c.PARAMETERS_AT] + a[a[p.ENABLEMENT_AT] + column]]
