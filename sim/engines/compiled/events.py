"""The calendar of events, in the order of (time, kind, entity), and the rows of the record.

Time (here from the start of the warm-up, so that it is never negative) and kind are one number, ``MOMENT`` =
time * KINDS + kind. Time is divided into *buckets* of equal width; only the events of the present one stand
in order, in a heap, and are few. What lies further ahead is put into the list of its bucket, if that belongs
to the present block of LISTS buckets, or else into a list of its block, which is opened when its time has
come. So an event costs as much as the heap of a bucket is deep, however many are pending. The heap holds a
number an event: its moment, and in the lowest bits its row in EVENTS.

Timers that all take the same time come due in the order in which they were set: they stand in a *line*, of
which only the first is on the calendar (``schedule_in_line``).

Source: Brown (1988), 'Calendar queues: a fast O(1) priority queue implementation for the simulation event set
problem', Communications of the ACM 31(10), 1220-1227; blocks as in Varghese & Lauck (1987), 'Hashed and
hierarchical timing wheels', Operating Systems Review 21(5), 25-38.
"""

from __future__ import annotations

from sim.engines.compiled import layout as c
from sim.engines.compiled.memory import Ints, ticket_at
from sim.kernel import apart, compiled

MOMENT = 0
ENTITY = 1
WHAT = 2
NEXT = 3
KIND_BITS = 6
KINDS = 1 << KIND_BITS
"""More than there are kinds of events."""
ROW_BITS = c.EVENT_ROW_BITS
ROW_MASK = (1 << ROW_BITS) - 1
NOBODY = -1
NOWHERE = -1


@compiled
def event_at(a: Ints, event: int) -> int:
    """Address of an event's row."""
    return a[c.EVENTS_AT] + event * c.EVENT_COLUMNS


@compiled
def schedule(a: Ints, delay: int, kind: int, entity: int, what: int) -> None:
    """An event after ``delay`` seconds; ``what`` is the number of what it is about (ticket, seat, ...)."""
    time = a[c.NOW] + a[c.WARMUP] + delay
    if time >= a[c.END]:
        return
    event = a[c.FREE_EVENT]
    if event == NOBODY:
        event = a[c.EVENTS]
        a[c.EVENTS] += 1
    else:
        a[c.FREE_EVENT] = a[event_at(a, event) + NEXT]
    row = event_at(a, event)
    moment = time * KINDS + kind
    a[row + MOMENT] = moment
    a[row + ENTITY] = entity
    a[row + WHAT] = what
    bucket = time >> a[c.BUCKET_BITS]
    if bucket > a[c.BUCKET]:
        block = bucket >> c.LIST_BITS
        here = block == a[c.BUCKET] >> c.LIST_BITS
        put_on_list(a, list_at(a, bucket) if here else block_at(a, block), event)
    else:
        put_in_order(a, (moment << ROW_BITS) | event)


@compiled
def put_on_list(a: Ints, head: int, event: int) -> None:
    """Put an event on the list whose head is at this address."""
    a[event_at(a, event) + NEXT] = a[head]
    a[head] = event


@compiled
def list_at(a: Ints, bucket: int) -> int:
    """Address of the head of the list of a bucket of the present block."""
    return a[c.LISTS_AT] + (bucket & (c.LISTS - 1))


@compiled
def block_at(a: Ints, block: int) -> int:
    """Address of the head of a block's list; blocks share LISTS of them in turn."""
    return a[c.LISTS_AT] + c.LISTS + (block & (c.LISTS - 1))


@compiled
def is_before(a: Ints, one: int, other: int) -> bool:
    """Whether an event of the heap is earlier than another one; at one moment the smaller entity is."""
    if (one ^ other) > ROW_MASK:
        return one < other
    return a[event_at(a, one & ROW_MASK) + ENTITY] < a[event_at(a, other & ROW_MASK) + ENTITY]


@compiled
def put_in_order(a: Ints, event: int) -> None:
    """Put an event into the heap."""
    first, place = a[c.SOON_AT], a[c.SOON]
    a[c.SOON] += 1
    while place > 0:
        parent = (place - 1) >> 1
        if not is_before(a, event, a[first + parent]):
            break
        a[first + place] = a[first + parent]
        place = parent
    a[first + place] = event


@compiled
def take_first(a: Ints) -> int:
    """Take the first event off the heap, which is not empty."""
    first = a[c.SOON_AT]
    found = a[first]
    a[c.SOON] -= 1
    size = a[c.SOON]
    last = a[first + size]
    place = 0
    child = 1
    while child < size:
        if child + 1 < size and is_before(a, a[first + child + 1], a[first + child]):
            child += 1
        if not is_before(a, a[first + child], last):
            break
        a[first + place] = a[first + child]
        place = child
        child = 2 * place + 1
    a[first + place] = last
    return found


@apart
@compiled
def is_over(a: Ints) -> bool:
    """Whether there are no events any more; if the heap is empty, the next bucket's events go there."""
    while a[c.SOON] == 0:
        a[c.BUCKET] += 1
        bucket = a[c.BUCKET]
        if bucket >= a[c.BUCKET_COUNT]:
            return True
        if bucket & (c.LISTS - 1) == 0:
            open_block(a, bucket >> c.LIST_BITS)
        head = list_at(a, bucket)
        event = a[head]
        a[head] = NOBODY
        while event != NOBODY:
            row = event_at(a, event)
            put_in_order(a, (a[row + MOMENT] << ROW_BITS) | event)
            event = a[row + NEXT]
    return False


@apart
@compiled
def open_block(a: Ints, block: int) -> None:
    """The events of a block go to the lists of their buckets; those of a later block with this list stay."""
    head = block_at(a, block)
    event = a[head]
    a[head] = NOBODY
    while event != NOBODY:
        row = event_at(a, event)
        behind = a[row + NEXT]
        bucket = a[row + MOMENT] >> KIND_BITS >> a[c.BUCKET_BITS]
        put_on_list(a, list_at(a, bucket) if bucket >> c.LIST_BITS == block else head, event)
        event = behind


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
