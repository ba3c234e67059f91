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
    a[t + c.T_KEY] = key
    a[t + c.T_FLOW] = flow
    a[t + c.T_STREAM] = stream
    a[t + c.T_IMPACT] = -1
    a[t + c.T_OCCURRED] = a[c.NOW]
    a[t + c.T_OPENED] = NEVER
    a[t + c.T_RESTORED] = NEVER
    a[t + c.T_CLOSED] = NEVER
    a[t + c.T_DUE] = 4611686018427387904
    a[t + c.T_TEAM] = -1
    a[t + c.T_ORIGIN] = -1
    a[t + c.T_FAULT] = -1
    a[t + c.T_CHANGE_KIND] = -1
    a[t + c.T_WORTH] = -1
    return case


@compiled
def new_plan(a: Ints, flow: int, stream: int, service: int, key: int, cause: int, worth: int) -> int:
    """A problem, change or initiative comes into being; IT knows of it at once."""
    case = new_case(a, flow, stream, key)
    t = ticket_at(a, case)
    a[t + c.T_SERVICE] = service
    a[t + c.T_PRIORITY] = PLANNED
    a[t + c.T_PERCEIVED] = PLANNED
    a[t + c.T_OPENED] = a[c.NOW]
    a[t + c.T_CAUSE] = cause
    a[t + c.T_WORTH] = worth
    return case
