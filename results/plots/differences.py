"""How much each outcome differs from the base, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from results.compare import Comparison
from results.plots.style import INK, SIGNS, VERDICTS, axes_or_new, grid, legend, row_labels, styled
from results.statistics.paired import Difference
from results.told import told_percent
from results.wording import MINUS

STORY = (
    "business_loss_total",
    "customers_lost",
    "downtime_hours",
    "degraded_hours",
    "margin_lost",
    "employee_hours_lost",
    "restore_hours_mean",
    "request_fulfilment_hours_mean",
    "handoffs_per_incident",
    "firefighting_hours",
    "utilisation_mean",
    "overtime_hours",
    "cost_total",
)
"""Outcomes that carry the story, in the order of the figure."""
FAR = 1.5
"""Changes beyond this multiple of the base are drawn at the edge, with their number."""


def differences(
    comparison: Comparison, other: str, ax: Axes | None = None, outcomes: Sequence[str] = STORY
) -> Axes:
    """Forest plot: mean paired difference in % of the base's mean, with its 95% bootstrap interval.

    Parameters
    ----------
    comparison, other
        The comparison, and the name of the scenario held against its base.
    ax
        Axes to draw on; a new figure without them.
    outcomes
        Names of the outcomes to show; those without a relative difference are left out.
    """
    found = comparison.differences[other]
    rows = [
        (name, item) for name in outcomes if (item := found[name]) is not None and item.relative is not None
    ]
    with styled():
        ax = axes_or_new(ax, 8, 1.0 + 0.34 * max(len(rows), 1))
        ax.axvline(0, color=INK, linewidth=0.9)
        low, high = _reach([item for _, item in rows])
        for row, (_, item) in enumerate(rows):
            _draw(ax, row, item)
        row_labels(ax, range(len(rows)), [comparison.title(name) for name, _ in rows])
        ax.set_ylim(len(rows) - 0.4, -0.6)
        ax.set_xlim(low - 0.06 * (high - low), high + 0.16 * (high - low))
        ax.xaxis.set_major_formatter(FuncFormatter(_percent))
        cut = f", cut at ±{FAR:.0%}" if any(_is_cut(item) for _, item in rows) else ""
        ax.set_xlabel(f"Change against the base, in % of the base (lines: 95% interval{cut})")
        grid(ax, "x")
        found_verdicts = {item.verdict for _, item in rows}
        for verdict in [verdict for verdict in VERDICTS if verdict in found_verdicts]:
            ax.plot([], [], "o", color=VERDICTS[verdict], label=f"{SIGNS[verdict]} {verdict}")
        legend(ax, handletextpad=0.2)
    return ax


def _reach(items: list[Difference]) -> tuple[float, float]:
    """Ends of the axis: all intervals, 0, and nothing beyond FAR."""
    ends = [end for item in items for end in (item.relative, item.relative_low, item.relative_high) if end]
    low, high = max(min([*ends, 0.0]), -FAR), min(max([*ends, 0.0]), FAR)
    return (low, high) if high > low else (-0.1, 0.1)


def _is_cut(item: Difference) -> bool:
    ends = (item.relative, item.relative_low, item.relative_high)
    return any(end is not None and abs(end) > FAR for end in ends)


def _percent(value: float, _: int) -> str:
    percent = round(100 * value, 6)
    return f"{'+' if percent > 0 else MINUS if percent < 0 else ''}{abs(percent):.10g}%"


def _draw(ax: Axes, row: int, item: Difference) -> None:
    relative = item.relative or 0.0
    paint = VERDICTS[item.verdict]
    x = max(-FAR, min(FAR, relative))
    right = max(x, 0.0)
    if item.relative_low is not None and item.relative_high is not None:
        low, high = (max(-FAR, min(FAR, end)) for end in (item.relative_low, item.relative_high))
        ax.plot([low, high], [row, row], color=paint, linewidth=2.2, alpha=0.6, solid_capstyle="butt")
        right = max(right, high)
    ax.plot(x, row, "o" if x == relative else ">" if relative > 0 else "<", color=paint, markersize=6)
    ax.annotate(
        f"{SIGNS[item.verdict]} {told_percent(item)}",
        (right, row),
        xytext=(7, 0),
        textcoords="offset points",
        va="center",
        color=paint,
    )
