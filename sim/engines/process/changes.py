"""The life of a change: assessed, approved, built and tested, deployed in a window; it may fail."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import simpy

from sim.chance import keyed
from sim.chance.streams import CHANGE, CHANGE_WORK, FAILURE, KIN_CHANGE, KIN_FAILURE, KIN_FAULT
from sim.engines.process.defects import bear
from sim.engines.process.faults import Fault
from sim.engines.process.incidents import breakage
from sim.engines.process.journey import begin_spell
from sim.engines.process.tickets import LATER, Ticket, planned
from sim.engines.process.world import Process, World
from sim.history.kinds import Activity, Birth, WorkKind
from sim.history.tables import NEVER
from sim.rules import calendars, changes, order
from sim.spec.changes import ChangeEnablement, ChangeKind, ChangeType, Purpose, Upkeep
from sim.spec.flows import Cause, Flow
from sim.spec.parameters import Param

URGENT_CHANGE = 2
"""Priority of emergency changes and rollbacks: operational work, but nobody is interrupted for it."""

DRAWS_PER_ATTEMPT = 4
MOST_ATTEMPTS = 20
"""After so many failed deployments a change is taken live as it is."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a change is to do: its purpose, where, by whom, how, and the effort to build and test it."""

    purpose: Purpose
    stream_number: int
    service: int
    team: int
    kind: int
    effort: int
    worth: Param | None
    origin: int = -1
    fault: Fault | None = None
    due: int = LATER
    done: simpy.Event | None = None
    """Rings when the change is live."""


def change(world: World, wanted: Order, layer: int, ordinal: int, key: int) -> Process:
    """One change, from the moment at which it is raised."""
    ticket = planned(len(world.tickets), key, Flow.CHANGE, wanted.stream_number, wanted.service, world.now)
    kind = world.model.change_kinds[wanted.kind]
    ticket.layer, ticket.ordinal, ticket.change_kind = layer, ordinal, wanted.kind
    ticket.cause, ticket.origin, ticket.fault = Cause.PURPOSE + wanted.purpose, wanted.origin, wanted.fault
    ticket.worth, ticket.due, ticket.opened = wanted.worth, wanted.due, world.now
    if kind.type == ChangeType.EMERGENCY:
        ticket.perceived = URGENT_CHANGE
    world.tickets.append(ticket)
    world.record.instant(ticket.row, Activity.RAISE, world.now)
    if wanted.purpose == Purpose.MAINTENANCE and wanted.due != LATER:
        world.call(wanted.due - world.now, order.OVERDUE, key, partial(become_overdue, world, ticket))
    spell = begin_spell(world, ticket)

    yield from enable(world, ticket, wanted, kind)
    yield from deliver(world, ticket, wanted, kind)
    world.record.end_spell(spell, world.now)
    world.record.instant(ticket.row, Activity.GO_LIVE, world.now, wanted.team)
    world.census.change(Flow.CHANGE, -1)
    ticket.restored = ticket.closed = world.now
    if ticket.is_overdue:
        world.overdue[ticket.service] -= 1
    if wanted.done is not None:
        wanted.done.succeed()


def enablement_of(world: World) -> ChangeEnablement:
    """How this organisation enables changes."""
    found = world.model.change_enablement
    assert found is not None, "the model check refuses changes without it"
    return found


def upkeep_of(world: World, service: int) -> Upkeep:
    """What changes meet on a service."""
    found = world.model.services[service].upkeep
    assert found is not None, "the model check refuses changes of a service without it"
    return found


def kind_of_work(wanted: Order, kind: ChangeKind) -> WorkKind:
    """What the ledger calls it: whatever is done in an emergency is firefighting."""
    if kind.type == ChangeType.EMERGENCY:
        return WorkKind.EMERGENCY
    return KINDS_OF_WORK[wanted.purpose]


KINDS_OF_WORK = {
    Purpose.ROUTINE: WorkKind.CHANGE,
    Purpose.MAINTENANCE: WorkKind.MAINTENANCE,
    Purpose.FIX: WorkKind.CHANGE,
    Purpose.INITIATIVE: WorkKind.INITIATIVE,
    Purpose.EMERGENCY: WorkKind.EMERGENCY,
    Purpose.FINDING: WorkKind.MAINTENANCE,
}


# Assessment and approval


def enable(world: World, ticket: Ticket, wanted: Order, kind: ChangeKind) -> Process:
    """An emergency goes ahead; all others are assessed, and normal ones wait for the board."""
    if kind.type == ChangeType.EMERGENCY:
        return
    enablement, team = enablement_of(world), world.teams[wanted.team]
    if kind.type == ChangeType.NORMAL:
        skips = changes.bypass_probability(
            world.value(enablement.bypass), world.value(enablement.bypass_pressure), team.strain
        )
        ticket.unauthorised = int(world.happens(skips, CHANGE, ticket.key, 0))
        if ticket.unauthorised:
            return
    thorough = changes.thoroughness(world.value(enablement.rigour), world.value(enablement.rigour_work))
    effort = world.effort(kind.assess, world.chance(CHANGE_WORK, ticket.key, 1))
    yield team.ask(ticket, kind_of_work(wanted, kind), int(effort * thorough))
    if kind.type == ChangeType.NORMAL:
        row = world.record.begin(ticket.row, Activity.AWAIT_APPROVAL, world.now)
        yield world.board.approval()
        world.record.complete(row, world.now)


# Build, deploy, and what can go wrong


