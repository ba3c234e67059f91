"""The life of a problem: raised, investigated, understood, worked around, and fixed by a change."""

from __future__ import annotations

from sim.chance import keyed
from sim.chance.streams import CHANGE_WORK, INVESTIGATION, KIN_CHANGE, KIN_PROBLEM
from sim.engines.process.changes import Order, change
from sim.engines.process.faults import Fault
from sim.engines.process.journey import begin_spell
from sim.engines.process.tickets import planned
from sim.engines.process.world import Process, World
from sim.history.kinds import Activity, WorkKind
from sim.rules import order
from sim.spec.changes import Purpose
from sim.spec.flows import Cause, Flow


def raise_problem(world: World, fault: Fault) -> None:
    """Somebody asks why this keeps happening."""
    key = keyed.child(fault.key, KIN_PROBLEM, fault.problems)
    fault.problems += 1
    world.start(0, order.RAISED, key, problem(world, fault, key))


def problem(world: World, fault: Fault, key: int) -> Process:
    """One problem, until its fault is gone."""
    pool, service = fault.pool, world.model.incidents[fault.pool.stream].service
    ticket = planned(len(world.tickets), key, Flow.PROBLEM, fault.pool_number, service, world.now)
    ticket.ordinal, ticket.fault, ticket.worth = fault.problems - 1, fault, pool.worth
    ticket.opened, ticket.cause = world.now, Cause.FAULT
    world.tickets.append(ticket)
    world.record.instant(ticket.row, Activity.RAISE, world.now)
    spell = begin_spell(world, ticket)

    team = world.teams[pool.team]
    found = False
    while not found:
        draw = 2 * ticket.visits
        effort = world.effort(
            pool.investigation, world.chance(INVESTIGATION, key, draw), team.effort_factor()
        )
        yield team.ask(ticket, WorkKind.PROBLEM, effort)
        found = world.happens(world.value(pool.finds_cause), INVESTIGATION, key, draw + 1)
        ticket.visits += 1
    fault.known = True
    world.known_errors[service] += 1
    world.record.instant(ticket.row, Activity.KNOW, world.now, pool.team)
    if world.happens(world.value(pool.workaround), INVESTIGATION, key, FOR_WORKAROUND):
        fault.has_workaround = True
        world.record.instant(ticket.row, Activity.WORK_AROUND, world.now, pool.team)

    effort = world.effort(pool.fix_work, world.chance(CHANGE_WORK, key, 0))
    fixed = world.at_once()
    wanted = Order(
        Purpose.FIX,
        fault.pool_number,
        service,
        pool.team,
        pool.fix,
        effort,
        pool.worth,
        ticket.row,
        fault,
        done=fixed,
    )
    fix_key = keyed.child(key, KIN_CHANGE, 0)
    world.start(0, order.RAISED, fix_key, change(world, wanted, 0, 0, fix_key))
    yield fixed
    world.known_errors[service] -= 1
    fault.died = ticket.restored = ticket.closed = world.now
    fault.has_problem = False
    world.record.end_spell(spell, world.now)
    world.census.change(Flow.PROBLEM, -1)
    world.record.instant(ticket.row, Activity.GO_LIVE, world.now, ticket.team)


FOR_WORKAROUND = 1_000_000
"""Draw number that asks for a workaround, out of the way of the rounds' own."""
