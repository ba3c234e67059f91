"""What checks of a whole base share: collecting problems, references, shares, calendars."""

from __future__ import annotations

from collections.abc import Iterable

from scenarios.errors import Problem, listed, nearest, shown
from scenarios.quantities import Quantity
from scenarios.read import Document, Path_, dotted
from scenarios.schema.base import Base
from scenarios.schema.times import ALWAYS, Hours

WHOLE = 1e-6
"""Shares add up to 100 % within this."""


class Checker:
    """Collects problems of one base."""

    def __init__(self, base: Base, document: Document) -> None:
        self.base = base
        self.document = document
        self.problems: list[Problem] = []

    def refuse(self, path: Path_, value: object, text: str) -> None:
        """Note a problem."""
        self.problems.append(
            Problem(self.document.place(path), dotted(path), None if value is None else shown(value), text)
        )

    def known(self, path: Path_, name: str, names: Iterable[str], section: str) -> bool:
        """Check a reference."""
        names = list(names)
        if name in names:
            return True
        self.refuse(path, name, f"is not in `{section}`; there is {listed(names)}{nearest(name, names)}")
        return False

    def sums_to_one(self, path: Path_, shares: Iterable[Quantity]) -> None:
        """Check that shares make 100 %."""
        total = sum(share.mode for share in shares)
        if abs(total - 1.0) > WHOLE:
            self.refuse(path, f"{100 * total:.6g} % in all", "must make 100 %")

    def calendar(self, path: Path_, value: Hours | str) -> Hours | None:
        """Check a calendar given by name or in place, and return it."""
        if isinstance(value, Hours):
            return value
        if self.known(path, value, ["always", *self.base.calendars], "calendars"):
            return self.base.calendars.get(value, ALWAYS)
        return None
