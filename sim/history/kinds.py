"""The fixed vocabulary of a history: activities, states of a seat, kinds of work."""

from __future__ import annotations

from enum import IntEnum


class Activity(IntEnum):
    """What a ticket can go through. The lower-case name is the ``activity`` of the event log.

    WORK rows are in ``History.seat_time``; all others in ``History.activities``.
    """

    OCCUR = 0
    """An incident begins (instant)."""
    DETECT = 1
    """From the occurrence until monitoring or a user notices."""
    SUBMIT = 2
    """A request is made (instant)."""
    AUTOMATE = 3
    """A request runs through automation, successfully or not."""
    APPROVE = 4
    """A request waits for its approval."""
    QUEUE = 5
    """A ticket waits in a team's queue: from entry to the first work of the visit."""
    WORK = 6
    """A session of work at a seat; an interrupted visit has several."""
    WAIT_FOR_USER = 7
    WAIT_FOR_VENDOR = 8
    HAND_OFF = 9
    """On the way from one team to another."""
    RESTORE = 10
    """Service restored, or request fulfilled (instant)."""
    REOPEN = 11
    """A restoration did not hold (instant)."""
    CLOSE = 12
    """The ticket is closed for good (instant)."""
    QUEUE_AGAIN = 13
    """Interrupted, or left over at the end of a shift: from then until somebody goes on with it."""


class SeatState(IntEnum):
    """What a seat does in an interval of ``History.seat_time``.

    A seat that is off shift and not called has no row.
    """

    IDLE = 0
    """In shift, present, nothing to do."""
    ABSENT = 1
    """In shift hours, but on leave, sick, in training or on a public holiday (paid)."""
    WORKING = 2
    """In shift, on a ticket."""
    OVERTIME = 3
    """Out of shift, on a priority 1 ticket (paid with the overtime factor)."""


class WorkKind(IntEnum):
    """What a session of work was for. NONE on idle and absent rows."""

    NONE = 0
    TRIAGE = 1
    """First look and first-contact resolution of an incident at its entry team."""
    INCIDENT = 2
    """Resolving an incident at a team it was escalated to."""
    BOUNCE = 3
    """Finding out that an incident or request was routed to the wrong team."""
    REOPENED = 4
    """Working again on something whose restoration did not hold."""
    REQUEST = 5
