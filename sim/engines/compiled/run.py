"""The loop over the calendar, and the way in and out of compiled code."""

from __future__ import annotations

from typing import cast

import numpy as np

from sim.chance.arrivals import next_arrival
from sim.chance.keyed import HASH_KEY_0, HASH_KEY_1, TWO_53, bits, child, entity_key, uniform
from sim.chance.philox import M32, philox
from sim.chance.streams import ARRIVAL, DAY_FACTOR, DEMAND, KIN_FAULT, KIN_TICKET
from sim.chance.variates import CONSTANT, EXPONENTIAL, quantile, seconds
from sim.engines.compiled import layout as c
from sim.engines.compiled import plans as p
from sim.engines.compiled.ageing import (
    next_day,
    next_week,
)
from sim.engines.compiled.changes import (
    change_of_stream,
)
from sim.engines.compiled.defects import bear, struck
from sim.engines.compiled.events import (
    ENTITY,
    KIND_BITS,
    KINDS,
    NEXT,
    NOBODY,
    ROW_BITS,
    ROW_MASK,
    WHAT,
    change_census,
    event_at,
    is_over,
    schedule,
    take_first,
)
from sim.engines.compiled.flat import flat_of
from sim.engines.compiled.happenings import happen, next_meeting
from sim.engines.compiled.ledger import NOTHING, OFF, turn
from sim.engines.compiled.life import incident, request
from sim.engines.compiled.luck import draw_halves, happens, shape_quantile
from sim.engines.compiled.memory import (
    BY_COLUMN,
    Block,
    Floats,
    Ints,
    by_column,
    enlarged,
    lay_out,
    people_at,
    pool_at,
    room_for_events,
    seat_at,
    table,
    team_at,
    value,
)
from sim.engines.compiled.resuming import resume, work_done
from sim.engines.compiled.teams import (
    change_capacity,
    end_shift,
    fence,
    look_for_work,
    put_down,
    start_shift,
)
from sim.history.kinds import Birth
from sim.history.tables import NEVER, Activities, Cases, Faults, History, SeatTime, Spells, Staff, Stocks
from sim.kernel import bare, compiled, entry
from sim.rules import order
from sim.rules.demand import share_of_layer
from sim.rules.seats import seat_count
from sim.spec.calendars import HOUR
from sim.spec.flows import Flow
from sim.spec.model import Model

DONE = 0
TIGHT = 1
FLOWS = len(Flow)
INCIDENT = int(Flow.INCIDENT)
REQUEST = int(Flow.REQUEST)
INITIAL = int(Birth.INITIAL)
OF_AGE = int(Birth.AGE)


