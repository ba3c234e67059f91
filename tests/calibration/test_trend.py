"""Growth of arrivals: none from less than a year, seldom and never absurd from chance and season."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from calibration.exports.mapping import Cleaning
from calibration.findings import Finding
from calibration.fit.arrivals import (
    WEEK,
    WEEKS_A_YEAR,
    ArrivalPattern,
    Trend,
    arrival_pattern,
    slope_of,
    yearly_trend,
)
from calibration.fit.growth import growth_factors
from calibration.fit.organisation import Organisation
from calibration.fit.unseen import DRAWS
from calibration.fit.window import Window
from calibration.write.base import base_text, write_base
from calibration.write.business import business_side
from scenarios import load

START = pd.Timestamp("2024-01-01")


def seen(
    weeks: int, chance: np.random.Generator, growth: float = 0.0, season: float = 0.0
) -> tuple[Trend, list[Finding]]:
    """What is told of a log of so many weeks with 25 tickets a working day and 4 a weekend day."""
    usual = np.tile([25.0] * 5 + [4.0] * 2, weeks)
    years = np.arange(len(usual)) / 365.25
    rate = usual * (1 + growth) ** years * (1 + season * np.sin(2 * np.pi * (years + chance.random())))
    days = pd.date_range(START, periods=len(usual), freq="D")
    daily = pd.Series(chance.poisson(rate * chance.lognormal(-0.011, 0.15, len(usual))), index=days)
    expected = pd.Series(usual * rate.mean() / usual.mean(), index=days)
    end = START + weeks * WEEK
    return yearly_trend(daily, expected, Window(START, end, end))


@pytest.mark.parametrize("weeks", [3, 14, 26, 51])
def test_less_than_a_year_tells_no_growth(weeks: int) -> None:
    trend, findings = seen(weeks, np.random.default_rng(1), growth=1.0)
    assert trend == Trend()
    assert "year" in str(findings[0]) or "too few" in str(findings[0])


@pytest.mark.parametrize(("weeks", "season"), [(52, 0.0), (52, 0.2), (80, 0.2), (104, 0.2)])
def test_flat_logs_seldom_grow_and_never_absurdly(weeks: int, season: float) -> None:
    chance = np.random.default_rng(2)
    found = [seen(weeks, chance, season=season)[0].mode for _ in range(200)]
    assert np.mean(np.array(found) != 0.0) <= 0.09
    assert np.abs(found).max() < 0.4


def test_growth_of_two_years_is_learnt_with_its_interval() -> None:
    chance = np.random.default_rng(3)
    found = [seen(104, chance, growth=0.3, season=0.2)[0] for _ in range(40)]
    assert all(trend.mode for trend in found)
    assert np.mean([trend.low <= 0.3 <= trend.high for trend in found]) >= 0.75


@pytest.mark.parametrize("weeks", [5, 8])
def test_the_interval_of_few_weeks_holds_the_truth(weeks: int) -> None:
    """That no growth is within, of logs in which chance alone is at work."""
    chance = np.random.default_rng(5)
    years, usual, held = np.arange(weeks) / WEEKS_A_YEAR, np.full(weeks, 129.0), 0
    for _ in range(200):
        slope, reach, _clear = slope_of(chance.poisson(usual).astype(float), usual, years, season=False)
        held += abs(slope) <= reach
    assert 0.85 <= held / 200 <= 0.96


def growing() -> tuple[pd.Series, Window]:
    chance = np.random.default_rng(4)
    days = pd.date_range(START, periods=7 * 104, freq="D")
    counts = chance.poisson(30 * 1.5 ** (np.arange(len(days)) / 365.25))
    opened = pd.Series(np.repeat(days, counts) + pd.Timedelta(hours=9))
    end = START + 104 * WEEK
    return opened, Window(START, end, end)


def test_a_trend_can_be_overruled() -> None:
    assert Cleaning(overrule=["trend"]).overrule == ["trend"]
    opened, window = growing()
    pattern, findings = arrival_pattern(opened, window)
    assert "the season is not played" in next(item.text for item in findings if item.name == "trend")
    assert pattern.trend.mode == pytest.approx(0.5, abs=0.1)
    without, findings = arrival_pattern(opened, window, growing=False)
    assert without.trend == Trend()
    said = next(str(finding) for finding in findings if finding.name == "trend")
    assert "The mapping overrules this finding" in said


def test_a_trend_stands_in_the_base_and_among_the_assumptions(plain: Organisation, tmp_path: Path) -> None:
    arrivals: ArrivalPattern = replace(plain.arrivals, trend=Trend(0.2, 0.1, 0.31))
    base = tmp_path / "grown.yaml"
    write_base(base, base_text(replace(plain, arrivals=arrivals), business_side(None, 300.0)))
    scenario = load(str(base))
    assert "+20% a year, +10% to +31%" in " ".join(scenario.assumed)
    listed = [item for item in scenario.assumptions if item.path.endswith(".trend")]
    assert {item.source for item in listed} == {"log"}
    scenario.model()


@pytest.mark.parametrize("trend", [Trend(0.2, 0.1, 0.31), Trend(-0.3, -0.4, -0.19)])
def test_a_trend_is_drawn_once_for_all_streams(plain: Organisation, tmp_path: Path, trend: Trend) -> None:
    arrivals: ArrivalPattern = replace(plain.arrivals, trend=trend)
    base = tmp_path / "grown.yaml"
    write_base(base, base_text(replace(plain, arrivals=arrivals), business_side(None, 300.0)))
    scenario = load(str(base))
    drawn = [scenario.numbers(draw, 1).drawn for draw in range(DRAWS)]
    streams = [key for key in drawn[0] if key.endswith(".trend")]
    assert len(streams) > 1
    assert all(item[key] == item[streams[0]] for item in drawn for key in streams)
    values = [item[streams[0]] for item in drawn]
    assert np.quantile(values, [0.05, 0.5, 0.95]) == pytest.approx(
        [trend.low, trend.mode, trend.high], abs=0.01
    )


def test_a_trend_is_not_drawn_to_the_other_side_of_none() -> None:
    factors = growth_factors(Trend(0.105, 0.018, 0.199), 64)
    assert factors is not None
    assert 0 < factors.min() < 0.1
    assert growth_factors(Trend(), 64) is None
