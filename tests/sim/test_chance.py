"""Chance: the published vectors, quantiles against scipy, and draws that nobody shares."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.chance import keyed, streams, variates
from sim.chance.arrivals import next_arrival
from sim.chance.philox import M32, philox
from sim.spec.calendars import sums_of_days


@pytest.mark.parametrize(
    ("counter", "key", "expected"),
    [
        ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
        ((M32,) * 4, (M32,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
        ),
    ],
)
def test_philox_gives_the_published_words(
    counter: tuple[int, int, int, int], key: tuple[int, int], expected: tuple[int, int, int, int]
) -> None:
    """Random123 1.14, kat_vectors, lines 'philox4x32 10'."""
    assert philox(*counter, *key) == expected


def test_uniforms_are_uniform_and_draws_of_a_pair_are_the_two_single_ones() -> None:
    draws = [keyed.uniform(7, 3, streams.WORK, keyed.child(5, 1, n), 0) for n in range(20_000)]
    assert stats.kstest(draws, "uniform").pvalue > 0.001
    assert keyed.pair(7, 3, 11, 99, 4) == (keyed.uniform(7, 3, 11, 99, 8), keyed.uniform(7, 3, 11, 99, 9))


@pytest.mark.parametrize("change", ["seed", "replication", "stream", "entity", "draw"])
def test_every_part_of_the_key_matters(change: str) -> None:
    key = {"seed": 1, "replication": 0, "stream": 5, "entity": 2**40 + 3, "draw": 6}
    other = key | {change: key[change] + 1}
    assert keyed.uniform(**key) != keyed.uniform(**other)


@given(st.integers(0, 2**63 - 1), st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1))
def test_entity_keys_fit_in_63_bits(parent: int, kind: int, ordinal: int) -> None:
    assert 0 <= keyed.child(parent, kind, ordinal) < 2**63


def test_purposes_have_their_own_numbers() -> None:
    kin = [value for name, value in vars(streams).items() if name.startswith("KIN_")]
    purposes = [
        value for name, value in vars(streams).items() if name.isupper() and not name.startswith("KIN_")
    ]
    assert len(set(kin)) == len(kin)
    assert len(set(purposes)) == len(purposes)


@given(st.floats(1e-300, 1 - 1e-16))
def test_normal_quantile_is_as_good_as_scipys(p: float) -> None:
    assert variates.normal_quantile(p) == pytest.approx(stats.norm.ppf(p), rel=1e-13, abs=1e-15)


@pytest.mark.parametrize(
    ("kind", "shape", "law"),
    [
        (variates.EXPONENTIAL, (0.0, 0.0, 0.0), stats.expon()),
        (variates.LOGNORMAL, (-0.5, 1.0, 0.0), stats.lognorm(s=1.0, scale=math.exp(-0.5))),
        (
            variates.WEIBULL,
            (1 / math.gamma(1.5), 2.0, 0.0),
            stats.weibull_min(c=2.0, scale=1 / math.gamma(1.5)),
        ),
        (variates.TRIANGULAR, (0.2, 0.6, 2.2), stats.triang(c=0.2, loc=0.2, scale=2.0)),
    ],
)
def test_shapes_are_the_laws_of_the_textbook(
    kind: int, shape: tuple[float, float, float], law: object
) -> None:
    grid = np.linspace(0.001, 0.999, 97)
    ours = [variates.quantile(u, kind, *shape) for u in grid]
    assert ours == pytest.approx(law.ppf(grid), rel=1e-12)  # type: ignore[attr-defined]
    assert law.mean() == pytest.approx(1.0)  # type: ignore[attr-defined]


def test_a_table_is_read_with_straight_lines() -> None:
    table = [0.0, 0.5, 1.0, 0.0, 1.0, 3.0]
    read = [variates.table_quantile(u, table, 0, 2, 3) for u in (0.0, 0.25, 0.5, 0.75, 0.999)]
    assert read == pytest.approx([0.0, 0.5, 1.0, 2.0, 2.996])


@pytest.mark.parametrize(("value", "whole"), [(-1.0, 0), (0.49, 0), (0.5, 1), (1.5, 2), (2.5, 3)])
def test_seconds_round_half_up(value: float, whole: int) -> None:
    assert variates.seconds(value) == whole


def test_arrivals_fall_where_the_cumulative_rate_says() -> None:
    hourly, daily, calm = [1.0, 0.0, 2.0], [3.0], [1.0]
    assert next_arrival(0.5, 0, 0.0, hourly, 0, 3, daily, 0, calm, 0) == (0, 1800.0)
    assert next_arrival(0.75, 0, 1800.0, hourly, 0, 3, daily, 0, calm, 0) == (2, pytest.approx(450.0))
    assert next_arrival(9.0, 0, 0.0, hourly, 0, 3, daily, 0, calm, 0) == (3, 0.0)
    assert next_arrival(0.5, 0, 0.0, hourly, 0, 3, daily, 0, [2.0], 0) == (0, 900.0)


def test_days_without_an_arrival_are_skipped_and_others_are_not() -> None:
    hourly = [0.25] * 24 + [0.5] * 24 + [1.0] * 4
    daily, factors = sums_of_days(np.array(hourly)).tolist(), [2.0, 1.0, 0.5]
    assert daily == [6.0, 12.0, 4.0]

    def after(need: float, hour: int = 0, second: float = 0.0) -> tuple[int, float]:
        return next_arrival(need, hour, second, hourly, 0, len(hourly), daily, 0, factors, 0)

    assert after(11.75) == (23, 1800.0)
    assert after(12.0) == (24, 0.0)
    assert after(12.25) == (24, 1800.0)
    assert after(13.0, 22, 1800.0) == (48, 1800.0)
    assert after(26.0) == (52, 0.0)
