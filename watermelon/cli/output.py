"""What commands print: one JSON document, or tables for people; notes go to standard error."""

from __future__ import annotations

import json
import math
import sys
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console

WIDTH_OF_FILES = 120
WIDTH_OF_COLUMN = 44


def console(columns: int = 1) -> Console:
    """Standard output for people: as wide as the terminal; without one, as ``columns`` scenarios need."""
    from rich.console import Console

    class Screen(Console):
        """A console that lets the command know when its reader has gone."""

        def on_broken_pipe(self) -> None:
            """Leave it to the group of commands, as for all other output."""
            raise BrokenPipeError

    if sys.stdout.isatty():
        return Screen(highlight=False)
    return Screen(highlight=False, width=max(WIDTH_OF_FILES, WIDTH_OF_COLUMN * (1 + columns)))


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
