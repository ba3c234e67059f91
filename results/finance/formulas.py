"""The formulas of investment appraisal, on yearly flows with year 0 first. Money in, money out.

Source: Brealey, Myers & Allen (2020), 'Principles of Corporate Finance', 13th ed., chapters 2, 5 and 6,
unless a formula names another.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from sim.spec.calendars import Floats

MONTHS = 12
HIGHEST_RATE = 1e6
"""Rates of return are looked for up to a million times the outlay a year."""


def times(years: int, mid_year: float = 0.0) -> Floats:
    """[years + 1] When the flows of each year are taken to come, in years: at its end, or half a year before.

    Year 0 is t = 0, and so is not discounted. ``mid_year`` is 1 or 0.
    """
    found = np.arange(years + 1, dtype=np.float64)
    found[1:] -= 0.5 * mid_year
    return found


def discount_factors(rate: float, years: int, mid_year: float = 0.0) -> Floats:
    """[years + 1] What one unit of each year is worth today: (1 + rate) ^ -t."""
    return np.power(1.0 + rate, -times(years, mid_year))


def npv(rate: float, flows: Sequence[float] | Floats, mid_year: float = 0.0) -> float:
    """Net present value: flows times discount factors, year 0 as it is."""
    values = np.asarray(flows, dtype=np.float64)
    return float(values @ discount_factors(rate, len(values) - 1, mid_year))


def sign_changes(flows: Sequence[float] | Floats) -> int:
    """How often the flows change sign, zeros left out: with more than one there may be several IRRs."""
    signs = np.sign(np.asarray(flows, dtype=np.float64))
    signs = signs[signs != 0]
    return int(np.count_nonzero(signs[1:] != signs[:-1]))


def irrs(flows: Sequence[float] | Floats) -> list[float]:
    """Every rate above -100% at which the flows are worth nothing, smallest first.

    The real positive roots x = 1 / (1 + rate) of the polynomial of the flows.
    """
    values = np.trim_zeros(np.asarray(flows, dtype=np.float64))
    if sign_changes(values) == 0:
        return []
    scaled = values / np.abs(values).max()
    roots = np.roots(scaled[::-1])
    real = roots.real[(np.abs(roots.imag) < 1e-7 * np.maximum(1.0, np.abs(roots))) & (roots.real > 0)]
    polished = [_polish(scaled, float(x)) for x in real]
    rates = sorted(1.0 / x - 1.0 for x in polished if x > 1.0 / (1.0 + HIGHEST_RATE))
    return [rate for place, rate in enumerate(rates) if place == 0 or rate - rates[place - 1] > 1e-9]


def irr(flows: Sequence[float] | Floats) -> float | None:
    """Internal rate of return: where the net present value is 0; None where there is none, or several can be.

    Only flows that change sign once have one for certain (Descartes' rule of signs).
    """
    if sign_changes(flows) != 1:
        return None
    found = irrs(flows)
    return found[0] if len(found) == 1 else None


def mirr(flows: Sequence[float] | Floats, rate: float) -> float | None:
    """Modified internal rate: outlays discounted and returns compounded at ``rate``; None without both.

    ((FV of returns) / (PV of outlays)) ^ (1 / years) - 1. Source: Lin (1976), Engineering Economist 21:237.
    """
    values = np.asarray(flows, dtype=np.float64)
    years = len(values) - 1
    growth = np.power(1.0 + rate, np.arange(years, -1, -1))
    outlay = -float((np.minimum(values, 0.0) * discount_factors(rate, years)).sum())
    back = float((np.maximum(values, 0.0) * growth).sum())
    if outlay <= 0 or back <= 0 or years == 0:
        return None
    return math.pow(back / outlay, 1.0 / years) - 1.0


def payback_months(flows: Sequence[float] | Floats) -> float | None:
    """Months after which the flows so far are never negative again; None if they still are at the end.

    Within a year flows come evenly. Give discounted flows for the discounted payback.
    """
    added = np.cumsum(np.asarray(flows, dtype=np.float64))
    if added[-1] < 0:
        return None
    below = np.flatnonzero(added < 0)
    if len(below) == 0:
        return 0.0
    last = int(below[-1])
    return float(MONTHS * (last - added[last] / (added[last + 1] - added[last])))


def per_cost(amount: float, costs: float) -> float | None:
    """An amount for each unit of costs: return on investment of the NPV, benefit-cost ratio of benefits."""
    return amount / costs if costs > 0 else None


def cost_of_delay(flows: Floats, rate: float, mid_year: float = 0.0, months: float = 1.0) -> float:
    """What up to a year later costs: all moves back by ``months``, and so much of the last year is lost.

    NPV - (1 + rate) ^ (-months / 12) x (NPV - months / 12 of the last year, discounted).
    """
    part = months / MONTHS
    last = float(flows[-1]) * part * float(discount_factors(rate, len(flows) - 1, mid_year)[-1])
    worth = npv(rate, flows, mid_year)
    return worth - math.pow(1.0 + rate, -part) * (worth - last)


def _polish(values: Floats, x: float) -> float:
    """A root to the last digits (Newton's method)."""
    powers = np.arange(len(values))
    for _ in range(8):
        worth = float(values @ np.power(x, powers))
        slope = float((values[1:] * powers[1:]) @ np.power(x, powers[:-1]))
        step = worth / slope if slope else 0.0
        if not 0 < x - step < math.inf:
            break
        x -= step
    return x
