"""A history as one short text, for golden tests and for telling two runs apart."""

from __future__ import annotations

import hashlib
from dataclasses import fields

from sim.history.tables import Columns, History


def digest(history: History) -> str:
    """SHA-256 (first 16 hex digits) over every column of every table."""
    state = hashlib.sha256()
    for name in ("cases", "activities", "spells", "seat_time", "faults", "staff", "stocks"):
        table = getattr(history, name)
        for field in fields(table):
            state.update(_bytes(table, field.name))
    state.update(repr(history.in_system_seconds).encode())
    return state.hexdigest()[:16]


def _bytes(table: Columns, column: str) -> bytes:
    values: bytes = getattr(table, column).astype("<i8").tobytes()
    return values
