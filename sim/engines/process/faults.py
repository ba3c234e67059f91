"""A fault: a latent defect of a service, which emits incidents until a fix removes it."""

from __future__ import annotations

from dataclasses import dataclass

from sim.history.kinds import Birth
from sim.history.tables import NEVER
from sim.spec.faults import FaultPool


@dataclass(slots=True, eq=False)
class Fault:
    """One fault. ``factor`` is its rate in units of the mean fault's; ``problems`` counts its problems."""

    row: int
    key: int
    pool_number: int
    pool: FaultPool
    birth: Birth
    number: int
    origin: int
    born: int
    factor: float
    died: int = NEVER
    repeats: int = 0
    last: int = NEVER
    problems: int = 0
    has_problem: bool = False
    known: bool = False
    has_workaround: bool = False

    @property
    def is_alive(self) -> bool:
        """Whether no fix has removed it yet."""
        return self.died == NEVER

    def entry(self) -> tuple[int, ...]:
        """The fault as a row of ``sim.history.tables.Faults``."""
        return (self.key, self.pool_number, self.birth, self.number, self.origin, self.born, self.died)
