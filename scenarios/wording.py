"""What keys and changes are called in business words."""

from __future__ import annotations

from scenarios.merge import Applied, Merged
from scenarios.schema.base import Base


def path_title(base: Base, path: str) -> str:
    """What a key is called in reports."""
    return path


def change_text(merged: Merged, item: Applied) -> str:
    """A change as a sentence."""
    return f"{item.path}: {item.after} instead of {item.before}, {item.when}"
