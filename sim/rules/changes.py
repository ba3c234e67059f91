"""Changes: how likely they are to fail, who skips approval, and how much goes into one."""

from __future__ import annotations

import math

from sim.kernel import rule

LARGEST_RISK = 0.95


@rule
def change_size(effort: int, reference: int) -> float:
    """Size of a change: its effort (thousandths of a second) by the reference effort (seconds)."""
    return effort / (1000.0 * reference)


@rule
def failure_probability(
    risk: float,
    size: float,
    size_effect: float,
    tests: float,
    rigour: float,
    in_flight: int,
    collision_effect: float,
    haste: float,
    haste_effect: float,
    knowledge: float,
    knowledge_effect: float,
    bypass_effect: float,
) -> float:
    """Probability that the deployment of a change fails, at most ``LARGEST_RISK``.

    ``risk`` at size 1, times size to the power ``size_effect``; tests and approval each take a share away;
    ``in_flight`` other changes on the service, ``haste`` (overload of the team, 0 to 1), missing
    ``knowledge`` (1 is all of it) and a skipped approval (``bypass_effect``, else 0) each add theirs.
    """
    p = risk * math.pow(size, size_effect) if size > 0.0 else 0.0
    p *= (1.0 - tests) * (1.0 - rigour)
    p *= 1.0 + collision_effect * in_flight
    p *= 1.0 + haste_effect * haste
    p *= 1.0 + knowledge_effect * (1.0 - knowledge)
    p *= 1.0 + bypass_effect
    return min(LARGEST_RISK, p)


@rule
def thoroughness(rigour: float, rigour_work: float) -> float:
    """How much longer a change is looked at than with no rigour at all; full rigour adds ``rigour_work``."""
    return 1.0 + rigour * rigour_work


@rule
def approvals(capacity: float, thorough: float) -> int:
    """Changes that one meeting approves, of the ``capacity`` that it had with no rigour at all."""
    return int(math.floor(capacity / thorough + 0.5))


@rule
def bypass_probability(bypass: float, pressure: float, strain: float) -> float:
    """Probability that a normal change skips its approval in a team of overload ``strain``."""
    return min(1.0, bypass + pressure * strain)


@rule
def batch_under_pressure(batch: float, pressure: float, strain: float) -> float:
    """Most effort that goes into one change, in seconds, in a team of overload ``strain``."""
    return batch * (1.0 + pressure * strain)


@rule
def number_of_changes(effort: int, batch: int) -> int:
    """Changes that an effort is split into, none larger than ``batch`` (same unit); at least 1."""
    if batch <= 0 or effort <= batch:
        return 1
    return (effort + batch - 1) // batch
