"""Teams at work, section for section as in ``sim.engines.process.teams``."""

from __future__ import annotations

from sim.chance.keyed import uniform
from sim.chance.streams import ABSENCE
from sim.engines.compiled import layout as c
from sim.engines.compiled.events import begin, complete, schedule
from sim.engines.compiled.ledger import IDLE, NOTHING, OFF, turn
from sim.engines.compiled.memory import (
    Floats,
    Ints,
    item_at,
    seat_at,
    team_at,
    value,
)
from sim.engines.compiled.queues import head_is_urgent, pop, push, value_per_hour, waiting
from sim.engines.compiled.staffing import speed_of
from sim.history.kinds import Activity, SeatState
from sim.history.tables import NEVER
from sim.kernel import compiled, in_place
from sim.rules import order
from sim.rules.dispatch import BUSINESS_IMPACT, PLANNED, dispatch_key, urgent_class
from sim.rules.seats import is_absent, is_better_victim, is_ring_fenced, seat_count
from sim.rules.work import duration
from sim.spec.calendars import DAY

QUEUE = int(Activity.QUEUE)
QUEUE_AGAIN = int(Activity.QUEUE_AGAIN)
ABSENT = int(SeatState.ABSENT)
WORKING = int(SeatState.WORKING)
OVERTIME = int(SeatState.OVERTIME)
NOBODY = -1


@in_place
@compiled
def ask(a: Ints, f: Floats, team: int, item: int, kind: int, effort: int, rework: int) -> None:
    """Ask a team for work: somebody starts on it at once, or it queues."""
    ticket = item >> 1
    i = item_at(a, item)
    a[i + c.ITEM_KIND] = kind
    a[i + c.ITEM_SWITCH_LOSS] = 0
    a[i + c.ITEM_REWORK] = rework
    a[i + c.ITEM_EFFORT] = effort
    perceived = a[a[c.CASE_PERCEIVED] + ticket]
    a[a[c.CASE_TEAM] + ticket] = team
    row = team_at(a, team)
    at_once = perceived != PLANNED and waiting(a, team, 0) == 0 and a[row + c.TEAM_FREE] > 0
    a[i + c.ITEM_QUEUE_ROW] = begin(a, ticket, QUEUE, team, a[c.NOW] if at_once else NEVER)
    policy = int(value(a, f, a[row + c.TEAM_POLICY]))
    worth = value_per_hour(a, f, ticket) if policy == BUSINESS_IMPACT else 0.0
    a[i + c.ITEM_ORDER] = dispatch_key(policy, perceived, a[a[c.CASE_DUE] + ticket], effort + rework, worth)
    a[i + c.ITEM_URGENT] = urgent_class(perceived)
    planned = perceived == PLANNED
    a[i + c.ITEM_PLANNED] = 1 if planned else 0
    # Of planned work what was begun first is finished first, however often it queues.
    a[i + c.ITEM_ENTERED] = a[a[c.CASE_OCCURRED] + ticket] if planned else a[c.NOW]
    if at_once:
        start_on(a, first_free(a, team, 0), item)
    else:
        push(a, team, item)
        offer(a, f, team)


@compiled
def offer(a: Ints, f: Floats, team: int) -> None:
    """Let somebody take the heads of the queues; for priority 1 interrupt or call somebody."""
    row = team_at(a, team)
    while waiting(a, team, 0) > 0:
        urgent = head_is_urgent(a, team)
        if a[row + c.TEAM_FREE] > 0 or (urgent and a[row + c.TEAM_FREE_FENCED] > 0):
            take(a, first_free(a, team, 0 if a[row + c.TEAM_FREE] > 0 else 1), 0)
            continue
        if not urgent:
            break
        seat = least_important(a, f, team)
        if seat != NOBODY:
            loss = 1000 * int(value(a, f, a[row + c.TEAM_SWITCH_LOSS]))
            interrupt(a, seat, loss)
        else:
            seat = seat_on_call(a, f, team)
        if seat == NOBODY:
            break
        take(a, seat, 0)
    while waiting(a, team, 1) > 0 and a[row + c.TEAM_FREE] + a[row + c.TEAM_FREE_FENCED] > 0:
        take(a, first_free(a, team, 1 if a[row + c.TEAM_FREE_FENCED] > 0 else 0), 1)


