"""Few teams: the large ones by themselves, the small ones together."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from calibration.findings import Finding, shown

MOST_TEAMS = 14
FOLLOW_UPS = 3
"""Teams, at most, whose second line is told apart from their first; the small ones together besides."""

APART, APART_OF_MANY = 0.4, 0.15
"""Kolmogorov-Smirnov distance of times from which first visits and later ones are told apart: of one team,
and of the small ones together, whose visits are of many kinds anyway."""

OTHER = "other_teams"
AGAIN = f"{OTHER}_again"
LATER = f"{OTHER}_later"
FEWEST = 50
FEWEST_LATER = 100
"""Visits to a second line of tickets that changed hands twice or more, from which they are told apart."""

SURELY = 3.0
"""Standard errors by which shares must differ."""


@dataclass(frozen=True, slots=True)
class TeamGroup:
    """A team of the model: one of the log's, the later visits to it, or all small ones."""

    key: str
    title: str
    names: tuple[str, ...]
    role: str
    follow_up: bool = False


def group_teams(
    visits: pd.DataFrame, *, keep_names: bool
) -> tuple[pd.Series, list[TeamGroup], list[Finding]]:
    """Team key of every visit, and the teams, the desk first and then by volume.

    Names are replaced by 'Team 1', 'Team 2', ... by volume unless ``keep_names``.
    """
    names = visits["team"]
    volume = names.value_counts()
    desk = entry_desk(visits)
    largest = [name for name in volume.index if volume[name] >= min(FEWEST, 0.02 * len(visits))]
    room = MOST_TEAMS - FOLLOW_UPS - 2
    chosen = ([desk] if desk is not None else []) + [name for name in largest if name != desk][: room - 1]
    split = [name for name in chosen if differs_when_it_returns(visits, names == name, APART)][:FOLLOW_UPS]
    groups: list[TeamGroup] = []
    keys = pd.Series(OTHER, index=visits.index)
    for number, name in enumerate(chosen, 1):
        title = name if keep_names else f"Team {number}"
        key = f"team_{number}"
        of_team = names == name
        keys[of_team] = key
        groups.append(TeamGroup(key, title, (name,), "desk" if name == desk else "other"))
        if name in split:
            keys[of_team & ~visits["first"]] = f"{key}_again"
            groups.append(
                TeamGroup(f"{key}_again", f"{title}, second look", (name,), "other", follow_up=True)
            )
    if (keys == OTHER).any():
        small = tuple(sorted({str(name) for name in names[keys == OTHER].dropna()}))
        title = (
            f"{len(small)} smaller teams"
            if len(small) > 1
            else "Team not recorded"
            if not small
            else "Smaller team"
        )
        groups.append(TeamGroup(OTHER, title, small, "desk" if desk is None else "other"))
        if differs_when_it_returns(visits, keys == OTHER, APART_OF_MANY):
            keys[(keys == OTHER) & ~visits["first"]] = AGAIN
            groups.append(TeamGroup(AGAIN, f"{title}, second look", small, "other", follow_up=True))
    groups, later = third_looks(visits, keys, groups)
    return (
        keys,
        with_roles(visits, keys, groups),
        team_findings(visits, chosen, split, volume, groups) + later,
    )


def third_looks(
    visits: pd.DataFrame, keys: pd.Series, groups: list[TeamGroup]
) -> tuple[list[TeamGroup], list[Finding]]:
    """Second lines whose later visits (after two handoffs and more) are told apart, in place in ``keys``.

    What two teams could not settle is harder, for a third one too: fewer of these visits are the last.
    """
    found, findings = list(groups), []
    for group in groups:
        again = keys == group.key
        later = again & (visits["number"] >= 2)
        before = again & ~later
        if not group.follow_up or later.sum() < FEWEST_LATER or before.sum() < FEWEST_LATER:
            continue
        settled, settled_later = visits.loc[before, "last"], visits.loc[later, "last"]
        if abs(settled.mean() - settled_later.mean()) < SURELY * error_of(settled, settled_later):
            continue
        key, title = group.key.replace("_again", "_later"), group.title.replace("second look", "third look")
        keys[later] = key
        found.append(replace(group, key=key, title=title))
        findings.append(
            Finding(
                "third_look",
                f"{group.title}: settles {settled.mean():.0%} of the tickets that come to it from the first "
                f"team, and {settled_later.mean():.0%} of those that had two or more before: these visits "
                "are modelled as a third line.",
            )
        )
    return found, findings


