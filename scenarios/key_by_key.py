"""How two scenarios differ, key by key: value before and after, and where each change is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scenarios.describe import flat
from scenarios.errors import shown
from scenarios.merged import Applied
from scenarios.quantities import Quantity
from scenarios.wording import ranged

if TYPE_CHECKING:
    from scenarios.describe import Difference
    from scenarios.scenario import Scenario

Values = dict[str, Quantity | str]


@dataclass(frozen=True, slots=True)
class KeyChange:
    """One key: its values as text with unit and range, empty where a scenario has no such key.

    ``place`` is file and line of what brought the change, ``--set`` or ``default`` (nobody wrote it); ``by``
    is what is written there; ``source`` and ``grade`` are those of that number.
    """

    path: str
    before: str
    after: str
    unit: str
    place: str
    by: str = ""
    source: str = ""
    grade: str = ""

    @property
    def origin(self) -> str:
        """Where it comes from, in one line."""
        written = " ".join(part for part in (self.place, self.by) if part)
        founded = f"{self.source} {self.grade}".strip()
        return f"{written}, {founded}" if founded else written


def key_by_key(scenario: Scenario, base: Scenario, found: list[Difference]) -> list[KeyChange]:
    """Every key behind differences; of a thing that only one scenario has, each of its keys."""
    here, there = dict(flat(scenario.merged.plain)), dict(flat(base.merged.plain))
    rows: list[KeyChange] = []
    for difference in found:
        for item in difference.keys:
            if difference.override in ("", "--set"):
                rows += written(scenario, base, item, here, there)
            else:
                rows.append(changed(base if difference.is_gone else scenario, item))
    return rows


def written(
    scenario: Scenario, base: Scenario, item: Applied, here: Values, there: Values
) -> Iterator[KeyChange]:
    """A key that two bases have written differently, or all keys below a thing that one of them lacks."""
    below = f"{item.path}."
    one = item.path in here or item.path in there
    paths = [item.path] if one else [path for path in {**there, **here} if path.startswith(below)]
    for path in paths:
        old, new = there.get(path), here.get(path)
        told, side = (new, scenario) if new is not None else (old, base)
        units = {value.unit for value in (old, new) if isinstance(value, Quantity)}
        place, source, grade = side.merged.document.place(tuple(path.split("."))), "", ""
        if isinstance(told, Quantity):
            place = place if told.given else "default"
            source, grade = told.source, told.grade
        unit = units.pop() if len(units) == 1 else ""
        yield KeyChange(path, text_of(old), text_of(new), unit, place, source=source, grade=grade)


def changed(side: Scenario, item: Applied) -> KeyChange:
    """A key that a change of an override or of a scenario file moves."""
    place = by = source = grade = ""
    for layer in side.layers:
        if layer.name == item.origin:
            number = int(item.change.rpartition("#")[2]) - 1
            change = layer.file.changes[number]
            place = layer.document.place(("changes", number, change.kind))
            by = f"{change.kind} {shown(change.to if change.kind == 'set' else change.by)}"
    for op in side.merged.ops.get(item.path, ()):
        if op.draw == item.change:
            by, source, grade = f"{op.kind} {ranged(op.amount)}", op.amount.source, op.amount.grade
    leaf = side.merged.leaves.get(item.path)
    unit = "" if leaf is None else leaf.quantity.unit
    return KeyChange(item.path, item.before, item.after, unit, place, by, source, grade)


def text_of(value: Quantity | str | None) -> str:
    """A value as text; empty where there is none."""
    if value is None:
        return ""
    return ranged(value) if isinstance(value, Quantity) else value
