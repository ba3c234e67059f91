"""Clocks on which waits pass, and how much a level moves from week to week."""

import numpy as np
import pandas as pd
import pytest

from calibration.fit.clock import ALWAYS, Clock, clock_of
from calibration.fit.drift import Drift, drift, weekly_shares

MINUTE = np.arange(7 * 1440)
OFFICE = (MINUTE // 1440 < 5) & (MINUTE % 1440 >= 480) & (MINUTE % 1440 < 960)
FRIDAY = 4 * 1440.0


def test_a_clock_stands_still_at_night_and_over_the_weekend() -> None:
    clock = Clock(OFFICE)
    start, monday = np.array([FRIDAY + 900.0]), np.array([7 * 1440 + 540.0])
    assert clock.between(start, monday).tolist() == [120.0]
    assert clock.after(start, np.array([120.0])).tolist() == monday.tolist()
    assert ALWAYS.between(start, monday).tolist() == (monday - start).tolist()


def test_answers_all_over_the_day_tell_of_office_hours() -> None:
    chance = np.random.default_rng(1)
    ends = chance.choice(np.flatnonzero(OFFICE), 500)
    assert clock_of(OFFICE, ends).runs is OFFICE


@pytest.mark.parametrize("how", ["nights", "mornings", "few"])
def test_other_answers_do_not(how: str) -> None:
    chance = np.random.default_rng(1)
    ends = chance.integers(0, 7 * 1440, 500)
    if how == "mornings":
        # What would have ended at night was found in the morning.
        ends = np.where(OFFICE[ends], ends, 480 + chance.integers(0, 5, 500))
    if how == "few":
        ends = chance.choice(np.flatnonzero(OFFICE), 20)
    assert clock_of(OFFICE, ends) is ALWAYS


def weeks(long: list[float], each: int = 2000) -> pd.DataFrame:
    """Tickets of whole weeks, of which these shares take a day."""
    opened = pd.Timestamp("2024-01-01 09:00") + pd.to_timedelta(np.arange(each) % 7, unit="D")
    parts = []
    for number, share in enumerate(long):
        hours = np.where(np.arange(each) < share * each, 24.0, 1.0)
        parts.append(pd.DataFrame({"opened": opened + pd.Timedelta(days=7 * number), "hours": hours}))
    found = pd.concat(parts, ignore_index=True)
    return found.assign(resolved=found["opened"] + pd.to_timedelta(found["hours"], unit="h"), closed=pd.NaT)


@pytest.mark.parametrize(
    ("long", "expected"), [([0.4, 0.44] * 4, 0.09), ([0.4] * 8, 0.0), ([0.4, 0.8], None)]
)
def test_how_much_a_level_moves_from_week_to_week(long: list[float], expected: float | None) -> None:
    first = pd.Timestamp("2024-01-01")
    found, findings = drift(weekly_shares(weeks(long), first, first + pd.Timedelta(days=7 * len(long))))
    assert (None if found is None else found.spread) == pytest.approx(expected, abs=0.03)
    assert [item.name for item in findings] == (["drift"] if expected else [])


def test_what_the_model_does_by_itself_is_not_drawn_again() -> None:
    found = Drift(square=0.05, chance=0.01, steps=4)
    assert found.spread == pytest.approx(0.2)
    assert found.beyond(0.034) == pytest.approx(0.126, abs=0.001)
    assert found.beyond(0.06) == 0.0
