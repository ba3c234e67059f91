"""The watermelon month by month: IT's dashboard on top, what the business asked for below."""

from __future__ import annotations

import textwrap

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

from results.alignment import HALF
from results.compare import Comparison, ScenarioResult
from results.naming import NO_TITLES, Titles
from results.plots.style import GREEN, INK, QUIET, VERMILLION, axes_or_new, styled
from sim.spec.calendars import Floats

SHADES = LinearSegmentedColormap.from_list("melon", [VERMILLION, "#efe9e0", GREEN])
"""From no future that is green to all of them."""
LIKELY = 0.8
LABEL = 3.6
"""Width of the labels, in months."""
GAP = 0.9


def rows_of(result: ScenarioResult) -> list[tuple[str, Floats]]:
    """Share of the futures that are green, month by month: the dashboard, then every objective.

    The dashboard is green in a month if all its metrics keep their limit, whatever objective they are mapped
    to; an objective if at least half of its business limits are kept.
    """
    months = [summary.months for summary in result.summaries]
    objectives = list(months[0].business)
    if not objectives:
        return []
    outside = np.array([[item.dashboard[name] for name in objectives] for item in months])
    inside = np.array([[item.business[name] for name in objectives] for item in months])
    judged = ~np.isnan(inside).all(axis=(0, 1))
    rows = [("IT's dashboard", _green(outside.min(axis=1), 1.0))]
    rows += [(name, _green(inside[:, place], HALF)) for place, name in enumerate(objectives)]
    return [(name, values[judged]) for name, values in rows]


def _green(kept: Floats, limit: float) -> Floats:
    """[months] Share of the futures with a value in which at least ``limit`` of the limits are kept."""
    known = ~np.isnan(kept)
    found: Floats = np.divide(
        ((kept >= limit) & known).sum(axis=0),
        known.sum(axis=0),
        out=np.full(kept.shape[1], np.nan),
        where=known.any(axis=0),
    )
    return found


def height_of(comparison: Comparison) -> float:
    """Inches that the figure needs."""
    lines = sum(len(rows_of(result)) + 2 * GAP for result in comparison.scenarios.values())
    return 0.9 + 0.36 * lines


def watermelon_months(comparison: Comparison, ax: Axes | None = None, names: Titles = NO_TITLES) -> Axes:
    """A strip of months for IT's dashboard and one for every objective, scenario by scenario.

    A field is the greener, the more futures are green in that month, and the redder, the fewer.

    Parameters
    ----------
    comparison
        One or more scenarios.
    ax, names
        Axes to draw on (a new figure without them), and titles of the scenarios by name.
    """
    with styled():
        ax = axes_or_new(ax, 8.6, height_of(comparison))
        strips = {name: rows_of(result) for name, result in comparison.scenarios.items()}
        widest = max([6, *(len(values) for rows in strips.values() for _, values in rows)])
        y = 0.0
        for name, result in comparison.scenarios.items():
            rows = strips[name]
            found = result.outcomes["watermelon_index"]
            index = "" if found is None else f"watermelon index {found.mean:.0%}"
            title = textwrap.shorten(names.get(name, name), 60, placeholder=" …")
            ax.text(-LABEL, y, title, weight="bold", fontsize=10, va="center")
            ax.text(widest, y, index, fontsize=9, ha="right", va="center", color=QUIET)
            y += 0.85
            for place, (label, values) in enumerate(rows):
                ax.text(
                    -LABEL,
                    y,
                    textwrap.shorten(label, 30, placeholder=" …"),
                    va="center",
                    fontsize=9,
                    weight="bold" if place == 0 else "normal",
                )
                for month, value in enumerate(values.tolist()):
                    _field(ax, month, y, value)
                y += 1.0 if place else 1.15
            y += GAP
        for month in range(widest):
            ax.text(month + 0.5, y - GAP + 0.15, str(month + 1), ha="center", fontsize=8, color=QUIET)
        words = (
            "Month. Number: futures of ten that are green, dashboard all green, objective at least half kept"
        )
        ax.text(-LABEL, y - GAP + 0.85, words, fontsize=8, color=QUIET)
        ax.set_xlim(-LABEL, widest)
        ax.set_ylim(y - GAP + 1.2, -0.6)
        ax.set_axis_off()
    return ax


def _field(ax: Axes, month: int, y: float, value: float) -> None:
    if np.isnan(value):
        ax.text(month + 0.5, y, "·", ha="center", va="center", color=QUIET)
        return
    ax.fill_between([month + 0.03, month + 0.97], y - 0.46, y + 0.46, color=SHADES(value), linewidth=0)
    ink = "white" if value >= LIKELY or value <= 1 - LIKELY else INK
    ax.text(month + 0.5, y, f"{10 * value:.0f}", ha="center", va="center", fontsize=8, color=ink)
