"""Faults: which of their incidents exist, when they become problems, and how services age."""

from __future__ import annotations

import math

from sim.kernel import rule

BOUND = 2.0
"""Faults draw incidents at this multiple of their base rate, so that demand up to it can thin them."""


@rule
def share_of_strikes(demand: float) -> float:
    """Share of a fault's possible incidents that exist when the demand lever stands at ``demand``.

    Keyed thinning at the bounding rate: the incidents of a lower demand are a subset of those of a higher
    one. Demand above ``BOUND`` counts as ``BOUND``.

    Source: Lewis & Shedler (1979), 'Simulation of nonhomogeneous Poisson processes by thinning', Naval
    Research Logistics Quarterly 26(3), 403-413.
    """
    return min(1.0, max(0.0, demand / BOUND))


@rule
def repeats_in_row(repeats: int, last: int, now: int, window: int) -> int:
    """Incidents of a fault in a row, this one included, each within ``window`` of the one before."""
    return repeats + 1 if repeats > 0 and now - last <= window else 1


@rule
def share_noticed(repeats: int, least: int, priority: int, maturity: float, majors: float) -> float:
    """Probability that an incident of a fault makes it a problem.

    ``repeats`` incidents in a row count from ``least`` on; one of true ``priority`` 1 counts by itself.
    """
    share = maturity if repeats >= least else 0.0
    if priority == 1 and majors > share:
        share = majors
    return share


@rule
def settles_with_workaround(resolves: float, workaround: float) -> float:
    """Probability that a visit settles an incident whose workaround is known."""
    return resolves + workaround * (1.0 - resolves)


@rule
def daily_probability(rate: float) -> float:
    """Probability that something of hazard ``rate`` a day happens today (at most once)."""
    return 1.0 - math.exp(-rate) if rate > 0.0 else 0.0


@rule
def births_of_day(births: float, ageing: float, overdue: int) -> float:
    """Faults expected today: each overdue maintenance change adds the share ``ageing``."""
    return births * (1.0 + ageing * overdue)


@rule
def second_of_day(share: float, u: float) -> int:
    """When today something of probability ``share`` happens that has drawn ``u`` < ``share``: 0 to 86,399.

    Given that it happens, u / share is uniform.
    """
    return min(86_399, int(math.floor(86_400.0 * u / share)))
