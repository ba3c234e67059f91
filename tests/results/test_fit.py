"""Effort beside value: shares, effort beyond value, and how the ranks agree."""

import numpy as np
import pytest

from results.catalogue import OUTCOMES
from results.compare import compare_runs
from results.report.fit import LAGGING, LEADING, fit, off_strategy, rank_correlation
from tests.results.organisation import runs


def test_effort_beyond_value_counts() -> None:
    # Of 60 and 40 percent of the value, the second service gets 70 percent of the effort: 30 too many.
    assert off_strategy(np.array([0.6, 0.4]), np.array([0.3, 0.7])) == pytest.approx(0.3)
    assert off_strategy(np.array([0.6, 0.4]), np.array([0.6, 0.4])) == 0.0


def test_ranks_agree_or_not() -> None:
    value = np.array([1.0, 2.0, 3.0])
    assert rank_correlation(value, np.array([10.0, 20.0, 90.0])) == pytest.approx(1.0)
    assert rank_correlation(value, value[::-1]) == pytest.approx(-1.0)
    assert np.isnan(rank_correlation(value[:2], value[:2]))


def test_every_service_and_team_has_its_row() -> None:
    found = compare_runs(runs("base", replications=2))
    told = fit(found.base, {"services.web": "Web shop"})
    assert [row.title for row in told.services] == ["Web shop", "Office"]
    # Weights 300 and 100.
    assert told.services[0].cells[0] == "75%"
    assert len(told.teams) == 3
    assert "of the effort goes into services beyond their share" in told.summary


def test_measures_that_warn_and_prove_are_outcomes() -> None:
    assert {*LEADING, *LAGGING} <= set(OUTCOMES)
    assert not set(LEADING) & set(LAGGING)
