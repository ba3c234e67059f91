"""The life of a change: assessed, approved, built and tested, deployed in a window; it may fail."""

from __future__ import annotations

from sim.chance.keyed import child
from sim.chance.streams import CHANGE, CHANGE_WORK, FAILURE, KIN_FAILURE, KIN_FAULT
from sim.engines.compiled import layout as c
from sim.engines.compiled import plans as p
from sim.engines.compiled.cases import new_plan
from sim.engines.compiled.defects import bear
from sim.engines.compiled.ending import begin_spell, end_spell
from sim.engines.compiled.events import begin, complete, schedule
from sim.engines.compiled.initiatives import part_is_live
from sim.engines.compiled.luck import happens, random_seconds
from sim.engines.compiled.memory import (
    Floats,
    Ints,
    enabled,
    kind_at,
    people_at,
    service_at,
    ticket_at,
    value,
)
from sim.engines.compiled.problems import solved
from sim.engines.compiled.staffing import effort_factor
from sim.engines.compiled.teams import ask
from sim.history.kinds import Activity, Birth, WorkKind
from sim.history.tables import NEVER
from sim.kernel import compiled
from sim.rules import order
from sim.rules.calendars import next_interval
from sim.rules.changes import (
    approvals,
    bypass_probability,
    change_size,
    failure_probability,
    thoroughness,
)
from sim.spec.changes import ChangeType, Purpose
from sim.spec.flows import Cause, Flow

CHANGE_FLOW = int(Flow.CHANGE)
PURPOSE = int(Cause.PURPOSE)
NORMAL = int(ChangeType.NORMAL)
EMERGENCY = int(ChangeType.EMERGENCY)
ROUTINE = int(Purpose.ROUTINE)
MAINTENANCE = int(Purpose.MAINTENANCE)
FIX = int(Purpose.FIX)
INITIATIVE = int(Purpose.INITIATIVE)
EMERGENCY_CHANGE = int(Purpose.EMERGENCY)
FINDING = int(Purpose.FINDING)
LEFT_BY_CHANGE = int(Birth.CHANGE)
RAISE_ROW = int(Activity.RAISE)
APPROVAL_ROW = int(Activity.AWAIT_APPROVAL)
WINDOW_ROW = int(Activity.AWAIT_WINDOW)
FAIL_ROW = int(Activity.FAIL)
GO_LIVE_ROW = int(Activity.GO_LIVE)
OVERDUE_ROW = int(Activity.BECOME_OVERDUE)
CHANGE_KIND_OF_WORK = int(WorkKind.CHANGE)
MAINTENANCE_WORK = int(WorkKind.MAINTENANCE)
INITIATIVE_WORK = int(WorkKind.INITIATIVE)
EMERGENCY_WORK = int(WorkKind.EMERGENCY)
ROLLBACK_WORK = int(WorkKind.ROLLBACK)
PLANNED = 5
URGENT_CHANGE = 2
DRAWS_PER_ATTEMPT = 4
MOST_ATTEMPTS = 20
ATTEMPTS = 32
"""A failed change and its attempt are one number: change x ATTEMPTS + attempt."""
LATER = 2**62


@compiled
def raise_order(a: Ints, f: Floats, number: int, key: int) -> None:
    """A change that was asked for."""
    row = a[p.ORDERS_AT] + number * p.ORD_COLUMNS
    change(
        a,
        f,
        a[row + p.ORD_PURPOSE],
        a[row + p.ORD_STREAM],
        a[row + p.ORD_SERVICE],
        a[row + p.ORD_TEAM],
        a[row + p.ORD_KIND],
        a[row + p.ORD_EFFORT],
        a[row + p.ORD_WORTH],
        a[row + p.ORD_ORIGIN],
        a[row + p.ORD_FAULT],
        a[row + p.ORD_DUE],
        0,
        a[row + p.ORD_ORDINAL],
        key,
    )


@compiled
def change(
    a: Ints,
    f: Floats,
    purpose: int,
    stream: int,
    service: int,
    team: int,
    kind: int,
    effort: int,
    worth: int,
    origin: int,
    fault: int,
    due: int,
    layer: int,
    ordinal: int,
    key: int,
) -> None:
    """One change, from the moment at which it is raised."""
    ticket = new_plan(a, CHANGE_FLOW, stream, service, key, PURPOSE + purpose, worth)
    t = ticket_at(a, ticket)
    a[a[c.CASE_LAYER] + ticket] = layer
    a[a[c.CASE_ORDINAL] + ticket] = ordinal
    a[a[c.CASE_CHANGE_KIND] + ticket] = kind
    a[a[c.CASE_ORIGIN] + ticket] = origin
    a[a[c.CASE_FAULT] + ticket] = fault
    a[a[c.CASE_DUE] + ticket] = due
    a[t + c.T_STAGE_TEAM] = team
    a[t + c.T_EFFORT] = effort
    a[a[c.CASE_PERCEIVED] + ticket] = usual_priority(a, ticket)
    begin(a, ticket, RAISE_ROW, -1, a[c.NOW])
    if purpose == MAINTENANCE and due != LATER:
        schedule(a, due - a[c.NOW], order.OVERDUE, key, ticket)
    begin_spell(a, ticket)
    enable(a, f, ticket)


