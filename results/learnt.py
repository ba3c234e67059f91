"""What a base that was learnt from a ticket log can know, and how to mark what it can't."""

from __future__ import annotations

from collections.abc import Sequence

MARK = "†"
"""Stands behind the name of an outcome that no log holds."""
MEANING = f"{MARK} not learnt from the log: it rests on assumptions, or on work that is not in the base"
"""What the mark says, for the foot of a table."""
NOTE = "not learnt from the log: rests on assumptions, or on work that is not in the base"
"""The same in documents."""

FROM_LOG = frozenset(
    {
        "incidents",
        "requests",
        "major_incidents",
        "restore_hours_mean",
        "restore_hours_p90",
        "request_fulfilment_hours_mean",
        "sla_attainment_share",
        "tickets_closed_share",
        "first_contact_share",
        "reopen_share",
        "handoffs_per_incident",
        "misroutes_per_incident",
        "incident_backlog_end",
        "request_backlog_end",
    }
)
"""Outcomes that follow from what a log holds: counts, times and ways of tickets.

Whom an outage hits, minutes of work, seats, money, faults, changes and initiatives are in no log.
"""

ROUTINE = "which tickets are routine requests"
"""What is said to be assumed where a log does not tell requests from incidents."""
OF_ONE_KIND = frozenset(
    {
        "incidents",
        "requests",
        "restore_hours_mean",
        "restore_hours_p90",
        "request_fulfilment_hours_mean",
        "incident_backlog_end",
        "request_backlog_end",
    }
)
"""Outcomes of incidents or of requests alone: with such a log they rest on the assumption which is which."""

ABANDONED = "tickets that the log leaves open for good"
"""What is said to be assumed where a log has tickets that nobody ever ends: a simulation ends them all."""
OF_THE_ENDED = frozenset(
    {
        "restore_hours_mean",
        "request_fulfilment_hours_mean",
        "sla_attainment_share",
        "tickets_closed_share",
        "incident_backlog_end",
        "request_backlog_end",
    }
)
"""Outcomes whose level moves with them: open tickets count, with their age, as missed and as not closed."""

NO_WAY = "the log does not show how tickets go from team to team"
"""What is said to be assumed where a log is a list that knows the last team only."""
OF_THE_WAY = frozenset({"first_contact_share", "handoffs_per_incident", "misroutes_per_incident"})
"""Outcomes that say nothing then, or rest on a way that is assumed."""

NO_REOPENING = "the log does not tell which tickets were reopened"
"""What is said to be assumed where a log has neither a count nor states for it."""

NO_LEVELS = "the log does not tell which were kept"
"""What is said to be assumed where a log tells no service levels."""

DOUBTS = (
    (ROUTINE, OF_ONE_KIND),
    (ABANDONED, OF_THE_ENDED),
    (NO_WAY, OF_THE_WAY),
    (NO_REOPENING, frozenset({"reopen_share"})),
    (NO_LEVELS, frozenset({"sla_attainment_share"})),
)
"""What may be said to be assumed, and the outcomes of ``FROM_LOG`` that rest on it then."""


def is_assumed(name: str, assumed: Sequence[str]) -> bool:
    """Whether an outcome rests on assumptions, given what the base is said to assume (none: not learnt)."""
    doubtful = any(name in touched and what in text for what, touched in DOUBTS for text in assumed)
    return bool(assumed) and (name not in FROM_LOG or doubtful)
