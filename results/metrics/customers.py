"""Customers lost to bad experiences: the churn proxy, experience by experience."""

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
from sim.rules.customers import dose, excess_leavers, faded_memory, share_reached, usual_leavers
from sim.spec.calendars import DAY, HOUR, WEEK, Floats, Ints
from sim.spec.flows import Cause


@dataclass(frozen=True, slots=True)
class Leavers:
    """Customers who left, a row for each week (or part of one) in which an incident hit customers.

    ``stock`` [weeks, 4]: customers at the start of each week, who came and who left anyway in it, who left
    because of incidents.
    """

    service: Ints
    time: Ints
    customers: Floats
    stock: Floats


THERE, CAME, USUAL, EXCESS = range(4)
"""Columns of ``Leavers.stock``."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Spells cut at the ends of weeks: ``spell`` is the row a part was cut from, ``last`` its last part."""

    spell: Ints
    start: Ints
    end: Ints
    last: Ints


def leavers(record: Record) -> Leavers:
    """All leavers of the run in order of time.

    They leave when the service is back; while it is not, at the end of every week for what they have met so
    far, and so at the end of the run. Those of the warm-up are there because past experiences are
    remembered into the measured period; only from t = 0 do leavers leave the stock of customers, of which
    nobody can be lost twice. Once a week, and at the end of the run, those who come and those who leave
    anyway are counted.
    """
    return record.keep("leavers", lambda: _leavers(record))


