"""The calendar of events, a binary heap on (time, kind, entity), and the rows of the record.

Time and kind are one number, ``MOMENT`` = time * KINDS + kind. While an event is worked off its row at the
top is vacant: the first event that it schedules takes that place.

Timers that all take the same time come due in the order in which they were set: they stand in a *line*, of
which only the first is on the calendar (``schedule_in_line``).
"""

from __future__ import annotations

from sim.engines.compiled import layout as c
from sim.engines.compiled.memory import Ints, ticket_at
from sim.kernel import compiled

MOMENT = 0
ENTITY = 1
WHAT = 2
KIND_BITS = 6
KINDS = 1 << KIND_BITS
"""More than there are kinds of events."""
NOBODY = -1
NOWHERE = -1


@compiled
def schedule(a: Ints, delay: int, kind: int, entity: int, what: int) -> None:
    """An event after ``delay`` seconds; ``what`` is the number of what it is about (ticket, seat, ...)."""
    moment = (a[c.NOW] + delay) * KINDS + kind
    if a[c.TOP_IS_VACANT] == 1:
        a[c.TOP_IS_VACANT] = 0
        _settle_from_top(a, moment, entity, what)
        return
    first = a[c.EVENTS_AT]
    place = a[c.EVENTS]
    a[c.EVENTS] += 1
    while place > 0:
        parent = (place - 1) >> 1
        row = first + parent * c.EVENT_COLUMNS
        if a[row + MOMENT] < moment or (a[row + MOMENT] == moment and a[row + ENTITY] <= entity):
            break
        _put(a, first + place * c.EVENT_COLUMNS, a[row + MOMENT], a[row + ENTITY], a[row + WHAT])
        place = parent
    _put(a, first + place * c.EVENT_COLUMNS, moment, entity, what)


@compiled
def close_vacancy(a: Ints) -> None:
    """Nothing came up in the place of the event just worked off: the last one on the calendar takes it."""
    if a[c.TOP_IS_VACANT] == 1:
        a[c.TOP_IS_VACANT] = 0
        a[c.EVENTS] -= 1
        last = a[c.EVENTS_AT] + a[c.EVENTS] * c.EVENT_COLUMNS
        if a[c.EVENTS] > 0:
            _settle_from_top(a, a[last + MOMENT], a[last + ENTITY], a[last + WHAT])


@compiled
def _settle_from_top(a: Ints, moment: int, entity: int, what: int) -> None:
    """Put an event into its place below the vacant top."""
    first = a[c.EVENTS_AT]
    last = a[c.EVENTS]
    place = 0
    child = 1
    while child < last:
        row = first + child * c.EVENT_COLUMNS
        if child + 1 < last:
            other = row + c.EVENT_COLUMNS
            # Without a branch where it can be helped: which child is first is anybody's guess.
            second = int(a[other + MOMENT] < a[row + MOMENT])
            if a[other + MOMENT] == a[row + MOMENT]:
                second = int(a[other + ENTITY] < a[row + ENTITY])
            child += second
            row += second * c.EVENT_COLUMNS
        if a[row + MOMENT] > moment or (a[row + MOMENT] == moment and a[row + ENTITY] >= entity):
            break
        _put(a, first + place * c.EVENT_COLUMNS, a[row + MOMENT], a[row + ENTITY], a[row + WHAT])
        place = child
        child = 2 * place + 1
    _put(a, first + place * c.EVENT_COLUMNS, moment, entity, what)


@compiled
def _put(a: Ints, row: int, moment: int, entity: int, what: int) -> None:
    a[row + MOMENT] = moment
    a[row + ENTITY] = entity
    a[row + WHAT] = what


# Lines of tickets whose timers take the same time: ``line`` is the address of its first and last ticket.


@compiled
def schedule_in_line(a: Ints, line: int, delay: int, kind: int, ticket: int) -> None:
    """Like ``schedule`` for a ticket; everybody in this line has this delay and this kind."""
    t = ticket_at(a, ticket)
    time = a[c.NOW] + delay
    last = a[line + 1]
    if last != NOBODY and a[ticket_at(a, last) + c.T_LINE_TIME] < time:
        a[t + c.T_LINE_TIME] = time
        a[t + c.T_BEHIND] = NOBODY
        a[ticket_at(a, last) + c.T_BEHIND] = ticket
        a[line + 1] = ticket
        return
    if last == NOBODY:
        a[t + c.T_LINE_TIME] = time
        a[t + c.T_BEHIND] = NOBODY
        a[line] = a[line + 1] = ticket
    # At one instant the calendar knows who comes first.
    schedule(a, delay, kind, a[a[c.CASE_KEY] + ticket], ticket)


@compiled
def advance_line(a: Ints, line: int, kind: int, ticket: int) -> None:
    """The timer of ``ticket`` has come due: the next one in line goes on the calendar."""
    if a[line] != ticket:
        return
    behind = a[ticket_at(a, ticket) + c.T_BEHIND]
    a[line] = behind
    if behind == NOBODY:
        a[line + 1] = NOBODY
        return
    b = ticket_at(a, behind)
    schedule(a, a[b + c.T_LINE_TIME] - a[c.NOW], kind, a[a[c.CASE_KEY] + behind], behind)


# The record


@compiled
def begin(a: Ints, case: int, activity: int, team: int, complete: int) -> int:
    """A row of ``Activities``, if wanted: with ``complete`` NEVER something begins, else it is an instant."""
    if a[c.WHOLE] == 0:
        return NOWHERE
    row = a[c.ACTIVITIES]
    a[c.ACTIVITIES] += 1
    room = a[c.ACTIVITY_ROOM]
    cell = a[c.ACTIVITIES_AT] + row
    a[cell] = case
    a[cell + room] = activity
    a[cell + 2 * room] = a[c.NOW]
    a[cell + 3 * room] = complete
    a[cell + 4 * room] = team
    return row


@compiled
def complete(a: Ints, row: int) -> None:
    """What was begun in ``row`` of ``Activities`` is over."""
    if row != NOWHERE:
        a[a[c.ACTIVITIES_AT] + 3 * a[c.ACTIVITY_ROOM] + row] = a[c.NOW]


@compiled
def change_census(a: Ints, flow: int, by: int) -> None:
    """``by`` tickets more (or fewer) of a flow are unresolved from now on."""
    now = max(0, a[c.NOW])
    a[c.CENSUS_AREA + flow] += a[c.CENSUS_NUMBER + flow] * (now - a[c.CENSUS_SINCE + flow])
    a[c.CENSUS_SINCE + flow] = now
    a[c.CENSUS_NUMBER + flow] += by
