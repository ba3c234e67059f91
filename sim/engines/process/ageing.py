"""What days and weeks bring: faults are born, auditors come, load peaks, people leave; stocks move."""

from __future__ import annotations

import math
from functools import partial

from sim.chance import keyed
from sim.chance.streams import BIRTH, FINDING, KIN_BIRTH, KIN_FINDING, KIN_OVERLOAD, LEAVING, VACANCY
from sim.engines.process.changes import finding
from sim.engines.process.defects import bear
from sim.engines.process.incidents import overload
from sim.engines.process.seats import Seat
from sim.engines.process.teams import Team
from sim.engines.process.world import Process, World
from sim.history.kinds import Birth, Stock
from sim.rules import faults, load, order, people
from sim.spec.calendars import DAY, HOUR, WEEK
from sim.spec.changes import Upkeep

MILLION = 1_000_000


def days(world: World) -> Process:
    """At every midnight: what will happen by chance today."""
    for day in range((world.model.warmup + world.model.horizon) // DAY):
        yield world.after(day * DAY - world.model.warmup - world.now, order.NEW_DAY, 0)
        for pool_number in range(len(world.model.faults)):
            grow_older(world, pool_number, day)
        for number, service in enumerate(world.model.services):
            if service.upkeep is not None:
                audit(world, number, service.upkeep, day)
                fill_up(world, number, service.upkeep, day)
        for team in world.teams:
            for seat in team.seats:
                part_ways(world, team, seat, day)


def grow_older(world: World, pool_number: int, day: int) -> None:
    """A service may get a new fault today; the more maintenance is overdue, the likelier."""
    pool = world.model.faults[pool_number]
    late = world.overdue[world.model.incidents[pool.stream].service]
    share = faults.daily_probability(
        faults.births_of_day(world.value(pool.births), world.value(pool.ageing), late)
    )
    key = keyed.child(pool.key, KIN_BIRTH, day)
    u = world.chance(BIRTH, key)
    if u < share:
        born = partial(bear, world, pool_number, Birth.AGE, day, -1, key)
        world.call(faults.second_of_day(share, u), order.FAULT_BORN, key, born)


def audit(world: World, service: int, upkeep: Upkeep, day: int) -> None:
    """Auditors find what overdue maintenance leaves open."""
    share = faults.daily_probability(world.value(upkeep.findings) * world.overdue[service])
    key = keyed.child(world.model.services[service].key, KIN_FINDING, day)
    u = world.chance(FINDING, key)
    if u < share:
        world.start(faults.second_of_day(share, u), order.FOUND, key, finding(world, service, day, key))


def fill_up(world: World, number: int, upkeep: Upkeep, day: int) -> None:
    """A day whose load exceeds the peak capacity degrades the service from the first such hour on."""
    if upkeep.overload < 0:
        return
    service = world.model.services[number]
    cumulative = world.whole(service.cumulative_load)
    span = (
        cumulative,
        0,
        24 * day,
        24 * day + 24,
        world.value(upkeep.load),
        world.value(upkeep.peak_capacity),
    )
    hour = load.overloaded_hour(*span)
    if hour >= 0:
        key = keyed.child(service.key, KIN_OVERLOAD, day)
        life = overload(world, upkeep.overload, day, load.overload_depth(*span), key)
        world.start((hour - 24 * day) * HOUR, order.OVERLOADED, key, life)


def part_ways(world: World, team: Team, seat: Seat, day: int) -> None:
    """Somebody may leave today; the more the team is overloaded, the likelier."""
    spec = team.spec.people
    if spec is None or not seat.active:
        return
    value = world.value
    share = faults.daily_probability(
        people.leaving_rate(value(spec.attrition), value(spec.strain_effect), team.strain)
    )
    u = world.chance(LEAVING, seat.key, day)
    if u < share:
        world.call(
            faults.second_of_day(share, u), order.LEFT, seat.key, partial(leave, world, team, seat, day)
        )


def leave(world: World, team: Team, seat: Seat, day: int) -> None:
    """Somebody leaves; after a while the vacancy is filled."""
    spec = team.spec.people
    if spec is None or not seat.active:
        return
    team.lose(seat)
    vacancy = world.seconds(spec.vacancy, world.chance(VACANCY, seat.key, day))
    world.call(vacancy, order.HIRED, seat.key, partial(team.fill, seat))


# Weeks


def weeks(world: World) -> Process:
    """Every Monday at midnight the stocks are brought up to date."""
    time = first_monday(world.model.start_weekday, world.model.warmup)
    while time < world.model.horizon:
        yield world.after(time - world.now, order.NEW_WEEK, 0)
        for team in world.teams:
            settle(world, team)
        world.judgement.end_week()
        take_stock(world)
        time += WEEK


def first_monday(weekday: int, warmup: int) -> int:
    """First Monday 00:00 from the start of the warm-up on; ``weekday`` is that of t = 0 (Monday 0)."""
    return (warmup - weekday * DAY) % WEEK - warmup


def settle(world: World, team: Team) -> None:
    """Overload and knowledge of a team."""
    spec, value = team.spec.people, world.value
    if spec is not None:
        week = people.strain_of_week(team.worked, team.idle, team.fought, value(spec.strain_from))
        team.strain = people.smoothed(team.strain, week, value(spec.strain_weight))
        team.knowledge = people.smoothed(team.knowledge, 1.0, value(spec.recovery))
        note(world, Stock.OVERLOAD, team.number, team.strain)
        note(world, Stock.KNOWLEDGE, team.number, team.knowledge)
    team.worked = team.idle = team.fought = 0


def take_stock(world: World) -> None:
    """Write down the other stocks as they stand."""
    if world.judgement.level >= 0.0:
        note(world, Stock.SATISFACTION, 0, world.judgement.level)
    for number, service in enumerate(world.model.services):
        if service.upkeep is not None:
            note(world, Stock.MAINTENANCE_OVERDUE, number, world.overdue[number])
            note(world, Stock.KNOWN_ERRORS, number, world.known_errors[number])
    if world.model.change_enablement is not None:
        note(world, Stock.CHANGES_AWAITING_APPROVAL, 0, len(world.board.waiting))


def note(world: World, stock: Stock, owner: int, value: float) -> None:
    """A row of ``sim.history.tables.Stocks``."""
    world.record.stocks.append((world.now, stock, owner, int(math.floor(value * MILLION + 0.5))))
