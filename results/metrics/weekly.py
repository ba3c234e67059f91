"""Weekly series: the same definitions as the outcomes, week by week."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.metrics.alignment import alignment_parts
from results.metrics.bins import bin_of, divide, passed, sums
from results.metrics.customers import customers_lost
from results.metrics.employees import employee_hours_lost
from results.metrics.impairment import degraded_hours, downtime_hours
from results.metrics.ledger import firefighting_seconds, ledger
from results.metrics.losses import margin_lost
from results.metrics.record import Record
from results.metrics.scope import Scope, week_edges
from results.metrics.tickets import happened, standing, within_service_level
from sim.history.kinds import Activity, SeatState, WorkKind
from sim.history.tables import NEVER
from sim.spec.calendars import HOUR, Floats, Ints
from sim.spec.flows import Flow


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
        **_alignment(record, edges),
    }


def _tickets(record: Record, edges: Ints, whole: Scope) -> dict[str, Floats]:
    now, cases = standing(record, whole.end), record.cases
    rows, bins = bin_of(cases.occurred, edges)
    flows, width = cases.flow[rows], len(edges) - 1
    count = _by_flow(flows, bins, width)
    unresolved = _by_flow(flows, bins, width, now.unresolved[rows] / HOUR)
    handoffs = _by_flow(flows, bins, width, cases.handoffs[rows])
    backlog = _backlog(record, edges)
    series = {}
    for flow, word in ((Flow.INCIDENT, "incident"), (Flow.REQUEST, "request")):
        name = "restore_hours_mean" if flow == Flow.INCIDENT else "request_fulfilment_hours_mean"
        series[f"{word}s"] = count[flow]
        series[name] = divide(unresolved[flow], count[flow])
        series[f"{word}_backlog_end"] = backlog[flow]
    series["restored"] = happened(record, edges)[Activity.RESTORE].sum(axis=0)
    series["sla_attainment_share"] = _sla_attainment(record, edges, whole)
    series["handoffs_per_incident"] = divide(handoffs[Flow.INCIDENT], count[Flow.INCIDENT])
    return series


def _by_flow(flow: Ints, bins: Ints, width: int, amount: NDArray[Any] | None = None) -> Floats:
    """[flows, bins] Sums of ``amount``, or counts without it."""
    return sums(flow * width + bins, len(Flow) * width, amount).reshape(len(Flow), width)


def _sla_attainment(record: Record, edges: Ints, whole: Scope) -> Floats:
    reached = record.reached_it(whole)
    reached = reached[record.cases.due[reached] != NEVER]
    met, bins = within_service_level(record, whole, reached), passed(record.opened[reached], edges) - 1
    width = len(edges) - 1
    return divide(sums(bins, width, met), sums(bins, width))


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


def _alignment(record: Record, edges: Ints) -> dict[str, Floats]:
    parts = alignment_parts(record, edges)
    return {
        "services_attained_share": parts.attained,
        "demand_met_share": parts.met,
        "user_satisfaction": parts.satisfied,
        "capability_fitting_share": parts.fitting,
        "alignment_index": parts.index,
    }


def _backlog(record: Record, edges: Ints) -> Floats:
    """[flows, bins] Tickets unresolved at the end of each bin: spells begun before it less spells ended."""
    begun, ended = (
        _by_flow(record.spell_flow, passed(time, edges[1:]), len(edges))
        for time in (record.history.spells.start, record.spell_end)
    )
    return np.cumsum(begun - ended, axis=1)[:, :-1]
