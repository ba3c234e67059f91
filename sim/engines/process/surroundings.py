"""What happens to the organisation from outside: demand arrives, shifts change, levers move."""

from __future__ import annotations

import math
from collections.abc import Callable

from sim.chance import keyed, variates
from sim.chance.arrivals import next_arrival
from sim.chance.streams import ARRIVAL, DAY_FACTOR, DEMAND, KIN_FAULT, KIN_LAYER, KIN_TICKET
from sim.engines.process.ageing import days, weeks
from sim.engines.process.changes import change_of_stream
from sim.engines.process.defects import bear
from sim.engines.process.incidents import incident
from sim.engines.process.initiatives import initiative
from sim.engines.process.requests import request
from sim.engines.process.seats import Seat
from sim.engines.process.teams import Team
from sim.engines.process.world import Process, World
from sim.history.kinds import Birth
from sim.rules import demand, order
from sim.spec.calendars import HOUR
from sim.spec.flows import Arrivals
from sim.spec.shapes import ShapeKind

Life = Callable[[World, int, int, int, int], Process]


def surround(world: World) -> None:
    """Start all processes that come from outside."""
    env = world.env
    env.process(levers(world))
    for team in world.teams:
        for seat in team.seats:
            env.process(shifts(world, team, seat))
    for number, incidents in enumerate(world.model.incidents):
        start_stream(world, incident, number, incidents.key, incidents.arrivals)
    for number, requests in enumerate(world.model.requests):
        start_stream(world, request, number, requests.key, requests.arrivals)
    for number, changes in enumerate(world.model.changes):
        start_stream(world, change_of_stream, number, changes.key, changes.arrivals)
    for number, wanted in enumerate(world.model.initiatives):
        delay = wanted.start + world.model.warmup
        world.start(delay, order.INITIATIVE_STARTS, wanted.key, initiative(world, number))
    for pool_number, pool in enumerate(world.model.faults):
        for ordinal in range(pool.initial):
            bear(world, pool_number, Birth.INITIAL, ordinal, -1, keyed.child(pool.key, KIN_FAULT, ordinal))
    env.process(world.board.meetings())
    env.process(days(world))
    env.process(weeks(world))


def start_stream(world: World, life: Life, number: int, key: int, arrivals: Arrivals) -> None:
    """A stream is its base demand and as many further layers as its demand lever can ever need."""
    layers = max(1, math.ceil(world.model.parameters[arrivals.demand].highest))
    for layer in range(layers):
        layer_key = key if layer == 0 else keyed.child(key, KIN_LAYER, layer)
        world.env.process(stream(world, life, number, layer, layer_key, arrivals))


def stream(world: World, life: Life, number: int, layer: int, key: int, arrivals: Arrivals) -> Process:
    """Tickets of one stream, one after the other."""
    hourly = world.plain(arrivals.hourly)
    daily = world.daily(arrivals.hourly)
    factors = day_factors(world, key, arrivals, daily)
    ordinal, hour, second = 0, 0, 0.0
    while True:
        ticket = keyed.child(key, KIN_TICKET, ordinal)
        need = variates.quantile(world.chance(ARRIVAL, ticket), variates.EXPONENTIAL, 0.0, 0.0, 0.0)
        hour, second = next_arrival(need, hour, second, hourly, 0, len(hourly), daily, 0, factors, 0)
        if hour >= len(hourly):
            return
        time = hour * HOUR + variates.seconds(second) - world.model.warmup
        yield world.after(time - world.now, order.ARRIVAL, ticket)
        if world.happens(demand.share_of_layer(layer, world.value(arrivals.demand)), DEMAND, ticket):
            world.env.process(life(world, number, layer, ordinal, ticket))
        ordinal += 1


def day_factors(world: World, key: int, arrivals: Arrivals, daily: list[float]) -> list[float]:
    """How busy each day is by chance, mean 1; calm days have a scatter of their own."""
    calm = arrivals.calm_factor or arrivals.day_factor
    found = []
    for day, expected in enumerate(daily):
        shape = calm if expected < arrivals.calm_below else arrivals.day_factor
        constant = shape.kind == ShapeKind.CONSTANT
        found.append(1.0 if constant else world.quantile(shape, world.chance(DAY_FACTOR, key, day)))
    return found


def shifts(world: World, team: Team, seat: Seat) -> Process:
    """The shifts of one seat."""
    edges = world.edges(seat.shift.calendar)
    for row in range(len(edges) // 2):
        yield world.after(edges[2 * row] - world.now, order.SHIFT_START, seat.key)
        team.start_shift(seat, row)
        yield world.after(edges[2 * row + 1] - world.now, order.SHIFT_END, seat.key)
        team.end_shift(seat)


def levers(world: World) -> Process:
    """Every step of every lever, in time and then in the order of the parameters."""
    steps = sorted(
        (time, row, value)
        for row, parameter in enumerate(world.model.parameters)
        for time, value in parameter.steps
    )
    for place, (time, row, value) in enumerate(steps):
        yield world.after(time - world.now, order.LEVER, place)
        world.parameters[row] = value
        for team in world.teams:
            if row in (team.spec.seats, team.spec.on_call, team.spec.ring_fenced):
                team.change_capacity()
