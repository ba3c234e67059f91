"""``watermelon backtest``: a learnt base against days that it has not seen."""

from __future__ import annotations

import math
import shlex
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from watermelon.cli.days import Day, Share, check_order
from watermelon.cli.options import Place, Playing, as_json, as_playing, playing

if TYPE_CHECKING:
    from calibration.backtest import Backtest

RUNS = Path("runs")
PAGE, RECORD = "backtest.html", "backtest.json"


class Number(click.ParamType[float]):
    """A number above 0."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Turn text into the number."""
        try:
            number = float(str(value))
        except ValueError:
            number = math.nan
        if not (math.isfinite(number) and number > 0):
            self.fail(f"{value}: must be a number above 0", param, ctx)
        return number


class Limit(click.ParamType[tuple[str, float]]):
    """NAME=NUMBER: the limit of a distance."""

    name = "name=number"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, float]:
        """Turn text into name and number."""
        if isinstance(value, tuple):
            return value
        name, equals, number = str(value).partition("=")
        if not (name.strip() and equals):
            self.fail(f"{value}: must be NAME=NUMBER, for example ks=0.06", param, ctx)
        return name.strip(), Number().convert(number, param, ctx)


@click.command(
    "backtest",
    short_help="Play the days after those learnt from, and judge them by what happened.",
    epilog="Example:  watermelon backtest real.yaml incidents.csv --limit ks=0.1",
)
@click.argument("base")
@click.argument("log", type=Place())
@click.option("--from", "start", type=Day(), metavar="DAY", help="Play from this day on.")
@click.option("--to", "end", type=Day(), metavar="DAY", help="Play up to, not including, this day.")
@click.option(
    "--mapping",
    metavar="NAME|FILE",
    help="Which column is which, where LOG is written otherwise than what the base was learnt from.",
)
@click.option(
    "--activities",
    type=Place(),
    metavar="FILE",
    help="A second table with the activities of the tickets; by default the one that the mapping names.",
)
@click.option(
    "--factor",
    type=Number(),
    default=1.1,
    show_default=True,
    metavar="NUMBER",
    help="Distances of durations may be so many times as large as when the past is resampled (and as large "
    "as between two random halves of what happened).",
)
@click.option(
    "--limit",
    "limits",
    type=Limit(),
    multiple=True,
    metavar="NAME=NUMBER",
    help="Limit of a distance by its name, such as ks=0.06; may be repeated.",
)
@click.option(
    "--coverage",
    type=Share(),
    default=0.8,
    show_default=True,
    metavar="SHARE",
    help="Least share of the days on which arrivals and open tickets lie in their 90% interval.",
)
@click.option(
    "--widen",
    type=Number(),
    default=0.25,
    show_default=True,
    metavar="NUMBER",
    help="Part by which the 95% intervals of the log's medians, which the model must keep, are wider.",
)
@playing(replications=50, without=("until", "uncertainty"))
@click.option(
    "--uncertainty/--no-uncertainty",
    "drawn",
    default=None,
    help="Draw every assumption anew in each replication, or hold all at their most likely values; by "
    "default they are held, but for intervals by day, which come from draws of what the log left open.",
)
@click.option(
    "--out",
    type=Place(),
    metavar="DIR",
    help="Folder for backtest.html and backtest.json; by default a fresh folder under ./runs/.",
)
@as_json()
def command(json_wanted: bool, base: str, log: Path, out: Path | None, **values: Any) -> None:
    """Play BASE over the days of LOG that it was not learnt from, and compare with what happened.

    BASE comes from `watermelon calibrate`, best with --holdout. Ends with 1 if a threshold is missed.
    """
    values |= {"until": None, "uncertainty": False}
    _backtest(base, log, as_playing(values), out, json_wanted, **values)


def _backtest(
    base: str,
    log: Path,
    wanted: Playing,
    out: Path | None,
    json_wanted: bool,
    start: date | None,
    end: date | None,
    mapping: str | None,
    activities: Path | None,
    factor: float,
    limits: tuple[tuple[str, float], ...],
    coverage: float,
    widen: float,
    drawn: bool | None,
) -> None:
    from calibration import backtest as room
    from calibration.backtest.page import render
    from scenarios import load
    from watermelon._version import __version__
    from watermelon.cli.engine import ready
    from watermelon.cli.output import json_text, note, print_json
    from watermelon.cli.playing import pass_on_warnings
    from watermelon.cli.progress import progress
    from watermelon.files import folder_for, fresh_folder, write_text

    check_order(start, end)
    thresholds = room.Thresholds(factor, coverage, widen, checked(limits))
    scenario = load(base, wanted.sets)
    pass_on_warnings([scenario])
    folder = out or fresh_folder(RUNS, f"{datetime.now():%Y-%m-%d-%H%M%S}-backtest")
    how = room.Playing(wanted.replications, wanted.seed, wanted.engine, wanted.sets, wanted.jobs, drawn)
    with folder_for(folder, "--out" if out else "folder for the results"):
        ready(wanted.engine)
        with progress(room.plays(scenario, how)) as report:
            found = room.backtest(
                base, log, mapping, how, thresholds, start, end, report, activities=activities
            )
        write_text(folder / PAGE, render(found, __version__, shlex.join(["watermelon", *sys.argv[1:]])))
        document = found.document()
        write_text(folder / RECORD, json_text(document))
    if json_wanted:
        print_json(document)
    else:
        show(found)
    for name in (PAGE, RECORD):
        note(f"written: {folder / name}")
    if not found.passed:
        sys.exit(1)


def checked(limits: tuple[tuple[str, float], ...]) -> dict[str, float]:
    """Limits by name; a name that no distance has is refused."""
    from calibration.backtest.scores import TITLES
    from scenarios.errors import BadInput, listed, nearest

    for name, _ in limits:
        if name not in TITLES:
            raise BadInput(f"--limit {name}: no distance has this name{nearest(name, TITLES)}; "
                           f"there are {listed(TITLES)}")  # fmt: skip
    return dict(limits)


def show(found: Backtest) -> None:
    """Print the scores and the verdict."""
    from rich.markup import escape
    from rich.table import Table

    from calibration.backtest.page import coverage_rows, distance_rows, median_rows, share_rows
    from watermelon.cli.output import console, listed

    screen = console()
    screen.print(
        f"{escape(found.title)}, tickets opened {found.trained[0]} to {found.trained[1]}. "
        f"{found.period.start:%Y-%m-%d} to {found.period.last} played {found.replications} times "
        f"(seed {found.seed}).\n{found.cases:,} tickets were opened then, {found.resolved:,} were resolved.\n"
    )
    for heads, rows in (
        (("distance from what happened", "model", "resampling", "noise floor", "at most"),
         distance_rows(found.distances.values())),
        (("median hours by reassignments", "model", "log", "resampling", "95% of log", "allowed"),
         median_rows(found)),
        (("share of the tickets", "model", "log", "resampling", "95% of log"), share_rows(found)),
        (("in the model's 90% interval", "inside", "share"), coverage_rows(found)),
    ):  # fmt: skip
        table = Table(box=None)
        table.add_column(heads[0])
        for head in heads[1:]:
            table.add_column(head, justify="right")
        table.add_column("")
        for row in rows:
            table.add_row(row.title, *row.cells, row.mark)
        screen.print(table)
        screen.print()
    screen.print(listed(map(escape, found.notes)))
    screen.print(f"\n[bold]{escape(found.verdict)}[/bold]")
