"""Every outcome is described, measured, and named as promised."""

import re

import pytest

from results.catalogue import FAMILIES, OUTCOMES
from results.catalogue.page import outcomes_page
from results.metrics.measures import MEASURES
from results.metrics.scope import Scope
from results.plots.differences import STORY
from results.report.rows import INSIDE, OUTSIDE
from results.report.write import TABLE
from tests.results.diary import Diary

PROMISED = [
    "downtime_hours",
    "degraded_hours",
    "availability_share",
    "revenue_lost",
    "margin_lost",
    "restore_hours_mean",
    "restore_hours_p90",
    "incidents",
    "customer_impacting_incidents",
    "incident_backlog_end",
    "first_contact_share",
    "handoffs_per_incident",
    "reopen_share",
    "sla_attainment_share",
    "requests",
    "request_fulfilment_hours_mean",
    "customers_lost",
    "churn_rate_monthly",
    "employee_hours_lost",
    "utilisation_mean",
    "overtime_hours",
    "firefighting_hours_share",
    "firefighting_cost",
    "firefighting_budget_share",
    "cost_total",
    "business_loss_total",
    "targets_met_share",
    "problems_solved",
    "recurring_incident_share",
    "changes",
    "change_failure_share",
    "change_lead_hours_mean",
    "unauthorised_changes",
    "maintenance_overdue_end",
    "user_satisfaction",
    "initiatives_delivered",
    "time_to_market_hours_mean",
    "initiative_value_delayed",
    "attrition_rate_yearly",
    "watermelon_index",
    "alignment_index",
]


def test_promised_names_are_there() -> None:
    assert set(PROMISED) <= set(OUTCOMES)


@pytest.mark.parametrize("name", PROMISED)
def test_promised_outcomes_have_a_direction(name: str) -> None:
    assert OUTCOMES[name].better in ("lower", "higher")


@pytest.mark.parametrize("name", OUTCOMES)
def test_every_outcome_is_documented(name: str) -> None:
    outcome = OUTCOMES[name]
    assert outcome.name == name
    assert re.fullmatch(r"[a-z][a-z0-9_]*", name)
    assert outcome.family in FAMILIES
    assert outcome.formula.endswith(".")
    assert outcome.source
    assert not outcome.source.endswith(".")
    assert outcome.title[0].isupper()
    if outcome.unit == "hours":
        assert "hours" in name
    if outcome.kind in ("share", "mean", "quantile"):
        assert outcome.undefined, "say when it has no value"
    for said in re.findall(r"\b[a-z]+_[a-z_]+\b", outcome.formula):
        assert said in OUTCOMES, f"{said} is no outcome"


def test_every_outcome_is_measured_and_nothing_else() -> None:
    assert set(MEASURES) | {"targets_met_share", "watermelon_index"} == set(OUTCOMES)


@pytest.mark.parametrize("name", [name for name in MEASURES if OUTCOMES[name].by_service])
def test_by_service_means_that_services_can_be_told_apart(name: str) -> None:
    diary = Diary()
    incident = diary.incident(9, 20, priority=1, handoffs=2, first_contact=1, due=12)
    request = diary.request(9, 20, due=99)
    diary.queue(incident, 9, 10)
    diary.queue(request, 9, 11)
    diary.work(10, 12, incident, switch_loss=0.5, rework=0.5)
    diary.work(18, 19, incident, overtime=True)
    diary.close(incident, 30)
    record = diary.record
    both = [MEASURES[name](record, Scope(0, 14 * 86_400, service)) for service in (0, 1)]
    counts = ("requests", "request_", "automated", "incident_backlog_end", "restored")
    if not name.startswith(counts) and name != "detection_hours_mean":
        assert both[0] != both[1]


def test_names_used_in_figures_and_reports_exist() -> None:
    assert {*OUTSIDE, *INSIDE, *STORY, *TABLE} <= set(OUTCOMES)


def test_the_page_holds_every_outcome() -> None:
    page = outcomes_page()
    for name, outcome in OUTCOMES.items():
        assert f"### `{name}`" in page
        assert outcome.formula in page
