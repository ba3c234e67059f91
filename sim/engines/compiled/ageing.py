"""What days and weeks bring: faults are born, auditors come, load peaks, people leave; stocks move."""

from __future__ import annotations

import math

from sim.chance.keyed import child, uniform
from sim.chance.streams import BIRTH, FINDING, KIN_BIRTH, KIN_FINDING, KIN_OVERLOAD, LEAVING, VACANCY
from sim.engines.compiled import layout as c
from sim.engines.compiled import plans as p
from sim.engines.compiled.events import schedule
from sim.engines.compiled.luck import random_seconds
from sim.engines.compiled.memory import Floats, Ints, people_at, pool_at, seat_at, service_at, value
from sim.engines.compiled.staffing import note_staff
from sim.engines.compiled.teams import offer, seats_wanted, staff
from sim.history.kinds import Stock
from sim.kernel import compiled
from sim.rules import order
from sim.rules.faults import births_of_day, daily_probability, second_of_day
from sim.rules.load import overload_depth, overloaded_hour
from sim.rules.people import knowledge_after_leaving, leaving_rate, smoothed, strain_of_week
from sim.spec.calendars import DAY, HOUR, WEEK

MILLION = 1_000_000
DEPTHS = 2_000_000
"""A service and a depth are one number: service x DEPTHS + depth."""
OVERLOAD = int(Stock.OVERLOAD)
KNOWLEDGE = int(Stock.KNOWLEDGE)
SATISFACTION = int(Stock.SATISFACTION)
MAINTENANCE_OVERDUE = int(Stock.MAINTENANCE_OVERDUE)
KNOWN_ERRORS = int(Stock.KNOWN_ERRORS)
AWAITING_APPROVAL = int(Stock.CHANGES_AWAITING_APPROVAL)


@compiled
def today(a: Ints) -> int:
    """Number of the day since the start of the warm-up."""
    return (a[c.NOW] + a[c.WARMUP]) // DAY


@compiled
def new_day(a: Ints, f: Floats) -> None:
    """Midnight: what will happen by chance today."""
    day = today(a)
    for pool in range(a[p.POOL_COUNT]):
        grow_older(a, f, pool, day)
    for service in range(a[p.SERVICE_COUNT]):
        if a[service_at(a, service) + p.SRV_UPKEEP] == 1:
            audit(a, f, service, day)
            fill_up(a, f, service, day)
    for seat in range(a[c.SEAT_COUNT]):
        part_ways(a, f, seat, day)


@compiled
def grow_older(a: Ints, f: Floats, pool: int, day: int) -> None:
    """A service may get a new fault today; the more maintenance is overdue, the likelier."""
    row = pool_at(a, pool)
    late = a[service_at(a, a[row + p.POOL_SERVICE]) + p.SRV_OVERDUE]
    births = births_of_day(value(a, f, a[row + p.POOL_BIRTHS]), value(a, f, a[row + p.POOL_AGEING]), late)
    share = daily_probability(births)
    key = child(a[row + p.POOL_KEY], KIN_BIRTH, day)
    u = uniform(a[c.SEED], a[c.REPLICATION], BIRTH, key, 0)
    if u < share:
        schedule(a, second_of_day(share, u), order.FAULT_BORN, key, pool)


@compiled
def audit(a: Ints, f: Floats, service: int, day: int) -> None:
    """Auditors find what overdue maintenance leaves open."""
    row = service_at(a, service)
    share = daily_probability(value(a, f, a[row + p.SRV_FINDINGS]) * a[row + p.SRV_OVERDUE])
    key = child(a[row + p.SRV_KEY], KIN_FINDING, day)
    u = uniform(a[c.SEED], a[c.REPLICATION], FINDING, key, 0)
    if u < share:
        schedule(a, second_of_day(share, u), order.FOUND, key, service)


@compiled
def fill_up(a: Ints, f: Floats, service: int, day: int) -> None:
    """A day whose load exceeds the peak capacity degrades the service from the first such hour on."""
    row = service_at(a, service)
    if a[row + p.SRV_OVERLOAD] < 0:
        return
    first = a[p.LOADS_AT] + a[row + p.SRV_CUMULATIVE]
    begin, end = 24 * day, 24 * day + 24
    factor, capacity = value(a, f, a[row + p.SRV_LOAD]), value(a, f, a[row + p.SRV_PEAK])
    hour = overloaded_hour(a, first, begin, end, factor, capacity)
    if hour >= 0:
        depth = overload_depth(a, first, begin, end, factor, capacity)
        key = child(a[row + p.SRV_KEY], KIN_OVERLOAD, day)
        schedule(a, (hour - 24 * day) * HOUR, order.OVERLOADED, key, service * DEPTHS + depth)


@compiled
def part_ways(a: Ints, f: Floats, seat: int, day: int) -> None:
    """Somebody may leave today; the more the team is overloaded, the likelier."""
    s = seat_at(a, seat)
    row = people_at(a, a[s + c.SEAT_TEAM])
    if a[row + p.PP_PRESENT] == 0 or a[s + c.NOW_ACTIVE] == 0:
        return
    attrition, effect = value(a, f, a[row + p.PP_ATTRITION]), value(a, f, a[row + p.PP_STRAIN_EFFECT])
    share = daily_probability(leaving_rate(attrition, effect, f[row + p.PP_STRAIN]))
    u = uniform(a[c.SEED], a[c.REPLICATION], LEAVING, a[s + c.SEAT_KEY], day)
    if u < share:
        schedule(a, second_of_day(share, u), order.LEFT, a[s + c.SEAT_KEY], seat)