def deliver(world: World, ticket: Ticket, wanted: Order, kind: ChangeKind) -> Process:
    """Build, test and deploy, until it works or what does not work is left as it is."""
    team, factor = world.teams[wanted.team], 1.0
    enablement = enablement_of(world)
    while True:
        effort = int(wanted.effort * (factor * team.effort_factor()))
        yield team.ask(ticket, kind_of_work(wanted, kind), effort)
        if kind.type != ChangeType.EMERGENCY:
            yield from wait_for_window(world, ticket)
        world.in_flight[wanted.service] += 1
        draw = 2 + DRAWS_PER_ATTEMPT * ticket.failures
        effort = world.effort(kind.deploy, world.chance(CHANGE_WORK, ticket.key, draw))
        yield team.ask(ticket, kind_of_work(wanted, kind), effort)
        world.in_flight[wanted.service] -= 1
        share = failure_share(world, ticket, wanted, kind)
        if not world.happens(share, FAILURE, ticket.key, 2 * ticket.failures):
            return
        back = fail(world, ticket, wanted)
        if not back:
            return
        perceived, ticket.perceived = ticket.perceived, URGENT_CHANGE
        u = world.chance(CHANGE_WORK, ticket.key, draw + 1)
        yield team.ask(ticket, WorkKind.ROLLBACK, world.effort(enablement.rollback_work, u))
        ticket.perceived = perceived
        factor = world.value(enablement.rebuild)


def wait_for_window(world: World, ticket: Ticket) -> Process:
    """Deployment waits until a window is open; after the last one of the run it waits for ever."""
    edges = world.edges(upkeep_of(world, ticket.service).windows)
    row = calendars.next_interval(world.now, edges, 0, len(edges) // 2)
    opens = edges[2 * row] if 2 * row < len(edges) else world.model.horizon + 1
    if opens > world.now:
        waiting = world.record.begin(ticket.row, Activity.AWAIT_WINDOW, world.now)
        yield world.after(opens - world.now, order.WINDOW_OPENS, ticket.key)
        world.record.complete(waiting, world.now)


def failure_share(world: World, ticket: Ticket, wanted: Order, kind: ChangeKind) -> float:
    """Probability that the deployment that has just ended fails."""
    it, value, team = enablement_of(world), world.value, world.teams[wanted.team]
    emergency = kind.type == ChangeType.EMERGENCY
    rigour = 0.0 if emergency or ticket.unauthorised else value(it.rigour) * value(it.rigour_effect)
    return changes.failure_probability(
        value(kind.risk),
        changes.change_size(wanted.effort, it.reference),
        value(it.size_effect),
        value(it.test_automation),
        rigour,
        world.in_flight[wanted.service],
        value(it.collision_effect),
        team.strain,
        value(it.haste_effect),
        team.knowledge,
        value(it.knowledge_effect),
        value(it.bypass_effect) if ticket.unauthorised else 0.0,
    )


def fail(world: World, ticket: Ticket, wanted: Order) -> bool:
    """A deployment has failed: something breaks at once. Returns whether it is undone; else a fault stays."""
    enablement, upkeep = enablement_of(world), upkeep_of(world, wanted.service)
    attempt = ticket.failures
    ticket.failures += 1
    world.record.instant(ticket.row, Activity.FAIL, world.now, wanted.team)
    if upkeep.failures >= 0:
        key = keyed.child(ticket.key, KIN_FAILURE, attempt)
        world.start(0, order.BROKEN, key, breakage(world, upkeep.failures, ticket.row, attempt, key))
    back = world.happens(world.value(enablement.rolled_back), FAILURE, ticket.key, 2 * attempt + 1)
    if back and ticket.failures < MOST_ATTEMPTS:
        return True
    if upkeep.pool >= 0:
        bear(
            world, upkeep.pool, Birth.CHANGE, attempt, ticket.row, keyed.child(ticket.key, KIN_FAULT, attempt)
        )
    return False


# Where changes come from


def change_of_stream(world: World, number: int, layer: int, ordinal: int, key: int) -> Process:
    """A routine change or a piece of maintenance, as it comes by itself."""
    stream = world.model.changes[number]
    effort = world.effort(stream.work, world.chance(CHANGE_WORK, key, 0))
    due = world.now + stream.due if stream.purpose == Purpose.MAINTENANCE and stream.due > 0 else LATER
    wanted = Order(
        stream.purpose, number, stream.service, stream.team, stream.kind, effort, stream.worth, due=due
    )
    yield from change(world, wanted, layer, ordinal, key)


def become_overdue(world: World, ticket: Ticket) -> None:
    """Maintenance that is not live when it should be is overdue until it is."""
    if ticket.closed == NEVER:
        ticket.is_overdue = True
        world.overdue[ticket.service] += 1
        world.record.instant(ticket.row, Activity.BECOME_OVERDUE, world.now)


def finding(world: World, service: int, day: int, key: int) -> Process:
    """An auditor finds what postponed maintenance has left: it has to be mended."""
    upkeep = upkeep_of(world, service)
    effort = world.effort(upkeep.finding_work, world.chance(CHANGE_WORK, key, 0))
    wanted = Order(Purpose.FINDING, service, service, upkeep.finding_team, upkeep.finding_kind, effort, None)
    yield from change(world, wanted, 0, day, key)


def raise_emergency(world: World, incident: Ticket) -> None:
    """What restored the service for now is made to last, at once and with little care."""
    if world.model.services[incident.service].upkeep is None:
        return
    enablement, key = enablement_of(world), keyed.child(incident.key, KIN_CHANGE, 0)
    effort = world.effort(enablement.emergency_work, world.chance(CHANGE_WORK, key, 0))
    wanted = Order(
        Purpose.EMERGENCY,
        incident.stream_number,
        incident.service,
        incident.team,
        enablement.emergency,
        effort,
        incident.worth,
        incident.row,
    )
    world.start(0, order.RAISED, key, change(world, wanted, 0, 0, key))
