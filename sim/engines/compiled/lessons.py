"""What follows from a restoration: an experience, perhaps a problem, perhaps an emergency change."""

from __future__ import annotations

from sim.chance.keyed import child
from sim.chance.streams import CHANGE_WORK, EMERGENCY, KIN_CHANGE, KIN_PROBLEM, PROBLEM
from sim.engines.compiled import layout as c
from sim.engines.compiled import plans as p
from sim.engines.compiled.luck import happens, random_seconds
from sim.engines.compiled.memory import Floats, Ints, enabled, fault_at, service_at, ticket_at, value
from sim.engines.compiled.orders import place_order, raise_problem
from sim.history.tables import NEVER
from sim.kernel import compiled
from sim.rules.faults import repeats_in_row, share_noticed
from sim.rules.people import experience
from sim.rules.priority import HIGHEST
from sim.spec.changes import Purpose

EMERGENCY_CHANGE = int(Purpose.EMERGENCY)
LATER = 2**62


@compiled
def take_experience(a: Ints, f: Floats, ticket: int) -> None:
    """A ticket has just been restored or fulfilled: its user judges."""
    if a[p.HAS_SATISFACTION] == 0:
        return
    t = ticket_at(a, ticket)
    f[p.EXPERIENCE] += experience(
        a[c.NOW] - a[t + c.T_OCCURRED],
        value(a, f, a[p.PATIENCE]),
        a[t + c.T_HANDOFFS],
        value(a, f, a[p.HANDOFF_LOSS]),
        a[t + c.T_REOPENS],
        value(a, f, a[p.REOPEN_LOSS]),
    )
    a[p.EXPERIENCES] += 1


@compiled
def learn_from(a: Ints, f: Floats, ticket: int) -> None:
    """After the first restoration: it may be taken as a problem, and an emergency change may follow."""
    t = ticket_at(a, ticket)
    if a[t + c.T_FAULT] >= 0:
        repeat(a, f, ticket, a[t + c.T_FAULT])
    if a[p.HAS_ENABLEMENT] == 1 and a[t + c.T_PRIORITY] == HIGHEST:
        if happens(a, enabled(a, f, p.CE_EMERGENCY_SHARE), EMERGENCY, a[t + c.T_KEY], 0):
            raise_emergency(a, f, ticket)


@compiled
def repeat(a: Ints, f: Floats, ticket: int, fault: int) -> None:
    """A fault has struck again: it may be noticed."""
    t, row = ticket_at(a, ticket), fault_at(a, fault)
    now = a[c.NOW]
    a[row + p.F_REPEATS] = repeats_in_row(
        a[row + p.F_REPEATS], a[row + p.F_LAST], now, a[p.MANAGEMENT_WINDOW]
    )
    a[row + p.F_LAST] = now
    if a[p.HAS_MANAGEMENT] == 0 or a[row + p.F_DIED] != NEVER or a[row + p.F_HAS_PROBLEM] == 1:
        return
    share = share_noticed(
        a[row + p.F_REPEATS],
        a[p.MANAGEMENT_REPEATS],
        a[t + c.T_PRIORITY],
        value(a, f, a[p.MANAGEMENT_MATURITY]),
        value(a, f, a[p.MANAGEMENT_MAJORS]),
    )
    if happens(a, share, PROBLEM, a[t + c.T_KEY], 0):
        a[row + p.F_HAS_PROBLEM] = 1
        raise_problem(a, row, fault, child(a[row + p.F_KEY], KIN_PROBLEM, a[row + p.F_PROBLEMS]))


@compiled
def raise_emergency(a: Ints, f: Floats, ticket: int) -> None:
    """What restored the service for now is made to last, at once and with little care."""
    t = ticket_at(a, ticket)
    if a[service_at(a, a[t + c.T_SERVICE]) + p.SRV_UPKEEP] == 0:
        return
    row = a[p.ENABLEMENT_AT]
    key = child(a[t + c.T_KEY], KIN_CHANGE, 0)
    effort = 1000 * random_seconds(a, f, row + p.CE_EMERGENCY_WORK, 1.0, CHANGE_WORK, key, 0)
    place_order(
        a,
        EMERGENCY_CHANGE,
        a[t + c.T_STREAM],
        a[t + c.T_SERVICE],
        a[t + c.T_TEAM],
        a[row + p.CE_EMERGENCY],
        effort,
        a[t + c.T_WORTH],
        ticket,
        -1,
        LATER,
        0,
        key,
    )
