"""The way of a ticket, section for section as in ``sim.engines.process.journey``.

Where a process waits, the ticket remembers in T_PHASE what it waits for, and ``life.resume`` goes on there.
"""

from __future__ import annotations

from sim.chance.keyed import uniform
from sim.chance.streams import HAND_OFF, MISROUTE, SECOND_TEAM
from sim.engines.compiled import layout as c
from sim.engines.compiled import plans as p
from sim.engines.compiled.clocks import answered_after, stop_clock
from sim.engines.compiled.ending import begin_spell, settle
from sim.engines.compiled.events import begin, schedule
from sim.engines.compiled.luck import choose, happens, random_seconds, ticket_meets, ticket_seconds
from sim.engines.compiled.memory import (
    Floats,
    Ints,
    category_at,
    fault_at,
    people_at,
    pool_at,
    stage_at,
    ticket_at,
    value,
)
from sim.engines.compiled.purposes import AT_ENTRY, AT_ROUTE, AT_WAITS, AT_WORK
from sim.engines.compiled.staffing import effort_factor
from sim.engines.compiled.teams import ask
from sim.history.kinds import Activity, WorkKind
from sim.history.tables import NEVER
from sim.kernel import compiled, in_place
from sim.rules import order
from sim.rules.faults import settles_with_workaround
from sim.rules.routing import HOPS_PER_VISIT, MOST_WRONG_HOPS, stray_probability, wrong_team
from sim.rules.work import first_part, lost_context
from sim.spec.flows import Flow

HOP_WORK = 1_000_000
INCIDENT = int(Flow.INCIDENT)
REQUEST = int(Flow.REQUEST)
HAND_OFF_ROW = int(Activity.HAND_OFF)
USER_ROW = int(Activity.WAIT_FOR_USER)
VENDOR_ROW = int(Activity.WAIT_FOR_VENDOR)
REOPEN_ROW = int(Activity.REOPEN)
TRIAGE_WORK = int(WorkKind.TRIAGE)
INCIDENT_WORK = int(WorkKind.INCIDENT)
BOUNCE_WORK = int(WorkKind.BOUNCE)
REOPENED_WORK = int(WorkKind.REOPENED)
REQUEST_WORK = int(WorkKind.REQUEST)


@in_place
@compiled
def solve(a: Ints, f: Floats, ticket: int) -> None:
    """Send a ticket on its way to its first team."""
    t = ticket_at(a, ticket)
    entry = category_at(a, a[t + c.T_CATEGORY]) + c.CAT_ENTRY
    a[t + c.T_STAGE_TEAM] = choose(a, f, entry, ticket, AT_ENTRY, 0)
    visit(a, f, ticket, 0)


@compiled
def settling(a: Ints, f: Floats, ticket: int, resolves: float) -> float:
    """Probability that this visit settles the matter; a known workaround helps."""
    fault = a[a[c.CASE_FAULT] + ticket]
    if fault < 0 or a[fault_at(a, fault) + p.F_WORKAROUND] == 0:
        return resolves
    pool = pool_at(a, a[fault_at(a, fault) + p.F_POOL])
    return settles_with_workaround(resolves, value(a, f, a[pool + p.POOL_WORKAROUND_RESOLVES]))


@compiled
def workaround_work(a: Ints, f: Floats, ticket: int) -> float:
    """Factor on the effort of a visit: less where a workaround is known."""
    fault = a[a[c.CASE_FAULT] + ticket]
    if fault < 0 or a[fault_at(a, fault) + p.F_WORKAROUND] == 0:
        return 1.0
    pool = pool_at(a, a[fault_at(a, fault) + p.F_POOL])
    return value(a, f, a[pool + p.POOL_WORKAROUND_WORK])


@compiled
def kind_of_work(a: Ints, ticket: int) -> int:
    """What the ledger calls this visit."""
    t = ticket_at(a, ticket)
    if a[a[c.CASE_REOPENS] + ticket] > 0:
        return REOPENED_WORK
    if a[a[c.CASE_FLOW] + ticket] == REQUEST:
        return REQUEST_WORK
    return INCIDENT_WORK if a[t + c.T_VISITS] > 0 else TRIAGE_WORK


@compiled
def random_effort(a: Ints, f: Floats, variate: int, factor: float, ticket: int, draw: int) -> int:
    """A random effort in thousandths of a second of a normal agent."""
    return 1000 * ticket_seconds(a, f, variate, factor, ticket, AT_WORK, draw)


