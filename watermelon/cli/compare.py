"""``watermelon compare``: scenarios under the same luck."""

from __future__ import annotations

import shlex
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from watermelon.cli.options import Playing, as_json, as_playing, out_folder, playing

if TYPE_CHECKING:
    from results.attribution import Attribution
    from results.report import ReportInput
    from scenarios.coalitions import Coalitions
    from watermelon.runs import Runs

RUNS = Path("runs")
ATTRIBUTED = 15
"""Replications of a comparison that is split: every combination of parts is played so often."""
MOST_REASONS = 4
"""Reasons for a difference that are printed; the report has them all."""


@click.command(
    "compare",
    short_help="Play scenarios under the same luck, and show how they differ.",
    epilog="Example:  watermelon compare small automation siloed_it -r 10",
)
@click.argument("base")
@click.argument("others", nargs=-1, required=True, metavar="OTHER...")
@playing(replications=100)
@out_folder("By default a fresh folder under ./runs/.")
@click.option(
    "--attribute",
    is_flag=True,
    help="Split the difference of every OTHER over the overrides that it adds to BASE or, of a single one, "
    f"over its groups of levers. Every combination is played; {ATTRIBUTED} replications by default.",
)
@as_json()
def command(
    base: str,
    others: tuple[str, ...],
    out: Path | None,
    attribute: bool,
    json_wanted: bool,
    **values: Any,
) -> None:
    """Play BASE and every OTHER under the same luck, and show how they differ.

    An OTHER that is an override is applied to BASE; a scenario is played as written. The folder of the
    results holds report.html, figures and tables.
    """
    if (
        attribute
        and click.get_current_context().get_parameter_source("replications") is ParameterSource.DEFAULT
    ):
        values["replications"] = ATTRIBUTED
    _compare(base, others, as_playing(values), out, json_wanted, attribute)


def _compare(
    base: str,
    others: tuple[str, ...],
    wanted: Playing,
    out: Path | None,
    json_wanted: bool,
    attribute: bool,
) -> None:
    from results.documents import attribution_document, compare_document
    from watermelon.cli.output import note, print_json
    from watermelon.cli.playing import (
        drawn_twice,
        loaded,
        note_other_run,
        play,
        provenance_of,
        say_interrupted,
    )
    from watermelon.files import folder_for, fresh_folder
    from watermelon.naming import labels
    from watermelon.reporting import report_input
    from watermelon.simulation import check_comparable

    names = labels([base, *others])
    scenarios = {names[0]: loaded(base, wanted)}
    for label, other in zip(names[1:], others, strict=True):
        scenarios[label] = loaded(other, wanted, against=base)
    check_comparable(scenarios)
    # Combinations are played once each, under the same luck.
    wanted, again = (wanted, 0) if attribute else drawn_twice(scenarios[names[0]], wanted)
    split = _coalitions(base, dict(zip(names[1:], others, strict=True)), wanted) if attribute else {}
    folder = out or fresh_folder(
        RUNS, f"{datetime.now():%Y-%m-%d-%H%M%S}-{next(iter(scenarios.values())).name}"
    )
    with folder_for(folder, "--out" if out else "folder for the results"):
        runs = play(scenarios, wanted, folder, again=again)
        provenance = provenance_of(runs, _typed(base, others, wanted, attribute))
        document = compare_document(runs.comparison, provenance)
        parts = _attributions(split, runs, wanted)
        if parts:
            document["attribution"] = {label: attribution_document(item) for label, item in parts.items()}
        report = report_input(runs, provenance, parts)
        note_other_run(folder, runs)
        written = _write(folder, runs, report, document)
    if json_wanted:
        print_json(document)
    else:
        _show(runs, report)
    for path in written:
        note(f"written: {path}")
    say_interrupted(runs, folder)


def _coalitions(base: str, others: dict[str, str], wanted: Playing) -> dict[str, Coalitions]:
    """All combinations of the parts of every other scenario, by its label."""
    from scenarios.coalitions import coalitions

    return {label: coalitions(base, other, wanted.sets, wanted.until) for label, other in others.items()}


def _attributions(split: dict[str, Coalitions], known: Runs, wanted: Playing) -> dict[str, Attribution]:
    """Play the combinations that are not known yet, and split every difference."""
    from watermelon.attributing import attributions
    from watermelon.cli.playing import play

    return attributions(split, known, lambda scenarios: play(scenarios, wanted)) if split else {}


def _typed(base: str, others: tuple[str, ...], wanted: Playing, attribute: bool) -> str:
    """The command as one would type it again; the number of processes changes nothing and is left out."""
    parts = [
        "watermelon",
        "compare",
        base,
        *others,
        "-r",
        str(wanted.replications),
        "--seed",
        str(wanted.seed),
    ]
    if attribute:
        parts.append("--attribute")
    for change in wanted.sets:
        parts += ["--set", change]
    if wanted.until is not None:
        parts += ["--until", f"{wanted.until:g}"]
    if wanted.uncertainty:
        parts.append("--uncertainty")
    return shlex.join(parts)


def _write(folder: Path, runs: Runs, report: ReportInput, document: dict[str, Any]) -> list[Path]:
    """Write report, figures, tables and, last, the record; returns what to look at first."""
    from results.files import FIGURES, REPORT
    from results.plots.gallery import write_figures
    from results.report import pictures_of, write_report
    from watermelon.store import write_record, write_tables

    page = write_report(folder / REPORT, report)
    figures = folder / FIGURES
    figures.mkdir(exist_ok=True)
    drawn = write_figures(pictures_of(report), figures)
    tables = write_tables(folder, runs)
    write_record(folder, runs, document, [page, *drawn, *tables])
    return [page, figures, *tables]


def _show(runs: Runs, report: ReportInput) -> None:
    from rich.markup import escape

    from results.doubt import MEANING as SPLIT
    from results.explain import explain
    from results.headline import headline
    from results.learnt import MEANING
    from watermelon.cli.output import console, listed
    from watermelon.cli.playing import heading
    from watermelon.cli.tables import attribution_table, comparison_tables, doubt_table, notes, target_table

    comparison = runs.comparison
    screen = console()
    screen.print(heading(runs))
    if targets := target_table(comparison, report.titles):
        screen.print(targets)
        screen.print()
    for table in comparison_tables(comparison, screen.width):
        screen.print(table)
        screen.print()
    base, *others = report.scenarios
    for info in others:
        other = comparison.scenarios[info.name]
        screen.print(f"[bold]{escape(info.name)}[/bold]")
        sentences = [
            *headline(comparison, other, info.title, base.title),
            *explain(comparison.base, other, report.titles, learnt=bool(comparison.assumed))[:MOST_REASONS],
            *notes(comparison, other),
        ]
        screen.print(listed(map(escape, sentences)))
        screen.print()
        if info.name in report.attributions:
            screen.print(attribution_table(report.attributions[info.name], comparison))
            screen.print()
        if doubts := doubt_table(comparison, other):
            screen.print(doubts)
            screen.print(f"[dim]Of the differences. {SPLIT}[/dim]\n")
    if comparison.assumed:
        assumed = escape(", ".join(comparison.assumed))
        screen.print(f"{MEANING}.")
        screen.print(f"These rest on assumptions, because no log holds them: {assumed}.\n")
