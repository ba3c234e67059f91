"""Read YAML 1.2 into plain data, knowing the line of every key.

Only what a scenario needs: mappings, lists and scalars. Tags, anchors, several documents and repeated keys
are refused, so a file means exactly what it shows. Dates and times stay text: the schema reads them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from scenarios.errors import BadInput, Problem, nearest, shown

Key = str | int
Path_ = tuple[Key, ...]

DEEPEST = 24
LARGEST_BYTES = 8_000_000

INTEGER = re.compile(r"[-+]?[0-9]+")
FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
NULLS = {"", "~", "null", "Null", "NULL"}


def dotted(path: Path_) -> str:
    """``("teams", "desk", "seats")`` as ``teams.desk.seats``; list positions as ``changes[2]``."""
    text = ""
    for key in path:
        if isinstance(key, int):
            text += f"[{key + 1}]"
        else:
            text += f".{key}" if text else key
    return text


@dataclass
class Document:
    """A file as plain data; ``places`` knows the place (``file:line``) of every key."""

    name: str
    data: dict[str, Any]
    places: dict[Path_, str] = field(default_factory=dict)
    folder: Path | None = None

    def place(self, path: Path_) -> str:
        """Place of a key, or of the nearest key above it."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.places:
                return self.places[path[:length]]
        return self.name

    def problem(self, path: Path_, value: object, text: str) -> Problem:
        """A problem with the value at ``path``."""
        return Problem(self.place(path), dotted(path), shown(value), text)


def scalar(text: str) -> Any:
    """Value of a plain (unquoted) scalar by the core schema of YAML 1.2.

    Source: YAML 1.2.2 (2021), section 10.3.2 (tag resolution).
    """
    if text in NULLS:
        return None
    if text in BOOLEANS:
        return BOOLEANS[text]
    if INTEGER.fullmatch(text) and len(text) < 300:
        return int(text)
    if FLOAT.fullmatch(text):
        return float(text)
    return text


class Reader:
    """Builds plain data from the parser's events and collects what is wrong on the way."""

    def __init__(self, name: str, events: Iterator[Event]) -> None:
        self.name = name
        self.events = events
        self.places: dict[Path_, str] = {}
        self.problems: list[Problem] = []

    def place(self, event: Event) -> str:
        """File and line of an event."""
        return f"{self.name}:{event.start_mark.line + 1}"

    def refuse(self, event: Event, path: Path_, text: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(self.place(event), dotted(path), None, text))

    def value(self, event: Event, path: Path_) -> Any:
        """Value that begins with ``event``."""
        if isinstance(event, AliasEvent):
            self.refuse(event, path, "anchors and aliases (&, *) are not used here; write the value out")
            return None
        if getattr(event, "anchor", None):
            self.refuse(event, path, "anchors and aliases (&, *) are not used here; write the value out")
        if getattr(event, "tag", None) is not None:
            self.refuse(event, path, "tags (!) are not used here; write the plain value")
        if len(path) > DEEPEST:
            raise BadInput(Problem(self.place(event), "", None, f"is nested deeper than {DEEPEST} levels"))
        if isinstance(event, MappingStartEvent):
            return self.mapping(path)
        if isinstance(event, SequenceStartEvent):
            return self.sequence(path)
        if isinstance(event, ScalarEvent):
            return scalar(event.value) if event.style is None and event.implicit[0] else event.value
        return None

    def mapping(self, path: Path_) -> dict[str, Any]:
        """A mapping whose start was just read."""
        data: dict[str, Any] = {}
        while not isinstance(event := next(self.events), MappingEndEvent):
            if not isinstance(event, ScalarEvent):
                self.refuse(event, path, "a key must be a plain word")
                self.value(event, (*path, "?"))
                self.value(next(self.events), (*path, "?"))
                continue
            key = str(event.value)
            here = (*path, key)
            if key in data:
                first = self.places[here]
                self.refuse(event, here, f"is written twice (first at {first}); keep one of them")
                self.value(next(self.events), here)
                continue
            if getattr(event, "anchor", None):
                self.refuse(event, here, "anchors and aliases (&, *) are not used here; write the value out")
            self.places[here] = self.place(event)
            data[key] = self.value(next(self.events), here)
        return data

    def sequence(self, path: Path_) -> list[Any]:
        """A list whose start was just read."""
        data: list[Any] = []
        while not isinstance(event := next(self.events), SequenceEndEvent):
            here = (*path, len(data))
            self.places[here] = self.place(event)
            data.append(self.value(event, here))
        return data


