"""Revenue and margin that impaired services cost."""

from __future__ import annotations

import numpy as np

from results.metrics.bins import total
from results.metrics.clocks import load_time
from results.metrics.impairment import pieces_of
from results.metrics.record import Record
from results.metrics.scope import PPM
from sim.spec.calendars import HOUR, Floats, Ints

MEAN_LOAD = 1000
"""Loads are in per mille of the mean."""


def revenue_lost(record: Record, edges: Ints) -> Floats:
    """[services, bins] Revenue that impairments felt by customers cost, less what comes back later.

    Revenue at an hour is the mean revenue per hour times the load of that hour.
    """
    return record.keep(("revenue", edges.tobytes()), lambda: _revenue_lost(record, edges))


def _revenue_lost(record: Record, edges: Ints) -> Floats:
    segments, parts = pieces_of(record, "customers", edges)
    service = segments.service[parts.row]
    warmup = record.history.warmup
    load = load_time(record.load, service, parts.end, warmup) - load_time(
        record.load, service, parts.start, warmup
    )
    lost = total(
        service, parts.bin, segments.level[parts.row] * load, len(record.model.services), len(edges) - 1
    )
    worth = [price.revenue_per_hour * (1.0 - price.recaptured_share) for price in record.prices.services]
    money: Floats = lost / (PPM * MEAN_LOAD * HOUR) * np.array(worth)[:, None]
    return money


def margin_lost(record: Record, edges: Ints) -> Floats:
    """[services, bins] Contribution margin of the revenue lost."""
    share = np.array([price.margin_share for price in record.prices.services])
    money: Floats = revenue_lost(record, edges) * share[:, None]
    return money
