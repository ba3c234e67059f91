"""Cases as they come into being, whatever their flow."""

from __future__ import annotations

from sim.engines.compiled import layout as c
from sim.engines.compiled.memory import Ints, ticket_at
from sim.history.tables import NEVER
from sim.kernel import compiled
from sim.rules.dispatch import PLANNED


@compiled
def new_case(a: Ints, flow: int, stream: int, key: int) -> int:
    """A case without anything that belongs to its flow alone; all other cells are 0."""
    case = a[c.TICKETS]
    a[c.TICKETS] += 1
    t = ticket_at(a, case)
    for column in range(c.T_COLUMNS):
        a[t + column] = 0
    a[t + c.T_WORTH] = -1
    a[a[c.CASE_KEY] + case] = key
    a[a[c.CASE_FLOW] + case] = flow
    a[a[c.CASE_STREAM] + case] = stream
    a[a[c.CASE_LAYER] + case] = 0
    a[a[c.CASE_ORDINAL] + case] = 0
    a[a[c.CASE_SERVICE] + case] = 0
    a[a[c.CASE_IMPACT] + case] = -1
    a[a[c.CASE_PRIORITY] + case] = 0
    a[a[c.CASE_PERCEIVED] + case] = 0
    a[a[c.CASE_OCCURRED] + case] = a[c.NOW]
    a[a[c.CASE_OPENED] + case] = NEVER
    a[a[c.CASE_RESTORED] + case] = NEVER
    a[a[c.CASE_CLOSED] + case] = NEVER
    a[a[c.CASE_DUE] + case] = 4611686018427387904
    a[a[c.CASE_USER_WAIT] + case] = 0
    a[a[c.CASE_FIRST_CONTACT] + case] = 0
    a[a[c.CASE_HANDOFFS] + case] = 0
    a[a[c.CASE_MISROUTES] + case] = 0
    a[a[c.CASE_REOPENS] + case] = 0
    a[a[c.CASE_AUTOMATED] + case] = 0
    a[a[c.CASE_TEAM] + case] = -1
    a[a[c.CASE_CAUSE] + case] = 0
    a[a[c.CASE_ORIGIN] + case] = -1
    a[a[c.CASE_FAULT] + case] = -1
    a[a[c.CASE_CHANGE_KIND] + case] = -1
    a[a[c.CASE_FAILURES] + case] = 0
    a[a[c.CASE_UNAUTHORISED] + case] = 0
    return case


@compiled
def new_plan(a: Ints, flow: int, stream: int, service: int, key: int, cause: int, worth: int) -> int:
    """A problem, change or initiative comes into being; IT knows of it at once."""
    case = new_case(a, flow, stream, key)
    t = ticket_at(a, case)
    a[a[c.CASE_SERVICE] + case] = service
    a[a[c.CASE_PRIORITY] + case] = PLANNED
    a[a[c.CASE_PERCEIVED] + case] = PLANNED
    a[a[c.CASE_OPENED] + case] = a[c.NOW]
    a[a[c.CASE_CAUSE] + case] = cause
    a[t + c.T_WORTH] = worth
    return case
