"""Who works, and for what: services and teams."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from sim.spec.calendars import Calendar, Ints, Shift
from sim.spec.changes import Upkeep
from sim.spec.parameters import Param
from sim.spec.people import People


class Policy(IntEnum):
    """Dispatch policy of a team: which waiting item a free seat takes next."""

    FIRST_COME = 0
    SEVERITY = 1
    SLA = 2
    SHORTEST_JOB = 3
    BUSINESS_IMPACT = 4


@dataclass(frozen=True, slots=True)
class Service:
    """A business service.

    ``value_weight`` is the value lost in one hour of full outage, ``believed_weight`` what IT thinks it
    is (same unit, any: only ratios matter). ``cumulative_load`` holds, for every hour boundary from
    ``-warmup`` on, the load so far in per mille of the mean times seconds: weekly profile times peaks.
    ``planned`` are maintenance windows, which do not count as downtime. ``upkeep`` is None where nothing
    is changed and nothing wears out.
    """

    name: str
    key: int
    value_weight: Param
    believed_weight: Param
    users: int
    customer_facing: bool
    cumulative_load: Ints
    planned: Calendar
    upkeep: Upkeep | None = None


@dataclass(frozen=True, slots=True)
class Team:
    """A group of people who work one queue.

    ``seats`` and ``on_call`` count seats (on-call seats are the lowest numbered ones); ``absence`` is the
    share of shift days on which a seat is away; ``policy`` holds a ``Policy``; ``preempts`` is 1 where
    priority 1 interrupts less important work; ``switch_loss`` is what an interruption costs the victim,
    in seconds of effort. ``speeds`` are per mille by seat number, 1000 for seats beyond its end.
    ``ring_fenced`` seats (the highest numbered ones; None is none) take planned work first and help out for
    priority 1 only. ``people`` is None where nobody ever leaves.
    """

    name: str
    key: int
    role: str
    seats: Param
    on_call: Param
    absence: Param
    policy: Param
    preempts: Param
    switch_loss: Param
    shifts: tuple[Shift, ...]
    speeds: tuple[int, ...] = ()
    ring_fenced: Param | None = None
    people: People | None = None
