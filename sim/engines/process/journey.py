"""The way of a ticket through the teams, from its first queue to its restoration.

Incidents and requests travel alike. At each team there is a visit: work, perhaps a wait for the user or a
vendor in the middle of it, then either the matter is settled or the ticket is handed on.
"""

from __future__ import annotations

import simpy

from sim.chance import variates
from sim.chance.streams import (
    EMERGENCY,
    ENTRY,
    HAND_OFF,
    MISROUTE,
    PROBLEM,
    REOPEN,
    ROUTE,
    SECOND_TEAM,
    WAITS,
    WORK,
)
from sim.engines.process.tickets import Ticket
from sim.engines.process.world import Process, Returning, World
from sim.history.kinds import Activity, WorkKind
from sim.history.tables import NEVER
from sim.rules import calendars, faults, order, priority, routing, work
from sim.spec.calendars import Calendar
from sim.spec.flows import Category, Flow, IncidentStream, RequestStream, SecondTeam, Stage, Wait


def solve(world: World, ticket: Ticket, spell: int) -> Process:
    """Work on a ticket until its restoration holds, then close it. ``spell`` is its first one."""
    category = world.category(handled(ticket).category)
    team = choose(world, category.entry_teams, category.entry_cumulative, ENTRY, ticket.key, 0)
    while True:
        team = yield from visits(world, ticket, category, team)
        restore(world, ticket, spell)
        if (yield from holds(world, ticket, category)):
            return
        spell = begin_spell(world, ticket)


def visits(world: World, ticket: Ticket, category: Category, team: int) -> Returning[int]:
    """Visit after visit until a team settles the matter; returns that team's number."""
    hops = 0
    while True:
        stage = category.stages[team]
        assert stage is not None, "the model check refuses routes to teams without a stage"
        settled = yield from visit(world, ticket, category, stage, hops)
        if settled:
            return team
        draw = 2 * ticket.visits + 1
        owner = choose(world, stage.next_teams, stage.next_cumulative, ROUTE, ticket.key, draw)
        hops = yield from hand_off(world, ticket, category, team, owner)
        ticket.visits += 1
        team = owner


def choose(
    world: World, teams: tuple[int, ...], cumulative: tuple[float, ...], stream: int, entity: int, draw: int
) -> int:
    """One of several teams by their shares."""
    if len(teams) == 1:
        return teams[0]
    return teams[routing.pick(world.chance(stream, entity, draw), cumulative, 0, len(teams))]


def visit(world: World, ticket: Ticket, category: Category, stage: Stage, hops: int) -> Returning[bool]:
    """One team's turn, after ``hops`` handoffs; returns whether it settled the matter.

    Where a second team is needed, both work at once (swarming) or one after the other: hand over, queue
    again, explain again.
    """
    number = ticket.visits
    settles = world.happens(settling(world, ticket, stage), ROUTE, ticket.key, 2 * number)
    helper = second_team(world, ticket, category, stage) if settles else None

    factor = world.value(category.reopen_work) if ticket.reopens else 1.0
    factor *= workaround_work(world, ticket) * world.teams[stage.team].effort_factor()
    effort = world.effort(stage.work, world.chance(WORK, ticket.key, 2 * number), factor)
    rework = work.lost_context(effort, world.value(category.context_loss), hops)
    kind = kind_of_work(ticket)

    helping: simpy.Event | None = None
    if helper is not None:
        u = world.chance(WORK, ticket.key, 2 * number + 1)
        help_effort = world.effort(helper.work, u, world.teams[helper.team].effort_factor())
        if world.happens(world.value(helper.swarming), SECOND_TEAM, ticket.key, 2 * number + 1):
            helping = world.teams[helper.team].ask(ticket, kind, help_effort)
    asks = 1.0 if settles or stage.onward_asks is None else world.value(stage.onward_asks)
    held = stage.vendor_wait if settles or stage.onward_wait is None else stage.onward_wait
    user_wait = waiting_time(world, ticket, stage.user_wait, 0, asks)
    vendor_wait = waiting_time(world, ticket, held, 1)
    if user_wait or vendor_wait:
        begun = work.first_part(effort)
        yield world.teams[stage.team].ask(ticket, kind, begun, rework)
        yield from wait_for_user(world, ticket, stage.user_wait, user_wait, Activity.WAIT_FOR_USER)
        yield from wait(world, ticket, held, vendor_wait, Activity.WAIT_FOR_VENDOR)
        yield world.teams[stage.team].ask(ticket, kind, effort - begun)
    else:
        yield world.teams[stage.team].ask(ticket, kind, effort, rework)
    if helping is not None:
        yield helping
        ticket.visits += 1
    elif helper is not None:
        hops = yield from hand_off(world, ticket, category, stage.team, helper.team)
        ticket.visits += 1
        rework = work.lost_context(help_effort, world.value(category.context_loss), hops)
        yield world.teams[helper.team].ask(ticket, kind, help_effort, rework)
    return settles


