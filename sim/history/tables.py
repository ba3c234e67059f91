"""The tables of a history. Every column is int64; times are seconds; -1 is 'none' and ``NEVER`` 'not yet'."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, Self

import numpy as np

from sim.spec.calendars import Ints

NEVER = -(2**62)
"""Stands for a time that did not come (warm-up makes every other time, negative ones included, possible)."""


BLOCK = 2048


@dataclass(frozen=True, slots=True)
class Columns:
    """A table as equally long int64 columns, named by the fields of the subclass."""

    @classmethod
    def from_rows(cls, rows: list[tuple[int, ...]]) -> Self:
        """Build from row tuples in field order."""
        return cls.from_matrix(np.array(rows, dtype=np.int64).reshape(-1, len(fields(cls))))

    @classmethod
    def from_matrix(cls, matrix: Ints) -> Self:
        """Build from a matrix with one column a field."""
        columns = np.empty(matrix.shape[::-1], dtype=np.int64)
        # In blocks that fit the cache: row after row of a wide matrix is slow to read column by column.
        for first in range(0, len(matrix), BLOCK):
            columns[:, first : first + BLOCK] = matrix[first : first + BLOCK].T
        return cls(*columns)

    def __len__(self) -> int:
        first: Any = getattr(self, fields(self)[0].name)
        return len(first)


@dataclass(frozen=True, slots=True)
class Cases(Columns):
    """One row a ticket that came into being, in the order in which they arrived.

    ``stream`` is the row number in ``Model.incidents`` or ``Model.requests`` by ``flow``; ``layer`` and
    ``ordinal`` count within it (layer 0 is the base demand). ``impact`` is the row number in the stream's
    impacts (-1 for requests). ``occurred`` is when the impairment or need began, ``opened`` when it was
    known to IT, ``restored`` the last restoration (NEVER while open or reopened), ``closed`` the end.
    ``user_wait`` sums the finished waits for the user and for approval; ``due`` is when the service level
    is breached (extended by these waits). ``first_contact`` is 1 if the entry team ended it alone, for good.
    ``automated`` is 1 fulfilled by automation, 2 automation failed. ``team`` touched it last.

    Problems, changes and initiatives are cases too. ``cause`` is a ``Cause`` (for changes Cause.PURPOSE
    plus a ``Purpose``); ``origin`` the row of the case that led to this one (the change that failed, the
    problem that is fixed, the initiative that a change belongs to), ``fault`` a row of ``Faults``,
    ``change_kind`` a row of ``Model.change_kinds`` (-1 is none, each). ``stream`` is a row in the table
    that belongs to flow and cause. Of a change, ``restored`` is when it went live, ``failures`` counts
    deployments that failed, ``unauthorised`` is 1 if it skipped approval; of a problem ``restored`` is when
    its fault was removed, of an initiative when all of it was live.
    """

    key: Ints
    flow: Ints
    stream: Ints
    layer: Ints
    ordinal: Ints
    service: Ints
    impact: Ints
    priority: Ints
    perceived: Ints
    occurred: Ints
    opened: Ints
    restored: Ints
    closed: Ints
    due: Ints
    user_wait: Ints
    first_contact: Ints
    handoffs: Ints
    misroutes: Ints
    reopens: Ints
    automated: Ints
    team: Ints
    cause: Ints
    origin: Ints
    fault: Ints
    change_kind: Ints
    failures: Ints
    unauthorised: Ints


@dataclass(frozen=True, slots=True)
class Activities(Columns):
    """What happened to tickets apart from work: ``case`` is a row of ``Cases``; ``team`` -1 is none.

    ``complete`` is NEVER if it had not ended at the horizon.
    """

    case: Ints
    activity: Ints
    start: Ints
    complete: Ints
    team: Ints


@dataclass(frozen=True, slots=True)
class Spells(Columns):
    """Intervals in which a ticket is unresolved: from occurrence (or reopening) to restoration.

    ``end`` is NEVER if still unresolved at the horizon. While it lasts, an incident impairs its service by
    ``depth`` = scope times severity in parts per million; a request has depth 0. A reopened ticket has
    several spells.
    """

    case: Ints
    service: Ints
    start: Ints
    end: Ints
    depth: Ints
    hits_employees: Ints
    hits_customers: Ints


@dataclass(frozen=True, slots=True)
class SeatTime(Columns):
    """Every paid second of every seat, in disjoint intervals: the ledger of agent-hours.

    ``state`` is a ``SeatState``, ``kind`` a ``WorkKind``. Of a working interval, the first ``switch_loss``
    seconds made good an interruption and the next ``rework`` seconds lost context. An interval that spans
    the end of a shift is cut there. At the horizon every interval is cut.
    """

    team: Ints
    seat: Ints
    state: Ints
    kind: Ints
    case: Ints
    start: Ints
    end: Ints
    switch_loss: Ints
    rework: Ints


@dataclass(frozen=True, slots=True)
class Faults(Columns):
    """Every fault that there was, in the order in which they came.

    ``pool`` is a row of ``Model.faults``; ``birth`` a ``Birth``; ``number`` counts within it (the fault's
    ordinal, the day, the failed deployment); ``origin`` is the row of the change that left it, -1 without
    one. ``died`` is when a fix removed it, NEVER if none has.
    """

    key: Ints
    pool: Ints
    birth: Ints
    number: Ints
    origin: Ints
    born: Ints
    died: Ints


@dataclass(frozen=True, slots=True)
class Staff(Columns):
    """People who left a seat (``hired`` 0) and came to one (1)."""

    time: Ints
    team: Ints
    seat: Ints
    hired: Ints


@dataclass(frozen=True, slots=True)
class Stocks(Columns):
    """Stocks as they stand from Mondays 00:00 on: ``stock`` is a ``Stock``, ``owner`` its team or service.

    ``value`` is in parts per million.
    """

    time: Ints
    stock: Ints
    owner: Ints
    value: Ints


@dataclass(frozen=True, slots=True)
class History:
    """One replication, from ``-warmup`` to ``horizon``.

    ``in_system_seconds`` is, by flow, the integral over the measured period of the number of unresolved
    tickets, kept by the engine while it runs; it must equal the length of the spells within that period.
    """

    seed: int
    replication: int
    warmup: int
    horizon: int
    cases: Cases
    activities: Activities
    spells: Spells
    seat_time: SeatTime
    faults: Faults
    staff: Staff
    stocks: Stocks
    in_system_seconds: tuple[int, ...]

    def without_details(self) -> History:
        """The same with empty activities, spells and seat time: what is enough for whoever looks at cases."""
        return replace(
            self,
            activities=Activities.from_rows([]),
            spells=Spells.from_rows([]),
            seat_time=SeatTime.from_rows([]),
        )
