"""Outcomes split by team, service, priority and stream of work: where a difference comes from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from results.metrics.bins import divide, sums
from results.metrics.customers import customers_lost
from results.metrics.employees import employee_hours_lost
from results.metrics.impairment import degraded_hours, downtime_hours
from results.metrics.ledger import firefighting_seconds, ledger
from results.metrics.losses import margin_lost, revenue_lost
from results.metrics.measures import availability_share
from results.metrics.record import Bools, Record
from results.metrics.scope import Scope
from results.metrics.tickets import standing, within_service_level
from sim.history.kinds import Activity, SeatState, WorkKind
from sim.history.tables import NEVER
from sim.spec.calendars import HOUR, Floats, Ints
from sim.spec.flows import Flow

PRIORITIES = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A small table: ``columns[name][i]`` belongs to ``rows[i]``; nan where undefined."""

    rows: tuple[str, ...]
    columns: dict[str, Floats]

    def at(self, row: str, column: str) -> float:
        """One cell."""
        return float(self.columns[column][self.rows.index(row)])


def by_team(record: Record, scope: Scope) -> Breakdown:
    """Hours by state and kind, utilisation, and what a visit waits, for every team.

    ``visits`` are the entries into the team's queue in the window, ``queue_hours`` the waiting within the
    window, ``queue_hours_mean`` the waiting a visit, interruptions included, ``handoffs_in`` the
    visits of tickets that were with another team before.
    """
    seconds = ledger(record, scope.edges)[:, :, :, 0] / HOUR
    states = {state.name.lower(): seconds[:, state].sum(axis=1) for state in SeatState}
    kinds = {f"{kind.name.lower()}_work": seconds[:, :, kind].sum(axis=1) for kind in WorkKind if kind}
    queue = _queue_rows(record, scope)
    teams = len(record.model.teams)
    visits = sums(queue.team[queue.entered], teams)
    waited = sums(queue.team[queue.began], teams, queue.waited[queue.began])
    columns = {
        **states,
        **kinds,
        "firefighting": firefighting_seconds(record, scope.edges)[:, :, 0].sum(axis=1) / HOUR,
        "utilisation": divide(states["working"], states["working"] + states["idle"]),
        "visits": visits,
        "queue_hours": sums(queue.team, teams, queue.inside),
        "queue_hours_mean": divide(waited, visits),
        "handoffs_in": sums(queue.team[queue.entered], teams, queue.handed[queue.entered]),
    }
    return Breakdown(tuple(team.name for team in record.model.teams), columns)


def by_service(record: Record, scope: Scope) -> Breakdown:
    """What each service cost the business."""
    edges, services = scope.edges, len(record.model.services)
    incidents = record.began(scope, Flow.INCIDENT)
    unresolved = standing(record, scope.end).unresolved[incidents] / HOUR
    service = record.cases.service[incidents]
    count = sums(service, services)
    columns = {
        "downtime_hours": downtime_hours(record, edges)[:, 0],
        "degraded_hours": degraded_hours(record, edges)[:, 0],
        "availability_share": np.array(
            [availability_share(record, Scope(scope.start, scope.end, row)) for row in range(services)]
        ),
        "incidents": count,
        "restore_hours_mean": divide(sums(service, services, unresolved), count),
        "revenue_lost": revenue_lost(record, edges)[:, 0],
        "margin_lost": margin_lost(record, edges)[:, 0],
        "employee_hours_lost": employee_hours_lost(record, edges)[:, 0],
        "customers_lost": customers_lost(record, edges)[:, 0],
    }
    return Breakdown(tuple(item.name for item in record.model.services), columns)


def by_priority(record: Record, scope: Scope) -> Breakdown:
    """Incidents by true priority (not the one that IT gave them)."""
    incidents = record.began(scope, Flow.INCIDENT)
    group = record.cases.priority[incidents] - 1
    columns = _handled(record, scope, incidents, group, len(PRIORITIES))
    return Breakdown(tuple(f"P{priority}" for priority in PRIORITIES), columns)


