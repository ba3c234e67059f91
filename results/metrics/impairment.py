"""Impairment of services: how much of their function is missing, when, and for whom."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from results.metrics.bins import ONE, rows_within, time_spent
from results.metrics.clocks import Clock, open_time
from results.metrics.record import Record
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
    row, service, time, change = record.keep("changes", lambda: _changes(record))
    if felt_by != "anybody":
        spells = record.history.spells
        hit = spells.hits_employees if felt_by == "employees" else spells.hits_customers
        counted = np.flatnonzero(hit[row] == 1)
        service, time, change = service[counted], time[counted], change[counted]
    # Every spell both opens and ends within its service, so one running sum serves all services.
    level = np.minimum(np.cumsum(change), PPM)
    kept = np.flatnonzero((service[:-1] == service[1:]) & (time[:-1] < time[1:]) & (level[:-1] > 0))
    return Segments(service[kept], time[kept], time[kept + 1], level[kept])


def _changes(record: Record) -> tuple[Ints, Ints, Ints, Ints]:
    """Beginnings and ends of the spells that impair: row, service, time and change of depth, in order."""
    spells = record.history.spells
    rows = np.flatnonzero(spells.depth > 0)
    service = np.concatenate([spells.service[rows]] * 2)
    time = np.concatenate([spells.start[rows], record.spell_end[rows]])
    change = np.concatenate([spells.depth[rows], -spells.depth[rows]])
    order = np.lexsort((time, service))
    return np.concatenate([rows, rows])[order], service[order], time[order], change[order]


def against(record: Record, segments: Segments, edges: Ints, clock: Clock, weight: Ints = ONE) -> Floats:
    """[services, bins] What passed on a clock of the service during the segments, times ``weight``."""
    services, history = len(record.model.services), record.history
    edges = np.clip(edges, -history.warmup, history.horizon)
    found = np.zeros((services, len(edges) - 1))
    for service in range(services):
        own = rows_within(segments.service, service, service + 1)
        start, end = clock(service, segments.start[own]), clock(service, segments.end[own])
        each = ONE if weight is ONE else weight[own]
        found[service] = time_spent(np.zeros_like(start), start, end, clock(service, edges), 1, each)
    return found


def degraded_hours(record: Record, edges: Ints) -> Floats:
    """[services, bins] Integral of impairment, in hours of full outage."""
    return record.amounts("degraded", edges, lambda edges: _degraded(record, edges)) / (PPM * HOUR)


def _degraded(record: Record, edges: Ints) -> Floats:
    segments = impairment(record)
    return against(record, segments, edges, lambda _, time: time, segments.level)


def downtime_hours(record: Record, edges: Ints) -> Floats:
    """[services, bins] Hours with an impairment of at least a half, outside planned maintenance."""
    return record.amounts("downtime", edges, lambda edges: _downtime(record, edges)) / HOUR


def _downtime(record: Record, edges: Ints) -> Floats:
    found = impairment(record)
    down = np.flatnonzero(found.level >= DOWN)
    segments = Segments(found.service[down], found.start[down], found.end[down], found.level[down])
    return against(record, segments, edges, lambda service, time: agreed_time(record, service, time))


def agreed_hours(record: Record, edges: Ints) -> Floats:
    """[services, bins] Hours of the bins, round the clock, less planned maintenance."""
    services = range(len(record.model.services))
    return np.vstack([np.diff(agreed_time(record, service, edges)) for service in services]) / float(HOUR)


def agreed_time(record: Record, service: int, time: Ints) -> Ints:
    """The clock that stands still during planned maintenance of the service."""
    return time - open_time(record.model.services[service].planned, time)
