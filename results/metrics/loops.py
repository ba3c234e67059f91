"""Loops over every row of a large table, which run as machine code.

Array operations would read and write the same columns many times over. A loop gives the same bits compiled
and plain: it adds up whole numbers and calls nothing but rules.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import ParamSpec, TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.history.kinds import Activity
from sim.history.tables import NEVER
from sim.kernel import entry
from sim.spec.calendars import Ints

Bools = NDArray[np.bool_]
P = ParamSpec("P")
R = TypeVar("R")


def fast(loop: Callable[P, R]) -> Callable[P, R]:
    """``loop`` as machine code, which is made on its first call and kept between runs."""
    return _machine_code(loop)


@cache
def _machine_code(loop: Callable[P, R]) -> Callable[P, R]:
    return entry(loop)


def spend(cell: Ints, start: Ints, end: Ints, weight: Ints, edges: Ints, spent: Ints) -> None:
    """Add what of every interval [start, end) lies in each bin to ``spent`` [cells, bins].

    ``weight`` is one for every row, or a single one for all. A cell below 0 counts nowhere.
    """
    last, single = 0, len(weight) == 1
    for row in range(len(cell)):
        begin, over = max(start[row], edges[0]), min(end[row], edges[-1])
        if cell[row] < 0 or begin >= over:
            continue
        # The bin of the end is close to that of the row before: tables are more or less in order of time.
        while edges[last] >= over:
            last -= 1
        while edges[last + 1] < over:
            last += 1
        place = last
        each = weight[0] if single else weight[row]
        while edges[place] > begin:
            spent[cell[row], place] += each * (over - edges[place])
            over = edges[place]
            place -= 1
        spent[cell[row], place] += each * (over - begin)


def count(cell: Ints, case: Ints, time: Ints, group: Ints, edges: Ints, found: Ints) -> None:
    """Count what happened into ``found`` [cells, groups, bins].

    ``group`` is that of its ticket; what has one below 0 is left out.
    """
    last = 0
    for row in range(len(cell)):
        own = group[case[row]]
        if own < 0 or time[row] < edges[0] or time[row] >= edges[-1]:
            continue
        while edges[last] > time[row]:
            last -= 1
        while edges[last + 1] <= time[row]:
            last += 1
        found[cell[row], own, last] += 1


def settle(
    case: Ints,
    begin: Ints,
    start: Ints,
    end: Ints,
    due: Ints,
    moment: int,
    unresolved: Ints,
    is_open: Bools,
    late: Bools,
) -> None:
    """Look at all spells as known just before ``moment``; [cases] what comes of it, as ``Standing`` says."""
    for row in range(len(case)):
        ticket, until = case[row], end[row]
        if start[row] >= moment:
            continue
        if until == NEVER or until >= moment:
            until = moment
            is_open[ticket] = True
        elif until > due[ticket]:
            late[ticket] = True
        unresolved[ticket] += max(until - begin[row], 0)


def read_clock(starts: Ints, ends: Ints, time: Ints, shown: Ints) -> None:
    """Write the seconds for which a calendar was open before each of ``time`` to ``shown``."""
    row, size, before = 0, len(starts), 0
    for place in range(len(time)):
        # ``row`` is the first interval that ends after the time, ``before`` the length of all earlier ones.
        while row > 0 and ends[row - 1] > time[place]:
            row -= 1
            before -= ends[row] - starts[row]
        while row < size and ends[row] <= time[place]:
            before += ends[row] - starts[row]
            row += 1
        shown[place] = before + (max(time[place] - starts[row], 0) if row < size else 0)


def overlap(team: Ints, seat: Ints, start: Ints, end: Ints, until: Ints) -> bool:
    """Whether an interval begins before an earlier row of the same seat ends.

    ``until`` [teams, seats] is where the seats' last rows ended: NEVER, to begin with.
    """
    for row in range(len(team)):
        if start[row] < until[team[row], seat[row]]:
            return True
        until[team[row], seat[row]] = end[row]
    return False


def stand_in_line(
    activity: Ints,
    case: Ints,
    start: Ints,
    complete: Ints,
    team: Ints,
    window: tuple[int, int],
    horizon: int,
    visits: Ints,
    handed_over: Ints,
    begun: Ints,
    by_team: Ints,
    by_ticket: Ints,
    first_work: Ints,
    previous: Ints,
) -> None:
    """Follow the tickets through the teams' queues, in order of time.

    Of the ``window``: [teams] the number of ``visits``, how many came ``handed_over`` by another team, the
    seconds until its end of waits ``begun`` in it, the seconds within it ``by_team`` and, [cases],
    ``by_ticket``. Of the whole run: [cases] ``first_work`` (the earliest end of a wait, if before what it
    was), and the team of the ``previous`` visit (-1 at first).
    """
    for row in range(len(activity)):
        if activity[row] != Activity.QUEUE and activity[row] != Activity.QUEUE_AGAIN:
            continue
        ticket, own, since, until = case[row], team[row], start[row], complete[row]
        enters, begins = activity[row] == Activity.QUEUE, window[0] <= since < window[1]
        if until == NEVER:
            until = horizon
        elif enters and until < first_work[ticket]:
            first_work[ticket] = until
        until = min(until, window[1])
        inside = max(until - max(since, window[0]), 0)
        by_team[own] += inside
        by_ticket[ticket] += inside
        if begins:
            begun[own] += until - since
        if enters:
            if begins:
                visits[own] += 1
                if previous[ticket] >= 0 and previous[ticket] != own:
                    handed_over[own] += 1
            previous[ticket] = own