def handled(ticket: Ticket) -> IncidentStream | RequestStream:
    """The stream of a ticket that travels through a category."""
    assert ticket.stream is not None, "planned work has no category"
    return ticket.stream


def settling(world: World, ticket: Ticket, stage: Stage) -> float:
    """Probability that this visit settles the matter; a known workaround helps."""
    resolves = world.value(stage.resolves)
    if ticket.fault is None or not ticket.fault.has_workaround:
        return resolves
    return faults.settles_with_workaround(resolves, world.value(ticket.fault.pool.workaround_resolves))


def workaround_work(world: World, ticket: Ticket) -> float:
    """Factor on the effort of a visit: less where a workaround is known."""
    if ticket.fault is None or not ticket.fault.has_workaround:
        return 1.0
    return world.value(ticket.fault.pool.workaround_work)


def kind_of_work(ticket: Ticket) -> WorkKind:
    """What the ledger calls this visit."""
    if ticket.reopens:
        return WorkKind.REOPENED
    if ticket.flow == Flow.REQUEST:
        return WorkKind.REQUEST
    return WorkKind.INCIDENT if ticket.visits else WorkKind.TRIAGE


# A second team


def second_team(world: World, ticket: Ticket, category: Category, stage: Stage) -> SecondTeam | None:
    """The team that this visit needs besides, if any. The entry team's first look never does."""
    second = category.second
    if second is None or second.team == stage.team or ticket.visits == 0:
        return None
    needed = world.happens(world.value(second.share), SECOND_TEAM, ticket.key, 2 * ticket.visits)
    return second if needed else None


# Handoffs


def hand_off(world: World, ticket: Ticket, category: Category, sender: int, owner: int) -> Returning[int]:
    """Hand the ticket on to its owner, perhaps by way of wrong teams; returns the number of hops.

    The hop to the owner keeps its own luck whether or not the ticket went astray before.
    """
    first = ticket.visits * routing.HOPS_PER_VISIT
    astray = 0
    while astray < routing.MOST_WRONG_HOPS and world.happens(
        stray_share(world, category, sender), MISROUTE, ticket.key, 2 * (first + astray)
    ):
        u = world.chance(MISROUTE, ticket.key, 2 * (first + astray) + 1)
        wrong = routing.wrong_team(u, len(world.teams), sender, owner)
        if wrong < 0:
            break
        astray += 1
        ticket.misroutes += 1
        yield from hop(world, ticket, category, wrong, first + astray)
        u = world.chance(WORK, ticket.key, 2 * (HOP_WORK + first + astray))
        yield world.teams[wrong].ask(ticket, WorkKind.BOUNCE, world.effort(category.bounce_work, u))
        sender = wrong
    yield from hop(world, ticket, category, owner, first)
    return astray + 1


def stray_share(world: World, category: Category, sender: int) -> float:
    """Probability that the next handoff goes astray: who is overloaded looks less closely."""
    return routing.stray_probability(
        world.value(category.misrouting),
        world.value(category.misrouting_pressure),
        world.teams[sender].strain,
    )


HOP_WORK = 1_000_000
"""Draw numbers of bounce work start here, out of the way of the visits' own."""


def hop(world: World, ticket: Ticket, category: Category, team: int, number: int) -> Process:
    """One handoff: time on the way, nobody's work."""
    ticket.handoffs += 1
    delay = world.seconds(category.handoff_delay, world.chance(HAND_OFF, ticket.key, number))
    if delay:
        row = world.record.begin(ticket.row, Activity.HAND_OFF, world.now, team)
        yield world.after(delay, order.HANDED_OFF, ticket.key)
        world.record.complete(row, world.now)


# Waiting for others


def waiting_time(world: World, ticket: Ticket, spec: Wait, which: int, factor: float = 1.0) -> int:
    """Seconds that this visit has to wait for the user (0) or a vendor (1); 0 if it need not.

    ``factor`` is on the share of visits that wait.
    """
    draw = 2 * (2 * ticket.visits + which)
    if not world.happens(factor * world.value(spec.share), WAITS, ticket.key, draw):
        return 0
    return world.seconds(spec.time, world.chance(WAITS, ticket.key, draw + 1))


