"""Tails, luck apart from ignorance, and what an appraisal rests on."""

import numpy as np
import pytest

from results.finance.checks import over_promised
from results.finance.drivers import drivers, value_of_knowing, value_of_knowing_all
from results.finance.risk import pair, tail_interval, tail_mean
from results.statistics.luck import luck_share


def test_the_worst_one_in_twenty_counts_parts_of_futures() -> None:
    values = np.arange(1.0, 31.0)  # 1.5 futures are one in twenty
    assert tail_mean(values) == pytest.approx((1 + 0.5 * 2) / 1.5)
    assert tail_mean(np.array([7.0, 3.0])) == pytest.approx(3.0)
    interval = tail_interval(values)
    assert interval is not None
    assert interval[0] <= tail_mean(values) <= interval[1]


def test_the_share_of_luck_is_found_and_its_interval_covers() -> None:
    draw = np.random.default_rng(3)
    inside, middle = 0, []
    for _ in range(400):
        known = draw.normal(0, 2.0, 32)  # variance 4 of ignorance, 1 of luck: a fifth is luck
        found = luck_share(known + draw.normal(0, 1, 32), known + draw.normal(0, 1, 32))
        assert found is not None
        inside += found.low <= 0.2 <= found.high
        middle.append(found.share)
    assert 0.92 <= inside / 400 <= 0.98
    assert np.median(middle) == pytest.approx(0.2, abs=0.03)


def test_the_same_twice_is_no_luck_and_nothing_is_nothing() -> None:
    values = np.array([1.0, 2.0, 4.0, 8.0])
    found = luck_share(values, values)
    assert found is not None
    assert found.share == 0.0
    assert luck_share(values[:2], values[:2]) is None
    assert luck_share(np.ones(5), np.ones(5)) is None


def test_a_pair_is_compared_future_by_future() -> None:
    found = pair("a", "b", np.array([3.0, 1.0, 5.0, 2.0]), np.array([2.0, 1.0, 9.0, 0.0]))
    assert found.mean == pytest.approx(-0.25)
    assert found.beats.share == pytest.approx(2.5 / 4)


def futures(n: int = 128) -> tuple[dict[str, np.ndarray], np.ndarray]:
    draw = np.random.default_rng(11)
    values = {f"noise {place}": draw.uniform(0, 1, n) for place in range(300)}
    values["coverage"] = draw.uniform(0.1, 0.6, n)
    values["pay"] = draw.uniform(20, 60, n)
    values["fixed"] = np.full(n, 3.0)
    figure = 1_000 * (values["coverage"] - 0.22) + 2 * (values["pay"] - 40) + draw.normal(0, 20, n)
    return values, figure


def test_what_matters_is_told_from_three_hundred_that_do_not() -> None:
    values, figure = futures()
    found = drivers(values, figure)
    assert [item.name for item in found if item.clear] == ["coverage", "pay"]
    first = found[0]
    assert first.at_high - first.at_low == pytest.approx(1_000 * (first.high - first.low), rel=0.05)
    assert first.turns == pytest.approx(0.22, abs=0.02)
    assert all(item.name != "fixed" for item in found)


def test_noise_alone_is_not_explained() -> None:
    values, _ = futures()
    draw = np.random.default_rng(5)
    named = [any(item.clear for item in drivers(values, draw.normal(0, 1, 128))) for _ in range(40)]
    assert sum(named) <= 6  # one in twenty by chance


def test_a_value_that_turns_nothing_is_not_given() -> None:
    values, figure = futures()
    assert all(item.turns is None for item in drivers(values, figure + 10_000))


def test_knowing_is_worth_what_it_saves() -> None:
    # Worth x - 0.5 with x even on [0, 1]: knowing x saves E max(0, x - 0.5) = 1/8, exactly what is at stake.
    x = (np.arange(20_000) + 0.5) / 20_000
    assert value_of_knowing(x, x - 0.5) == pytest.approx(0.125, rel=0.02)
    assert value_of_knowing_all(x - 0.5) == pytest.approx(0.125, rel=1e-6)
    assert value_of_knowing(x, x + 5.0) == pytest.approx(0.0, abs=1e-9)  # it is done whatever x is


def test_more_than_there_is_can_not_be_promised() -> None:
    assert over_promised(np.array([10.0, 11.0]), np.array([10.0, 10.0])) == 1
    assert over_promised(np.array([10.0, -5.0]), np.array([10.0, 10.0])) == 0
