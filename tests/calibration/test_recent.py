"""The level at the end of a log: told where weeks wander, left alone where they scatter around one mean."""

import numpy as np
import pandas as pd
import pytest

from calibration.fit.recent import recent_level

TICKETS = 400


def weeks(shares: np.ndarray) -> pd.DataFrame:
    """A table of ``weekly_shares``, from shares in the order of time."""
    generator = np.random.default_rng(5)
    counted = generator.binomial(TICKETS, shares) / TICKETS
    return pd.DataFrame({"mean": counted, "size": TICKETS}, index=np.arange(len(shares))[::-1])


def test_a_level_that_fell_is_where_the_base_stands() -> None:
    found, findings = recent_level(weeks(np.array([0.7, 0.66, 0.6, 0.52, 0.5, 0.47, 0.42, 0.36])), days=21)
    assert found == pytest.approx(np.log(0.36 / 0.42), abs=0.06)
    assert "level" in [item.name for item in findings]


def test_a_finding_that_is_overruled_says_so() -> None:
    found, findings = recent_level(weeks(np.linspace(0.7, 0.3, 9)), days=21, overruled=True)
    assert found == 0.0
    assert "overrules" in findings[0].text


@pytest.mark.parametrize("scatter", [0.0, 0.15])
def test_scatter_around_one_mean_is_rarely_taken_for_a_move(scatter: float) -> None:
    generator = np.random.default_rng(11)
    told = 0
    for _ in range(60):
        shares = np.clip(0.4 * np.exp(scatter * generator.normal(size=16)), 0.05, 0.95)
        told += recent_level(weeks(shares), days=84)[0] != 0.0
    assert told <= 8


def test_few_weeks_tell_nothing() -> None:
    assert recent_level(weeks(np.array([0.8, 0.5, 0.3])), days=21) == (0.0, [])
