"""Revenue and margin that impaired services cost."""

from __future__ import annotations

import numpy as np

from results.metrics.clocks import load_time
from results.metrics.impairment import against, impairment
from results.metrics.record import Record
from results.metrics.scope import PPM
from sim.spec.calendars import HOUR, Floats, Ints

MEAN_LOAD = 1000
"""Loads are in per mille of the mean."""


def revenue_lost(record: Record, edges: Ints) -> Floats:
    """[services, bins] Revenue that impairments felt by customers cost, less what comes back later.

    Revenue at an hour is the mean revenue per hour times the load of that hour.
    """
    lost = record.amounts("revenue", edges, lambda edges: _load_lost(record, edges))
    worth = [price.revenue_per_hour * (1.0 - price.recaptured_share) for price in record.prices.services]
    money: Floats = lost / (PPM * MEAN_LOAD * HOUR) * np.array(worth)[:, None]
    return money


def _load_lost(record: Record, edges: Ints) -> Floats:
    """[services, bins] Integral of impairment over the load, in ppm x per mille x seconds."""
    segments, warmup = impairment(record, "customers"), record.history.warmup

    def load(service: int, time: Ints) -> Ints:
        return load_time(record.load[service : service + 1], np.zeros_like(time), time, warmup)

    return against(record, segments, edges, load, segments.level)


def margin_lost(record: Record, edges: Ints) -> Floats:
    """[services, bins] Contribution margin of the revenue lost."""
    share = np.array([price.margin_share for price in record.prices.services])
    money: Floats = revenue_lost(record, edges) * share[:, None]
    return money
