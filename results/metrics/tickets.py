"""Tickets as they stood at a moment: how long unresolved, restored when, still open or not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from results.metrics.record import Bools, Record
from results.metrics.scope import Scope, ratio
from sim.history.kinds import Activity
from sim.history.tables import NEVER
from sim.spec.calendars import HOUR, Floats, Ints
from sim.spec.flows import Flow


@dataclass(frozen=True, slots=True)
class Standing:
    """[cases] each ticket as known just before a moment.

    ``unresolved`` seconds so far (all its spells; a request from its opening), whether it ``is_open``, and
    the last restoration so far (NEVER if there was none).
    """

    unresolved: Ints
    is_open: Bools
    restored: Ints


def standing(record: Record, moment: int) -> Standing:
    """How all tickets stood just before ``moment``; what happened later is not known yet."""
    return record.keep(("standing", moment), lambda: _standing(record, moment))


def _standing(record: Record, moment: int) -> Standing:
    spells, count = record.history.spells, len(record.cases)
    begin = np.where(
        record.cases.flow[spells.case] == Flow.REQUEST,
        np.maximum(spells.start, record.opened[spells.case]),
        spells.start,
    )
    rows = np.flatnonzero(spells.start < moment)
    case, end = spells.case[rows], spells.end[rows]
    lasts = (end == NEVER) | (end >= moment)
    length = np.maximum(np.where(lasts, moment, end) - begin[rows], 0)
    unresolved = np.rint(np.bincount(case, weights=length, minlength=count)).astype(np.int64)
    is_open = np.zeros(count, dtype=np.bool_)
    is_open[case[lasts]] = True
    restored = np.full(count, NEVER, dtype=np.int64)
    np.maximum.at(restored, case[~lasts], end[~lasts])
    restored[is_open] = NEVER
    return Standing(unresolved, is_open, restored)


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
    return np.where(now.is_open[rows], due > scope.end, now.restored[rows] <= due)


def sla_attainment_share(record: Record, scope: Scope) -> float:
    """Share of the tickets that reached IT in the scope which meet their service level."""
    rows = record.reached_it(scope)
    rows = rows[record.cases.due[rows] != NEVER]
    return ratio(float(np.count_nonzero(within_service_level(record, scope, rows))), len(rows))


def tickets_closed_share(record: Record, scope: Scope) -> float:
    """Tickets closed in the scope / tickets that reached IT in it."""
    closed = record.cases.closed
    done = (closed >= scope.start) & (closed < scope.end) & record.in_service(scope)
    return ratio(float(np.count_nonzero(done)), len(record.reached_it(scope)))


def first_work(record: Record) -> Ints:
    """[cases] When somebody first worked on a ticket; beyond the horizon if nobody did."""
    return record.keep("first work", lambda: _first_work(record))


def _first_work(record: Record) -> Ints:
    activities = record.history.activities
    rows = record.activity_rows(Activity.QUEUE)
    rows = rows[activities.complete[rows] != NEVER]
    first = np.full(len(record.cases), record.history.horizon + 1, dtype=np.int64)
    np.minimum.at(first, activities.case[rows], activities.complete[rows])
    return first


def first_response_hours_mean(record: Record, scope: Scope) -> float:
    """Mean hours from when IT knows of an incident to the first work, so far for those not yet touched."""
    rows = record.reached_it(scope)
    rows = rows[record.is_incident[rows]]
    waited = np.minimum(first_work(record)[rows], scope.end) - record.opened[rows]
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
    rows = record.activity_rows(activity)
    time, case = record.history.activities.start[rows], record.history.activities.case[rows]
    counted = (time >= scope.start) & (time < scope.end) & (record.cases.flow[case] == flow)
    return float(np.count_nonzero(counted & record.in_service(scope)[case]))


def queue_hours(record: Record, scope: Scope) -> float:
    """Calendar hours that tickets spent in teams' queues within the scope, interruptions included."""
    rows = np.concatenate([record.activity_rows(kind) for kind in (Activity.QUEUE, Activity.QUEUE_AGAIN)])
    activities = record.history.activities
    end = np.where(activities.complete[rows] == NEVER, record.history.horizon, activities.complete[rows])
    inside = np.minimum(end, scope.end) - np.maximum(activities.start[rows], scope.start)
    counted = record.in_service(scope)[activities.case[rows]]
    return float(np.maximum(inside, 0)[counted].sum()) / HOUR


def queue_hours_per_ticket(record: Record, scope: Scope) -> float:
    """Queue hours in the scope / tickets that reached IT in it and needed an agent."""
    rows = record.reached_it(scope)
    return ratio(queue_hours(record, scope), float(np.count_nonzero(record.cases.automated[rows] != 1)))


def mean_over(record: Record, scope: Scope, flow: Flow, column: Ints | Bools) -> float:
    """Mean of a column of the tickets of ``flow`` that began in the scope."""
    rows = record.began(scope, flow)
    return ratio(float(column[rows].sum()), len(rows))
