"""Tickets that nobody ends are told from slow ones: in both directions, beyond chance."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from calibration.cleaning.abandoned import abandoned_tail

Draw = Callable[[np.random.Generator, int], NDArray[np.float64]]


def heavy(chance: np.random.Generator, size: int) -> NDArray[np.float64]:
    return chance.lognormal(np.log(20), 1.5, size)


def two_kinds(chance: np.random.Generator, size: int) -> NDArray[np.float64]:
    slow = chance.random(size) > 0.6
    return np.where(slow, chance.lognormal(np.log(40), 1, size), chance.lognormal(-0.9, 1, size))


def power_law(chance: np.random.Generator, size: int) -> NDArray[np.float64]:
    return 5 / (1 - chance.random(size))


def found(draw: Draw, days: int, share: float, logs: int = 100) -> list[float]:
    """Shares told of logs with 33 tickets a day, of which a share is never ended."""
    chance = np.random.default_rng(7)
    shares = []
    for _ in range(logs):
        size = chance.poisson(33 * days)
        ages = 24 * days * chance.random(size)
        took = np.where(chance.random(size) < share, np.nan, draw(chance, size))
        tail = abandoned_tail(np.where(took > ages, np.nan, took), ages)
        if tail is not None:
            shares.append(tail.share)
    return shares


@pytest.mark.parametrize("draw", [heavy, two_kinds, power_law])
@pytest.mark.parametrize("days", [60, 120, 365])
def test_heavy_tails_that_end_are_hardly_ever_taken_as_left_open(draw: Draw, days: int) -> None:
    assert len(found(draw, days, 0.0)) <= 5


@pytest.mark.parametrize("draw", [heavy, two_kinds, power_law])
def test_two_in_a_hundred_are_found_in_half_a_year(draw: Draw) -> None:
    shares = found(draw, 182, 0.02, logs=40)
    assert len(shares) >= 38
    assert 0.014 < np.median(shares) < 0.022


def test_a_log_that_is_short_for_its_tickets_tells_nothing() -> None:
    chance = np.random.default_rng(1)
    ages = 1000 * chance.random(2000)
    took = chance.uniform(300, 900, 2000)
    assert abandoned_tail(np.where(took > ages, np.nan, took), ages) is None
    assert abandoned_tail(np.full(50, np.nan), ages[:50]) is None
