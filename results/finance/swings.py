"""If one line of the statement came out otherwise: all futures reckoned anew, nothing else moved.

What was drawn is told apart from chance by regression (``results.finance.drivers``); this is exact, and says
what the appraisal rests on where chance hides every single assumption.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from results.finance.flows import COSTS, Differences
from results.finance.statement import statement
from results.finance.terms import Terms

SWING = 0.2
"""A fifth less, and a fifth more: the custom of appraisals."""
LINES = {
    "costs": ("Costs", COSTS),
    "employees": ("Working time that people get back", ("employees",)),
    "it_hours": ("IT hours left over", ("it_hours",)),
    "spend": ("IT spend saved (levers apart)", ("spend",)),
    "margin": ("Margin that is not lost", ("margin", "customers")),
    "penalties": ("Audit penalties avoided", ("penalties",)),
    "initiatives": ("Value of initiatives earlier", ("initiatives",)),
}
"""What moves together, by name: its title, and lines of ``flows``."""
RATES = {"discount_rate": "Discount rate", "tax_rate": "Tax rate"}
MOST = 6
"""So many have room in a picture."""


@dataclass(frozen=True, slots=True)
class Swing:
    """Mean net present value with a line a fifth lower (``at_low``) and a fifth higher (``at_high``)."""

    name: str
    title: str
    at_low: float
    at_high: float

    @property
    def span(self) -> float:
        """How far it moves the mean."""
        return abs(self.at_high - self.at_low)


def swings(found: Differences, terms: Sequence[Terms]) -> list[Swing]:
    """Every line and rate that moves the mean, the one that moves it most in front."""
    made = []
    for name, (title, lines) in LINES.items():
        low, high = (_scaled(found, terms, lines, 1.0 + part) for part in (-SWING, SWING))
        made.append(Swing(name, title, low, high))
    for name, title in RATES.items():
        low, high = (
            _worth(found, [replace(item, **{name: getattr(item, name) * (1.0 + part)}) for item in terms])
            for part in (-SWING, SWING)
        )
        made.append(Swing(name, title, low, high))
    moving = [item for item in made if item.span > 0]
    return sorted(moving, key=lambda item: (-item.span, item.name))


def _scaled(found: Differences, terms: Sequence[Terms], lines: Sequence[str], factor: float) -> float:
    scaled = {name: rows * factor for name, rows in found.lines.items() if name in lines}
    return _worth(replace(found, lines=found.lines | scaled), terms)


def _worth(found: Differences, terms: Sequence[Terms]) -> float:
    return float(statement(found, terms).npv.mean())
