"""Values written into the raw text of a base: ``--set``, and changes of what is fixed for a whole run."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from scenarios.check import check
from scenarios.errors import BadInput, Problem, shown
from scenarios.merged import Applied
from scenarios.read import Document, Path_, dotted, parse
from scenarios.schema.base import Base
from scenarios.selection import SelectorError, select
from scenarios.tree import leaves_of
from scenarios.validate import validate

Write = tuple[Path_, Any, str]
"""Path, raw value, and the place where it was written (``--set``, or file and line)."""


INSTEAD: dict[Path_, Path_] = {("weeks",): ("hours",), ("hours",): ("weeks",)}
"""Keys that replace each other."""


def put(data: dict[str, Any], path: Path_, value: Any) -> None:
    """Write a value into raw data, making the mappings on the way."""
    here: Any = data
    for key, after in pairwise(path):
        if isinstance(here, dict):
            if not isinstance(here.get(key), dict | list):
                here[key] = [] if isinstance(after, int) else {}
            here = here[key]
        elif isinstance(here, list) and isinstance(key, int) and key < len(here):
            here = here[key]
        else:
            return
    if isinstance(here, dict):
        here[path[-1]] = value


def base_with(document: Document, writes: Sequence[Write]) -> tuple[Base, Document]:
    """Validate a base after writing values into it.

    Raises
    ------
    BadInput
        With every problem; one that stands elsewhere, in a base that was sound before, names the write.
    """
    data = copy.deepcopy(document.data)
    places = dict(document.places)
    for path, value, place in writes:
        put(data, path, value)
        if path in INSTEAD:
            data.pop(str(INSTEAD[path][0]), None)
        for known in [known for known in places if known[: len(path)] == path]:
            del places[known]
        places[path] = place
    changed = Document(document.name, data, places, document.folder)
    try:
        base = validate(Base, changed)
        check(base, changed)
    except BadInput as mistake:
        raise BadInput(*[blamed(problem, writes) for problem in mistake.problems]) from None
    return base, changed


def blamed(problem: Problem, writes: Sequence[Write]) -> Problem:
    """A problem with the write that brought it about: the one at its place, or the nearest in the tree."""
    if not writes or problem.place in {place for _, _, place in writes}:
        return problem
    path, raw, place = max(writes, key=lambda write: common(dotted(write[0]), problem.path))
    subject = problem.path if problem.value is None else f"{problem.path} = {problem.value}"
    where = " ".join(part for part in (problem.place, subject) if part)
    return Problem(place, dotted(path), shown(raw), f"then {where} {problem.text}")


def common(one: str, other: str) -> int:
    """How many letters two texts have in common at their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (a, b) in pairs if a != b), min(len(one), len(other)))


def read_set(text: str) -> tuple[str, Any]:
    """``PATH=VALUE`` of the command line."""
    selector, sign, value = text.partition("=")
    while sign and selector.count("[") > selector.count("]"):
        more, sign, value = value.partition("=")
        selector += "=" + more
    if not sign or not selector.strip() or not value.strip():
        raise BadInput(f"--set {shown(text)}: must be PATH=VALUE, such as --set teams.desk.seats=12")
    raw, _ = parse(value.strip(), f"--set {selector.strip()}")
    return selector.strip(), raw


def set_writes(base: Base, sets: Sequence[str]) -> list[Write]:
    """Writes for all ``--set``.

    Raises
    ------
    BadInput
        If one can't be read, matches nothing, or changes a key that another one changes.
    """
    writes: list[Write] = []
    changed_by: dict[Path_, int] = {}
    for number, text in enumerate(sets):
        selector, raw = read_set(text)
        try:
            found, hint = select(base, selector, unset=True)
        except SelectorError as error:
            raise BadInput(f"--set {shown(selector)}: {error}") from None
        if not found:
            why = hint or "it matches nothing in this base"
            raise BadInput(f"--set {shown(selector)}: {why}")
        for path, _ in found:
            first = changed_by.setdefault(min(path, INSTEAD.get(path, path)), number)
            if first != number:
                raise BadInput(
                    f"--set {shown(text)}: changes {dotted(path)}, which --set {shown(sets[first])} changes "
                    "too; keep one of them"
                )
            writes.append((path, raw, "--set"))
    return writes


def set_records(before: Base, after: Base, writes: Sequence[Write]) -> Iterator[Applied]:
    """Old and new values of ``--set``."""
    old, new = leaves_of(before), leaves_of(after)
    for path, raw, _ in writes:
        name = dotted(path)
        was = old[name].quantity.text() if name in old else shown(value_of(before, path))
        now = new[name].quantity.text() if name in new else shown(raw)
        yield Applied(name, was, now, "always", "--set", "", "--set")


def value_of(base: Base, path: Path_) -> object:
    """Value of a key that is not a quantity."""
    found, _ = select(base, dotted(path), unset=True)
    value = found[0][1] if found else None
    return value.isoformat() if isinstance(value, date) else value
