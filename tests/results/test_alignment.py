"""The watermelon and the alignment index, checked on paper."""

import math
from dataclasses import replace

import numpy as np
import pytest

from results.alignment import Months, judge_months, watched
from results.metrics.alignment import alignment_parts
from results.metrics.scope import week_edges
from results.prices import InitiativePrices
from sim.history.kinds import Stock
from sim.history.tables import Stocks
from sim.spec.calendars import DAY, HOUR
from sim.spec.flows import Flow
from tests.results.diary import OPERATIONS, WEB, Diary, target

MONTH_HOURS = 730.0


def months(dashboard: list[float], business: list[float]) -> Months:
    hours = np.arange(len(dashboard)) * MONTH_HOURS
    return Months(hours, {"growth": np.array(dashboard)}, {"growth": np.array(business)})


def test_a_pair_counts_only_if_all_is_green_outside_and_most_is_red_inside() -> None:
    outside = [1.0, 1.0, 0.75, 1.0, math.nan, 1.0]
    inside = [0.0, 0.5, 0.0, 1 / 3, 0.0, math.nan]
    found = months(outside, inside)
    # Four pairs are judged; in the first and the fourth all is green outside and most is red inside.
    assert found.pairs() == (2, 4)
    assert found.index() == 0.5
    assert math.isnan(months([math.nan], [1.0]).index())


def diary() -> Diary:
    """Two months and a day; an outage of 30 h in the first month, all tickets in time and closed."""
    found = Diary(days=61)
    outage = found.incident(9, 39, service=WEB, priority=1, due=99)
    found.close(outage, 40)
    later = found.incident(800, 801, scope=0.01, due=900)
    found.close(later, 802)
    return found


def test_an_outage_behind_closed_tickets_is_a_watermelon() -> None:
    up = target("availability_share", 0.99, name="up", at_most=False, service=WEB, end=61 * DAY)
    found = judge_months(diary().record, (up,))
    # The third month is one of four hours: too short to be judged.
    assert found.dashboard["objective"].tolist() == [1.0, 1.0]
    assert found.business["objective"].tolist() == [0.0, 1.0]
    assert found.index() == 0.5
    assert diary().summary((up,)).outcomes["watermelon_index"] == 0.5


def test_a_month_may_use_its_part_of_a_limit_on_a_sum() -> None:
    # 30 h fell into the first month of the two: its half of 61 h would be enough, of 59 h not.
    for limit, kept in ((61.0, 1.0), (59.0, 0.0)):
        down = target("downtime_hours", limit, end=2 * round(MONTH_HOURS) * HOUR)
        assert judge_months(diary().record, (down,)).business["objective"][0] == kept


def test_targets_are_judged_in_the_months_of_their_window() -> None:
    up = target("availability_share", 0.99, at_most=False, service=WEB, start=0, end=20 * DAY)
    assert np.isnan(judge_months(diary().record, (up,)).business["objective"][1])


def test_an_objective_is_watched_by_its_own_indicators_and_the_usual_ones() -> None:
    first = target("first_contact_share", 0.6, objective="productivity", at_most=False)
    promise = target("sla_attainment_share", 0.9, objective="productivity", at_most=False)
    usual = [("sla_attainment_share", False, 0.95), ("tickets_closed_share", False, 0.95)]
    reopened = ("reopen_share", True, 0.08)
    assert watched((first, promise), "growth") == [*usual, reopened]
    assert watched((first, promise), "productivity") == [
        ("sla_attainment_share", False, 0.9),
        usual[1],
        ("first_contact_share", False, 0.6),
        reopened,
    ]
    # What IT's dashboard shows is no business outcome: it has no months of its own.
    assert judge_months(diary().record, (first, promise)).business == {}


def test_the_four_parts_of_a_week_by_hand() -> None:
    found = Diary(days=14, prices_changed={"initiatives": (InitiativePrices("shop", 900.0, 1),)})
    # Week 1: the web service (weight 300 of 400) misses its 99%; of two requests one is late.
    found.incident(10, 30, service=WEB)
    found.request(9, 10, due=12)
    found.request(9, 20, due=12)
    # One initiative is due in week 1 and was live in time.
    row = found._case(Flow.INITIATIVE, 0, 0, WEB, -1, 4, 100)
    found._set(row, {"restored": 90 * HOUR, "stream": 0})
    # The desk works 9 of 10 h (overloaded), operations 6 of 10 (neither).
    found.work(9, 18, 0)
    found.idle(18, 19)
    found.work(9, 15, 0, team=OPERATIONS)
    found.idle(15, 19, team=OPERATIONS)
    record = found.record
    stocks = Stocks.from_rows(
        [(0, Stock.SATISFACTION, 0, 700_000), (7 * DAY, Stock.SATISFACTION, 0, 500_000)]
    )
    record.history = replace(record.history, stocks=stocks)
    parts = alignment_parts(record, week_edges(0, 14 * DAY))
    assert parts.attained.tolist() == [0.25, 1.0]
    assert parts.met[0] == pytest.approx((0.5 + 1.0) / 2)
    assert parts.satisfied.tolist() == [0.7, 0.5]
    assert parts.fitting[0] == 0.5
    assert parts.index[0] == pytest.approx((0.25 + 0.75 + 0.7 + 0.5) / 4)
    assert np.isnan(parts.index[1])  # nothing was asked for


def test_without_a_part_there_is_no_index() -> None:
    assert math.isnan(diary().measure("alignment_index"))
