"""The calendar of events, a binary heap on (time, kind, entity), and the rows of the record."""

from __future__ import annotations

from sim.engines.compiled import layout as c
from sim.engines.compiled.memory import Ints
from sim.kernel import compiled

TIME = 0
KIND = 1
ENTITY = 2
WHAT = 3


@compiled
def _event_at(a: Ints, place: int) -> int:
    return a[c.EVENTS_AT] + place * c.EVENT_COLUMNS


@compiled
def _before(a: Ints, first: int, second: int) -> bool:
    if a[first + TIME] != a[second + TIME]:
        return a[first + TIME] < a[second + TIME]
    if a[first + KIND] != a[second + KIND]:
        return a[first + KIND] < a[second + KIND]
    return a[first + ENTITY] < a[second + ENTITY]


@compiled
def _move(a: Ints, source: int, target: int) -> None:
    a[target + TIME] = a[source + TIME]
    a[target + KIND] = a[source + KIND]
    a[target + ENTITY] = a[source + ENTITY]
    a[target + WHAT] = a[source + WHAT]


@compiled
def schedule(a: Ints, delay: int, kind: int, entity: int, what: int) -> None:
    """An event after ``delay`` seconds; ``what`` is the number of what it is about (ticket, seat, ...)."""
    time = a[c.NOW] + delay
    place = a[c.EVENTS]
    a[c.EVENTS] += 1
    while place > 0:
        parent = (place - 1) >> 1
        row = _event_at(a, parent)
        if a[row + TIME] < time:
            break
        if a[row + TIME] == time:
            if a[row + KIND] < kind:
                break
            if a[row + KIND] == kind and a[row + ENTITY] <= entity:
                break
        _move(a, row, _event_at(a, place))
        place = parent
    row = _event_at(a, place)
    a[row + TIME] = time
    a[row + KIND] = kind
    a[row + ENTITY] = entity
    a[row + WHAT] = what


@compiled
def drop_first(a: Ints) -> None:
    """Take the first event off the calendar."""
    a[c.EVENTS] -= 1
    last = a[c.EVENTS]
    mover = _event_at(a, last)
    place = 0
    while True:
        child = 2 * place + 1
        if child >= last:
            break
        row = _event_at(a, child)
        if child + 1 < last and _before(a, row + c.EVENT_COLUMNS, row):
            child += 1
            row += c.EVENT_COLUMNS
        if not _before(a, row, mover):
            break
        _move(a, row, _event_at(a, place))
        place = child
    _move(a, mover, _event_at(a, place))


@compiled
def begin(a: Ints, case: int, activity: int, team: int, complete: int) -> int:
    """A row of ``Activities``: with ``complete`` NEVER something begins, else it is an instant."""
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
    a[a[c.ACTIVITIES_AT] + 3 * a[c.ACTIVITY_ROOM] + row] = a[c.NOW]


@compiled
def change_census(a: Ints, flow: int, by: int) -> None:
    """``by`` tickets more (or fewer) of a flow are unresolved from now on."""
    now = max(0, a[c.NOW])
    a[c.CENSUS_AREA + flow] += a[c.CENSUS_NUMBER + flow] * (now - a[c.CENSUS_SINCE + flow])
    a[c.CENSUS_SINCE + flow] = now
    a[c.CENSUS_NUMBER + flow] += by
