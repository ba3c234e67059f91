"""Working time that employees lose to impaired services and waiting requests."""

from __future__ import annotations

import numpy as np

from results.metrics.bins import cut, total
from results.metrics.clocks import open_time
from results.metrics.impairment import pieces_of
from results.metrics.record import Record
from results.metrics.scope import PPM
from sim.spec.calendars import HOUR, Floats, Ints
from sim.spec.flows import Flow


def employee_hours_lost(record: Record, edges: Ints) -> Floats:
    """[services, bins] Hours lost to impairments and to requests of the service."""
    return record.keep(
        ("employees", edges.tobytes()),
        lambda: hours_lost_to_incidents(record, edges) + hours_lost_to_requests(record, edges),
    )


def hours_lost_to_incidents(record: Record, edges: Ints) -> Floats:
    """[services, bins] Integral of impairment felt by employees over work hours x users x work lost."""
    segments, parts = pieces_of(record, "employees", edges)
    clock = record.prices.work_hours
    worked = open_time(clock, parts.end) - open_time(clock, parts.start)
    amount = segments.level[parts.row] * worked
    lost = total(segments.service[parts.row], parts.bin, amount, len(record.model.services), len(edges) - 1)
    weight = np.array([price.users * price.work_lost_share for price in record.prices.services])
    hours: Floats = lost / (PPM * HOUR) * weight[:, None]
    return hours


def hours_lost_to_requests(record: Record, edges: Ints) -> Floats:
    """[services, bins] Work hours from the opening of requests to their fulfilment x share of work lost."""
    spells = record.history.spells
    flow = record.cases.flow[spells.case]
    rows = np.flatnonzero(flow == Flow.REQUEST)
    case = spells.case[rows]
    parts = cut(np.maximum(spells.start[rows], record.opened[case]), record.spell_end[rows], edges)
    clock = record.prices.work_hours
    worked = open_time(clock, parts.end) - open_time(clock, parts.start)
    share = np.array([*record.prices.request_lost_share, 0.0])
    case = case[parts.row]
    amount = worked * share[record.cases.stream[case]]
    service = record.cases.service[case]
    return total(service, parts.bin, amount, len(record.model.services), len(edges) - 1) / HOUR
