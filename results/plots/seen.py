"""What IT's dashboard shows beside what the business feels: better to the right, worse to the left."""

from __future__ import annotations

from matplotlib.axes import Axes

from results.catalogue import OUTCOMES
from results.compare import Comparison
from results.plots.style import GREEN, INK, QUIET, SIGNS, VERMILLION, axes_or_new, row_labels, styled
from results.statistics.paired import Difference, Verdict
from results.told import told

SIDES: dict[str, tuple[str, ...]] = {
    "What IT's dashboard shows": (
        "sla_attainment_share",
        "first_contact_share",
        "restore_hours_mean",
        "tickets_closed_share",
        "reopen_share",
    ),
    "What the business feels": (
        "downtime_hours",
        "customers_lost",
        "revenue_lost",
        "employee_hours_lost",
        "business_loss_total",
    ),
}
"""Outcomes of the two halves, in the order of the figure."""
FAR = 1.0
"""Changes beyond this multiple of what they are weighed against are drawn at the edge."""
PAINT: dict[Verdict, str] = {"better": GREEN, "worse": VERMILLION}
TEXT = 0.42
"""Room for the numbers at either end, as a part of the longer one."""

Row = tuple[str, Difference]


def sides_of(comparison: Comparison, other: str) -> dict[str, list[Row]]:
    """The two halves, with the outcomes that have a difference to be weighed."""
    found = comparison.differences[other]
    return {
        side: [(name, item) for name in names if (item := found.get(name)) is not None and item.size > 0]
        for side, names in SIDES.items()
    }


def summed_up(rows: list[Row]) -> str:
    """'4 of 5 better, 1 worse'; 'nothing clear'."""
    better, worse = (sum(item.verdict == verdict for _, item in rows) for verdict in ("better", "worse"))
    if not better and not worse:
        return "nothing clear"
    counts = [(count, word) for count, word in ((better, "better"), (worse, "worse")) if count]
    (count, word), *rest = counts
    return ", ".join([f"{count} of {len(rows)} {word}", *(f"{count} {word}" for count, word in rest)])


def height_of(comparison: Comparison, other: str) -> float:
    """Inches that the figure needs."""
    return 0.9 + 0.31 * sum(len(rows) + 1.6 for rows in sides_of(comparison, other).values())


def seen_and_felt(comparison: Comparison, other: str, ax: Axes | None = None) -> Axes:
    """Bars: mean paired difference, better to the right, with its 95% interval.

    Parameters
    ----------
    comparison, other
        The comparison, and the name of the scenario held against its base.
    ax
        Axes to draw on; a new figure without them.

    A bar's length is the difference in % of the base's mean or, of a share that should be high, of what it
    lacks to the whole; the number beside it is in the outcome's own unit.
    """
    sides = sides_of(comparison, other)
    with styled():
        ax = axes_or_new(ax, 8.6, height_of(comparison, other))
        ends = [_bar(item)[place] for rows in sides.values() for _, item in rows for place in range(3)]
        low, high = min([*ends, -0.05]), max([*ends, 0.05])
        room = TEXT * max(-low, high)
        y, places, labels = 0.0, [], []
        for side, rows in sides.items():
            ax.plot([0, 0], [y + 0.45, y + len(rows) + 0.55], color=INK, linewidth=0.9)
            ax.text(low - room, y, side, weight="bold", fontsize=10.5, va="center", color=INK)
            ax.text(high + room, y, summed_up(rows), fontsize=9.5, va="center", ha="right", color=QUIET)
            for name, item in rows:
                y += 1.0
                places.append(y)
                labels.append(comparison.title(name))
                _draw(ax, y, item, told(item, OUTCOMES[name].unit, comparison.currency).mean)
            y += 1.6
        row_labels(ax, places, labels)
        ax.set_ylim(y - 0.3, -0.6)
        ax.set_xlim(low - room, high + room)
        ax.spines[["left", "bottom"]].set_visible(False)
        ax.tick_params(axis="x", length=0, labelbottom=False)
        for word, side in (("◀ worse   ", "right"), ("   better ▶", "left")):
            ax.text(0, y - 0.75, word, ha=side, va="center", fontsize=9, color=QUIET)
        ax.set_xlabel(
            "Length: change in % of the base (of shares that should be high: of what they lack); "
            "line: 95% interval",
            fontsize=8,
        )
    return ax


def _bar(item: Difference) -> tuple[float, float, float]:
    """Mean and ends of the interval, better counted up, in multiples of the size and held at ``FAR``."""
    sign = 1.0 if item.better == "higher" else -1.0
    values = [item.mean if end is None else end for end in (item.mean, item.low, item.high)]
    mean, low, high = (max(-FAR, min(FAR, sign * value / item.size)) for value in values)
    return mean, min(low, high), max(low, high)


def _draw(ax: Axes, y: float, item: Difference, text: str) -> None:
    mean, low, high = _bar(item)
    paint = PAINT.get(item.verdict, QUIET)
    ax.barh(y, mean, height=0.68, color=paint, alpha=0.85, linewidth=0)
    ax.plot([low, high], [y, y], color=INK, linewidth=1.1)
    right = mean >= 0
    ax.annotate(
        f"{SIGNS[item.verdict]} {text}" if right else f"{text} {SIGNS[item.verdict]}",
        (max(high, 0.0) if right else min(low, 0.0), y),
        xytext=(6 if right else -6, 0),
        textcoords="offset points",
        va="center",
        ha="left" if right else "right",
        color=paint,
        weight="bold" if item.verdict in PAINT else "normal",
    )
