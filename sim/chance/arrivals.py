"""Arrivals of a non-homogeneous Poisson stream by inverting its cumulative rate, hour by hour.

The base stream never moves: levers thin it or add to it (``sim.rules.demand``), so that two scenarios see
the same tickets at the same seconds.

Source: Cinlar (1975), 'Introduction to Stochastic Processes', chapter 4.7 (inversion of the mean function).
"""

from __future__ import annotations

from collections.abc import Sequence

from sim.kernel import rule


@rule
def next_arrival(
    need: float,
    hour: int,
    second: float,
    hourly: Sequence[float],
    first_hour: int,
    hours: int,
    day_factor: Sequence[float],
    first_day: int,
) -> tuple[int, float]:
    """Place at which the cumulative rate has grown by ``need``, from second ``second`` of hour ``hour``.

    ``hourly[first_hour + h]`` is the expected number of arrivals in hour h of ``hours``,
    ``day_factor[first_day + h // 24]`` multiplies it. ``need`` is a unit exponential draw. Returns (hour,
    second within it); hour = ``hours`` is never.
    """
    while hour < hours:
        rate = hourly[first_hour + hour] * day_factor[first_day + hour // 24]
        left = rate * (3600.0 - second) / 3600.0
        if need < left:
            return hour, second + need / rate * 3600.0
        need -= left
        hour += 1
        second = 0.0
    return hour, 0.0
