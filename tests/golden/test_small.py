"""Golden runs: what the shipped small organisation does must not change unnoticed.

A digest that moves means that numbers move: say so in CHANGELOG.md under 'Numbers that change', then write
the new digests with ``python -m tests.golden``.
"""

from __future__ import annotations

import json

import pytest

from sim.experiment import play
from sim.history.digest import digest
from tests.golden import GOLDEN, model_of


@pytest.mark.parametrize("scenario", sorted(json.loads(GOLDEN.read_text())))
def test_history_is_the_golden_one(scenario: str) -> None:
    expected = json.loads(GOLDEN.read_text())[scenario]
    history = play(model_of(scenario), 1, 0)
    assert {"digest": digest(history), "tickets": len(history.cases)} == expected
