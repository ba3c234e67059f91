"""When teams work, and how many seats their work needs."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from calibration.fit.teams import TeamGroup
from calibration.fit.window import days_of_week

MINUTES_A_WEEK = 10_080
MINUTES_A_DAY = 1_440
WORKING_DAYS = 5
SHORTEST_DAY = 8
BUSY = 0.3
"""An hour belongs to the working day if it has this share of the activity of the busiest hours."""

FEWEST_ROWS = 60
COVER_SHARE, COVER_VISITS = 0.05, 30
"""Activity outside the working day (share; visits a week) that speaks for people who are there at night."""

SEAT_HOURS = 8.5
"""Hours of a shift: a longer working day has an early and a late shift."""

ABSENCE = 0.20
UTILISATION, PEAK_UTILISATION = 0.5, 0.65
"""Share of the time in shift that the log's work is assumed to fill, over the week and in its busiest hours.

A log with many tickets that are over in minutes leaves no room for queues, so seats can't be scarce in it.
"""

SPLIT_SEATS = 4
"""From this many seats on, a working day longer than a shift has an early and a late shift."""

FEWEST_SEATS = 3


@dataclass(frozen=True, slots=True)
class TeamHours:
    """Working day from hour ``begin`` to ``end``; ``weekend``: all week; ``cover``: round the clock."""

    begin: int
    end: int
    weekend: bool
    cover: bool

    def open_minutes(self) -> NDArray[np.bool_]:
        """For every minute of the week (Monday 00:00 is 0), whether somebody is there."""
        if self.cover:
            return np.ones(MINUTES_A_WEEK, dtype=bool)
        minute = np.arange(MINUTES_A_WEEK)
        hour, day = minute % MINUTES_A_DAY // 60, minute // MINUTES_A_DAY
        return (hour >= self.begin) & (hour < self.end) & (self.weekend | (day < WORKING_DAYS))

    @property
    def weekly(self) -> int:
        """Hours of the working days in a week."""
        return (self.end - self.begin) * (7 if self.weekend else WORKING_DAYS)


@dataclass(frozen=True, slots=True)
class Seats:
    """Seats in the working day, posts for nights and weekends, and people who held tickets on a day."""

    day: int
    night: int
    people_a_day: float

    @property
    def total(self) -> int:
        """All seats: three posts (late evening, night, weekend day) make up the cover."""
        return self.day + 3 * self.night


def team_hours(
    rows: pd.DataFrame, visits: pd.DataFrame, groups: list[TeamGroup], weeks: float
) -> dict[str, TeamHours]:
    """Working hours of every team, from the times at which its people wrote rows.

    Parameters
    ----------
    rows
        Rows in the window, with columns ``team`` (name in the log) and ``time``.
    visits
        Visits with columns ``team``, ``key`` and ``start``.
    groups
        The teams of the model.
    weeks
        Length of the window.
    """
    overall = hours_from(rows["time"])
    found = {}
    for group in groups:
        times = rows.loc[rows["team"].isin(group.names) if group.names else rows["team"].isna(), "time"]
        core = hours_from(times) if len(times) >= FEWEST_ROWS else overall
        starts = visits.loc[visits["key"] == group.key, "start"]
        outside = ~core.open_minutes()
        share = float(outside[minute_of_week(times)].mean()) if len(times) else 0.0
        visits_a_week = float(outside[minute_of_week(starts)].sum()) / max(weeks, 1.0)
        cover = share >= COVER_SHARE and visits_a_week >= COVER_VISITS
        found[group.key] = TeamHours(core.begin, core.end, core.weekend, cover)
    return found


def minute_of_week(times: pd.Series) -> NDArray[np.int64]:
    """Minutes since Monday 00:00."""
    minutes = times.dt.day_of_week * MINUTES_A_DAY + times.dt.hour * 60 + times.dt.minute
    found: NDArray[np.int64] = minutes.to_numpy(dtype=np.int64)
    return found


def hours_from(times: pd.Series) -> TeamHours:
    """The working day that a set of times shows: at least eight hours, at most sixteen."""
    working = times[times.dt.day_of_week < WORKING_DAYS]
    counts = np.bincount(working.dt.hour.to_numpy(dtype=np.int64), minlength=24).astype(float)
    if counts.sum() == 0:
        return TeamHours(8, 18, weekend=False, cover=False)
    busiest = np.sort(counts)[-5:].mean()
    busy = np.flatnonzero(counts >= BUSY * busiest)
    begin, end = int(busy[0]), int(busy[-1]) + 1
    while end - begin < SHORTEST_DAY:
        grow_left = begin > 0 and (end == 24 or counts[begin - 1] > counts[end])
        begin, end = (begin - 1, end) if grow_left else (begin, end + 1)
    weekend_rate = (len(times) - len(working)) / 2
    return TeamHours(begin, end, weekend=weekend_rate >= 0.4 * len(working) / WORKING_DAYS, cover=False)


def minutes_until_open(is_open: NDArray[np.bool_]) -> NDArray[np.float64]:
    """For every minute of the week, minutes until somebody is there (0 if somebody is)."""
    if not is_open.any():
        return np.zeros(MINUTES_A_WEEK)
    twice = np.concatenate([is_open, is_open])
    openings = np.where(twice, np.arange(2 * MINUTES_A_WEEK), 2 * MINUTES_A_WEEK)
    following = np.minimum.accumulate(openings[::-1])[::-1]
    waits: NDArray[np.float64] = (following[:MINUTES_A_WEEK] - np.arange(MINUTES_A_WEEK)).astype(float)
    return waits


def seats_needed(hours: TeamHours, load: NDArray[np.float64], people_a_day: float) -> Seats:
    """Seats that carry the log's work with the assumed utilisation and absence.

    Parameters
    ----------
    hours
        When the team works.
    load
        Agent-hours of work that come in during each of the 168 hours of a week.
    people_a_day
        People seen with tickets on a working day: seats are not set above that number.
    """
    core = TeamHours(hours.begin, hours.end, hours.weekend, cover=False).open_minutes()[::60]
    inside, outside = float(load[core].sum()), float(load[~core].sum())
    work = inside if hours.cover else inside + outside
    peak = float(np.sort(load[core])[-5:].mean()) if core.any() else 0.0
    length = hours.end - hours.begin
    present = max(work / hours.weekly / UTILISATION, peak / PEAK_UTILISATION)
    least = min(FEWEST_SEATS, max(2, round(people_a_day)))
    day = max(least, math.ceil(present / (1 - ABSENCE)))
    if day >= SPLIT_SEATS:
        day = math.ceil(day * max(1.0, length / SEAT_HOURS))
    if people_a_day >= least:
        day = max(least, min(day, math.ceil(people_a_day / (1 - ABSENCE))))
    night = 0
    if hours.cover:
        closed = MINUTES_A_WEEK / 60 - hours.weekly
        night = max(2, math.ceil(outside / closed / UTILISATION / (1 - ABSENCE)))
    return Seats(day, night, people_a_day)


def people_a_day(rows: pd.DataFrame, names: tuple[str, ...]) -> float:
    """Median number of different people who held a team's tickets on a working day."""
    of_team = rows[rows["team"].isin(names) & rows["person"].notna()]
    days = of_team["time"].dt.normalize()
    counts = pd.Series(of_team["person"].groupby(days).nunique())
    working = counts[days_of_week(counts) < WORKING_DAYS]
    return float(working.median()) if len(working) else 0.0
