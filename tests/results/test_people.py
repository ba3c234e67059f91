"""Hours that employees lose, and customers who leave: worked by hand."""

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest

from results.prices import CustomerBase
from sim.rules.customers import dose, excess_leavers, faded_memory, share_reached
from tests.results.diary import OFFICE, WEB, Diary
from watermelon import load, simulate

BASE = CustomerBase(1000, 30, 10, 0.01, 0.05, 8, 0, 90, 12, 10)
CLOSED = replace(BASE, background_churn_per_month=0, acquisition_per_month=0)
"""Nobody comes or leaves but for incidents."""


def test_an_outage_costs_hours_only_while_people_work() -> None:
    diary = Diary()
    # Monday 8 to 11: two hours of work, 100 users who lose half of it.
    diary.incident(8, 11)
    assert diary.measure("employee_hours_lost") == 2 * 100 * 0.5
    assert diary.measure("employee_cost_lost") == 2 * 100 * 0.5 * 40


def test_a_night_and_a_weekend_cost_nothing() -> None:
    diary = Diary()
    diary.incident(17, 33)
    diary.incident(5 * 24, 7 * 24)
    assert diary.measure("employee_hours_lost") == 0


def test_customers_outages_cost_employees_nothing() -> None:
    diary = Diary()
    diary.incident(9, 17, hits="customers")
    assert diary.measure("employee_hours_lost") == 0


def test_two_outages_at_once_cost_no_more_than_all_hours() -> None:
    diary = Diary()
    diary.incident(9, 10, scope=0.8)
    diary.incident(9, 10, scope=0.8)
    assert diary.measure("employee_hours_lost") == 100 * 0.5


def test_a_waiting_request_costs_its_share_of_work_hours() -> None:
    diary = Diary()
    # Monday 15:00 to Tuesday 11:00: two hours on each day, of which a quarter is lost.
    diary.request(15, 24 + 11)
    assert diary.measure("employee_hours_lost") == pytest.approx(4 * 0.25)
    assert diary.measure("employee_hours_lost", service=OFFICE) == pytest.approx(4 * 0.25)
    assert diary.measure("employee_hours_lost", service=WEB) == 0


def test_a_request_still_open_costs_up_to_the_end_of_the_window() -> None:
    diary = Diary()
    diary.request(9, None)
    assert diary.measure("employee_hours_lost", 0, 12) == pytest.approx(3 * 0.25)
    assert diary.measure("employee_hours_lost") == pytest.approx(10 * 8 * 0.25)


def test_customers_lost_in_one_full_outage() -> None:
    diary = Diary()
    diary.incident(10, 18)
    expected = 1000 * (1 - math.exp(-0.05 * (1 - math.exp(-8 / 8))))
    assert diary.measure("customers_lost") == pytest.approx(expected)
    assert diary.measure("customers_lost", service=OFFICE) == 0


def test_severity_scope_and_dependence_scale_the_loss() -> None:
    diary = Diary()
    diary.prices_changed["services"] = (replace(diary.prices.services[0], customer_share=0.5),) * 2
    diary.incident(10, 18, scope=0.2, severity=0.3)
    expected = 1000 * 0.5 * 0.2 * (1 - math.exp(-0.05 * 0.3 * (1 - math.exp(-1))))
    assert diary.measure("customers_lost") == pytest.approx(expected)


def test_more_customers_meet_an_incident_at_peak_but_never_more_than_all() -> None:
    load = np.ones(14 * 24)
    load[10:12] = 3.0
    single = 1 - math.exp(-0.05 * (1 - math.exp(-1 / 8)))
    for scope, reached in ((0.2, 0.6), (0.5, 1.0)):
        diary = Diary(load=load)
        diary.incident(10, 11, scope=scope)
        assert diary.measure("customers_lost") == pytest.approx(1000 * reached * single)


