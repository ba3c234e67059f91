"""The life of an incident: it occurs, is noticed, judged, worked on, restored, and closed."""

from __future__ import annotations

from sim.chance.streams import DETECTION, IMPACT, PRIORITY
from sim.engines.process.faults import Fault
from sim.engines.process.journey import begin_spell, solve, start_service_clock
from sim.engines.process.tickets import Ticket
from sim.engines.process.world import Process, World
from sim.history.kinds import Activity
from sim.rules import order, priority, routing
from sim.spec.flows import Cause, Flow, IncidentStream


def incident(world: World, stream_number: int, layer: int, ordinal: int, key: int) -> Process:
    """One incident of the background: nobody's fault."""
    ticket = occur(world, stream_number, key, Cause.BACKGROUND)
    ticket.layer, ticket.ordinal = layer, ordinal
    yield from live(world, ticket)


def strike(world: World, fault: Fault, ordinal: int, key: int) -> Process:
    """One incident that a fault causes."""
    ticket = occur(world, fault.pool.stream, key, Cause.FAULT)
    ticket.fault, ticket.ordinal = fault, ordinal
    yield from live(world, ticket)


def breakage(world: World, stream_number: int, origin: int, attempt: int, key: int) -> Process:
    """One incident that a failed change causes."""
    ticket = occur(world, stream_number, key, Cause.FAILED_CHANGE)
    ticket.origin, ticket.ordinal = origin, attempt
    yield from live(world, ticket)


def overload(world: World, stream_number: int, day: int, depth: int, key: int) -> Process:
    """One incident that load above the peak capacity causes: it hits everybody, as deep as the overload."""
    ticket = occur(world, stream_number, key, Cause.OVERLOAD)
    ticket.ordinal, ticket.depth = day, depth
    yield from live(world, ticket)


def live(world: World, ticket: Ticket) -> Process:
    """From the moment at which an incident occurs."""
    world.record.instant(ticket.row, Activity.OCCUR, world.now)
    spell = begin_spell(world, ticket)
    yield from be_noticed(world, ticket)
    judge(world, ticket)
    start_service_clock(world, ticket)
    yield from solve(world, ticket, spell)


def occur(world: World, stream_number: int, key: int, cause: Cause) -> Ticket:
    """Something breaks: how wide and how deep is a matter of chance."""
    stream = world.model.incidents[stream_number]
    u = world.chance(IMPACT, key)
    impact_number = routing.pick(u, stream.impact_cumulative, 0, len(stream.impacts))
    impact = stream.impacts[impact_number]
    ticket = Ticket(
        row=len(world.tickets),
        key=key,
        flow=Flow.INCIDENT,
        stream_number=stream_number,
        service=stream.service,
        priority=impact.priority,
        perceived=impact.priority,
        occurred=world.now,
        stream=stream,
        impact_number=impact_number,
        depth=impact.scope * impact.severity // 1_000_000,
        hits_employees=int(impact.hits_employees),
        hits_customers=int(impact.hits_customers),
        worth=world.model.services[stream.service].believed_weight,
        cause=cause,
    )
    world.tickets.append(ticket)
    return ticket


def be_noticed(world: World, ticket: Ticket) -> Process:
    """Monitoring finds it, or else a user reports it."""
    stream = ticket.stream
    assert isinstance(stream, IncidentStream)
    monitored = world.happens(world.value(stream.monitored), DETECTION, ticket.key, 0)
    notice = stream.monitoring_delay if monitored else stream.report_delay
    delay = world.seconds(notice, world.chance(DETECTION, ticket.key, 1))
    row = world.record.begin(ticket.row, Activity.DETECT, world.now)
    if delay:
        yield world.after(delay, order.DETECTED, ticket.key)
    world.record.complete(row, world.now)


def judge(world: World, ticket: Ticket) -> None:
    """The desk gives the ticket the priority that it believes to be right."""
    stream = ticket.stream
    assert isinstance(stream, IncidentStream)
    service = world.model.services[stream.service]
    error = world.value(stream.priority_error)
    value, believed = world.value(service.value_weight), world.value(service.believed_weight)
    if error > 0.0 or value != believed:
        u_error, u_belief = world.two_chances(PRIORITY, ticket.key)
        ticket.perceived = priority.perceived_priority(
            ticket.priority, error, value, believed, u_error, u_belief
        )
