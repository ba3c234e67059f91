"""Tickets as they stood at a moment: how long unresolved, restored when, still open or not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from results.metrics.loops import count, fast, settle
from results.metrics.queues import queue_hours, queues
from results.metrics.record import Bools, Record
from results.metrics.scope import ALL, Scope, ratio
from sim.history.kinds import Activity
from sim.history.tables import NEVER
from sim.spec.calendars import HOUR, Floats, Ints
from sim.spec.flows import Flow


@dataclass(frozen=True, slots=True)
class Standing:
    """[cases] each ticket as known just before a moment.

    ``unresolved`` seconds so far (all its spells; a request from its opening), whether it ``is_open``, and
    whether a restoration so far came too ``late`` for its service level.
    """

    unresolved: Ints
    is_open: Bools
    late: Bools


def standing(record: Record, moment: int) -> Standing:
    """How all tickets stood just before ``moment``; what happened later is not known yet."""
    return record.keep(("standing", moment), lambda: _standing(record, moment))


def _standing(record: Record, moment: int) -> Standing:
    spells, tickets = record.history.spells, len(record.cases)
    unresolved = np.zeros(tickets, dtype=np.int64)
    is_open, late = np.zeros((2, tickets), dtype=np.bool_)
    begin, due = record.spell_begin, record.cases.due
    fast(settle)(spells.case, begin, spells.start, spells.end, due, moment, unresolved, is_open, late)
    return Standing(unresolved, is_open, late)


def open_at_end(record: Record, scope: Scope, flow: Flow) -> float:
    """Tickets of ``flow`` unresolved at the end of the scope, whenever they began."""
    counted = standing(record, scope.end).is_open & (record.cases.flow == flow) & record.in_service(scope)
    return float(np.count_nonzero(counted))


def unresolved_hours(record: Record, scope: Scope, flow: Flow) -> Floats:
    """Hours unresolved, by the end of the scope, of the tickets of ``flow`` that began in it."""
    return standing(record, scope.end).unresolved[record.began(scope, flow)] / HOUR


def within_service_level(record: Record, scope: Scope, rows: Ints) -> Bools:
    """Whether the tickets ``rows`` meet their service level, as known at the end of the scope.

    An open ticket counts as missed once its due time has passed, else as met so far.
    """
    now, due = standing(record, scope.end), record.cases.due[rows]
    return np.where(now.is_open[rows], due > scope.end, ~now.late[rows])


def sla_attainment_share(record: Record, scope: Scope) -> float:
    """Share of the tickets that reached IT in the scope which meet their service level."""
    rows = record.reached_it(scope)
    rows = rows[record.cases.due[rows] != NEVER]
    return ratio(float(np.count_nonzero(within_service_level(record, scope, rows))), len(rows))


def tickets_closed_share(record: Record, scope: Scope) -> float:
    """Tickets closed in the scope / tickets that reached IT in it."""
    closed = record.cases.closed
    done = (closed >= scope.start) & (closed < scope.end) & record.is_ticket & record.in_service(scope)
    return ratio(float(np.count_nonzero(done)), len(record.reached_it(scope)))


def first_response_hours_mean(record: Record, scope: Scope) -> float:
    """Mean hours from when IT knows of an incident to the first work, so far for those not yet touched."""
    rows = record.reached_it(scope)
    rows = rows[record.is_incident[rows]]
    waited = np.minimum(queues(record, scope).first_work[rows], scope.end) - record.opened[rows]
    return ratio(float(waited.sum()) / HOUR, len(rows))


def detection_hours_mean(record: Record, scope: Scope) -> float:
    """Mean hours from the beginning of an incident until IT knows of it, so far for those not yet known."""
    rows = record.began(scope, Flow.INCIDENT)
    unknown = np.minimum(record.opened[rows], scope.end) - record.cases.occurred[rows]
    return ratio(float(unknown.sum()) / HOUR, len(rows))


def reopen_share(record: Record, scope: Scope) -> float:
    """Reopenings of incidents / restorations of incidents, both in the scope."""
    reopened = moments(record, scope, Activity.REOPEN, Flow.INCIDENT)
    return ratio(reopened, moments(record, scope, Activity.RESTORE, Flow.INCIDENT))


def moments(record: Record, scope: Scope, activity: Activity, flow: Flow) -> float:
    """How often an instant activity happened to tickets of ``flow`` in the scope."""
    return float(happened(record, scope.edges, scope.service)[activity, flow, 0])


def happened(record: Record, edges: Ints, service: int = ALL) -> Floats:
    """[activities, flows, bins] How often each activity began, of all services or of one."""
    return record.amounts(("happened", service), edges, lambda edges: _happened(record, edges, service))


def _happened(record: Record, edges: Ints, service: int) -> Floats:
    rows, cases = record.history.activities, record.cases
    flow = cases.flow if service == ALL else np.where(cases.service == service, cases.flow, -1)
    found = np.zeros((len(Activity), len(Flow), len(edges) - 1), dtype=np.int64)
    fast(count)(rows.activity, rows.case, rows.start, flow, edges, found)
    return found.astype(np.float64)


def queue_hours_per_ticket(record: Record, scope: Scope) -> float:
    """Queue hours in the scope / tickets that reached IT in it and needed an agent."""
    rows = record.reached_it(scope)
    return ratio(queue_hours(record, scope), float(np.count_nonzero(record.cases.automated[rows] != 1)))


def mean_over(record: Record, scope: Scope, flow: Flow, column: Ints | Bools) -> float:
    """Mean of a column of the tickets of ``flow`` that began in the scope."""
    rows = record.began(scope, flow)
    return ratio(float(column[rows].sum()), len(rows))
