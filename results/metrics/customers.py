"""Customers lost to bad experiences: the churn proxy, restoration by restoration."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from results.metrics.bins import bin_of, total
from results.metrics.clocks import load_time
from results.metrics.loops import fast
from results.metrics.losses import MEAN_LOAD
from results.metrics.record import Record
from results.metrics.scope import MONTH, PPM
from sim.history.tables import NEVER
from sim.rules.customers import dose, excess_leavers, faded_memory, share_reached
from sim.spec.calendars import DAY, HOUR, Floats, Ints


@dataclass(frozen=True, slots=True)
class Leavers:
    """Customers who left, a row for each restoration of an incident that hit customers."""

    service: Ints
    time: Ints
    customers: Floats


def leavers(record: Record) -> Leavers:
    """All restorations of the run in order of time.

    Those of the warm-up are there because past experiences are remembered into the measured period; only
    from t = 0 do leavers leave the stock of customers, of which nobody can be lost twice.
    """
    return record.keep("leavers", lambda: _leavers(record))


def _leavers(record: Record) -> Leavers:
    spells, base = record.history.spells, record.prices.customers
    rows = np.flatnonzero((spells.hits_customers == 1) & (spells.end != NEVER))
    rows = rows[np.lexsort((spells.case[rows], spells.service[rows], spells.end[rows]))]
    service, start, end, case = spells.service[rows], spells.start[rows], spells.end[rows], spells.case[rows]
    load = _mean_load(record, service, start, end)
    scope, severity = _impact(record, case)
    share = np.array([price.customer_share for price in record.prices.services])
    left = np.empty(len(rows))
    fast(lose_customers)(
        service,
        start,
        end,
        load,
        scope,
        severity,
        share,
        float(base.customers),
        float(base.hazard),
        float(base.dose_hours * HOUR),
        float(base.repeat_factor),
        float(base.memory_days * DAY),
        np.zeros(len(share)),
        np.zeros(len(share), dtype=np.int64),
        left,
    )
    return Leavers(service, end, left)


def lose_customers(
    service: Ints,
    start: Ints,
    end: Ints,
    load: Floats,
    scope: Floats,
    severity: Floats,
    share: Floats,
    stock: float,
    hazard: float,
    scale: float,
    repeat_factor: float,
    half_life: float,
    memory: Floats,
    since: Ints,
    left: Floats,
) -> None:
    """Write how many customers ``left`` because of each restoration; they come in order of time.

    [services] ``share`` of the customers who depend on a service, ``memory`` of past doses as it was at
    ``since`` (nothing at 0, to begin with).
    """
    for row in range(len(service)):
        own = service[row]
        past = faded_memory(memory[own], end[row] - since[own], half_life)
        experience = dose(severity[row], end[row] - start[row], scale)
        reached = stock * share[own] * share_reached(scope[row], load[row])
        left[row] = excess_leavers(reached, hazard, experience, repeat_factor, past)
        # Weighted with the share of customers who met it: what a customer met at random remembers. Without
        # the weight, many incidents that each hit a few would count as one customer's bad week.
        memory[own], since[own] = past + experience * scope[row], end[row]
        if end[row] >= 0:
            stock -= left[row]


def _mean_load(record: Record, service: Ints, start: Ints, end: Ints) -> Floats:
    """Mean load over intervals, relative to the mean of the service."""
    warmup = record.history.warmup
    passed = load_time(record.load, service, end, warmup) - load_time(record.load, service, start, warmup)
    load: Floats = passed / np.maximum((end - start) * MEAN_LOAD, 1)
    return load


def _impact(record: Record, case: Ints) -> tuple[Floats, Floats]:
    """Scope and severity (0 to 1) of incidents, by rows of cases."""
    streams = record.model.incidents
    first = np.cumsum([0, *(len(stream.impacts) for stream in streams)])
    impacts = [(impact.scope, impact.severity) for stream in streams for impact in stream.impacts]
    table = np.array(impacts, dtype=np.float64).reshape(-1, 2) / PPM
    row = first[record.cases.stream[case]] + record.cases.impact[case]
    return table[row, 0], table[row, 1]


def customers_lost(record: Record, edges: Ints) -> Floats:
    """[services, bins] Customers lost, by the time of the restoration; the usual churn is not in it."""
    gone = leavers(record)
    rows, bins = bin_of(gone.time, edges)
    return total(gone.service[rows], bins, gone.customers[rows], len(record.model.services), len(edges) - 1)


def customer_value_lost(record: Record, edges: Ints) -> Floats:
    """[services, bins] Margin that the lost customers would have brought, at most to the horizon."""
    gone, base = leavers(record), record.prices.customers
    rows, bins = bin_of(gone.time, edges)
    months = np.minimum(base.counted_months, (record.history.horizon - gone.time[rows]) / MONTH)
    value = gone.customers[rows] * base.margin_per_month * months
    return total(gone.service[rows], bins, value, len(record.model.services), len(edges) - 1)
