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
    if a[a[c.CASE_FLOW] + ticket] == REQUEST:
        return stream_at(a, REQUEST, a[a[c.CASE_STREAM] + ticket]) + c.REQ_LEVEL
    return a[c.LEVELS_AT] + 3 * (a[a[c.CASE_PERCEIVED] + ticket] - 1)


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
    if a[c.NOW] < a[a[c.CASE_DUE] + ticket]:
        first, size = a[c.EDGES_AT] + a[level + 1], a[level + 2]
        a[t + c.T_CLOCK_LEFT] = open_seconds(a[c.NOW], a[a[c.CASE_DUE] + ticket], a, first, size)


@compiled
def run_clock(a: Ints, ticket: int) -> None:
    """The user has answered: the clock runs on."""
    t = ticket_at(a, ticket)
    a[a[c.CASE_USER_WAIT] + ticket] += a[c.NOW] - a[t + c.T_WAIT_START]
    if a[t + c.T_CLOCK_LEFT] >= 0:
        level = level_at(a, ticket)
        first, size = a[c.EDGES_AT] + a[level + 1], a[level + 2]
        a[a[c.CASE_DUE] + ticket] = due_at(a[c.NOW], a[t + c.T_CLOCK_LEFT], a, first, size)


@compiled
def start_service_clock(a: Ints, ticket: int) -> None:
    """IT knows of the ticket: from now on it is due."""
    level = level_at(a, ticket)
    a[a[c.CASE_OPENED] + ticket] = a[c.NOW]
    a[a[c.CASE_DUE] + ticket] = due_at(a[c.NOW], a[level], a, a[c.EDGES_AT] + a[level + 1], a[level + 2])
