"""The ledger: every paid second of every seat, and what it did to the item that somebody worked on."""

from __future__ import annotations

from sim.engines.compiled import layout as c
from sim.engines.compiled import plans as p
from sim.engines.compiled.memory import Ints, item_at, people_at, seat_at
from sim.history.kinds import SeatState
from sim.kernel import apart, compiled, in_place
from sim.rules.work import is_firefighting, part_seconds

IDLE = int(SeatState.IDLE)
OFF = -1
NOTHING = -1


@in_place
@compiled
def turn(a: Ints, seat: int, state: int) -> None:
    """The seat's state changes: write down the interval that ends here."""
    s = seat_at(a, seat)
    if a[s + c.NOW_STATE] != OFF:
        write_down(a, s)
    a[s + c.NOW_STATE] = state
    a[s + c.NOW_SINCE] = a[c.NOW]


@apart
@compiled
def write_down(a: Ints, s: int) -> None:
    """One row of the ledger, of the seat at ``s``; what was worked is taken off the item, losses first."""
    now, since, item = a[c.NOW], a[s + c.NOW_SINCE], a[s + c.NOW_ITEM]
    people = people_at(a, a[s + c.SEAT_TEAM])
    state = a[s + c.NOW_STATE]
    kind = 0
    lost_switching = 0
    lost = 0
    if state == IDLE:
        a[people + p.PP_IDLE] += now - since
    if item != NOTHING:
        i = item_at(a, item)
        kind = a[i + c.ITEM_KIND]
        a[people + p.PP_WORKED] += now - since
        if is_firefighting(kind):
            a[people + p.PP_FOUGHT] += now - since
        speed = a[s + c.SEAT_SPEED]
        spent = (now - since) * speed
        switch_loss = min(spent, a[i + c.ITEM_SWITCH_LOSS])
        rework = min(spent - switch_loss, a[i + c.ITEM_REWORK])
        a[i + c.ITEM_EFFORT] -= min(spent - switch_loss - rework, a[i + c.ITEM_EFFORT])
        # Most pieces of work lose nothing, and divisions take their time.
        if switch_loss + rework > 0:
            a[i + c.ITEM_SWITCH_LOSS] -= switch_loss
            a[i + c.ITEM_REWORK] -= rework
            lost_switching = part_seconds(switch_loss, speed)
            lost = part_seconds(switch_loss + rework, speed)
    if now <= since or a[c.WHOLE] == 0:
        return
    room = a[c.SEAT_ROW_ROOM]
    cell = a[c.SEAT_ROWS_AT] + a[c.SEAT_ROWS]
    a[c.SEAT_ROWS] += 1
    a[cell] = a[s + c.SEAT_TEAM]
    a[cell + room] = a[s + c.SEAT_NUMBER]
    a[cell + 2 * room] = state
    a[cell + 3 * room] = kind
    a[cell + 4 * room] = item >> 1 if item != NOTHING else -1
    a[cell + 5 * room] = since
    a[cell + 6 * room] = now
    a[cell + 7 * room] = lost_switching
    a[cell + 8 * room] = lost - lost_switching
