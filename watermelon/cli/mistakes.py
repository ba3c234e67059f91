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

NEAR = 0.6
"""Likeness from which a name is taken for a slip of another one; 1 is the same."""


def nearest(name: str, known: Iterable[str]) -> str:
    """End of a sentence about an unknown name: the nearest one known, or all of them if none is near."""
    # Dashes are no likeness; of short names even one letter in common looks like much.
    names = {item.lstrip("-"): item for item in known if len(item.lstrip("-")) > 1}
    close = difflib.get_close_matches(name.lstrip("-").casefold(), list(names), n=1, cutoff=NEAR)
    if close:
        return f"; did you mean '{names[close[0]]}'?"
    return f"; there are: {', '.join(names.values())}"


def sentence_of(mistake: Exception) -> str | None:
    """One sentence for a mistake of the user's; None for one of ours, which deserves its traceback."""
    if isinstance(mistake, click.ClickException):
        return _usage(mistake)
    if type(mistake).__name__ == "BadInput":  # known by name: importing its room would slow every start
        return str(mistake)
    if isinstance(mistake, OSError) and mistake.errno is not None:
        place = f"{mistake.filename}: " if mistake.filename else ""
        return f"{place}{(mistake.strerror or str(mistake)).lower()}"
    if type(mistake) is MemoryError and mistake.args:
        return str(mistake)
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
        text = f"no option {mistake.option_name}{_instead(mistake.option_name, context)}"
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


def _instead(option: str, context: click.Context | None) -> str:
    """Which command has an option that this one has not, else the nearest option of this one."""
    if context is None:
        return ""
    group = context.parent.command if context.parent is not None else None
    if isinstance(group, click.Group):
        # Only now: a mistake may take the time to read the other commands.
        others = [(name, group.get_command(context, name)) for name in group.list_commands(context)]
        having = [f"`watermelon {name}`" for name, other in others if other and option in _options(other)]
        if having:
            return f"; {' and '.join(having)} {'has' if len(having) == 1 else 'have'} it"
    return nearest(option, _options(context.command))


def _options(command: click.Command) -> list[str]:
    return ["--help", *(name for param in command.params for name in param.opts if name.startswith("-"))]


def _lowered(text: str) -> str:
    """The text as part of a sentence; names in capitals stay."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
