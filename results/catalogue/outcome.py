"""One entry of the catalogue of outcomes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

Better = Literal["lower", "higher", "neither"]
Family = Literal["business", "dashboard", "planned", "work", "money"]
Kind = Literal["total", "count", "stock", "mean", "quantile", "ratio", "share"]
Unit = Literal[
    "hours",
    "share",
    "money",
    "tickets",
    "customers",
    "problems",
    "changes",
    "initiatives",
    "per incident",
    "per month",
]

FAMILIES: dict[Family, str] = {
    "business": "What the business feels",
    "dashboard": "What the IT dashboard shows",
    "planned": "What IT plans and delivers",
    "work": "Where the hours go",
    "money": "What it costs",
}
"""Families of outcomes in the order in which they are shown, with their headings."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A number that every replication yields.

    ``title`` names it in plain words, ``formula`` says how it is counted, ``source`` where the definition
    comes from. ``undefined`` says when a replication has no value ("" = it always has one; a missing value
    is nan inside, ``null`` in JSON and an empty cell in tables, never 0). ``by_service`` tells whether a
    target may ask for it of one service alone. ``better`` is 'neither' where more is not good or bad in
    itself.
    """

    name: str
    title: str
    unit: Unit
    better: Better
    kind: Kind
    family: Family
    formula: str
    source: str
    undefined: str = ""
    by_service: bool = True
    part: str = ""
    whole: str = ""

    @property
    def bounds(self) -> tuple[float, float]:
        """What the outcome can be at all; intervals of its mean are cut there."""
        return 0.0, 1.0 if self.kind == "share" else math.inf

    @property
    def aim(self) -> float:
        """What a share that should be high falls short of, 1; no bound for all others."""
        return 1.0 if self.kind == "share" and self.better == "higher" else math.inf

    def unit_text(self, currency: str) -> str:
        """Unit as shown to people: money in the currency of the scenario."""
        return currency if self.unit == "money" else self.unit
