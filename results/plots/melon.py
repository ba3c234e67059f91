"""The watermelon month by month: each objective's rind (IT's dashboard) around its core (the business)."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Ellipse, Rectangle
from numpy.typing import NDArray

from results.alignment import HALF
from results.compare import Comparison, ScenarioResult
from results.naming import NO_TITLES, Titles
from results.plots.special import NONE, SpecialDays
from results.plots.style import GREEN, INK, QUIET, VERMILLION, axes_or_new, styled
from sim.spec.calendars import Floats, Ints

SHADES = LinearSegmentedColormap.from_list("melon", [VERMILLION, "#efe9e0", GREEN])
"""From no future that is green to all of them."""
LABEL = 4.6
"""Width of the labels, in months."""
GAP = 0.9
KEY = 2.6
"""Height of the key, in rows."""

SPECIAL = (
    "What waits for a freeze or a holiday to end takes longer: red in such a month may be no more than that."
)
"""Said of the rows with special days."""


@dataclass(frozen=True, slots=True)
class Strip:
    """One objective, month by month: shares of the futures, nan where nothing was judged.

    ``outside``: all IT metrics mapped to it keep their limits; ``inside``: at least half of its business
    limits are kept; ``melon``: green outside and red inside. The watermelon index is the mean of ``melon``
    over the judged months of all strips.
    """

    objective: str
    outside: Floats
    inside: Floats
    melon: Floats


def strips_of(result: ScenarioResult) -> list[Strip]:
    """A strip for every objective that has a business limit, over the months in which any is judged."""
    months = [summary.months for summary in result.summaries]
    objectives = list(months[0].business)
    if not objectives:
        return []
    outside = np.array([[item.dashboard[name] for name in objectives] for item in months])
    inside = np.array([[item.business[name] for name in objectives] for item in months])
    known = ~(np.isnan(outside) | np.isnan(inside))
    months_judged = judged(result)
    rind, core = outside == 1.0, inside >= HALF
    shares = [_share(found, known)[:, months_judged] for found in (rind, core, rind & ~core)]
    return [Strip(name, *(share[place] for share in shares)) for place, name in enumerate(objectives)]


def judged(result: ScenarioResult) -> Ints:
    """Numbers, from 0, of the months in which any objective is judged."""
    months = [summary.months for summary in result.summaries]
    names = list(months[0].business)
    sides = np.array([[item.dashboard[name] + item.business[name] for name in names] for item in months])
    return np.flatnonzero(~np.isnan(sides).all(axis=(0, 1)))


def _share(found: NDArray[np.bool_], known: NDArray[np.bool_]) -> Floats:
    """[objectives, months] Of the futures in which something was judged, those in which ``found`` holds."""
    counted = known.sum(axis=0)
    share: Floats = np.divide(
        (found & known).sum(axis=0), counted, out=np.full(counted.shape, np.nan), where=counted > 0
    )
    return share


def height_of(comparison: Comparison, special: SpecialDays = NONE) -> float:
    """Inches that the figure needs."""
    rows = sum(len(strips_of(result)) + 1.0 + GAP for result in comparison.scenarios.values())
    return 0.33 * (rows + KEY + 0.8 * special.rows + 0.6 * bool(special.rows))


def watermelon_months(
    comparison: Comparison, ax: Axes | None = None, names: Titles = NO_TITLES, special: SpecialDays = NONE
) -> Axes:
    """A melon for every month of every objective, scenario by scenario.

    The rind is the greener, the more futures show green on IT's dashboard for this objective in that month;
    the core likewise for what the business asked. The number counts futures of ten that are watermelons.

    Parameters
    ----------
    comparison
        One or more scenarios.
    ax, names
        Axes to draw on (a new figure without them), and titles of the scenarios by name.
    special
        Frozen changes and public holidays by month of the base, which explain some of the red.
    """
    with styled():
        ax = axes_or_new(ax, 8.6, height_of(comparison, special))
        strips = {name: strips_of(result) for name, result in comparison.scenarios.items()}
        months = max((len(strip.melon) for rows in strips.values() for strip in rows), default=0)
        widest = max(12, months)
        y = 0.0
        for name, result in comparison.scenarios.items():
            title = textwrap.shorten(names.get(name, name), 50, placeholder=" …")
            ax.text(-LABEL, y, title, weight="bold", fontsize=10, va="center")
            ax.text(widest, y, index_words(result), fontsize=9, ha="right", va="center", weight="bold")
            y += 1.0
            for strip in strips[name]:
                label = textwrap.shorten(strip.objective, 30, placeholder=" …")
                ax.text(-LABEL, y, label, va="center", fontsize=8.5)
                for month in range(len(strip.melon)):
                    _melon(ax, month + 0.5, y, strip.outside[month], strip.inside[month], strip.melon[month])
                y += 1.0
            y += GAP
        y -= GAP
        numbers = max((judged(result) for result in comparison.scenarios.values()), key=len)
        for month in range(0, months, 1 if months <= 24 else 3):
            ax.text(
                month + 0.5, y, str(numbers[month] + 1), ha="center", va="center", fontsize=8, color=QUIET
            )
        ax.text(-LABEL, y, "Month", va="center", fontsize=8, color=QUIET)
        y = special.draw(ax, -LABEL, y + 0.8, numbers) - 0.8
        _key(ax, y + 1.3, (widest + LABEL) / 4)
        if special.rows:
            ax.text(-LABEL, y + 2.85, SPECIAL, fontsize=8, va="center", color=QUIET)
        ax.set_xlim(-LABEL, widest)
        ax.set_ylim(y + KEY - 0.6 + 0.6 * bool(special.rows), -0.7)
        ax.set_axis_off()
    return ax


def index_words(result: ScenarioResult) -> str:
    """'Watermelon index 8% (7% to 9%)': the mean over the futures and its 95% interval."""
    found = result.outcomes["watermelon_index"]
    if found is None:
        return ""
    if found.low is None or found.high is None:
        return f"watermelon index {100 * found.mean:.1f}%"
    return f"watermelon index {100 * found.mean:.1f}% ({100 * found.low:.1f} to {100 * found.high:.1f}%)"


def _key(ax: Axes, y: float, step: float) -> None:
    """What rind, core and number mean, by four melons."""
    sample = (
        (1.0, 1.0, 0.0, "green and well"),
        (1.0, 0.0, 1.0, "WATERMELON: green outside, red inside"),
        (0.0, 1.0, 0.0, "IT's metrics red, business well"),
        (0.0, 0.0, 0.0, "red and missed"),
    )
    x = -LABEL
    for (outside, inside, melon, words), width in zip(sample, (0.72, 1.4, 1.12, 0.76), strict=True):
        _melon(ax, x + 0.5, y, outside, inside, melon)
        ax.text(x + 1.2, y, words, fontsize=8, va="center", color=INK)
        x += width * step
    words = (
        "Rind: IT's metrics for this objective. Core: at least half of what the business asked. "
        "Number: watermelons in ten futures."
    )
    ax.text(-LABEL, y + 0.95, words, fontsize=8, va="center", color=QUIET)


def _melon(ax: Axes, x: float, y: float, outside: float, inside: float, melon: float) -> None:
    if np.isnan(outside) or np.isnan(inside):
        ax.text(x, y, "·", ha="center", va="center", color=QUIET)
        return
    ax.add_patch(Rectangle((x - 0.46, y - 0.46), 0.92, 0.92, facecolor=SHADES(outside), linewidth=0))
    ax.add_patch(Ellipse((x, y), 0.66, 0.66, facecolor=SHADES(inside), edgecolor="white", linewidth=0.8))
    if round(10 * melon):
        ink = "white" if inside <= 0.3 else INK
        ax.text(x, y, f"{10 * melon:.0f}", ha="center", va="center", fontsize=7.5, color=ink, weight="bold")