def test_a_repeated_experience_is_worse_and_fades() -> None:
    diary = Diary(days=120)
    diary.prices_changed["customers"] = replace(CLOSED, repeat_factor=2.0)
    diary.incident(0, 8)
    diary.incident(90 * 24, 90 * 24 + 8)
    once = 1 - math.exp(-1)
    first = 1000 * (1 - math.exp(-0.05 * once))
    # Half of the first experience is remembered after 90 days; who has left can't leave again.
    second = (1000 - first) * (1 - math.exp(-0.05 * once * (1 + 2 * once / 2)))
    assert diary.measure("customers_lost", 0, 90 * 24) == pytest.approx(first)
    assert diary.measure("customers_lost") == pytest.approx(first + second)


def test_the_warm_up_is_remembered_but_not_counted() -> None:
    diary = Diary(days=14, warmup_days=90)
    diary.prices_changed["customers"] = replace(CLOSED, repeat_factor=2.0)
    diary.incident(-90 * 24, -90 * 24 + 8)
    diary.incident(0, 8)
    once = 1 - math.exp(-1)
    assert diary.measure("customers_lost") == pytest.approx(1000 * (1 - math.exp(-0.05 * once * (1 + once))))


def felt(hours: float) -> float:
    """Dose of a full outage of so many hours."""
    return 1 - math.exp(-hours / 8)


def test_customers_leave_when_the_service_is_back() -> None:
    diary = Diary()
    diary.incident(10, 170 - 3)
    assert diary.measure("customers_lost", 0, 166) == 0
    assert diary.measure("customers_lost", 166, 168) == pytest.approx(
        1000 * (1 - math.exp(-0.05 * felt(157)))
    )


def test_an_incident_still_open_at_the_end_counts_with_its_dose_so_far() -> None:
    diary = Diary()
    diary.prices_changed["customers"] = CLOSED
    diary.incident(336 - 8, None)
    assert diary.measure("customers_lost") == pytest.approx(1000 * (1 - math.exp(-0.05 * felt(8))))
    # At the end of every week of the run too: a window does not look better for what is not over yet.
    early = Diary(days=21)
    early.prices_changed["customers"] = CLOSED
    early.incident(336 - 8, None)
    assert early.measure("customers_lost", 168, 336) == pytest.approx(diary.measure("customers_lost"))
    assert early.measure("customers_lost") == pytest.approx(1000 * (1 - math.exp(-0.05 * felt(176))))


@pytest.mark.parametrize("scope", [1.0, 0.5, 0.01])
def test_it_does_not_matter_on_which_day_of_the_week_an_outage_falls(scope: float) -> None:
    lost = []
    for start in (24, 150):
        diary = Diary()
        diary.prices_changed["customers"] = replace(BASE, hazard=1.0, repeat_factor=3.0)
        diary.incident(start, start + 40, scope=scope)
        lost.append(diary.measure("customers_lost"))
    assert lost[0] == pytest.approx(1000 * scope * (1 - math.exp(-felt(40))))
    assert lost[1] == pytest.approx(lost[0])


def test_the_weeks_of_a_long_outage_add_up() -> None:
    diary = Diary(days=28)
    diary.prices_changed["customers"] = replace(CLOSED, dose_hours=168)
    diary.incident(84, 28 * 24 - 12)
    weeks = [diary.measure("customers_lost", 168 * week, 168 * (week + 1)) for week in range(4)]
    # After half a week, one and a half, ... of the scale of the dose.
    stayed = [1.0, *(math.exp(-0.05 * (1 - math.exp(-t))) for t in (0.5, 1.5, 2.5, (28 * 24 - 96) / 168))]
    assert weeks == pytest.approx([1000 * (a - b) for a, b in itertools.pairwise(stayed)])
    assert diary.measure("customers_lost") == pytest.approx(sum(weeks))


def test_never_restoring_loses_more_customers_than_restoring_late() -> None:
    late, never = Diary(days=119), Diary(days=119)
    for diary, end in ((late, 20 * 24 + 12), (never, None)):
        diary.prices_changed["customers"] = replace(BASE, dose_hours=168, repeat_factor=1)
        for day in range(14):
            diary.incident(24 * day, end, scope=0.1)
    assert never.measure("customers_lost") > late.measure("customers_lost") > 10
    assert never.measure("customer_value_lost") > late.measure("customer_value_lost") > 0