@in_place
@compiled
def visit(a: Ints, f: Floats, ticket: int, hops: int) -> None:
    """One team's turn begins, after ``hops`` handoffs."""
    t = ticket_at(a, ticket)
    key = a[a[c.CASE_KEY] + ticket]
    number = a[t + c.T_VISITS]
    team = a[t + c.T_STAGE_TEAM]
    category = category_at(a, a[t + c.T_CATEGORY])
    stage = stage_at(a, a[t + c.T_CATEGORY], team)
    resolves = settling(a, f, ticket, value(a, f, a[stage + c.STAGE_RESOLVES]))
    settles = ticket_meets(a, resolves, ticket, AT_ROUTE, 2 * number)
    a[t + c.T_SETTLES] = 1 if settles else 0
    a[t + c.T_HELPER] = -1
    a[t + c.T_HELP_DONE] = 0
    if settles:
        a[t + c.T_HELPER] = second_team(a, f, ticket, team)

    factor = value(a, f, a[category + c.CAT_REOPEN_WORK]) if a[a[c.CASE_REOPENS] + ticket] > 0 else 1.0
    factor *= workaround_work(a, f, ticket) * effort_factor(a, f, team)
    effort = random_effort(a, f, stage + c.STAGE_WORK, factor, ticket, 2 * number)
    rework = lost_context(effort, value(a, f, a[category + c.CAT_CONTEXT]), hops)
    kind = kind_of_work(a, ticket)
    a[t + c.T_WORK_KIND] = kind

    if a[t + c.T_HELPER] >= 0:
        factor = effort_factor(a, f, a[t + c.T_HELPER])
        help_effort = random_effort(a, f, category + c.CAT_SECOND_WORK, factor, ticket, 2 * number + 1)
        a[t + c.T_HELP_EFFORT] = help_effort
        swarming = value(a, f, a[category + c.CAT_SWARMING])
        if happens(a, swarming, SECOND_TEAM, key, 2 * number + 1):
            helper = a[t + c.T_HELPER]
            a[t + c.T_HELPER] = SWARMING
            ask(a, f, helper, 2 * ticket + 1, kind, help_effort, 0)
    user_wait = vendor_wait = 0
    if a[stage + c.STAGE_WAITS] == 1:
        differs = not settles and a[stage + c.STAGE_ONWARD_ASKS] >= 0
        asks = value(a, f, a[stage + c.STAGE_ONWARD_ASKS]) if differs else 1.0
        held = c.STAGE_VENDOR_WAIT if settles else c.STAGE_ONWARD_WAIT
        user_wait = waiting_time(a, f, ticket, stage + c.STAGE_USER_WAIT, 0, asks)
        vendor_wait = waiting_time(a, f, ticket, stage + held, 1, 1.0)
    if user_wait > 0 or vendor_wait > 0:
        begun = first_part(effort)
        a[t + c.T_EFFORT_LEFT] = effort - begun
        a[t + c.T_WAIT_START] = user_wait
        a[t + c.T_VENDOR_WAIT] = vendor_wait
        a[t + c.T_PHASE] = c.WORKING_FIRST_PART
        ask(a, f, team, 2 * ticket, kind, begun, rework)
    else:
        a[t + c.T_PHASE] = c.WORKING
        ask(a, f, team, 2 * ticket, kind, effort, rework)


SWARMING = 1_000_000_000
"""Stands in T_HELPER once the second team has been asked at the same time."""


@compiled
def after_first_part(a: Ints, f: Floats, ticket: int) -> None:
    """It turns out that the user or a vendor has to answer."""
    t = ticket_at(a, ticket)
    user_wait = a[t + c.T_WAIT_START]
    if user_wait > 0:
        stop_clock(a, ticket)
        a[t + c.T_ROW] = begin(a, ticket, USER_ROW, -1, NEVER)
        a[t + c.T_PHASE] = c.WAITING_FOR_USER
        wait = stage_at(a, a[t + c.T_CATEGORY], a[t + c.T_STAGE_TEAM]) + c.STAGE_USER_WAIT
        time = answered_after(a, wait, user_wait)
        schedule(a, time, order.WAIT_OVER, a[a[c.CASE_KEY] + ticket], ticket)
    else:
        wait_for_vendor(a, f, ticket)


