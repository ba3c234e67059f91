"""Selectors: which keys of a base a change means.

``teams.desk.seats``, ``teams[role=desk].seats``, ``requests[automatable].automation``,
``categories[*].stages[role=desk].resolves``. A stage has the attributes of its team too (so has a part of an
initiative), a stream, a change, an initiative and a fault those of its service.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from scenarios.errors import listed, nearest
from scenarios.quantities import Quantity
from scenarios.read import Path_
from scenarios.schema.base import Base, Window
from scenarios.schema.changes import Changes, Initiative, InitiativePart
from scenarios.schema.faults import FaultPool
from scenarios.schema.people import Service, Team
from scenarios.schema.times import Hours, Meetings, YearlyDays
from scenarios.schema.work import Incidents, Requests, Stage, Variate
from scenarios.validate import field_named, inner_models, keys_of

SEGMENT = re.compile(r"\s*([^\W_][\w \-]*?)\s*(?:\[([^\[\]]*)\])?\s*")
CONDITION = re.compile(r"\s*([\w]+)\s*(?:(!?=)\s*([^=!]+?))?\s*")

LINKS: dict[type[BaseModel], type[BaseModel]] = {
    Stage: Team,
    InitiativePart: Team,
    Incidents: Service,
    Requests: Service,
    Changes: Service,
    Initiative: Service,
    FaultPool: Service,
}
"""What things borrow attributes from: the team whose name they have, or the service they belong to."""


class SelectorError(ValueError):
    """The selector means nothing in any base; the message says why."""


@dataclass(frozen=True, slots=True)
class Test:
    """One condition: an attribute that is true, equals a word, or does not."""

    attribute: str
    operator: str
    word: str


@dataclass(frozen=True, slots=True)
class Segment:
    """One step of a selector; ``tests`` is None without brackets and empty for ``[*]``."""

    name: str
    tests: tuple[Test, ...] | None


def parse(selector: str) -> list[Segment]:
    """Segments of a selector.

    Raises
    ------
    SelectorError
        If it cannot be read.
    """
    found = []
    for part in re.split(r"\.(?![^\[]*\])", selector):
        match = SEGMENT.fullmatch(part)
        if match is None:
            raise SelectorError("is not a selector such as teams.desk.seats or teams[role=desk].seats")
        name, condition = match.groups()
        found.append(Segment(name, None if condition is None else tests(condition)))
    return found


def tests(condition: str) -> tuple[Test, ...]:
    """Conditions in brackets, separated by commas."""
    if condition.strip() == "*":
        return ()
    found = []
    for part in condition.split(","):
        match = CONDITION.fullmatch(part)
        if match is None:
            raise SelectorError(
                "has brackets that are not [*], [role=desk], [role!=desk] or [customer_facing]"
            )
        found.append(Test(match[1], match[2] or "", (match[3] or "").strip()))
    return tuple(found)


def check_types(segments: list[Segment]) -> None:
    """Refuse keys and attributes that the schema does not have, whatever the base."""
    annotations: list[Any] = [Base]
    seen = ""
    for segment in segments:
        models = [item for item in annotations if isinstance(item, type) and issubclass(item, BaseModel)]
        dicts = [item for item in annotations if getattr(item, "__origin__", None) is dict]
        if models:
            field = field_named(models[0], segment.name)
            if field is None:
                known = keys_of(models[0])
                near = nearest(segment.name, known) or f"; there is {listed(known, 40)}"
                raise SelectorError(f"names `{segment.name}`, which {seen or 'a base'} does not have{near}")
            annotations = inner_models(field.annotation)
        elif dicts:
            annotations = [item for found in dicts for item in inner_models(found.__args__[1])]
        else:
            raise SelectorError(f"goes on after {seen}, which is a single value")
        if segment.tests is not None:
            inner = [item for item in annotations if getattr(item, "__origin__", None) is dict]
            if not inner:
                raise SelectorError(
                    f"has brackets after `{segment.name}`, which is not a group of named things"
                )
            annotations = [item for found in inner for item in inner_models(found.__args__[1])]
            check_attributes(segment.tests, annotations)
        seen = f"`{segment.name}`"


def check_attributes(conditions: tuple[Test, ...], annotations: list[Any]) -> None:
    """Refuse attributes that the selected things cannot have."""
    for test in conditions:
        for item in annotations:
            if isinstance(item, type) and issubclass(item, BaseModel):
                known = keys_of(item) + (keys_of(LINKS[item]) if item in LINKS else [])
                if test.attribute not in known:
                    near = nearest(test.attribute, known) or f"; there is {listed(known, 40)}"
                    raise SelectorError(f"selects by `{test.attribute}`, which does not exist{near}")


def attribute(base: Base, key: str, item: Any, name: str) -> Any:
    """Attribute of a thing, or of what it is linked to."""
    if field_named(type(item), name) is not None:
        return getattr(item, name)
    if isinstance(item, Stage | InitiativePart):
        return getattr(base.teams.get(key), name, None)
    stream = base.incidents.get(item.incidents) if isinstance(item, FaultPool) else item
    return getattr(base.services.get(getattr(stream, "service", "")), name, None)


def holds(base: Base, key: str, item: Any, test: Test) -> bool:
    """Whether a thing meets a condition."""
    if not isinstance(item, BaseModel):
        return False
    word = word_of(attribute(base, key, item, test.attribute))
    if not test.operator:
        return word == "true"
    return (word == test.word) == (test.operator == "=")


def word_of(value: Any) -> str:
    """The value of an attribute as a selector writes it."""
    if isinstance(value, Quantity):
        return value.name or value.text()
    return "true" if value is True else "false" if value is False else str(value)


def follow(
    base: Base, found: list[tuple[Path_, Any]], segment: Segment
) -> tuple[list[tuple[Path_, Any]], str]:
    """One step further; the second value hints at a name that is missing."""
    after: list[tuple[Path_, Any]] = []
    hint = ""
    for path, value in found:
        here = (*path, segment.name)
        if isinstance(value, BaseModel):
            field = next(
                (
                    key
                    for key, item in type(value).model_fields.items()
                    if (item.alias or key) == segment.name
                ),
                None,
            )
            if field is not None:
                after.append((here, getattr(value, field)))
        elif isinstance(value, dict):
            if segment.name in value:
                after.append((here, value[segment.name]))
            else:
                near = nearest(segment.name, value) or f"; there is {listed(value)}"
                hint = f"`{segment.name}` is not there{near}"
    if segment.tests is not None:
        things = [
            ((*path, key), item)
            for path, value in after
            if isinstance(value, dict)
            for key, item in value.items()
        ]
        after = [
            (path, item)
            for path, item in things
            if all(holds(base, str(path[-1]), item, test) for test in segment.tests)
        ]
        if not after:
            hint = hint or unmet(base, things, segment)
    return after, hint


def unmet(base: Base, things: list[tuple[Path_, Any]], segment: Segment) -> str:
    """Why nothing in a base meets the conditions of a segment."""
    if not things:
        return f"there are no {segment.name}"
    for test in segment.tests or ():
        if not any(holds(base, str(path[-1]), item, test) for path, item in things):
            wanted = f"{test.attribute}{test.operator}{test.word}" if test.operator else test.attribute
            values = (attribute(base, str(path[-1]), item, test.attribute) for path, item in things)
            found = sorted({word_of(value) for value in values})
            near = nearest(test.word, found) or f"; there is {listed(found)}"
            return f"none of its {segment.name} is {wanted}{near}"
    return f"none of its {segment.name} meets all conditions"


def select(base: Base, selector: str, *, unset: bool = False) -> tuple[list[tuple[Path_, Any]], str]:
    """Keys that a selector means in a base, with their values; and a hint if there are none.

    Keys that are left out and have no default are found with ``unset`` only.

    Raises
    ------
    SelectorError
        If it means nothing in any base.
    """
    segments = parse(selector)
    check_types(segments)
    found: list[tuple[Path_, Any]] = [((), base)]
    hint = ""
    for segment in segments:
        found, missing = follow(base, found, segment)
        hint = hint or missing
    found = [(path, value) for path, value in found if value is not None or unset]
    found = [
        ((*path, "mean"), value.mean) if isinstance(value, Variate) else (path, value)
        for path, value in found
    ]
    for path, value in found:
        if isinstance(value, BaseModel) and not isinstance(value, Hours | Meetings | Window | YearlyDays):
            raise SelectorError(f"stops at a group; go on with one of {listed(keys_of(type(value)), 40)}")
        if isinstance(value, dict) and value and isinstance(next(iter(value.values())), BaseModel):
            raise SelectorError(f"stops at a group; write {path[-1]}[*] or {path[-1]}.NAME and a key of it")
    return found, hint