def by_stream(record: Record, scope: Scope) -> Breakdown:
    """Incidents and requests by the stream that brought them (``incidents.x``, ``requests.y``)."""
    model = record.model
    names = [f"incidents.{item.name}" for item in model.incidents]
    names += [f"requests.{item.name}" for item in model.requests]
    began = np.sort(np.concatenate([record.began(scope, Flow.INCIDENT), record.began(scope, Flow.REQUEST)]))
    columns = _handled(record, scope, began, stream_of(record)[began], len(names))
    return Breakdown(tuple(names), columns)


def stream_of(record: Record) -> Ints:
    """[cases] Row of the stream in ``by_stream``: incident streams first."""
    return record.cases.stream + np.where(record.is_incident, 0, len(record.model.incidents))


def _handled(record: Record, scope: Scope, cases: Ints, group: Ints, groups: int) -> dict[str, Floats]:
    count = sums(group, groups)
    unresolved = standing(record, scope.end).unresolved / HOUR
    hours = sums(group, groups, unresolved[cases])
    queue = _queue_rows(record, scope)
    waiting = sums(queue.case, len(record.cases), queue.inside)
    worked = _work_seconds(record, scope) / HOUR
    counted = (record.opened[cases] < scope.end) & (record.cases.due[cases] != NEVER)
    level = within_service_level(record, scope, cases[counted])
    return {
        "count": count,
        "hours_mean": divide(hours, count),
        "hours": hours,
        "queue_hours": sums(group, groups, waiting[cases]),
        "work_hours": sums(group, groups, worked[cases]),
        "handoffs": sums(group, groups, record.cases.handoffs[cases]),
        "sla_attainment_share": divide(
            sums(group[counted], groups, level.astype(np.float64)),
            sums(group[counted], groups),
        ),
    }


def _work_seconds(record: Record, scope: Scope) -> Floats:
    rows = record.history.seat_time
    own = np.flatnonzero(rows.case >= 0)
    inside = np.minimum(rows.end[own], scope.end) - np.maximum(rows.start[own], scope.start)
    return sums(rows.case[own], len(record.cases), np.maximum(inside, 0))


@dataclass(frozen=True, slots=True)
class _Queue:
    team: Ints
    case: Ints
    entered: Ints
    began: Ints
    inside: Floats
    waited: Floats
    handed: Bools


def _queue_rows(record: Record, scope: Scope) -> _Queue:
    """Time in queues: hours within the window, and hours until its end of what began in it.

    A visit begins with its entry (``entered``); work that is interrupted waits again (``began`` alone).
    """
    return record.keep(("queue", scope), lambda: _find_queue_rows(record, scope))


def _find_queue_rows(record: Record, scope: Scope) -> _Queue:
    first, again = (record.activity_rows(kind) for kind in (Activity.QUEUE, Activity.QUEUE_AGAIN))
    rows = np.concatenate([first, again])
    activities = record.history.activities
    start = activities.start[rows]
    end = np.where(activities.complete[rows] == NEVER, record.history.horizon, activities.complete[rows])
    end = np.minimum(end, scope.end)
    began = (start >= scope.start) & (start < scope.end)
    inside = np.maximum(end - np.maximum(start, scope.start), 0) / HOUR
    team, case = activities.team[rows], activities.case[rows]
    # Entries are in order of time, so that a stable sort by ticket puts each visit after the one before it.
    order = np.argsort(case[: len(first)], kind="stable")
    handed = np.zeros(len(rows), dtype=np.bool_)
    later, earlier = order[1:], order[:-1]
    handed[later] = (case[later] == case[earlier]) & (team[later] != team[earlier])
    return _Queue(
        team,
        case,
        np.flatnonzero(began[: len(first)]),
        np.flatnonzero(began),
        inside,
        (end - start) / HOUR,
        handed,
    )
