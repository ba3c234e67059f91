"""Outcomes split by team, service, priority and stream of work: where a difference comes from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from results.metrics.alignment import misfits
from results.metrics.bins import divide, sums
from results.metrics.customers import customers_lost
from results.metrics.employees import employee_hours_lost
from results.metrics.impairment import degraded_hours, downtime_hours
from results.metrics.ledger import firefighting_seconds, ledger, seconds_worked
from results.metrics.losses import margin_lost, revenue_lost
from results.metrics.measures import availability_share
from results.metrics.queues import queues
from results.metrics.record import Record
from results.metrics.scope import Scope, week_edges
from results.metrics.tickets import standing, within_service_level
from sim.history.kinds import SeatState, WorkKind
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
    queue = queues(record, scope)
    columns = {
        **states,
        **kinds,
        "firefighting": firefighting_seconds(record, scope.edges)[:, :, 0].sum(axis=1) / HOUR,
        "utilisation": divide(states["working"], states["working"] + states["idle"]),
        "visits": queue.visits.astype(np.float64),
        "queue_hours": queue.by_team / HOUR,
        "queue_hours_mean": divide(queue.begun / HOUR, queue.visits.astype(np.float64)),
        "handoffs_in": queue.handed_over.astype(np.float64),
        **_misfits(record, scope),
    }
    return Breakdown(tuple(team.name for team in record.model.teams), columns)


def _misfits(record: Record, scope: Scope) -> dict[str, Floats]:
    """[teams] Share of their seat time in weeks in which they are idle, and in which they are overloaded."""
    idle, overloaded = misfits(record, week_edges(scope.start, scope.end))
    seconds = ledger(record, scope.edges)[:, :, :, 0].sum(axis=2)
    present = seconds[:, SeatState.WORKING] + seconds[:, SeatState.IDLE]
    return {
        "idle_weeks": divide(idle.sum(axis=1), present),
        "overloaded_weeks": divide(overloaded.sum(axis=1), present),
    }


def by_service(record: Record, scope: Scope) -> Breakdown:
    """What each service cost the business, what it is worth, and what was done for it.

    ``value_share`` and ``believed_share`` are parts of all services' true and believed weights at t = 0,
    ``effort_hours`` the seat hours on its tickets and planned work, ``unmet_share`` of its requests those
    that missed their service level, ``above_target`` availability less its target.
    """
    edges, services = scope.edges, len(record.model.services)
    weights, beliefs = (_shares(record, name) for name in ("value_weight", "believed_weight"))
    effort = sums(record.cases.service, services, seconds_worked(record, scope)) / HOUR
    availability = np.array(
        [availability_share(record, Scope(scope.start, scope.end, row)) for row in range(services)]
    )
    wanted = np.array([price.availability_target for price in record.prices.services])
    incidents = record.began(scope, Flow.INCIDENT)
    unresolved = standing(record, scope.end).unresolved[incidents] / HOUR
    service = record.cases.service[incidents]
    count = sums(service, services)
    columns = {
        "downtime_hours": downtime_hours(record, edges)[:, 0],
        "degraded_hours": degraded_hours(record, edges)[:, 0],
        "availability_share": availability,
        "incidents": count,
        "restore_hours_mean": divide(sums(service, services, unresolved), count),
        "revenue_lost": revenue_lost(record, edges)[:, 0],
        "margin_lost": margin_lost(record, edges)[:, 0],
        "employee_hours_lost": employee_hours_lost(record, edges)[:, 0],
        "customers_lost": customers_lost(record, edges)[:, 0],
        "value_share": weights,
        "believed_share": beliefs,
        "effort_hours": effort,
        "unmet_share": _unmet(record, scope, services),
        "above_target": availability - wanted,
    }
    return Breakdown(tuple(item.name for item in record.model.services), columns)


def _shares(record: Record, weight: str) -> Floats:
    model = record.model
    each = np.array([model.parameters[getattr(item, weight)].at(0) for item in model.services], dtype=float)
    return divide(each, np.full(len(each), each.sum()))


def _unmet(record: Record, scope: Scope, services: int) -> Floats:
    rows = record.reached_it(scope)
    rows = rows[(record.cases.flow[rows] == Flow.REQUEST) & (record.cases.due[rows] != NEVER)]
    service = record.cases.service[rows]
    missed = (~within_service_level(record, scope, rows)).astype(np.float64)
    return divide(sums(service, services, missed), sums(service, services))


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
    flows = [record.began(scope, flow) for flow in (Flow.INCIDENT, Flow.REQUEST)]
    began = np.sort(np.concatenate(flows), kind="stable")
    columns = _handled(record, scope, began, stream_of(record)[began], len(names))
    return Breakdown(tuple(names), columns)


def stream_of(record: Record) -> Ints:
    """[cases] Row of the stream in ``by_stream``: incident streams first."""
    return record.cases.stream + np.where(record.is_incident, 0, len(record.model.incidents))


def _handled(record: Record, scope: Scope, cases: Ints, group: Ints, groups: int) -> dict[str, Floats]:
    count = sums(group, groups)
    hours = sums(group, groups, standing(record, scope.end).unresolved[cases] / HOUR)
    counted = (record.opened[cases] < scope.end) & (record.cases.due[cases] != NEVER)
    level = within_service_level(record, scope, cases[counted])
    return {
        "count": count,
        "hours_mean": divide(hours, count),
        "hours": hours,
        "queue_hours": sums(group, groups, queues(record, scope).by_ticket[cases]) / HOUR,
        "work_hours": sums(group, groups, seconds_worked(record, scope)[cases]) / HOUR,
        "handoffs": sums(group, groups, record.cases.handoffs[cases]),
        "sla_attainment_share": divide(
            sums(group[counted], groups, level.astype(np.float64)),
            sums(group[counted], groups),
        ),
    }
