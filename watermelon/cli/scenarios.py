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
    from watermelon.cli.output import console, listed, print_json

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

    screen = console()
    for family, heading in (
        ("base", "Bases: whole organisations"),
        ("override", "Overrides: changes to any base"),
        ("dial", "Dials: one cause of misalignment each, at a bad level (overrides too)"),
        ("remedy", "Remedies: what can be done about it (overrides too)"),
        ("story", "Stories: what the texts behind this project tell, to be played (overrides too)"),
    ):
        screen.print(f"[bold]{heading}[/bold]")
        for item in shipped:
            if item.family == family:
                screen.print(f"\n[bold]{item.name}[/bold]: {escape(item.title)}")
                if item.changes:
                    screen.print(listed(map(escape, item.changes)))
        screen.print()
    screen.print("A reason that several give has in brackets by how much each of them changes it.")
    screen.print("Combine them as BASE+override+override, for example: watermelon run small+automation -r 5")