@compiled
def type_of(a: Ints, ticket: int) -> int:
    """Standard, normal or emergency."""
    return a[kind_at(a, a[a[c.CASE_CHANGE_KIND] + ticket]) + p.KIND_TYPE]


@compiled
def usual_priority(a: Ints, ticket: int) -> int:
    """Priority of a change while nothing has gone wrong."""
    return URGENT_CHANGE if type_of(a, ticket) == EMERGENCY else PLANNED


@compiled
def kind_of_work(a: Ints, ticket: int) -> int:
    """What the ledger calls it: whatever is done in an emergency is firefighting."""
    purpose = a[a[c.CASE_CAUSE] + ticket] - PURPOSE
    if type_of(a, ticket) == EMERGENCY or purpose == EMERGENCY_CHANGE:
        return EMERGENCY_WORK
    if purpose in (MAINTENANCE, FINDING):
        return MAINTENANCE_WORK
    if purpose == INITIATIVE:
        return INITIATIVE_WORK
    return CHANGE_KIND_OF_WORK


@compiled
def work_on(a: Ints, f: Floats, ticket: int, phase: int, effort: int, kind: int) -> None:
    """Ask the change's team for the work of a phase."""
    t = ticket_at(a, ticket)
    a[t + c.T_PHASE] = phase
    ask(a, f, a[t + c.T_STAGE_TEAM], 2 * ticket, kind, effort, 0)


# Assessment and approval


@compiled
def enable(a: Ints, f: Floats, ticket: int) -> None:
    """An emergency goes ahead; all others are assessed, and normal ones wait for the board."""
    t = ticket_at(a, ticket)
    if type_of(a, ticket) == EMERGENCY:
        build(a, f, ticket)
        return
    if type_of(a, ticket) == NORMAL:
        strain = f[people_at(a, a[t + c.T_STAGE_TEAM]) + p.PP_STRAIN]
        skips = bypass_probability(enabled(a, f, p.CE_BYPASS), enabled(a, f, p.CE_BYPASS_PRESSURE), strain)
        if happens(a, skips, CHANGE, a[a[c.CASE_KEY] + ticket], 0):
            a[a[c.CASE_UNAUTHORISED] + ticket] = 1
            build(a, f, ticket)
            return
    kind = kind_at(a, a[a[c.CASE_CHANGE_KIND] + ticket])
    thorough = thoroughness(enabled(a, f, p.CE_RIGOUR), enabled(a, f, p.CE_RIGOUR_WORK))
    effort = 1000 * random_seconds(a, f, kind + p.KIND_ASSESS, 1.0, CHANGE_WORK, a[a[c.CASE_KEY] + ticket], 1)
    work_on(a, f, ticket, p.ASSESSING, int(effort * thorough), kind_of_work(a, ticket))


@compiled
def after_assessment(a: Ints, f: Floats, ticket: int) -> None:
    """Normal changes wait for the approval meeting."""
    if type_of(a, ticket) != NORMAL:
        build(a, f, ticket)
        return
    t = ticket_at(a, ticket)
    a[t + c.T_ROW] = begin(a, ticket, APPROVAL_ROW, -1, NEVER)
    a[t + c.T_PHASE] = p.AWAITING_APPROVAL
    a[a[p.BOARD_AT] + a[p.BOARD_TAIL]] = ticket
    a[p.BOARD_TAIL] += 1


@compiled
def meet(a: Ints, f: Floats) -> None:
    """The board approves as many as it can, first come, first approved."""
    thorough = thoroughness(enabled(a, f, p.CE_RIGOUR), enabled(a, f, p.CE_RIGOUR_WORK))
    most = approvals(enabled(a, f, p.CE_CAPACITY), thorough)
    for _ in range(min(a[p.BOARD_TAIL] - a[p.BOARD_HEAD], most)):
        ticket = a[a[p.BOARD_AT] + a[p.BOARD_HEAD]]
        a[p.BOARD_HEAD] += 1
        complete(a, a[ticket_at(a, ticket) + c.T_ROW])
        build(a, f, ticket)


# Build, deploy, and what can go wrong