@compiled
def wait_for_vendor(a: Ints, f: Floats, ticket: int) -> None:
    """Then the vendor, if any."""
    t = ticket_at(a, ticket)
    if a[t + c.T_VENDOR_WAIT] > 0:
        a[t + c.T_ROW] = begin(a, ticket, VENDOR_ROW, -1, NEVER)
        a[t + c.T_PHASE] = c.WAITING_FOR_VENDOR
        held = c.STAGE_VENDOR_WAIT if a[t + c.T_SETTLES] else c.STAGE_ONWARD_WAIT
        wait = stage_at(a, a[t + c.T_CATEGORY], a[t + c.T_STAGE_TEAM]) + held
        time = answered_after(a, wait, a[t + c.T_VENDOR_WAIT])
        schedule(a, time, order.WAIT_OVER, a[a[c.CASE_KEY] + ticket], ticket)
    else:
        second_part(a, f, ticket)


@compiled
def second_part(a: Ints, f: Floats, ticket: int) -> None:
    """The rest of the visit's work, in the queue again."""
    t = ticket_at(a, ticket)
    a[t + c.T_PHASE] = c.WORKING
    kind = a[t + c.T_WORK_KIND]
    ask(a, f, a[t + c.T_STAGE_TEAM], 2 * ticket, kind, a[t + c.T_EFFORT_LEFT], 0)


@compiled
def after_work(a: Ints, f: Floats, ticket: int) -> None:
    """The visit's own work is done: a second team, or the end, or the next team."""
    t = ticket_at(a, ticket)
    if a[t + c.T_HELPER] == SWARMING:
        if a[t + c.T_HELP_DONE] == 1:
            helped(a, f, ticket)
        else:
            a[t + c.T_PHASE] = c.WAITING_FOR_HELP
    elif a[t + c.T_HELPER] >= 0:
        start_hand_off(a, f, ticket, a[t + c.T_HELPER], 1)
    elif a[t + c.T_SETTLES] == 1:
        settle(a, f, ticket)
    else:
        stage = stage_at(a, a[t + c.T_CATEGORY], a[t + c.T_STAGE_TEAM])
        draw = 2 * a[t + c.T_VISITS] + 1
        owner = choose(a, f, stage + c.STAGE_NEXT, ticket, AT_ROUTE, draw)
        start_hand_off(a, f, ticket, owner, 0)


# A second team


@compiled
def helped(a: Ints, f: Floats, ticket: int) -> None:
    """Both teams are done: the second one's part counts as a visit, as it does in turn."""
    a[ticket_at(a, ticket) + c.T_VISITS] += 1
    settle(a, f, ticket)


@compiled
def second_team(a: Ints, f: Floats, ticket: int, team: int) -> int:
    """The team that this visit needs besides, or -1. The entry team's first look never does."""
    t = ticket_at(a, ticket)
    category = category_at(a, a[t + c.T_CATEGORY])
    second = a[category + c.CAT_SECOND_TEAM]
    if second < 0 or second == team or a[t + c.T_VISITS] == 0:
        return -1
    share = value(a, f, a[category + c.CAT_SECOND_SHARE])
    return second if happens(a, share, SECOND_TEAM, a[a[c.CASE_KEY] + ticket], 2 * a[t + c.T_VISITS]) else -1


# Handoffs


@compiled
def start_hand_off(a: Ints, f: Floats, ticket: int, owner: int, to_helper: int) -> None:
    """Hand the ticket on to its owner, perhaps by way of wrong teams."""
    t = ticket_at(a, ticket)
    a[t + c.T_SENDER] = a[t + c.T_STAGE_TEAM]
    a[t + c.T_OWNER] = owner
    a[t + c.T_ASTRAY] = 0
    a[t + c.T_TO_HELPER] = to_helper
    next_hop(a, f, ticket)


