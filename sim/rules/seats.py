"""Seats: how many there are, which shift each works, who is away, and who is interrupted."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sim.kernel import rule

MOST_SEATS = 65_536


@rule
def seat_key(team_key: int, number: int) -> int:
    """Entity key of a seat: the team's with the seat number as its last 16 bits.

    So the seats of a team act in the order of their numbers at one instant.
    """
    return (team_key >> 16 << 16) | number


@rule
def seat_count(parameter: float) -> int:
    """Whole seats from a parameter that levers may have made fractional: rounded half up."""
    return int(math.floor(parameter + 0.5))


@rule
def shift_of(seat: int, shares: Sequence[float]) -> int:
    """Shift of seat number ``seat``: seats are dealt out one by one to the shift furthest behind its share.

    It depends on the seat's number alone, so that adding seats moves nobody to another shift.

    Source: Sainte-Lague's divisor method (ties to the first shift).
    """
    dealt = [0] * len(shares)
    chosen = 0
    for _ in range(seat + 1):
        best = -1.0
        for row in range(len(shares)):
            claim = shares[row] / (2 * dealt[row] + 1)
            if claim > best:
                best = claim
                chosen = row
        dealt[chosen] += 1
    return chosen


@rule
def is_absent(holiday: bool, absence: float, u: float) -> bool:
    """Whether a seat is away for a shift: a public holiday, or its keyed draw for the day."""
    return holiday or u < absence


@rule
def is_better_victim(
    importance: int, started: int, seat: int, other_importance: int, other_started: int, other_seat: int
) -> bool:
    """Whether interrupting the first item is better than the second.

    The least important goes first (largest perceived priority); among equals the latest started, then
    the highest seat number.
    """
    if importance != other_importance:
        return importance > other_importance
    if started != other_started:
        return started > other_started
    return seat > other_seat


@rule
def is_ring_fenced(number: int, seats: int, fenced: int) -> bool:
    """Whether seat ``number`` of ``seats`` is kept for planned work: the last ``fenced`` ones are."""
    return number >= seats - fenced
