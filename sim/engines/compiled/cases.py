"""Cases as they come into being, whatever their flow."""

from __future__ import annotations

from sim.engines.compiled import layout as c
from sim.engines.compiled.memory import Ints, ticket_at
from sim.kernel import compiled
from sim.rules.dispatch import PLANNED

CASES_AHEAD = 64


@compiled
def new_case(a: Ints, flow: int, stream: int, key: int) -> int:
    """A case without anything that belongs to its flow alone; all other cells are 0."""
    case = a[c.TICKETS]
    a[c.TICKETS] += 1
    if case == a[c.CASES_READY]:
        blank_cases(a, case)
    t = take_row(a, case)
    for column in range(c.T_ITEMS):
        a[t + column] = 0
    a[t + c.T_WORTH] = -1
    a[a[c.CASE_KEY] + case] = key
    a[a[c.CASE_FLOW] + case] = flow
    a[a[c.CASE_STREAM] + case] = stream
    a[a[c.CASE_OCCURRED] + case] = a[c.NOW]
    return case


@compiled
def take_row(a: Ints, case: int) -> int:
    """Address of a row for what is known of a case while it is not closed."""
    t = a[c.FREE_ROW]
    if t > 0:
        a[c.FREE_ROW] = a[t + c.T_BEHIND]
    else:
        t = a[c.TICKETS_AT] + a[c.ROWS] * c.T_COLUMNS
        a[c.ROWS] += 1
    a[a[c.ROWS_AT] + case] = t
    return t


@compiled
def give_row_back(a: Ints, case: int) -> None:
    """The case is closed, and nobody asks for more than its record: another one may have its row."""
    t = ticket_at(a, case)
    a[t + c.T_BEHIND] = a[c.FREE_ROW]
    a[c.FREE_ROW] = t


@compiled
def blank_cases(a: Ints, first: int) -> None:
    """The next rows of ``Cases`` as they are before anything is known.

    Some at once, column by column: memory likes that better than cell by cell in as many places.
    """
    beyond = min(first + CASES_AHEAD, a[c.TICKET_ROOM])
    a[c.CASES_READY] = beyond
    for column in range(c.CASE_COLUMNS):
        cell, blank = a[c.CASE_KEY + column], a[a[c.BLANK_CASE_AT] + column]
        for case in range(first, beyond):
            a[cell + case] = blank


@compiled
def new_plan(a: Ints, flow: int, stream: int, service: int, key: int, cause: int, worth: int) -> int:
    """A problem, change or initiative comes into being; IT knows of it at once."""
    case = new_case(a, flow, stream, key)
    t = ticket_at(a, case)
    a[a[c.CASE_SERVICE] + case] = service
    a[a[c.CASE_PRIORITY] + case] = PLANNED
    a[a[c.CASE_PERCEIVED] + case] = PLANNED
    a[a[c.CASE_OPENED] + case] = a[c.NOW]
    a[a[c.CASE_CAUSE] + case] = cause
    a[t + c.T_WORTH] = worth
    return case
