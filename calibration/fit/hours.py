"""When teams work, and how many seats their work needs."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from calibration.fit.teams import TeamGroup
from calibration.fit.window import days_of_week

MINUTES_A_WEEK = 10_080
MINUTES_A_DAY = 1_440
WORKING_DAYS = 5
SHORTEST_DAY, LONGEST_DAY = 8, 16
BUSY = 0.3
"""An hour belongs to the working day if it has this share of the activity of the busiest hours."""

FEWEST_ROWS = 60
QUICK_HOURS, FEWEST_OUTSIDE = 1.0, 10
"""Somebody is there outside the working day if at least ten visits begin then, and half as many of them are
over within an hour as in the working day."""

COVER_POSTS, LITTLE_COVER = 2, 5.0
"""Posts for a night or weekend, at least: one may be absent. For little work (hours a week) one will do."""

SEAT_HOURS = 8.5
"""Hours of a shift: a longer working day has an early and a late shift."""

ABSENCE = 0.20
UTILISATION, PEAK_UTILISATION = 0.3, 0.4
"""Share of the time in shift that the log's work is assumed to fill, over the week and in its busiest hours.

A log with many tickets that are over in minutes leaves no room for queues, so seats can't be scarce in it.
"""

SPLIT_SEATS = 4
"""From this many seats on, a working day longer than a shift has an early and a late shift."""

FEWEST_SEATS = 3


@dataclass(frozen=True, slots=True)
class TeamHours:
    """Working day from hour ``begin`` to ``end``, Monday to Friday or (``weekend``) all week.

    ``nights`` and ``weekend_days`` tell whether somebody is there in the hours before and after it (on all
    days), and on Saturdays and Sundays within it.
    """

    begin: int
    end: int
    weekend: bool = False
    nights: bool = False
    weekend_days: bool = False

    def working_day(self) -> NDArray[np.bool_]:
        """For every minute of the week (Monday 00:00 is 0), whether it is in the working day."""
        return self.within_hours() & (self.weekend | on_working_days())

    def within_hours(self) -> NDArray[np.bool_]:
        """For every minute of the week, whether its hour is one of the working day's."""
        hour = np.arange(MINUTES_A_WEEK) % MINUTES_A_DAY // 60
        found: NDArray[np.bool_] = (hour >= self.begin) & (hour < self.end)
        return found

    def open_minutes(self) -> NDArray[np.bool_]:
        """For every minute of the week, whether somebody is there."""
        found = self.working_day()
        if self.nights:
            found = found | ~self.within_hours()
        if self.weekend_days:
            found = found | (self.within_hours() & ~on_working_days())
        return found

    @property
    def weekly(self) -> int:
        """Hours of the working days in a week."""
        return (self.end - self.begin) * (7 if self.weekend else WORKING_DAYS)


@dataclass(frozen=True, slots=True)
class Seats:
    """Seats in the working day, posts for nights and weekends, and people who held tickets on a day.

    ``work`` is the work of the log's tickets in a week, in agent-hours.
    """

    day: int
    cover: int
    people_a_day: float
    work: float = 0.0

    def present(self, hours: TeamHours) -> float:
        """Agent-hours in shift in a week, less absence."""
        shift = min(SEAT_HOURS, hours.end - hours.begin)
        days = hours.weekly / (hours.end - hours.begin)
        outside = int((hours.open_minutes() & ~hours.working_day()).sum()) / 60
        return (1 - ABSENCE) * (self.day * shift * days + self.cover * outside)


def on_working_days() -> NDArray[np.bool_]:
    """For every minute of the week, whether it is on Monday to Friday."""
    found: NDArray[np.bool_] = np.arange(MINUTES_A_WEEK) // MINUTES_A_DAY < WORKING_DAYS
    return found


