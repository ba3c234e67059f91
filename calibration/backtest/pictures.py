"""Figures of a backtest: the model in blue, what happened in black, the past in orange."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, NullLocator, PercentFormatter

from calibration.backtest.report import Backtest
from calibration.backtest.scores import Figure
from calibration.backtest.series import Series
from calibration.backtest.tickets import Floats
from calibration.findings import shown
from calibration.score import LEAST_HOURS
from results.plots.gallery import Picture
from results.plots.style import BLUE, GRID, INK, ORANGE, VERMILLION, grid, legend, plain_numbers
from results.wording import listing

MOST_TICKS = 10
LOG, PAST, MODEL = "what happened", "resampling the past", "model"
TIMES = {
    1 / 60: "1 min",
    1 / 6: "10 min",
    1.0: "1 h",
    8.0: "8 h",
    24.0: "1 day",
    168.0: "1 week",
    720.0: "30 days",
}
NAMES = {
    "arrivals_daily": ("Tickets opened a day", "Tickets opened"),
    "backlog_daily": ("Tickets open at the end of the day", "Tickets open"),
}


def pictures(found: Backtest) -> list[Picture]:
    """All figures, with titles and in words."""
    shown = [
        Picture(
            "durations",
            "How long tickets take, from opened to resolved",
            durations_alt(found),
            8.6,
            3.4,
            partial(durations, found),
        ),
        Picture(
            "handoffs",
            "Median time to resolve by number of reassignments",
            handoffs_alt(found),
            8.6,
            3.2,
            partial(handoffs, found),
        ),
    ]
    for name, (title, _) in NAMES.items():
        line = found.series[name]
        shown.append(Picture(name, title, series_alt(line), 8.6, 3.0, partial(by_day, found, name)))
    return shown


def durations(found: Backtest, ax: Axes) -> Axes:
    """Share of the resolved tickets that were resolved within so many hours."""
    hours = [part.finished for part in found.played]
    grid_hours = np.geomspace(LEAST_HOURS / 2, max(2_000.0, float(found.seen.finished.max())), 400)
    runs = np.array([share_within(own, grid_hours) for own in hours if len(own)])
    if len(runs):
        low, high = np.quantile(runs, [0.05, 0.95], axis=0)
        ax.fill_between(grid_hours, low, high, color=BLUE, alpha=0.22, linewidth=0)
        ax.plot(
            grid_hours, runs.mean(axis=0), color=BLUE, linewidth=1.8, label=f"{MODEL} (band: 90% of its runs)"
        )
    if found.past is not None:
        within = share_within(found.past.finished, grid_hours)
        ax.plot(grid_hours, within, color=ORANGE, linewidth=1.6, linestyle=(0, (4, 2)), label=PAST)
    ax.plot(grid_hours, share_within(found.seen.finished, grid_hours), color=INK, linewidth=1.6, label=LOG)
    ax.set_xscale("log")
    ax.set_xlim(grid_hours[0], grid_hours[-1])
    ax.set_xticks(list(TIMES), list(TIMES.values()))
    ax.xaxis.set_minor_locator(NullLocator())
    ax.set_ylim(0, 1)
    ax.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    ax.set_ylabel("Share of the resolved tickets")
    ax.set_xlabel("Resolved within")
    grid(ax)
    legend(ax)
    return ax


def share_within(hours: Floats, at: Floats) -> Floats:
    """Share of the durations that are at most so long."""
    found: Floats = np.searchsorted(np.sort(hours), at, side="right") / max(1, len(hours))
    return found


def handoffs(found: Backtest, ax: Axes) -> Axes:
    """Medians by number of reassignments, with the log's interval and what is allowed."""
    for place, (count, item) in enumerate(found.medians.items()):
        label = place == 0
        if item.least is not None and item.most is not None and item.low is not None and item.high:
            floor = max(item.least, LEAST_HOURS)
            ax.plot([count, count], [floor, item.most], color=GRID, linewidth=13, solid_capstyle="butt",
                    label="allowed" if label else None)  # fmt: skip
            ax.plot([count, count], [item.low, item.high], color=INK, linewidth=2,
                    label=f"95% interval of {LOG}" if label else None)  # fmt: skip
        for value, sign, colour, name, aside in (
            (item.log, "o", INK, LOG, 0.0),
            (item.resampling, "D", ORANGE, PAST, -0.14),
            (item.model, "s", VERMILLION if item.kept is False else BLUE, MODEL, 0.14),
        ):
            if value is not None:
                ax.plot(count + aside, max(value, LEAST_HOURS), sign, color=colour, markersize=6.5)
            if label:
                ax.plot([], [], sign, color=BLUE if name == MODEL else colour, markersize=6.5, label=name)
    if any(item.kept is False for item in found.medians.values()):
        ax.plot([], [], "s", color=VERMILLION, markersize=6.5, label="model, not allowed")
    ax.set_yscale("log")
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g} h"))
    ax.yaxis.set_minor_locator(NullLocator())
    ax.set_xticks(list(found.medians))
    ax.set_xlim(-0.6, max(found.medians) + 0.6)
    ax.set_xlabel("Times that a ticket was given to another team")
    ax.set_ylabel("Median, opened to resolved")
    grid(ax)
    legend(ax)
    return ax


def by_day(found: Backtest, name: str, ax: Axes) -> Axes:
    """A series day by day: the band of the model, and what happened as dots."""
    line = found.series[name]
    days = pd.date_range(found.period.start, periods=len(line.log), freq="D").to_pydatetime()
    inside = np.array(line.inside)
    ax.fill_between(days, line.low, line.high, color=BLUE, alpha=0.22, linewidth=0)
    ax.plot(days, line.mean, color=BLUE, linewidth=1.6, label=f"{MODEL} (band: 90% of its runs)")
    ax.plot(days, line.log, color=INK, linewidth=0.8, alpha=0.5)
    for rows, sign, colour, label in (
        (inside, "o", INK, f"{LOG}, inside"),
        (~inside, "X", VERMILLION, f"{LOG}, outside"),
    ):
        if rows.any():
            ax.plot(np.array(days)[rows], line.log[rows], sign, color=colour, markersize=5.5, label=label)
    if name == "backlog_daily":
        ax.axhline(found.opening, color=ORANGE, linewidth=1.2, linestyle=(0, (4, 2)), label="at the start")
    shown = days[:: max(1, len(days) // MOST_TICKS)]
    ax.set_xticks(shown, [f"{day:%d %b}" for day in shown])
    ax.set_ylim(bottom=0)
    ax.set_ylabel(NAMES[name][1])
    plain_numbers(ax)
    grid(ax)
    legend(ax)
    return ax


# In words


def durations_alt(found: Backtest) -> str:
    """Quantiles of model and log."""
    return f"Quantiles of the hours from opened to resolved: {beside(found.quantiles)}."


def handoffs_alt(found: Backtest) -> str:
    """Medians of model and log."""
    return f"Median hours by number of reassignments. {beside(found.medians, ':')}."


def beside(figures: Mapping[Any, Figure], colon: str = "") -> str:
    """Each figure of the model and of the log."""
    return listing(
        [
            f"{name}{colon} {shown(item.model)} h in the model, {shown(item.log)} h in the log"
            for name, item in figures.items()
            if item.model is not None and item.log is not None
        ]
    )


def series_alt(line: Series) -> str:
    """How often the log lies in the band."""
    return (
        f"Mean {line.log.mean():.0f} in the log and {line.mean.mean():.0f} in the model; the log lies in the "
        f"model's 90% interval on {sum(line.inside)} of {len(line.log)} days."
    )
