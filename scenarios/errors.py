"""Mistakes in scenario files, told to the person who wrote them: place, value, what is allowed."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

SHOWN = 25
"""Problems of one file that are listed; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake.

    Parameters
    ----------
    place
        Where: ``night-shift.yaml:14`` or ``--set``.
    path
        Dotted path of the key, empty for the file as a whole.
    value
        The value that was refused, as text; None if the problem is not one value.
    text
        What is allowed.
    """

    place: str
    path: str
    value: str | None
    text: str

    def __str__(self) -> str:
        subject = self.path if self.value is None else f"{self.path} = {self.value}"
        return " ".join(part for part in (self.place, subject) if part) + f": {self.text}"


class BadInput(ValueError):  # noqa: N818 (it reads better where it is raised)
    """A user's mistake; ``str()`` is what to show, one sentence a line. Commands end with exit code 2."""

    def __init__(self, *problems: Problem | str) -> None:
        self.problems = tuple(
            problem if isinstance(problem, Problem) else Problem("", "", None, problem)
            for problem in problems
        )
        super().__init__(str(self))

    def __str__(self) -> str:
        lines = [str(problem).removeprefix(": ") for problem in self.problems[:SHOWN]]
        if len(self.problems) > SHOWN:
            lines.append(f"... and {len(self.problems) - SHOWN} more like these")
        return "\n".join(lines)


def nearest(word: str, words: Iterable[str]) -> str:
    """Return `` (did you mean X?)`` for the nearest of ``words``, or an empty text."""
    known = {str(item).casefold(): item for item in words}
    found = difflib.get_close_matches(str(word)[:80].casefold(), list(known), n=1, cutoff=0.6)
    return f" (did you mean {known[found[0]]}?)" if found else ""


def listed(words: Iterable[str], most: int = 12) -> str:
    """Words as ``a, b or c``; long lists are cut."""
    items = list(words)
    if not items:
        return "nothing"
    if len(items) > most:
        return ", ".join(items[:most]) + ", ..."
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " or " + items[-1]


def shown(value: object, most: int = 60) -> str:
    """A refused value as short text."""
    if isinstance(value, bool):
        text = "true" if value else "false"
    elif value is None:
        text = "(empty)"
    elif isinstance(value, float):
        text = f"{value:.12g}"
    elif isinstance(value, dict):
        text = "{" + ", ".join(f"{key}: {shown(item, 20)}" for key, item in list(value.items())[:4]) + "}"
    elif isinstance(value, list):
        text = "[" + ", ".join(shown(item, 20) for item in value[:4]) + (", ...]" if len(value) > 4 else "]")
    else:
        told = getattr(value, "text", None)
        try:
            text = str(told() if callable(told) else value)
        except ValueError:
            text = "a number of thousands of digits"
    text = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    if not text:
        text = "(empty)"
    return text if len(text) <= most else text[: most - 3] + "..."