def team_hours(rows: pd.DataFrame, visits: pd.DataFrame, groups: list[TeamGroup]) -> dict[str, TeamHours]:
    """Working hours of every team, from the times at which its people wrote rows.

    Parameters
    ----------
    rows
        Rows in the window, with columns ``team`` (name in the log) and ``time``.
    visits
        Visits with columns ``key``, ``start`` and ``hours``.
    groups
        The teams of the model.
    """
    overall = hours_from(rows["time"])
    found = {}
    for group in groups:
        times = rows.loc[rows["team"].isin(group.names) if group.names else rows["team"].isna(), "time"]
        core = hours_from(times) if len(times) >= FEWEST_ROWS else overall
        found[group.key] = with_cover(core, visits[visits["key"] == group.key])
    return found


def with_cover(core: TeamHours, visits: pd.DataFrame) -> TeamHours:
    """Working hours with the nights and weekends in which new visits are over as quickly as by day."""
    done = visits[visits["hours"].notna()]
    minute = minute_of_week(done["start"])
    quick = done["hours"].to_numpy(dtype=float) <= QUICK_HOURS
    by_day = core.working_day()[minute]
    if not by_day.any():
        return core
    usual = float(quick[by_day].mean())

    def covered(part: NDArray[np.bool_]) -> bool:
        return int(part.sum()) >= FEWEST_OUTSIDE and usual > 0 and float(quick[part].mean()) >= usual / 2

    nights = ~core.within_hours()[minute]
    weekends = core.within_hours()[minute] & ~on_working_days()[minute] & (not core.weekend)
    return replace(core, nights=covered(nights), weekend_days=covered(weekends))


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
        return TeamHours(8, 18)
    busiest = np.sort(counts)[-5:].mean()
    busy = np.flatnonzero(counts >= BUSY * busiest)
    begin, end = int(busy[0]), int(busy[-1]) + 1
    while end - begin < SHORTEST_DAY:
        grow_left = begin > 0 and (end == 24 or counts[begin - 1] > counts[end])
        begin, end = (begin - 1, end) if grow_left else (begin, end + 1)
    while end - begin > LONGEST_DAY:
        begin, end = (begin + 1, end) if counts[begin] <= counts[end - 1] else (begin, end - 1)
    weekend_rate = (len(times) - len(working)) / 2
    return TeamHours(begin, end, weekend=weekend_rate >= 0.4 * len(working) / WORKING_DAYS)


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
    core, is_open = hours.working_day()[::60], hours.open_minutes()[::60]
    covered = float(load[is_open & ~core].sum())
    work = float(load.sum()) - covered
    peak = float(np.sort(load[core])[-5:].mean()) if core.any() else 0.0
    length = hours.end - hours.begin
    present = max(work / hours.weekly / UTILISATION, peak / PEAK_UTILISATION)
    least = min(FEWEST_SEATS, max(2, round(people_a_day)))
    day = max(least, math.ceil(present / (1 - ABSENCE)))
    if day >= SPLIT_SEATS:
        day = math.ceil(day * max(1.0, length / SEAT_HOURS))
    if people_a_day >= least:
        day = max(least, min(day, math.ceil(people_a_day / (1 - ABSENCE))))
    outside = int((is_open & ~core).sum())
    work = float(load.sum())
    if not outside:
        return Seats(day, 0, people_a_day, work)
    posts = COVER_POSTS if covered >= LITTLE_COVER else 1
    busiest = float(np.sort(load[is_open & ~core])[-5:].mean())
    needed = max(covered / outside / UTILISATION, busiest / PEAK_UTILISATION) / (1 - ABSENCE)
    return Seats(day, max(posts, math.ceil(needed)), people_a_day, work)


def people_a_day(rows: pd.DataFrame, names: tuple[str, ...]) -> float:
    """Median number of different people who held a team's tickets on a working day."""
    of_team = rows[rows["team"].isin(names) & rows["person"].notna()]
    days = of_team["time"].dt.normalize()
    counts = pd.Series(of_team["person"].groupby(days).nunique())
    working = counts[days_of_week(counts) < WORKING_DAYS]
    return float(working.median()) if len(working) else 0.0