@compiled
def next_queue(a: Ints, team: int, seat: int) -> int:
    """The queue whose head this seat takes next: operational (0), planned (1), or none (-1)."""
    if waiting(a, team, 0) > 0 and (a[seat_at(a, seat) + c.NOW_FENCED] == 0 or head_is_urgent(a, team)):
        return 0
    return 1 if waiting(a, team, 1) > 0 else -1


@compiled
def first_free(a: Ints, team: int, fenced: int) -> int:
    """The fastest free seat, then the lowest number, among those ring-fenced or those not; it is taken."""
    row = team_at(a, team)
    seat = a[row + c.TEAM_FIRST_FREE + fenced]
    left = a[row + c.TEAM_FREE + fenced]
    s = seat_at(a, seat)
    best = NOBODY
    fastest = 0
    while left > 0 and fastest < a[row + c.TEAM_TOP_SPEED]:
        if a[s + c.NOW_FREE] == 1 and a[s + c.NOW_FENCED] == fenced:
            left -= 1
            if best == NOBODY:
                a[row + c.TEAM_FIRST_FREE + fenced] = seat
            if a[s + c.SEAT_SPEED] > fastest:
                best = seat
                fastest = a[s + c.SEAT_SPEED]
        seat += 1
        s += c.SEAT_COLUMNS
    set_free(a, team, best, 0)
    return best


@compiled
def set_free(a: Ints, team: int, seat: int, free: int) -> None:
    """Count a seat among the free ones, or not."""
    s = seat_at(a, seat)
    row = team_at(a, team) + a[s + c.NOW_FENCED]
    a[row + c.TEAM_FREE] += free - a[s + c.NOW_FREE]
    a[s + c.NOW_FREE] = free
    if free == 1:
        a[row + c.TEAM_FIRST_FREE] = min(seat, a[row + c.TEAM_FIRST_FREE])


@compiled
def least_important(a: Ints, f: Floats, team: int) -> int:
    """The seat whose work priority 1 interrupts, if any works on something less urgent."""
    first = a[team_at(a, team) + c.TEAM_FIRST_SEAT]
    best = NOBODY
    if value(a, f, a[team_at(a, team) + c.TEAM_PREEMPTS]) <= 0.0:
        return NOBODY
    for seat in range(first, first + a[team_at(a, team) + c.TEAM_SEAT_ROWS]):
        item = a[seat_at(a, seat) + c.NOW_ITEM]
        if item == NOTHING or a[seat_at(a, seat) + c.NOW_ACTIVE] == 0:
            continue
        if a[item_at(a, item) + c.ITEM_URGENT] == 0:
            continue
        if best == NOBODY or is_better_victim(
            a[a[c.CASE_PERCEIVED] + (item >> 1)],
            a[seat_at(a, seat) + c.NOW_STARTED],
            seat,
            a[a[c.CASE_PERCEIVED] + (a[seat_at(a, best) + c.NOW_ITEM] >> 1)],
            a[seat_at(a, best) + c.NOW_STARTED],
            best,
        ):
            best = seat
    return best


@compiled
def seat_on_call(a: Ints, f: Floats, team: int) -> int:
    """The first seat on call that is not at work: off shift, or on a public holiday."""
    first = a[team_at(a, team) + c.TEAM_FIRST_SEAT]
    for seat in range(first, first + a[team_at(a, team) + c.TEAM_SEAT_ROWS]):
        if a[seat_at(a, seat) + c.NOW_ITEM] == NOTHING and can_be_called(a, f, seat):
            return seat
    return NOBODY