def wait(world: World, ticket: Ticket, spec: Wait, time: int, activity: Activity) -> Process:
    """Time that is nobody's work: ``time`` seconds on the clock of the wait."""
    if time:
        if spec.calendar is not None:
            edges = world.edges(spec.calendar)
            time = calendars.due_at(world.now, time, edges, 0, len(edges) // 2) - world.now
        row = world.record.begin(ticket.row, activity, world.now)
        yield world.after(time, order.WAIT_OVER, ticket.key)
        world.record.complete(row, world.now)


def wait_for_user(world: World, ticket: Ticket, spec: Wait, time: int, activity: Activity) -> Process:
    """A wait that stops the service-level clock."""
    if time == 0:
        return
    start = world.now
    clock = service_clock(world, ticket)
    edges = world.edges(clock)
    size = len(edges) // 2
    left = calendars.open_seconds(start, ticket.due, edges, 0, size) if start < ticket.due else 0
    yield from wait(world, ticket, spec, time, activity)
    ticket.user_wait += world.now - start
    if start < ticket.due:
        ticket.due = calendars.due_at(world.now, left, edges, 0, size)


def service_clock(world: World, ticket: Ticket) -> Calendar:
    """The calendar on which the ticket's service level runs."""
    if isinstance(ticket.stream, RequestStream):
        return ticket.stream.service_level.calendar
    return world.model.service_levels[ticket.perceived - 1].calendar


def start_service_clock(world: World, ticket: Ticket) -> None:
    """IT knows of the ticket: from now on it is due."""
    ticket.opened = world.now
    level = (
        ticket.stream.service_level
        if isinstance(ticket.stream, RequestStream)
        else world.model.service_levels[ticket.perceived - 1]
    )
    edges = world.edges(level.calendar)
    ticket.due = calendars.due_at(world.now, level.seconds, edges, 0, len(edges) // 2)


# Restored, reopened, closed


def begin_spell(world: World, ticket: Ticket) -> int:
    """The ticket is unresolved (again) from now on; returns the row of the spell."""
    world.census.change(ticket.flow, +1)
    return world.record.begin_spell(
        ticket.row, ticket.service, world.now, ticket.depth, ticket.hits_employees, ticket.hits_customers
    )


def restore(world: World, ticket: Ticket, spell: int) -> None:
    """The service is back for those concerned, or the request is fulfilled."""
    world.record.end_spell(spell, world.now)
    world.record.instant(ticket.row, Activity.RESTORE, world.now, ticket.team)
    world.census.change(ticket.flow, -1)
    ticket.restored = world.now
    if ticket.reopens == 0 and ticket.handoffs == 0 and ticket.visits == 0:
        ticket.first_contact = 1
    world.judgement.take(ticket)
    if ticket.flow == Flow.INCIDENT and ticket.reopens == 0:
        learn_from(world, ticket)


# What follows from an incident


def learn_from(world: World, ticket: Ticket) -> None:
    """After the first restoration: it may be taken as a problem, and an emergency change may follow."""
    fault, management = ticket.fault, world.model.problem_management
    if fault is not None:
        window = management.window if management else 0
        fault.repeats = faults.repeats_in_row(fault.repeats, fault.last, world.now, window)
        fault.last = world.now
        if management is not None and fault.is_alive and not fault.has_problem:
            share = faults.share_noticed(
                fault.repeats,
                management.repeats,
                ticket.priority,
                world.value(management.maturity),
                world.value(management.majors),
            )
            if world.happens(share, PROBLEM, ticket.key):
                fault.has_problem = True
                world.sequels.problem(world, fault)
    enablement = world.model.change_enablement
    if enablement is not None and ticket.priority == priority.HIGHEST:
        if world.happens(world.value(enablement.emergency_share), EMERGENCY, ticket.key):
            world.sequels.emergency(world, ticket)


def holds(world: World, ticket: Ticket, category: Category) -> Returning[bool]:
    """After the restoration: the ticket closes in time (returns True), or it has to be reopened."""
    draw = 2 * ticket.reopens
    if not world.happens(world.value(category.reopen_share), REOPEN, ticket.key, draw):
        yield from close(world, ticket, category.close_delay)
        return True
    when = variates.seconds(world.chance(REOPEN, ticket.key, draw + 1) * category.close_delay)
    yield world.after(when, order.REOPENED, ticket.key)
    ticket.reopens += 1
    ticket.visits += 1
    ticket.first_contact = 0
    ticket.restored = NEVER
    world.record.instant(ticket.row, Activity.REOPEN, world.now)
    return False


def close(world: World, ticket: Ticket, delay: int) -> Process:
    """Nobody objects for a while, then the ticket is closed for good."""
    yield world.after(delay, order.CLOSED, ticket.key)
    ticket.closed = world.now
    world.record.instant(ticket.row, Activity.CLOSE, world.now)
