"""The lives of incidents and requests, and where each goes on when what it waited for has come."""

from __future__ import annotations

from sim.chance.keyed import pair, uniform
from sim.chance.streams import APPROVAL, AUTOMATION, DETECTION, IMPACT, PRIORITY
from sim.engines.compiled import layout as c
from sim.engines.compiled.clocks import run_clock, start_service_clock, stop_clock
from sim.engines.compiled.ending import begin_spell, close, close_later, restore, settle
from sim.engines.compiled.events import begin, complete, schedule
from sim.engines.compiled.journey import (
    INCIDENT,
    REQUEST,
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
from sim.engines.compiled.luck import happens, random_seconds
from sim.engines.compiled.memory import Floats, Ints, impact_at, stream_at, ticket_at, value
from sim.history.kinds import Activity
from sim.history.tables import NEVER
from sim.kernel import compiled
from sim.rules import order
from sim.rules.priority import perceived_priority
from sim.rules.routing import pick

OCCUR = int(Activity.OCCUR)
DETECT = int(Activity.DETECT)
SUBMIT = int(Activity.SUBMIT)
AUTOMATE = int(Activity.AUTOMATE)
APPROVE = int(Activity.APPROVE)
FULFILLED = 1
FAILED = 2


@compiled
def new_ticket(a: Ints, flow: int, stream: int, layer: int, ordinal: int, key: int) -> int:
    """A ticket comes into being."""
    ticket = a[c.TICKETS]
    a[c.TICKETS] += 1
    t = ticket_at(a, ticket)
    row = stream_at(a, flow, stream)
    for column in range(c.T_COLUMNS):
        a[t + column] = 0
    a[t + c.T_KEY] = key
    a[t + c.T_FLOW] = flow
    a[t + c.T_STREAM] = stream
    a[t + c.T_LAYER] = layer
    a[t + c.T_ORDINAL] = ordinal
    a[t + c.T_SERVICE] = a[row + c.STREAM_SERVICE]
    a[t + c.T_CATEGORY] = a[row + c.STREAM_CATEGORY]
    a[t + c.T_IMPACT] = -1
    a[t + c.T_OCCURRED] = a[c.NOW]
    a[t + c.T_OPENED] = NEVER
    a[t + c.T_RESTORED] = NEVER
    a[t + c.T_CLOSED] = NEVER
    a[t + c.T_DUE] = 4611686018427387904
    a[t + c.T_TEAM] = -1
    return ticket


# Incidents


@compiled
def incident(a: Ints, f: Floats, stream: int, layer: int, ordinal: int, key: int) -> None:
    """One incident, from the moment at which it occurs until it waits to be noticed."""
    ticket = new_ticket(a, INCIDENT, stream, layer, ordinal, key)
    t = ticket_at(a, ticket)
    row = stream_at(a, INCIDENT, stream)
    first, size = a[row + c.INC_IMPACTS], a[row + c.INC_IMPACTS + 1]
    u = uniform(a[c.SEED], a[c.REPLICATION], IMPACT, key, 0)
    impact = pick(u, f, a[c.IMPACT_CUMULATIVE_AT] + first, size)
    a[t + c.T_IMPACT] = impact
    a[t + c.T_PRIORITY] = a[impact_at(a, row, impact) + c.IMPACT_PRIORITY]
    a[t + c.T_PERCEIVED] = a[t + c.T_PRIORITY]
    begin(a, ticket, OCCUR, -1, a[c.NOW])
    begin_spell(a, ticket)

    monitored = happens(a, value(a, f, a[row + c.INC_MONITORED]), DETECTION, key, 0)
    notice = c.INC_MONITORING if monitored else c.INC_REPORT
    delay = random_seconds(a, f, row + notice, 1.0, DETECTION, key, 1)
    a[t + c.T_ROW] = begin(a, ticket, DETECT, -1, NEVER)
    if delay > 0:
        a[t + c.T_PHASE] = c.DETECTING
        schedule(a, delay, order.DETECTED, key, ticket)
    else:
        noticed(a, f, ticket)


@compiled
def noticed(a: Ints, f: Floats, ticket: int) -> None:
    """IT knows: judge, start the clock, go to work."""
    t = ticket_at(a, ticket)
    complete(a, a[t + c.T_ROW])
    row = stream_at(a, INCIDENT, a[t + c.T_STREAM])
    weights = a[c.WEIGHTS_AT] + 2 * a[t + c.T_SERVICE]
    error = value(a, f, a[row + c.INC_ERROR])
    worth, believed = value(a, f, a[weights]), value(a, f, a[weights + 1])
    if error > 0.0 or worth != believed:
        u_error, u_belief = pair(a[c.SEED], a[c.REPLICATION], PRIORITY, a[t + c.T_KEY], 0)
        a[t + c.T_PERCEIVED] = perceived_priority(
            a[t + c.T_PRIORITY], error, worth, believed, u_error, u_belief
        )
    start_service_clock(a, ticket)
    solve(a, f, ticket)


# Requests


@compiled
def request(a: Ints, f: Floats, stream: int, layer: int, ordinal: int, key: int) -> None:
    """One request, from the moment at which it is made."""
    ticket = new_ticket(a, REQUEST, stream, layer, ordinal, key)
    t = ticket_at(a, ticket)
    row = stream_at(a, REQUEST, stream)
    a[t + c.T_PRIORITY] = a[row + c.REQ_PRIORITY]
    a[t + c.T_PERCEIVED] = a[row + c.REQ_PRIORITY]
    begin(a, ticket, SUBMIT, -1, a[c.NOW])
    begin_spell(a, ticket)
    start_service_clock(a, ticket)
    if not happens(a, value(a, f, a[row + c.REQ_AUTOMATION]), AUTOMATION, key, 0):
        wait_for_approval(a, f, ticket)
        return
    fails = happens(a, value(a, f, a[row + c.REQ_FAILURES]), AUTOMATION, key, 1)
    a[t + c.T_SETTLES] = FAILED if fails else FULFILLED
    a[t + c.T_ROW] = begin(a, ticket, AUTOMATE, -1, NEVER)
    time = random_seconds(a, f, row + c.REQ_TIME, 1.0, AUTOMATION, key, 2)
    if time > 0:
        a[t + c.T_PHASE] = c.AUTOMATING
        schedule(a, time, order.AUTOMATED, key, ticket)
    else:
        automated(a, f, ticket)


@compiled
def automated(a: Ints, f: Floats, ticket: int) -> None:
    """Automation has ended: fulfilled, or back to people."""
    t = ticket_at(a, ticket)
    complete(a, a[t + c.T_ROW])
    a[t + c.T_AUTOMATED] = a[t + c.T_SETTLES]
    if a[t + c.T_AUTOMATED] == FULFILLED:
        restore(a, ticket)
        a[t + c.T_FIRST_CONTACT] = 0
        close_later(a, ticket)
    else:
        wait_for_approval(a, f, ticket)


@compiled
def wait_for_approval(a: Ints, f: Floats, ticket: int) -> None:
    """Some requests wait for somebody's consent before anybody may work on them."""
    t = ticket_at(a, ticket)
    row = stream_at(a, REQUEST, a[t + c.T_STREAM])
    if happens(a, value(a, f, a[row + c.REQ_APPROVAL]), APPROVAL, a[t + c.T_KEY], 0):
        time = random_seconds(a, f, row + c.REQ_APPROVAL + 1, 1.0, APPROVAL, a[t + c.T_KEY], 1)
        if time > 0:
            stop_clock(a, ticket)
            a[t + c.T_ROW] = begin(a, ticket, APPROVE, -1, NEVER)
            a[t + c.T_PHASE] = c.APPROVING
            schedule(a, time, order.WAIT_OVER, a[t + c.T_KEY], ticket)
            return
    solve(a, f, ticket)


# Going on


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
    else:
        resume_after_interval(a, f, ticket, phase)


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
