"""Limits print as they were set; digits of differences follow their interval; small ones get no verdict."""

import numpy as np
import pytest

from results.asks import limit
from results.compare import compare_runs
from results.explain import explain
from results.learnt import MARK, NO_LEVELS, NO_REOPENING, NO_WAY, ROUTINE
from results.statistics.paired import Difference, difference
from results.told import told, told_percent
from results.wording import window
from sim.spec.calendars import DAY, WEEK, Floats
from tests.results.organisation import runs

LUCK = np.array([-1.0, -0.5, 0.0, 0.5, 1.0])


def shifted(base: float, by: float, spread: float, whole: float = np.inf) -> Difference:
    first: Floats = np.full(len(LUCK), base)
    found = difference(first, first + by + spread * LUCK, "lower", whole=whole)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("metric", "threshold", "text"),
    [
        ("firefighting_budget_share", 0.125, "12.5%"),
        ("availability_share", 0.9995, "99.95%"),
        ("sla_attainment_share", 0.57, "57%"),
        ("revenue_lost", 2_345_678.0, "2.345678 M USD"),
        ("restore_hours_mean", 15.0, "15 h"),
        ("incidents", 18_250.0, "18,250"),
    ],
)
def test_a_limit_is_printed_as_it_was_set(metric: str, threshold: float, text: str) -> None:
    assert limit(metric, True, threshold, "USD").replace("\N{NO-BREAK SPACE}", " ") == f"at most {text}"


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [(0, 52, "weeks 1 to 52"), (1, 2, "week 2"), (0, 0.5, "days 1 to 4"), (0, 1 / 7, "day 1")],
)
def test_windows(start: float, end: float, text: str) -> None:
    assert window(round(start * WEEK), round(end * WEEK / DAY) * DAY) == text


@pytest.mark.parametrize(
    ("base", "by", "spread", "whole", "verdict"),
    [
        (1000, 20, 1, np.inf, "worse"),
        (1000, 4, 1, np.inf, "negligible"),
        (1000, 4, 9, np.inf, "not clear"),
        (0, 4, 1, np.inf, "worse"),
        # A tenth of a percent more is nothing at one half, and twice the failures at 99.9%.
        (0.5, 0.001, 0.0001, 1, "negligible"),
        (0.999, -0.001, 0.0001, 1, "better"),
    ],
)
def test_differences_of_no_weight_get_no_verdict(
    base: float, by: float, spread: float, whole: float, verdict: str
) -> None:
    assert shifted(base, by, spread, whole).verdict == verdict


@pytest.mark.parametrize(
    ("base", "by", "spread", "mean", "interval", "percent"),
    [
        (8618, 42.6, 170, "+40", "−120 to +210", "+0.5%"),
        (22_624, -4.09, 20, "≈0 h", "−20 to +20 h", "≈0%"),
        (100, 20, 0, "+20 h", "+20 h", "+20%"),
        # What is clear of 0 looks so.
        (11.2, 4.2, 4.09, "+4.2 h", "+0.2 to +8.2 h", "+38%"),
    ],
)
def test_digits_follow_the_interval(
    base: float, by: float, spread: float, mean: str, interval: str, percent: str
) -> None:
    found = shifted(base, by, spread)
    words = told(found, "hours" if "h" in mean else "tickets", "USD")
    assert words.mean.replace("\N{NO-BREAK SPACE}", " ") == mean
    assert words.interval.replace("\N{NO-BREAK SPACE}", " ") == interval
    assert told_percent(found) == percent


def test_no_sentence_says_that_nothing_changed() -> None:
    found = compare_runs(runs("base", "silos", "automation"))
    for other in found.others:
        for sentence in explain(found.base, other):
            for words in sentence.replace(",", "").split(";"):
                now, instead, then = words.partition(" instead of ")
                assert not instead or now.split()[-2] != then.split()[0], sentence


def test_what_no_log_holds_is_marked() -> None:
    found = compare_runs(runs("base"), ["customers"])
    assert found.title("downtime_hours").endswith(MARK)
    assert MARK not in found.title("restore_hours_mean")
    assert MARK not in compare_runs(runs("base")).title("downtime_hours")


def test_what_rests_on_telling_requests_from_incidents_is_marked_where_the_log_does_not() -> None:
    found = compare_runs(runs("base"), [f"effects of automation ({ROUTINE})"])
    assert found.is_assumed("restore_hours_mean")
    assert not found.is_assumed("sla_attainment_share")


def test_what_a_list_does_not_tell_is_marked() -> None:
    found = compare_runs(
        runs("base"), [f"handoffs ({NO_WAY})", f"reopening ({NO_REOPENING})", f"service levels ({NO_LEVELS})"]
    )
    for name in (
        "handoffs_per_incident",
        "first_contact_share",
        "misroutes_per_incident",
        "reopen_share",
        "sla_attainment_share",
    ):
        assert found.is_assumed(name)
        assert not compare_runs(runs("base"), ["money"]).is_assumed(name)
