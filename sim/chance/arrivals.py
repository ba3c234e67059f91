"""Arrivals of a non-homogeneous Poisson stream by inverting its cumulative rate, day by day and hour by hour.

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
    daily: Sequence[float],
    first_daily: int,
    day_factor: Sequence[float],
    first_day: int,
) -> tuple[int, float]:
    """Place at which the cumulative rate has grown by ``need``, from second ``second`` of hour ``hour``.

    ``hourly[first_hour + h]`` is the expected number of arrivals in hour h of ``hours``,
    ``daily[first_daily + d]`` that of day d, ``day_factor[first_day + d]`` multiplies both. ``need`` is a
    unit exponential draw. Returns (hour, second within it); hour = ``hours`` is never.
    """
    while hour < hours:
        day = hour // 24
        factor = day_factor[first_day + day]
        if hour == 24 * day and second == 0.0:
            # Most faults and many streams have nothing for days.
            whole = daily[first_daily + day] * factor
            if need >= whole:
                need -= whole
                hour += 24
                continue
        rate = hourly[first_hour + hour] * factor
        left = rate * (3600.0 - second) / 3600.0
        if need < left:
            return hour, second + need / rate * 3600.0
        need -= left
        hour += 1
        second = 0.0
    return hours, 0.0
