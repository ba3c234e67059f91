"""``watermelon show``: what a scenario is made of."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from watermelon.cli.options import Change, Hours, as_json

if TYPE_CHECKING:
    from rich.console import Console

    from scenarios import Assumption, Scenario
    from scenarios.describe import Difference
    from scenarios.key_by_key import KeyChange
    from scenarios.schema.base import Base

LONGEST_PATH = 32
"""Letters of a key on one line."""


@click.command("show", epilog="Example:  watermelon show small+automation --diff small")
@click.argument("scenario", required=False)
@click.option(
    "--diff",
    metavar="BASE",
    help="Show only how SCENARIO differs from BASE: in plain words, then key by key.",
)
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
    from scenarios.describe import differences
    from scenarios.key_by_key import key_by_key
    from watermelon.cli.output import print_json, warn

    known = load(scenario, sets, until)
    for sentence in known.warnings:
        warn(sentence)
    if diff is not None:
        other = load(diff, (), until)
        found = differences(known, other)
        keys = key_by_key(known, other, found)
        document: dict[str, Any] = {
            "scenario": scenario,
            "base": diff,
            "differences": _rows(found, known.merged.base),
            "costs": _costs(found),
            "keys": [asdict(key) for key in keys],
            "sources": _sources(known, other, keys),
        }
    else:
        document = {"scenario": scenario, **_described(known)}
    if json_wanted:
        print_json(document)
    elif diff is not None:
        _show_differences(document, found, keys)
    else:
        _show(known)


def _schema() -> None:
    from scenarios.schema.files import json_schema
    from watermelon.cli.output import print_json

    print_json(json_schema())


def _described(scenario: Scenario) -> dict[str, Any]:
    """A scenario as plain data."""
    from scenarios.describe import changes_in_words

    found = changes_in_words(scenario)
    return {
        "name": scenario.name,
        "title": scenario.title,
        "text": scenario.text,
        "model_hash": scenario.digest,
        "horizon_hours": scenario.horizon / 3600,
        "warmup_hours": scenario.model().warmup / 3600,
        "since_always": list(scenario.since_always),
        "assumed": list(scenario.assumed),
        "changes": _rows(found, scenario.merged.base),
        "costs": _costs(found),
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


def _rows(differences: list[Difference], base: Base) -> list[dict[str, Any]]:
    """One row for every key that changes, so that scripts see what a sentence sums up."""
    from scenarios.wording import change_text

    return [
        {
            "path": item.path,
            "old": item.before or None,
            "new": item.after or None,
            "when": found.when,
            "text": found.text if len(found.keys) == 1 else change_text(base, item),
            "override": found.override,
            "why": found.why,
        }
        for found in differences
        for item in found.keys
    ]


def _costs(differences: list[Difference]) -> list[dict[str, Any]]:
    """What changes cost."""
    return [
        {"text": found.text, "when": found.when, "override": found.override}
        for found in differences
        if found.is_cost
    ]


def _sources(scenario: Scenario, base: Scenario, keys: list[KeyChange]) -> dict[str, str]:
    """Sources of what differs, by their names."""
    told = {**base.sources, **scenario.sources}
    return {name: told[name] for name in dict.fromkeys(key.source for key in keys) if name in told}


def _show_differences(document: dict[str, Any], found: list[Difference], keys: list[KeyChange]) -> None:
    from rich.markup import escape

    from watermelon.cli.output import console

    screen = console()
    scenario, base = escape(document["scenario"]), escape(document["base"])
    if not found:
        screen.print(f"{scenario} does not differ from {base}.")
        return
    screen.print(f"[bold]How {scenario} differs from {base}[/bold]")
    _list(screen, found)
    if keys:
        _show_keys(screen, keys)
    _show_sources(screen, document["sources"])


def _show_keys(screen: Console, keys: list[KeyChange]) -> None:
    """Every key that differs, with its values and where the change is written."""
    from rich.markup import escape
    from rich.table import Table

    from watermelon.cli.tables import broken

    table = Table(box=None, pad_edge=False)
    table.add_column("Key by key", min_width=LONGEST_PATH)
    table.add_column("before", justify="right")
    table.add_column("after", justify="right")
    table.add_column("where it comes from", overflow="fold", min_width=26)
    for key in keys:
        path = escape(broken(key.path, LONGEST_PATH))
        table.add_row(path, escape(key.before or "-"), escape(key.after or "-"), escape(key.origin))
    screen.print()
    screen.print(table)


def _show_sources(screen: Console, sources: dict[str, str]) -> None:
    from rich.markup import escape

    if sources:
        screen.print("\n[bold]Sources[/bold]")
    for key, text in sources.items():
        screen.print(f"  {escape(key)}: {escape(text)}")


def _list(screen: Console, found: list[Difference]) -> None:
    """Changes under the name of what brought them, then what they cost."""
    from rich.markup import escape

    from watermelon.cli.output import listed

    groups: dict[str, list[str]] = {}
    for item in sorted(found, key=lambda item: item.is_cost):
        heading = "What that costs" if item.is_cost else item.override or "Written down"
        why = f"\n[dim]{escape(item.why)}[/dim]" if item.why else ""
        groups.setdefault(heading, []).append(escape(item.text) + why)
    for heading, sentences in groups.items():
        screen.print(f"\n[bold]{escape(heading)}[/bold]")
        screen.print(listed(sentences))


def _show(scenario: Scenario) -> None:
    from rich.markup import escape

    from results.wording import length
    from scenarios.describe import changes_in_words
    from watermelon.cli.output import console

    screen = console()
    screen.print(f"[bold]{escape(scenario.title)}[/bold] ({escape(scenario.name)})")
    screen.print(escape(scenario.text))
    warmup = scenario.model().warmup
    before = f", after a warm-up of {length(warmup)}" if warmup else ""
    screen.print(f"Measured: {length(scenario.horizon)}{before}.\n")
    if changes := changes_in_words(scenario):
        screen.print("[bold]What is changed[/bold]", end="")
        _list(screen, changes)
        screen.print()
    if scenario.assumed:
        screen.print(f"Assumed, because no log holds it: {escape(', '.join(scenario.assumed))}.\n")
    _show_assumptions(screen, "Assumptions", [item for item in scenario.assumptions if not item.decided])
    decided = [item for item in scenario.assumptions if item.decided]
    _show_assumptions(screen, "Decided by the organisation", decided)
    _show_sources(screen, scenario.sources)


def _show_assumptions(screen: Console, heading: str, items: list[Assumption]) -> None:
    from rich.markup import escape
    from rich.table import Table

    from results.wording import plain
    from watermelon.cli.tables import broken

    if not items:
        return
    table = Table(box=None, pad_edge=False)
    table.add_column(heading, min_width=LONGEST_PATH)
    table.add_column("most likely", justify="right")
    table.add_column("low to high", justify="right")
    table.add_column("source, grade", overflow="fold")
    for item in items:
        value = f"{plain(item.value)} {item.unit}".strip()
        ends = "" if item.low == item.high else f"{plain(item.low)} to {plain(item.high)}"
        path = escape(broken(item.path, LONGEST_PATH))
        table.add_row(path, escape(value), ends, escape(f"{item.source} {item.grade}".strip()))
    screen.print(table)
    screen.print()
