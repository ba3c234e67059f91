"""How figures look: colours that colour-blind readers can tell apart, quiet axes, plain numbers."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from results.learnt import MARK

INK = "#222222"
QUIET = "#6b6b6b"
GRID = "#dddddd"

BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY = (
    "#0072B2",
    "#D55E00",
    "#009E73",
    "#CC79A7",
    "#E69F00",
    "#56B4E9",
)
BASE = "#555555"
"""The base is grey, so that colour means a change."""

SCENARIOS = (BASE, BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY)
MARKERS = ("o", "s", "D", "^", "v", "P", "X")
VERDICTS = {
    "better": BLUE,
    "worse": VERMILLION,
    "changed": PURPLE,
    "negligible": QUIET,
    "the same": QUIET,
    "not clear": QUIET,
}
SIGNS = {"better": "▲", "worse": "▼", "changed": "◆", "negligible": "≈", "the same": "=", "not clear": "○"}
"""Never colour alone: a sign goes with every verdict."""

LEGEND_WIDTH = 84
"""Letters in a row of a legend, and what its sign takes of them."""
SIGN_WIDTH = 6
ROW_WIDTH = 36
"""Letters in a line of a row's name."""

STYLE: Any = {
    "axes.edgecolor": QUIET,
    "axes.labelcolor": INK,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 11,
    "axes.titleweight": "bold",
    "figure.dpi": 100,
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 9,
    "svg.fonttype": "path",
    "svg.hashsalt": "watermelon",
    "text.color": INK,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
}
# Okabe & Ito (2008), 'Color Universal Design', jfly.uni-koeln.de/color.


@contextmanager
def styled() -> Iterator[None]:
    """Draw with our style, leaving the user's own settings alone."""
    with mpl.rc_context(STYLE):
        yield


def canvas(width: float, height: float) -> tuple[Figure, Axes]:
    """A figure of its own, unknown to pyplot (reports draw many)."""
    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, figure.add_subplot()


def axes_or_new(ax: Axes | None, width: float, height: float) -> Axes:
    """``ax``, or the axes of a new figure that a notebook shows."""
    if ax is not None:
        return ax
    import matplotlib.pyplot as plt

    return plt.subplots(figsize=(width, height), layout="constrained")[1]


def colour(place: int) -> str:
    """Colour of the scenario at ``place`` (0 is the base)."""
    return SCENARIOS[place % len(SCENARIOS)] if place < len(SCENARIOS) else SCENARIOS[1 + place % 6]


def marker(place: int) -> str:
    """Marker of the scenario at ``place``."""
    return MARKERS[place % len(MARKERS)]


def plain_numbers(ax: Axes, axis: str = "y") -> None:
    """Ticks with thousands separators."""
    target = ax.yaxis if axis == "y" else ax.xaxis
    target.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.10g}"))


def grid(ax: Axes, axis: str = "y") -> None:
    """Faint lines behind the data along one axis."""
    ax.set_axisbelow(True)
    ax.grid(visible=True, axis="x" if axis == "x" else "y", color=GRID, linewidth=0.8)


def legend(ax: Axes, most: int = 5, **more: Any) -> None:
    """A legend above the axes, if anything has a label: as many columns as have room, ``most`` at most."""
    labels = ax.get_legend_handles_labels()[1]
    if labels:
        columns = max(1, LEGEND_WIDTH // (max(map(len, labels)) + SIGN_WIDTH))
        ax.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=min(columns, most), frameon=False, **more)


def row_labels(ax: Axes, rows: Sequence[float], labels: Sequence[str]) -> None:
    """Names of rows on the y axis, long ones on several lines."""
    marked = [label.replace(f" {MARK}", f"\N{NO-BREAK SPACE}{MARK}") for label in labels]
    ax.set_yticks(list(rows), [textwrap.fill(label, ROW_WIDTH) for label in marked])
    ax.tick_params(axis="y", length=0)
