"""Where each case goes on when what it waited for has come."""

from __future__ import annotations

from sim.engines.compiled import layout as c
from sim.engines.compiled import plans as p
from sim.engines.compiled.changes import (
    after_assessment,
    after_building,
    after_deployment,
    after_rollback,
    deploy,
)
from sim.engines.compiled.clocks import run_clock
from sim.engines.compiled.ending import close, settle
from sim.engines.compiled.events import complete
from sim.engines.compiled.journey import (
    after_first_part,
    after_work,
    arrive,
    bounce,
    helped,
    next_hop,
    reopen,
    second_part,
    solve,
    wait_for_vendor,
)
from sim.engines.compiled.life import automated, noticed
from sim.engines.compiled.memory import Floats, Ints, ticket_at
from sim.engines.compiled.problems import after_investigation
from sim.kernel import compiled


@compiled
def resume(a: Ints, f: Floats, ticket: int) -> None:
    """What the ticket waited for has come."""
    phase = a[ticket_at(a, ticket) + c.T_PHASE]
    if phase == c.WORKING:
        after_work(a, f, ticket)
    elif phase == c.CLOSING:
        close(a, ticket)
    elif phase == c.DETECTING:
        noticed(a, f, ticket)
    elif phase == c.WORKING_FIRST_PART:
        after_first_part(a, f, ticket)
    elif phase == c.BOUNCING:
        next_hop(a, f, ticket)
    elif phase == c.HELPED_IN_TURN:
        settle(a, f, ticket)
    elif phase == c.HOLDING:
        reopen(a, f, ticket)
    elif phase in (p.INVESTIGATING, p.ASSESSING, p.BUILDING, p.DEPLOYING, p.ROLLING_BACK):
        resume_plan(a, f, ticket, phase)
    else:
        resume_after_interval(a, f, ticket, phase)


@compiled
def resume_plan(a: Ints, f: Floats, ticket: int, phase: int) -> None:
    """The same for the work on problems and changes."""
    if phase == p.BUILDING:
        after_building(a, f, ticket)
    elif phase == p.DEPLOYING:
        after_deployment(a, f, ticket)
    elif phase == p.ASSESSING:
        after_assessment(a, f, ticket)
    elif phase == p.INVESTIGATING:
        after_investigation(a, f, ticket)
    elif phase == p.ROLLING_BACK:
        after_rollback(a, f, ticket)


@compiled
def resume_after_interval(a: Ints, f: Floats, ticket: int, phase: int) -> None:
    """The same for what has a row of its own in the record, which ends here."""
    complete(a, a[ticket_at(a, ticket) + c.T_ROW])
    if phase == c.ON_THE_WAY:
        arrive(a, f, ticket)
    elif phase == c.WAITING_FOR_USER:
        run_clock(a, ticket)
        wait_for_vendor(a, f, ticket)
    elif phase == c.WAITING_FOR_VENDOR:
        second_part(a, f, ticket)
    elif phase == c.ON_THE_WRONG_WAY:
        bounce(a, f, ticket)
    elif phase == c.AUTOMATING:
        automated(a, f, ticket)
    elif phase == c.APPROVING:
        run_clock(a, ticket)
        solve(a, f, ticket)
    elif phase == p.AWAITING_WINDOW:
        deploy(a, f, ticket)


@compiled
def work_done(a: Ints, f: Floats, item: int) -> None:
    """A piece of work is done: the ticket's own, or its second team's."""
    ticket = item >> 1
    if item & 1 == 0:
        resume(a, f, ticket)
        return
    t = ticket_at(a, ticket)
    a[t + c.T_HELP_DONE] = 1
    if a[t + c.T_PHASE] == c.WAITING_FOR_HELP:
        helped(a, f, ticket)
