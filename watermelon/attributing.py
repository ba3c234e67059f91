"""Playing what an attribution needs: every coalition of the parts of a difference, under the same luck."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from results.attribution import Attribution, attribute

if TYPE_CHECKING:
    from collections.abc import Callable

    from scenarios import Scenario
    from scenarios.coalitions import Coalitions
    from watermelon.runs import Runs

    Play = Callable[[dict[str, Scenario]], Runs]


def attributions(wanted: Mapping[str, Coalitions], known: Runs, play: Play) -> dict[str, Attribution]:
    """Split the difference of each wanted scenario; what several of them share is played once.

    Scenarios that play the same count as the same: a part that moves nothing adds exactly nothing.

    Parameters
    ----------
    wanted
        Coalitions by the label of the scenario.
    known
        What was played already, whole scenarios among it.
    play
        Plays scenarios by label.
    """
    summaries = {scenario.digest: known.summaries[label] for label, scenario in known.scenarios.items()}
    missing: dict[str, Scenario] = {}
    for found in wanted.values():
        for scenario in found.scenarios:
            if scenario.digest not in summaries:
                missing.setdefault(scenario.digest, scenario)
    if missing:
        played = play(missing)
        summaries |= played.summaries
    # Somebody may have stopped one of the two plays: what both have finished counts.
    count = min(len(rows) for rows in summaries.values())
    return {
        label: attribute(
            [player.title for player in found.players],
            [summaries[scenario.digest][:count] for scenario in found.scenarios],
        )
        for label, found in wanted.items()
    }
