"""What commands print: one JSON document, or tables for people; notes go to standard error."""

from __future__ import annotations

import json
import math
import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

WIDTH_OF_FILES = 120


def console() -> Console:
    """Standard output for people: as wide as the terminal (or COLUMNS); without one, as a page is."""
    from rich.console import Console

    class Screen(Console):
        """A console that lets the command know when its reader has gone."""

        def on_broken_pipe(self) -> None:
            """Leave it to the group of commands, as for all other output."""
            raise BrokenPipeError

    wide = None if sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdigit() else WIDTH_OF_FILES
    return Screen(highlight=False, width=wide)


def listed(sentences: Iterable[str]) -> Table:
    """Sentences as a list, their lines indented alike."""
    from rich.table import Table

    table = Table.grid(padding=(0, 1, 0, 0))
    for sentence in sentences:
        table.add_row(" -", sentence)
    return table


def print_json(document: Any) -> None:
    """Print one JSON document. Undefined numbers are null, never NaN."""
    click.echo(json_text(document), nl=False)


def json_text(document: Any) -> str:
    """JSON with an end of line, keys in their order, undefined numbers as null."""
    return json.dumps(_plain(document), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def note(sentence: str) -> None:
    """Say something that is not the result."""
    click.echo(sentence, err=True)


def warn(sentence: str) -> None:
    """Say something that may make the result other than what the user thinks."""
    click.echo(f"warning: {sentence}", err=True)


def _plain(value: Any) -> Any:
    """The value with numbers as Python's own and nan and infinity as null."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if hasattr(value, "tolist"):
        return _plain(value.tolist())
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value