@compiled
def can_be_called(a: Ints, f: Floats, seat: int) -> bool:
    """Whether priority 1 may call this seat although it is not at work."""
    on_call = seat_count(value(a, f, a[team_at(a, a[seat_at(a, seat) + c.SEAT_TEAM]) + c.TEAM_ON_CALL]))
    return (
        a[seat_at(a, seat) + c.NOW_ACTIVE] == 1
        and a[seat_at(a, seat) + c.SEAT_NUMBER] < on_call
        and (a[seat_at(a, seat) + c.NOW_HOLIDAY] == 1 or a[seat_at(a, seat) + c.NOW_IN_SHIFT] == 0)
    )


# Seats and items


@compiled
def take(a: Ints, seat: int, planned: int) -> None:
    """The seat starts on the head of a queue."""
    item = pop(a, a[seat_at(a, seat) + c.SEAT_TEAM], planned)
    complete(a, a[item_at(a, item) + c.ITEM_QUEUE_ROW])
    start_on(a, seat, item)


@in_place
@compiled
def start_on(a: Ints, seat: int, item: int) -> None:
    """The seat starts on an item."""
    now = a[c.NOW]
    s = seat_at(a, seat)
    i = item_at(a, item)
    turn(a, seat, WORKING if a[s + c.NOW_IN_SHIFT] == 1 else OVERTIME)
    a[s + c.NOW_ITEM] = item
    a[s + c.NOW_STARTED] = now
    left = a[i + c.ITEM_SWITCH_LOSS] + a[i + c.ITEM_REWORK] + a[i + c.ITEM_EFFORT]
    time = duration(left, a[s + c.SEAT_SPEED])
    a[s + c.NOW_UNTIL] = now + time
    schedule(a, time, order.WORK_DONE, a[s + c.SEAT_KEY], seat)


@compiled
def interrupt(a: Ints, seat: int, loss: int) -> None:
    """Take the item off the seat and put it back in its old place, ``loss`` effort the dearer."""
    item = put_down(a, seat)
    i = item_at(a, item)
    team = a[seat_at(a, seat) + c.SEAT_TEAM]
    a[i + c.ITEM_SWITCH_LOSS] += loss
    a[i + c.ITEM_QUEUE_ROW] = begin(a, item >> 1, QUEUE_AGAIN, team, NEVER)
    push(a, team, item)


@compiled
def put_down(a: Ints, seat: int) -> int:
    """Close the books on what the seat has just done to its item."""
    s = seat_at(a, seat)
    item = a[s + c.NOW_ITEM]
    turn(a, seat, OFF)
    a[s + c.NOW_ITEM] = NOTHING
    return item


@in_place
@compiled
def look_for_work(a: Ints, f: Floats, seat: int) -> None:
    """A seat without an item takes the next one, or is idle, away, or off."""
    s = seat_at(a, seat)
    team = a[s + c.SEAT_TEAM]
    here = a[s + c.NOW_IN_SHIFT] == 1 and a[s + c.NOW_ACTIVE] == 1
    if here and a[s + c.NOW_AWAY] == 0:
        queue = next_queue(a, team, seat)
        if queue >= 0:
            take(a, seat, queue)
        else:
            turn(a, seat, IDLE)
            set_free(a, team, seat, 1)
    elif head_is_urgent(a, team) and can_be_called(a, f, seat):
        take(a, seat, 0)
    elif here:
        turn(a, seat, ABSENT)


# Shifts and capacity


@compiled
def start_shift(a: Ints, f: Floats, seat: int) -> None:
    """A seat's shift begins: it works, or it is away today."""
    a[seat_at(a, seat) + c.NOW_IN_SHIFT] = 1
    if a[seat_at(a, seat) + c.NOW_ACTIVE] == 1:
        come_in(a, f, seat)


