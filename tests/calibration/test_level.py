"""The level of a later week: the share of long tickets moves in the model as it does in the log."""

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from calibration.fit.arrivals import arrival_pattern, stream_rates
from calibration.fit.drift import MOST, Drift
from calibration.fit.level import WAITING, LongTickets, level_factors, mean_square
from calibration.fit.organisation import Organisation
from calibration.fit.unseen import FACTORS, FOLLOW_WEEKS, moved
from calibration.fit.window import Window
from calibration.learn import loaded
from calibration.write import base_text
from calibration.write.business import business_side
from scenarios import Scenario
from scenarios.posterior import keys_of
from sim.experiment import Job, play_many

WEEKS = 4
MEDIANS = dict.fromkeys(FACTORS, 1.0)


@pytest.fixture(scope="module")
def scenario(plain: Organisation, tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    out = tmp_path_factory.mktemp("level") / "real.yaml"
    text = base_text(plain, business_side(None, 300.0), as_seen=True)
    return loaded(out, text, WEEKS + FOLLOW_WEEKS, out)


def long_tickets(scenario: Scenario, factor: float) -> NDArray[np.float64]:
    """Long tickets and all by week [replications, weeks, 2], with a factor on how many visits wait."""
    keys = {"level": keys_of(scenario.merged.plain, WAITING), "seats": []}
    model = moved(scenario.model(), keys, {"level": factor, "arrivals": 1.0})
    jobs = [Job("test", model, 99, replication) for replication in range(24)]
    return np.array(play_many(jobs, LongTickets(WEEKS), 1, None))


def long_share(scenario: Scenario, factor: float) -> float:
    long, every = long_tickets(scenario, factor).sum(axis=(0, 1))
    return float(long / every)


def test_a_draw_moves_the_share_of_long_tickets_by_a_step_of_the_log(scenario: Scenario) -> None:
    drift = Drift(square=0.2, chance=0.0, steps=1_000)
    found = level_factors(scenario, MEDIANS, drift, WEEKS, 101, 1, None)
    assert found is not None
    assert np.median(found) == pytest.approx(1.0)
    shares = [long_share(scenario, float(factor)) for factor in np.quantile(found, [0.16, 0.5, 0.84])]
    # Beyond what the model makes by itself, and at most as much as is believed of a log.
    beyond = drift.beyond(mean_square(long_tickets(scenario, 1.0)))
    assert beyond == MOST < 0.2**0.5
    assert np.log(shares[1] / shares[0]) == pytest.approx(beyond, rel=0.15)
    # Nearly all that can wait does so already: there is nothing above it.
    assert 0 <= np.log(shares[2] / shares[1]) < 0.1


def test_a_log_that_moves_no_more_than_the_model_adds_nothing(scenario: Scenario) -> None:
    drift = Drift(square=0.002, chance=0.0, steps=8)
    assert level_factors(scenario, MEDIANS, drift, WEEKS, 10, 1, None) is None


def test_steps_of_weeks() -> None:
    counts = np.array([[[10.0, 100.0], [20.0, 100.0]], [[0.0, 10.0], [5.0, 10.0]]])
    assert mean_square(counts) == pytest.approx(np.log(2) ** 2)
    assert mean_square(counts[:, :1]) == 0.0


# Days


def opened(counts: np.ndarray, start: str) -> pd.Series:
    """So many tickets at nine on each day from ``start`` on."""
    days = pd.date_range(start, periods=len(counts), freq="D")
    return pd.Series(np.repeat(days + pd.Timedelta(hours=9), counts))


def test_weekends_scatter_by_their_own_and_a_short_window_asks_the_weeks_before() -> None:
    chance = np.random.default_rng(3)
    mean = np.tile([400.0] * 5 + [40.0] * 2, 10)
    # Working days with three times the variance of chance, weekend days with eight times.
    fano = np.tile([3.0] * 5 + [8.0] * 2, 10)
    counts = chance.poisson(chance.gamma(mean / (fano - 1), fano - 1))
    end = pd.Timestamp("2024-01-01") + pd.Timedelta(days=70)
    window = Window(end - pd.Timedelta(days=14), end, end)
    inside, before = opened(counts[-14:], "2024-02-26"), opened(counts[:-14], "2024-01-01")
    alone, told = arrival_pattern(inside, window)
    found, _ = arrival_pattern(inside, window, before)
    assert found.fano == alone.fano
    assert 4 < found.calm_fano < 10
    assert "those of a weekend day" in next(item.text for item in told if item.name == "dispersion")
    # A day to come scatters around a mean that two such days and two of the others tell.
    assert found.predicted(4.0) == pytest.approx(4.0 * 1.25)
    rate = stream_rates(pd.Series("x", index=inside.index), inside, found, window)["x"]
    levels = found.profile.sum(axis=1)
    assert rate.dispersion * levels[:5].mean() + 1 == pytest.approx(1.25 * found.fano)
    assert rate.calm * levels[5:].mean() + 1 == pytest.approx(1.25 * found.calm_fano)
