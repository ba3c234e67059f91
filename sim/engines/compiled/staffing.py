"""People at their seats: what lost knowledge costs, and how newcomers learn."""

from __future__ import annotations

from sim.engines.compiled import layout as c
from sim.engines.compiled import plans as p
from sim.engines.compiled.memory import Floats, Ints, people_at, seat_at, value
from sim.kernel import compiled
from sim.rules.people import effort_without_knowledge, newcomer_speed


@compiled
def effort_factor(a: Ints, f: Floats, team: int) -> float:
    """Factor on the effort of the team's work: more where knowledge is missing."""
    row = people_at(a, team)
    if a[row + p.PP_PRESENT] == 0:
        return 1.0
    return effort_without_knowledge(f[row + p.PP_KNOWLEDGE], value(a, f, a[row + p.PP_KNOWLEDGE_EFFECT]))


@compiled
def speed_of(a: Ints, f: Floats, seat: int) -> int:
    """Speed of somebody who was hired while the run went on: newcomers learn from shift to shift."""
    s = seat_at(a, seat)
    row = people_at(a, a[s + c.SEAT_TEAM])
    share, learning = value(a, f, a[row + p.PP_NEWCOMER]), value(a, f, a[row + p.PP_LEARNING])
    return newcomer_speed(a[s + c.SEAT_FULL_SPEED], share, a[c.NOW] - a[s + c.NOW_HIRED], learning)


@compiled
def note_staff(a: Ints, seat: int, hired: int) -> None:
    """A row of ``Staff``."""
    room = a[p.STAFF_ROOM]
    cell = a[p.STAFF_AT] + a[p.STAFF]
    a[p.STAFF] += 1
    a[cell] = a[c.NOW]
    a[cell + room] = a[seat_at(a, seat) + c.SEAT_TEAM]
    a[cell + 2 * room] = a[seat_at(a, seat) + c.SEAT_NUMBER]
    a[cell + 3 * room] = hired
