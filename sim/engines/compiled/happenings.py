"""Events of the planned flows, of people and of the passing of time, by their kinds."""

from __future__ import annotations

from sim.engines.compiled import layout as c
from sim.engines.compiled import plans as p
from sim.engines.compiled.ageing import (
    DEPTHS,
    fill,
    leave_for_good,
    new_day,
    new_week,
    next_day,
    next_week,
    today,
)
from sim.engines.compiled.changes import ATTEMPTS, become_overdue, finding, meet, raise_order
from sim.engines.compiled.defects import bear
from sim.engines.compiled.events import schedule
from sim.engines.compiled.initiatives import initiative
from sim.engines.compiled.life import breakage, overload
from sim.engines.compiled.memory import Floats, Ints, service_at
from sim.engines.compiled.problems import problem
from sim.history.kinds import Birth
from sim.kernel import compiled
from sim.rules import order

OF_AGE = int(Birth.AGE)


@compiled
def next_meeting(a: Ints) -> None:
    """Put the board's next meeting on the calendar."""
    number = a[p.NEXT_MEETING]
    if number < a[p.MEETING_COUNT]:
        a[p.NEXT_MEETING] += 1
        schedule(a, a[a[p.MEETINGS_AT] + number] - a[c.NOW], order.BOARD_MEETS, number, number)


@compiled
def happen(a: Ints, f: Floats, kind: int, entity: int, what: int) -> None:
    """What belongs to the planned flows, to people and to the passing of time."""
    if kind == order.NEW_DAY:
        new_day(a, f)
        next_day(a)
    elif kind == order.NEW_WEEK:
        new_week(a, f)
        next_week(a)
    elif kind == order.LEFT:
        leave_for_good(a, f, what)
    elif kind == order.HIRED:
        fill(a, f, what)
    elif kind == order.BOARD_MEETS:
        meet(a, f)
        next_meeting(a)
    elif kind == order.OVERDUE:
        become_overdue(a, what)
    elif kind == order.FAULT_BORN:
        bear(a, f, what, OF_AGE, today(a), -1, entity)
    elif kind == order.INITIATIVE_STARTS:
        initiative(a, f, what, entity)
    else:
        break_out(a, f, kind, entity, what)


@compiled
def break_out(a: Ints, f: Floats, kind: int, entity: int, what: int) -> None:
    """What is new and follows from something else."""
    if kind == order.RAISED:
        if what < 0:
            problem(a, f, -1 - what, entity)
        else:
            raise_order(a, f, what, entity)
    elif kind == order.FOUND:
        finding(a, f, what, today(a), entity)
    elif kind == order.OVERLOADED:
        stream = a[service_at(a, what // DEPTHS) + p.SRV_OVERLOAD]
        overload(a, f, stream, today(a), what % DEPTHS, entity)
    elif kind == order.BROKEN:
        change = what // ATTEMPTS
        stream = a[service_at(a, a[a[c.CASE_SERVICE] + change]) + p.SRV_FAILURES]
        breakage(a, f, stream, change, what % ATTEMPTS, entity)
