"""Replications that share their assumptions: intervals rest on draws, and luck is told from ignorance."""

import numpy as np
import pytest

from results.statistics.draws import of_draws
from results.statistics.intervals import estimate
from results.statistics.luck import luck_of
from results.statistics.paired import difference


def test_two_plays_of_one_draw_count_as_their_mean() -> None:
    values = np.array([1.0, 5.0, np.nan, 7.0, 3.0, 5.0, 9.0])
    found = of_draws(values, 3)
    assert found.tolist() == [2.0, 5.0, 9.0, 7.0]
    assert of_draws(values[:2], 0).tolist() == [1.0, 5.0]


def test_an_undefined_second_play_leaves_the_first() -> None:
    assert of_draws(np.array([1.0, 5.0, np.nan, 3.0]), 2).tolist() == [1.0, 4.0]


def test_repeats_without_luck_add_nothing_to_what_is_known_of_the_mean() -> None:
    values = np.random.default_rng(1).normal(10, 2, 40)
    once, twice = estimate(values), estimate(np.concatenate([values, values]), again=40)
    assert once is not None
    assert twice is not None
    assert (twice.mean, twice.low, twice.high) == pytest.approx((once.mean, once.low, once.high))
    assert twice.n == 80
    base = np.zeros(40)
    single = difference(base, values, "lower")
    double = difference(np.zeros(80), np.concatenate([values, values]), "lower", again=40)
    assert single is not None
    assert double is not None
    assert (double.low, double.high) == pytest.approx((single.low, single.high))


def test_luck_needs_both_plays_of_a_draw() -> None:
    known = np.array([1.0, 2.0, 4.0, np.nan, 8.0])
    found = luck_of(np.concatenate([known, known]), 5)
    assert found is not None
    assert (found.n, found.share) == (4, 0.0)
    assert luck_of(known, 0) is None