def _leavers(record: Record) -> Leavers:
    spells, base = record.history.spells, record.prices.customers
    hit = np.flatnonzero(spells.hits_customers == 1)
    parts = by_week(spells.start[hit], record.spell_end[hit])
    rows = hit[parts.spell]
    order = np.lexsort((spells.case[rows], spells.service[rows], parts.end))
    rows, spell, start, end = rows[order], parts.spell[order], parts.start[order], parts.end[order]
    service = spells.service[rows]
    restored = (parts.last[order] == 1) & (spells.end[rows] != NEVER)
    # What is settled at the end of a week belongs to that week: to its last second.
    time = np.where(restored, end, end - 1)
    scope, severity = _impact(record, rows)
    share = np.array([price.customer_share for price in record.prices.services])[service]
    load = _mean_load(record, service, start, end)
    left = np.empty(len(rows))
    horizon = record.history.horizon
    stock = np.zeros((max(1, -(-horizon // WEEK)), 4))
    stock[0, THERE] = base.customers
    fast(lose_customers)(
        spell,
        service,
        start,
        end,
        end - spells.start[rows],
        time,
        share,
        scope,
        severity,
        load,
        stock,
        float(base.acquisition_per_month / MONTH),
        float(base.background_churn_per_month / MONTH),
        horizon,
        float(base.hazard),
        float(base.dose_hours * HOUR),
        float(base.repeat_factor),
        float(base.memory_days * DAY),
        np.zeros((2, len(record.model.services))),
        np.zeros((3, len(hit))),
        left,
    )
    return Leavers(service, time, left, stock)


def lose_customers(
    spell: Ints,
    service: Ints,
    start: Ints,
    end: Ints,
    age: Ints,
    time: Ints,
    share: Floats,
    scope: Floats,
    severity: Floats,
    load: Floats,
    stock: Floats,
    coming: float,
    leaving: float,
    horizon: int,
    hazard: float,
    scale: float,
    repeat_factor: float,
    half_life: float,
    memory: Floats,
    known: Floats,
    left: Floats,
) -> None:
    """Write how many customers ``left`` because of each part of a spell; parts come in order of time.

    [weeks, 4] ``stock`` holds the customers there at the start and is filled; ``coming`` a second come, and
    a share of ``leaving`` a second leaves anyway.
    [2, services] ``memory`` of past doses, and the second at which it was that; [3, spells] what is
    ``known`` of a spell from its earlier weeks: its dose, its own part of the memory, who left for it.
    All zeros to begin with.
    """
    week = -1
    for row in range(len(spell) + 1):
        now = time[row] if row < len(spell) else horizon
        while week + 1 < len(stock) and (week < 0 or now >= (week + 1) * WEEK):
            week += 1
            if week > 0:
                before = stock[week - 1]
                stock[week, THERE] = before[THERE] + before[CAME] - before[USUAL] - before[EXCESS]
            elapsed = min(WEEK, horizon - week * WEEK)
            stock[week, CAME] = coming * elapsed
            stock[week, USUAL] = usual_leavers(stock[week, THERE], leaving, elapsed)
        if row == len(spell):
            break
        own, mine = service[row], spell[row]
        past = faded_memory(memory[0, own], end[row] - memory[1, own], half_life)
        felt, own_memory = known[0, mine], 0.0
        experience = dose(severity[row], age[row], scale) - felt
        part = share[row] * share_reached(scope[row], load[row])
        reached = part * (stock[week, THERE] - stock[week, EXCESS])
        if felt != 0.0:
            # The customers whom an incident hits are the same from week to week, less those who left for it,
            # and an experience does not make itself worse: its earlier weeks are not among the past ones.
            reached = max(0.0, reached + known[2, mine] * (part - 1.0))
            own_memory = faded_memory(known[1, mine], end[row] - start[row], half_life)
        lost = excess_leavers(reached, hazard, experience, repeat_factor, max(0.0, past - own_memory))
        # Weighted with the share of customers who met it: what a customer met at random remembers. Without
        # the weight, many incidents that each hit a few would count as one customer's bad week.
        memory[0, own], memory[1, own] = past + experience * scope[row], end[row]
        known[0, mine] = felt + experience
        known[1, mine] = own_memory + experience * scope[row]
        if time[row] >= 0:
            stock[week, EXCESS] += lost
            known[2, mine] += lost
        left[row] = lost


def by_week(start: Ints, end: Ints) -> Parts:
    """Cut the intervals [start, end) at the ends of weeks (t = 0 is the end of one)."""
    cuts = np.maximum((end - 1) // WEEK - start // WEEK, 0)
    spell = np.repeat(np.arange(len(start)), cuts + 1)
    number = np.arange(len(spell)) - np.repeat(np.cumsum(cuts + 1) - (cuts + 1), cuts + 1)
    week = start[spell] // WEEK + number
    last = number == cuts[spell]
    return Parts(
        spell=spell,
        start=np.where(number == 0, start[spell], week * WEEK),
        end=np.where(last, end[spell], (week + 1) * WEEK),
        last=last.astype(np.int64),
    )


def _mean_load(record: Record, service: Ints, start: Ints, end: Ints) -> Floats:
    """Mean load over intervals, relative to the mean of the service."""
    warmup = record.history.warmup
    passed = load_time(record.load, service, end, warmup) - load_time(record.load, service, start, warmup)
    load: Floats = passed / np.maximum((end - start) * MEAN_LOAD, 1)
    return load


def _impact(record: Record, spell: Ints) -> tuple[Floats, Floats]:
    """Scope and severity (0 to 1) of incidents, by rows of spells; an overload hits everybody."""
    case = record.history.spells.case[spell]
    streams = record.model.incidents
    first = np.cumsum([0, *(len(stream.impacts) for stream in streams)])
    impacts = [(impact.scope, impact.severity) for stream in streams for impact in stream.impacts]
    table = np.array(impacts, dtype=np.float64).reshape(-1, 2) / PPM
    row = first[record.cases.stream[case]] + record.cases.impact[case]
    everybody = record.cases.cause[case] == Cause.OVERLOAD
    depth = record.history.spells.depth[spell] / PPM
    return np.where(everybody, 1.0, table[row, 0]), np.where(everybody, depth, table[row, 1])


def customers_lost(record: Record, edges: Ints) -> Floats:
    """[services, bins] Customers lost, by the time at which they leave; the usual churn is not in it."""
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


def customers_end(record: Record, end: int) -> float:
    """Customers at a time of the measured period; those of its week come and leave evenly."""
    stock = leavers(record).stock
    week = min(max(end - 1, 0) // WEEK, len(stock) - 1)
    start = week * WEEK
    part = (end - start) / (min(start + WEEK, record.history.horizon) - start)
    gone = leavers(record)
    excess = gone.customers[(gone.time >= start) & (gone.time < end)].sum()
    there, came, usual, _ = stock[week]
    return float(there + part * (came - usual) - excess)
