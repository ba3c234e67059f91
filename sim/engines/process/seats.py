"""Seats and what lies on them: one person's place, and one visit's work."""

from __future__ import annotations

from dataclasses import dataclass

import simpy

from sim.engines.process.setting import Setting
from sim.engines.process.tickets import Ticket
from sim.history.kinds import SeatState, WorkKind
from sim.history.tables import NEVER
from sim.spec.calendars import Shift
from sim.spec.flows import Flow


@dataclass(slots=True, eq=False)
class Item:
    """A visit's work in a team's queue or on a seat. Efforts are in thousandths of a second."""

    ticket: Ticket
    kind: WorkKind
    switch_loss: int
    rework: int
    effort: int
    queue_row: int
    done: simpy.Event
    place: tuple[int, int, int, int] = (0, 0, 0, 0)
    planned: bool = False

    @property
    def left(self) -> int:
        """All effort still to be spent."""
        return self.switch_loss + self.rework + self.effort

    def __lt__(self, other: Item) -> bool:
        return self.place < other.place


@dataclass(slots=True, eq=False)
class Seat:
    """One person's place in a team: who sits there has a speed, or nobody does (``vacant``)."""

    number: int
    key: int
    shift: Shift
    full_speed: int
    speed: int
    fenced: bool = False
    vacant: bool = False
    hired: int = NEVER
    in_shift: bool = False
    shift_row: int = -1
    active: bool = False
    holiday: bool = False
    away: bool = False
    state: SeatState | None = None
    since: int = 0
    item: Item | None = None
    started: int = 0
    until: int = 0

    @property
    def rank(self) -> tuple[bool, int, int]:
        """Order of the free seats: those not ring-fenced, then the fastest, then the lowest number."""
        return (self.fenced, -self.speed, self.number)


def value_per_hour(world: Setting, ticket: Ticket) -> float:
    """Value lost in one hour of waiting, as IT believes it."""
    if ticket.worth is None:
        return 0.0
    worth = world.value(ticket.worth)
    return worth * ticket.depth / 1_000_000 if ticket.flow == Flow.INCIDENT else worth
