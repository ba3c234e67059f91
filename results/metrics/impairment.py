"""Impairment of services: how much of their function is missing, when, and for whom."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from results.metrics.bins import Pieces, cut, total
from results.metrics.clocks import open_time
from results.metrics.record import Bools, Record
from results.metrics.scope import PPM
from sim.spec.calendars import HOUR, Floats, Ints

DOWN = PPM // 2
"""A service is down from this impairment on (parts per million)."""


@dataclass(frozen=True, slots=True)
class Segments:
    """A step function a service: in [start, end) its impairment is ``level`` ppm; elsewhere it is 0."""

    service: Ints
    start: Ints
    end: Ints
    level: Ints


def impairment(record: Record, felt_by: str = "anybody") -> Segments:
    """Impairment = min(1, sum of the depths of unrestored incident spells), in exact ppm.

    ``felt_by``: 'anybody', 'employees' or 'customers' counts only incidents that hit them.
    """
    return record.keep(("impairment", felt_by), lambda: _segments(record, felt_by))


def _segments(record: Record, felt_by: str) -> Segments:
    spells = record.history.spells
    counted: Bools = spells.depth > 0
    if felt_by == "employees":
        counted &= spells.hits_employees == 1
    elif felt_by == "customers":
        counted &= spells.hits_customers == 1
    rows = np.flatnonzero(counted)
    depth = spells.depth[rows]
    service = np.concatenate([spells.service[rows]] * 2)
    time = np.concatenate([spells.start[rows], record.spell_end[rows]])
    change = np.concatenate([depth, -depth])
    order = np.lexsort((time, service))
    service, time = service[order], time[order]
    # Every spell both opens and ends within its service, so one running sum serves all services.
    level = np.minimum(np.cumsum(change[order]), PPM)
    kept = np.flatnonzero((service[:-1] == service[1:]) & (time[:-1] < time[1:]) & (level[:-1] > 0))
    return Segments(service[kept], time[kept], time[kept + 1], level[kept])


def pieces_of(record: Record, felt_by: str, edges: Ints) -> tuple[Segments, Pieces]:
    """The step function, and its parts within the bins."""
    segments = impairment(record, felt_by)
    return segments, record.keep(
        ("impaired", felt_by, edges.tobytes()), lambda: cut(segments.start, segments.end, edges)
    )


def degraded_hours(record: Record, edges: Ints) -> Floats:
    """[services, bins] Integral of impairment, in hours of full outage."""
    segments, parts = pieces_of(record, "anybody", edges)
    amount = segments.level[parts.row] * (parts.end - parts.start)
    return _by_service(record, segments, parts, amount, edges) / (PPM * HOUR)


def downtime_hours(record: Record, edges: Ints) -> Floats:
    """[services, bins] Hours with an impairment of at least a half, outside planned maintenance."""
    segments, parts = pieces_of(record, "anybody", edges)
    down = segments.level[parts.row] >= DOWN
    parts = Pieces(parts.row[down], parts.bin[down], parts.start[down], parts.end[down])
    amount = parts.end - parts.start
    for number, service in enumerate(record.model.services):
        own = segments.service[parts.row] == number
        planned = service.planned
        amount[own] -= open_time(planned, parts.end[own]) - open_time(planned, parts.start[own])
    return _by_service(record, segments, parts, amount, edges) / HOUR


def agreed_hours(record: Record, edges: Ints) -> Floats:
    """[services, bins] Hours of the bins, round the clock, less planned maintenance."""
    return np.vstack(
        [np.diff(edges) - np.diff(open_time(service.planned, edges)) for service in record.model.services]
    ) / float(HOUR)


def _by_service(record: Record, segments: Segments, parts: Pieces, amount: Ints, edges: Ints) -> Floats:
    return total(segments.service[parts.row], parts.bin, amount, len(record.model.services), len(edges) - 1)
