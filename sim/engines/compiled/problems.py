"""The life of a problem: raised, investigated, understood, worked around, and fixed by a change."""

from __future__ import annotations

from sim.chance.keyed import child
from sim.chance.streams import CHANGE_WORK, INVESTIGATION, KIN_CHANGE
from sim.engines.compiled import layout as c
from sim.engines.compiled import plans as p
from sim.engines.compiled.cases import new_plan
from sim.engines.compiled.ending import begin_spell, end_spell
from sim.engines.compiled.events import begin
from sim.engines.compiled.luck import happens, random_seconds
from sim.engines.compiled.memory import Floats, Ints, fault_at, pool_at, service_at, ticket_at, value
from sim.engines.compiled.orders import place_order
from sim.engines.compiled.staffing import effort_factor
from sim.engines.compiled.teams import ask
from sim.history.kinds import Activity, WorkKind
from sim.kernel import compiled
from sim.spec.changes import Purpose
from sim.spec.flows import Cause, Flow

PROBLEM = int(Flow.PROBLEM)
OF_A_FAULT = int(Cause.FAULT)
FIX = int(Purpose.FIX)
RAISE_ROW = int(Activity.RAISE)
KNOW_ROW = int(Activity.KNOW)
WORK_AROUND_ROW = int(Activity.WORK_AROUND)
GO_LIVE_ROW = int(Activity.GO_LIVE)
PROBLEM_WORK = int(WorkKind.PROBLEM)
FOR_WORKAROUND = 1_000_000
LATER = 2**62


@compiled
def problem(a: Ints, f: Floats, fault: int, key: int) -> None:
    """One problem, from the moment at which it is raised."""
    row = fault_at(a, fault)
    number = a[row + p.F_POOL]
    pool = pool_at(a, number)
    ticket = new_plan(a, PROBLEM, number, a[pool + p.POOL_SERVICE], key, OF_A_FAULT, a[pool + p.POOL_WORTH])
    a[a[c.CASE_ORDINAL] + ticket] = a[row + p.F_PROBLEMS] - 1
    a[a[c.CASE_FAULT] + ticket] = fault
    begin(a, ticket, RAISE_ROW, -1, a[c.NOW])
    begin_spell(a, ticket)
    investigate(a, f, ticket)


@compiled
def pool_of(a: Ints, ticket: int) -> int:
    """Address of the pool of a problem's fault."""
    return pool_at(a, a[a[c.CASE_STREAM] + ticket])


@compiled
def investigate(a: Ints, f: Floats, ticket: int) -> None:
    """One round of looking for the cause."""
    t = ticket_at(a, ticket)
    pool = pool_of(a, ticket)
    team = a[pool + p.POOL_TEAM]
    factor = effort_factor(a, f, team)
    key = a[a[c.CASE_KEY] + ticket]
    effort = 1000 * random_seconds(
        a, f, pool + p.POOL_INVESTIGATION, factor, INVESTIGATION, key, 2 * a[t + c.T_VISITS]
    )
    a[t + c.T_PHASE] = p.INVESTIGATING
    ask(a, f, team, 2 * ticket, PROBLEM_WORK, effort, 0)


@compiled
def after_investigation(a: Ints, f: Floats, ticket: int) -> None:
    """The cause is found, or it takes another round."""
    t = ticket_at(a, ticket)
    pool = pool_of(a, ticket)
    key = a[a[c.CASE_KEY] + ticket]
    found = happens(a, value(a, f, a[pool + p.POOL_FINDS]), INVESTIGATION, key, 2 * a[t + c.T_VISITS] + 1)
    a[t + c.T_VISITS] += 1
    if not found:
        investigate(a, f, ticket)
        return
    team = a[pool + p.POOL_TEAM]
    a[service_at(a, a[a[c.CASE_SERVICE] + ticket]) + p.SRV_KNOWN] += 1
    begin(a, ticket, KNOW_ROW, team, a[c.NOW])
    if happens(a, value(a, f, a[pool + p.POOL_WORKAROUND]), INVESTIGATION, key, FOR_WORKAROUND):
        a[fault_at(a, a[a[c.CASE_FAULT] + ticket]) + p.F_WORKAROUND] = 1
        begin(a, ticket, WORK_AROUND_ROW, team, a[c.NOW])
    effort = 1000 * random_seconds(a, f, pool + p.POOL_FIX_WORK, 1.0, CHANGE_WORK, key, 0)
    a[t + c.T_PHASE] = p.BEING_FIXED
    place_order(
        a,
        FIX,
        a[a[c.CASE_STREAM] + ticket],
        a[a[c.CASE_SERVICE] + ticket],
        team,
        a[pool + p.POOL_FIX],
        effort,
        a[pool + p.POOL_WORTH],
        ticket,
        a[a[c.CASE_FAULT] + ticket],
        LATER,
        0,
        child(key, KIN_CHANGE, 0),
    )


@compiled
def solved(a: Ints, ticket: int) -> None:
    """The fix is live: the fault is gone."""
    t = ticket_at(a, ticket)
    fault = fault_at(a, a[a[c.CASE_FAULT] + ticket])
    a[service_at(a, a[a[c.CASE_SERVICE] + ticket]) + p.SRV_KNOWN] -= 1
    a[fault + p.F_DIED] = a[c.NOW]
    a[fault + p.F_HAS_PROBLEM] = 0
    a[a[c.CASE_RESTORED] + ticket] = a[c.NOW]
    a[a[c.CASE_CLOSED] + ticket] = a[c.NOW]
    a[t + c.T_PHASE] = p.LIVE
    end_spell(a, ticket)
    begin(a, ticket, GO_LIVE_ROW, a[a[c.CASE_TEAM] + ticket], a[c.NOW])
