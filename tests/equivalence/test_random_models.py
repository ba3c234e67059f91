"""Both engines play random models alike, event for event."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.engines import process
from sim.engines.compiled import run as compiled
from sim.spec.check import faults
from tests.equivalence.agreement import differences, parting, play_both
from tests.equivalence.cases import BLOCKS, Case, fixed_cases, over_cases
from tests.sim.organisations import Builder


@pytest.mark.parametrize("block", range(BLOCKS))
def test_random_models_play_alike(block: int, tmp_path: Path) -> None:
    def check(case: Case) -> None:
        assert not faults(case.model)
        play_both(case.model, case.seed, case.replication, tmp_path)

    over_cases(block, check)


def test_a_difference_is_shown_with_what_came_before() -> None:
    case = next(case for case in fixed_cases(0) if case.model.incidents)
    history = process.play(case.model, case.seed, case.replication)
    assert not differences(history, history)
    ends = history.spells.end.copy()
    row = int(np.flatnonzero(ends > 0)[-1])
    ends[row] += 1
    other = replace(history, spells=replace(history.spells, end=ends))
    assert differences(history, other) == ["spells.end"]
    lines = parting(case.model, history, other).splitlines()
    assert [line.split()[0] for line in lines] == ["the"] + ["both"] * 5 + ["process", "compiled"]
    assert f"({history.spells.end[row]} s)" in lines[-2]
    assert "resolved" in lines[-2]
    assert lines[-1] != lines[-2]


def test_an_organisation_of_nothing_plays_alike(tmp_path: Path) -> None:
    """Nobody, nothing to do, nowhere to go."""
    empty = Builder(days=1).model()
    alone = Builder(days=1)
    alone.team()
    for model in (empty, alone.model(), replace(empty, services=())):
        assert not faults(model)
        assert len(play_both(model, 1, 0, tmp_path).cases) == 0


def test_a_replication_is_the_same_whatever_was_played_before() -> None:
    first, second = fixed_cases(0)[10:12]
    alone = compiled.play(first.model, first.seed, first.replication)
    compiled.play(second.model, second.seed, second.replication)
    again = compiled.play(first.model, first.seed, first.replication)
    assert not differences(alone, again)