def test_what_was_met_before_the_start_is_not_counted_again() -> None:
    diary = Diary(warmup_days=7)
    diary.incident(-8, 8)
    before, after = math.exp(-0.05 * felt(8)), math.exp(-0.05 * felt(16))
    assert diary.measure("customers_lost") == pytest.approx(1000 * (1 - after / before))


def test_nobody_is_lost_twice() -> None:
    diary = Diary()
    diary.prices_changed["customers"] = replace(CLOSED, hazard=50.0)
    for day in range(10):
        diary.incident(24 * day, 24 * day + 20)
    assert diary.measure("customers_lost") == pytest.approx(1000)


def test_churn_rate_adds_the_usual_churn() -> None:
    diary = Diary(days=365)
    diary.incident(10, 18)
    lost = diary.measure("customers_lost")
    assert diary.measure("churn_rate_monthly") == pytest.approx(0.01 + lost / 1000 / 12)


def test_a_lost_customer_is_worth_the_margin_of_the_months_counted() -> None:
    diary = Diary(days=730)
    diary.incident(0, 8)
    assert diary.measure("customer_value_lost") == pytest.approx(diary.measure("customers_lost") * 10 * 12)
    # Half a year before the end of the run only six months are left.
    late = Diary(days=365)
    late.incident(182.5 * 24 - 8, 182.5 * 24)
    assert late.measure("customer_value_lost") == pytest.approx(late.measure("customers_lost") * 10 * 6)


def test_business_loss_is_the_sum_of_its_parts_and_holds_no_spend() -> None:
    diary = Diary()
    diary.incident(9, 17)
    diary.idle(9, 17)
    parts = ("margin_lost", "customer_value_lost", "employee_cost_lost")
    assert diary.measure("business_loss_total") == pytest.approx(sum(diary.measure(part) for part in parts))


def test_the_rules_of_the_churn_proxy() -> None:
    assert dose(0.5, 0.0, 3600.0) == 0
    assert dose(0.5, 1e9, 3600.0) == 0.5
    assert dose(0.5, 1.0, 0.0) == 0.5
    assert faded_memory(1.0, 90.0, 90.0) == pytest.approx(0.5)
    assert faded_memory(1.0, 1.0, 0.0) == 0
    assert share_reached(0.5, 3.0) == 1
    assert excess_leavers(1000.0, 0.05, 0.0, 1.0, 9.0) == 0
    # Observed behaviour: of those locked out in full for long, 4.2% leave.
    assert excess_leavers(1.0, 0.043, 1.0, 0.0, 0.0) == pytest.approx(0.042, abs=0.0005)


def test_customers_come_and_leave_week_by_week() -> None:
    diary = Diary(days=17)
    diary.prices_changed["customers"] = replace(
        BASE, customers=5000.0, acquisition_per_month=100.0, background_churn_per_month=0.02
    )
    there = 5000.0
    for days in (7, 7, 3):
        there += 100 * days * 24 / 730 - there * (1 - math.exp(-0.02 * days * 24 / 730))
    assert diary.measure("customers_end") == pytest.approx(there)
    diary.incident(30, 38)
    lost = diary.measure("customers_lost")
    # Who is gone for a bad experience in the first week can't leave anyway later.
    stays = math.exp(-0.02 * 10 * 24 / 730)
    assert lost > 0
    assert diary.measure("customers_end") == pytest.approx(there - lost * stays)


def test_an_audit_finding_costs_its_penalty() -> None:
    neglect = ["services.workplace.upkeep.audit.findings=5 /month", "teams.field.seats=8"]
    outcomes = simulate(load("baseline", neglect, until_hours=24 * 28), replications=1).outcomes.iloc[0]
    assert outcomes["audit_findings"] > 0
    assert outcomes["audit_penalties"] == pytest.approx(8000 * outcomes["audit_findings"])
    parts = ("margin_lost", "customer_value_lost", "employee_cost_lost", "initiative_value_delayed")
    known = sum(outcomes[part] for part in parts) + outcomes["audit_penalties"]
    assert outcomes["business_loss_total"] == pytest.approx(known)
