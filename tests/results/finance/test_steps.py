"""Looking again after a year: worth what it tells, no more, and never wiser than those who decide."""

import numpy as np
import pytest

from results.finance.flows import LINES, Differences
from results.finance.statement import Statement, statement
from results.finance.steps import courses, expected
from results.finance.terms import Terms

TERMS = Terms(tax_rate=0.0, reuse_employee_hours=1.0, reuse_it_hours=1.0)


def played(first: np.ndarray, rest: np.ndarray) -> Statement:
    """100 is paid at the start; year 1 brings ``first``, years 2 and 3 ``rest`` each."""
    lines = {name: np.zeros((len(first), 4)) for name in LINES}
    lines["initial"][:, 0] = 100.0 * 100
    lines["spend"][:, 1:] = 100.0 * np.vstack([first, rest, rest]).T
    return statement(Differences(lines, {}, {}), [TERMS] * len(first))


def test_a_first_year_that_tells_everything_saves_what_would_be_lost() -> None:
    rest = np.linspace(-80.0, 120.0, 64)
    money = played(rest / 4, rest)
    everything, stop, trial = courses(money, [TERMS] * 64)
    assert everything.mean == pytest.approx(money.npv.mean())
    # The curve is right where it matters: who would lose in years 2 and 3 stops.
    assert stop.goes_on == pytest.approx(np.mean(rest > 0), abs=1 / 64)
    saved = np.where(rest < 0, -rest, 0.0).mean() * (1 / 1.1**2 + 1 / 1.1**3)
    assert stop.more == pytest.approx(saved, rel=0.02)
    assert stop.p_loss.share <= everything.p_loss.share
    # Four fifths of the outlay are risked only after a year that speaks for it.
    assert trial.cvar > stop.cvar > everything.cvar


def test_a_first_year_that_tells_nothing_is_worth_nothing() -> None:
    draw = np.random.default_rng(2)
    gains = []
    for _ in range(50):
        money = played(draw.normal(0, 1, 64), draw.normal(10, 60, 64))
        gains.append(courses(money, [TERMS] * 64)[1].more)
    # Judged by the others, no future gains by looking; judged by itself too, all samples would seem to.
    assert np.mean(gains) <= 0.5


def test_nobody_is_judged_by_a_rule_that_has_seen_the_end() -> None:
    draw = np.random.default_rng(4)
    seen, worth = draw.normal(0, 1, 20), draw.normal(0, 1, 20)
    ranks = np.array([2 * np.sum(seen < value) + 1 for value in seen]) / 20 - 1
    for left_out in range(20):
        kept = np.arange(20) != left_out
        curve = np.polyfit(ranks[kept], worth[kept], 2)
        assert expected(seen, worth)[left_out] == pytest.approx(np.polyval(curve, ranks[left_out]))


def test_with_a_year_that_is_always_the_same_the_others_are_the_rule() -> None:
    worth = np.arange(13.0)
    assert expected(np.ones(13), worth)[0] == pytest.approx(worth[1:].mean())


def test_too_few_futures_tell_nothing() -> None:
    assert courses(played(np.ones(5), np.ones(5)), [TERMS] * 5) == []
