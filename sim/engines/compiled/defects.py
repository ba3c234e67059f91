"""The life of a fault: it comes into being, strikes again and again, and dies when it is fixed."""

from __future__ import annotations

from sim.chance.arrivals import next_arrival
from sim.chance.keyed import child, uniform
from sim.chance.streams import ARRIVAL, FAULT_RATE, KIN_TICKET, STRIKE
from sim.chance.variates import EXPONENTIAL, quantile, seconds
from sim.engines.compiled import layout as c
from sim.engines.compiled import plans as p
from sim.engines.compiled.events import schedule
from sim.engines.compiled.life import strike
from sim.engines.compiled.luck import happens, shape_quantile
from sim.engines.compiled.memory import Floats, Ints, fault_at, pool_at, value
from sim.history.tables import NEVER
from sim.kernel import compiled
from sim.rules import order
from sim.rules.faults import BOUND, share_of_strikes
from sim.spec.calendars import HOUR


@compiled
def bear(a: Ints, f: Floats, pool: int, birth: int, number: int, origin: int, key: int) -> None:
    """A fault comes into being and begins to strike."""
    fault = a[p.FAULTS]
    a[p.FAULTS] += 1
    row = fault_at(a, fault)
    for column in range(p.F_COLUMNS):
        a[row + column] = 0
    a[row + p.F_KEY] = key
    a[row + p.F_POOL] = pool
    a[row + p.F_BIRTH] = birth
    a[row + p.F_NUMBER] = number
    a[row + p.F_ORIGIN] = origin
    a[row + p.F_BORN] = a[c.NOW]
    a[row + p.F_DIED] = NEVER
    u = uniform(a[c.SEED], a[c.REPLICATION], FAULT_RATE, key, 0)
    f[row + p.F_FACTOR] = shape_quantile(a, f, a[pool_at(a, pool) + p.POOL_SPREAD], u)
    passed = a[c.NOW] + a[c.WARMUP]
    a[row + p.F_HOUR] = passed // HOUR
    f[row + p.F_SECOND] = float(passed % HOUR)
    next_strike(a, f, fault)


@compiled
def next_strike(a: Ints, f: Floats, fault: int) -> None:
    """Put the next incident that a fault may cause on the calendar."""
    row = fault_at(a, fault)
    factor = f[row + p.F_FACTOR]
    if factor <= 0.0:
        return
    key = child(a[row + p.F_KEY], KIN_TICKET, a[row + p.F_ORDINAL])
    need = quantile(uniform(a[c.SEED], a[c.REPLICATION], ARRIVAL, key, 0), EXPONENTIAL, 0.0, 0.0, 0.0)
    need /= factor * BOUND
    rates = a[pool_at(a, a[row + p.F_POOL]) + p.POOL_RATES]
    hour, second = next_arrival(
        need,
        a[row + p.F_HOUR],
        f[row + p.F_SECOND],
        f,
        a[c.HOURLY_AT] + rates * a[c.HOURS],
        a[c.HOURS],
        f,
        a[c.DAILY_AT] + rates * a[c.DAYS],
        f,
        a[p.EVEN_AT],
    )
    a[row + p.F_HOUR] = hour
    f[row + p.F_SECOND] = second
    if hour < a[c.HOURS]:
        time = hour * HOUR + seconds(second) - a[c.WARMUP]
        schedule(a, time - a[c.NOW], order.STRIKE, key, fault)


@compiled
def struck(a: Ints, f: Floats, fault: int, key: int) -> None:
    """A fault makes itself felt, if it is still there and demand has the incident today."""
    row = fault_at(a, fault)
    if a[row + p.F_DIED] != NEVER:
        return
    ordinal = a[row + p.F_ORDINAL]
    a[row + p.F_ORDINAL] += 1
    pool = pool_at(a, a[row + p.F_POOL])
    share = share_of_strikes(value(a, f, a[pool + p.POOL_DEMAND]))
    if happens(a, share, STRIKE, key, 0):
        strike(a, f, a[pool + p.POOL_STREAM], fault, ordinal, key)
    next_strike(a, f, fault)
