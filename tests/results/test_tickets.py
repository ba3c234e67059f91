"""Times to restore, service levels, backlogs, handoffs: worked by hand."""

import math

import numpy as np
import pytest

from sim.history.kinds import Activity
from sim.history.tables import NEVER
from tests.results.diary import OFFICE, OPERATIONS, WEB, Diary

WEEK = 168


def test_time_to_restore_counts_from_the_beginning_not_the_detection() -> None:
    diary = Diary()
    diary.incident(10, 20, opened=13)
    assert diary.measure("restore_hours_mean") == 10
    assert diary.measure("detection_hours_mean") == 3


def test_an_open_incident_counts_its_age() -> None:
    diary = Diary()
    diary.incident(0, 10)
    diary.incident(236, None)
    assert diary.measure("restore_hours_mean") == (10 + 100) / 2
    assert diary.measure("incident_backlog_end") == 1


def test_a_window_knows_nothing_of_later() -> None:
    diary = Diary()
    diary.incident(100, 300)
    assert diary.measure("restore_hours_mean", 0, WEEK) == WEEK - 100
    assert diary.measure("incident_backlog_end", 0, WEEK) == 1
    assert diary.measure("incident_backlog_end") == 0


def test_a_reopened_incident_counts_all_its_spells() -> None:
    diary = Diary()
    diary.incident(0, 4, (50, 53))
    assert diary.measure("restore_hours_mean") == 7
    assert diary.measure("restore_hours_mean", 0, 20) == 4
    assert diary.measure("reopen_share") == 1 / 2


def test_incidents_belong_to_the_window_in_which_they_began() -> None:
    diary = Diary(warmup_days=7)
    diary.incident(-1, 30)
    diary.incident(0, 2)
    diary.incident(WEEK, WEEK + 6)
    assert diary.measure("incidents") == 2
    assert diary.measure("incidents", 0, WEEK) == 1
    assert diary.measure("restore_hours_mean") == 4


def test_nine_of_ten_incidents_are_restored_within_the_p90() -> None:
    diary = Diary()
    for hours in range(11):
        diary.incident(10, 10 + hours)
    assert diary.measure("restore_hours_p90") == 9


def test_major_incidents_are_those_of_true_priority_1() -> None:
    diary = Diary()
    diary.incident(0, 4, priority=1)
    diary.incident(0, 2, priority=1, service=1)
    diary.incident(0, 40, priority=2)
    assert diary.measure("major_restore_hours_mean") == 3
    assert diary.measure("major_restore_hours_mean", service=1) == 2


def test_without_incidents_there_is_no_time_to_restore() -> None:
    diary = Diary()
    names = ("restore_hours_mean", "restore_hours_p90", "first_contact_share", "handoffs_per_incident")
    for name in (*names, "major_restore_hours_mean"):
        assert math.isnan(diary.measure(name))
    assert diary.measure("incidents") == 0
    assert diary.measure("downtime_hours") == 0


def test_requests_count_from_their_opening() -> None:
    diary = Diary()
    diary.request(10, 16)
    diary.request(20, 20.5, automated=1)
    diary.request(326, None)
    assert diary.measure("request_fulfilment_hours_mean") == pytest.approx((6 + 0.5 + 10) / 3)
    assert diary.measure("request_backlog_end") == 1
    assert diary.measure("requests") == 3
    assert diary.measure("automated_request_share") == pytest.approx(1 / 3)


def test_a_request_that_automation_failed_is_not_automated() -> None:
    diary = Diary()
    diary.request(10, 16, automated=2)
    assert diary.measure("automated_request_share") == 0


def test_service_levels_count_every_ticket_that_reached_it() -> None:
    diary = Diary()
    diary.incident(0, 4, due=4)
    diary.incident(0, 5, due=4)
    diary.request(0, 3, due=8)
    assert diary.measure("sla_attainment_share") == pytest.approx(2 / 3)


def test_an_open_ticket_is_missed_once_it_is_overdue() -> None:
    diary = Diary()
    diary.incident(0, None, due=100)
    assert diary.measure("sla_attainment_share", 0, 99) == 1
    assert diary.measure("sla_attainment_share", 0, 100) == 0


def test_a_reopened_ticket_counts_with_its_last_restoration() -> None:
    diary = Diary()
    diary.incident(0, 2, (5, 9), due=4)
    assert diary.measure("sla_attainment_share", 0, 5) == 1
    assert diary.measure("sla_attainment_share") == 0


