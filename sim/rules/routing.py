"""Where a ticket goes next."""

from __future__ import annotations

from collections.abc import Sequence

from sim.kernel import rule

HOPS_PER_VISIT = 16
"""Draw numbers set aside for the handoff after one visit: the right hop and the wrong ones before it."""

MOST_WRONG_HOPS = HOPS_PER_VISIT - 1
"""After so many wrong teams a ticket finds its owner anyway."""


@rule
def pick(u: float, cumulative: Sequence[float], first: int, size: int) -> int:
    """Which of ``size`` cumulative shares, from place ``first`` on, first exceeds ``u``: 0 to size - 1.

    The last one catches rounding.
    """
    row = 0
    while row < size - 1 and u >= cumulative[first + row]:
        row += 1
    return row


@rule
def stray_probability(misrouting: float, pressure: float, strain: float) -> float:
    """Probability that a handoff goes astray; ``strain`` (0 to 1) is the sending team's overload."""
    return min(1.0, misrouting + pressure * strain)


@rule
def wrong_team(u: float, teams: int, sender: int, owner: int) -> int:
    """A team that is neither ``sender`` nor ``owner``, each alike; -1 if there is none."""
    others = teams - 1 if sender == owner else teams - 2
    if others <= 0:
        return -1
    low = min(sender, owner)
    high = max(sender, owner)
    team = min(int(u * others), others - 1)
    if team >= low:
        team += 1
    if high != low and team >= high:
        team += 1
    return team
