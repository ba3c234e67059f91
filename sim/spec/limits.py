"""Limits of what can be played: whoever reaches one is told which."""

from __future__ import annotations


def at_most(limit: int, number: int, what: str) -> None:
    """Raise ``MemoryError``, which names it, if there are more than ``limit`` of something."""
    if number > limit:
        raise MemoryError(f"more than {limit:,} {what}: that is too many for the compiled engine")
