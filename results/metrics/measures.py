"""How each outcome of the catalogue is measured: one line an outcome."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from results.metrics.alignment import alignment_index
from results.metrics.customers import customer_value_lost, customers_end, customers_lost
from results.metrics.employees import employee_hours_lost
from results.metrics.impairment import agreed_hours, degraded_hours, downtime_hours
from results.metrics.ledger import (
    firefighting_seconds,
    hours_in,
    hours_on,
    preemption_loss_hours,
    rework_hours,
)
from results.metrics.losses import margin_lost, revenue_lost
from results.metrics.planned import PLANNED_MEASURES, audit_penalties, initiative_value_delayed
from results.metrics.record import Record
from results.metrics.scope import MONTH, Scope, ratio
from results.metrics.spend import cost_total, firefighting_cost, overtime_cost
from results.metrics.tickets import (
    detection_hours_mean,
    first_response_hours_mean,
    mean_over,
    open_at_end,
    queue_hours_per_ticket,
    reopen_share,
    sla_attainment_share,
    tickets_closed_share,
    unresolved_hours,
)
from results.statistics.quantiles import quantiles
from sim.history.kinds import SeatState
from sim.spec.calendars import HOUR
from sim.spec.flows import Flow

Measure = Callable[[Record, Scope], float]
INCIDENT, REQUEST = Flow.INCIDENT, Flow.REQUEST
WORKING, IDLE, ABSENT, OVERTIME = SeatState.WORKING, SeatState.IDLE, SeatState.ABSENT, SeatState.OVERTIME


def availability_share(record: Record, scope: Scope) -> float:
    """1 - downtime / agreed hours."""
    agreed = scope.of(agreed_hours(record, scope.edges))
    return 1.0 - ratio(scope.of(downtime_hours(record, scope.edges)), agreed)


def availability_weighted_share(record: Record, scope: Scope) -> float:
    """Mean availability of the services by their true value weights at t = 0."""
    weights = [record.model.parameters[service.value_weight].at(0) for service in record.model.services]
    each = [
        availability_share(record, Scope(scope.start, scope.end, number)) for number in range(len(weights))
    ]
    return ratio(sum(w * share for w, share in zip(weights, each, strict=True)), sum(weights))


def churn_rate_monthly(record: Record, scope: Scope) -> float:
    """Background churn + excess; of one service, over the customers who depend on it."""
    base = record.prices.customers
    customers = base.customers
    if scope.service >= 0:
        customers *= record.prices.services[scope.service].customer_share
    lost = scope.of(customers_lost(record, scope.edges))
    return base.background_churn_per_month + ratio(lost, customers * scope.seconds / MONTH)


def firefighting_hours(record: Record, scope: Scope) -> float:
    """Hours of firefighting, overtime included."""
    return float(firefighting_seconds(record, scope.edges, scope.service).sum()) / HOUR


def firefighting_hours_share(record: Record, scope: Scope) -> float:
    """Hours of firefighting / hours worked, overtime in both."""
    return ratio(firefighting_hours(record, scope), hours_in(record, scope, WORKING, OVERTIME))


def employee_cost_lost(record: Record, scope: Scope) -> float:
    """Hours that employees lost, at their loaded cost."""
    return scope.of(employee_hours_lost(record, scope.edges)) * record.prices.employee_cost_per_hour


def business_loss_total(record: Record, scope: Scope) -> float:
    """Margin lost + value of customers lost + pay for hours lost + value delayed + penalties."""
    return (
        scope.of(margin_lost(record, scope.edges))
        + scope.of(customer_value_lost(record, scope.edges))
        + employee_cost_lost(record, scope)
        + (initiative_value_delayed(record, scope) if record.model.initiatives else 0.0)
        + (audit_penalties(record, scope) if record.model.change_enablement is not None else 0.0)
    )


def restore_hours_p90(record: Record, scope: Scope) -> float:
    """90% quantile of the times to restore."""
    hours = unresolved_hours(record, scope, INCIDENT)
    return quantiles(hours, [0.9])[0] if len(hours) else float("nan")


def major_restore_hours_mean(record: Record, scope: Scope) -> float:
    """Mean time unresolved of the incidents with true priority 1 that began in the scope."""
    hours = unresolved_hours(record, scope, INCIDENT)
    major = record.cases.priority[record.began(scope, INCIDENT)] == 1
    return ratio(float(hours[major].sum()), int(np.count_nonzero(major)))


def mean_unresolved(record: Record, scope: Scope, flow: Flow) -> float:
    """Mean time unresolved of the tickets that began in the scope."""
    hours = unresolved_hours(record, scope, flow)
    return ratio(float(hours.sum()), len(hours))


def customer_impacting(record: Record, scope: Scope) -> float:
    """Incidents that hit customers."""
    return float(np.count_nonzero(record.hits_customers[record.began(scope, INCIDENT)]))


def utilisation_mean(record: Record, scope: Scope) -> float:
    """Worked / (worked + idle), in shift."""
    worked = hours_in(record, scope, WORKING)
    return ratio(worked, worked + hours_in(record, scope, IDLE))


MEASURES: dict[str, Measure] = {
    "downtime_hours": lambda r, s: s.of(downtime_hours(r, s.edges)),
    "degraded_hours": lambda r, s: s.of(degraded_hours(r, s.edges)),
    "availability_share": availability_share,
    "availability_weighted_share": availability_weighted_share,
    "restore_hours_mean": lambda r, s: mean_unresolved(r, s, INCIDENT),
    "restore_hours_p90": restore_hours_p90,
    "major_restore_hours_mean": major_restore_hours_mean,
    "customer_impacting_incidents": customer_impacting,
    "major_incidents": lambda r, s: float(np.count_nonzero(r.cases.priority[r.began(s, INCIDENT)] == 1)),
    "customers_lost": lambda r, s: s.of(customers_lost(r, s.edges)),
    "customers_end": lambda r, s: customers_end(r, s.end),
    "churn_rate_monthly": churn_rate_monthly,
    "employee_hours_lost": lambda r, s: s.of(employee_hours_lost(r, s.edges)),
    "request_fulfilment_hours_mean": lambda r, s: mean_unresolved(r, s, REQUEST),
    "sla_attainment_share": sla_attainment_share,
    "tickets_closed_share": tickets_closed_share,
    "first_contact_share": lambda r, s: mean_over(r, s, INCIDENT, r.cases.first_contact == 1),
    "first_response_hours_mean": first_response_hours_mean,
    "reopen_share": reopen_share,
    "handoffs_per_incident": lambda r, s: mean_over(r, s, INCIDENT, r.cases.handoffs),
    "misroutes_per_incident": lambda r, s: mean_over(r, s, INCIDENT, r.cases.misroutes),
    "priority_misjudged_share": lambda r, s: mean_over(r, s, INCIDENT, r.cases.perceived != r.cases.priority),
    "detection_hours_mean": detection_hours_mean,
    "incidents": lambda r, s: float(len(r.began(s, INCIDENT))),
    "requests": lambda r, s: float(len(r.began(s, REQUEST))),
    "automated_request_share": lambda r, s: mean_over(r, s, REQUEST, r.cases.automated == 1),
    "incident_backlog_end": lambda r, s: open_at_end(r, s, INCIDENT),
    "request_backlog_end": lambda r, s: open_at_end(r, s, REQUEST),
    "firefighting_hours": firefighting_hours,
    "firefighting_hours_share": firefighting_hours_share,
    "utilisation_mean": utilisation_mean,
    "hours_worked": lambda r, s: hours_in(r, s, WORKING),
    "overtime_hours": lambda r, s: hours_in(r, s, OVERTIME),
    "idle_hours": lambda r, s: hours_in(r, s, IDLE),
    "absent_hours": lambda r, s: hours_in(r, s, ABSENT),
    "paid_hours": lambda r, s: hours_in(r, s, WORKING, IDLE, ABSENT),
    "incident_hours": lambda r, s: hours_on(r, s, INCIDENT),
    "request_hours": lambda r, s: hours_on(r, s, REQUEST),
    "rework_hours": rework_hours,
    "preemption_loss_hours": preemption_loss_hours,
    "work_hours_per_incident": lambda r, s: ratio(hours_on(r, s, INCIDENT), len(r.began(s, INCIDENT))),
    "queue_hours_per_ticket": queue_hours_per_ticket,
    "revenue_lost": lambda r, s: s.of(revenue_lost(r, s.edges)),
    "margin_lost": lambda r, s: s.of(margin_lost(r, s.edges)),
    "customer_value_lost": lambda r, s: s.of(customer_value_lost(r, s.edges)),
    "employee_cost_lost": employee_cost_lost,
    "business_loss_total": business_loss_total,
    "firefighting_cost": firefighting_cost,
    "firefighting_budget_share": lambda r, s: ratio(firefighting_cost(r, s), cost_total(r, s)),
    "overtime_cost": overtime_cost,
    "cost_total": cost_total,
    "alignment_index": alignment_index,
    **PLANNED_MEASURES,
}
"""Every outcome but those that are made of targets (``results.targets``, ``results.alignment``)."""


def measure(record: Record, name: str, scope: Scope) -> float:
    """Value of one outcome in one replication over a window; nan where it is undefined.

    Raises
    ------
    KeyError
        If ``name`` is not an outcome of the catalogue that can be measured by itself.
    """
    return MEASURES[name](record, scope)
