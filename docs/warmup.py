"""How long the warm-up of the baseline has to be: ``python -m docs.warmup`` draws the picture.

Plays the baseline without levers and follows it, week by week, from the empty start of its warm-up. What
matters is when the series stop to be lower than a year later, in the same season.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from results.metrics.record import Record
from results.metrics.weekly import weekly_series
from results.plots.style import BLUE, ORANGE, QUIET, styled
from results.statistics.warmup import mser, welch
from scenarios import load
from sim.experiment import Job, play_many
from sim.history.tables import History
from sim.spec.calendars import WEEK

PATH = Path(__file__).resolve().parent / "images" / "warmup.svg"
SERIES = {
    "restore_hours_mean": "Mean time to restore\nservice (hours)",
    "incident_backlog_end": "Incidents open at\nthe end of the week",
    "customers_lost": "Customers lost\nin the week",
}
REPLICATIONS = 40


def weekly(replications: int = REPLICATIONS) -> tuple[int, dict[str, NDArray[np.float64]]]:
    """Weeks of warm-up, and [replications, weeks] of every series, from the empty start on."""
    scenario = load("baseline", until_hours=78 * 168)
    model, prices = scenario.model(), scenario.prices()

    def follow(_: Job, history: History) -> dict[str, NDArray[np.float64]]:
        series = weekly_series(Record(model, prices, history), start=-model.warmup)
        return {name: np.asarray(series[name]) for name in SERIES}

    jobs = [Job("baseline", model, 1, replication) for replication in range(replications)]
    played = play_many(jobs, follow)
    return model.warmup // WEEK, {name: np.array([one[name] for one in played]) for name in SERIES}


def draw() -> Path:
    """Draw every series with its mean, the band of the middle 80% and the moving average."""
    warmup, series = weekly()
    with styled():
        figure = Figure(figsize=(8.2, 6.2), layout="constrained")
        axes = figure.subplots(len(SERIES), 1, sharex=True)
        for ax, (name, title) in zip(axes, SERIES.items(), strict=True):
            values = series[name]
            weeks = np.arange(values.shape[1]) - warmup
            low, high = np.nanpercentile(values, [10, 90], axis=0)
            ax.fill_between(weeks, low, high, color=BLUE, alpha=0.15, linewidth=0, label="8 of 10 futures")
            ax.plot(weeks, np.nanmean(values, axis=0), color=BLUE, linewidth=1, label="mean")
            smooth = welch(values)
            ax.plot(weeks[: len(smooth)], smooth, color=ORANGE, linewidth=2, label="moving average (Welch)")
            ax.axvline(0, color=QUIET, linewidth=1, linestyle="--")
            ax.set_ylabel(title)
            ax.set_ylim(bottom=0)
            print(name, "MSER-5 cut:", mser(np.nanmean(values, axis=0)))
        axes[0].text(
            0.3, axes[0].get_ylim()[1] * 0.93, "measured from here on", color=QUIET, fontsize=8, va="top"
        )
        axes[0].legend(loc="lower right", ncols=3, frameon=False, fontsize=8)
        axes[-1].set_xlabel("Week (0 is the start of the measured period, a January)")
        figure.savefig(PATH, metadata={"Date": None})
    return PATH


if __name__ == "__main__":
    print(draw())
