"""Weekly series: the same definitions as the outcomes, week by week."""

from __future__ import annotations

import numpy as np

from results.metrics.bins import bin_of, divide, sums
from results.metrics.customers import customers_lost
from results.metrics.employees import employee_hours_lost
from results.metrics.impairment import degraded_hours, downtime_hours
from results.metrics.ledger import firefighting_seconds, ledger
from results.metrics.losses import margin_lost
from results.metrics.record import Bools, Record
from results.metrics.scope import Scope
from results.metrics.tickets import standing, within_service_level
from sim.history.kinds import Activity, SeatState, WorkKind
from sim.history.tables import NEVER
from sim.spec.calendars import HOUR, WEEK, Floats, Ints
from sim.spec.flows import Flow


def week_edges(start: int, horizon: int) -> Ints:
    """Edges of the weeks from ``start`` (a multiple of a week before or at 0); the last may be cut short."""
    edges = np.arange(start, horizon, WEEK, dtype=np.int64)
    return np.append(edges, horizon)


def weekly_series(record: Record, start: int = 0) -> dict[str, Floats]:
    """[weeks] Series from ``start`` to the horizon, nan in weeks in which one is undefined.

    ``start`` may lie in the warm-up (that is how its length is chosen). Tickets count in the week in which
    they began; restore and fulfilment times are by that week too, as known at the horizon.
    """
    edges = week_edges(start, record.history.horizon)
    whole = Scope(start, record.history.horizon)
    return {
        "start_hours": edges[:-1] / HOUR,
        "hours": np.diff(edges) / HOUR,
        **_tickets(record, edges, whole),
        "downtime_hours": downtime_hours(record, edges).sum(axis=0),
        "degraded_hours": degraded_hours(record, edges).sum(axis=0),
        "employee_hours_lost": employee_hours_lost(record, edges).sum(axis=0),
        "margin_lost": margin_lost(record, edges).sum(axis=0),
        "customers_lost": customers_lost(record, edges).sum(axis=0),
        **_hours(record, edges),
    }


def _tickets(record: Record, edges: Ints, whole: Scope) -> dict[str, Floats]:
    now = standing(record, whole.end)
    known = record.opened
    level = np.zeros(len(record.cases), dtype=np.bool_)
    reached = record.reached_it(whole)
    level[reached] = within_service_level(record, whole, reached)
    series = {}
    for flow, word in ((Flow.INCIDENT, "incident"), (Flow.REQUEST, "request")):
        own = record.cases.flow == flow
        name = "restore_hours_mean" if flow == Flow.INCIDENT else "request_fulfilment_hours_mean"
        series[f"{word}s"] = _count(record.cases.occurred, own, edges)
        series[name] = _mean(record.cases.occurred, own, now.unresolved / HOUR, edges)
        series[f"{word}_backlog_end"] = _backlog(record, own, edges)
    rows = record.activity_rows(Activity.RESTORE)
    everything = np.ones(len(rows), dtype=np.bool_)
    series["restored"] = _count(record.history.activities.start[rows], everything, edges)
    series["sla_attainment_share"] = _mean(known, record.cases.due != NEVER, level.astype(np.float64), edges)
    incident = record.is_incident
    series["handoffs_per_incident"] = _mean(
        record.cases.occurred, incident, record.cases.handoffs.astype(np.float64), edges
    )
    return series


def _hours(record: Record, edges: Ints) -> dict[str, Floats]:
    seconds = ledger(record, edges).sum(axis=0)
    by_state = seconds.sum(axis=1) / HOUR
    worked, idle = by_state[SeatState.WORKING], by_state[SeatState.IDLE]
    all_work = worked + by_state[SeatState.OVERTIME]
    fire = firefighting_seconds(record, edges).sum(axis=(0, 1)) / HOUR
    series = {
        f"{kind.name.lower()}_work_hours": seconds[:, kind].sum(axis=0) / HOUR for kind in WorkKind if kind
    }
    return {
        **series,
        "hours_worked": worked,
        "idle_hours": idle,
        "absent_hours": by_state[SeatState.ABSENT],
        "overtime_hours": by_state[SeatState.OVERTIME],
        "utilisation_mean": divide(worked, worked + idle),
        "firefighting_hours_share": divide(fire, all_work),
    }


def _count(time: Ints, counted: Bools, edges: Ints) -> Floats:
    _, bins = bin_of(time[counted], edges)
    return sums(bins, len(edges) - 1)


def _mean(time: Ints, counted: Bools, value: Floats, edges: Ints) -> Floats:
    rows, bins = bin_of(time[counted], edges)
    width = len(edges) - 1
    return divide(sums(bins, width, value[counted][rows]), sums(bins, width))


def _backlog(record: Record, own: Bools, edges: Ints) -> Floats:
    """Tickets unresolved at the end of each bin: spells begun before it less spells ended before it."""
    spells = record.history.spells
    mine = own[spells.case]
    begun = np.sort(spells.start[mine])
    ended = np.sort(spells.end[mine & (spells.end != NEVER)])
    at = edges[1:]
    return (np.searchsorted(begun, at) - np.searchsorted(ended, at)).astype(np.float64)
