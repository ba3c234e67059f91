"""The order of events at one instant: first by kind, in the order of this table, then by entity key.

What ends comes before what begins: levers set the scene, work ends, shifts end and start, tickets on their
way come back, and new ones arrive last. A grant (a seat takes an item, a ticket moves on) belongs to the
event that caused it and is worked off before the next event of the same instant.
"""

from __future__ import annotations

LEVER = 0
"""A step of a lever; entity: its place in the sorted list of all steps."""
WORK_DONE = 1
"""An item is finished at a seat; entity: the seat."""
SHIFT_END = 2
"""A seat's shift ends; entity: the seat."""
SHIFT_START = 3
"""A seat's shift starts; entity: the seat."""
WAIT_OVER = 4
"""User, vendor or approver answered; entity: the ticket (as below)."""
HANDED_OFF = 5
DETECTED = 6
AUTOMATED = 7
REOPENED = 8
CLOSED = 9
ARRIVAL = 10

FIRST_RANK = 2
KIND_STEP = 2**63


def rank(kind: int, entity: int) -> int:
    """Kind and entity as one integer that sorts like the pair. 0 and 1 are SimPy's own URGENT and NORMAL."""
    return FIRST_RANK + kind * KIND_STEP + entity
