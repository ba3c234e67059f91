"""How unlike weeks are in how fast open tickets end."""

import numpy as np
import pytest

from calibration.backtest.opening import PastWeek, unlike_weeks
from calibration.backtest.unlike import EndsOfWeek, Unlike, ended_by_day, unlike

OPEN, RATE, WEEKS = 2_000, 0.1, 60


def weeks(day: float, week: float) -> list[EndsOfWeek]:
    """Weeks in which a tenth of what is open ends each day, more or less as days and weeks scatter."""
    chance = np.random.default_rng(1)
    found = []
    for number in range(WEEKS):
        left, gone = OPEN, []
        rate = RATE * np.exp(week * chance.standard_normal() + day * chance.standard_normal(7))
        for each in rate:
            gone.append(chance.binomial(left, 1 - np.exp(-each)))
            left -= gone[-1]
        found.append(EndsOfWeek(168.0 * number, OPEN, np.array(gone, dtype=float), 1 - np.exp(-7 * RATE)))
    return found


def test_days_and_weeks_are_told_apart_from_chance() -> None:
    still = unlike(weeks(0.0, 0.0))
    assert still.day < 0.05
    assert still.week < 0.03
    found = unlike(weeks(0.2, 0.0))
    assert found.day == pytest.approx(0.2 * 2**0.5, rel=0.15)
    assert found.steps == WEEKS - 1
    # Against what is expected of every week, a week is off by its own departure alone.
    assert unlike(weeks(0.0, 0.2)).week == pytest.approx(0.2, rel=0.2)


def test_weeks_that_do_not_follow_each_other_tell_nothing() -> None:
    assert unlike(weeks(0.2, 0.2)[::2]) == Unlike()
    assert unlike(weeks(0.2, 0.2)[:3]) == Unlike()


def test_few_past_weeks_leave_more_open() -> None:
    chance = np.random.default_rng(1)
    found = Unlike(week=0.0, day=0.3, steps=5)
    one, many = (np.log(found.factors(500, 30, count, chance)).std() for count in (1, 9))
    assert one == pytest.approx(0.3, rel=0.05)
    assert many == pytest.approx(0.1, rel=0.05)
    assert (Unlike().factors(3, 2, 1, chance) == 1).all()
    # A play is fast or slow as a whole, and that rests on few steps.
    whole = np.log(Unlike(week=0.1, steps=3).factors(501, 2, 1, chance))
    assert (whole[:, 0] == whole[:, 1]).all()
    assert np.quantile(whole[:, 0], 0.95) == pytest.approx(0.1 * 2.35, rel=0.03)


def test_what_is_expected_of_a_week_goes_by_age() -> None:
    # In the week before the young went and the old stayed; now there are more of the young.
    young, old = np.linspace(1.0, 2.0, 100), np.linspace(900.0, 999.0, 100)
    before = PastWeek(0.0, np.concatenate([young, old]), np.repeat([30.0, np.inf], 100))
    now = np.concatenate([np.linspace(1.0, 1.9, 150), np.linspace(920.0, 990.0, 50)])
    assert np.isfinite(before.like(now)).mean() == pytest.approx(0.75, abs=0.01)
    week = PastWeek(168.0, now, np.repeat([30.0, np.inf], [150, 50]))
    assert ended_by_day(week.left).tolist() == [0, 150, 0, 0, 0, 0, 0]
    assert unlike_weeks([week, before]) == Unlike()
