"""Intervals against known answers and against scipy."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from results.statistics.bootstrap import quantile_interval, ratio_interval
from results.statistics.intervals import estimate, probability
from results.statistics.paired import difference
from results.statistics.warmup import mser, welch

NAN = math.nan
numbers = st.floats(-1e6, 1e6)


def test_a_mean_has_the_t_interval() -> None:
    # Law (2015), example 4.26: 1.20, 1.50, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, 0.50, 1.09; 90%: 1.34 +- 0.24.
    found = estimate([1.20, 1.50, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, 0.50, 1.09], level=0.90)
    assert found is not None
    assert found.mean == pytest.approx(1.343)
    assert found.high is not None
    assert found.high - found.mean == pytest.approx(0.24, abs=0.005)


@given(st.lists(numbers, min_size=2, max_size=40))
def test_the_t_interval_is_that_of_scipy(values: list[float]) -> None:
    found = estimate(values)
    assert found is not None
    if np.ptp(values) > 1e-3:
        low, high = stats.t.interval(0.95, len(values) - 1, np.mean(values), stats.sem(values))
        assert found.low == pytest.approx(low, rel=1e-9, abs=1e-6)
        assert found.high == pytest.approx(high, rel=1e-9, abs=1e-6)


def test_equal_values_are_sure() -> None:
    found = estimate([0.1] * 7)
    assert found is not None
    assert (found.mean, found.low, found.high) == (0.1, 0.1, 0.1)


def test_one_replication_has_no_interval() -> None:
    found = estimate([3.0])
    assert found is not None
    assert (found.n, found.mean, found.low, found.high) == (1, 3.0, None, None)
    sure = probability([1.0])
    assert sure is not None
    assert (sure.share, sure.low) == (1.0, None)


def test_an_interval_ends_where_the_outcome_can_not_go() -> None:
    found = estimate([0.0, 1.0], bounds=(0.0, 1.0))
    assert found is not None
    assert (found.low, found.high) == (0.0, 1.0)


def test_undefined_replications_are_left_out_and_counted() -> None:
    found = estimate([1.0, NAN, 3.0])
    assert found is not None
    assert (found.n, found.mean) == (2, 2.0)
    assert estimate([NAN, NAN]) is None
    assert probability([NAN]) is None


def test_a_probability_has_the_wilson_interval() -> None:
    found = probability([1.0] * 81 + [0.0] * 182)
    assert found is not None
    # Newcombe (1998), Stat. Med. 17:857, table I: 81 of 263 gives 0.2553 to 0.3662.
    assert found.low == pytest.approx(0.2553, abs=5e-5)
    assert found.high == pytest.approx(0.3662, abs=5e-5)
    none = probability([0.0] * 10)
    assert none is not None
    assert (none.share, none.low) == (0.0, 0.0)
    assert none.high == pytest.approx(stats.binomtest(0, 10).proportion_ci(method="wilson").high)
    every = probability([1.0] * 10)
    assert every is not None
    assert every.high == 1.0


def test_a_paired_difference_has_the_paired_t_interval() -> None:
    base, other = np.array([5.0, 7.0, 6.0, 9.0]), np.array([4.0, 6.5, 5.0, 8.5])
    found = difference(base, other, "lower")
    assert found is not None
    expected = stats.ttest_rel(other, base).confidence_interval()
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))
    assert found.p_better == 1.0
    assert found.verdict == "better"
    assert found.relative == pytest.approx(-0.75 / 6.75)


def test_better_follows_the_direction_of_the_outcome() -> None:
    base, other = [1.0, 1.0, 1.0], [2.0, 2.1, 2.2]
    verdicts = {}
    for better in ("lower", "higher", "neither"):
        found = difference(base, other, better)  # type: ignore[arg-type]
        assert found is not None
        verdicts[better] = (found.verdict, found.p_better)
    assert verdicts == {"lower": ("worse", 0.0), "higher": ("better", 1.0), "neither": ("changed", None)}


def test_a_tie_counts_half() -> None:
    found = difference([1.0, 1.0, 1.0, 1.0], [1.0, 1.0, 0.0, 2.0], "lower")
    assert found is not None
    assert found.p_better == 0.5
    assert found.verdict == "not clear"


@given(st.lists(numbers, min_size=1, max_size=20))
def test_a_scenario_differs_from_itself_by_exactly_nothing(values: list[float]) -> None:
    found = difference(values, list(values), "lower")
    assert found is not None
    assert found.mean == 0.0
    assert found.p_better == 0.5
    assert found.low in (0.0, None)
    assert found.high in (0.0, None)
    assert found.relative in (0.0, None)


def test_pairs_with_an_undefined_side_are_left_out() -> None:
    found = difference([1.0, NAN, 3.0], [2.0, 2.0, NAN], "lower")
    assert found is not None
    assert (found.n, found.mean, found.low) == (1, 1.0, None)
    assert difference([NAN], [1.0], "lower") is None
    with pytest.raises(ValueError, match="can't be paired"):
        difference([1.0], [1.0, 2.0], "lower")


def test_nothing_to_compare_with_has_no_relative_change() -> None:
    found = difference([0.0, 0.0], [1.0, 2.0], "lower")
    assert found is not None
    assert found.relative is None
    assert found.mean == 1.5


def test_the_bootstrap_is_the_same_every_time_and_covers() -> None:
    chance = np.random.default_rng(5)
    base = chance.gamma(4.0, 2.0, 60)
    extra = 0.3 * base + chance.normal(0, 0.2, 60)
    first, second = ratio_interval(extra, base), ratio_interval(extra, base)
    assert first == second
    assert first is not None
    assert first[0] < 0.3 < first[1]
    assert first[1] - first[0] < 0.1
    assert ratio_interval(extra[:1], base[:1]) is None
    median = quantile_interval(base, 0.5)
    assert median is not None
    assert median[0] < np.median(base) < median[1]


@pytest.mark.slow
def test_intervals_cover_as_often_as_they_say() -> None:
    chance = np.random.default_rng(6)
    hits = {"t": 0, "wilson": 0, "ratio": 0}
    for _ in range(400):
        values = chance.normal(3.0, 1.0, 12)
        found, met = estimate(values), probability((chance.random(40) < 0.8).astype(float))
        assert found is not None
        assert met is not None
        hits["t"] += (found.low or 0.0) <= 3.0 <= (found.high or 0.0)
        hits["wilson"] += (met.low or 0.0) <= 0.8 <= (met.high or 0.0)
        base = chance.gamma(9.0, 1.0, 40)
        ends = ratio_interval(0.5 * base + chance.normal(0, 1, 40), base)
        assert ends is not None
        hits["ratio"] += ends[0] <= 0.5 <= ends[1]
    assert all(0.905 <= count / 400 <= 0.98 for count in hits.values()), hits


def test_mser_cuts_a_start_from_empty() -> None:
    chance = np.random.default_rng(7)
    series = 10 * (1 - np.exp(-np.arange(200) / 10)) + chance.normal(0, 0.3, 200)
    cut = mser(series)
    assert cut is not None
    assert 20 <= cut <= 60
    assert mser(chance.normal(5, 1, 200)) in range(0, 60, 5)
    assert mser(np.arange(200.0)) is None
    assert mser(np.ones(8)) is None


def test_welch_averages_over_replications_and_time() -> None:
    series = np.array([[0.0, 2.0, 4.0, 6.0, 8.0], [2.0, 4.0, 6.0, 8.0, 10.0]])
    assert welch(series, window=1).tolist() == [1.0, 3.0, 5.0, 7.0]