@compiled
def come_in(a: Ints, f: Floats, seat: int) -> None:
    """An active seat is in shift from now on; who is on an urgent call finishes it, away or not."""
    s = seat_at(a, seat)
    start = a[a[c.EDGES_AT] + a[s + c.SEAT_CALENDAR] + 2 * a[s + c.NOW_SHIFT_ROW]]
    day = (start + a[c.WARMUP]) // DAY
    u = uniform(a[c.SEED], a[c.REPLICATION], ABSENCE, a[s + c.SEAT_KEY], day)
    holiday = a[a[c.HOLIDAYS_AT] + a[s + c.SEAT_HOLIDAYS] + a[s + c.NOW_SHIFT_ROW]] == 1
    absence = value(a, f, a[team_at(a, a[s + c.SEAT_TEAM]) + c.TEAM_ABSENCE])
    a[s + c.NOW_HOLIDAY] = 1 if holiday else 0
    a[s + c.NOW_AWAY] = 1 if is_absent(holiday, absence, u) else 0
    if a[s + c.NOW_ITEM] != NOTHING:
        turn(a, seat, WORKING)
        return
    if a[s + c.NOW_HIRED] != NEVER:
        a[s + c.SEAT_SPEED] = speed_of(a, f, seat)
    look_for_work(a, f, seat)


@compiled
def end_shift(a: Ints, f: Floats, seat: int) -> None:
    """A seat's shift ends: unfinished work goes back to its place, priority 1 goes on as overtime."""
    team = a[seat_at(a, seat) + c.SEAT_TEAM]
    a[seat_at(a, seat) + c.NOW_IN_SHIFT] = 0
    a[seat_at(a, seat) + c.NOW_HOLIDAY] = 0
    a[seat_at(a, seat) + c.NOW_AWAY] = 0
    item = a[seat_at(a, seat) + c.NOW_ITEM]
    if item == NOTHING:
        leave(a, seat)
        offer(a, f, team)
    elif a[item_at(a, item) + c.ITEM_URGENT] == 0:
        turn(a, seat, OVERTIME)
    else:
        interrupt(a, seat, 0)
        offer(a, f, team)


@compiled
def leave(a: Ints, seat: int) -> None:
    """A seat without an item goes off."""
    turn(a, seat, OFF)
    set_free(a, a[seat_at(a, seat) + c.SEAT_TEAM], seat, 0)


@compiled
def seats_wanted(a: Ints, f: Floats, team: int) -> int:
    """Seats that the team has now."""
    return seat_count(value(a, f, a[team_at(a, team) + c.TEAM_SEATS]))


@compiled
def fence(a: Ints, f: Floats, team: int) -> None:
    """Which seats are ring-fenced now; free ones are counted anew."""
    row = team_at(a, team)
    parameter = a[row + c.TEAM_FENCE]
    fenced = seat_count(value(a, f, parameter)) if parameter >= 0 else 0
    wanted = seats_wanted(a, f, team)
    first = a[row + c.TEAM_FIRST_SEAT]
    for seat in range(first, first + a[row + c.TEAM_SEAT_ROWS]):
        s = seat_at(a, seat)
        free = a[s + c.NOW_FREE]
        set_free(a, team, seat, 0)
        a[s + c.NOW_FENCED] = 1 if is_ring_fenced(a[s + c.SEAT_NUMBER], wanted, fenced) else 0
        set_free(a, team, seat, free)


@compiled
def change_capacity(a: Ints, f: Floats, team: int) -> None:
    """The number of seats, of those on call or of those ring-fenced has changed."""
    fence(a, f, team)
    wanted = seats_wanted(a, f, team)
    first = a[team_at(a, team) + c.TEAM_FIRST_SEAT]
    for seat in range(first, first + a[team_at(a, team) + c.TEAM_SEAT_ROWS]):
        s = seat_at(a, seat)
        staff(a, f, seat, a[s + c.SEAT_NUMBER] < wanted and a[s + c.NOW_VACANT] == 0)
    offer(a, f, team)


@compiled
def staff(a: Ints, f: Floats, seat: int, active: bool) -> None:
    """A seat has somebody from now on, or nobody; who is at work finishes the item first."""
    s = seat_at(a, seat)
    if active and a[s + c.NOW_ACTIVE] == 0:
        a[s + c.NOW_ACTIVE] = 1
        if a[s + c.NOW_IN_SHIFT] == 1:
            come_in(a, f, seat)
    elif not active and a[s + c.NOW_ACTIVE] == 1:
        a[s + c.NOW_ACTIVE] = 0
        if a[s + c.NOW_ITEM] == NOTHING:
            leave(a, seat)
