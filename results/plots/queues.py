"""How long tickets wait in front of each team."""

from __future__ import annotations

import math

import numpy as np
from matplotlib.axes import Axes

from results.compare import Comparison
from results.naming import NO_TITLES, Titles, title_of
from results.plots.style import axes_or_new, colour, grid, legend, marker, plain_numbers, row_labels, styled
from results.statistics.intervals import estimate


def queue_waiting(
    comparison: Comparison, ax: Axes | None = None, titles: Titles = NO_TITLES, names: Titles = NO_TITLES
) -> Axes:
    """Mean hours of a visit in each team's queue, one mark a scenario, with 95% intervals.

    Parameters
    ----------
    comparison
        One or more scenarios.
    ax
        Axes to draw on; a new figure without them.
    titles, names
        Titles of teams by dotted name, and of scenarios by name.
    """
    teams = comparison.base.summaries[0].teams.rows
    count = len(comparison.scenarios)
    with styled():
        ax = axes_or_new(ax, 8, 1.2 + 0.55 * len(teams))
        for place, (name, result) in enumerate(comparison.scenarios.items()):
            label: str | None = names.get(name, name)
            for row, team in enumerate(teams):
                values = [
                    summary.teams.at(team, "queue_hours_mean") if team in summary.teams.rows else np.nan
                    for summary in result.summaries
                ]
                found = estimate(values, bounds=(0.0, math.inf))
                if found is None:
                    continue
                y = row + (place - (count - 1) / 2) * 0.18
                if found.low is not None and found.high is not None:
                    ax.plot([found.low, found.high], [y, y], color=colour(place), linewidth=1.8, alpha=0.6)
                ax.plot(found.mean, y, marker(place), color=colour(place), markersize=6.5, label=label)
                label = None
        row_labels(ax, range(len(teams)), [title_of(titles, "teams", team) for team in teams])
        ax.set_ylim(len(teams) - 0.4, -0.6)
        # Marks at 0 are seen whole.
        ax.set_xlim(left=-0.015 * ax.get_xlim()[1])
        ax.set_xlabel("Mean wait in the team's queue (h), nights and weekends included (lines: 95% interval)")
        plain_numbers(ax, "x")
        grid(ax, "x")
        legend(ax)
    return ax
