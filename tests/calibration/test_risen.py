"""A base of an organisation that grows begins at the end of the days learnt from, not at their mean."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from calibration.exports.log import read_log
from calibration.exports.mapping import load_mapping
from calibration.fit.arrivals import Trend, risen
from calibration.fit.organisation import Organisation, learn
from calibration.fit.unseen import DRAWS, FACTORS, Unseen
from calibration.write.base import base_text, write_base
from calibration.write.business import business_side
from scenarios import Scenario, load

HOURS_A_WEEK = 168
START, WEEKS, GROWTH = pd.Timestamp("2024-09-02"), 64, 0.3
A_WEEK = 5 * 40 + 2 * 6
"""Tickets in the first week."""


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Organisation:
    """What is learnt of a list of tickets that grow by 30% a year."""
    chance = np.random.default_rng(4)
    days = np.arange(7 * WEEKS)
    counts = chance.poisson(np.where(days % 7 < 5, 40, 6) * (1 + GROWTH) ** (days / 365.25))
    opened = START + pd.to_timedelta(np.repeat(days, counts), "D")
    opened += pd.to_timedelta(8 + 9 * chance.random(len(opened)), "h")
    resolved = opened + pd.to_timedelta(4 * chance.lognormal(0, 1, len(opened)), "h")
    path = tmp_path_factory.mktemp("grown") / "grown.csv"
    shown = "%Y-%m-%d %H:%M"
    pd.DataFrame(
        {
            "Ticket": [f"T{number}" for number in range(len(opened))],
            "Opened": opened.strftime(shown),
            "Resolved": resolved.strftime(shown),
            "Category": chance.choice(["Mail", "Printer"], len(opened)),
            "Group": "Desk",
        }
    ).to_csv(path, index=False)
    return learn(read_log(path, load_mapping("auto")))


def written(organisation: Organisation, folder: Path, *, as_seen: bool = False) -> Scenario:
    """A base, without having played it."""
    text = base_text(organisation, business_side(None, 300.0), as_seen=as_seen)
    write_base(folder / "base.yaml", text)
    return load(str(folder / "base.yaml"))


def weekly(scenario: Scenario, end: str = "mode") -> float:
    """Tickets a week at the start."""
    base = scenario.merged.plain
    rates = [stream.rate for stream in [*base.incidents.values(), *base.requests.values()]]
    return float(sum(getattr(rate, end) for rate in rates)) * HOURS_A_WEEK


def test_rates_are_those_at_the_end_of_the_days_learnt_from(grown: Organisation, tmp_path: Path) -> None:
    years = grown.window.days / 365.25
    seen = written(grown, tmp_path, as_seen=True)
    assert weekly(seen) == pytest.approx(7 * len(grown.cases) / grown.window.days, rel=0.02)
    assert {stream.trend.mode for stream in seen.merged.plain.incidents.values()} == {0.0}
    assert seen.merged.plain.posterior is None
    found = written(grown, tmp_path)
    assert weekly(found) == pytest.approx(A_WEEK * (1 + GROWTH) ** years, rel=0.04)
    factor = weekly(found) / weekly(seen)
    assert factor > 1.1
    for end in ("low", "high"):
        assert weekly(found, end) / weekly(seen, end) == pytest.approx(factor, rel=0.001)


@pytest.mark.parametrize("slope", [0.26, -0.7])
def test_the_end_of_an_exponential_over_its_mean(slope: float) -> None:
    years = np.linspace(0, 1.4, 100_001)
    rate = np.exp(slope * years)
    assert risen(slope, 1.4) == pytest.approx(rate[-1] / np.trapezoid(rate, years) * 1.4)
    assert risen(0.0, 1.4) == Trend().risen(1.4) == 1.0


def test_the_level_at_the_end_is_drawn_with_the_growth(grown: Organisation, tmp_path: Path) -> None:
    unseen = Unseen(draws=np.ones((DRAWS, len(FACTORS))), narrowed={})
    posterior = written(replace(grown, unseen=unseen), tmp_path).merged.plain.posterior
    assert posterior is not None
    columns = dict(zip(posterior.factors, np.array(posterior.draws).T, strict=True))
    years = grown.window.days / 365.25
    growth = grown.arrivals.trend.mode * columns["growth"]
    expected = [Trend(mode=float(item)).risen(years) for item in growth]
    assert columns["risen"] * grown.arrivals.trend.risen(years) == pytest.approx(expected, rel=0.01)
