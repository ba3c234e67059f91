"""Parameters: every number that a lever may move while the simulation runs.

A model keeps them in one flat table. Everything else in the model that may move holds a ``Param``, the
row number in that table. At each step of a lever the engines overwrite the row, so that reading a
parameter *when its decision falls* is reading one cell.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

Param = NewType("Param", int)
"""Row number of a parameter in ``Model.parameters``."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number over time: a value that holds from the start of the warm-up, then steps.

    ``path`` is the dotted name in the scenario file (``teams.desk.seats``). ``steps`` are pairs of
    (time in seconds, value from then on), strictly increasing in time. Ramps arrive here already cut
    into daily steps. ``lower`` and ``upper`` bound every value.
    """

    path: str
    value: float
    steps: tuple[tuple[int, float], ...] = ()
    lower: float = 0.0
    upper: float = float("inf")

    @property
    def highest(self) -> float:
        """Largest value that the parameter takes at any time."""
        return max([self.value, *(value for _, value in self.steps)])

    @property
    def lowest(self) -> float:
        """Smallest value that the parameter takes at any time."""
        return min([self.value, *(value for _, value in self.steps)])

    def at(self, time: int) -> float:
        """Value in force at ``time`` (seconds)."""
        current = self.value
        for start, value in self.steps:
            if start > time:
                break
            current = value
        return current
