"""Pictures of an appraisal: cash flows with their spread, what it may come to, what that rests on."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator, PercentFormatter

from results.finance.advice import name_of, present, tax_present, value_text
from results.finance.appraisal import Appraisal, Verdicts
from results.finance.assumed import Assumed
from results.finance.flows import CLASSES
from results.finance.formulas import MONTHS
from results.finance.wording import CLASS_TITLES
from results.plots.style import (
    BLUE,
    GREEN,
    GRID,
    INK,
    QUIET,
    VERMILLION,
    axes_or_new,
    colour,
    grid,
    legend,
    styled,
)
from results.wording import money, money_scale
from sim.spec.calendars import Floats, Ints

MOST_BARS = 8
BINS = 24
BARS_END = 0.72
"""Share of the height that bars take; above it stand the names of the marks."""
MARK_ROW = 0.085
"""Height of such a name."""
PLATE = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 0.5}
"""What words stand on that may lie on a line."""
NAME_WIDTH = 38
ROOM = 0.45
"""Room beside the bars for the ends of their ranges, in widths of all bars."""


def years_axis(ax: Axes, years: Ints, currency: str) -> None:
    """Years below, money beside, a line at nothing, and a legend."""
    ax.axhline(0, color=INK, linewidth=0.8)
    ax.set_xticks(years, [f"year {year}" for year in years])
    ax.tick_params(axis="x", length=0)
    grid(ax)
    money_axis(ax, currency)
    legend(ax)


def money_axis(ax: Axes, currency: str, axis: str = "y") -> None:
    """Ticks in the thousands or millions that their range asks for."""
    low, high = ax.get_ylim() if axis == "y" else ax.get_xlim()
    divisor, letter = money_scale(max(abs(low), abs(high)))
    target = ax.yaxis if axis == "y" else ax.xaxis
    target.set_major_formatter(FuncFormatter(lambda value, _: f"{value / divisor:,.10g}".replace("-", "−")))
    (ax.set_ylabel if axis == "y" else ax.set_xlabel)(" ".join([*letter, currency]))


def cash_flow_bars(found: Appraisal, currency: str, ax: Axes | None = None) -> Axes:
    """Net cash flow of each year, mean with the range of nine in ten futures, and how it adds up.

    The band says when it is paid back, in those futures in which it is.
    """
    years = np.arange(len(found.cash_flows))
    low, high = np.quantile(found.statement.net, [0.05, 0.95], axis=0)
    added = np.cumsum(found.statement.net, axis=1)
    with styled():
        ax = axes_or_new(ax, 6, 3.2)
        colours = [BLUE if value >= 0 else VERMILLION for value in found.cash_flows]
        ax.bar(years, found.cash_flows, width=0.55, color=colours, alpha=0.85)
        ax.vlines(years, low, high, color=INK, linewidth=1.2)
        below, above = np.quantile(added, [0.05, 0.95], axis=0)
        ax.fill_between(
            years, below, above, color=QUIET, alpha=0.14, linewidth=0, label="added up: 9 of 10 futures"
        )
        ax.plot(
            years, added.mean(axis=0), "o-", color=INK, markersize=4, linewidth=1.4, label="added up: mean"
        )
        ax.plot([], [], "s", color=BLUE, label="the year alone (line: 9 of 10)")
        _payback_band(found, ax)
        years_axis(ax, years, currency)
    return ax


def _payback_band(found: Appraisal, ax: Axes) -> None:
    back, draws = found.paid_back, found.found.draws
    if not found.statement.costs.any():
        return
    label = f"paid back: in {round(back.share * draws)} of {draws} futures"
    if back.p5 is None or back.p95 is None:
        ax.plot([], [], " ", label=label)
        return
    ax.axvspan(back.p5 / MONTHS, back.p95 / MONTHS, color=GREEN, alpha=0.13, linewidth=0, label=label)


def worth_histogram(found: Appraisal, currency: str, ax: Axes | None = None) -> Axes:
    """What all futures come to: losses in another colour, with the middle and the ends of nine in ten."""
    npv = found.statement.npv
    with styled():
        ax = axes_or_new(ax, 6, 3.2)
        edges = _edges(npv)
        inside = np.clip(npv, edges[0], edges[-1])
        ax.set_ylim(0, np.histogram(inside, edges)[0].max() / BARS_END)
        for side, tone, label in ((inside < 0, VERMILLION, "loses money"), (inside >= 0, BLUE, "pays")):
            ax.hist(
                inside[side],
                bins=edges.tolist(),
                color=tone,
                alpha=0.85,
                label=f"{label}: {side.sum()} of {len(npv)} futures",
            )
        _mark(ax, [("5%", found.p5, 0, "right"), ("95%", found.p95, 0, "left")], "5% and 95% lie below")
        _mark(ax, [("median", found.npv.p50, 1, "center")])
        _mark(ax, [("mean", found.npv.mean, 2, "center")])
        ax.axvline(0, 0, BARS_END, color=INK, linewidth=0.8)
        ax.set_ylabel("futures")
        ax.yaxis.set_major_locator(MaxNLocator(5, integer=True))
        money_axis(ax, currency, "x")
        legend(ax)
    return ax


def _mark(ax: Axes, marks: Sequence[tuple[str, float, int, str]], label: str | None = None) -> None:
    """Dashed lines with their names over the bars: each in its row, so that near ones stay readable."""
    for text, value, row, align in marks:
        height = BARS_END + 0.02 + row * MARK_ROW
        ax.axvline(value, 0, height, color=INK, linewidth=1, linestyle=(0, (4, 3)), label=label)
        gap = {"right": (text, " "), "left": (" ", text)}.get(align, (text, ""))
        ax.text(
            value,
            height,
            "".join(gap),
            transform=ax.get_xaxis_transform(),
            ha=align,
            va="bottom",
            fontsize=8,
            color=INK,
            bbox=PLATE,
        )
        label = None


def _edges(npv: Floats) -> Floats:
    """Edges of bins with one at 0; what is far out beyond the rest goes into the outermost bins."""
    middle = np.quantile(npv, [0.01, 0.99])
    low, high = min(middle[0], 0.0), max(middle[1], 0.0)
    width = max((high - low) / BINS, 1e-9)
    found: Floats = np.arange(np.floor(low / width), np.ceil(high / width) + 1) * width
    return found


def exceedance(verdicts: Verdicts, titles: Mapping[str, str], ax: Axes | None = None) -> Axes:
    """How likely each scenario is worth at least so much."""
    with styled():
        ax = axes_or_new(ax, 6, 3.2)
        for place, (name, found) in enumerate(verdicts.appraisals.items(), 1):
            ordered = np.sort(found.statement.npv)
            share = 1.0 - np.arange(len(ordered)) / len(ordered)
            ax.step(
                ordered, share, where="pre", color=colour(place), linewidth=1.8, label=titles.get(name, name)
            )
        ax.axvline(0, color=INK, linewidth=0.8)
        low = min(found.p5 for found in verdicts.appraisals.values())
        high = max(found.p95 for found in verdicts.appraisals.values())
        room = 0.15 * max(high - low, 1e-9)
        ax.set_xlim(min(low - room, -room), max(high + room, room))
        ax.set_ylim(0, 1.02)
        ax.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
        ax.set_ylabel("probability of at least that")
        grid(ax)
        money_axis(ax, verdicts.currency, "x")
        legend(ax)
    return ax


def tornado(found: Appraisal, assumed: Mapping[str, Assumed], currency: str, ax: Axes | None = None) -> Axes:
    """What the strongest assumptions do to the net present value, from their 10% to their 90% quantile."""
    clear = found.clear_drivers[:MOST_BARS]
    shown = clear or list(found.drivers[:5])
    with styled():
        ax = axes_or_new(ax, 7, 0.9 + 0.5 * max(1, len(shown)))
        for row, item in enumerate(shown):
            left, right = sorted((item.at_low, item.at_high))
            ax.barh(row, right - left, left=left, height=0.55, color=BLUE if item.clear else GRID)
            ends = [(item.at_low, item.low), (item.at_high, item.high)]
            for (worth, value), align in zip(sorted(ends), ("right", "left"), strict=True):
                gap = " " if align == "left" else ""
                ax.text(
                    worth,
                    row,
                    f"{gap}{value_text(item, value, assumed)}{'' if gap else ' '}",
                    ha=align,
                    va="center",
                    fontsize=8,
                    color=QUIET,
                    bbox=PLATE,
                )
        mean_and_nothing(found, ax)
        names = [textwrap.shorten(name_of(item, assumed), 84, placeholder=" ...") for item in shown]
        ax.set_yticks(range(len(shown)), [textwrap.fill(name, NAME_WIDTH) for name in names], fontsize=8)
        ax.tick_params(axis="y", length=0)
        ax.set_ylim(max(len(shown), 3) - 0.5, -0.5)  # one bar alone does not fill the figure
        worths = [worth for item in shown for worth in (item.at_low, item.at_high)] + [0.0, found.npv.mean]
        room = ROOM * max(max(worths) - min(worths), 1.0)
        ax.set_xlim(min(worths) - room, max(worths) + room)
        grid(ax, "x")
        money_axis(ax, currency, "x")
        legend(ax)
        if not clear and shown:
            ax.set_title("None stands out from chance", fontsize=9, color=QUIET, pad=20)
    return ax


def mean_and_nothing(found: Appraisal, ax: Axes) -> None:
    """Lines at the mean and at nothing gained, named in the legend."""
    ax.axvline(found.npv.mean, color=INK, linewidth=1, label="mean")
    ax.axvline(0, color=VERMILLION, linewidth=1, linestyle=(0, (4, 3)), label="nothing gained")


def waterfall(found: Appraisal, currency: str, ax: Axes | None = None) -> Axes:
    """Present values of benefits by kind, costs and tax, down to what is left."""
    money_ = found.statement
    tax = tax_present(found)
    steps = [(CLASS_TITLES[name], present(found, name)) for name in CLASSES]
    steps += [("Costs", -float(money_.costs_present.mean())), ("Tax", -tax)]
    with styled():
        ax = axes_or_new(ax, 7, 3.4)
        level = 0.0
        for row, (_, value) in enumerate(steps):
            ax.barh(row, value, left=level, height=0.6, color=BLUE if value >= 0 else VERMILLION)
            ax.plot([level + value] * 2, [row, row + 1], color=QUIET, linewidth=0.8)
            edge = max(level, level + value)
            ax.text(edge, row, f" {money(value, currency)}", va="center", fontsize=8, color=QUIET, bbox=PLATE)
            level += value
        ax.barh(len(steps), level, height=0.6, color=INK)
        ax.text(max(level, 0.0), len(steps), f" {money(level, currency)}", va="center", fontsize=8, color=INK)
        names = [*(name for name, _ in steps), "Worth today"]
        ax.set_yticks(range(len(names)), [textwrap.fill(name, 30) for name in names], fontsize=8)
        ax.tick_params(axis="y", length=0)
        ax.axvline(0, color=INK, linewidth=0.8)
        ax.invert_yaxis()
        ax.margins(x=0.18)
        grid(ax, "x")
        money_axis(ax, currency, "x")
    return ax
