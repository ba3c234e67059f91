"""Green outside, red inside: the IT dashboard beside what the business asked for."""

from __future__ import annotations

import textwrap

from matplotlib.axes import Axes

from results.alignment import HALF
from results.compare import Comparison
from results.lights import (
    LIKELY,
    MANY,
    Light,
    Row,
    State,
    business_rows,
    dashboard_rows,
    state_of,
    tally,
)
from results.naming import NO_TITLES, Titles
from results.plots.style import GREEN, INK, QUIET, VERMILLION, axes_or_new, styled

TITLE_WIDTH = 18
"""Letters in a line of a scenario's title."""
LABEL_WIDTH, CELL_WIDTH = 2.7, 1.0
"""Width of the names of rows, and of a scenario's column, in the units of the drawing."""

SIGNS: dict[State, str] = {"met": "✓", "missed": "✗", "open": "~", "none": ""}
PAINTS: dict[State, tuple[str, str]] = {
    "met": ("#bfe6d8", "#00543d"),
    "missed": ("#f6c3a3", "#7d3200"),
    "open": ("#ececec", INK),
    "none": ("white", QUIET),
}
"""Tile and letters. Bluish green and vermillion differ for colour-blind readers too; a sign says the same."""
STRONG: dict[State, str] = {"met": GREEN, "missed": VERMILLION, "open": "#8a8a8a", "none": "#bdbdbd"}
"""For what sums up a half."""


def height_of(comparison: Comparison) -> float:
    """Inches that the figure needs."""
    return 3.1 + 0.4 * (len(dashboard_rows(comparison)) + len(business_rows(comparison)))


def dashboard_beside_business(
    comparison: Comparison, ax: Axes | None = None, names: Titles = NO_TITLES, titles: Titles = NO_TITLES
) -> Axes:
    """One column a scenario: above, the lights of the IT dashboard; below, the business targets.

    A light is green (✓) if its limit is kept in at least 8 of 10 futures, red (✗) if in at most 2 of 10, and
    grey (~) between. The slice on top has its rind and its core in the colours of the two halves: green if at
    least 8 of 10 limits are kept in more than half of the futures, red if fewer than half are, grey between.

    Parameters
    ----------
    comparison
        One or more scenarios.
    ax, names
        Axes to draw on (a new figure without them), and titles of the scenarios by name.
    titles
        Titles of services by dotted name.
    """
    halves = (
        ("Outside: the IT dashboard", dashboard_rows(comparison)),
        ("Inside: what the business asked for", business_rows(comparison, titles)),
    )
    scenarios = list(comparison.scenarios)
    right = LABEL_WIDTH + CELL_WIDTH * len(scenarios)
    with styled():
        ax = axes_or_new(ax, 3.6 + 1.5 * len(scenarios), height_of(comparison))
        heads = [textwrap.fill(names.get(name, name), TITLE_WIDTH) for name in scenarios]
        above = -1.15 - 0.42 * max(head.count("\n") for head in heads)
        for place, head in enumerate(heads):
            x = LABEL_WIDTH + (place + 0.5) * CELL_WIDTH
            _slice(ax, x, above, [state_of(rows, place) for _, rows in halves])
            ax.text(x, 0.3, head, ha="center", va="bottom", weight="bold", fontsize=8.5)
        y = 0.0
        for heading, rows in halves:
            y = _half(ax, y, heading, rows, len(scenarios)) + 0.35
        ax.text(0, y + 0.75, _rules(), va="top", color=QUIET, fontsize=8, linespacing=1.35)
        ax.set_xlim(0, right)
        ax.set_ylim(y + 2.9, above - 0.75)
        ax.set_axis_off()
    return ax


def _rules() -> str:
    """What the colours mean, both those of single lights and those that sum up a half."""
    return (
        "Each row: the mean, and below it in how many simulated futures the limit was kept in those weeks.\n"
        f"✓ green in at least {LIKELY:.0%} of them, ✗ red in at most {1 - LIKELY:.0%}, "
        "~ grey between: it could go either way.\n"
        "Dark fields, rind and core of the melon: how many of the limits are kept in more than "
        f"{HALF:.0%} of the futures.\n"
        f"✓ green if at least {MANY:.0%} of the limits are, ✗ red if fewer than {HALF:.0%}, ~ grey between."
    )


def _half(ax: Axes, y: float, heading: str, rows: list[Row], scenarios: int) -> float:
    """Heading with the tally of each scenario, then a row a metric; returns where it ends."""
    y += 1.0
    ax.text(0, y, heading, va="center", weight="bold", fontsize=9.5)
    for place in range(scenarios):
        kept, of = tally(rows, place)
        state = state_of(rows, place)
        text = f"{SIGNS[state]} {kept} of {of} kept" if of else "no value"
        _paint(ax, place, y, STRONG[state])
        x = LABEL_WIDTH + (place + 0.5) * CELL_WIDTH
        ax.text(x, y, text, ha="center", va="center", color="white", fontsize=9.5, weight="bold")
    for row in rows:
        y += 1.0
        ax.text(0.05, y - 0.17, textwrap.shorten(row.title, 56, placeholder=" …"), va="center", fontsize=8.5)
        ax.text(0.05, y + 0.23, row.asks, va="center", fontsize=7, color=QUIET)
        for place, light in enumerate(row.lights):
            _light(ax, place, y, light)
    return y


def _light(ax: Axes, place: int, y: float, light: Light) -> None:
    if light.state == "none":
        _tile(ax, place, y, "none", "no value")
        return
    _tile(ax, place, y, light.state, f"{SIGNS[light.state]} {light.value}", light.futures)


def _tile(ax: Axes, place: int, y: float, state: State, text: str, small: str = "") -> None:
    fill, ink = PAINTS[state]
    _paint(ax, place, y, fill)
    middle, up = LABEL_WIDTH + (place + 0.5) * CELL_WIDTH, 0.17 if small else 0.0
    ax.text(middle, y - up, text, ha="center", va="center", color=ink, fontsize=8.5)
    ax.text(middle, y + 0.23, small, ha="center", va="center", color=ink, fontsize=7)


def _paint(ax: Axes, place: int, y: float, paint: str) -> None:
    left = LABEL_WIDTH + place * CELL_WIDTH
    ax.fill_between([left + 0.03, left + CELL_WIDTH - 0.03], y - 0.46, y + 0.46, color=paint, linewidth=0)


def _slice(ax: Axes, x: float, y: float, states: list[State]) -> None:
    """A melon: the rind is the IT dashboard, the flesh the business; its edges tell without colour too."""
    rind, flesh = states
    ax.plot(x, y, "o", markersize=40, color=STRONG[rind], markeredgewidth=0)
    ax.plot(x, y, "o", markersize=26, color=STRONG[flesh], markeredgecolor="white", markeredgewidth=2.5)
    ax.text(x, y, SIGNS[flesh], ha="center", va="center", color="white", weight="bold", fontsize=14)
