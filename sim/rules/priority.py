"""True and perceived priority."""

from __future__ import annotations

from sim.kernel import rule

HIGHEST = 1
LOWEST = 4


@rule
def perceived_priority(
    true: int, error: float, value_weight: float, believed_weight: float, u_error: float, u_belief: float
) -> int:
    """Priority (1 highest to 4) that the desk gives a ticket whose true priority is ``true``.

    A service believed to be worth less than it is loses one step with probability 1 - believed / true
    weight; one believed to be worth more gains a step likewise. On top, the desk errs by one step with
    probability ``error``, up or down alike. A larger error misjudges a superset.
    """
    given = true
    if believed_weight < value_weight:
        if u_belief < 1.0 - believed_weight / value_weight:
            given += 1
    elif believed_weight > value_weight:
        if u_belief < 1.0 - value_weight / believed_weight:
            given -= 1
    if u_error < 0.5 * error:
        given += 1
    elif u_error >= 1.0 - 0.5 * error:
        given -= 1
    return min(LOWEST, max(HIGHEST, given))