@compiled
def lay_calendar(a: Ints, f: Floats) -> None:
    """Everything that is on the calendar before the first event."""
    a[c.NOW] = -a[c.WARMUP]
    a[c.BUCKET] = -1
    a[c.FREE_EVENT] = NOBODY
    for seat in range(a[c.SEAT_COUNT]):
        s = seat_at(a, seat)
        wanted = seat_count(value(a, f, a[team_at(a, a[s + c.SEAT_TEAM]) + c.TEAM_SEATS]))
        a[s + c.NOW_ACTIVE] = 1 if a[s + c.SEAT_NUMBER] < wanted else 0
        a[s + c.NOW_STATE] = OFF
        a[s + c.NOW_ITEM] = NOTHING
        a[s + c.NOW_SHIFT_ROW] = -1
        a[s + c.NOW_HIRED] = NEVER
        next_shift(a, seat)
    for team in range(a[c.TEAM_COUNT]):
        fence(a, f, team)
        f[people_at(a, team) + p.PP_KNOWLEDGE] = 1.0
    f[p.SATISFACTION] = -1.0
    for layer in range(a[c.LAYER_COUNT]):
        row = a[c.LAYERS_AT] + layer * c.LAYER_COLUMNS
        daily = a[c.DAILY_AT] + a[row + c.LAYER_RATES] * a[c.DAYS]
        for day in range(a[c.DAYS]):
            calm = f[daily + day] < f[a[c.CALM_BELOW_AT] + layer]
            shape = a[row + c.LAYER_CALM] if calm else a[row + c.LAYER_SHAPE]
            if a[a[c.SHAPE_KINDS_AT] + shape] != CONSTANT:
                u = uniform(a[c.SEED], a[c.REPLICATION], DAY_FACTOR, a[row + c.LAYER_KEY], day)
                f[a[c.DAY_FACTORS_AT] + layer * a[c.DAYS] + day] = shape_quantile(a, f, shape, u)
        next_ticket(a, f, layer)
    for number in range(a[p.INITIATIVE_COUNT]):
        row = a[p.INITIATIVES_AT] + number * p.INI_COLUMNS
        delay = a[row + p.INI_START] + a[c.WARMUP]
        schedule(a, delay, order.INITIATIVE_STARTS, a[row + p.INI_KEY], number)
    for pool in range(a[p.POOL_COUNT]):
        for ordinal in range(a[pool_at(a, pool) + p.POOL_INITIAL]):
            key = child(a[pool_at(a, pool) + p.POOL_KEY], KIN_FAULT, ordinal)
            bear(a, f, pool, INITIAL, ordinal, -1, key)
    next_meeting(a)
    next_day(a)
    next_week(a)
    next_lever(a)


@compiled
def next_shift(a: Ints, seat: int) -> None:
    """Put the start of a seat's next shift on the calendar."""
    s = seat_at(a, seat)
    row = a[s + c.NOW_SHIFT_ROW] + 1
    if row < a[s + c.SEAT_CALENDAR + 1]:
        a[s + c.NOW_SHIFT_ROW] = row
        start = a[a[c.EDGES_AT] + a[s + c.SEAT_CALENDAR] + 2 * row]
        schedule(a, start - a[c.NOW], order.SHIFT_START, a[s + c.SEAT_KEY], seat)


@compiled
def next_lever(a: Ints) -> None:
    """Put the next step of a lever on the calendar."""
    place = a[c.NEXT_LEVER]
    if place < a[c.LEVER_COUNT]:
        time = a[a[c.LEVERS_AT] + place * c.LEVER_COLUMNS]
        schedule(a, time - a[c.NOW], order.LEVER, place, place)


@compiled
def move_lever(a: Ints, f: Floats, place: int) -> None:
    """A step of a lever."""
    parameter = a[a[c.LEVERS_AT] + place * c.LEVER_COLUMNS + 1]
    f[a[c.PARAMETERS_AT] + parameter] = f[a[c.LEVER_VALUES_AT] + place]
    for team in range(a[c.TEAM_COUNT]):
        row = team_at(a, team)
        if parameter in (a[row + c.TEAM_SEATS], a[row + c.TEAM_ON_CALL], a[row + c.TEAM_FENCE]):
            change_capacity(a, f, team)
    a[c.NEXT_LEVER] += 1
    next_lever(a)


@compiled
def next_ticket(a: Ints, f: Floats, layer: int) -> None:
    """Put the next ticket of a layer of demand on the calendar."""
    row = a[c.LAYERS_AT] + layer * c.LAYER_COLUMNS
    place = a[row + c.LAYER_ORDINAL] % c.AHEAD
    if place == 0:
        draw_ahead(a, f, row)
    hour, second = next_arrival(
        f[row + c.LAYER_NEEDS + place],
        a[row + c.LAYER_HOUR],
        f[a[c.LAYER_SECONDS_AT] + layer],
        f,
        a[c.HOURLY_AT] + a[row + c.LAYER_RATES] * a[c.HOURS],
        a[c.HOURS],
        f,
        a[c.DAILY_AT] + a[row + c.LAYER_RATES] * a[c.DAYS],
        f,
        a[c.DAY_FACTORS_AT] + layer * a[c.DAYS],
    )
    a[row + c.LAYER_HOUR] = hour
    f[a[c.LAYER_SECONDS_AT] + layer] = second
    if hour < a[c.HOURS]:
        time = hour * HOUR + seconds(second) - a[c.WARMUP]
        schedule(a, time - a[c.NOW], order.ARRIVAL, a[row + c.LAYER_KEYS + place], layer)


