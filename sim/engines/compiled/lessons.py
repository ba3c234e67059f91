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
    f[p.EXPERIENCE] += experience(
        a[c.NOW] - a[a[c.CASE_OCCURRED] + ticket],
        value(a, f, a[p.PATIENCE]),
        a[a[c.CASE_HANDOFFS] + ticket],
        value(a, f, a[p.HANDOFF_LOSS]),
        a[a[c.CASE_REOPENS] + ticket],
        value(a, f, a[p.REOPEN_LOSS]),
    )
    a[p.EXPERIENCES] += 1


@compiled
def learn_from(a: Ints, f: Floats, ticket: int) -> None:
    """After the first restoration: it may be taken as a problem, and an emergency change may follow."""
    if a[a[c.CASE_FAULT] + ticket] >= 0:
        repeat(a, f, ticket, a[a[c.CASE_FAULT] + ticket])
    if a[p.HAS_ENABLEMENT] == 1 and a[a[c.CASE_PRIORITY] + ticket] == HIGHEST:
        if happens(a, enabled(a, f, p.CE_EMERGENCY_SHARE), EMERGENCY, a[a[c.CASE_KEY] + ticket], 0):
            raise_emergency(a, f, ticket)


@compiled
def repeat(a: Ints, f: Floats, ticket: int, fault: int) -> None:
    """A fault has struck again: it may be noticed."""
    row = fault_at(a, fault)
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
        a[a[c.CASE_PRIORITY] + ticket],
        value(a, f, a[p.MANAGEMENT_MATURITY]),
        value(a, f, a[p.MANAGEMENT_MAJORS]),
    )
    if happens(a, share, PROBLEM, a[a[c.CASE_KEY] + ticket], 0):
        a[row + p.F_HAS_PROBLEM] = 1
        raise_problem(a, row, fault, child(a[row + p.F_KEY], KIN_PROBLEM, a[row + p.F_PROBLEMS]))


@compiled
def raise_emergency(a: Ints, f: Floats, ticket: int) -> None:
    """What restored the service for now is made to last, at once and with little care."""
    t = ticket_at(a, ticket)
    if a[service_at(a, a[a[c.CASE_SERVICE] + ticket]) + p.SRV_UPKEEP] == 0:
        return
    row = a[p.ENABLEMENT_AT]
    key = child(a[a[c.CASE_KEY] + ticket], KIN_CHANGE, 0)
    effort = 1000 * random_seconds(a, f, row + p.CE_EMERGENCY_WORK, 1.0, CHANGE_WORK, key, 0)
    place_order(
        a,
        EMERGENCY_CHANGE,
        a[a[c.CASE_STREAM] + ticket],
        a[a[c.CASE_SERVICE] + ticket],
        a[a[c.CASE_TEAM] + ticket],
        a[row + p.CE_EMERGENCY],
        effort,
        a[t + c.T_WORTH],
        ticket,
        -1,
        LATER,
        0,
        key,
    )
