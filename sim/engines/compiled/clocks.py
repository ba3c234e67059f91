"""The service-level clock of a ticket: started, stopped while its user is awaited, run on."""

from __future__ import annotations

from sim.engines.compiled import layout as c
from sim.engines.compiled.memory import Ints, stream_at, ticket_at
from sim.kernel import compiled
from sim.rules.calendars import due_at, open_seconds
from sim.spec.flows import Flow

REQUEST = int(Flow.REQUEST)


@compiled
def level_at(a: Ints, ticket: int) -> int:
    """Address of a ticket's service level: seconds, first edge and number of intervals of its clock."""
    t = ticket_at(a, ticket)
    if a[t + c.T_FLOW] == REQUEST:
        return stream_at(a, REQUEST, a[t + c.T_STREAM]) + c.REQ_LEVEL
    return a[c.LEVELS_AT] + 3 * (a[t + c.T_PERCEIVED] - 1)


@compiled
def answered_after(a: Ints, wait: int, time: int) -> int:
    """Seconds from now until ``time`` has passed on the clock of the wait at address ``wait``."""
    first, size = a[c.EDGES_AT] + a[wait + c.WAIT_CLOCK], a[wait + c.WAIT_CLOCK + 1]
    return due_at(a[c.NOW], time, a, first, size) - a[c.NOW]


@compiled
def stop_clock(a: Ints, ticket: int) -> None:
    """The service-level clock stands still while the ticket waits for its user."""
    t = ticket_at(a, ticket)
    level = level_at(a, ticket)
    a[t + c.T_WAIT_START] = a[c.NOW]
    a[t + c.T_CLOCK_LEFT] = -1
    if a[c.NOW] < a[t + c.T_DUE]:
        first, size = a[c.EDGES_AT] + a[level + 1], a[level + 2]
        a[t + c.T_CLOCK_LEFT] = open_seconds(a[c.NOW], a[t + c.T_DUE], a, first, size)


@compiled
def run_clock(a: Ints, ticket: int) -> None:
    """The user has answered: the clock runs on."""
    t = ticket_at(a, ticket)
    a[t + c.T_USER_WAIT] += a[c.NOW] - a[t + c.T_WAIT_START]
    if a[t + c.T_CLOCK_LEFT] >= 0:
        level = level_at(a, ticket)
        first, size = a[c.EDGES_AT] + a[level + 1], a[level + 2]
        a[t + c.T_DUE] = due_at(a[c.NOW], a[t + c.T_CLOCK_LEFT], a, first, size)


@compiled
def start_service_clock(a: Ints, ticket: int) -> None:
    """IT knows of the ticket: from now on it is due."""
    t = ticket_at(a, ticket)
    level = level_at(a, ticket)
    a[t + c.T_OPENED] = a[c.NOW]
    a[t + c.T_DUE] = due_at(a[c.NOW], a[level], a, a[c.EDGES_AT] + a[level + 1], a[level + 2])
