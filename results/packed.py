"""Records as JSON and back, to the bit: read by the types of their fields, so that nothing else comes in."""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import numpy as np

Record = TypeVar("Record")

PLAIN: dict[Any, tuple[type, ...]] = {str: (str,), int: (int,), bool: (bool,), float: (int, float)}
"""What JSON holds for a field of each plain type."""
NOT_IN_JSON = ("nan", "inf", "-inf")
EIGHT_BYTES = np.dtype("<f8")


def pack(value: Any) -> Any:
    """Turn a record into what JSON knows.

    A record is a dataclass of text, numbers, tuples, dictionaries by text, arrays of float64, and records.
    Arrays are base64 of their bytes: short, and without a doubt about the last digit.
    """
    if isinstance(value, np.ndarray):
        return b64encode(value.astype(EIGHT_BYTES, casting="equiv").tobytes()).decode("ascii")
    if isinstance(value, np.generic):
        return pack(value.item())
    if isinstance(value, float):
        # JSON has neither nan nor infinities; Python reads all three back from text.
        return value if np.isfinite(value) else repr(value)
    if is_dataclass(value):
        return {field.name: pack(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {key: pack(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [pack(item) for item in value]
    return value


def unpack(kind: type[Record], value: Any) -> Record:
    """Build a record of type ``kind`` from what ``pack`` made of one.

    Raises
    ------
    ValueError
        If it isn't that: a field too many or missing, or of another type.
    """
    found: Record = _unpack(kind, value)
    return found


def _unpack(kind: Any, value: Any) -> Any:
    if isinstance(kind, type) and is_dataclass(kind):
        types = _types(kind)
        if not isinstance(value, dict) or set(value) != set(types):
            raise ValueError(f"is no {kind}")
        return kind(**{name: _unpack(types[name], item) for name, item in value.items()})
    if kind in PLAIN:
        return _plain(kind, value)
    origin, inner = get_origin(kind), get_args(kind)
    if origin is np.ndarray and isinstance(value, str):
        return np.frombuffer(b64decode(value, validate=True), dtype=EIGHT_BYTES).astype(np.float64)
    if origin is dict and isinstance(value, dict):
        return {str(key): _unpack(inner[1], item) for key, item in value.items()}
    if origin is tuple and isinstance(value, list):
        return tuple(_unpack(inner[0], item) for item in value)
    raise ValueError(f"is no {kind}")


def _plain(kind: Any, value: Any) -> Any:
    if kind is float and value in NOT_IN_JSON:
        return float(value)
    if not isinstance(value, PLAIN[kind]) or (kind is not bool and isinstance(value, bool)):
        raise ValueError(f"is no {kind}")
    return value


@cache
def _types(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
