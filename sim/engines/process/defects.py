"""The life of a fault: it comes into being, strikes again and again, and dies when it is fixed."""

from __future__ import annotations

from sim.chance import keyed, variates
from sim.chance.arrivals import next_arrival
from sim.chance.streams import ARRIVAL, FAULT_RATE, KIN_TICKET, STRIKE
from sim.engines.process.faults import Fault
from sim.engines.process.world import Process, World
from sim.history.kinds import Birth
from sim.rules import faults, order
from sim.spec.calendars import HOUR


def bear(world: World, pool_number: int, birth: Birth, number: int, origin: int, key: int) -> None:
    """A fault comes into being and begins to strike."""
    pool = world.model.faults[pool_number]
    fault = Fault(
        row=len(world.faults),
        key=key,
        pool_number=pool_number,
        pool=pool,
        birth=birth,
        number=number,
        origin=origin,
        born=world.now,
        factor=world.quantile(pool.spread, world.chance(FAULT_RATE, key)),
    )
    world.faults.append(fault)
    world.env.process(strikes(world, fault))


def strikes(world: World, fault: Fault) -> Process:
    """Every incident that a fault may cause, until it is fixed; demand decides which of them there are."""
    pool = fault.pool
    hourly, daily = world.plain(pool.hourly), world.daily(pool.hourly)
    ordinal = 0
    passed = world.now + world.model.warmup
    hour, second = passed // HOUR, float(passed % HOUR)
    demand = world.model.incidents[pool.stream].arrivals.demand
    even = [1.0] * (len(hourly) // 24 + 1)
    while fault.factor > 0.0:
        key = keyed.child(fault.key, KIN_TICKET, ordinal)
        need = variates.quantile(world.chance(ARRIVAL, key), variates.EXPONENTIAL, 0.0, 0.0, 0.0)
        need /= fault.factor * faults.BOUND
        hour, second = next_arrival(need, hour, second, hourly, 0, len(hourly), daily, 0, even, 0)
        if hour >= len(hourly):
            return
        time = hour * HOUR + variates.seconds(second) - world.model.warmup
        yield world.after(time - world.now, order.STRIKE, key)
        if not fault.is_alive:
            return
        if world.happens(faults.share_of_strikes(world.value(demand)), STRIKE, key):
            world.env.process(world.sequels.strike(world, fault, ordinal, key))
        ordinal += 1