@compiled
def leave_for_good(a: Ints, f: Floats, seat: int) -> None:
    """Somebody leaves; after a while the vacancy is filled."""
    s = seat_at(a, seat)
    if a[s + c.NOW_ACTIVE] == 0:
        return
    lose(a, f, seat)
    row = people_at(a, a[s + c.SEAT_TEAM])
    vacancy = random_seconds(a, f, row + p.PP_VACANCY, 1.0, VACANCY, a[s + c.SEAT_KEY], today(a))
    schedule(a, vacancy, order.HIRED, a[s + c.SEAT_KEY], seat)


@compiled
def lose(a: Ints, f: Floats, seat: int) -> None:
    """Somebody leaves, and takes knowledge along."""
    s = seat_at(a, seat)
    team = a[s + c.SEAT_TEAM]
    row = people_at(a, team)
    f[row + p.PP_KNOWLEDGE] = knowledge_after_leaving(
        f[row + p.PP_KNOWLEDGE], value(a, f, a[row + p.PP_WRITTEN]), seats_wanted(a, f, team)
    )
    a[s + c.NOW_VACANT] = 1
    note_staff(a, seat, 0)
    staff(a, f, seat, False)


@compiled
def fill(a: Ints, f: Floats, seat: int) -> None:
    """A vacancy is filled."""
    s = seat_at(a, seat)
    team = a[s + c.SEAT_TEAM]
    a[s + c.NOW_VACANT] = 0
    a[s + c.NOW_HIRED] = a[c.NOW]
    note_staff(a, seat, 1)
    staff(a, f, seat, a[s + c.SEAT_NUMBER] < seats_wanted(a, f, team))
    offer(a, f, team)


# Weeks


@compiled
def new_week(a: Ints, f: Floats) -> None:
    """Monday at midnight: the stocks are brought up to date."""
    for team in range(a[c.TEAM_COUNT]):
        settle_team(a, f, team)
    end_week_of_experiences(a, f)
    take_stock(a, f)


@compiled
def settle_team(a: Ints, f: Floats, team: int) -> None:
    """Overload and knowledge of a team."""
    row = people_at(a, team)
    if a[row + p.PP_PRESENT] == 1:
        limit = value(a, f, a[row + p.PP_STRAIN_FROM])
        week = strain_of_week(a[row + p.PP_WORKED], a[row + p.PP_IDLE], a[row + p.PP_FOUGHT], limit)
        weight = value(a, f, a[row + p.PP_STRAIN_WEIGHT])
        f[row + p.PP_STRAIN] = smoothed(f[row + p.PP_STRAIN], week, weight)
        recovery = value(a, f, a[row + p.PP_RECOVERY])
        f[row + p.PP_KNOWLEDGE] = smoothed(f[row + p.PP_KNOWLEDGE], 1.0, recovery)
        note(a, OVERLOAD, team, f[row + p.PP_STRAIN])
        note(a, KNOWLEDGE, team, f[row + p.PP_KNOWLEDGE])
    a[row + p.PP_WORKED] = 0
    a[row + p.PP_IDLE] = 0
    a[row + p.PP_FOUGHT] = 0


@compiled
def end_week_of_experiences(a: Ints, f: Floats) -> None:
    """The week's experiences move the satisfaction; the first week with any sets it."""
    if a[p.HAS_SATISFACTION] == 0 or a[p.EXPERIENCES] == 0:
        return
    mean = f[p.EXPERIENCE] / a[p.EXPERIENCES]
    if f[p.SATISFACTION] < 0.0:
        f[p.SATISFACTION] = mean
    else:
        weight = value(a, f, a[p.SATISFACTION_WEIGHT])
        f[p.SATISFACTION] = smoothed(f[p.SATISFACTION], mean, weight)
    f[p.EXPERIENCE] = 0.0
    a[p.EXPERIENCES] = 0


@compiled
def take_stock(a: Ints, f: Floats) -> None:
    """Write down the other stocks as they stand."""
    if f[p.SATISFACTION] >= 0.0:
        note(a, SATISFACTION, 0, f[p.SATISFACTION])
    for service in range(a[p.SERVICE_COUNT]):
        row = service_at(a, service)
        if a[row + p.SRV_UPKEEP] == 1:
            note(a, MAINTENANCE_OVERDUE, service, float(a[row + p.SRV_OVERDUE]))
            note(a, KNOWN_ERRORS, service, float(a[row + p.SRV_KNOWN]))
    if a[p.HAS_ENABLEMENT] == 1:
        note(a, AWAITING_APPROVAL, 0, float(a[p.BOARD_TAIL] - a[p.BOARD_HEAD]))


@compiled
def note(a: Ints, stock: int, owner: int, level: float) -> None:
    """A row of ``Stocks``."""
    room = a[p.STOCK_ROOM]
    cell = a[p.STOCKS_AT] + a[p.STOCKS]
    a[p.STOCKS] += 1
    a[cell] = a[c.NOW]
    a[cell + room] = stock
    a[cell + 2 * room] = owner
    a[cell + 3 * room] = int(math.floor(level * MILLION + 0.5))


@compiled
def next_week(a: Ints) -> None:
    """Put the next Monday on the calendar."""
    if a[p.NEXT_WEEK] < a[c.HORIZON]:
        schedule(a, a[p.NEXT_WEEK] - a[c.NOW], order.NEW_WEEK, 0, 0)
        a[p.NEXT_WEEK] += WEEK


@compiled
def next_day(a: Ints) -> None:
    """Put the next midnight on the calendar."""
    time = a[p.NEXT_DAY] * DAY - a[c.WARMUP]
    if a[p.NEXT_DAY] < (a[c.WARMUP] + a[c.HORIZON]) // DAY:
        schedule(a, time - a[c.NOW], order.NEW_DAY, 0, 0)
        a[p.NEXT_DAY] += 1
