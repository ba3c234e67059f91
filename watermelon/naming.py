"""What scenarios are called in results: as they were typed, a repeated one with a number."""

from __future__ import annotations

from collections.abc import Sequence


def labels(names: Sequence[str]) -> list[str]:
    """Names made different from each other: ``baseline``, ``baseline#2``, ``baseline#3``."""
    given: list[str] = []
    for name in names:
        label, number = name, 1
        while label in given:
            number += 1
            label = f"{name}#{number}"
        given.append(label)
    return given
