"""Routing: who sees a ticket first, who ends it, and to whom it goes otherwise."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from calibration.fit.durations import Share, wilson

SHRINKAGE = 20.0
"""Visits' worth of the overall matrix that is mixed into the matrix of a category."""

RARE = 0.02
"""Ways that fewer of a team's tickets take are dropped."""

FEWEST_VISITS = 15
"""A team with fewer visits in a category is played by the collection of other teams there."""

LEAST_RESOLVED = 0.02


@dataclass(frozen=True, slots=True)
class StageRouting:
    """A row of the matrix: share that ends here, and shares of the next teams among the others."""

    resolves: Share
    then: dict[str, float]


@dataclass(frozen=True, slots=True)
class Routing:
    """Of one category: entry shares, and the matrix by team."""

    entry: dict[str, float]
    stages: dict[str, StageRouting]


def with_few_teams(visits: pd.DataFrame, catch_all: str, again: str, later: str) -> pd.Series:
    """Team keys in which a category's rare teams are replaced.

    First visits go to ``catch_all``, the second to ``again`` and those after it to ``later``, where there are
    such.
    """
    keys = visits["key"]
    if not (keys == catch_all).any():
        return keys
    counts = visits.groupby(["group", "key"])["key"].transform("size")
    many = pd.Series(catch_all, index=keys.index)
    if (keys == again).any():
        many[~visits["first"]] = again
    if (keys == later).any():
        many[visits["number"] >= 2] = later
    return keys.where(counts >= FEWEST_VISITS, many)


def routing_of(visits: pd.DataFrame) -> dict[str, Routing]:
    """Routing by category, each shrunk towards the matrix of all.

    ``visits`` are owners' visits of finished cases with columns case, group, key, first, last.
    """
    visits = visits.assign(next=visits.groupby("case", sort=False)["key"].shift(-1))
    resolved = visits.groupby("key")["last"].mean()
    onward = visits[visits["next"].notna()]
    overall = {str(key): shares(part) for key, part in onward.groupby("key")["next"]}
    return {
        str(group): of_category(part, resolved, overall) for group, part in visits.groupby("group", sort=True)
    }


def shares(teams: pd.Series) -> dict[str, float]:
    """Share of each team among the values."""
    counts = teams.value_counts(normalize=True)
    return {str(team): float(share) for team, share in counts.to_dict().items()}


def of_category(visits: pd.DataFrame, resolved: pd.Series, overall: dict[str, dict[str, float]]) -> Routing:
    """Entry and matrix of one category."""
    entry = frequent(shares(visits.loc[visits["first"], "key"]))
    stages: dict[str, StageRouting] = {}
    waiting = list(entry)
    while waiting:
        key = waiting.pop()
        if key in stages:
            continue
        stages[key] = stage_of(visits[visits["key"] == key], key, resolved, overall)
        waiting += [team for team in stages[key].then if team not in stages]
    return Routing(entry, stages)


def stage_of(
    visits: pd.DataFrame, key: str, resolved: pd.Series, overall: dict[str, dict[str, float]]
) -> StageRouting:
    """One row of a category's matrix."""
    prior = float(resolved[key])
    ended, count = float(visits["last"].sum()), len(visits)
    mixed = widest(
        wilson(round(ended + SHRINKAGE * prior), round(count + SHRINKAGE)), wilson(round(ended), count)
    )
    share = (ended + SHRINKAGE * prior) / (count + SHRINKAGE)
    share = min(1.0, max(LEAST_RESOLVED, share))
    counts = {str(team): int(count) for team, count in visits["next"].value_counts().to_dict().items()}
    total = sum(counts.values())
    away = overall.get(key, {})
    mixture = {
        team: (counts.get(team, 0) + SHRINKAGE * away.get(team, 0.0)) / (total + SHRINKAGE)
        for team in {*counts, *away}
    }
    then = frequent(mixture)
    if not then:
        return StageRouting(Share(1.0, mixed.low, 1.0), {})
    return StageRouting(Share(share, min(share, mixed.low), max(share, mixed.high)), then)


def widest(mixed: Share, own: Share) -> Share:
    """The interval of the mixture, and of the category alone: a mixture is drawn to what others do."""
    return Share(mixed.mode, min(mixed.low, own.low), max(mixed.high, own.high))


def frequent(mixture: dict[str, float]) -> dict[str, float]:
    """The ways that matter, most frequent first, adding up to 1."""
    total = sum(mixture.values())
    if total <= 0:
        return {}
    kept = {team: share for team, share in mixture.items() if share >= RARE * total} or mixture
    scale = sum(kept.values())
    return {team: share / scale for team, share in sorted(kept.items(), key=lambda item: (-item[1], item[0]))}
