"""What a user did wrong, in one sentence that says what would be accepted."""

from __future__ import annotations

import contextlib
import difflib
import os
import sys
from collections.abc import Iterable

import click

INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it."""


def nearest(name: str, known: Iterable[str]) -> str:
    """End of a sentence about an unknown name: the nearest one known, or all of them if none is near."""
    names = list(known)
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    if close:
        return f"; did you mean '{close[0]}'?"
    return f"; there are: {', '.join(names)}"


def sentence_of(mistake: Exception) -> str | None:
    """One sentence for a mistake of the user's; None for one of ours, which deserves its traceback."""
    if isinstance(mistake, click.ClickException):
        return _usage(mistake)
    if type(mistake).__name__ == "BadInput":  # known by name: importing its room would slow every start
        return str(mistake)
    if isinstance(mistake, OSError) and mistake.errno is not None:
        place = f"{mistake.filename}: " if mistake.filename else ""
        return f"{place}{(mistake.strerror or str(mistake)).lower()}"
    if isinstance(mistake, MemoryError):
        return "not enough memory; use fewer --jobs or a shorter --until"
    return None


def silence_output() -> None:
    """Let nothing more be written: the reader of our output has gone."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _usage(mistake: click.ClickException) -> str:
    """Words for what click found, with the nearest option and the way to the help."""
    context = getattr(mistake, "ctx", None)
    if isinstance(mistake, click.NoSuchOption):
        known = [] if context is None else _options(context.command)
        text = f"no option {mistake.option_name}{nearest(mistake.option_name, known)}"
    elif isinstance(mistake, click.MissingParameter):
        text = f"{_named(mistake.param) or 'an argument'} is missing"
    elif isinstance(mistake, click.BadParameter):
        text = f"{_named(mistake.param)} {_lowered(mistake.message)}".strip()
    else:
        text = _lowered(mistake.format_message())
    text = text.rstrip(".")
    return text if context is None else f"{text} (see `{context.command_path} --help`)"


def _named(param: click.Parameter | None) -> str:
    """An option by its longest name, an argument as the help shows it."""
    if param is None:
        return ""
    return max(param.opts, key=len) if isinstance(param, click.Option) else param.human_readable_name


def _options(command: click.Command) -> list[str]:
    return ["--help", *(name for param in command.params for name in param.opts if name.startswith("-"))]


def _lowered(text: str) -> str:
    """The text as part of a sentence; names in capitals stay."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
