"""The life of a service request: automated where it can be, else approved, fulfilled and closed."""

from __future__ import annotations

from sim.chance.streams import APPROVAL, AUTOMATION
from sim.engines.process.journey import (
    begin_spell,
    close,
    handled,
    restore,
    solve,
    start_service_clock,
    wait_for_user,
)
from sim.engines.process.tickets import Ticket
from sim.engines.process.world import Process, World
from sim.history.kinds import Activity
from sim.rules import order
from sim.spec.flows import Flow, RequestStream

FULFILLED = 1
FAILED = 2


def request(world: World, stream_number: int, layer: int, ordinal: int, key: int) -> Process:
    """One request, from the moment at which it is made."""
    ticket = submit(world, stream_number, layer, ordinal, key)
    spell = begin_spell(world, ticket)
    start_service_clock(world, ticket)
    yield from try_automation(world, ticket)
    if ticket.automated == FULFILLED:
        restore(world, ticket, spell)
        ticket.first_contact = 0
        yield from close(world, ticket, world.category(handled(ticket).category).close_delay)
        return
    yield from wait_for_approval(world, ticket)
    yield from solve(world, ticket, spell)


def submit(world: World, stream_number: int, layer: int, ordinal: int, key: int) -> Ticket:
    """Somebody asks for something."""
    stream = world.model.requests[stream_number]
    ticket = Ticket(
        row=len(world.tickets),
        key=key,
        flow=Flow.REQUEST,
        stream_number=stream_number,
        service=stream.service,
        priority=stream.priority,
        perceived=stream.priority,
        occurred=world.now,
        layer=layer,
        ordinal=ordinal,
        stream=stream,
        hits_employees=1,
        worth=stream.value_weight,
    )
    world.tickets.append(ticket)
    world.record.instant(ticket.row, Activity.SUBMIT, world.now)
    return ticket


def try_automation(world: World, ticket: Ticket) -> Process:
    """A share runs through automation and costs no agent time; some of it comes back."""
    stream = ticket.stream
    assert isinstance(stream, RequestStream)
    if not world.happens(world.value(stream.automation), AUTOMATION, ticket.key, 0):
        return
    fails = world.happens(world.value(stream.automation_failures), AUTOMATION, ticket.key, 1)
    row = world.record.begin(ticket.row, Activity.AUTOMATE, world.now)
    time = world.seconds(stream.automated_time, world.chance(AUTOMATION, ticket.key, 2))
    if time:
        yield world.after(time, order.AUTOMATED, ticket.key)
    world.record.complete(row, world.now)
    ticket.automated = FAILED if fails else FULFILLED


def wait_for_approval(world: World, ticket: Ticket) -> Process:
    """Some requests wait for somebody's consent before anybody may work on them."""
    stream = ticket.stream
    assert isinstance(stream, RequestStream)
    if world.happens(world.value(stream.approval.share), APPROVAL, ticket.key, 0):
        time = world.seconds(stream.approval.time, world.chance(APPROVAL, ticket.key, 1))
        yield from wait_for_user(world, ticket, stream.approval, time, Activity.APPROVE)
