"""``watermelon scenarios``: what is shipped."""

from __future__ import annotations

import click

from watermelon.cli.options import as_json


@click.command("scenarios", epilog="Example:  watermelon scenarios --json")
@as_json()
def command(json_wanted: bool) -> None:
    """List the shipped bases and overrides.

    A base is a whole organisation; an override is a set of changes that applies to any base.
    """
    from scenarios import catalogue
    from watermelon.cli.output import console, print_json

    shipped = catalogue()
    if json_wanted:
        print_json(
            {
                "scenarios": [
                    {
                        "name": item.name,
                        "kind": item.kind,
                        "title": item.title,
                        "changes": list(item.changes),
                    }
                    for item in shipped
                ]
            }
        )
        return
    from rich.markup import escape
    from rich.table import Table

    screen = console()
    for kind, heading in (
        ("base", "Bases: whole organisations"),
        ("override", "Overrides: changes to any base"),
    ):
        screen.print(f"[bold]{heading}[/bold]")
        table = Table(box=None, pad_edge=False)
        table.add_column("name", style="bold", no_wrap=True)
        table.add_column("title")
        table.add_column("changes")
        for item in shipped:
            if item.kind == kind:
                table.add_row(item.name, escape(item.title), escape("; ".join(item.changes)))
        screen.print(table)
        screen.print()
    screen.print("Combine them as BASE+override+override, for example: watermelon run small+automation -r 5")
