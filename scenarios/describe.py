"""A scenario in words: what it changes, and how it differs from another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pydantic import BaseModel

from scenarios.errors import shown
from scenarios.merged import Applied
from scenarios.quantities import Quantity
from scenarios.wording import (
    GROUPS,
    change_text,
    cost_text,
    cost_when,
    full_title,
    group_text,
    ranged,
    thing_text,
)

if TYPE_CHECKING:
    from scenarios.scenario import Scenario
    from scenarios.schema.base import Base

UNTOLD = ("sources.", "title", "story", "learnt.")
"""Keys that say nothing about how an organisation works."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference in business words.

    ``keys`` are the changes behind it, each with old and new value; a cost has none. ``override`` is what
    brought it: a name, ``--set``, or empty where two bases are written differently. ``is_gone``: it is the
    other scenario that has it.
    """

    text: str
    keys: tuple[Applied, ...]
    when: str
    why: str = ""
    override: str = ""
    is_cost: bool = False
    is_gone: bool = False

    @property
    def paths(self) -> tuple[str, ...]:
        """The keys it is about."""
        return tuple(item.path for item in self.keys)


def flat(value: object, path: str = "") -> Iterable[tuple[str, Quantity | str]]:
    """Every single value of a base with its path: quantities as they are, all else as text."""
    if isinstance(value, Quantity):
        yield path, value
    elif isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            key = field.alias or name
            yield from flat(getattr(value, name), f"{path}.{key}" if path else key)
        for key, item in (value.__pydantic_extra__ or {}).items():
            yield from flat(item, f"{path}.{key}")
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from flat(item, f"{path}.{key}")
    elif isinstance(value, list) and any(isinstance(item, BaseModel | Quantity | dict) for item in value):
        for number, item in enumerate(value, start=1):
            yield from flat(item, f"{path}.{number}")
    elif isinstance(value, list) and value:
        yield path, ", ".join(map(shown, value))
    elif value is not None and value != []:
        yield path, shown(value)


def differences(scenario: Scenario, base: Scenario) -> list[Difference]:
    """How a scenario differs from another: in what is written down, in what changes it, in what that costs.

    A ``--set`` is compared with what the other has written; an override's change of the same key is told
    besides, because it acts on top.
    """
    return [*written_apart(scenario, base), *changes_apart(scenario, base), *costs_apart(scenario, base)]


def written_apart(scenario: Scenario, base: Scenario) -> list[Difference]:
    """Keys that the two bases have written differently; what only one of them has is named once.

    A range counts as well: who plays with drawn assumptions, plays another scenario.
    """
    here, there = scenario.merged.plain, base.merged.plain
    ours, theirs = dict(flat(here)), dict(flat(there))
    set_here = {item.path for item in scenario.merged.applied if item.origin == "--set"}
    found: dict[str, Difference] = {}
    for path in [*theirs, *(path for path in ours if path not in theirs)]:
        old, new = texts(theirs.get(path), ours.get(path))
        if old == new or path.startswith(UNTOLD):
            continue
        section, _, rest = path.partition(".")
        name = rest.split(".")[0]
        if section in GROUPS and (name in getattr(here, section)) != (name in getattr(there, section)):
            item = Applied(f"{section}.{name}", *existence(here, section, name), "always", "", "", path)
            where, word = (here, "Only") if item.after else (there, "Not")
            text = f"{word} here: {thing_text(where, item.path)}"
        else:
            origin = "--set" if path in set_here else ""
            item = Applied(path, old, new, "always", origin, "", path)
            if old and new:
                text = change_text(here, item)
            else:
                where, word = (here, "Only") if new else (there, "Not")
                text = f"{word} here: {full_title(where, path)}, {new or old}"
        found.setdefault(item.path, Difference(text, (item,), "always", override=item.origin))
    return list(found.values())


def texts(*values: Quantity | str | None) -> list[str]:
    """Values of a key as text, empty where there is none; with their ranges where they differ in these."""
    plain = [value.text() if isinstance(value, Quantity) else value or "" for value in values]
    if len(set(plain)) > 1:
        return plain
    return [ranged(value) if isinstance(value, Quantity) else value or "" for value in values]


def existence(here: Base, section: str, name: str) -> tuple[str, str]:
    """Old and new value of a named thing that only one base has."""
    return ("", name) if name in getattr(here, section) else (name, "")


def changes_apart(scenario: Scenario, base: Scenario) -> list[Difference]:
    """Changes on the timeline that only one of the two has; one sentence for each change of a file."""
    own, other = overridden(scenario), overridden(base)
    found = [difference(scenario, items) for items in grouped(own, other)]
    return found + [without(difference(base, items)) for items in grouped(other, own)]


def overridden(scenario: Scenario) -> list[Applied]:
    """What overrides and the changes of a scenario file do; ``--set`` is part of what is written down."""
    return [item for item in scenario.merged.applied if item.origin != "--set"]


def without(there: Difference) -> Difference:
    """A difference that the other scenario has and this one lacks."""
    keys = tuple(replace(item, before=item.after, after=item.before) for item in there.keys)
    return replace(there, text=f"Not here: {there.text}", keys=keys, is_gone=True)


def costs_apart(scenario: Scenario, base: Scenario) -> list[Difference]:
    """Money that only one of the two spends on its changes."""
    own, other = costs_in_words(scenario), costs_in_words(base)
    return [item for item in own if item not in other] + [without(item) for item in other if item not in own]


def costs_in_words(scenario: Scenario) -> list[Difference]:
    """What the changes of a scenario cost, one sentence each."""
    return [
        Difference(cost_text(item.cost), (), cost_when(item.cost), override=item.origin, is_cost=True)
        for item in scenario.merged.costs
    ]


def grouped(items: list[Applied], others: list[Applied]) -> list[list[Applied]]:
    """Applied changes by the change of a file they come from, but for those that are in ``others`` too.

    The same change counts as the same even where it acts on another value: that is told already.
    """
    known = {(item.change, item.path, item.by, item.when) for item in others}
    groups: dict[str, list[Applied]] = {}
    for item in items:
        if (item.change, item.path, item.by, item.when) not in known:
            groups.setdefault(item.change, []).append(item)
    return list(groups.values())


def difference(scenario: Scenario, items: list[Applied]) -> Difference:
    """One change of a file as a difference."""
    first = items[0]
    text = group_text(scenario.merged.base, items)
    return Difference(text, tuple(items), first.when, first.why, first.origin)


def changes_in_words(scenario: Scenario) -> list[Difference]:
    """What a scenario changes: one sentence for each change of a file, with its reason; then costs."""
    applied = scenario.merged.applied
    sets = [[item] for item in applied if item.origin == "--set"]
    groups = [*sets, *grouped(overridden(scenario), [])]
    return [difference(scenario, items) for items in groups] + costs_in_words(scenario)
