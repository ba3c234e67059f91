"""Turn what pydantic found wrong into sentences with file, line, value and what is allowed."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from scenarios.errors import BadInput, Problem, listed, nearest, shown
from scenarios.quantities import plain_message
from scenarios.read import Document, Key, dotted

M = TypeVar("M", bound=BaseModel)

KINDS: dict[str, str] = {
    "string_type": "must be text; put it in quotes if it looks like a number",
    "bool_type": "must be true or false",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number, without a unit",
    "finite_number": "must be a finite number",
    "list_type": "must be a list, such as [a, b]",
    "dict_type": "must be keys with values",
    "model_type": "must be keys with values",
    "model_attributes_type": "must be keys with values",
    "dataclass_type": "must be keys with values",
    "none_required": "must be left out",
    "int_parsing_size": "must be a smaller number",
}
"""Sentences for pydantic's error types that need nothing but themselves."""


def limits(context: dict[str, Any]) -> str:
    """Bounds that pydantic reports, in words."""
    for key, words in (("ge", "at least"), ("gt", "more than"), ("le", "at most"), ("lt", "less than")):
        if key in context:
            return f"must be {words} {context[key]:g}"
    return "is out of bounds"


def literal(error: dict[str, Any]) -> str:
    """What a Literal accepts, with the nearest word."""
    expected = str(error.get("ctx", {}).get("expected", "")).replace("'", "")
    words = expected.replace(" or ", ", ").split(", ")
    return f"must be {expected}{nearest(str(error['input']), words)}"


SPECIAL: dict[str, Callable[[dict[str, Any]], str]] = {
    "literal_error": literal,
    "value_error": lambda error: plain_message(str(error["msg"])),
    "string_pattern_mismatch": lambda _: "must be a code in capital letters, such as USD or US",
    "string_too_short": lambda _: "must not be empty",
}


def sentence(error: dict[str, Any]) -> str:
    """One error of pydantic in words."""
    kind = str(error["type"])
    if kind in SPECIAL:
        return SPECIAL[kind](error)
    if kind in KINDS:
        return KINDS[kind]
    if kind.startswith(("greater_than", "less_than")):
        return limits(error.get("ctx", {}))
    return f"is not allowed ({str(error['msg']).lower()})"


def inner_models(annotation: Any) -> list[Any]:
    """Type arguments below an annotation, without Optional, Annotated and the like."""
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        return inner_models(typing.get_args(annotation)[0])
    if origin in (typing.Union, types.UnionType):
        return [found for part in typing.get_args(annotation) for found in inner_models(part)]
    return [annotation]


def step(annotations: list[Any], key: Key) -> list[Any]:
    """Annotations one key further down."""
    found: list[Any] = []
    for annotation in annotations:
        origin = typing.get_origin(annotation)
        if origin is dict:
            found += inner_models(typing.get_args(annotation)[1])
        elif origin is list:
            found += inner_models(typing.get_args(annotation)[0])
        elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
            field = field_named(annotation, str(key))
            if field is not None:
                found += inner_models(field.annotation)
    return found


def field_named(model: type[BaseModel], key: str) -> Any:
    """Field of a model by the key that files use."""
    for name, field in model.model_fields.items():
        if (field.alias or name) == key:
            return field
    return None


def keys_of(model: type[BaseModel]) -> list[str]:
    """Keys that files may use for a model."""
    return [field.alias or name for name, field in model.model_fields.items()]


def models_at(model: type[BaseModel], path: tuple[Key, ...]) -> list[type[BaseModel]]:
    """Models that may stand at a path."""
    annotations: list[Any] = [model]
    for key in path:
        annotations = step(annotations, key)
    return [item for item in annotations if isinstance(item, type) and issubclass(item, BaseModel)]


def problem_of(error: dict[str, Any], model: type[BaseModel], document: Document) -> Problem:
    """One error of pydantic as a problem."""
    path = tuple(key for key in error["loc"] if key != "[key]")
    kind = error["type"]
    place = document.place(path)
    if kind == "missing":
        parents = models_at(model, path[:-1])
        field = field_named(parents[0], str(path[-1])) if parents else None
        meaning = f" ({field.description.rstrip('.')})" if field is not None and field.description else ""
        return Problem(document.place(path[:-1]), dotted(path), None, f"is missing{meaning}")
    if kind == "extra_forbidden":
        parents = models_at(model, path[:-1])
        known = keys_of(parents[0]) if parents else []
        near = nearest(str(path[-1]), known) or f"; allowed: {listed(known, 40)}"
        return Problem(place, dotted(path), None, f"is not a known key{near}")
    value = None if "[key]" in error["loc"] or not path else shown(error["input"])
    return Problem(place, dotted(path), value, sentence(error))


def validate(model: type[M], document: Document) -> M:
    """Validate a document.

    Raises
    ------
    BadInput
        With every problem of the document.
    """
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        found = error.errors(include_url=False)
        raise BadInput(*[problem_of(dict(item), model, document) for item in found]) from None
    except (RecursionError, OverflowError):
        raise BadInput(
            Problem(document.name, "", None, "holds a value that is too large or too deep")
        ) from None
