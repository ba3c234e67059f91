"""What a user did wrong, in one sentence that says what would be accepted."""

from __future__ import annotations

import contextlib
import difflib
import os
import re
import sys
from collections.abc import Iterable

import click

INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it."""

NEAR = 0.6
"""Likeness from which a name is taken for a slip of another one; 1 is the same."""

MEANT = {
    "--out": "output output-dir output-folder outdir dir directory folder file save dest destination results",
    "--replications": "runs repeats repetitions iterations samples simulations plays trials reps n",
    "--jobs": "threads workers cores processes parallel cpus cpu",
    "--until": "hours weeks days horizon duration length",
    "--seed": "random random-seed rng luck",
    "--set": "change override param parameter define",
    "--from": "start begin since after",
    "--to": "end before till until",
    "--holdout": "split train test test-size validation",
    "--mapping": "columns map format",
}
"""Option: words by which other programs call what it does."""


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
    """What was meant: an option of this command by its meaning or name, else which other command has it."""
    if context is None:
        return ""
    own = _options(context.command)
    meant = _by_meaning(option, context.command)
    if meant:
        return f"; {meant}"
    group = context.parent.command if context.parent is not None else None
    if isinstance(group, click.Group):
        # Only now: a mistake may take the time to read the other commands.
        others = [(name, group.get_command(context, name)) for name in group.list_commands(context)]
        having = [f"`watermelon {name}`" for name, other in others if other and option in _options(other)]
        if having:
            return f"; {' and '.join(having)} {'has' if len(having) == 1 else 'have'} it"
    return nearest(option, own)


def _by_meaning(option: str, command: click.Command) -> str:
    """The option of a command that does what is asked for under another name; empty if there is none.

    It writes such a file (its help, or that of the command, names one with this ending), other programs call
    it so, or it is an argument, and no option at all.
    """
    word = option.lstrip("-").casefold()
    ending = re.compile(rf"\b[\w-]+\.{re.escape(word)}\b")
    for param in command.params:
        file = ending.search(getattr(param, "help", None) or "")
        if isinstance(param, click.Argument) and (param.name or "").casefold() == word:
            return f"{param.human_readable_name} is written without it"
        if file and isinstance(param, click.Option):
            return f"did you mean '{max(param.opts, key=len)}', which is for {file.group()}?"
    own = _options(command)
    file = ending.search(command.help or "")
    if file and "--out" in own:
        return f"did you mean '--out', which is for {file.group()}?"
    named = next((name for name, words in MEANT.items() if name in own and word in words.split()), None)
    return f"did you mean '{named}'?" if named else ""


def _options(command: click.Command) -> list[str]:
    return ["--help", *(name for param in command.params for name in param.opts if name.startswith("-"))]


def _lowered(text: str) -> str:
    """The text as part of a sentence; names in capitals stay."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
