"""How an outcome moves week by week."""

from __future__ import annotations

import warnings

import numpy as np
from matplotlib.axes import Axes

from results.compare import Comparison, ScenarioResult
from results.naming import NO_TITLES, Titles
from results.plots.style import axes_or_new, colour, grid, legend, plain_numbers, styled
from results.statistics.intervals import mean_and_half_width
from sim.spec.calendars import HOUR, WEEK, Floats

AVERAGED = 4
"""Weeks in the moving average."""

SERIES = {
    "restore_hours_mean": "Mean time to restore (h),\nby week of the incident",
    "incident_backlog_end": "Incidents open\nat the end of the week",
    "request_backlog_end": "Requests open\nat the end of the week",
    "downtime_hours": "Downtime a week (h)\nall services",
    "employee_hours_lost": "Employees' hours lost\na week (h)",
    "request_fulfilment_hours_mean": "Mean time to fulfil (h),\nby week of the request",
    "sla_attainment_share": "Share of tickets within\ntheir service level",
    "firefighting_hours_share": "Share of worked hours\nspent on firefighting",
    "utilisation_mean": "Share of present time\nwith work in hand",
    "margin_lost": "Margin lost a week",
    "customers_lost": "Customers lost a week",
    "incidents": "Incidents a week",
    "requests": "Requests a week",
}
"""Weekly series with the title of their axis."""


def weekly(comparison: Comparison, series: str, ax: Axes | None = None, names: Titles = NO_TITLES) -> Axes:
    """Mean of a weekly series over replications, with the 95% interval of that mean as a band.

    Averaged over four weeks, because single weeks are mostly chance; a last week cut short is left out.

    Parameters
    ----------
    comparison
        One or more scenarios.
    series
        A key of ``SERIES``.
    ax, names
        Axes to draw on (a new figure without them), and titles of the scenarios by name.
    """
    with styled():
        ax = axes_or_new(ax, 8, 2.9)
        for place, (name, result) in enumerate(comparison.scenarios.items()):
            weeks, mean, half = smoothed(result, series)
            # The base is broad, so that it is still seen beneath a scenario that hardly differs.
            wide = 3.6 if place == 0 and len(comparison.scenarios) > 1 else 1.6
            line, paint = ax.plot(weeks, mean, color=colour(place), linewidth=wide), colour(place)
            line[0].set(label=names.get(name, name), alpha=0.5 if wide > 2 else 1.0)
            if half is not None:
                ax.fill_between(weeks, mean - half, mean + half, color=paint, alpha=0.16, linewidth=0)
        unit = f" ({comparison.currency})" if series == "margin_lost" else ""
        ax.set_ylabel(SERIES[series] + unit)
        averaged = ", average of four weeks" if _window(comparison.base) > 1 else ""
        ax.set_xlabel(f"Week of the measured period{averaged} (band: 95% interval of the mean)")
        ax.set_ylim(bottom=0)
        plain_numbers(ax)
        grid(ax)
        if len(comparison.scenarios) > 1:
            legend(ax)
    return ax


def smoothed(result: ScenarioResult, series: str) -> tuple[Floats, Floats, Floats | None]:
    """Weeks (1 is the first), mean over replications and half-width of its 95% interval (None with one)."""
    whole = result.summaries[0].weekly["hours"] * HOUR >= WEEK
    values = result.weekly(series)
    if whole.any():
        values = values[:, whole]
    width = _window(result)
    with warnings.catch_warnings():
        # A week in which nothing began has no mean; a window without any stays empty.
        warnings.simplefilter("ignore", RuntimeWarning)
        windows = np.lib.stride_tricks.sliding_window_view(values, width, axis=1)
        averaged = np.nanmean(windows, axis=2)
    columns = [column[~np.isnan(column)] for column in averaged.T]
    found = [mean_and_half_width(column) if len(column) else (np.nan, None) for column in columns]
    mean = np.array([value for value, _ in found])
    half = None
    if result.replications > 1:
        half = np.array([np.nan if wide is None else wide for _, wide in found])
    return np.arange(len(mean), dtype=np.float64) + width, mean, half


def _window(result: ScenarioResult) -> int:
    whole = int(np.count_nonzero(result.summaries[0].weekly["hours"] * HOUR >= WEEK))
    return AVERAGED if whole >= 3 * AVERAGED else 1
