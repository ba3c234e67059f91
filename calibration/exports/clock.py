"""Changes of the clock (daylight saving): local times that come twice or never, and hours that really passed.

Times of a log are local ones, so that hours of the day are those that people see. In the hour that the clock
shows twice they would not tell what came first. So both passes are drawn together there: the first takes the
first half of the hour, the second the second half. That keeps the order, and can be undone exactly.

Source: the IANA time zone database, as Python's zoneinfo reads it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from numpy.typing import NDArray

FIRST, LAST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
SECOND = 1_000_000_000
HOUR = 3600.0

Nanoseconds = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock of a zone: when it changes (UTC), and its offsets before and after, in nanoseconds."""

    at: Nanoseconds
    before: Nanoseconds
    after: Nanoseconds

    @property
    def moments(self) -> Nanoseconds:
        """Local times from which on the later offset holds."""
        return self.at + np.maximum(self.before, self.after)

    def changed(self, first: pd.Timestamp, last: pd.Timestamp) -> NDArray[np.intp]:
        """Numbers of the changes between two local times."""
        return np.flatnonzero((self.moments > first.value) & (self.moments <= last.value))

    def local(self, utc: pd.Series) -> pd.Series:
        """Local times of moments in UTC (without a zone)."""
        moments, known = whole(utc)
        offsets = np.append(self.before, self.after[-1:])[np.searchsorted(self.at, moments, side="right")]
        found = moments + offsets
        for at, before, after in zip(self.at, self.before, self.after, strict=True):
            if before > after:
                twice = (moments >= at - (before - after)) & (moments < at + (before - after))
                found[twice] = at + after + (moments[twice] - (at - (before - after))) // 2
        return back(found, known, utc)

    def utc(self, local: pd.Series) -> pd.Series:
        """Moments in UTC of local times; a time that the clock skips counts on from before the change."""
        times, known = whole(local)
        offsets = np.append(self.before, self.after[-1:])[np.searchsorted(self.moments, times, side="right")]
        found = times - offsets
        for at, before, after in zip(self.at, self.before, self.after, strict=True):
            if before > after:
                twice = (times >= at + after) & (times < at + before)
                found[twice] = at - (before - after) + 2 * (times[twice] - (at + after))
        return back(found, known, local)

    def read(self, written: pd.Series) -> tuple[pd.Series, pd.Series, pd.Series]:
        """Local times as somebody wrote them down, and which of them come twice and never.

        What comes twice is taken as the first pass, what never comes as so much later.
        """
        times, known = whole(written)
        found = times.copy()
        twice, never = np.zeros(len(times), dtype=bool), np.zeros(len(times), dtype=bool)
        for at, before, after in zip(self.at, self.before, self.after, strict=True):
            low, high = sorted((at + before, at + after))
            inside = known & (times >= low) & (times < high)
            if before > after:
                found[inside] = low + (times[inside] - low) // 2
                twice |= inside
            else:
                found[inside] += after - before
                never |= inside
        return back(found, known, written), pd.Series(twice, written.index), pd.Series(never, written.index)

    def later_pass(self, time: pd.Timestamp, than: pd.Timestamp) -> pd.Timestamp:
        """The second pass of a time, if it was read as the first one and stands before an earlier event."""
        number = int(np.searchsorted(self.moments, time.value, side="right"))
        if time >= than or number == len(self.at):
            return time
        low, high = int(self.at[number] + self.after[number]), int(self.at[number] + self.before[number])
        middle = low + (high - low) // 2
        if not low <= time.value < middle or than.value >= high:
            return time
        return pd.Timestamp(time.value + middle - low)


def whole(times: pd.Series) -> tuple[Nanoseconds, NDArray[np.bool_]]:
    """Times as nanoseconds, and which of them are known."""
    values = times.to_numpy(dtype="datetime64[ns]")
    return values.astype(np.int64), ~np.isnat(values)


def back(values: Nanoseconds, known: NDArray[np.bool_], like: pd.Series) -> pd.Series:
    """Nanoseconds as times, NaT where not known."""
    times = values.astype("datetime64[ns]")
    times[~known] = np.datetime64("NaT", "ns")
    return pd.Series(times, index=like.index)


@lru_cache(maxsize=8)
def clock_of(zone: str) -> Clock:
    """The clock of an IANA zone, from 1990 to 2100."""
    place = ZoneInfo(zone)

    def offset(moment: datetime) -> timedelta:
        return moment.astimezone(place).utcoffset() or timedelta()

    found = []
    day, day_offset = FIRST, offset(FIRST)
    while day < LAST:
        following = day + timedelta(days=1)
        if (after := offset(following)) != day_offset:
            low, high = day, following
            while high - low > timedelta(seconds=1):
                middle = low + (high - low) // 2
                low, high = (low, middle) if offset(middle) == after else (middle, high)
            at = round(high.replace(microsecond=0).timestamp())
            found.append((at, day_offset.total_seconds(), after.total_seconds()))
        day, day_offset = following, after
    if not found:
        fixed = day_offset.total_seconds()
        found.append((round(LAST.timestamp()), fixed, fixed))
    table = np.array(found, dtype=np.float64)
    at, before, after_ = (np.round(column).astype(np.int64) * SECOND for column in table.T)
    return Clock(at, before, after_)


def hours_passed(start: pd.Series, end: pd.Series, zone: str | None) -> pd.Series:
    """Hours from one local time to another that really passed; NaN where one is missing.

    Without a zone nothing is known of changes of the clock: then it is the difference of what it showed.
    """
    if zone is None:
        return pd.Series((end - start).dt.total_seconds() / HOUR)
    clock = clock_of(zone)
    first, last = start.min(), end.max()
    if pd.isna(first) or pd.isna(last) or not len(clock.changed(first, last + pd.Timedelta(days=1))):
        return pd.Series((end - start).dt.total_seconds() / HOUR)
    return pd.Series((clock.utc(end) - clock.utc(start)).dt.total_seconds() / HOUR)
