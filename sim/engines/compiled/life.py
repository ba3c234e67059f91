"""The lives of incidents and requests until they go to work."""

from __future__ import annotations

from sim.engines.compiled import layout as c
from sim.engines.compiled.cases import new_case
from sim.engines.compiled.clocks import answered_after, start_service_clock, stop_clock
from sim.engines.compiled.ending import begin_spell, close_later, restore
from sim.engines.compiled.events import NOWHERE, begin, complete, schedule
from sim.engines.compiled.journey import (
    INCIDENT,
    REQUEST,
    solve,
)
from sim.engines.compiled.luck import draw_luck, take_luck, ticket_draw, ticket_meets, ticket_seconds
from sim.engines.compiled.memory import Floats, Ints, impact_at, stream_at, ticket_at, value
from sim.engines.compiled.purposes import AT_APPROVAL, AT_AUTOMATION, AT_DETECTION, AT_IMPACT, AT_PRIORITY
from sim.history.kinds import Activity
from sim.history.tables import NEVER
from sim.kernel import compiled, in_place
from sim.rules import order
from sim.rules.priority import perceived_priority
from sim.rules.routing import pick
from sim.spec.flows import Cause

OCCUR = int(Activity.OCCUR)
DETECT = int(Activity.DETECT)
SUBMIT = int(Activity.SUBMIT)
AUTOMATE = int(Activity.AUTOMATE)
APPROVE = int(Activity.APPROVE)
FULFILLED = 1
FAILED = 2
BACKGROUND = int(Cause.BACKGROUND)
FAULT = int(Cause.FAULT)
FAILED_CHANGE = int(Cause.FAILED_CHANGE)
OVERLOAD = int(Cause.OVERLOAD)


@in_place
@compiled
def new_ticket(a: Ints, flow: int, stream: int, key: int, luck: int) -> int:
    """A ticket comes into being; what is drawn with it stands at ``luck``, if that was done beforehand."""
    ticket = new_case(a, flow, stream, key)
    t = ticket_at(a, ticket)
    row = stream_at(a, flow, stream)
    a[a[c.CASE_SERVICE] + ticket] = a[row + c.STREAM_SERVICE]
    a[t + c.T_CATEGORY] = a[row + c.STREAM_CATEGORY]
    if luck == NOWHERE:
        draw_luck(a, t, key, flow)
    else:
        take_luck(a, t, luck)
    return ticket


# Incidents


@compiled
def incident(a: Ints, f: Floats, stream: int, layer: int, ordinal: int, key: int, luck: int) -> None:
    """One incident of the background: nobody's fault."""
    ticket = occur(a, f, stream, key, BACKGROUND, luck)
    a[a[c.CASE_LAYER] + ticket] = layer
    a[a[c.CASE_ORDINAL] + ticket] = ordinal
    live(a, f, ticket)


@compiled
def strike(a: Ints, f: Floats, stream: int, fault: int, ordinal: int, key: int) -> None:
    """One incident that a fault causes."""
    ticket = occur(a, f, stream, key, FAULT, NOWHERE)
    a[a[c.CASE_FAULT] + ticket] = fault
    a[a[c.CASE_ORDINAL] + ticket] = ordinal
    live(a, f, ticket)


@compiled
def breakage(a: Ints, f: Floats, stream: int, origin: int, attempt: int, key: int) -> None:
    """One incident that a failed change causes."""
    ticket = occur(a, f, stream, key, FAILED_CHANGE, NOWHERE)
    a[a[c.CASE_ORIGIN] + ticket] = origin
    a[a[c.CASE_ORDINAL] + ticket] = attempt
    live(a, f, ticket)


@compiled
def overload(a: Ints, f: Floats, stream: int, day: int, depth: int, key: int) -> None:
    """One incident that load above the peak capacity causes: it hits everybody, as deep as the overload."""
    ticket = occur(a, f, stream, key, OVERLOAD, NOWHERE)
    a[a[c.CASE_ORDINAL] + ticket] = day
    a[ticket_at(a, ticket) + c.T_DEPTH] = depth
    live(a, f, ticket)


@in_place
@compiled
def occur(a: Ints, f: Floats, stream: int, key: int, cause: int, luck: int) -> int:
    """Something breaks: how wide and how deep is a matter of chance."""
    ticket = new_ticket(a, INCIDENT, stream, key, luck)
    t = ticket_at(a, ticket)
    row = stream_at(a, INCIDENT, stream)
    first, size = a[row + c.INC_IMPACTS], a[row + c.INC_IMPACTS + 1]
    number = 0
    if size > 1:
        u = ticket_draw(a, ticket, AT_IMPACT, 0)
        number = pick(u, f, a[c.IMPACT_CUMULATIVE_AT] + first, size)
    impact = impact_at(a, row, number)
    a[a[c.CASE_IMPACT] + ticket] = number
    a[a[c.CASE_PRIORITY] + ticket] = a[impact + c.IMPACT_PRIORITY]
    a[a[c.CASE_PERCEIVED] + ticket] = a[a[c.CASE_PRIORITY] + ticket]
    a[t + c.T_DEPTH] = a[impact + c.IMPACT_DEPTH]
    a[t + c.T_HITS_EMPLOYEES] = a[impact + c.IMPACT_EMPLOYEES]
    a[t + c.T_HITS_CUSTOMERS] = a[impact + c.IMPACT_CUSTOMERS]
    a[t + c.T_WORTH] = a[a[c.WEIGHTS_AT] + 2 * a[a[c.CASE_SERVICE] + ticket] + 1]
    a[a[c.CASE_CAUSE] + ticket] = cause
    return ticket


