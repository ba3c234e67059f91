"""The ledger of seat hours: what every paid second was for."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from results.metrics.bins import time_spent
from results.metrics.record import Record
from results.metrics.scope import ALL, Scope
from sim.history.kinds import SeatState, WorkKind
from sim.spec.calendars import HOUR, Floats, Ints
from sim.spec.flows import Flow

STATES = len(SeatState)
KINDS = len(WorkKind)
FLOWS = 1 + len(Flow)
"""Place 0 is no ticket; flow f is at 1 + f."""
FIREFIGHTING = np.zeros((STATES, KINDS, FLOWS), dtype=np.bool_)
"""Sessions that are firefighting to their end: those on incidents, emergency changes and rollbacks, and any
overtime."""
FIREFIGHTING[:, WorkKind.NONE + 1 :, 1 + Flow.INCIDENT] = True
FIREFIGHTING[:, [WorkKind.EMERGENCY, WorkKind.ROLLBACK], 1 + Flow.CHANGE] = True
FIREFIGHTING[SeatState.OVERTIME] = True


def ledger(record: Record, edges: Ints, service: int = ALL) -> Floats:
    """[teams, states, kinds, bins] Seconds; whole numbers."""
    return record.keep(
        ("ledger", edges.tobytes(), service), lambda: ledger_by_flow(record, edges, service).sum(axis=3)
    )


def ledger_by_flow(record: Record, edges: Ints, service: int = ALL) -> Floats:
    """[teams, states, kinds, 1 + flows, bins] Seconds, by the flow of the ticket too (place 0: none).

    Of one service, the seconds on its tickets.
    """
    return record.amounts(
        ("ledger by flow", service), edges, lambda edges: _ledger_by_flow(record, edges, service)
    )


def _ledger_by_flow(record: Record, edges: Ints, service: int) -> Floats:
    rows = record.history.seat_time
    cell = rows.team * STATES
    for column, places in ((rows.state, KINDS), (rows.kind, FLOWS), (record.seat_flow, 1)):
        cell += column
        cell *= places
    cell += 1
    if service != ALL:
        cell[record.seat_service != service] = -1
    shape = (len(record.model.teams), STATES, KINDS, FLOWS)
    return time_spent(cell, rows.start, rows.end, edges, math.prod(shape)).reshape(*shape, len(edges) - 1)


def seconds_worked(record: Record, scope: Scope) -> Floats:
    """[cases] Seat seconds on tickets within the scope's window, of all services."""
    rows, window = record.history.seat_time, (scope.start, scope.end)
    return record.keep(
        ("worked", window),
        lambda: time_spent(rows.case, rows.start, rows.end, scope.edges, len(record.cases))[:, 0],
    )


def hours_in(record: Record, scope: Scope, *states: SeatState) -> float:
    """Seat hours in any of ``states``; of one service, those on its tickets."""
    return float(ledger(record, scope.edges, scope.service)[:, list(states)].sum()) / HOUR


def hours_on(record: Record, scope: Scope, flow: Flow) -> float:
    """Seat hours, overtime included, on tickets of ``flow``."""
    return float(ledger_by_flow(record, scope.edges, scope.service)[:, :, :, 1 + flow].sum()) / HOUR


@dataclass(frozen=True, slots=True)
class Restarts:
    """Sessions that made good an interruption until ``switched``, then lost context until ``caught_up``."""

    row: Ints
    start: Ints
    switched: Ints
    caught_up: Ints


def restarts(record: Record, service: int = ALL) -> Restarts:
    """The rows of the ledger with such a loss, of all services or of one."""
    return record.keep(("restarts", service), lambda: _restarts(record, service))


def _restarts(record: Record, service: int) -> Restarts:
    rows = record.history.seat_time
    own = np.flatnonzero((rows.switch_loss > 0) | (rows.rework > 0))
    if service != ALL:
        own = own[record.seat_service[own] == service]
    switched = rows.start[own] + rows.switch_loss[own]
    return Restarts(own, rows.start[own], switched, switched + rows.rework[own])


def rework_hours(record: Record, scope: Scope) -> float:
    """Seat hours that made good lost context: they follow the switch loss at the start of a session."""
    found = restarts(record, scope.service)
    return _hours_within(found.switched, found.caught_up, scope)


def preemption_loss_hours(record: Record, scope: Scope) -> float:
    """Seat hours that made good an interruption: the first part of a session."""
    found = restarts(record, scope.service)
    return _hours_within(found.start, found.switched, scope)


def _hours_within(start: Ints, end: Ints, scope: Scope) -> float:
    inside = np.minimum(end, scope.end) - np.maximum(start, scope.start)
    return float(np.maximum(inside, 0).sum()) / HOUR


def firefighting_seconds(record: Record, edges: Ints, service: int = ALL) -> Floats:
    """[teams, 2, bins] Seconds of firefighting in shift and in overtime.

    Whole sessions as ``FIREFIGHTING`` says; of the others, as long as it makes good an interruption or lost
    context. So no second counts twice.
    """
    return record.keep(
        ("firefighting", edges.tobytes(), service), lambda: _firefighting_seconds(record, edges, service)
    )


def _firefighting_seconds(record: Record, edges: Ints, service: int) -> Floats:
    seconds = ledger_by_flow(record, edges, service)
    sessions = (seconds * FIREFIGHTING[:, :, :, np.newaxis]).sum(axis=(2, 3))
    losses = record.amounts(("losses", service), edges, lambda edges: _losses(record, edges, service))
    overtime = sessions[:, SeatState.OVERTIME]
    return np.stack([sessions.sum(axis=1) - overtime + losses, overtime], axis=1)


def _losses(record: Record, edges: Ints, service: int) -> Floats:
    """[teams, bins] Seconds that made good an interruption or lost context, outside such sessions."""
    rows, found = record.history.seat_time, restarts(record, service)
    row = found.row
    own = np.flatnonzero(~FIREFIGHTING[rows.state[row], rows.kind[row], 1 + record.seat_flow[row]])
    row = row[own]
    lost = np.minimum(rows.end[row], found.caught_up[own])
    return time_spent(rows.team[row], found.start[own], lost, edges, len(record.model.teams))
