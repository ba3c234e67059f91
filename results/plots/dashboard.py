"""Green outside, red inside: the IT dashboard beside what the business feels."""

from __future__ import annotations

import textwrap

from matplotlib.axes import Axes

from results.catalogue import OUTCOMES
from results.compare import Comparison, ScenarioResult
from results.naming import NO_TITLES, Titles
from results.plots.style import INK, QUIET, SIGNS, axes_or_new, styled
from results.statistics.paired import Verdict
from results.wording import outcome

OUTSIDE = (
    "sla_attainment_share",
    "tickets_closed_share",
    "first_contact_share",
    "first_response_hours_mean",
    "reopen_share",
    "work_hours_per_incident",
)
"""What a dashboard of IT usually shows."""
INSIDE = (
    "targets_met_share",
    "availability_weighted_share",
    "customers_lost",
    "employee_hours_lost",
    "restore_hours_mean",
    "business_loss_total",
)
"""What the business feels."""

TITLE_WIDTH = 18
"""Letters in a line of a scenario's title."""

SHADES = {
    "better": "#cfe6f5",
    "worse": "#f9d5c0",
    "changed": "#f0e0ea",
    "the same": "white",
    "not clear": "#f2f2f2",
}


def dashboard_beside_business(
    comparison: Comparison, ax: Axes | None = None, names: Titles = NO_TITLES
) -> Axes:
    """A table as a figure: rows are outcomes, columns scenarios, shades and signs the change from the base.

    A change counts only if its 95% paired interval is clear of 0.

    Parameters
    ----------
    comparison
        Two or more scenarios.
    ax, names
        Axes to draw on (a new figure without them), and titles of the scenarios by name.
    """
    scenarios = list(comparison.scenarios.values())
    with styled():
        ax = axes_or_new(ax, 3.6 + 1.5 * len(scenarios), 5.2)
        label_width, cell_width = 2.6, 1.0
        right = label_width + cell_width * len(scenarios)
        y, lines = 0.0, 0
        for column, result in enumerate(scenarios):
            title = textwrap.fill(names.get(result.name, result.name), TITLE_WIDTH)
            x = label_width + (column + 0.5) * cell_width
            ax.text(x, 0.3, title, ha="center", va="bottom", weight="bold", fontsize=8.5)
            lines = max(lines, title.count("\n"))
        for heading, rows in (("Outside: the IT dashboard", OUTSIDE), ("Inside: the business", INSIDE)):
            y += 1.1
            ax.text(0, y, heading, va="center", weight="bold")
            ax.plot([0, right], [y + 0.5, y + 0.5], color=QUIET, linewidth=0.8)
            for name in rows:
                y += 1.0
                ax.text(0.05, y, OUTCOMES[name].title, va="center", fontsize=8.5)
                for column, result in enumerate(scenarios):
                    _cell(ax, comparison, result, name, label_width + column * cell_width, y, cell_width)
        y += 1.1
        signs = "   ".join(
            f"{SIGNS[verdict]} {verdict}" for verdict in ("better", "worse", "not clear", "the same")
        )
        ax.text(
            0,
            y,
            f"Against the base: {signs} after rounding (95% paired interval)",
            va="center",
            color=QUIET,
            fontsize=8,
        )
        ax.set_xlim(0, right)
        ax.set_ylim(y + 0.6, -0.7 - 0.6 * lines)
        ax.set_axis_off()
    return ax


def _cell(
    ax: Axes, comparison: Comparison, result: ScenarioResult, name: str, x: float, y: float, width: float
) -> None:
    text, verdict = shown(comparison, result, name)
    if verdict is not None:
        edges = [x + 0.03, x + width - 0.03]
        ax.fill_between(edges, y - 0.46, y + 0.46, color=SHADES[verdict], linewidth=0)
        text = f"{SIGNS[verdict]} {text}"
    ax.text(x + width / 2, y, text, ha="center", va="center", color=INK, fontsize=8.5)


def shown(comparison: Comparison, result: ScenarioResult, name: str) -> tuple[str, Verdict | None]:
    """A mean as text, and how it compares with the base (None for the base itself).

    Two means that read alike are 'the same': a shade that the numbers don't show would only puzzle.
    """
    found, base = result.outcomes[name], comparison.base.outcomes[name]
    text = outcome(found.mean if found else None, name, comparison.currency)
    differs = comparison.differences.get(result.name, {}).get(name)
    if differs is None:
        return text, None
    alike = base is not None and text == outcome(base.mean, name, comparison.currency)
    return text, "the same" if alike else differs.verdict