@compiled
def next_hop(a: Ints, f: Floats, ticket: int) -> None:
    """To a wrong team, or at last to the owner."""
    t = ticket_at(a, ticket)
    first = a[t + c.T_VISITS] * HOPS_PER_VISIT
    astray = a[t + c.T_ASTRAY]
    category = category_at(a, a[t + c.T_CATEGORY])
    share = stray_probability(
        value(a, f, a[category + c.CAT_MISROUTING]),
        value(a, f, a[category + c.CAT_MISROUTING_PRESSURE]),
        f[people_at(a, a[t + c.T_SENDER]) + p.PP_STRAIN],
    )
    draw = 2 * (first + astray)
    if astray < MOST_WRONG_HOPS and happens(a, share, MISROUTE, a[a[c.CASE_KEY] + ticket], draw):
        u = uniform(a[c.SEED], a[c.REPLICATION], MISROUTE, a[a[c.CASE_KEY] + ticket], draw + 1)
        wrong = wrong_team(u, a[c.TEAM_COUNT], a[t + c.T_SENDER], a[t + c.T_OWNER])
        if wrong >= 0:
            a[t + c.T_ASTRAY] = astray + 1
            a[a[c.CASE_MISROUTES] + ticket] += 1
            a[t + c.T_SENDER] = wrong
            if hop(a, f, ticket, wrong, first + astray + 1, c.ON_THE_WRONG_WAY):
                bounce(a, f, ticket)
            return
    if hop(a, f, ticket, a[t + c.T_OWNER], first, c.ON_THE_WAY):
        arrive(a, f, ticket)


@compiled
def hop(a: Ints, f: Floats, ticket: int, team: int, number: int, phase: int) -> bool:
    """One handoff: time on the way, nobody's work. True if it takes no time."""
    t = ticket_at(a, ticket)
    a[a[c.CASE_HANDOFFS] + ticket] += 1
    category = category_at(a, a[t + c.T_CATEGORY])
    delay = random_seconds(a, f, category + c.CAT_HANDOFF, 1.0, HAND_OFF, a[a[c.CASE_KEY] + ticket], number)
    if delay == 0:
        return True
    a[t + c.T_ROW] = begin(a, ticket, HAND_OFF_ROW, team, NEVER)
    a[t + c.T_PHASE] = phase
    schedule(a, delay, order.HANDED_OFF, a[a[c.CASE_KEY] + ticket], ticket)
    return False


@compiled
def bounce(a: Ints, f: Floats, ticket: int) -> None:
    """The wrong team looks in vain."""
    t = ticket_at(a, ticket)
    category = category_at(a, a[t + c.T_CATEGORY])
    number = a[t + c.T_VISITS] * HOPS_PER_VISIT + a[t + c.T_ASTRAY]
    draw = 2 * (HOP_WORK + number)
    effort = random_effort(a, f, category + c.CAT_BOUNCE, 1.0, ticket, draw)
    a[t + c.T_PHASE] = c.BOUNCING
    ask(a, f, a[t + c.T_SENDER], 2 * ticket, BOUNCE_WORK, effort, 0)


@compiled
def arrive(a: Ints, f: Floats, ticket: int) -> None:
    """The ticket has reached its owner: the next team, or the second team in turn."""
    t = ticket_at(a, ticket)
    hops = a[t + c.T_ASTRAY] + 1
    a[t + c.T_VISITS] += 1
    if a[t + c.T_TO_HELPER] == 0:
        a[t + c.T_STAGE_TEAM] = a[t + c.T_OWNER]
        visit(a, f, ticket, hops)
        return
    effort = a[t + c.T_HELP_EFFORT]
    rework = lost_context(effort, value(a, f, a[category_at(a, a[t + c.T_CATEGORY]) + c.CAT_CONTEXT]), hops)
    a[t + c.T_PHASE] = c.HELPED_IN_TURN
    kind = a[t + c.T_WORK_KIND]
    ask(a, f, a[t + c.T_OWNER], 2 * ticket, kind, effort, rework)


@compiled
def waiting_time(a: Ints, f: Floats, ticket: int, wait: int, which: int, factor: float) -> int:
    """Seconds that this visit has to wait for the user (0) or a vendor (1); 0 if it need not.

    ``factor`` is on the share of visits that wait.
    """
    t = ticket_at(a, ticket)
    draw = 2 * (2 * a[t + c.T_VISITS] + which)
    if not ticket_meets(a, factor * value(a, f, a[wait]), ticket, AT_WAITS, draw):
        return 0
    return ticket_seconds(a, f, wait + c.WAIT_TIME, 1.0, ticket, AT_WAITS, draw + 1)


@compiled
def reopen(a: Ints, f: Floats, ticket: int) -> None:
    """It did not hold: back to the team that settled it."""
    t = ticket_at(a, ticket)
    a[a[c.CASE_REOPENS] + ticket] += 1
    a[t + c.T_VISITS] += 1
    a[a[c.CASE_FIRST_CONTACT] + ticket] = 0
    a[a[c.CASE_RESTORED] + ticket] = NEVER
    begin(a, ticket, REOPEN_ROW, -1, a[c.NOW])
    begin_spell(a, ticket)
    visit(a, f, ticket, 0)
