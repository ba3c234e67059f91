"""Parts of a difference add up to it, and what does nothing gets exactly nothing."""

import math
from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest

from results.attribution import attribute, shapley
from results.compare import compare_runs
from results.plots.attribution import height_of, shown
from results.plots.gallery import gallery
from results.summary import Summary
from tests.results.organisation import runs

RNG = np.random.default_rng(7)


def by_orders(worth: np.ndarray) -> np.ndarray:
    """The mean of what a player adds, over all orders: the definition, word by word."""
    players = len(worth).bit_length() - 1
    found = np.zeros((players, worth.shape[1]))
    orders = list(permutations(range(players)))
    for order in orders:
        there = 0
        for player in order:
            found[player] += worth[there | 1 << player] - worth[there]
            there |= 1 << player
    return found / len(orders)


@pytest.mark.parametrize("players", [1, 2, 3, 4])
def test_values_are_the_mean_over_all_orders(players: int) -> None:
    worth = RNG.normal(size=(2**players, 5)) * 1e6
    assert shapley(worth) == pytest.approx(by_orders(worth), rel=1e-12)
    assert shapley(worth).sum(axis=0) == pytest.approx(worth[-1] - worth[0], rel=1e-9)


def test_a_player_who_adds_nothing_gets_exactly_nothing() -> None:
    worth = RNG.normal(size=(8, 4))
    worth[4:] = worth[:4]
    assert np.all(shapley(worth)[2] == 0.0)


def test_two_players_by_hand() -> None:
    # Alone 10 and 20, together 50: each gets its own and half of what they add together.
    assert shapley(np.array([[0.0], [10.0], [20.0], [50.0]])).tolist() == [[20.0], [30.0]]


def coalitions() -> list[list[Summary]]:
    """Nothing, silos, a part that does nothing, both."""
    base, silos = runs("base", "silos", replications=4).values()
    return [base, silos, base, silos]


def test_outcomes_are_split_with_intervals() -> None:
    found = attribute(["Silos", "Nothing"], coalitions())
    for name, parts in found.parts.items():
        whole = found.whole[name]
        if parts is None or whole is None:
            continue
        assert sum(part.mean for part in parts) == pytest.approx(whole.mean, rel=1e-9, abs=1e-12)
        assert (parts[1].mean, parts[1].low, parts[1].high) == (0.0, 0.0, 0.0) or whole.n == 1
    handoffs = found.parts["handoffs_per_incident"]
    assert handoffs is not None
    assert handoffs[0].verdict == "worse"
    assert handoffs[1].verdict == "the same"
    assert height_of(found) > 1
    assert "downtime_hours" in shown(found)


def test_what_is_not_learnt_is_marked_for_those_who_cannot_see_the_figure_too() -> None:
    played = coalitions()
    found = attribute(["Silos", "Nothing"], played)
    compared = replace(compare_runs({"base": played[0], "both": played[-1]}), assumed=("services",))
    pictures = gallery(compared, attributions={"both": found})
    for name in ("attribution-1", "differences-1"):
        assert "Hours with a service down †" in pictures[name].alt
    assert "all together" in pictures["attribution-1"].alt


def test_a_replication_without_a_value_in_one_coalition_is_left_out() -> None:
    played = coalitions()
    first = played[1][0]
    played[1] = [replace(first, outcomes={**first.outcomes, "incidents": math.nan}), *played[1][1:]]
    found = attribute(["Silos", "Nothing"], played)
    whole, parts = found.whole["incidents"], found.parts["incidents"]
    assert whole is not None
    assert parts is not None
    assert whole.n == parts[0].n == 3


def test_every_coalition_is_needed() -> None:
    with pytest.raises(ValueError, match="4 coalitions"):
        attribute(["a", "b"], coalitions()[:3])
