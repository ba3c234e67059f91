"""A hash of what a scenario means, whatever it is called and however its file is laid out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import fields, is_dataclass

import numpy as np

from scenarios.compile.numbers import Uncertain
from sim.spec.model import Model


def digest_of(parts: Iterable[object], uncertain: Iterable[Uncertain]) -> str:
    """Hex hash of compiled parts and of the intervals of all assumptions."""
    found = hashlib.blake2b(digest_size=16)
    for part in parts:
        feed(found, part, skip="name" if isinstance(part, Model) else "")
    for item in sorted(uncertain, key=lambda item: item.name):
        found.update(repr((item.name, item.quantity.low, item.quantity.mode, item.quantity.high)).encode())
    return found.hexdigest()


def feed(found: hashlib.blake2b, value: object, skip: str = "") -> None:
    """Add a value to a hash, whatever it is made of."""
    if isinstance(value, np.ndarray):
        found.update(f"{value.dtype}{value.shape}".encode())
        found.update(np.ascontiguousarray(value).tobytes())
    elif is_dataclass(value):
        for field in fields(value):
            if field.name != skip:
                found.update(field.name.encode())
                feed(found, getattr(value, field.name))
    elif isinstance(value, tuple | list):
        found.update(f"[{len(value)}".encode())
        for item in value:
            feed(found, item)
    else:
        found.update(repr(value).encode() + b";")