@compiled
def build(a: Ints, f: Floats, ticket: int) -> None:
    """Build and test; after a failed deployment, a part of it again."""
    t = ticket_at(a, ticket)
    factor = enabled(a, f, p.CE_REBUILD) if a[a[c.CASE_FAILURES] + ticket] > 0 else 1.0
    effort = int(a[t + c.T_EFFORT] * (factor * effort_factor(a, f, a[t + c.T_STAGE_TEAM])))
    work_on(a, f, ticket, p.BUILDING, effort, kind_of_work(a, ticket))


@compiled
def after_building(a: Ints, f: Floats, ticket: int) -> None:
    """Deployment waits until a window is open; after the last one of the run it waits for ever."""
    t = ticket_at(a, ticket)
    now = a[c.NOW]
    if type_of(a, ticket) != EMERGENCY:
        service = service_at(a, a[a[c.CASE_SERVICE] + ticket])
        first = a[c.EDGES_AT] + a[service + p.SRV_WINDOWS]
        size = a[service + p.SRV_WINDOWS + 1]
        row = next_interval(now, a, first, size)
        opens = a[first + 2 * row] if row < size else a[c.HORIZON] + 1
        if opens > now:
            a[t + c.T_ROW] = begin(a, ticket, WINDOW_ROW, -1, NEVER)
            a[t + c.T_PHASE] = p.AWAITING_WINDOW
            schedule(a, opens - now, order.WINDOW_OPENS, a[a[c.CASE_KEY] + ticket], ticket)
            return
    deploy(a, f, ticket)


@compiled
def deploy(a: Ints, f: Floats, ticket: int) -> None:
    """Deploy and verify."""
    a[service_at(a, a[a[c.CASE_SERVICE] + ticket]) + p.SRV_IN_FLIGHT] += 1
    kind = kind_at(a, a[a[c.CASE_CHANGE_KIND] + ticket])
    draw = 2 + DRAWS_PER_ATTEMPT * a[a[c.CASE_FAILURES] + ticket]
    effort = 1000 * random_seconds(
        a, f, kind + p.KIND_DEPLOY, 1.0, CHANGE_WORK, a[a[c.CASE_KEY] + ticket], draw
    )
    work_on(a, f, ticket, p.DEPLOYING, effort, kind_of_work(a, ticket))


@compiled
def after_deployment(a: Ints, f: Floats, ticket: int) -> None:
    """It works, or it fails: then it is undone, or a fault stays."""
    a[service_at(a, a[a[c.CASE_SERVICE] + ticket]) + p.SRV_IN_FLIGHT] -= 1
    attempt = a[a[c.CASE_FAILURES] + ticket]
    if not happens(a, failure_share(a, f, ticket), FAILURE, a[a[c.CASE_KEY] + ticket], 2 * attempt):
        go_live(a, ticket)
    elif fail(a, f, ticket):
        a[a[c.CASE_PERCEIVED] + ticket] = URGENT_CHANGE
        row = a[p.ENABLEMENT_AT] + p.CE_ROLLBACK_WORK
        draw = 3 + DRAWS_PER_ATTEMPT * attempt
        effort = 1000 * random_seconds(a, f, row, 1.0, CHANGE_WORK, a[a[c.CASE_KEY] + ticket], draw)
        work_on(a, f, ticket, p.ROLLING_BACK, effort, ROLLBACK_WORK)
    else:
        go_live(a, ticket)


@compiled
def after_rollback(a: Ints, f: Floats, ticket: int) -> None:
    """Undone: try again."""
    a[a[c.CASE_PERCEIVED] + ticket] = usual_priority(a, ticket)
    build(a, f, ticket)


@compiled
def failure_share(a: Ints, f: Floats, ticket: int) -> float:
    """Probability that the deployment that has just ended fails."""
    t = ticket_at(a, ticket)
    team = people_at(a, a[t + c.T_STAGE_TEAM])
    unauthorised = a[a[c.CASE_UNAUTHORISED] + ticket] == 1
    rigour = 0.0
    if type_of(a, ticket) != EMERGENCY and not unauthorised:
        rigour = enabled(a, f, p.CE_RIGOUR) * enabled(a, f, p.CE_RIGOUR_EFFECT)
    return failure_probability(
        value(a, f, a[kind_at(a, a[a[c.CASE_CHANGE_KIND] + ticket]) + p.KIND_RISK]),
        change_size(a[t + c.T_EFFORT], a[a[p.ENABLEMENT_AT] + p.CE_REFERENCE]),
        enabled(a, f, p.CE_SIZE_EFFECT),
        enabled(a, f, p.CE_TESTS),
        rigour,
        a[service_at(a, a[a[c.CASE_SERVICE] + ticket]) + p.SRV_IN_FLIGHT],
        enabled(a, f, p.CE_COLLISION),
        f[team + p.PP_STRAIN],
        enabled(a, f, p.CE_HASTE),
        f[team + p.PP_KNOWLEDGE],
        enabled(a, f, p.CE_KNOWLEDGE),
        enabled(a, f, p.CE_BYPASS_EFFECT) if unauthorised else 0.0,
    )


