"""The order of events at one instant: first by kind, in the order of this table, then by entity key.

What ends comes before what begins: levers set the scene, stocks are brought up to date, work ends, shifts
end and start, people leave and come, tickets on their way come back, meetings are held and windows open,
and what is new arrives last. A grant (a seat takes an item, a ticket moves on) belongs to the event that
caused it and is worked off before the next event of the same instant.
"""

from __future__ import annotations

LEVER = 0
"""A step of a lever; entity: its place in the sorted list of all steps."""
NEW_WEEK = 1
"""Monday 00:00: stocks are brought up to date; entity 0."""
NEW_DAY = 2
"""00:00: what happens by chance today is decided; entity 0."""
WORK_DONE = 3
"""An item is finished at a seat; entity: the seat."""
SHIFT_END = 4
"""A seat's shift ends; entity: the seat."""
SHIFT_START = 5
"""A seat's shift starts; entity: the seat."""
LEFT = 6
"""Somebody leaves; entity: the seat."""
HIRED = 7
"""A vacancy is filled; entity: the seat."""
WAIT_OVER = 8
"""User, vendor or approver answered; entity: the ticket (as below)."""
HANDED_OFF = 9
DETECTED = 10
AUTOMATED = 11
REOPENED = 12
CLOSED = 13
BOARD_MEETS = 14
"""The approval meeting; entity: its number."""
WINDOW_OPENS = 15
"""A change may be deployed; entity: the change."""
OVERDUE = 16
"""Maintenance that is not live yet is overdue; entity: the change."""
FAULT_BORN = 17
"""A service got worse with age; entity: the fault."""
STRIKE = 18
"""A fault makes itself felt, perhaps; entity: the incident."""
ARRIVAL = 19
INITIATIVE_STARTS = 20
"""Entity: the initiative."""
FOUND = 21
"""An auditor finds something; entity: the change that will mend it."""
OVERLOADED = 22
"""Load above the peak capacity; entity: the incident."""
BROKEN = 23
"""A failed deployment breaks something, at once; entity: the incident."""
RAISED = 24
"""A problem or change follows from something, at once; entity: the problem or change."""

FIRST_RANK = 2
KIND_STEP = 2**63


def rank(kind: int, entity: int) -> int:
    """Kind and entity as one integer that sorts like the pair. 0 and 1 are SimPy's own URGENT and NORMAL."""
    return FIRST_RANK + kind * KIND_STEP + entity
