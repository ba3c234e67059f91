"""Which part of a difference comes from what: bars that add up, with intervals."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

from matplotlib.axes import Axes

from results.attribution import Attribution
from results.catalogue import OUTCOMES
from results.plots.style import BASE, INK, QUIET, SIGNS, VERDICTS, axes_or_new, grid, row_labels, styled
from results.statistics.paired import Difference
from results.told import told

SHOWN = (
    "business_loss_total",
    "downtime_hours",
    "customers_lost",
    "employee_hours_lost",
    "time_to_market_hours_mean",
    "cost_total",
)
"""Outcomes of the figure, in its order."""
HEIGHT = 0.56


def shown(found: Attribution) -> list[str]:
    """Outcomes that have something to split."""
    whole = ((name, found.whole[name]) for name in SHOWN)
    return [name for name, item in whole if item is not None and item.verdict != "the same"]


def height_of(found: Attribution) -> float:
    """Inches that the figure needs."""
    return 1.1 + len(shown(found)) * (0.45 + 0.3 * (len(found.players) + 1))


def title_of(name: str) -> str:
    """An outcome's title as the catalogue has it."""
    return OUTCOMES[name].title


def attribution(
    found: Attribution, currency: str, ax: Axes | None = None, title: Callable[[str], str] = title_of
) -> Axes:
    """For each outcome a stair: every part begins where the one before ends, and the whole stands below.

    Lines are 95% intervals of the parts, drawn at their ends. Every outcome is scaled to its largest part.

    Parameters
    ----------
    found
        The difference and its parts.
    currency
        ISO 4217 code.
    ax, title
        Axes to draw on (a new figure without them), and the title of an outcome, marked where it is assumed.
    """
    names = shown(found)
    with styled():
        ax = axes_or_new(ax, 8.6, height_of(found))
        rows: list[float] = []
        labels: list[str] = []
        y = 0.0
        for name in names:
            whole, parts = found.whole[name], found.parts[name]
            if whole is None or parts is None:
                continue
            ax.text(-1.0, y, title(name), weight="bold", va="center", fontsize=9)
            ax.plot([0, 0], [y + 0.5, y + len(parts) + 1.5], color=INK, linewidth=0.9)
            scale = _scale(whole, parts)
            reached = 0.0
            for player, part in zip(found.players, parts, strict=True):
                y += 1.0
                _bar(ax, y, reached, part, scale, name, currency)
                reached += part.mean
                rows.append(y)
                labels.append(textwrap.shorten(player, 40, placeholder=" …"))
            y += 1.0
            _bar(ax, y, 0.0, whole, scale, name, currency, whole=True)
            rows.append(y)
            labels.append("All together")
            y += 1.5
        row_labels(ax, rows, labels)
        ax.set_xlim(-1.05, 1.75)
        ax.set_ylim(y - 0.9, -0.7)
        ax.set_xticks([])
        ax.set_xlabel(
            "Each bar begins where the one before ends (lines: 95% intervals);\n"
            "every outcome has its own scale"
        )
        ax.spines["bottom"].set_visible(False)
        grid(ax, "x")
    return ax


def _scale(whole: Difference, parts: tuple[Difference, ...]) -> float:
    """The furthest that any bar or interval of an outcome reaches."""
    reached, ends = 0.0, [whole.mean, whole.low or 0.0, whole.high or 0.0]
    for part in parts:
        ends += [reached, reached + (part.low or part.mean), reached + (part.high or part.mean)]
        reached += part.mean
    return max(map(abs, ends)) or 1.0


def _bar(
    ax: Axes,
    y: float,
    start: float,
    part: Difference,
    scale: float,
    name: str,
    currency: str,
    *,
    whole: bool = False,
) -> None:
    paint = BASE if whole else VERDICTS[part.verdict]
    begin, end = start / scale, (start + part.mean) / scale
    ax.barh(y, end - begin, left=begin, height=HEIGHT, color=paint, alpha=0.9 if whole else 0.65)
    right = max(begin, end)
    if part.low is not None and part.high is not None and part.low < part.high:
        low, high = (start + part.low) / scale, (start + part.high) / scale
        ax.plot([low, high], [y, y], color=INK, linewidth=1.3)
        right = max(right, high)
    words = told(part, OUTCOMES[name].unit, currency)
    ax.annotate(
        f"{SIGNS[part.verdict]} {words.mean}",
        (right, y),
        xytext=(6, 0),
        textcoords="offset points",
        va="center",
        fontsize=8.5,
        bbox={"boxstyle": "square,pad=0.1", "facecolor": "white", "linewidth": 0},
        color=INK if whole else QUIET if part.verdict in ("not clear", "the same") else paint,
    )
