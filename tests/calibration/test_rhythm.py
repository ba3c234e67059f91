"""Weekly rhythms by stream: learnt where they differ beyond chance, and adding up to that of all tickets."""

import numpy as np
import pandas as pd
import pytest

from calibration.fit.arrivals import ArrivalPattern, Trend, weekly_profile
from calibration.fit.rhythm import rhythms
from calibration.fit.window import daily_counts

OFFICE = np.r_[np.zeros(8), np.ones(9), np.zeros(7)]
ALWAYS = np.ones(24)


def opened(
    rates: dict[str, np.ndarray], weekends: dict[str, float], weeks: int
) -> tuple[pd.Series, pd.Series]:
    """Streams and times of tickets drawn with ``rates`` by hour, on weekends with a factor."""
    generator = np.random.default_rng(3)
    keys, times = [], []
    for day in pd.date_range("2026-01-05", periods=7 * weeks, freq="D"):
        for key, rate in rates.items():
            factor = weekends[key] if day.day_of_week >= 5 else 1.0
            for hour, count in enumerate(generator.poisson(factor * rate)):
                times += [day + pd.Timedelta(hours=hour, minutes=30)] * count
                keys += [key] * count
    return pd.Series(keys), pd.Series(times)


def pattern_of(times: pd.Series) -> ArrivalPattern:
    daily = daily_counts(times)
    return ArrivalPattern(weekly_profile(times, daily, daily < 0), Trend(), 1.0, ())


def test_streams_get_the_hours_at_which_they_come() -> None:
    keys, times = opened({"orders": 2 * OFFICE, "faults": ALWAYS}, {"orders": 0.0, "faults": 1.0}, 8)
    pattern = pattern_of(times)
    found = rhythms(keys, times, pattern)
    assert sum(found.values()) == pytest.approx(pattern.profile)
    # Orders: 18 on a working day, within office hours; faults: one an hour, always.
    assert found["orders"][:5].sum() == pytest.approx(90, rel=0.1)
    assert found["orders"][:5, 8:17].sum() > 0.95 * found["orders"].sum()
    assert found["faults"][:5, :8].sum() == pytest.approx(40, rel=0.15)
    assert found["faults"][5:].sum() == pytest.approx(48, rel=0.15)


def test_streams_with_one_rhythm_share_it() -> None:
    every = {"a": 0.6 * OFFICE, "b": 0.3 * OFFICE, "c": 0.1 * OFFICE}
    keys, times = opened(every, dict.fromkeys(every, 0.5), 8)
    pattern = pattern_of(times)
    found = rhythms(keys, times, pattern)
    for key in found:
        share = found[key][:5, 8:17] / pattern.profile[:5, 8:17]
        assert share == pytest.approx(float((keys == key).mean()), rel=0.15)


def test_one_stream_has_the_rhythm_of_all() -> None:
    keys, times = opened({"a": OFFICE}, {"a": 0.0}, 3)
    assert rhythms(keys, times, pattern_of(times)) == {}
