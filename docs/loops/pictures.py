"""The pictures of the loops, one message each."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from docs.loops import trap
from docs.loops.experiments import APPLICATION, HERE, LOOPS, OF_THE_DESK, play
from results.plots.style import BLUE, INK, QUIET, VERMILLION, grid
from results.plots.svg import svg
from results.statistics.intervals import mean_and_half_width, probability
from sim.experiment import Job, play_many
from sim.history.kinds import Stock
from sim.history.tables import History
from sim.spec.calendars import WEEK, Floats

IMAGES = HERE.parent / "images"
WIDTH, HEIGHT = 7.8, 4.3
REPLICATIONS = 60
BY_NAME = {loop.name: loop for loop in LOOPS}

Draw = Callable[[Axes], None]


@dataclass(frozen=True, slots=True)
class Sweep:
    """A lever moved in steps: settings and where they stand on the x axis."""

    steps: tuple[tuple[str, float], ...]
    across: str
    up: str
    with_loop: str
    without: str


SWEEPS = {
    "Change": Sweep(
        tuple((f"{demand}", 35 * demand) for demand in (1, 1.2, 1.4, 1.6, 1.8)),
        "Requests a week, beside all changes",
        "Firefighting in two years, hours\n(more than at 35 requests a week)",
        "hasty changes fail more often",
        "if pressure did changes no harm",
    ),
    "Prevention": Sweep(
        tuple((f"{maturity}", float(maturity)) for maturity in (10, 20, 30, 45, 60)),
        "Repeated incidents after which somebody asks for the cause, %",
        "Time to solve a problem, days\n(more or less than at 10%)",
        "time saved on incidents goes into problems",
        "if the hours for problems were fixed",
    ),
    "People": Sweep(
        tuple((f"{demand}", 160 * demand) for demand in (0.9, 0.95, 1.0, 1.05, 1.1)),
        "Incidents a week",
        "Overload of the team, points of 100\n(more than at 144 incidents a week)",
        "the overloaded leave",
        "if overload made nobody leave",
    ),
    "Silo": Sweep(
        tuple((f"{loss}", float(loss)) for loss in (15, 18, 21, 24, 27, 30)),
        "Work that is done again after a handoff, %",
        "Handoffs to a wrong team, per 100 incidents\n(more than at 15%)",
        "overloaded teams misroute more",
        "if overload did not matter",
    ),
}


def picture(name: str, draw: Draw, height: float = HEIGHT) -> Path:
    """Write one picture."""
    path = IMAGES / f"loop-{name}.svg"
    path.write_text(svg(draw, WIDTH, height), encoding="utf-8")
    return path


def title(ax: Axes, sentence: str) -> None:
    """The message, above everything."""
    ax.set_title(textwrap.fill(sentence, 76), pad=12)


def line(ax: Axes, x: Any, samples: list[Floats], colour: str, words: str, style: str = "-") -> None:
    """Means with their 95% intervals as a band, named at their right end."""
    means, halves = zip(*(mean_and_half_width(sample) for sample in samples), strict=True)
    middle, half = np.array(means), np.array([each or 0.0 for each in halves])
    ax.fill_between(x, middle - half, middle + half, color=colour, alpha=0.18, linewidth=0)
    ax.plot(x, middle, style, color=colour, linewidth=2)
    say(ax, x[-1], float(middle[-1]), words, colour)


def say(ax: Axes, x: float, y: float, words: str, colour: str) -> None:
    """A name beside the end of a line."""
    ax.annotate(
        textwrap.fill(words, 19),
        (x, y),
        (6, 0),
        textcoords="offset points",
        va="center",
        color=colour,
        fontsize=8.5,
    )


def finish(ax: Axes, across: str, up: str, room: float = 0.0) -> None:
    """Names of axes, and room at the right for words."""
    ax.set_xlabel(across)
    ax.set_ylabel(up)
    grid(ax)
    low, high = ax.get_xlim()
    ticks = [tick for tick in ax.get_xticks() if low <= tick <= high]
    ax.set_xticks(ticks)
    ax.set_xlim(low, high + room * (high - low))


def caption(ax: Axes, words: str, place: str = "top") -> None:
    """What the band is, within the picture."""
    y = {"top": 0.97, "bottom": 0.03}[place]
    ax.text(0.02, y, words, transform=ax.transAxes, fontsize=8, color=QUIET, va=place)


BAND = "band: 95% interval, under the same luck"


def sweep(name: str) -> Path:
    """The outcome at the far end of a loop against its lever, with the link and without."""
    loop, spec = BY_NAME[name], SWEEPS[name]
    x = [place for _, place in spec.steps]
    drawn = []
    for cut in (False, True):
        values = play([loop.scenario(step, cut) for step, _ in spec.steps], loop.outcome, REPLICATIONS)
        drawn.append([loop.factor * (value - values[0]) for value in values])

    def draw(ax: Axes) -> None:
        ax.axhline(0, color=QUIET, linewidth=0.8)
        line(ax, x, drawn[0], VERMILLION if loop.rises else BLUE, spec.with_loop)
        line(ax, x, drawn[1], QUIET, spec.without, "--")
        title(ax, loop.sentence)
        caption(ax, BAND, "top" if loop.rises else "bottom")
        finish(ax, spec.across, spec.up, 0.24)

    return picture(name.lower(), draw)


def debt() -> Path:
    """Maintenance overdue, week by week, after a bad quarter."""
    loop = BY_NAME["Debt"]
    drawn = []
    for cut in (False, True):
        model = loop.scenario(loop.high, cut).model()
        jobs = [Job("debt", model, 1, replication) for replication in range(REPLICATIONS)]
        drawn.append(np.array(play_many(jobs, overdue_by_week)))
    weeks = np.arange(drawn[0].shape[1])

    def draw(ax: Axes) -> None:
        bad_quarter(ax)
        line(ax, weeks, list(drawn[0].T), VERMILLION, "faults and findings take the time", "-")
        line(ax, weeks, list(drawn[1].T), QUIET, "if overdue maintenance had no consequences", "--")
        title(ax, loop.sentence)
        ax.set_ylim(bottom=0)
        finish(ax, "Week", "Maintenance overdue, changes", 0.24)
        caption(ax, "band: 95% interval of the mean")

    return picture("debt", draw)


def bad_quarter(ax: Axes) -> None:
    """The weeks of the shock."""
    ax.axvspan(0, 13, color="#eeeeee", zorder=0)
    ax.text(
        6.5,
        0.90,
        "bad quarter",
        transform=ax.get_xaxis_transform(),
        ha="center",
        va="top",
        fontsize=8,
        color=QUIET,
    )


def overdue_by_week(_: Job, history: History) -> Floats:
    """Maintenance changes overdue on every Monday of the measured period."""
    stocks = history.stocks
    rows = (stocks.stock == Stock.MAINTENANCE_OVERDUE) & (stocks.time >= 0)
    assert (np.diff(stocks.time[rows]) == WEEK).all()
    return np.asarray(stocks.value[rows] / 1e6)


def measurement() -> Path:
    """The dashboard and the business, the further apart the longer the work that matters takes."""
    loop = BY_NAME["Measurement"]
    hours = (1.5, 3.0, 4.5, 6.0, 7.5, 9.0)
    shown = {
        "restore_hours_mean": (
            "Mean time to restore,\nhours (more or less)",
            BLUE,
            "dashboard: all incidents together are restored sooner",
        ),
        "customers_lost": (
            "Customers lost in a\nyear (more or less)",
            VERMILLION,
            "business: those that customers feel wait",
        ),
    }
    arms = [
        replace(loop, settings=(f"categories.{OF_THE_DESK[1]}.{APPLICATION}.mean={mean} h",)).scenario(
            policy, cut=False
        )
        for mean in hours
        for policy in (loop.low, loop.high)
    ]
    differences = {}
    for outcome in shown:
        values = play(arms, outcome, REPLICATIONS)
        differences[outcome] = [values[row + 1] - values[row] for row in range(0, len(values), 2)]

    def draw(ax: Axes) -> None:
        figure = ax.figure
        ax.remove()
        above, below = figure.subplots(2, 1, sharex=True)
        for part, (outcome, (up, colour, words)) in zip((above, below), shown.items(), strict=True):
            part.axhline(0, color=QUIET, linewidth=0.8)
            line(part, hours, differences[outcome], colour, words)
            finish(part, "", up)
        finish(
            below,
            "Work on an incident that customers feel, hours (others take 1.3)",
            shown["customers_lost"][0],
            0.24,
        )
        title(above, loop.sentence)
        caption(above, "shortest job first, against first come first served; " + BAND, "bottom")

    return picture("measurement", draw, 5.2)


def percent(ax: Axes) -> None:
    """Shares as percent."""
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{100 * value:.0f}%"))


def tipping() -> Path:
    """How many futures are trapped, against load, from a calm start and after a shock."""
    load_of = np.arange(36, 77, 4)
    ends = [trap.after_a_bad_quarter(float(requests), REPLICATIONS) for requests in load_of]

    def draw(ax: Axes) -> None:
        for place, (colour, words, beside) in enumerate(
            ((BLUE, "without a bad quarter", 7), (VERMILLION, "after one bad quarter", 3))
        ):
            found = [share for end in ends if (share := probability(end[place])) is not None]
            shares = [each.share for each in found]
            low, high = [each.low or 0.0 for each in found], [each.high or 0.0 for each in found]
            ax.fill_between(load_of, low, high, color=colour, alpha=0.18, linewidth=0)
            ax.plot(load_of, shares, marker="os"[place], markersize=4, color=colour, linewidth=2)
            ax.annotate(
                words,
                (load_of[beside], shares[beside]),
                ((10, -14), (-8, 6))[place],
                textcoords="offset points",
                color=colour,
                ha=("left", "right")[place],
                fontsize=9,
            )
        ax.axvline(trap.AT_THE_EDGE, color=QUIET, linewidth=0.8, linestyle=":")
        ax.text(trap.AT_THE_EDGE - 0.4, 0.8, "next picture", ha="right", fontsize=8, color=QUIET)
        title(
            ax,
            "Firefighting trap: between two loads the past decides whether the same team is free or trapped",
        )
        percent(ax)
        finish(ax, "Requests a week, all else the same", "Futures trapped in firefighting after three years")
        caption(ax, "band: 95% interval")

    return picture("trap", draw)


def paths() -> Path:
    """Single futures after the same bad quarter."""
    (_, shaken) = trap.futures(trap.AT_THE_EDGE, [trap.BAD_QUARTER], 156, 40)
    share = np.array([one.weekly["firefighting_hours_share"] for one in shaken])
    window = np.ones(8) / 8
    smooth = np.array([np.convolve(row, window, mode="valid") for row in share])
    lost = trap.trapped(shaken) > 0
    weeks = np.arange(smooth.shape[1]) + 7

    def draw(ax: Axes) -> None:
        bad_quarter(ax)
        for rows, colour in ((~lost, BLUE), (lost, VERMILLION)):
            ax.plot(weeks, smooth[rows].T, color=colour, linewidth=0.7, alpha=0.35)
            ax.plot(weeks, smooth[rows].mean(axis=0), color=colour, linewidth=2.4)
        for rows, colour, words in ((~lost, BLUE, "recovered"), (lost, VERMILLION, "trapped")):
            say(
                ax,
                float(weeks[-1]),
                float(smooth[rows].mean(axis=0)[-1]),
                f"{rows.sum()} of {len(lost)} {words}",
                colour,
            )
        words = "after the same bad quarter the same team recovers, or is still trapped three years on"
        title(ax, f"Firefighting trap: {words}")
        percent(ax)
        finish(ax, "Week", "Share of firefighting in the hours worked\n(mean of eight weeks)", 0.16)
        caption(ax, "thin: single futures; thick: their mean", "bottom")

    return picture("paths", draw)


def worse_before_better() -> Path:
    """Open tickets after a ring-fence, week by week, against the same weeks without it."""
    differences = trap.backlog_after_ring_fencing(2 * REPLICATIONS)
    weeks = np.arange(differences.shape[1])

    def draw(ax: Axes) -> None:
        ax.axhline(0, color=INK, linewidth=0.8)
        line(ax, weeks, list(differences.T), BLUE, "")
        ax.set_ylim(top=200)
        ax.text(
            36, 190, "worse: fewer people\nfor tickets", ha="center", va="top", color=VERMILLION, fontsize=9
        )
        ax.text(
            78,
            -150,
            "better: fewer faults,\nso fewer incidents",
            ha="right",
            va="top",
            color=BLUE,
            fontsize=9,
        )
        title(ax, "Keeping one of four people for prevention makes it worse before it makes it better")
        finish(
            ax, "Week after one person was kept for prevention", "Tickets open (more or less than without)"
        )
        caption(ax, BAND, "bottom")

    return picture("worse-before-better", draw)


PICTURES: dict[str, Callable[[], Path]] = {
    "trap": tipping,
    "paths": paths,
    "worse-before-better": worse_before_better,
    **{name.lower(): (lambda name=name: sweep(name)) for name in SWEEPS},
    "debt": debt,
    "measurement": measurement,
}
