"""What a log can't tell, inferred from what it looks like: on a model that is known by heart."""

import numpy as np
import pandas as pd
import pytest

from calibration.exports.log import TicketLog
from calibration.fit.cases import cases_of
from calibration.fit.likeness import likeness
from calibration.fit.repetition import repetition, spread_of
from calibration.fit.unseen import DRAWS, FACTORS, RANGES, kept, prior, with_told

SPREAD = {"arrivals": 0.05, "waits": 0.05}
CUTS = 5


def summaries(logs: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """Five numbers that tell work at the desk and seats, and nothing of work behind the desk."""
    desk, seats = logs[:, 2], logs[:, 4]
    clean = np.column_stack([desk, np.exp(desk), seats, seats + desk, np.zeros(len(logs))])
    return clean + chance.normal(0, 0.05, clean.shape)


def test_draws_lie_where_the_truth_is_and_say_how_sure_that_is() -> None:
    chance = np.random.default_rng(5)
    low, high = (np.log([RANGES[name][end] for name in ("desk_work", "seats")]) for end in (0, 1))
    inside = 0
    for _ in range(40):
        logs = prior(SPREAD, 400, chance)
        truth = logs[:1].copy()
        truth[0, [2, 4]] = chance.uniform(0.8 * low + 0.2 * high, 0.2 * low + 0.8 * high)
        found = kept(logs, summaries(logs, chance), summaries(truth, chance)[0], chance)
        ends = np.quantile(np.log(found.draws), [0.05, 0.95], axis=0)
        inside += int(ends[0, 2] <= truth[0, 2] <= ends[1, 2]) + int(ends[0, 4] <= truth[0, 4] <= ends[1, 4])
        assert found.draws.shape == (DRAWS, len(FACTORS))
        assert found.narrowed["desk_work"] < 0.4
        assert found.narrowed["work_behind"] > 0.6
    assert inside >= 64  # of 80


def test_draws_stay_within_what_was_thought_possible() -> None:
    chance = np.random.default_rng(6)
    logs = prior(SPREAD, 400, chance)
    far = np.full(CUTS, 50.0)
    found = kept(logs, summaries(logs, chance), far, chance)
    for place, name in enumerate(FACTORS):
        if name in RANGES:
            assert RANGES[name][0] <= found.draws[:, place].min()
            assert found.draws[:, place].max() <= RANGES[name][1]


def test_what_the_log_tells_is_not_corrected_by_the_fit() -> None:
    chance = np.random.default_rng(8)
    logs = prior(SPREAD, 400, chance)
    # A summary that the model can't reach without fewer tickets, and one that tells the seats.
    played = np.column_stack([logs[:, 0], logs[:, 4] + logs[:, 0]])
    found = with_told(kept(logs, played, np.array([-0.12, 0.5]), chance), SPREAD, chance)
    assert found.medians["arrivals"] == pytest.approx(1.0)
    assert np.log(found.draws[:, 1]).std() == pytest.approx(0.05, rel=0.05)
    assert np.log(found.medians["seats"]) == pytest.approx(0.5, abs=0.1)


def test_likeness_counts_open_cases_as_long_ones() -> None:
    opened = np.arange(40, dtype=np.int64) * 3600 + 9 * 3600
    hours = np.where(np.arange(40) < 20, 0.2, np.nan)
    found = likeness(opened, hours, np.zeros(40, dtype=np.int64))
    assert found[0] == pytest.approx(np.log10(0.2 + 1 / 60))
    assert found[4] == pytest.approx(np.log10(336 + 1 / 60))
    assert found[5] == 1.0
    assert np.isfinite(found).all()


def test_the_spread_of_rates_is_what_chance_leaves(plain_log: TicketLog) -> None:
    chance = np.random.default_rng(7)
    assert spread_of(chance.poisson(5, 4000).astype(float)) < 0.15
    rates = chance.gamma(1 / 4, 4 * 5, 4000)
    assert spread_of(chance.poisson(rates).astype(float)) == pytest.approx(2, rel=0.15)
    # Three kinds of tickets are too few to speak of things that break.
    assert repetition(plain_log, cases_of(plain_log)) == (None, [])


def test_what_repeats_is_counted(plain_log: TicketLog) -> None:
    cases = cases_of(plain_log)
    each = pd.Series(range(len(cases)), index=cases.index)
    alone = repetition(plain_log, cases.assign(subcategory=each.astype(str)))[0]
    assert alone is not None
    assert (alone.items, alone.recurring.mode, alone.problem.mode) == (len(cases), 0.0, 0.0)
    twelve = repetition(plain_log, cases.assign(subcategory=(each % 12).astype(str)))[0]
    assert twelve is not None
    assert twelve.recurring.mode > 0.9