@in_place
@compiled
def live(a: Ints, f: Floats, ticket: int) -> None:
    """From the moment at which an incident occurs until it waits to be noticed."""
    t = ticket_at(a, ticket)
    key = a[a[c.CASE_KEY] + ticket]
    row = stream_at(a, INCIDENT, a[a[c.CASE_STREAM] + ticket])
    begin(a, ticket, OCCUR, -1, a[c.NOW])
    begin_spell(a, ticket)

    monitored = ticket_meets(a, value(a, f, a[row + c.INC_MONITORED]), ticket, AT_DETECTION, 0)
    notice = c.INC_MONITORING if monitored else c.INC_REPORT
    delay = ticket_seconds(a, f, row + notice, 1.0, ticket, AT_DETECTION, 1)
    a[t + c.T_ROW] = begin(a, ticket, DETECT, -1, NEVER)
    if delay > 0:
        a[t + c.T_PHASE] = c.DETECTING
        schedule(a, delay, order.DETECTED, key, ticket)
    else:
        noticed(a, f, ticket)


@in_place
@compiled
def noticed(a: Ints, f: Floats, ticket: int) -> None:
    """IT knows: judge, start the clock, go to work."""
    t = ticket_at(a, ticket)
    complete(a, a[t + c.T_ROW])
    row = stream_at(a, INCIDENT, a[a[c.CASE_STREAM] + ticket])
    weights = a[c.WEIGHTS_AT] + 2 * a[a[c.CASE_SERVICE] + ticket]
    error = value(a, f, a[row + c.INC_ERROR])
    worth, believed = value(a, f, a[weights]), value(a, f, a[weights + 1])
    if error > 0.0 or worth != believed:
        u_error, u_belief = ticket_draw(a, ticket, AT_PRIORITY, 0), ticket_draw(a, ticket, AT_PRIORITY, 1)
        a[a[c.CASE_PERCEIVED] + ticket] = perceived_priority(
            a[a[c.CASE_PRIORITY] + ticket], error, worth, believed, u_error, u_belief
        )
    start_service_clock(a, ticket)
    solve(a, f, ticket)


# Requests


@compiled
def request(a: Ints, f: Floats, stream: int, layer: int, ordinal: int, key: int, luck: int) -> None:
    """One request, from the moment at which it is made."""
    ticket = new_ticket(a, REQUEST, stream, key, luck)
    t = ticket_at(a, ticket)
    row = stream_at(a, REQUEST, stream)
    a[a[c.CASE_LAYER] + ticket] = layer
    a[a[c.CASE_ORDINAL] + ticket] = ordinal
    a[t + c.T_HITS_EMPLOYEES] = 1
    a[t + c.T_WORTH] = a[row + c.REQ_VALUE]
    a[a[c.CASE_PRIORITY] + ticket] = a[row + c.REQ_PRIORITY]
    a[a[c.CASE_PERCEIVED] + ticket] = a[row + c.REQ_PRIORITY]
    begin(a, ticket, SUBMIT, -1, a[c.NOW])
    begin_spell(a, ticket)
    start_service_clock(a, ticket)
    if not ticket_meets(a, value(a, f, a[row + c.REQ_AUTOMATION]), ticket, AT_AUTOMATION, 0):
        wait_for_approval(a, f, ticket)
        return
    fails = ticket_meets(a, value(a, f, a[row + c.REQ_FAILURES]), ticket, AT_AUTOMATION, 1)
    a[t + c.T_SETTLES] = FAILED if fails else FULFILLED
    a[t + c.T_ROW] = begin(a, ticket, AUTOMATE, -1, NEVER)
    time = ticket_seconds(a, f, row + c.REQ_TIME, 1.0, ticket, AT_AUTOMATION, 2)
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
    a[a[c.CASE_AUTOMATED] + ticket] = a[t + c.T_SETTLES]
    if a[a[c.CASE_AUTOMATED] + ticket] == FULFILLED:
        restore(a, f, ticket)
        a[a[c.CASE_FIRST_CONTACT] + ticket] = 0
        close_later(a, ticket)
    else:
        wait_for_approval(a, f, ticket)


@compiled
def wait_for_approval(a: Ints, f: Floats, ticket: int) -> None:
    """Some requests wait for somebody's consent before anybody may work on them."""
    t = ticket_at(a, ticket)
    row = stream_at(a, REQUEST, a[a[c.CASE_STREAM] + ticket])
    if ticket_meets(a, value(a, f, a[row + c.REQ_APPROVAL]), ticket, AT_APPROVAL, 0):
        time = ticket_seconds(a, f, row + c.REQ_APPROVAL + c.WAIT_TIME, 1.0, ticket, AT_APPROVAL, 1)
        if time > 0:
            stop_clock(a, ticket)
            a[t + c.T_ROW] = begin(a, ticket, APPROVE, -1, NEVER)
            a[t + c.T_PHASE] = c.APPROVING
            time = answered_after(a, row + c.REQ_APPROVAL, time)
            schedule(a, time, order.WAIT_OVER, a[a[c.CASE_KEY] + ticket], ticket)
            return
    solve(a, f, ticket)