def explain(name: str, error: YAMLError) -> BadInput:
    """A syntax error as one sentence."""
    if not isinstance(error, MarkedYAMLError):
        reason = getattr(error, "reason", None) or "cannot be read as YAML"
        return BadInput(Problem(name, "", None, f"is not a YAML text: {shown(reason)}"))
    mark = error.problem_mark or error.context_mark
    place = name if mark is None else f"{name}:{mark.line + 1}"
    text = shown(error.problem or error.context or "cannot be read", 100)
    if "'\\t'" in text or "tab" in text:
        text = "YAML is indented with spaces; there is a tab here"
    elif "expected alphabetic or numeric character" in text or "expected ',' or '}'" in text:
        text = (
            "a { or [ that is not closed, or a special character within {} that needs quotes, as in "
            "{plus: 'teams[*].seats', by: 1}"
        )
    elif "mapping values are not allowed" in text or "expected <block end>" in text:
        text = "a second colon, or a line with the wrong indentation (put text with colons in quotes)"
    return BadInput(Problem(place, "", None, f"is not valid YAML: {text}"))


def parse(text: str, name: str) -> tuple[Any, dict[Path_, str]]:
    """Any YAML value from a text, with the places of its keys.

    Raises
    ------
    BadInput
        With every problem of reading that was found.
    """
    try:
        events = YAML(typ="safe", pure=True).parse(text)
        reader = Reader(name, iter(events))
        data: Any = None
        documents = 0
        for event in reader.events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    reader.refuse(event, (), "holds several documents (---); one is allowed")
                    break
                data = reader.value(next(reader.events), ())
    except BadInput:
        raise
    except YAMLError as error:
        raise explain(name, error) from None
    except (ValueError, IndexError, TypeError, AttributeError, AssertionError, RecursionError, StopIteration):
        # What the parser itself trips over is still a mistake in the file, not one of ours.
        raise BadInput(Problem(name, "", None, "is not valid YAML")) from None
    if reader.problems:
        raise BadInput(*reader.problems)
    return data, reader.places


def read_text(text: str, name: str, folder: Path | None = None) -> Document:
    """A document from YAML text; its top must be a mapping."""
    data, places = parse(text, name)
    if data is None:
        raise BadInput(Problem(name, "", None, "is empty; a scenario begins with `watermelon: 1`"))
    if not isinstance(data, dict):
        raise BadInput(Problem(name, "", None, "must be keys with values; it begins with `watermelon: 1`"))
    return Document(name, data, places, folder)


def check_there(path: Path) -> None:
    """Ask that there is a file at ``path``.

    Raises
    ------
    BadInput
        If there is nothing, or a folder.
    """
    try:
        folder, there = path.is_dir(), path.exists()
        siblings = list(path.parent.glob("*.y*ml")) if path.parent.is_dir() else []
    except (OSError, ValueError):
        return  # reading it says why
    if folder:
        raise BadInput(Problem(str(path), "", None, "is a folder; name a .yaml file in it"))
    if not there:
        # Endings are alike anyway.
        near = [item.name for item in siblings if nearest(path.stem, [item.stem])]
        raise BadInput(Problem(str(path), "", None, f"no such file{nearest(path.name, near)}"))


def read_file(path: Path) -> Document:
    """A document from a file.

    Raises
    ------
    BadInput
        If the file cannot be opened, is not UTF-8 text or not YAML.
    """
    name = path.name
    check_there(path)
    try:
        raw = path.read_bytes() if path.stat().st_size <= LARGEST_BYTES else None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadInput(Problem(shown(path, 200), "", None, f"cannot be opened: {reason}")) from None
    if raw is None:
        raise BadInput(Problem(name, "", None, f"is larger than {LARGEST_BYTES // 1_000_000} MB"))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise BadInput(
            Problem(f"{name}:{line}", "", None, "is not UTF-8 text; save it as UTF-8 YAML")
        ) from None
    return read_text(text, name, path.parent)
