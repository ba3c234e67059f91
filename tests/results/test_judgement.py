"""A share is better or worse only if its part is; a planner must not be praised for spending more."""

import numpy as np
import pytest

from results.judgement import judged
from results.statistics.paired import Difference, difference
from sim.spec.calendars import Floats

CHANCE = np.array([0.99, 1.0, 1.01, 1.0, 0.98])
NAME, PART = "firefighting_budget_share", "firefighting_cost"


def found(cost: float, spend: float, noise: Floats = CHANCE) -> Difference:
    """The share of IT spend: 20 of 100 in the base, ``cost`` of ``spend`` in the other scenario."""
    base = {PART: 20 * CHANCE, NAME: 20 * CHANCE / 100}
    other = {PART: cost * noise, NAME: cost * noise / spend}
    both = {name: difference(base[name], other[name], "lower") for name in base}
    answer = judged(NAME, both, base.__getitem__, other.__getitem__)
    assert answer is not None
    return answer


@pytest.mark.parametrize(
    ("cost", "spend", "verdict", "note"),
    [
        (10, 100, "better", ""),
        (30, 100, "worse", ""),
        (20, 150, "changed", "because IT spend grew (+50%); cost of firefighting: the same"),
        (20, 80, "changed", "because IT spend fell (−20%); cost of firefighting: the same"),
        (19.8, 150, "changed", "because IT spend grew (+50%); cost of firefighting: −1.0%"),
        (19.95, 150, "changed", "because IT spend grew (+50%); cost of firefighting: hardly any change"),
        (22, 150, "changed", "because IT spend grew (+50%); cost of firefighting: +10%"),
        (10, 110, "better", ""),
    ],
)
def test_the_share_of_spend(cost: float, spend: float, verdict: str, note: str) -> None:
    answer = found(cost, spend)
    assert (answer.verdict, answer.note) == (verdict, note)


def test_a_part_that_moves_by_chance_is_no_merit() -> None:
    noise = np.array([1.02, 0.97, 1.01, 0.98, 1.0])
    answer = found(20, 150, noise)
    assert answer.note == "because IT spend grew (+50%); cost of firefighting: no clear change"


def test_what_is_no_share_of_a_whole_is_left_alone() -> None:
    item = difference([1.0, 1.1], [2.0, 2.1], "lower")
    assert judged("downtime_hours", {"downtime_hours": item}, CHANCE.__getitem__, CHANCE.__getitem__) is item  # type: ignore[arg-type]
