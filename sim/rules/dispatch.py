"""Who is served next: the dispatch key of an item, computed when it enters a queue.

Smaller goes first. Items compare by (urgent class, key, time of entry, ticket): priority 1 is a class of
its own under every policy, and ties are settled by age, then by the ticket's key. Planned work (problems,
changes, initiatives) stands in a queue of its own behind all operational work, and its time of entry is
that at which it was raised: what was begun is finished before the next is begun.
"""

from __future__ import annotations

import math

from sim.kernel import rule

# Values of sim.spec.organisation.Policy; plain integers because compiled code reads them.
FIRST_COME = 0
SEVERITY = 1
SLA = 2
SHORTEST_JOB = 3
BUSINESS_IMPACT = 4

PLANNED = 5
"""Stands for the priority of planned work, below the lowest of a ticket."""

LARGEST = 4_000_000_000_000_000_000


@rule
def urgent_class(perceived: int) -> int:
    """0 for priority 1, else 1."""
    return 0 if perceived == 1 else 1


@rule
def dispatch_key(policy: int, perceived: int, due: int, work: int, value_per_hour: float) -> int:
    """Key of an item under a policy.

    ``due`` is when the service level is breached (seconds), ``work`` the effort ahead in thousandths of a
    second, ``value_per_hour`` the value lost in one hour of waiting as IT believes it. BUSINESS_IMPACT is
    the c-mu rule: value lost per hour of work, largest first.

    Source: Cox & Smith (1961), 'Queues', section 3.4 (c-mu rule).
    """
    if policy == SEVERITY:
        return perceived
    if policy == SLA:
        return due
    if policy == SHORTEST_JOB:
        return work
    if policy == BUSINESS_IMPACT:
        index = value_per_hour * 3.6e12 / (work if work > 1000 else 1000)
        return -LARGEST if index >= LARGEST else -int(math.floor(index))
    return 0
