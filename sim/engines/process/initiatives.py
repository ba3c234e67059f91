"""The life of an initiative: it is split into changes, and it is worth something once the last is live."""

from __future__ import annotations

from sim.chance import keyed, variates
from sim.chance.streams import KIN_CHANGE
from sim.engines.process.changes import Order, change, enablement_of
from sim.engines.process.journey import begin_spell
from sim.engines.process.tickets import planned
from sim.engines.process.world import Process, World
from sim.history.kinds import Activity
from sim.rules import changes, order
from sim.spec.changes import Part, Purpose
from sim.spec.flows import Cause, Flow

PARTS = 65_536
"""Ordinals set aside for the changes of one team's part."""


def initiative(world: World, number: int) -> Process:
    """One initiative, from its start."""
    spec = world.model.initiatives[number]
    ticket = planned(len(world.tickets), spec.key, Flow.INITIATIVE, number, spec.service, world.now)
    ticket.opened, ticket.due, ticket.cause = world.now, spec.due, Cause.STRATEGY
    ticket.worth = spec.believed_weight
    world.tickets.append(ticket)
    world.record.instant(ticket.row, Activity.START, world.now)
    spell = begin_spell(world, ticket)

    live = []
    for place, part in enumerate(spec.parts):
        for ordinal, effort in enumerate(efforts(world, part)):
            done = world.at_once()
            live.append(done)
            wanted = Order(
                Purpose.INITIATIVE,
                number,
                spec.service,
                part.team,
                spec.kind,
                effort,
                spec.believed_weight,
                ticket.row,
                due=spec.due,
                done=done,
            )
            number_of_all = PARTS * place + ordinal
            key = keyed.child(spec.key, KIN_CHANGE, number_of_all)
            world.start(0, order.RAISED, key, change(world, wanted, 0, number_of_all, key))
    for done in live:
        yield done
    world.record.end_spell(spell, world.now)
    world.record.instant(ticket.row, Activity.GO_LIVE, world.now)
    world.census.change(Flow.INITIATIVE, -1)
    ticket.restored = ticket.closed = world.now


def efforts(world: World, part: Part) -> list[int]:
    """Efforts of the changes that one team's part is split into; the last takes what is left over."""
    enablement = enablement_of(world)
    whole = 1000 * variates.seconds(world.value(part.effort))
    most = changes.batch_under_pressure(
        world.value(part.batch), world.value(enablement.batch_pressure), world.teams[part.team].strain
    )
    count = changes.number_of_changes(whole, 1000 * variates.seconds(most))
    each = whole // count
    return [each] * (count - 1) + [whole - each * (count - 1)]
