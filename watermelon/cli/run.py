"""``watermelon run``: replications of one scenario."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from watermelon.cli.options import Place, Playing, as_json, as_playing, out_folder, playing

if TYPE_CHECKING:
    from watermelon.runs import Runs


@click.command("run", epilog="Example:  watermelon run small -r 5 --until 672 --set teams.desk.seats=4")
@click.argument("scenario")
@playing(replications=30)
@out_folder("Without it only the table is printed.")
@click.option(
    "--log",
    type=Place(),
    metavar="FILE",
    help="Write the event log of replication 0: .csv, .parquet or .xes by its ending.",
)
@as_json()
def command(scenario: str, out: Path | None, log: Path | None, json_wanted: bool, **values: Any) -> None:
    """Play SCENARIO and show its outcomes with 95% intervals.

    SCENARIO is a shipped name, a path to a YAML file, or BASE+override+override of either.
    """
    _run(scenario, as_playing(values), out, log, json_wanted)


def _run(scenario: str, wanted: Playing, out: Path | None, log: Path | None, json_wanted: bool) -> None:
    from results.documents import run_document
    from watermelon.cli.output import note, print_json
    from watermelon.cli.playing import (
        drawn_twice,
        loaded,
        note_other_run,
        play,
        provenance_of,
        say_interrupted,
    )
    from watermelon.files import check_file, folder_for
    from watermelon.store import write_record, write_tables

    ending = _ending(log)
    if log is not None:
        check_file(log, "--log")
    known = loaded(scenario, wanted)
    wanted, again = drawn_twice(known, wanted)
    with nullcontext() if out is None else folder_for(out, "--out"):
        runs = play({scenario: known}, wanted, out, None if log is None else (log, ending), again)
        # Versions of all packages take longer to find out than a small organisation to play.
        document = (
            run_document(runs.comparison, provenance_of(runs)) if json_wanted or out is not None else {}
        )
        if out is not None:
            note_other_run(out, runs)
            write_record(out, runs, document, write_tables(out, runs))
    if json_wanted:
        print_json(document)
    else:
        _show(runs)
    for path in (out, log):
        if path is not None:
            note(f"written: {path}")
    say_interrupted(runs, out)


def _ending(log: Path | None) -> str:
    from watermelon.eventlog import log_format

    return "" if log is None else log_format(log)


def _show(runs: Runs) -> None:
    from rich.markup import escape

    from results.doubt import MEANING as SPLIT
    from results.learnt import MEANING
    from watermelon.cli.output import console
    from watermelon.cli.playing import heading
    from watermelon.cli.tables import doubt_table, outcome_table, target_table, undefined_line
    from watermelon.naming import titles

    screen, comparison = console(), runs.comparison
    screen.print(heading(runs))
    screen.print(outcome_table(comparison, screen.width))
    if line := undefined_line(comparison):
        screen.print(f"\n[dim]{escape(line)}[/dim]")
    if targets := target_table(comparison, titles(next(iter(runs.scenarios.values())))):
        screen.print()
        screen.print(targets)
    if table := doubt_table(comparison, comparison.base):
        screen.print()
        screen.print(table)
        screen.print(f"[dim]{SPLIT}[/dim]")
    if comparison.assumed:
        screen.print(f"\n{MEANING}: {escape(', '.join(comparison.assumed))}.")
