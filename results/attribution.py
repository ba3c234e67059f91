"""Which part of a difference comes from which override, or from which group of its levers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from results.catalogue import OUTCOMES
from results.statistics.intervals import mean_and_half_width
from results.statistics.paired import Difference, difference
from results.summary import Summary
from sim.spec.calendars import Floats


@dataclass(frozen=True, slots=True)
class Attribution:
    """A difference and its parts.

    ``players`` are titles. ``whole`` is the paired difference by outcome, ``parts`` one for each player, in
    their order; they add up to the whole. None where no replication has a value in every scenario.
    """

    players: tuple[str, ...]
    replications: int
    whole: dict[str, Difference | None]
    parts: dict[str, tuple[Difference, ...] | None]


def shapley(worth: Floats) -> Floats:
    """[players, replications] Shapley value of each player, replication by replication.

    Parameters
    ----------
    worth
        [2 to the power of players, replications] Worth of every coalition: row ``b`` is that of the players
        whose bits are set in ``b``.

    Notes
    -----
    phi_i = sum over S without i of |S|! (n - |S| - 1)! / n! (v(S with i) - v(S)): the mean of what a player
    adds, over all orders in which the players can come. The values add up to v(all) - v(none); a player who
    never adds anything gets exactly 0.

    Source: Shapley (1953), 'A value for n-person games', Contributions to the Theory of Games II, 307-317.
    """
    players = len(worth).bit_length() - 1
    found = np.zeros((players, worth.shape[1]))
    for player in range(players):
        bit = 1 << player
        for coalition in range(len(worth)):
            if coalition & bit:
                continue
            size = coalition.bit_count()
            weight = math.factorial(size) * math.factorial(players - size - 1) / math.factorial(players)
            found[player] += weight * (worth[coalition | bit] - worth[coalition])
    return found


def attribute(players: Sequence[str], coalitions: Sequence[Sequence[Summary]]) -> Attribution:
    """Split every outcome's difference between the last coalition (all players) and the first (none).

    Parameters
    ----------
    players
        Their titles.
    coalitions
        Replications of every coalition by number, all in the same order of replications.

    Raises
    ------
    ValueError
        If there are not as many coalitions as the players can form.
    """
    if len(coalitions) != 2 ** len(players):
        raise ValueError(f"{len(players)} players form {2 ** len(players)} coalitions, not {len(coalitions)}")
    whole: dict[str, Difference | None] = {}
    parts: dict[str, tuple[Difference, ...] | None] = {}
    for name, described in OUTCOMES.items():
        worth = np.array([[item.outcomes[name] for item in played] for played in coalitions])
        # A part needs all coalitions: a replication in which one has no value can't be split.
        worth = worth[:, ~np.isnan(worth).any(axis=0)]
        whole[name] = difference(worth[0], worth[-1], described.better, whole=described.aim)
        parts[name] = None
        if worth.shape[1]:
            parts[name] = tuple(_part(worth[0], values, name) for values in shapley(worth))
    return Attribution(tuple(players), len(coalitions[0]), whole, parts)


def _part(base: Floats, values: Floats, name: str) -> Difference:
    """A player's part, weighed against what the base has, as any difference is."""
    described = OUTCOMES[name]
    found = difference(base, base + values, described.better, whole=described.aim)
    assert found is not None, "there is a replication with a value"
    mean, half = mean_and_half_width(values)
    # As the values are, without what adding them to the base costs in digits.
    return replace(
        found,
        mean=mean,
        low=None if half is None else mean - half,
        high=None if half is None else mean + half,
    )
