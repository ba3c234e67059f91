"""The library of shipped scenarios, and how a name becomes a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from scenarios.errors import BadInput, Problem, listed, nearest, shown
from scenarios.read import Document, read_file
from scenarios.schema.base import Base
from scenarios.schema.files import Change, Override, ScenarioFile
from scenarios.validate import validate

Kind = Literal["base", "override", "scenario"]
Family = Literal["base", "override", "dial", "remedy", "story"]
KINDS: tuple[Kind, ...] = ("base", "override", "scenario")
LIBRARY = Path(__file__).resolve().parent / "library"
FAMILIES: dict[str, Family] = {
    "base": "base",
    "overrides": "override",
    "dials": "dial",
    "remedies": "remedy",
    "stories": "story",
}
"""Folders of the library, and under which heading their files are listed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A shipped scenario; ``changes`` are one line each.

    ``family`` tells overrides apart: a whole what-if, a dial (one cause of misalignment at a bad level), a
    remedy, or a story that the defining texts tell. For everything but lists and pages they are the same.
    """

    name: str
    kind: Kind
    title: str
    changes: tuple[str, ...]
    family: Family


def shipped() -> dict[str, Path]:
    """Names of shipped scenarios and their files, bases first."""
    return {path.stem: path for folder in FAMILIES for path in sorted((LIBRARY / folder).glob("*.yaml"))}


def is_path(name: str) -> bool:
    """Whether a name means a file of the user."""
    return "/" in name or "\\" in name or name.endswith((".yaml", ".yml"))


def find(name: str, folder: Path | None = None) -> Path:
    """File of a shipped name, or of a path (relative to ``folder`` if it is given).

    Raises
    ------
    BadInput
        If there is no such scenario.
    """
    library = shipped()
    name = name.strip()
    if name in library:
        return library[name]
    path = Path(name) if folder is None else folder / name
    try:
        exists = bool(name) and path.is_file()
    except (OSError, ValueError):
        exists = False
    if not exists and path.stem in library and path.suffix in (".yaml", ".yml"):
        raise BadInput(f"{shown(name)}: no such file (did you mean {path.stem}, which is shipped?)")
    if exists or (name and is_path(name)):
        return path
    near = nearest(name, library)
    names = listed(library, 5 if near else 40)
    raise BadInput(f"{shown(name)} is no scenario{near}; there is {names}, or name a .yaml file")


def document_of(name: str, folder: Path | None = None) -> Document:
    """Read a shipped scenario or a file."""
    return read_file(find(name, folder))


def kind_of(document: Document) -> Kind:
    """What a file is.

    Raises
    ------
    BadInput
        If it does not say so.
    """
    kind = document.data.get("kind")
    for known in KINDS:
        if kind == known:
            return known
    text = f"must be {listed(KINDS)}{nearest(str(kind), KINDS)}"
    if "kind" in document.data:
        raise BadInput(document.problem(("kind",), kind, text))
    raise BadInput(Problem(document.name, "kind", None, f"is missing; it {text}"))


def catalogue() -> list[Entry]:
    """All shipped scenarios, bases first; a reason that several give has by how much each changes it."""
    entries, files = [], {}
    for name, path in shipped().items():
        document = read_file(path)
        kind, family = kind_of(document), FAMILIES[path.parent.name]
        if kind == "base":
            entries.append(Entry(name, kind, validate(Base, document).title, (), family))
            continue
        file = validate(Override if kind == "override" else ScenarioFile, document)
        files[name] = reasons(file.changes)
        entries.append(Entry(name, kind, file.title, (), family))
    return [replace(entry, changes=told_apart(entry.name, files)) for entry in entries]


def reasons(changes: Iterable[Change]) -> dict[str, str]:
    """Reasons of changes, each once, and by how much it changes what it is about: ``times 0.3``."""
    found: dict[str, dict[str, list[str]]] = {}
    for change in changes:
        value = change.to if change.kind == "set" else change.by
        amount = value.get("mode") if isinstance(value, dict) else str(value).split(" (")[0]
        sizes = found.setdefault(change.why or f"{change.kind} {change.selector}", {})
        sizes.setdefault("to" if change.kind == "set" else change.kind, []).append(f"{amount}")
    return {
        why: ", ".join(f"{word} {' and '.join(dict.fromkeys(all_of))}" for word, all_of in sizes.items())
        for why, sizes in found.items()
    }


def told_apart(name: str, files: Mapping[str, Mapping[str, str]]) -> tuple[str, ...]:
    """Lines of one scenario; those that others have too say by how much, here and there."""
    lines = []
    for why, size in files.get(name, {}).items():
        others = {other: found[why] for other, found in files.items() if other != name and why in found}
        same = [other for other, found in others.items() if found == size]
        told = [size + f", as in {listed(same)}" if same else size]
        told += [f"{other}: {found}" for other, found in others.items() if found != size]
        lines.append(f"{why} ({'; '.join(told)})" if others else why)
    return tuple(lines)
