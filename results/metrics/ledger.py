"""The ledger of seat hours: what every paid second was for."""

from __future__ import annotations

import numpy as np

from results.metrics.bins import Pieces, cut, total
from results.metrics.record import Bools, Record
from results.metrics.scope import ALL, Scope
from sim.history.kinds import SeatState, WorkKind
from sim.spec.calendars import HOUR, Floats, Ints
from sim.spec.flows import Flow

STATES = len(SeatState)
KINDS = len(WorkKind)


def seat_pieces(record: Record, edges: Ints) -> Pieces:
    """Parts of the rows of ``history.seat_time`` within the bins."""
    seat_time = record.history.seat_time
    return record.keep(("seats", edges.tobytes()), lambda: cut(seat_time.start, seat_time.end, edges))


def ledger(record: Record, edges: Ints) -> Floats:
    """[teams, states, kinds, bins] Seconds; whole numbers."""
    return record.keep(("ledger", edges.tobytes()), lambda: _ledger(record, edges, None))


def _ledger(record: Record, edges: Ints, service: int | None) -> Floats:
    seat_time, parts = record.history.seat_time, seat_pieces(record, edges)
    if service is not None:
        parts = _only(parts, record.seat_service[parts.row] == service)
    cell = (seat_time.team * STATES + seat_time.state) * KINDS + seat_time.kind
    group = cell[parts.row]
    teams, width = len(record.model.teams), len(edges) - 1
    seconds = total(group, parts.bin, parts.end - parts.start, teams * STATES * KINDS, width)
    return seconds.reshape(teams, STATES, KINDS, width)


def hours_in(record: Record, scope: Scope, *states: SeatState) -> float:
    """Seat hours in any of ``states``; of one service, those on its tickets."""
    service = None if scope.service == ALL else scope.service
    seconds = record.keep(("ledger of", scope), lambda: _ledger(record, scope.edges, service))
    return float(seconds[:, list(states)].sum()) / HOUR


def hours_on(record: Record, scope: Scope, flow: Flow) -> float:
    """Seat hours, overtime included, on tickets of ``flow``."""
    parts = seat_pieces(record, scope.edges)
    counted = record.seat_flow[parts.row] == flow
    if scope.service != ALL:
        counted &= record.seat_service[parts.row] == scope.service
    return float((parts.end - parts.start)[counted].sum()) / HOUR


def rework_hours(record: Record, scope: Scope) -> float:
    """Seat hours that made good lost context: they follow the switch loss at the start of a session."""
    rows = record.history.seat_time
    start = rows.start + rows.switch_loss
    return _part_hours(record, scope, start, start + rows.rework)


def preemption_loss_hours(record: Record, scope: Scope) -> float:
    """Seat hours that made good an interruption: the first part of a session."""
    rows = record.history.seat_time
    return _part_hours(record, scope, rows.start, rows.start + rows.switch_loss)


def firefighting_end(record: Record) -> Ints:
    """[seat_time] End of the firefighting at the start of each session (its start where there is none).

    A session on an incident, and any overtime, is firefighting to its end; one on a request is as long as
    it makes good an interruption or lost context. So no second counts twice.
    """
    rows = record.history.seat_time
    return record.keep(
        "firefighting",
        lambda: np.where(is_firefighting(record), rows.end, np.minimum(rows.end, _losses_end(record))),
    )


def _losses_end(record: Record) -> Ints:
    rows = record.history.seat_time
    return rows.start + rows.switch_loss + rows.rework


def is_firefighting(record: Record) -> Bools:
    """[seat_time] Whether a whole session is firefighting."""
    rows = record.history.seat_time
    on_incident = (record.seat_flow == Flow.INCIDENT) & (rows.kind != WorkKind.NONE)
    fought: Bools = on_incident | (rows.state == SeatState.OVERTIME)
    return fought


def firefighting_seconds(record: Record, edges: Ints, service: int = ALL) -> Floats:
    """[teams, 2, bins] Seconds of firefighting in shift and in overtime."""
    return record.keep(
        ("firefighting", edges.tobytes(), service), lambda: _firefighting_seconds(record, edges, service)
    )


def _firefighting_seconds(record: Record, edges: Ints, service: int) -> Floats:
    rows = record.history.seat_time
    parts = cut(rows.start, firefighting_end(record), edges)
    if service != ALL:
        parts = _only(parts, record.seat_service[parts.row] == service)
    overtime = (rows.state[parts.row] == SeatState.OVERTIME).astype(np.int64)
    teams, width = len(record.model.teams), len(edges) - 1
    group = rows.team[parts.row] * 2 + overtime
    return total(group, parts.bin, parts.end - parts.start, teams * 2, width).reshape(teams, 2, width)


def _part_hours(record: Record, scope: Scope, start: Ints, end: Ints) -> float:
    parts = cut(start, end, scope.edges)
    if scope.service != ALL:
        parts = _only(parts, record.seat_service[parts.row] == scope.service)
    return float((parts.end - parts.start).sum()) / HOUR


def _only(parts: Pieces, kept: Bools) -> Pieces:
    return Pieces(parts.row[kept], parts.bin[kept], parts.start[kept], parts.end[kept])
