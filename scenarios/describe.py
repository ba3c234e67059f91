"""A scenario in words: how it differs from another, its assumptions as a table, its file format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import BaseModel

from scenarios.errors import shown
from scenarios.merged import Applied
from scenarios.quantities import Quantity
from scenarios.schema.files import json_schema
from scenarios.wording import change_text, group_text

if TYPE_CHECKING:
    from scenarios.scenario import Scenario

__all__ = ["Difference", "assumption_rows", "changes_in_words", "differences", "json_schema", "show"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference in business words; ``paths`` are the keys it is about."""

    text: str
    paths: tuple[str, ...]
    old: str
    new: str
    when: str
    why: str = ""
    override: str = ""


def flat(value: object, path: str = "") -> Iterable[tuple[str, str]]:
    """Every single value of a base with its path, as text."""
    if isinstance(value, Quantity):
        yield path, value.text()
    elif isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            key = field.alias or name
            yield from flat(getattr(value, name), f"{path}.{key}" if path else key)
        for key, item in (value.__pydantic_extra__ or {}).items():
            yield from flat(item, f"{path}.{key}")
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from flat(item, f"{path}.{key}")
    elif value is not None and value != []:
        yield path, shown(value)


def differences(scenario: Scenario, base: Scenario) -> list[Difference]:
    """How a scenario differs from another: first in what is written down, then in what changes it."""
    ours, theirs = dict(flat(scenario.merged.base)), dict(flat(base.merged.base))
    skipped = ("sources.", "title", "story", "learnt.")
    found = []
    for path in [*theirs, *(path for path in ours if path not in theirs)]:
        old, new = theirs.get(path, ""), ours.get(path, "")
        if old == new or path.startswith(skipped):
            continue
        item = Applied(path, old or "nothing", new or "nothing", "always", "", "", path)
        where = scenario if path in ours else base
        found.append(Difference(change_text(where.merged.base, item), (path,), old, new, "always"))
    return found + changes_apart(scenario, base)


def changes_apart(scenario: Scenario, base: Scenario) -> list[Difference]:
    """Changes on the timeline that only one of the two has; one sentence for each change of a file."""
    own = [item for item in scenario.merged.applied if item.origin != "--set"]
    other = [item for item in base.merged.applied if item.origin != "--set"]
    found = [difference(scenario, items) for items in grouped(own, other)]
    for items in grouped(other, own):
        gone = difference(base, items)
        found.append(Difference(f"Not here: {gone.text}", gone.paths, gone.new, gone.old, gone.when))
    return found


def grouped(items: list[Applied], without: list[Applied]) -> list[list[Applied]]:
    """Applied changes by the change of a file they come from, but for those that are in ``without`` too."""
    known = {(item.change, item.path, item.before, item.after, item.when) for item in without}
    groups: dict[str, list[Applied]] = {}
    for item in items:
        if (item.change, item.path, item.before, item.after, item.when) not in known:
            groups.setdefault(item.change, []).append(item)
    return list(groups.values())


def difference(scenario: Scenario, items: list[Applied]) -> Difference:
    """One change of a file as a difference."""
    first = items[0]
    return Difference(
        group_text(scenario.merged.base, items),
        tuple(item.path for item in items),
        first.before,
        first.after,
        first.when,
        first.why,
        first.origin,
    )


def changes_in_words(scenario: Scenario) -> list[Difference]:
    """What a scenario changes: one sentence for each change of a file, with its reason."""
    return [difference(scenario, items) for items in grouped(list(scenario.merged.applied), [])]


def assumption_rows(scenario: Scenario, *, decided: bool = False) -> list[tuple[str, ...]]:
    """Rows of the table of assumptions: path, low, most likely, high, unit, source, grade."""
    return [
        (
            item.path,
            f"{item.low:,.6g}",
            f"{item.value:,.6g}",
            f"{item.high:,.6g}",
            item.unit,
            item.source,
            item.grade,
        )
        for item in scenario.assumptions
        if item.decided == decided
    ]


def show(scenario: Scenario) -> str:
    """A scenario as plain text: what it changes, and its assumptions."""
    lines = [f"{scenario.title} ({scenario.name})", ""]
    if scenario.changes:
        lines += ["Changes"]
        lines += [f"  {item.text}" for item in changes_in_words(scenario)] + [""]
    header = ("assumption", "low", "most likely", "high", "unit", "source", "grade")
    for heading, decided in (("Assumptions", False), ("Decided by the organisation", True)):
        rows = assumption_rows(scenario, decided=decided)
        if rows:
            lines += [heading, *table([header, *rows]), ""]
    lines += ["Sources", *(f"  {key}: {text}" for key, text in scenario.sources.items())]
    return "\n".join(lines)


def table(rows: list[tuple[str, ...]]) -> list[str]:
    """Rows as aligned text; numbers to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  "
        + "  ".join(
            cell.rjust(width) if column in (1, 2, 3) else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
