"""Time of a scenario: calendars, loads and rates on the axis from the start of the warm-up to the horizon."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from scenarios.schema.base import Base
from scenarios.schema.times import ALWAYS, Hours, Meetings, YearlyDays
from sim.spec.calendars import DAY, HOUR, WEEK, Calendar, Floats, Ints, Shift


class Axis:
    """The simulated time of a base: t = 0 is midnight of its start date; no clock ever changes."""

    def __init__(self, base: Base, horizon: int) -> None:
        self.base = base
        self.warmup = round(base.warmup.mode)
        self.horizon = horizon
        self.weekday = base.start.weekday()
        self.hours = (self.warmup + horizon) // HOUR
        hour = np.arange(self.hours, dtype=np.int64) - self.warmup // HOUR
        self.hour_of_week: Ints = (hour + self.weekday * 24) % 168
        self.day: Ints = hour // 24
        """Days since the start, by hour."""
        self.years: Floats = (hour + 0.5).astype(np.float64) / (365.25 * 24)
        """Years since the start at the middle of each hour."""
        self.first = base.start - timedelta(seconds=self.warmup)
        self.last = base.start + timedelta(seconds=horizon)
        self.days_off = self.public_holidays()

    def number(self, day: date) -> int:
        """Days from the start to a date."""
        return (day - self.base.start).days

    def public_holidays(self) -> Ints:
        """Days since the start that are public holidays, sorted."""
        given = self.base.holidays
        found = set(given.extra)
        if given.country is not None:
            import holidays

            years = range(self.first.year - 1, self.last.year + 2)
            found |= set(holidays.country_holidays(given.country, subdiv=given.subdivision, years=years))
        return np.array(sorted(self.number(day) for day in found - set(given.without)), dtype=np.int64)

    def intervals(self, hours: Hours) -> tuple[Ints, Ints, Ints]:
        """All weekly intervals that touch the axis, uncut: starts, ends, and 1 where a day off begins one."""
        week = np.array(hours.week, dtype=np.int64) * 60
        monday = -self.weekday * DAY
        first = (-self.warmup - monday) // WEEK - 1
        weeks = np.arange(first, (self.horizon - monday) // WEEK + 1, dtype=np.int64) * WEEK + monday
        starts = (weeks[:, None] + week[None, :, 0]).ravel()
        ends = (weeks[:, None] + week[None, :, 1]).ravel()
        inside = (ends > -self.warmup) & (starts < self.horizon)
        starts, ends = starts[inside], ends[inside]
        off = np.isin(starts // DAY, self.days_off).astype(np.int64)
        return starts, ends, off

    def cut(self, name: str, starts: Ints, ends: Ints) -> Calendar:
        """A calendar of the intervals, merged where they touch and cut at both ends of the axis."""
        starts, ends = np.maximum(starts, -self.warmup), np.minimum(ends, self.horizon)
        fresh = np.ones(len(starts), dtype=bool)
        fresh[1:] = starts[1:] > ends[:-1]
        last = np.ones(len(ends), dtype=bool)
        last[:-1] = fresh[1:]
        return Calendar(name, starts[fresh], ends[last])

    def calendar(self, name: str, hours: Hours, *, every_day: bool = False) -> Calendar:
        """A calendar of opening hours; closed on public holidays unless it is open then or ``every_day``."""
        starts, ends, off = self.intervals(hours)
        if not every_day and not hours.open_on_holidays:
            starts, ends = starts[off == 0], ends[off == 0]
        return self.cut(name, starts, ends)

    def hours_of(self, value: Hours | str) -> Hours:
        """Opening hours by name or in place."""
        if isinstance(value, Hours):
            return value
        return self.base.calendars.get(value, ALWAYS)

    def shift(self, name: str, value: Hours | str, share: float) -> Shift:
        """A shift: all its hours are paid; on public holidays it is off unless its hours say otherwise."""
        hours = self.hours_of(value)
        starts, ends, _ = self.intervals(hours)
        calendar = self.cut(name, starts, ends)
        # Seen from each merged interval: whether the day it truly began on is off.
        began = starts[np.searchsorted(starts, calendar.starts, side="right") - 1]
        holiday = np.isin(began // DAY, self.days_off) & (not hours.open_on_holidays)
        return Shift(name, calendar, holiday.astype(np.int64), share)

    def meetings(self, given: Meetings) -> Ints:
        """Seconds at which a weekly meeting is held; on public holidays it is not, unless it says so."""
        week = np.array(given.week, dtype=np.int64) * 60
        monday = -self.weekday * DAY
        first = (-self.warmup - monday) // WEEK - 1
        weeks = np.arange(first, (self.horizon - monday) // WEEK + 1, dtype=np.int64) * WEEK + monday
        times = (weeks[:, None] + week[None, :]).ravel()
        times = times[(times >= -self.warmup) & (times < self.horizon)]
        if given.holidays == "cancelled":
            times = times[~np.isin(times // DAY, self.days_off)]
        return times

    def days_of(self, yearly: YearlyDays) -> Ints:
        """Days since the start that belong to days of every year, sorted."""
        found: list[int] = []
        for year in range(self.first.year - 1, self.last.year + 1):
            dates = yearly.dates(year)
            if dates is not None:
                found += range(self.number(dates[0]), self.number(dates[1]) + 1)
        return np.array(sorted(set(found)), dtype=np.int64)

    def frozen(self, freezes: Sequence[str | YearlyDays]) -> Ints:
        """Days since the start on which changes are frozen, sorted; a name is that of a peak."""
        found = np.zeros(0, dtype=np.int64)
        for freeze in freezes:
            days = self.base.peaks[freeze] if isinstance(freeze, str) else freeze
            found = np.union1d(found, self.days_of(days))
        return found

    def without(self, calendar: Calendar, days: Ints) -> Calendar:
        """A calendar that is closed on some days, which are sorted."""
        starts, ends = [], []
        first = np.searchsorted(days, calendar.starts // DAY).tolist()
        last = np.searchsorted(days * DAY, calendar.ends).tolist()
        opening = zip(calendar.starts.tolist(), calendar.ends.tolist(), first, last, strict=True)
        for start, end, earliest, latest in opening:
            begin = start
            for day in days[earliest:latest].tolist() if earliest < latest else ():
                if day * DAY > begin:
                    starts.append(begin)
                    ends.append(day * DAY)
                begin = max(begin, (day + 1) * DAY)
            if begin < end:
                starts.append(begin)
                ends.append(end)
        return Calendar(calendar.name, np.array(starts, dtype=np.int64), np.array(ends, dtype=np.int64))

    def nowhere(self, name: str) -> Calendar:
        """A calendar that is never open."""
        none = np.zeros(0, dtype=np.int64)
        return Calendar(name, none, none)


def day_length(hours: Hours) -> float:
    """Mean open seconds of a day on which the clock is open: the length of one business day."""
    week = hours.week
    days = {begin // 1440 for begin, _ in week}
    return 60.0 * sum(end - begin for begin, end in week) / len(days)
