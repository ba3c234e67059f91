"""Where the hours of IT people go."""

from __future__ import annotations

import textwrap

import numpy as np
from matplotlib.axes import Axes

from results.compare import Comparison, ScenarioResult
from results.naming import NO_TITLES, Titles, title_of
from results.plots.style import INK, ROW_WIDTH, axes_or_new, grid, legend, plain_numbers, row_labels, styled
from results.statistics.intervals import mean_and_half_width
from sim.spec.calendars import Floats

KINDS = {
    "Incidents, first look": (("triage_work",), "#E69F00"),
    "Escalated incidents": (("incident_work",), "#D55E00"),
    "Wrong routings": (("bounce_work",), "#CC79A7"),
    "Reopened tickets": (("reopened_work",), "#882255"),
    "Emergency changes": (("emergency_work", "rollback_work"), "#5b0f0f"),
    "Requests": (("request_work",), "#0072B2"),
    "Planned work": (
        ("problem_work", "change_work", "maintenance_work", "initiative_work"),
        "#009E73",
    ),
    "Nothing in hand": (("idle",), "#cfe8dd"),
    "Absent": (("absent",), "#e9e9e9"),
}
"""Parts of the bar: label -> columns of the team breakdown and colour. Overtime is within the kinds.

Emergency changes hold what is undone; planned work is on causes of incidents, changes, maintenance and what
the business asked for.
"""
UNWORKED = ("Nothing in hand", "Absent")


def hours_by_kind(
    comparison: Comparison, ax: Axes | None = None, names: Titles = NO_TITLES, *, paid: bool = True
) -> Axes:
    """Stacked bars, one a scenario: hours of all teams by what they were for.

    Parameters
    ----------
    comparison
        One or more scenarios.
    ax, names
        Axes to draw on (a new figure without them), and titles of the scenarios by name.
    paid
        Whether to show idle and absent hours too; without them the bars are the hours worked.
    """
    with styled():
        ax = axes_or_new(ax, 8, 1.4 + 0.5 * len(comparison.scenarios))
        for row, result in enumerate(comparison.scenarios.values()):
            _bar(ax, row, {kind: hours_of(result, kind).sum(axis=1) for kind in _shown(paid)}, row == 0)
        _finish(ax, [names.get(name, name) for name in comparison.scenarios])
    return ax


def hours_by_team(
    comparison: Comparison,
    ax: Axes | None = None,
    titles: Titles = NO_TITLES,
    names: Titles = NO_TITLES,
    *,
    paid: bool = False,
) -> Axes:
    """Stacked bars, one a team and scenario: hours by what they were for (the arguments are as above)."""
    teams = comparison.base.summaries[0].teams.rows
    count = len(comparison.scenarios)
    labels: list[str] = []
    places: list[float] = []
    headings: list[int] = []
    row = 0.0
    with styled():
        ax = axes_or_new(ax, 8, 1.4 + 0.32 * (count + 1) * len(teams))
        for place, team in enumerate(teams):
            headings.append(len(labels))
            labels.append(title_of(titles, "teams", team))
            places.append(row)
            row += 0.95
            for number, (name, result) in enumerate(comparison.scenarios.items()):
                if team not in result.summaries[0].teams.rows:
                    continue
                column = result.summaries[0].teams.rows.index(team)
                parts = {kind: hours_of(result, kind)[:, column] for kind in _shown(paid)}
                _bar(ax, row, parts, place == 0 and number == 0)
                labels.append(names.get(name, name))
                places.append(row)
                row += 1.0
            row += 0.25
        _finish(ax, labels, places)
        for heading in headings:
            ax.get_yticklabels()[heading].set_fontweight("bold")
    return ax


def _shown(paid: bool) -> list[str]:
    return [kind for kind in KINDS if paid or kind not in UNWORKED]


def hours_of(result: ScenarioResult, kind: str) -> Floats:
    """[replications, teams] Hours of one of ``KINDS``."""
    columns = KINDS[kind][0]
    return np.vstack(
        [np.sum([summary.teams.columns[name] for name in columns], axis=0) for summary in result.summaries]
    )


def _bar(ax: Axes, row: float, parts: dict[str, Floats], labelled: bool) -> None:
    """One stacked bar; the whisker is the 95% interval of the hours worked."""
    left, worked = 0.0, 0.0
    for kind, hours in parts.items():
        paint = KINDS[kind][1]
        mean = float(hours.mean())
        ax.barh(
            row,
            mean,
            0.72,
            left=left,
            color=paint,
            label=kind if labelled else None,
            edgecolor="white",
            linewidth=0.6,
        )
        left += mean
        if kind not in UNWORKED:
            worked = left
    total = np.sum([hours for kind, hours in parts.items() if kind not in UNWORKED], axis=0)
    _, half = mean_and_half_width(total)
    if half is not None:
        ax.errorbar(worked, row, xerr=half, color=INK, capsize=2.5, linewidth=1.1)


def _finish(ax: Axes, labels: list[str], places: list[float] | None = None) -> None:
    rows = places if places is not None else [float(row) for row in range(len(labels))]
    row_labels(ax, rows, [textwrap.shorten(label, ROW_WIDTH, placeholder=" …") for label in labels])
    ax.set_ylim(max(rows, default=0) + 0.6, -0.6)
    ax.set_xlabel("Hours, overtime included (whiskers: 95% interval of hours worked)")
    plain_numbers(ax, "x")
    grid(ax, "x")
    legend(ax, handlelength=1.1)
