"""People: overload, leaving, learning, and what users think of it all."""

from __future__ import annotations

import math

from sim.kernel import rule

YEAR_DAYS = 365.0


@rule
def strain_of_week(worked: int, idle: int, fought: int, limit: float) -> float:
    """Overload of a team in one week, 0 to 1, from seconds worked, idle, and worked on firefighting.

    Utilisation above ``limit`` counts, half of it in any case, the other half by the share of
    firefighting: busy with what one has planned tires less than busy with what others have broken.
    """
    if worked <= 0 or limit >= 1.0:
        return 0.0
    above = (worked / (worked + idle) - limit) / (1.0 - limit)
    if above <= 0.0:
        return 0.0
    return above * (0.5 + 0.5 * fought / worked)


@rule
def smoothed(old: float, new: float, weight: float) -> float:
    """Exponential smoothing: ``weight`` of the new value, the rest of the old one."""
    return old + weight * (new - old)


@rule
def leaving_rate(attrition: float, effect: float, strain: float) -> float:
    """Hazard a day that a person leaves; ``attrition`` is a year's."""
    return attrition * (1.0 + effect * strain) / YEAR_DAYS


@rule
def newcomer_speed(full: int, share: float, since: int, learning: float) -> int:
    """Speed (per mille) of somebody hired ``since`` seconds ago: from ``share`` of ``full`` to all of it."""
    if learning <= 0.0 or since >= learning:
        return full
    part = share + (1.0 - share) * (since / learning)
    return max(1, int(math.floor(full * part)))


@rule
def knowledge_after_leaving(knowledge: float, written_down: float, people: int) -> float:
    """Knowledge (0 to 1) left when one of ``people`` leaves, whose part was ``written_down`` to a share."""
    return knowledge * (1.0 - (1.0 - written_down) / max(1, people))


@rule
def effort_without_knowledge(knowledge: float, effect: float) -> float:
    """Factor on effort in a team that has only ``knowledge`` (0 to 1)."""
    return 1.0 + effect * (1.0 - knowledge)


@rule
def experience(
    waited: int, patience: float, handoffs: int, handoff_loss: float, reopens: int, reopen_loss: float
) -> float:
    """How a user judges one ticket, 0 to 1: a wait of ``patience`` halves it, handoffs and reopenings cost.

    Source: HappySignals (2019): each handoff lowers users' happiness (direction; the form is assumed).
    """
    score = patience / (patience + waited) if patience > 0.0 else 1.0
    # The exponents are floats: compiled code multiplies whole ones out, which is not the same to the bit.
    return score * math.pow(1.0 - handoff_loss, float(handoffs)) * math.pow(1.0 - reopen_loss, float(reopens))
