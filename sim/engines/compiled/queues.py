"""The queues of teams, operational and planned work: binary heaps of items."""

from __future__ import annotations

from sim.engines.compiled import layout as c
from sim.engines.compiled.memory import Floats, Ints, item_at, team_at, ticket_at, value
from sim.kernel import compiled
from sim.spec.flows import Flow

INCIDENT = int(Flow.INCIDENT)


@compiled
def value_per_hour(a: Ints, f: Floats, ticket: int) -> float:
    """Value lost in one hour of waiting, as IT believes it."""
    t = ticket_at(a, ticket)
    if a[t + c.T_WORTH] < 0:
        return 0.0
    worth = value(a, f, a[t + c.T_WORTH])
    return worth * a[t + c.T_DEPTH] / 1_000_000 if a[a[c.CASE_FLOW] + ticket] == INCIDENT else worth


# Items compare by (urgent class, key, time of entry, ticket)


@compiled
def goes_before(a: Ints, one: int, i: int, other: int) -> bool:
    """Whether item ``one``, whose row is at ``i``, is served before item ``other``."""
    j = item_at(a, other)
    if a[i + c.ITEM_URGENT] != a[j + c.ITEM_URGENT]:
        return a[i + c.ITEM_URGENT] < a[j + c.ITEM_URGENT]
    if a[i + c.ITEM_ORDER] != a[j + c.ITEM_ORDER]:
        return a[i + c.ITEM_ORDER] < a[j + c.ITEM_ORDER]
    if a[i + c.ITEM_ENTERED] != a[j + c.ITEM_ENTERED]:
        return a[i + c.ITEM_ENTERED] < a[j + c.ITEM_ENTERED]
    return a[a[c.CASE_KEY] + (one >> 1)] < a[a[c.CASE_KEY] + (other >> 1)]


@compiled
def length_at(a: Ints, team: int, planned: int) -> int:
    """Address of the length of a team's operational (0) or planned (1) queue."""
    return team_at(a, team) + c.TEAM_QUEUE_LENGTH + planned


@compiled
def queue_at(a: Ints, team: int, planned: int) -> int:
    """Address of a team's operational (0) or planned (1) queue."""
    return a[c.QUEUES_AT] + (2 * team + planned) * a[c.QUEUE_ROOM]


@compiled
def push(a: Ints, team: int, item: int) -> None:
    """Put an item into its place."""
    i = item_at(a, item)
    planned = a[i + c.ITEM_PLANNED]
    queue = queue_at(a, team, planned)
    length = length_at(a, team, planned)
    place = a[length]
    a[length] += 1
    while place > 0:
        parent = (place - 1) >> 1
        ahead = a[queue + parent]
        if not goes_before(a, item, i, ahead):
            break
        a[queue + place] = ahead
        place = parent
    a[queue + place] = item


@compiled
def pop(a: Ints, team: int, planned: int) -> int:
    """Take the head of a queue."""
    queue = queue_at(a, team, planned)
    length = length_at(a, team, planned)
    head = a[queue]
    a[length] -= 1
    last = a[length]
    if last == 0:
        return head
    item = a[queue + last]
    place = 0
    child = 1
    while child < last:
        first = a[queue + child]
        i = item_at(a, first)
        if child + 1 < last and not goes_before(a, first, i, a[queue + child + 1]):
            child += 1
            first = a[queue + child]
            i = item_at(a, first)
        if not goes_before(a, first, i, item):
            break
        a[queue + place] = first
        place = child
        child = 2 * place + 1
    a[queue + place] = item
    return head


@compiled
def waiting(a: Ints, team: int, planned: int) -> int:
    """Items in a queue."""
    return a[length_at(a, team, planned)]


@compiled
def head_is_urgent(a: Ints, team: int) -> bool:
    """Whether priority 1 waits first in line."""
    if waiting(a, team, 0) == 0:
        return False
    return a[item_at(a, a[queue_at(a, team, 0)]) + c.ITEM_URGENT] == 0
