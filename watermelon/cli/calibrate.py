"""``watermelon calibrate``: a base learnt from a ticket export."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from watermelon.cli.days import Day, Share, check_order
from watermelon.cli.options import Place, as_json

if TYPE_CHECKING:
    from calibration import Calibration
    from calibration.quality import Fit


@click.command("calibrate", epilog="Example:  watermelon calibrate incidents.csv -o real.yaml")
@click.argument("log", type=Place())
@click.option("-o", "--out", type=Place(), required=True, metavar="FILE.yaml", help="The base to write.")
@click.option(
    "--mapping",
    default="auto",
    show_default=True,
    metavar="NAME|FILE",
    help="Which column is which: a shipped mapping (auto, servicenow, hpsm, jira, event-log, xes) or a YAML "
    "file of your own.",
)
@click.option(
    "--activities",
    type=Place(),
    metavar="FILE",
    help="A second file with one row an activity, where the mapping knows one (hpsm).",
)
@click.option(
    "--rejects",
    type=Place(),
    metavar="FILE.csv",
    help="Where to list the rows that were dropped, with reasons; beside the base without it.",
)
@click.option(
    "--business",
    type=Place(),
    metavar="FILE",
    help="What no log holds (customers, revenue, services); assumed without it.",
)
@click.option(
    "--holdout",
    type=Share(),
    metavar="SHARE",
    help="Share of the stable period, at its end, that is not learnt from.",
)
@click.option("--from", "start", type=Day(), metavar="DAY", help="Learn from this day on.")
@click.option("--to", "end", type=Day(), metavar="DAY", help="Learn up to, not including, this day.")
@as_json()
def command(json_wanted: bool, **values: Any) -> None:
    """Learn a base from LOG, a ticket export (.csv or .xes, compressed or not).

    Writes the base and the mapping that was used, says what was found in the log, shows how well a
    simulation of the base agrees with it, and says what rests on assumptions because no log holds it.
    """
    _calibrate(json_wanted, **values)


def _calibrate(
    json_wanted: bool,
    log: Path,
    out: Path,
    mapping: str,
    activities: Path | None,
    rejects: Path | None,
    business: Path | None,
    holdout: float | None,
    start: date | None,
    end: date | None,
) -> None:
    from calibration import calibrate
    from scenarios.errors import BadInput
    from watermelon.cli.output import note, print_json
    from watermelon.cli.progress import steps
    from watermelon.files import check_file

    check_file(out, "-o")
    if rejects is not None:
        check_file(rejects, "--rejects")
    if out.suffix.lower() not in (".yaml", ".yml"):
        raise BadInput(f"-o {out}: the ending must be .yaml, so that the base is found by its name")
    check_order(start, end)
    with steps() as report:
        found = calibrate(
            log,
            mapping,
            out,
            business,
            holdout,
            report,
            start=start,
            end=end,
            activities=activities,
            rejects=rejects,
        )
    if json_wanted:
        print_json(found.document())
    else:
        show(found)
    for path in (found.path, found.mapping_path, found.rejects_path):
        if path is not None:
            note(f"written: {path}")


def show(found: Calibration) -> None:
    """Print what was learnt, how well it fits, and what is assumed."""
    from rich.markup import escape

    from watermelon.cli.output import console

    screen = console()
    screen.print(
        f"{found.rows:,} rows read, {len(found.rejects):,} dropped; learnt from {found.cases:,} tickets "
        f"opened {found.first_day} to {found.last_day}.\n"
    )
    if found.findings:
        screen.print("[bold]What was found[/bold]")
        for finding in found.findings:
            screen.print(f"  - {escape(str(finding))}")
        screen.print()
    if found.fit is not None:
        _show_fit(found.fit)
    screen.print("[bold]What rests on assumptions[/bold]")
    for text in found.assumed:
        screen.print(f"  - {escape(text)}")


def _show_fit(fit: Fit) -> None:
    from rich.table import Table

    from calibration.quality import TITLES, shown
    from watermelon.cli.output import console

    screen = console()
    screen.print("[bold]The log beside the model[/bold]")
    table = Table(box=None)
    table.add_column("measure")
    for name in ("log", "log, days drawn again", "model"):
        table.add_column(name, justify="right")
    table.add_column("fit")
    for row in fit.table:
        log, model = shown(row.log, row.unit), shown(row.model, row.unit)
        table.add_row(row.measure, log, row.drawn_again, model, row.judgement)
    screen.print(table)
    screen.print(
        "Days drawn again: where the log's own value lies in 95% of the cases when its days are drawn anew. "
        "Good is within that, off outside, far off if it is also more than a quarter from the log's value.\n"
    )
    distances = Table(box=None)
    distances.add_column("distance of durations")
    for name in ("model", "log itself", "chance"):
        distances.add_column(name, justify="right")
    distances.add_column("fit")
    for item in fit.distances:
        past = "-" if item.resampling is None else f"{item.resampling:.3g}"
        distances.add_row(
            TITLES[item.name], f"{item.value:.3g}", past, f"{item.noise_floor:.3g}", item.judgement
        )
    screen.print(distances)
    screen.print(
        "How far from the log: the model; the log's own last third from its first two thirds; halves of the "
        "log by chance alone. Good is no farther than the log from itself, poor is farther.\n"
    )
    screen.print(f"{fit.verdict}\n")
