"""What scenarios and their parts are called in results."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scenarios import Scenario

_TITLED = ("services", "teams", "categories", "incidents", "requests")


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


def titles(scenario: Scenario) -> dict[str, str]:
    """Titles of services, teams and the rest by dotted name."""
    base = scenario.merged.base
    return {
        f"{section}.{name}": item.title
        for section in _TITLED
        for name, item in getattr(base, section).items()
        if item.title
    }
