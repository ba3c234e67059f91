"""Downtime, degraded hours, availability, revenue and margin: worked by hand."""

from dataclasses import replace

import numpy as np
import pytest

from tests.results.diary import OFFICE, WEB, Diary, seconds

WEEK = 168


def test_one_full_outage_of_two_hours() -> None:
    diary = Diary()
    diary.incident(10, 12)
    assert diary.measure("downtime_hours") == 2
    assert diary.measure("degraded_hours") == 2
    # Two services, two weeks round the clock.
    assert diary.measure("availability_share") == 1 - 2 / (2 * 2 * WEEK)
    assert diary.measure("availability_share", service=WEB) == 1 - 2 / (2 * WEEK)
    assert diary.measure("availability_share", service=OFFICE) == 1


def test_an_incident_of_one_user_is_no_downtime_but_degrades() -> None:
    diary = Diary()
    diary.incident(10, 20, scope=0.01, severity=0.5)
    assert diary.measure("downtime_hours") == 0
    assert diary.measure("degraded_hours") == pytest.approx(10 * 0.005)


def test_from_half_of_its_function_on_a_service_is_down() -> None:
    diary = Diary()
    diary.incident(0, 1, scope=0.5)
    diary.incident(2, 3, scope=0.499999)
    assert diary.measure("downtime_hours") == 1


def test_impairments_of_a_service_add_up_to_at_most_one() -> None:
    diary = Diary()
    diary.incident(0, 4, scope=0.3)
    diary.incident(2, 6, scope=0.3)
    diary.incident(3, 4, scope=1.0)
    # 0-2: 0.3; 2-3: 0.6; 3-4: 1 (not 1.6); 4-6: 0.3.
    assert diary.measure("degraded_hours") == pytest.approx(2 * 0.3 + 0.6 + 1 + 2 * 0.3)
    assert diary.measure("downtime_hours") == 2


def test_impairments_of_different_services_stay_apart() -> None:
    diary = Diary()
    diary.incident(0, 4, scope=0.3)
    diary.incident(0, 4, scope=0.3, service=OFFICE)
    assert diary.measure("downtime_hours") == 0
    assert diary.measure("degraded_hours", service=OFFICE) == pytest.approx(1.2)


def test_planned_maintenance_is_neither_downtime_nor_agreed_time() -> None:
    diary = Diary(planned=(3, 5))
    diary.incident(4, 7)
    assert diary.measure("downtime_hours") == 2
    assert diary.measure("availability_share", service=WEB) == 1 - 2 / (2 * WEEK - 2)
    # It is an impairment all the same.
    assert diary.measure("degraded_hours") == 3


def test_a_window_counts_what_lies_in_it() -> None:
    diary = Diary()
    diary.incident(166, 170)
    assert diary.measure("downtime_hours", 0, WEEK) == 2
    assert diary.measure("downtime_hours", WEEK, 2 * WEEK) == 2
    assert diary.measure("availability_share", 0, WEEK, WEB) == 1 - 2 / WEEK


def test_an_outage_that_lasts_is_counted_to_the_end() -> None:
    diary = Diary()
    diary.incident(330, None)
    assert diary.measure("downtime_hours") == 6


def test_an_outage_that_began_in_the_warm_up_counts_from_zero() -> None:
    diary = Diary(warmup_days=1)
    diary.incident(-5, 3)
    assert diary.measure("downtime_hours") == 3


def test_a_reopened_incident_impairs_twice() -> None:
    diary = Diary()
    diary.incident(0, 1, (5, 7))
    assert diary.measure("downtime_hours") == 3


def test_weighted_availability_gives_the_more_valuable_service_more_weight() -> None:
    diary = Diary()
    diary.incident(0, 33.6)
    # Web (weight 300) is up 90% of two weeks, the office (weight 100) all the time.
    assert diary.measure("availability_weighted_share") == pytest.approx((300 * 0.9 + 100 * 1) / 400)


def test_revenue_lost_is_impairment_times_revenue() -> None:
    diary = Diary()
    diary.incident(10, 12, scope=0.5)
    assert diary.measure("revenue_lost") == pytest.approx(0.5 * 2 * 100)
    assert diary.measure("margin_lost") == pytest.approx(0.5 * 2 * 100 * 0.4)


def test_only_what_customers_feel_costs_revenue() -> None:
    diary = Diary()
    diary.incident(10, 12, hits="employees")
    assert diary.measure("revenue_lost") == 0


def test_an_outage_at_peak_hour_costs_more() -> None:
    load = np.ones(14 * 24)
    load[20] = 3.0
    diary = Diary(load=load)
    # From 19:30 to 20:20: half an hour at load 1, a third of an hour at load 3.
    diary.incident(19.5, 20 + 1 / 3)
    assert diary.measure("revenue_lost") == pytest.approx(100 * (0.5 * 1 + 3 / 3))


def test_what_comes_back_later_is_not_lost() -> None:
    diary = Diary()
    service = diary.prices.services[0]
    diary.prices_changed["services"] = (replace(service, recaptured_share=0.75), service)
    diary.incident(10, 12)
    assert diary.measure("revenue_lost") == pytest.approx(2 * 100 * 0.25)


def test_weekly_series_add_up_to_the_whole() -> None:
    diary = Diary(days=17)
    diary.incident(100, 250, scope=0.6)
    diary.incident(300, None, scope=0.2)
    weekly = diary.summary().weekly
    assert weekly["hours"].tolist() == [168, 168, 72]
    assert weekly["downtime_hours"].tolist() == [68, 82, 0]
    assert weekly["degraded_hours"].sum() == pytest.approx(diary.measure("degraded_hours"))
    assert weekly["margin_lost"].sum() == pytest.approx(diary.measure("margin_lost"))


def test_impairment_is_exact_in_parts_per_million() -> None:
    diary = Diary()
    for _ in range(10):
        diary.incident(0, 1, scope=0.1, severity=0.5)
    assert diary.measure("downtime_hours") == 1
    assert seconds(1) == 3600
