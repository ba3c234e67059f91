"""Planned work: problems solved, changes delivered, initiatives live, people who left, users' judgement."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from results.metrics.ledger import hours_in, ledger
from results.metrics.record import Bools, Record
from results.metrics.scope import MONTH, YEAR, Scope, ratio
from sim.history.kinds import Activity, SeatState, Stock, WorkKind
from sim.history.tables import NEVER
from sim.rules.seats import seat_count
from sim.spec.calendars import DAY, HOUR, Floats, Ints
from sim.spec.changes import ChangeType, Purpose
from sim.spec.flows import Cause, Flow

RECURRENCE = 90 * DAY
"""An incident recurs if its fault had one before within this time (docs/model.md, outcomes)."""
UNDEFINED = float("nan")


def _has(record: Record, flow: Flow) -> bool:
    """Whether the model plays a flow at all; where it does not, its outcomes are undefined."""
    model = record.model
    if flow == Flow.PROBLEM:
        return model.problem_management is not None and len(model.faults) > 0
    return len(model.initiatives) > 0 if flow == Flow.INITIATIVE else model.change_enablement is not None


def _within(time: Ints, scope: Scope) -> Bools:
    """Moments within the window; NEVER is before any."""
    inside: Bools = (time >= scope.start) & (time < scope.end)
    return inside


def raised(record: Record, scope: Scope, flow: Flow) -> Ints:
    """Rows of the cases of a planned flow that were raised in the scope."""
    return record.began(scope, flow)


def live(record: Record, scope: Scope, flow: Flow) -> Ints:
    """Rows of the cases of a planned flow that went live (or were solved) in the scope."""
    cases = record.cases
    return record.keep(
        ("live", scope, flow),
        lambda: np.flatnonzero(
            (cases.flow == flow) & _within(cases.restored, scope) & record.in_service(scope)
        ),
    )


def count_raised(record: Record, scope: Scope, flow: Flow) -> float:
    """How many were raised."""
    return float(len(raised(record, scope, flow))) if _has(record, flow) else UNDEFINED


def count_live(record: Record, scope: Scope, flow: Flow) -> float:
    """How many went live, or were solved."""
    return float(len(live(record, scope, flow))) if _has(record, flow) else UNDEFINED


def age_hours_mean(record: Record, scope: Scope, flow: Flow) -> float:
    """Mean hours from raised to live, or until the end of the scope, of those raised in it."""
    rows = raised(record, scope, flow)
    restored = record.cases.restored[rows]
    end = np.where((restored == NEVER) | (restored > scope.end), scope.end, restored)
    return ratio(float((end - record.cases.occurred[rows]).sum()) / HOUR, len(rows))


def open_at(record: Record, moment: int, flow: Flow, scope: Scope) -> Bools:
    """[cases] Whether a case of a planned flow was raised and not live at a moment."""
    cases = record.cases
    still: Bools = (cases.restored == NEVER) | (cases.restored >= moment)
    found: Bools = still & (cases.occurred < moment) & (cases.flow == flow) & record.in_service(scope)
    return found


def backlog_end(record: Record, scope: Scope, flow: Flow) -> float:
    """How many were open at the end of the scope."""
    if not _has(record, flow):
        return UNDEFINED
    return float(np.count_nonzero(open_at(record, scope.end, flow, scope)))


# Incidents and what they come from


def recurring_incident_share(record: Record, scope: Scope) -> float:
    """Incidents whose fault already had one in the 90 days before / all incidents."""
    if not record.model.faults:
        return UNDEFINED
    rows = record.began(scope, Flow.INCIDENT)
    again = _is_recurring(record)
    return ratio(float(np.count_nonzero(again[rows])), len(rows))


def _is_recurring(record: Record) -> Bools:
    return record.keep("recurring", lambda: _find_recurring(record))


def _find_recurring(record: Record) -> Bools:
    cases = record.cases
    again = np.zeros(len(cases), dtype=np.bool_)
    rows = np.flatnonzero((cases.flow == Flow.INCIDENT) & (cases.fault >= 0))
    order = rows[np.lexsort((cases.occurred[rows], cases.fault[rows]))]
    same = cases.fault[order[1:]] == cases.fault[order[:-1]]
    near = cases.occurred[order[1:]] - cases.occurred[order[:-1]] <= RECURRENCE
    again[order[1:][same & near]] = True
    return again


def caused_share(record: Record, scope: Scope, cause: Cause) -> float:
    """Incidents of a cause / all incidents."""
    if record.model.change_enablement is None:
        return UNDEFINED
    rows = record.began(scope, Flow.INCIDENT)
    return ratio(float(np.count_nonzero(record.cases.cause[rows] == cause)), len(rows))


def known_errors_end(record: Record, scope: Scope) -> float:
    """Problems whose cause was found before the end of the scope, and which were not solved then."""
    if not _has(record, Flow.PROBLEM):
        return UNDEFINED
    activities = record.history.activities
    found = (activities.activity == Activity.KNOW) & (activities.start < scope.end)
    known = activities.case[found]
    return float(np.count_nonzero(open_at(record, scope.end, Flow.PROBLEM, scope)[known]))


# Changes


def change_failure_share(record: Record, scope: Scope) -> float:
    """Changes that went live and had failed at least once / changes that went live."""
    rows = live(record, scope, Flow.CHANGE)
    return ratio(float(np.count_nonzero(record.cases.failures[rows] > 0)), len(rows))


def emergency_change_share(record: Record, scope: Scope) -> float:
    """Emergency changes / changes, of those that went live."""
    rows = live(record, scope, Flow.CHANGE)
    types = np.array([kind.type for kind in record.model.change_kinds], dtype=np.int64)
    hasty = types[record.cases.change_kind[rows]] == ChangeType.EMERGENCY
    return ratio(float(np.count_nonzero(hasty)), len(rows))


def unauthorised_changes(record: Record, scope: Scope) -> float:
    """Changes raised in the scope that skipped their approval."""
    if not _has(record, Flow.CHANGE):
        return UNDEFINED
    return float(record.cases.unauthorised[raised(record, scope, Flow.CHANGE)].sum())


def of_purpose(record: Record, scope: Scope, purpose: Purpose) -> float:
    """Changes of a purpose raised in the scope."""
    if not _has(record, Flow.CHANGE):
        return UNDEFINED
    cause = record.cases.cause[raised(record, scope, Flow.CHANGE)]
    return float(np.count_nonzero(cause == Cause.PURPOSE + purpose))


def audit_penalties(record: Record, scope: Scope) -> float:
    """What the audit findings raised in the scope cost, in money."""
    if not _has(record, Flow.CHANGE):
        return UNDEFINED
    rows = raised(record, scope, Flow.CHANGE)
    rows = rows[record.cases.cause[rows] == Cause.PURPOSE + Purpose.FINDING]
    penalty = np.array([service.finding_penalty for service in record.prices.services])
    return float(penalty[record.cases.service[rows]].sum())


def maintenance_overdue_end(record: Record, scope: Scope) -> float:
    """Maintenance changes past their due time and not live at the end of the scope."""
    if not _has(record, Flow.CHANGE):
        return UNDEFINED
    late = open_at(record, scope.end, Flow.CHANGE, scope)
    late &= record.cases.cause == Cause.PURPOSE + Purpose.MAINTENANCE
    return float(np.count_nonzero(late & (record.cases.due < scope.end)))


# Initiatives


def initiatives_on_time_share(record: Record, scope: Scope) -> float:
    """Initiatives live by their due time / initiatives due in the scope."""
    cases = record.cases
    due = np.flatnonzero(
        (cases.flow == Flow.INITIATIVE) & _within(cases.due, scope) & record.in_service(scope)
    )
    on_time = (cases.restored[due] != NEVER) & (cases.restored[due] <= cases.due[due])
    return ratio(float(np.count_nonzero(on_time)), len(due))


def initiative_value_delayed(record: Record, scope: Scope) -> float:
    """Value of initiatives for the time in the scope between their due time and going live."""
    if not _has(record, Flow.INITIATIVE):
        return UNDEFINED
    cases = record.cases
    rows = np.flatnonzero((cases.flow == Flow.INITIATIVE) & record.in_service(scope))
    restored = np.where(cases.restored[rows] == NEVER, record.history.horizon, cases.restored[rows])
    late = np.minimum(restored, scope.end) - np.maximum(cases.due[rows], scope.start)
    worth = np.array([item.value_per_month for item in record.prices.initiatives])
    if len(worth) == 0:
        return 0.0
    return float((np.maximum(late, 0) * worth[cases.stream[rows]]).sum()) / MONTH


# People and users


def attrition_rate_yearly(record: Record, scope: Scope) -> float:
    """People who left in the scope / seats at its start / its length in years."""
    model, staff = record.model, record.history.staff
    staffed = [team for team in model.teams if team.people is not None]
    seats = sum(seat_count(model.parameters[team.seats].at(scope.start)) for team in staffed)
    left = np.count_nonzero((staff.hired == 0) & _within(staff.time, scope))
    return ratio(float(left), seats * scope.seconds / YEAR)


def user_satisfaction(record: Record, scope: Scope) -> float:
    """Mean of the weekly satisfaction in the scope."""
    return _mean_stock(record, scope, Stock.SATISFACTION)


def overload_mean(record: Record, scope: Scope) -> float:
    """Mean of the weekly overload of the teams in the scope, each team alike."""
    return _mean_stock(record, scope, Stock.OVERLOAD)


def planned_hours(record: Record, scope: Scope) -> float:
    """Hours on problems and on changes that are no emergency; rollbacks are not planned."""
    if record.model.change_enablement is None:
        return UNDEFINED
    seconds = ledger(record, scope.edges, scope.service)
    return float(seconds[:, :, PLANNED_WORK].sum()) / HOUR


def planned_hours_share(record: Record, scope: Scope) -> float:
    """Planned hours / hours worked, overtime included."""
    worked = hours_in(record, scope, SeatState.WORKING, SeatState.OVERTIME)
    return ratio(planned_hours(record, scope), worked)


PLANNED_WORK = [WorkKind.PROBLEM, WorkKind.CHANGE, WorkKind.MAINTENANCE, WorkKind.INITIATIVE]


def _mean_stock(record: Record, scope: Scope, stock: Stock) -> float:
    stocks = record.history.stocks
    values: Floats = stocks.value[(stocks.stock == stock) & _within(stocks.time, scope)] / 1_000_000
    return float(values.mean()) if len(values) else UNDEFINED


PROBLEM, CHANGE, INITIATIVE = Flow.PROBLEM, Flow.CHANGE, Flow.INITIATIVE
Measure = Callable[[Record, Scope], float]

PLANNED_MEASURES: dict[str, Measure] = {
    "recurring_incident_share": recurring_incident_share,
    "problems_raised": lambda r, s: count_raised(r, s, PROBLEM),
    "problems_solved": lambda r, s: count_live(r, s, PROBLEM),
    "problem_age_hours_mean": lambda r, s: age_hours_mean(r, s, PROBLEM),
    "known_errors_end": known_errors_end,
    "changes": lambda r, s: count_live(r, s, CHANGE),
    "change_failure_share": change_failure_share,
    "change_lead_hours_mean": lambda r, s: age_hours_mean(r, s, CHANGE),
    "emergency_change_share": emergency_change_share,
    "unauthorised_changes": unauthorised_changes,
    "change_incident_share": lambda r, s: caused_share(r, s, Cause.FAILED_CHANGE),
    "maintenance_overdue_end": maintenance_overdue_end,
    "audit_findings": lambda r, s: of_purpose(r, s, Purpose.FINDING),
    "audit_penalties": audit_penalties,
    "initiatives_delivered": lambda r, s: count_live(r, s, INITIATIVE),
    "time_to_market_hours_mean": lambda r, s: age_hours_mean(r, s, INITIATIVE),
    "initiatives_on_time_share": initiatives_on_time_share,
    "planned_hours": planned_hours,
    "planned_hours_share": planned_hours_share,
    "attrition_rate_yearly": attrition_rate_yearly,
    "overload_mean": overload_mean,
    "user_satisfaction": user_satisfaction,
    "initiative_value_delayed": initiative_value_delayed,
}
"""Outcomes of planned work and of the people who do it, by their names in the catalogue."""
