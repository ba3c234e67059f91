"""Weekly hours, weekly profiles and yearly peaks."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator

from scenarios.dimensions import FACTOR, PERCENT
from scenarios.errors import nearest
from scenarios.quantities import Quantity, default, refuse, refuse_at
from scenarios.schema.parts import Day, Name, Part, described

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SPAN = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")
NTH = re.compile(r"(1st|2nd|3rd|4th|5th|last) (\w{3}) (\w{3})")
MINUTES_A_DAY = 1440


def weekdays(key: str) -> list[int]:
    """Days named by ``mon``, ``mon-fri`` or ``mon,wed`` (0 is Monday); empty if it is none of these."""
    days: list[int] = []
    for part in key.split(","):
        ends = [WEEKDAYS.index(day) if day in WEEKDAYS else -1 for day in part.strip().split("-")]
        if -1 in ends or len(ends) > 2:
            return []
        days += range(ends[0], ends[-1] + 1 if ends[-1] >= ends[0] else ends[-1] + 8)
    return [day % 7 for day in days]


def each_day(keys: list[str]) -> dict[int, str]:
    """Key that speaks for each day of the week."""
    found: dict[int, str] = {}
    for key in keys:
        days = weekdays(key)
        if not days:
            raise refuse_at(
                key,
                key,
                f"is not a day; write mon, mon-fri or mon,wed (days: {', '.join(WEEKDAYS)})"
                f"{nearest(key, [*WEEKDAYS, 'holidays'])}",
            )
        for day in days:
            if day in found:
                raise refuse_at(key, key, f"names {WEEKDAYS[day]} again (already in `{found[day]}`)")
            found[day] = key
    return found


def spans(text: str) -> list[tuple[int, int]]:
    """Minutes of ``"08:00-12:00 13:00-17:00"``; a span that ends before it starts goes on past midnight."""
    found = []
    for part in text.split():
        match = SPAN.fullmatch(part)
        begin, end = (
            (int(match[1]) * 60 + int(match[2]), int(match[3]) * 60 + int(match[4])) if match else (-1, -1)
        )
        if (
            match is None
            or max(begin, end) > MINUTES_A_DAY
            or begin == end
            or int(match[2]) > 59
            or int(match[4]) > 59
        ):
            raise refuse('must be spans of time such as "08:00-12:00 13:00-17:00", from 00:00 to 24:00')
        found.append((begin, end if end > begin else end + MINUTES_A_DAY))
    return found


class Hours(Part):
    """Weekly opening hours: days to spans of time; days that are not named are closed."""

    model_config = ConfigDict(extra="allow", frozen=True, strict=True, defer_build=True)
    __pydantic_extra__: dict[str, str] = Field(init=False)

    holidays: Literal["open", "closed"] | None = described(
        "Whether it is open on public holidays. Left out: round the clock is open, all else is closed.",
        None,
        decided=True,
    )

    @model_validator(mode="after")
    def check(self) -> Hours:
        """Refuse what no single key shows."""
        days = each_day(list(self.__pydantic_extra__))
        for key, text in self.__pydantic_extra__.items():
            try:
                spans(text)
            except ValueError as error:
                raise refuse_at(key, text, str(error)) from None
        week = self.week
        if not week:
            raise refuse('has no hours; write days and spans of time, such as {mon-fri: "08:00-17:00"}')
        for (_, end), (begin, _) in zip(week, [*week[1:], (week[0][0] + 7 * MINUTES_A_DAY, 0)], strict=True):
            if begin < end:
                raise refuse_at(next(iter(days.values())), self.__pydantic_extra__, "has spans that overlap")
        return self

    @property
    def week(self) -> list[tuple[int, int]]:
        """Sorted (begin, end) in minutes since Monday 00:00; the last may end in the next week."""
        days = each_day(list(self.__pydantic_extra__))
        return sorted(
            (day * MINUTES_A_DAY + begin, day * MINUTES_A_DAY + end)
            for day, key in days.items()
            for begin, end in spans(self.__pydantic_extra__[key])
        )

    def text(self) -> str:
        """The hours as they are written."""
        return ", ".join(f"{day}: {hours}" for day, hours in self.__pydantic_extra__.items())

    @property
    def round_the_clock(self) -> bool:
        """Whether it never closes."""
        return sum(end - begin for begin, end in self.week) == 7 * MINUTES_A_DAY

    @property
    def joins_days(self) -> bool:
        """Whether a day's hours end exactly when the next day's begin."""
        week = self.week
        after = [*week[1:], (week[0][0] + 7 * MINUTES_A_DAY, 0)]
        return any(
            end == begin and start // MINUTES_A_DAY != begin // MINUTES_A_DAY
            for (start, end), (begin, _) in zip(week, after, strict=True)
        )

    @property
    def open_on_holidays(self) -> bool:
        """Whether public holidays are like other days."""
        return self.round_the_clock if self.holidays is None else self.holidays == "open"


ALWAYS = Hours.model_validate({"mon-sun": "00:00-24:00"})


def read_hours(value: object) -> Hours | str:
    """The name of a calendar, or hours written in place."""
    if isinstance(value, str | Hours):
        return value
    return Hours.model_validate(value)


HoursOrName = Annotated[
    Any,
    BeforeValidator(read_hours),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "object"}]}),
]


class Profile(Part):
    """A weekly pattern of demand: 24 relative weights for each day, scaled to mean 1 over the week."""

    model_config = ConfigDict(extra="allow", frozen=True, strict=True, defer_build=True)
    __pydantic_extra__: dict[str, list[Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)]]] = Field(
        init=False
    )

    holidays: Annotated[Quantity, PERCENT] = described(
        "Load on public holidays, in percent of the same weekday's.", default(1.0, "%", 0.01)
    )

    @model_validator(mode="after")
    def check(self) -> Profile:
        """Refuse what no single key shows."""
        days = each_day(list(self.__pydantic_extra__))
        for key, weights in self.__pydantic_extra__.items():
            if len(weights) != 24:
                raise refuse_at(
                    key, weights, f"must be 24 numbers, one for each hour; here are {len(weights)}"
                )
        if len(days) < 7:
            missing = [day for number, day in enumerate(WEEKDAYS) if number not in days]
            raise refuse(f"must name every day of the week; {', '.join(missing)} missing")
        if sum(self.week) <= 0:
            raise refuse("must have at least one weight above 0")
        return self

    @property
    def week(self) -> list[float]:
        """168 weights from Monday 00:00 on, as written."""
        days = each_day(list(self.__pydantic_extra__))
        return [weight for day in range(7) for weight in self.__pydantic_extra__[days[day]]]


def read_moment(value: object) -> str:
    """Check a day of the year: ``12-10`` or ``4th thu nov``."""
    if isinstance(value, str) and on(value, 2024) is not None:
        return value
    raise refuse("must be a day of the year such as 12-10 or `4th thu nov` (1st to 5th, or last)")


def on(moment: str, year: int) -> date | None:
    """The date of a day of the year in ``year``; None if it has none (a 29 February, a fifth Friday)."""
    match = NTH.fullmatch(moment)
    if match is None:
        try:
            return date.fromisoformat(f"{year}-{moment}") if re.fullmatch(r"\d{2}-\d{2}", moment) else None
        except ValueError:
            return None
    if match[2] not in WEEKDAYS or match[3] not in MONTHS:
        return None
    month = MONTHS.index(match[3]) + 1
    first = date(year, month, 1)
    day = first + timedelta(days=(WEEKDAYS.index(match[2]) - first.weekday()) % 7)
    days = [day + timedelta(weeks=week) for week in range(5)]
    days = [day for day in days if day.month == month]
    if match[1] == "last":
        return days[-1]
    place = int(match[1][0]) - 1
    # A fifth weekday exists in some years only; then the peak is left out.
    return (
        days[place] if place < len(days) else (date(year, month, 1) if year == 2024 and place == 4 else None)
    )


Moment = Annotated[str, BeforeValidator(read_moment)]


class YearlyDays(Part):
    """Days of every year."""

    begin: Moment = described("First day: `12-10` or `4th thu nov`.", alias="from", decided=True)
    end: Moment | None = described("Last day (instead of `days`).", None, alias="to", decided=True)
    days: Annotated[int, Field(ge=1, le=366)] | None = described(
        "Length in days (instead of `to`).", None, decided=True
    )

    @model_validator(mode="after")
    def check(self) -> YearlyDays:
        """Refuse what no single key shows."""
        if (self.end is None) == (self.days is None):
            raise refuse("must have either `to` or `days`")
        return self

    def dates(self, year: int) -> tuple[date, date] | None:
        """First and last of the days that begin in ``year``."""
        first = on(self.begin, year)
        if first is None:
            return None
        if self.days is not None:
            return first, first + timedelta(days=self.days - 1)
        last = on(self.end or "", year)
        if last is not None and last < first:
            last = on(self.end or "", year + 1)
        return None if last is None else (first, last)

    def text(self) -> str:
        """The days in words."""
        return f"{self.begin} to {self.end}" if self.end else f"{self.days} days from {self.begin}"


class Peak(YearlyDays):
    """Days of every year with more (or less) than the usual load."""

    factor: Annotated[Quantity, FACTOR] = described("Load on these days, 1 is the usual load.")


def read_freeze(value: object) -> str | YearlyDays:
    """The name of a peak, or days of every year."""
    if isinstance(value, str | YearlyDays):
        return value
    return YearlyDays.model_validate(value)


Freeze = Annotated[
    Any,
    BeforeValidator(read_freeze),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "object"}]}),
]

CLOCK = re.compile(r"(\d{1,2}):(\d{2})")


def minutes_of(text: str) -> list[int]:
    """Minutes of the day of ``"10:00"`` or ``"10:00 15:30"``, in order."""
    found = []
    for part in text.split():
        match = CLOCK.fullmatch(part)
        minute = int(match[1]) * 60 + int(match[2]) if match and int(match[2]) < 60 else MINUTES_A_DAY
        if minute >= MINUTES_A_DAY:
            raise refuse('must be times of the day such as "10:00" or "10:00 15:30", before 24:00')
        found.append(minute)
    if not found or sorted(set(found)) != found:
        raise refuse('must be times of the day in rising order, such as "10:00 15:30"')
    return found


class Meetings(Part):
    """Weekly times of a meeting: days to times; on public holidays it is cancelled."""

    model_config = ConfigDict(extra="allow", frozen=True, strict=True)
    __pydantic_extra__: dict[str, str] = Field(init=False)

    holidays: Literal["held", "cancelled"] = described(
        "Whether it is held on public holidays.", "cancelled", decided=True
    )

    @model_validator(mode="after")
    def check(self) -> Meetings:
        """Refuse what no single key shows."""
        each_day(list(self.__pydantic_extra__))
        for key, text in self.__pydantic_extra__.items():
            try:
                minutes_of(text)
            except ValueError as error:
                raise refuse_at(key, text, str(error)) from None
        if not self.__pydantic_extra__:
            raise refuse('has no times; write days and times, such as {tue: "10:00", thu: "10:00"}')
        return self

    @property
    def week(self) -> list[int]:
        """Minutes since Monday 00:00, sorted."""
        days = each_day(list(self.__pydantic_extra__))
        return sorted(
            day * MINUTES_A_DAY + minute
            for day, key in days.items()
            for minute in minutes_of(self.__pydantic_extra__[key])
        )


class Holidays(Part):
    """Public holidays, from the `holidays` package, with own exceptions."""

    country: Annotated[str, Field(pattern=r"^[A-Z]{2,3}$")] | None = described(
        "ISO 3166 code of the country; left out, there are none.", None, decided=True
    )
    subdivision: str | None = described("Code of the state or province.", None, decided=True)
    extra: list[Day] = described("Further days off.", list, decided=True)
    without: list[Day] = described("Public holidays on which people work.", list, decided=True)


Calendars = dict[Name, Hours]
Profiles = dict[Name, Profile]