def error_of(a: pd.Series, b: pd.Series) -> float:
    """Standard error of the difference of two shares."""
    return float(np.sqrt(a.mean() * (1 - a.mean()) / len(a) + b.mean() * (1 - b.mean()) / len(b)))


def entry_desk(visits: pd.DataFrame) -> str | None:
    """The team that ends most tickets at first contact."""
    direct = visits[visits["first"] & visits["last"] & visits["team"].notna()]["team"].value_counts()
    if direct.empty:
        direct = visits[visits["first"]]["team"].value_counts()
    return None if direct.empty else str(direct.index[0])


def differs_when_it_returns(visits: pd.DataFrame, of_team: pd.Series, apart: float) -> bool:
    """Whether first visits to a team and later ones differ as if two teams were behind the name.

    Those that settle the matter and those that hand it on are looked at by themselves.
    """
    done = visits[of_team & visits["hours"].notna()]
    found = 0.0
    for _, part in done.groupby("last"):
        entry, later = part[part["first"]]["hours"], part[~part["first"]]["hours"]
        if min(len(entry), len(later)) >= FEWEST:
            found = max(found, two_sample_distance(entry.to_numpy(float), later.to_numpy(float)))
    return found > apart


def two_sample_distance(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    """Kolmogorov-Smirnov distance of two samples."""
    points = np.concatenate([a, b])
    left = np.searchsorted(np.sort(a), points, side="right") / len(a)
    right = np.searchsorted(np.sort(b), points, side="right") / len(b)
    return float(np.max(np.abs(left - right)))


def with_roles(visits: pd.DataFrame, keys: pd.Series, groups: list[TeamGroup]) -> list[TeamGroup]:
    """Roles are not in a log: who gets most from the desk is taken as operations, others as application."""
    desk = next(group.key for group in groups if group.role == "desk")
    next_key = keys.groupby(visits["case"], sort=False).shift(-1)
    from_desk = next_key[(keys == desk) & next_key.notna()].value_counts()
    others = [group for group in groups if group.role != "desk"]
    ranked = sorted(others, key=lambda group: -int(from_desk.get(group.key, 0)))
    operations = {group.key for group in ranked[: (len(ranked) + 1) // 2]}
    operations |= {group.key for group in groups if group.follow_up and group.key.startswith(f"{desk}_")}
    return [
        group
        if group.role == "desk"
        else replace(group, role="operations" if group.key in operations else "application")
        for group in groups
    ]


def team_findings(
    visits: pd.DataFrame, chosen: list[str], split: list[str], volume: pd.Series, groups: list[TeamGroup]
) -> list[Finding]:
    """What was merged and what was split."""
    titles = {
        group.names[0]: group.title for group in groups if len(group.names) == 1 and not group.follow_up
    }
    found = []
    if len(volume) > len(chosen):
        rest = 1 - visits["team"].isin(chosen).mean()
        found.append(
            Finding(
                "small_teams",
                f"The log names {len(volume)} teams; {len(chosen)} are modelled by themselves, the others "
                "(and visits "
                f"without a team), {rest:.0%} of the visits, as one.",
                len(volume) - len(chosen),
            )
        )
    for name in split:
        of_team = visits[visits["team"] == name]
        first, later = (
            of_team[of_team["first"]]["hours"].median(),
            of_team[~of_team["first"]]["hours"].median(),
        )
        found.append(
            Finding(
                "second_look",
                f"{titles[name]} holds a new ticket for {shown(first, 2)} h at the median and one that "
                "comes to it later for "
                f"{shown(later, 2)} h: the later visits are modelled as a second line.",
            )
        )
    missing = visits["team"].isna().mean()
    if missing > 0.001:
        found.append(
            Finding(
                "no_team", f"{missing:.1%} of the visits never show a team.", int(visits["team"].isna().sum())
            )
        )
    return found