@compiled
def draw_ahead(a: Ints, f: Floats, layer: int) -> None:
    """Keys and draws of the next tickets of the layer whose row is at ``layer``: all at once is quicker."""
    parent, first = a[layer + c.LAYER_KEY], a[layer + c.LAYER_ORDINAL]
    seed, replication = a[c.SEED], a[c.REPLICATION]
    keys, needs = layer + c.LAYER_KEYS, layer + c.LAYER_NEEDS
    for place in range(c.AHEAD):
        high, low, _, _ = philox(
            parent & M32, (parent >> 32) & M32, first + place, KIN_TICKET, HASH_KEY_0, HASH_KEY_1
        )
        a[keys + place] = entity_key(high, low)
    for place in range(c.AHEAD):
        key = a[keys + place]
        high, low, _, _ = philox(key & M32, (key >> 32) & M32, 0, ARRIVAL, seed, replication)
        a[needs + place] = bits(high, low)
    if a[layer + c.LAYER_FLOW] in (INCIDENT, REQUEST):
        draw_halves(a, layer + c.LAYER_LUCK, keys, a[layer + c.LAYER_FLOW])
    for place in range(c.AHEAD):
        f[needs + place] = quantile(a[needs + place] * TWO_53, EXPONENTIAL, 0.0, 0.0, 0.0)


@compiled
def arrival(a: Ints, f: Floats, layer: int, key: int) -> None:
    """A ticket arrives, if demand has it today, and the next one is put on the calendar."""
    row = a[c.LAYERS_AT] + layer * c.LAYER_COLUMNS
    ordinal = a[row + c.LAYER_ORDINAL]
    place = ordinal % c.AHEAD
    number = a[row + c.LAYER_NUMBER]
    share = share_of_layer(number, value(a, f, a[row + c.LAYER_DEMAND]))
    if happens(a, share, DEMAND, key, 0):
        flow = a[row + c.LAYER_FLOW]
        if flow == INCIDENT:
            incident(a, f, a[row + c.LAYER_STREAM], number, ordinal, key, row + c.LAYER_LUCK + place)
        elif flow == REQUEST:
            request(a, f, a[row + c.LAYER_STREAM], number, ordinal, key, row + c.LAYER_LUCK + place)
        else:
            change_of_stream(a, f, a[row + c.LAYER_STREAM], number, ordinal, key)
    a[row + c.LAYER_ORDINAL] += 1
    next_ticket(a, f, layer)


@compiled
def work_off(a: Ints, f: Floats) -> int:
    """Work off events until the horizon (DONE) or until a segment gets tight (TIGHT)."""
    left = 0
    while a[c.SOON] > 0 or not is_over(a):
        if left == 0:
            left = room_for_events(a)
            if left == 0:
                return TIGHT
        left -= 1
        event = take_first(a)
        moment = event >> ROW_BITS
        row = event_at(a, event & ROW_MASK)
        kind, entity, what = moment & (KINDS - 1), a[row + ENTITY], a[row + WHAT]
        a[row + NEXT] = a[c.FREE_EVENT]
        a[c.FREE_EVENT] = event & ROW_MASK
        a[c.NOW] = (moment >> KIND_BITS) - a[c.WARMUP]
        if kind == order.WORK_DONE:
            finish(a, f, what)
        elif kind == order.ARRIVAL:
            arrival(a, f, what, entity)
        elif kind == order.SHIFT_START:
            start_shift(a, f, what)
            s = seat_at(a, what)
            end = a[a[c.EDGES_AT] + a[s + c.SEAT_CALENDAR] + 2 * a[s + c.NOW_SHIFT_ROW] + 1]
            schedule(a, end - a[c.NOW], order.SHIFT_END, entity, what)
        elif kind == order.SHIFT_END:
            end_shift(a, f, what)
            next_shift(a, what)
        elif kind == order.LEVER:
            move_lever(a, f, what)
        elif order.WAIT_OVER <= kind <= order.CLOSED or kind == order.WINDOW_OPENS:
            resume(a, f, what)
        elif kind == order.STRIKE:
            struck(a, f, what, entity)
        else:
            happen(a, f, kind, entity, what)
    return DONE


