"""All figures of a comparison, with a title and a text for those who can't see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from results.aside import write_aside
from results.attribution import Attribution
from results.compare import Comparison
from results.naming import NO_TITLES, Titles
from results.plots import alt, melon
from results.plots import attribution as parts
from results.plots.dashboard import dashboard_beside_business, height_of
from results.plots.differences import STORY, differences
from results.plots.hours import hours_by_kind, hours_by_team
from results.plots.queues import queue_waiting
from results.plots.seen import height_of as height_of_sides
from results.plots.seen import seen_and_felt
from results.plots.special import NONE, SpecialDays
from results.plots.svg import Draw, svg
from results.plots.targets import target_probabilities
from results.plots.weekly import weekly

WEEKLY = {
    "restore_hours_mean": "Time to restore service, week by week",
    "incident_backlog_end": "Incidents open, week by week",
    "downtime_hours": "Downtime, week by week",
    "employee_hours_lost": "Hours that employees could not work, week by week",
}
"""Series that the report shows, with their titles."""


NO_ATTRIBUTIONS: Mapping[str, Attribution] = {}


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure to be drawn: ``alt`` says in words what it shows."""

    name: str
    title: str
    alt: str
    width: float
    height: float
    draw: Draw

    def svg(self) -> str:
        """The figure as an SVG document."""
        return svg(self.draw, self.width, self.height)


def gallery(
    comparison: Comparison,
    titles: Titles = NO_TITLES,
    names: Titles = NO_TITLES,
    target_titles: Titles = NO_TITLES,
    attributions: Mapping[str, Attribution] = NO_ATTRIBUTIONS,
    special: SpecialDays = NONE,
) -> dict[str, Picture]:
    """Every figure by its name; that of a difference is ``differences-N`` for the N-th other scenario.

    ``titles`` are those of teams by dotted name, ``names`` of scenarios, ``target_titles`` of targets;
    ``special`` are days of the base that explain a month.
    """
    scenarios, teams = len(comparison.scenarios), len(comparison.base.summaries[0].teams.rows)
    pictures = []
    if any(item.met for result in comparison.scenarios.values() for item in result.targets.values()):
        rows = len(comparison.base.targets)
        pictures.append(
            Picture(
                "targets",
                "How likely each business target is met",
                alt.targets_alt(comparison, names, target_titles),
                8.6,
                1.1 + rows * (0.22 + 0.17 * scenarios),
                partial(target_probabilities, comparison, titles=target_titles, names=names),
            )
        )
    for number, other in enumerate(comparison.others, 1):
        title = f"What changes with {names.get(other.name, other.name)}"
        draw = partial(differences, comparison, other.name)
        pictures.append(
            Picture(
                f"differences-{number}",
                title,
                alt.differences_alt(comparison, other),
                8.6,
                1.1 + 0.31 * len(STORY),
                draw,
            )
        )
        pictures.append(
            Picture(
                f"seen-{number}",
                f"What IT's dashboard shows and what the business feels with "
                f"{names.get(other.name, other.name)}",
                alt.seen_alt(comparison, other.name),
                8.6,
                height_of_sides(comparison, other.name),
                partial(seen_and_felt, comparison, other.name),
            )
        )
        if other.name in attributions:
            found = attributions[other.name]
            pictures.append(
                Picture(
                    f"attribution-{number}",
                    f"What comes from what with {names.get(other.name, other.name)}",
                    alt.attribution_alt(found, comparison.currency, comparison.title),
                    8.6,
                    parts.height_of(found),
                    partial(parts.attribution, found, comparison.currency, title=comparison.title),
                )
            )
    if melon.strips_of(comparison.base):
        pictures.append(
            Picture(
                "melon",
                "Green outside, red inside: IT's metrics around what the business asked for, month by month",
                alt.melon_alt(comparison, names) + special.alt,
                8.6,
                melon.height_of(comparison, special),
                partial(melon.watermelon_months, comparison, names=names, special=special),
            )
        )
    pictures += [
        Picture(
            "dashboard",
            "Green or red: the IT dashboard, and what the business asked for",
            alt.dashboard_alt(comparison, names),
            3.6 + 1.5 * scenarios,
            height_of(comparison),
            partial(dashboard_beside_business, comparison, names=names, titles=titles),
        ),
        Picture(
            "hours",
            "Where the paid hours go",
            alt.hours_alt(comparison, names),
            8.6,
            1.2 + 0.42 * scenarios,
            partial(hours_by_kind, comparison, names=names),
        ),
        Picture(
            "teams",
            "What each team works on",
            alt.teams_alt(comparison, titles, names),
            8.6,
            1.2 + (0.31 + 0.26 * scenarios) * teams,
            partial(hours_by_team, comparison, titles=titles, names=names),
        ),
        Picture(
            "queues",
            "How long tickets wait for each team",
            alt.queues_alt(comparison, titles, names),
            8.6,
            1.1 + teams * (0.2 + 0.17 * scenarios),
            partial(queue_waiting, comparison, titles=titles, names=names),
        ),
    ]
    for series, title in WEEKLY.items():
        draw = partial(weekly, comparison, series, names=names)
        pictures.append(
            Picture(f"weekly-{series}", title, alt.weekly_alt(comparison, series, names), 8.6, 2.9, draw)
        )
    return {picture.name: picture for picture in pictures}


def write_figures(pictures: dict[str, Picture], folder: Path) -> list[Path]:
    """Write every figure as ``NAME.svg`` into ``folder``, which must exist; returns the paths."""
    return [write_aside(folder / f"{name}.svg", picture.svg()) for name, picture in pictures.items()]
