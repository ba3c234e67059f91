"""How customers react to a bad experience (the churn proxy).

A hazard per experience, not a survey answer: what people say they would do is 4 to 16 times what they do.
"""

from __future__ import annotations

import math

from sim.kernel import rule


@rule
def dose(severity: float, duration: float, scale: float) -> float:
    """How bad an experience was, 0 to ``severity`` (share of function lost, 0 to 1).

    It grows with ``duration`` and levels off beyond ``scale`` (both in seconds): severity x (1 -
    exp(-duration / scale)). With ``scale`` 0 every experience counts in full.
    """
    if scale <= 0.0:
        return severity
    return severity * (1.0 - math.exp(-duration / scale))


@rule
def faded_memory(memory: float, elapsed: float, half_life: float) -> float:
    """What customers remember of past doses after ``elapsed`` seconds; ``half_life`` 0 forgets at once."""
    if half_life <= 0.0:
        return 0.0
    return memory * math.exp(-math.log(2.0) * elapsed / half_life)


@rule
def share_reached(scope: float, load: float) -> float:
    """Share of a service's customers who meet an incident: its scope times the load (1 = mean), at most 1."""
    return min(1.0, scope * load)


@rule
def excess_leavers(
    reached: float, hazard: float, experience: float, repeat_factor: float, memory: float
) -> float:
    """Customers who leave because of an experience, beyond those who leave anyway (a real number).

    ``reached`` customers had an experience of dose ``experience``; past doses (``memory``) make it worse.
    """
    return reached * (1.0 - math.exp(-hazard * experience * (1.0 + repeat_factor * memory)))


@rule
def usual_leavers(customers: float, rate: float, elapsed: float) -> float:
    """Customers of ``customers`` who leave within ``elapsed`` seconds anyway, at ``rate`` a second."""
    return customers * (1.0 - math.exp(-rate * elapsed))