@compiled
def finish(a: Ints, f: Floats, seat: int) -> None:
    """The timer of a piece of work rang; it counts unless that work was interrupted meanwhile."""
    s = seat_at(a, seat)
    item = a[s + c.NOW_ITEM]
    if item == NOTHING or a[s + c.NOW_UNTIL] != a[c.NOW]:
        return
    put_down(a, seat)
    look_for_work(a, f, seat)
    work_done(a, f, item)


@compiled
def cut_off(a: Ints) -> None:
    """At the horizon every open interval of a seat is cut, and the census is brought up to date."""
    a[c.NOW] = a[c.HORIZON]
    for seat in range(a[c.SEAT_COUNT]):
        turn(a, seat, OFF)
    for flow in range(FLOWS):
        change_census(a, flow, 0)


@entry
def set_out(a: Ints, f: Floats) -> None:
    """``lay_calendar`` for Python."""
    lay_calendar(bare(a), bare(f))


@entry
def play_on(a: Ints, f: Floats) -> int:
    """``work_off`` for Python."""
    return work_off(bare(a), bare(f))


@entry
def close_books(a: Ints) -> None:
    """``cut_off`` for Python."""
    cut_off(bare(a))


def play(model: Model, seed: int, replication: int, whole: bool = True) -> History:
    """Play one replication of ``model`` from ``-warmup`` to ``horizon``; returns its history.

    Without ``whole`` its activities, spells and seat time are empty, which takes a fifth less time.
    """
    flat = flat_of(model)
    block = lay_out(flat, seed, replication, whole)
    set_out(*cells(block))
    while play_on(*cells(block)) == TIGHT:
        block = enlarged(block, flat)
    close_books(cells(block)[0])
    return History(
        seed=seed,
        replication=replication,
        warmup=model.warmup,
        horizon=model.horizon,
        cases=Cases(*recorded(block, "CASES")),
        activities=Activities(*recorded(block, "ACTIVITIES")),
        spells=Spells(*recorded(block, "SPELLS")),
        seat_time=SeatTime(*recorded(block, "SEAT_ROWS")),
        faults=Faults.from_matrix(table(block, "FAULTS", block[p.FAULTS], p.F_COLUMNS)[:, : p.FAULT_RECORD]),
        staff=Staff(*recorded(block, "STAFF")),
        stocks=Stocks(*recorded(block, "STOCKS")),
        in_system_seconds=tuple(int(block[c.CENSUS_AREA + flow]) for flow in Flow),
    )


def compile_now() -> None:
    """Compile the engine, or read its code from where it is kept, without playing anything."""
    both = cells(np.zeros(c.HEADER, dtype=np.int64))
    set_out.prepare(*both)
    play_on.prepare(*both)
    close_books.prepare(both[0])


def cells(block: Block) -> tuple[Ints, Floats]:
    """The block as int64 and as float64."""
    return cast("Ints", block), cast("Floats", block.view(np.float64))


def recorded(block: Block, segment: str) -> Block:
    """The columns of a table of the record, one a row (a view: the block lives on in the history)."""
    place, columns, count = BY_COLUMN[segment]
    return by_column(block, segment, block[place], columns)[:, : block[count]]
