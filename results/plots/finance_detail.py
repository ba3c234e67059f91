"""Further figures of an appraisal: hours that are freed beside cash that is saved, and what waiting costs."""

from __future__ import annotations

import textwrap

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from results.finance.appraisal import Appraisal, mean_term
from results.finance.formulas import MONTHS, cost_of_delay
from results.finance.swings import MOST
from results.plots.finance import mean_and_nothing, money_axis, years_axis
from results.plots.style import (
    BLUE,
    GREEN,
    GRID,
    INK,
    QUIET,
    SKY,
    axes_or_new,
    grid,
    legend,
    styled,
)
from results.statistics.quantiles import quantiles


def cash_and_hours(found: Appraisal, currency: str, ax: Axes | None = None) -> Axes:
    """Cash that is saved beside hours that are freed, year by year: what of these is used, what is not."""
    money, years = found.statement, np.arange(1, found.found.years + 1)
    cash, used, full = (
        rows.mean(axis=0)[1:] for rows in (money.benefits["cash"], money.benefits["capacity"], money.freed)
    )
    with styled():
        ax = axes_or_new(ax, 6, 2.9)
        ax.bar(years - 0.2, cash, width=0.36, color=GREEN, label="money that is not paid out")
        ax.bar(years + 0.2, used, width=0.36, color=BLUE, label="hours freed and used")
        ax.bar(
            years + 0.2,
            full - used,
            width=0.36,
            bottom=used,
            facecolor="none",
            edgecolor=QUIET,
            hatch="///",
            linewidth=0.8,
            label="hours freed, not used (worth nothing)",
        )
        years_axis(ax, years, currency)
    return ax


def swing_bars(found: Appraisal, currency: str, ax: Axes | None = None) -> Axes:
    """What the mean comes to if one line is a fifth lower or higher, nothing else moved."""
    shown = found.swings[:MOST]
    with styled():
        ax = axes_or_new(ax, 6, 2.9)
        for row, item in enumerate(shown):
            for worth, tone in ((item.at_low, SKY), (item.at_high, BLUE)):
                ax.barh(row, worth - found.npv.mean, left=found.npv.mean, height=0.55, color=tone)
        for tone, label in ((SKY, "a fifth less"), (BLUE, "a fifth more")):
            ax.plot([], [], "s", color=tone, label=label)
        mean_and_nothing(found, ax)
        ax.set_yticks(range(len(shown)), [textwrap.fill(item.title, 30) for item in shown], fontsize=8)
        ax.tick_params(axis="y", length=0)
        ax.invert_yaxis()
        grid(ax, "x")
        money_axis(ax, currency, "x")
        ax.xaxis.set_major_locator(MaxNLocator(6))
        legend(ax, most=2)
    return ax


def delay_curve(found: Appraisal, currency: str, ax: Axes | None = None) -> Axes:
    """What it costs to start up to a year later: mean, and nine in ten futures."""
    rate, mid = mean_term(found.terms, "discount_rate"), mean_term(found.terms, "mid_year")
    waited = np.arange(MONTHS + 1)
    mean = [cost_of_delay(found.cash_flows, rate, mid, float(month)) for month in waited]
    each = np.array(
        [
            [cost_of_delay(flows, own.discount_rate, own.mid_year, float(month)) for month in waited]
            for flows, own in zip(found.statement.net, found.terms, strict=True)
        ]
    )
    low, high = np.array([quantiles(column, [0.05, 0.95]) for column in each.T]).T
    with styled():
        ax = axes_or_new(ax, 6, 2.9)
        ax.fill_between(waited, low, high, color=QUIET, alpha=0.14, linewidth=0, label="9 of 10 futures")
        ax.plot(waited, mean, "o-", color=BLUE, markersize=3, linewidth=1.6, label="mean")
        ax.axhline(0, color=INK, linewidth=0.8)
        ax.xaxis.set_major_locator(MaxNLocator(6, integer=True))
        ax.set_xlabel("months later")
        ax.spines["left"].set_color(GRID)
        grid(ax)
        money_axis(ax, currency)
        legend(ax)
    return ax