@compiled
def fail(a: Ints, f: Floats, ticket: int) -> bool:
    """A deployment has failed: something breaks at once. True if it is undone; else a fault stays."""
    t = ticket_at(a, ticket)
    service = service_at(a, a[a[c.CASE_SERVICE] + ticket])
    attempt = a[a[c.CASE_FAILURES] + ticket]
    a[a[c.CASE_FAILURES] + ticket] += 1
    begin(a, ticket, FAIL_ROW, a[t + c.T_STAGE_TEAM], a[c.NOW])
    if a[service + p.SRV_FAILURES] >= 0:
        key = child(a[a[c.CASE_KEY] + ticket], KIN_FAILURE, attempt)
        schedule(a, 0, order.BROKEN, key, ticket * ATTEMPTS + attempt)
    back = happens(a, enabled(a, f, p.CE_ROLLED_BACK), FAILURE, a[a[c.CASE_KEY] + ticket], 2 * attempt + 1)
    if back and a[a[c.CASE_FAILURES] + ticket] < MOST_ATTEMPTS:
        return True
    if a[service + p.SRV_POOL] >= 0:
        key = child(a[a[c.CASE_KEY] + ticket], KIN_FAULT, attempt)
        bear(a, f, a[service + p.SRV_POOL], LEFT_BY_CHANGE, attempt, ticket, key)
    return False


@compiled
def go_live(a: Ints, ticket: int) -> None:
    """A change is live, and whoever waited for it goes on."""
    t = ticket_at(a, ticket)
    now = a[c.NOW]
    begin(a, ticket, GO_LIVE_ROW, a[t + c.T_STAGE_TEAM], now)
    end_spell(a, ticket)
    a[a[c.CASE_RESTORED] + ticket] = now
    a[a[c.CASE_CLOSED] + ticket] = now
    a[t + c.T_PHASE] = p.LIVE
    if a[t + c.T_OVERDUE] == 1:
        a[service_at(a, a[a[c.CASE_SERVICE] + ticket]) + p.SRV_OVERDUE] -= 1
    purpose = a[a[c.CASE_CAUSE] + ticket] - PURPOSE
    if purpose == FIX:
        solved(a, a[a[c.CASE_ORIGIN] + ticket])
    elif purpose == INITIATIVE:
        part_is_live(a, a[a[c.CASE_ORIGIN] + ticket])


# Where changes come from


@compiled
def change_of_stream(a: Ints, f: Floats, number: int, layer: int, ordinal: int, key: int) -> None:
    """A routine change or a piece of maintenance, as it comes by itself."""
    row = a[p.CHANGES_AT] + number * p.CS_COLUMNS
    effort = 1000 * random_seconds(a, f, row + p.CS_WORK, 1.0, CHANGE_WORK, key, 0)
    purpose = a[row + p.CS_PURPOSE]
    due = LATER
    if purpose == MAINTENANCE and a[row + p.CS_DUE] > 0:
        due = a[c.NOW] + a[row + p.CS_DUE]
    service, team, kind = a[row + p.CS_SERVICE], a[row + p.CS_TEAM], a[row + p.CS_KIND]
    worth = a[row + p.CS_WORTH]
    change(a, f, purpose, number, service, team, kind, effort, worth, -1, -1, due, layer, ordinal, key)


@compiled
def become_overdue(a: Ints, ticket: int) -> None:
    """Maintenance that is not live when it should be is overdue until it is."""
    t = ticket_at(a, ticket)
    if a[a[c.CASE_CLOSED] + ticket] == NEVER:
        a[t + c.T_OVERDUE] = 1
        a[service_at(a, a[a[c.CASE_SERVICE] + ticket]) + p.SRV_OVERDUE] += 1
        begin(a, ticket, OVERDUE_ROW, -1, a[c.NOW])


@compiled
def finding(a: Ints, f: Floats, service: int, day: int, key: int) -> None:
    """An auditor finds what postponed maintenance has left: it has to be mended."""
    row = service_at(a, service)
    effort = 1000 * random_seconds(a, f, row + p.SRV_FINDING_WORK, 1.0, CHANGE_WORK, key, 0)
    team, kind = a[row + p.SRV_FINDING_TEAM], a[row + p.SRV_FINDING_KIND]
    change(a, f, FINDING, service, service, team, kind, effort, -1, -1, -1, LATER, 0, day, key)
