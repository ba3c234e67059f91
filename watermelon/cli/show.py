"""``watermelon show``: what a scenario is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from watermelon.cli.options import Change, Hours, as_json

if TYPE_CHECKING:
    from rich.console import Console

    from scenarios import Assumption, Scenario
    from scenarios import Change as ScenarioChange


@click.command("show", epilog="Example:  watermelon show small+automation --diff small")
@click.argument("scenario", required=False)
@click.option("--diff", metavar="BASE", help="Show only how SCENARIO differs from BASE, in plain words.")
@click.option(
    "--json-schema", "schema", is_flag=True, help="Print the schema of scenario files, for editors."
)
@click.option(
    "--set", "sets", type=Change(), multiple=True, metavar="PATH=VALUE", help="As in `watermelon run`."
)
@click.option("--until", type=Hours(), metavar="HOURS", help="As in `watermelon run`.")
@as_json()
def command(
    scenario: str | None,
    diff: str | None,
    schema: bool,
    sets: tuple[str, ...],
    until: float | None,
    json_wanted: bool,
) -> None:
    """Show SCENARIO as it would be played.

    First what it changes, then every assumption with low, most likely and high value, unit, source and
    grade (A primary source, B quoted, C vendor or anecdote, D assumption, E computed).
    """
    if schema:
        _schema()
        return
    if scenario is None:
        raise click.UsageError("SCENARIO is missing", ctx=click.get_current_context())
    from scenarios import load
    from watermelon.cli.output import print_json, warn

    known = load(scenario, sets, until)
    for sentence in known.warnings:
        warn(sentence)
    if diff is not None:
        rows = _differences(known, load(diff, (), until))
        document: dict[str, Any] = {"scenario": scenario, "base": diff, "differences": rows}
    else:
        document = {"scenario": scenario, **_described(known)}
    if json_wanted:
        print_json(document)
    elif diff is not None:
        _show_differences(scenario, diff, document["differences"])
    else:
        _show(known)


def _schema() -> None:
    from scenarios.schema.files import json_schema
    from watermelon.cli.output import print_json

    print_json(json_schema())


def _described(scenario: Scenario) -> dict[str, Any]:
    """A scenario as plain data."""
    return {
        "name": scenario.name,
        "title": scenario.title,
        "text": scenario.text,
        "model_hash": scenario.digest,
        "horizon_hours": scenario.horizon / 3600,
        "warmup_hours": scenario.model().warmup / 3600,
        "since_always": list(scenario.since_always),
        "assumed": list(scenario.assumed),
        "changes": [_change(change) for change in scenario.changes],
        "assumptions": [
            {
                "path": item.path,
                "title": item.title,
                "value": item.value,
                "low": item.low,
                "high": item.high,
                "unit": item.unit,
                "source": item.source,
                "grade": item.grade,
                "decided": item.decided,
            }
            for item in scenario.assumptions
        ],
        "sources": dict(scenario.sources),
        "warnings": list(scenario.warnings),
    }


def _change(change: ScenarioChange) -> dict[str, Any]:
    row = _row(change.path, change.old, change.new, change.when, change.text)
    return {**row, "override": change.override, "why": change.why}


def _row(path: str, old: str | None, new: str | None, when: str, text: str) -> dict[str, Any]:
    return {"path": path, "old": old, "new": new, "when": when, "text": text}


def _differences(scenario: Scenario, base: Scenario) -> list[dict[str, Any]]:
    """How a scenario differs from another: in what is written down, and in what changes it."""
    ours = {path: leaf.quantity.text() for path, leaf in scenario.merged.leaves.items()}
    theirs = {path: leaf.quantity.text() for path, leaf in base.merged.leaves.items()}
    rows = []
    for path in [*theirs, *(path for path in ours if path not in theirs)]:
        old, new = theirs.get(path), ours.get(path)
        if old == new:
            continue
        if old is None:
            text = f"{path}: {new}, which {base.name} does not have"
        elif new is None:
            text = f"{path}: missing; {base.name} has {old}"
        else:
            text = f"{path}: {new} instead of {old}"
        rows.append(_row(path, old, new, "always", text))
    written = {row["path"] for row in rows}
    known = {(change.path, change.new, change.when) for change in base.changes}
    own = {(change.path, change.new, change.when) for change in scenario.changes}
    rows += [
        _row(change.path, change.old, change.new, change.when, change.text)
        for change in scenario.changes
        if (change.path, change.new, change.when) not in known and change.path not in written
    ]
    rows += [
        _row(change.path, change.new, change.old, change.when, f"without: {change.text}")
        for change in base.changes
        if (change.path, change.new, change.when) not in own and change.path not in written
    ]
    return rows


def _show_differences(scenario: str, base: str, rows: list[dict[str, Any]]) -> None:
    from rich.markup import escape

    from watermelon.cli.output import console

    screen = console()
    if not rows:
        screen.print(f"{escape(scenario)} does not differ from {escape(base)}.")
        return
    screen.print(f"[bold]{escape(scenario)} differs from {escape(base)} in {len(rows)} places:[/bold]")
    for row in rows:
        screen.print(f"  - {escape(row['text'])}", soft_wrap=True)


def _show(scenario: Scenario) -> None:
    from rich.markup import escape

    from watermelon.cli.output import console

    screen = console()
    screen.print(f"[bold]{escape(scenario.title)}[/bold] ({escape(scenario.name)})")
    screen.print(escape(scenario.text))
    weeks = scenario.horizon / 604_800
    warmup = scenario.model().warmup / 604_800
    screen.print(f"Measured: {weeks:g} weeks, after a warm-up of {warmup:g} weeks.\n")
    if scenario.changes:
        screen.print("[bold]What is changed[/bold]")
        for change in scenario.changes:
            why = f" ({change.why})" if change.why else ""
            screen.print(f"  - {escape(change.text + why)}", soft_wrap=True)
        screen.print()
    if scenario.assumed:
        screen.print(f"Assumed, because no log holds it: {escape(', '.join(scenario.assumed))}.\n")
    _show_assumptions(screen, "Assumptions", [item for item in scenario.assumptions if not item.decided])
    decided = [item for item in scenario.assumptions if item.decided]
    _show_assumptions(screen, "Decided by the organisation", decided)
    screen.print("[bold]Sources[/bold]")
    for key, text in scenario.sources.items():
        screen.print(f"  {escape(key)}: {escape(text)}", soft_wrap=True)


def _show_assumptions(screen: Console, heading: str, items: list[Assumption]) -> None:
    from rich.markup import escape
    from rich.table import Table

    if not items:
        return
    screen.print(f"[bold]{heading}[/bold]")
    table = Table(box=None, pad_edge=False)
    table.add_column("name", overflow="fold")
    for name in ("low", "most likely", "high"):
        table.add_column(name, justify="right")
    for name in ("unit", "source", "grade"):
        table.add_column(name)
    for item in items:
        numbers = [f"{value:,.6g}" for value in (item.low, item.value, item.high)]
        table.add_row(escape(item.path), *numbers, escape(item.unit), escape(item.source), item.grade)
    screen.print(table)
    screen.print()
