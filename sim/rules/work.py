"""Effort and time: how long work takes at a seat, and what of it was lost.

Effort is counted in thousandths of a second of a normal agent, because then an interrupted item of a slow
or fast agent keeps its remaining effort exactly: an agent of speed s (per mille) works off s thousandths
in a second.
"""

from __future__ import annotations

from sim.kernel import rule

NORMAL = 1000
"""Speed of a normal agent, per mille."""


@rule
def duration(effort: int, speed: int) -> int:
    """Whole seconds that ``effort`` (thousandths of a second) takes at ``speed`` per mille, rounded up."""
    if speed == NORMAL:
        return (effort + (NORMAL - 1)) // NORMAL  # Dividing by what is known takes a fifth of the time.
    return (effort + speed - 1) // speed


@rule
def part_seconds(effort: int, speed: int) -> int:
    """Seconds that a part of an effort took, rounded half up: for splitting a session, never for timing."""
    return (2 * effort + speed) // (2 * speed)


@rule
def first_part(effort: int) -> int:
    """Effort before a ticket turns out to need an answer from its user or a vendor: half of it."""
    return effort // 2


@rule
def lost_context(effort: int, share: float, hops: int) -> int:
    """Effort of a visit that must be done again after ``hops`` handoffs, each losing ``share`` of it."""
    return int(effort * share) * hops


# Values of sim.history.kinds.WorkKind; plain integers because rules know no history.
TRIAGE = 1
REOPENED = 4
EMERGENCY = 10
ROLLBACK = 11


@rule
def is_firefighting(kind: int) -> bool:
    """Whether a kind of work is firefighting: on incidents, emergency changes and failed deployments."""
    return TRIAGE <= kind <= REOPENED or kind in (EMERGENCY, ROLLBACK)
