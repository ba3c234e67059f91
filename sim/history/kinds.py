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
    RAISE = 14
    """A problem or a change is raised (instant)."""
    AWAIT_APPROVAL = 15
    """A change waits for the approval meeting."""
    AWAIT_WINDOW = 16
    """A change waits for its deployment window."""
    FAIL = 17
    """A deployment failed (instant)."""
    KNOW = 18
    """The cause of a problem is found (instant)."""
    WORK_AROUND = 19
    """A workaround is published (instant)."""
    START = 20
    """An initiative starts (instant)."""
    GO_LIVE = 21
    """A change or an initiative is live, or a problem is solved (instant)."""
    BECOME_OVERDUE = 22
    """Maintenance has passed its due time (instant)."""


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
    PROBLEM = 6
    """Investigating the cause of repeated incidents."""
    CHANGE = 7
    """Assessing, building, testing, deploying a change: fixes, routine and initiatives' changes."""
    MAINTENANCE = 8
    """The same for maintenance and audit findings."""
    INITIATIVE = 9
    """The same for what the business asked for."""
    EMERGENCY = 10
    """The same for emergency changes (firefighting)."""
    ROLLBACK = 11
    """Undoing a failed deployment (firefighting)."""


class Birth(IntEnum):
    """How a fault came into the world."""

    INITIAL = 0
    """It was there at the start of the run."""
    AGE = 1
    """The service got worse with age and postponed maintenance."""
    CHANGE = 2
    """A failed deployment left it."""


class Stock(IntEnum):
    """What changes slowly and is brought up to date once a week."""

    OVERLOAD = 0
    """Of a team: smoothed strain of its weeks, 0 to 1."""
    KNOWLEDGE = 1
    """Of a team, 1 is all that there is to know."""
    SATISFACTION = 2
    """Of all users with IT, 0 to 1; owner 0."""
    MAINTENANCE_OVERDUE = 3
    """Of a service, in changes (a million is one)."""
    KNOWN_ERRORS = 4
    """Of a service, in faults whose cause is known and which are not fixed (a million is one)."""
    CHANGES_AWAITING_APPROVAL = 5
    """Changes that wait for the board (a million is one); owner 0."""