def test_an_incident_that_it_does_not_know_of_has_no_service_level() -> None:
    diary = Diary()
    diary.incident(330, None, opened=None)
    assert math.isnan(diary.measure("sla_attainment_share"))
    assert diary.measure("detection_hours_mean") == 6


def test_closed_per_ticket_that_came_in_can_hide_a_growing_backlog() -> None:
    diary = Diary(warmup_days=7)
    old = diary.incident(-20, 1)
    diary.close(old, 5)
    diary.incident(10, None)
    assert diary.measure("tickets_closed_share") == 1


def test_first_contact_handoffs_misroutes_and_misjudged_priorities() -> None:
    diary = Diary()
    diary.incident(0, 1, first_contact=1)
    diary.incident(0, 9, handoffs=3, misroutes=1, perceived=4)
    assert diary.measure("first_contact_share") == 1 / 2
    assert diary.measure("handoffs_per_incident") == 3 / 2
    assert diary.measure("misroutes_per_incident") == 1 / 2
    assert diary.measure("priority_misjudged_share") == 1 / 2


def test_incidents_that_customers_feel_and_major_ones() -> None:
    diary = Diary()
    diary.incident(0, 1, hits="customers", priority=1)
    diary.incident(0, 1, hits="employees", priority=2, service=OFFICE)
    assert diary.measure("customer_impacting_incidents") == 1
    assert diary.measure("major_incidents") == 1
    assert diary.measure("incidents", service=OFFICE) == 1


def test_first_response_is_the_wait_until_somebody_works() -> None:
    diary = Diary()
    touched = diary.incident(0, 9, opened=1)
    diary.queue(touched, 1, 4)
    untouched = diary.incident(326, None)
    diary.queue(untouched, 326, None)
    assert diary.measure("first_response_hours_mean") == (3 + 10) / 2
    # Three hours and ten hours in queues, two tickets.
    assert diary.measure("queue_hours_per_ticket") == 13 / 2


def test_automated_requests_do_not_dilute_the_waiting() -> None:
    diary = Diary()
    waiting = diary.request(0, 9)
    diary.queue(waiting, 0, 8)
    diary.request(0, 0.1, automated=1)
    assert diary.measure("queue_hours_per_ticket") == 8


def test_weekly_backlog_and_arrivals() -> None:
    diary = Diary()
    diary.incident(10, 200)
    diary.incident(20, None)
    diary.request(WEEK, 330)
    weekly = diary.summary().weekly
    assert weekly["incidents"].tolist() == [2, 0]
    assert weekly["requests"].tolist() == [0, 1]
    assert weekly["incident_backlog_end"].tolist() == [2, 1]
    assert weekly["request_backlog_end"].tolist() == [0, 0]
    assert weekly["restored"].tolist() == [0, 2]
    assert weekly["restore_hours_mean"][0] == pytest.approx((190 + 316) / 2)
    assert np.isnan(weekly["restore_hours_mean"][1])


def test_breakdown_by_team_service_priority_and_stream() -> None:
    diary = Diary()
    case = diary.incident(0, 20, service=WEB, priority=2, handoffs=1, due=10)
    diary.queue(case, 0, 2)
    diary.note(case, Activity.HAND_OFF, 3, 4, OPERATIONS)
    diary.queue(case, 4, 10, OPERATIONS)
    diary.work(10, 12, case, team=OPERATIONS)
    summary = diary.summary()
    assert summary.teams.at("operations", "queue_hours_mean") == 6
    assert summary.teams.at("operations", "handoffs_in") == 1
    assert summary.teams.at("desk", "handoffs_in") == 0
    assert summary.teams.at("desk", "visits") == 1
    assert summary.services.at("web", "downtime_hours") == 20
    assert summary.services.at("web", "restore_hours_mean") == 20
    assert summary.priorities.at("P2", "count") == 1
    assert summary.priorities.at("P2", "sla_attainment_share") == 0
    assert summary.streams.at("incidents.faults", "queue_hours") == 8
    assert summary.streams.at("incidents.faults", "work_hours") == 2
    assert math.isnan(summary.streams.at("requests.access", "hours_mean"))


def test_never_stands_for_times_that_did_not_come() -> None:
    diary = Diary()
    diary.incident(0, None)
    assert diary.history().cases.restored[0] == NEVER
