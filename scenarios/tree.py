"""A base as a tree of keys: every quantity by its dotted path, and what the schema says about it."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from scenarios.quantities import Dimension, Quantity
from scenarios.read import Path_, dotted
from scenarios.schema.base import Base

DECIDED_SECTIONS = ("learnt",)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A quantity in its place: ``lever`` may move on the timeline, ``decided`` needs no interval."""

    path: Path_
    quantity: Quantity
    dimension: Dimension
    field: FieldInfo
    lever: bool
    decided: bool


def dimension_of(annotation: Any, metadata: list[Any]) -> Dimension | None:
    """The dimension in an annotation such as ``Annotated[Quantity, SHARE] | None``."""
    for item in metadata:
        if isinstance(item, Dimension):
            return item
    if typing.get_origin(annotation) is typing.Annotated:
        return dimension_of(None, list(typing.get_args(annotation)[1:]))
    for part in typing.get_args(annotation):
        found = dimension_of(part, [])
        if found is not None:
            return found
    return None


@cache
def field_dimension(model: type[BaseModel], name: str) -> Dimension | None:
    """Dimension of the quantities in a field."""
    field = model.model_fields[name]
    return dimension_of(field.annotation, list(field.metadata))


def flag(field: FieldInfo, name: str) -> bool:
    """A mark that the schema puts on a field."""
    extra = field.json_schema_extra
    return bool(extra.get(name)) if isinstance(extra, dict) else False


def quantities(value: object, path: Path_) -> Iterator[tuple[Path_, Quantity]]:
    """Quantities directly in a field's value: itself, or the items of a mapping or list."""
    if isinstance(value, Quantity):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from quantities(item, (*path, key))
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from quantities(item, (*path, place))


def models(value: object, path: Path_) -> Iterator[tuple[Path_, BaseModel]]:
    """Models directly in a field's value: itself, or the items of a mapping or list."""
    if isinstance(value, BaseModel):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from models(item, (*path, key))
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from models(item, (*path, place))


def walk(model: BaseModel, path: Path_ = ()) -> Iterator[Leaf]:
    """Every quantity below a model, in the order of the schema."""
    for name, field in type(model).model_fields.items():
        here = (*path, field.alias or name)
        value = getattr(model, name)
        dimension = field_dimension(type(model), name)
        if dimension is not None:
            for place, quantity in quantities(value, here):
                # "1 user" says what a class of consequences is; it is no estimate.
                decided = flag(field, "decided") or quantity.unit in ("user", "customer")
                yield Leaf(place, quantity, dimension, field, flag(field, "lever"), decided)
        else:
            for place, inner in models(value, here):
                yield from walk(inner, place)


def leaves_of(base: Base) -> dict[str, Leaf]:
    """Every quantity of a base by its dotted path."""
    return {dotted(leaf.path): leaf for leaf in walk(base)}
