"""The ledger of hours, firefighting and IT spend: worked by hand."""

import math

import pytest

from results.prices import LeverCost
from sim.history.kinds import WorkKind
from sim.spec.calendars import HOUR
from tests.results.diary import OFFICE, OPERATIONS, WEB, Diary


def a_day() -> Diary:
    """Desk, Monday: 3 h on an incident, 2 h on a request (the first half hour lost), 2 h idle, 1 h away."""
    diary = Diary()
    incident = diary.incident(8, 20)
    request = diary.request(8, 15)
    diary.work(9, 12, incident, WorkKind.TRIAGE)
    diary.work(12, 14, request, WorkKind.REQUEST, switch_loss=0.25, rework=0.25)
    diary.idle(14, 16)
    diary.absent(16, 17)
    # Operations, called in at night: one hour.
    diary.work(19, 20, incident, WorkKind.INCIDENT, team=OPERATIONS, overtime=True)
    return diary


def test_paid_hours_are_worked_idle_and_absent_hours() -> None:
    day = a_day()
    worked, idle, absent = (day.measure(name) for name in ("hours_worked", "idle_hours", "absent_hours"))
    assert (worked, idle, absent) == (5, 2, 1)
    assert day.measure("paid_hours") == 8
    assert day.measure("overtime_hours") == 1
    assert day.measure("utilisation_mean") == 5 / 7


def test_hours_by_flow_include_overtime() -> None:
    day = a_day()
    assert day.measure("incident_hours") == 4
    assert day.measure("request_hours") == 2
    assert day.measure("work_hours_per_incident") == 4
    assert day.measure("incident_hours", service=WEB) == 4
    assert day.measure("request_hours", service=OFFICE) == 2


def test_firefighting_is_incidents_overtime_and_what_requests_lost() -> None:
    day = a_day()
    # 3 h triage, 1 h overtime, and half an hour of the request.
    assert day.measure("firefighting_hours") == 4.5
    assert day.measure("firefighting_hours_share") == 4.5 / 6
    assert day.measure("rework_hours") == 0.25
    assert day.measure("preemption_loss_hours") == 0.25


def test_no_second_of_firefighting_counts_twice() -> None:
    diary = Diary()
    incident = diary.incident(8, 20)
    diary.work(9, 12, incident, WorkKind.BOUNCE, switch_loss=1, rework=1)
    assert diary.measure("firefighting_hours") == 3


def test_reopened_and_bounced_requests_are_planned_work() -> None:
    diary = Diary()
    request = diary.request(8, 15)
    diary.work(9, 10, request, WorkKind.REOPENED)
    diary.work(10, 11, request, WorkKind.BOUNCE)
    diary.work(18, 19, request, WorkKind.REQUEST, overtime=True)
    # Overtime is firefighting whatever it is for.
    assert diary.measure("firefighting_hours") == 1


def test_a_window_cuts_a_session_and_its_losses() -> None:
    day = a_day()
    # Of the request, the switch loss lies before 12:15 and the rework after it.
    assert day.measure("preemption_loss_hours", 12.25, 14) == 0
    assert day.measure("rework_hours", 12.25, 12.375) == 0.125
    assert day.measure("firefighting_hours", 11, 12.25) == 1.25


def test_cost_of_firefighting_pays_overtime_with_its_factor() -> None:
    # Desk 3.5 h at 50; operations 1 h of overtime at 80 x 2.
    assert a_day().measure("firefighting_cost") == 3.5 * 50 + 1 * 160
    assert a_day().measure("overtime_cost") == 160
    assert a_day().measure("firefighting_cost", service=OFFICE) == 0.5 * 50


def test_it_spend_is_pay_overtime_tooling_and_levers() -> None:
    day = a_day()
    tooling = 14 * 24
    assert day.measure("cost_total") == pytest.approx(8 * 50 + 160 + tooling)
    week = 7 * 24 * HOUR
    day.prices_changed["levers"] = (
        LeverCost("programme", 0, 1000, 0),
        LeverCost("upkeep", week, 0, 8760),
        LeverCost("sunk in the warm-up", -1, 5000, 0),
    )
    assert day.measure("cost_total") == pytest.approx(8 * 50 + 160 + tooling + 1000 + 7 * 24)
    assert day.measure("cost_total", 168, 336) == pytest.approx(7 * 24 + 7 * 24)


def test_share_of_the_budget() -> None:
    day = a_day()
    share = day.measure("firefighting_cost") / day.measure("cost_total")
    assert day.measure("firefighting_budget_share") == pytest.approx(share)


def test_without_anybody_present_there_is_no_utilisation() -> None:
    assert math.isnan(Diary().measure("utilisation_mean"))
    assert math.isnan(Diary().measure("firefighting_hours_share"))


def test_weekly_hours_by_kind_add_up() -> None:
    weekly = a_day().summary().weekly
    assert weekly["triage_work_hours"].tolist() == [3, 0]
    assert weekly["request_work_hours"].tolist() == [2, 0]
    assert weekly["hours_worked"].tolist() == [5, 0]
    assert weekly["firefighting_hours_share"][0] == 0.75


def test_breakdown_by_team() -> None:
    teams = a_day().summary().teams
    assert teams.at("desk", "working") == 5
    assert teams.at("desk", "request_work") == 2
    assert teams.at("desk", "firefighting") == 3.5
    assert teams.at("operations", "overtime") == 1
    assert math.isnan(teams.at("operations", "utilisation"))
