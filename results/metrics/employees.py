"""Working time that employees lose to impaired services and waiting requests."""

from __future__ import annotations

import numpy as np

from results.metrics.bins import time_spent
from results.metrics.clocks import open_time
from results.metrics.impairment import against, impairment
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
    lost = record.amounts("impaired work", edges, lambda edges: _impaired_work(record, edges))
    weight = np.array([price.users * price.work_lost_share for price in record.prices.services])
    hours: Floats = lost / (PPM * HOUR) * weight[:, None]
    return hours


def _impaired_work(record: Record, edges: Ints) -> Floats:
    """[services, bins] Integral of impairment felt by employees over work hours, in ppm x seconds."""
    segments = impairment(record, "employees")
    return against(record, segments, edges, lambda _, time: _work_time(record, time), segments.level)


def hours_lost_to_requests(record: Record, edges: Ints) -> Floats:
    """[services, bins] Work hours from the opening of requests to their fulfilment x share of work lost."""
    waited = record.amounts("waited work", edges, lambda edges: _waited_work(record, edges))
    share = np.array(record.prices.request_lost_share)
    hours: Floats = (waited * share[:, None, None]).sum(axis=0) / HOUR
    return hours


def _waited_work(record: Record, edges: Ints) -> Floats:
    """[streams, services, bins] Work hours from the opening of requests to their fulfilment, in seconds."""
    spells, cases = record.history.spells, record.cases
    rows = np.flatnonzero(record.spell_flow == Flow.REQUEST)
    case = spells.case[rows]
    streams, services = len(record.prices.request_lost_share), len(record.model.services)
    waited = time_spent(
        cases.stream[case] * services + cases.service[case],
        _work_time(record, record.spell_begin[rows]),
        _work_time(record, record.spell_end[rows]),
        _work_time(record, edges),
        streams * services,
    )
    # The width is told: of a model without streams of requests it can't be found out.
    return waited.reshape(streams, services, len(edges) - 1)


def _work_time(record: Record, time: Ints) -> Ints:
    """The clock that runs while employees work."""
    return open_time(record.prices.work_hours, time)
