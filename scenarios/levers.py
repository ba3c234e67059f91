"""Levers: a key over time. Value = clip((base or what is set) x all times + all plus), at every instant."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from scenarios.dimensions import DURATION
from scenarios.quantities import Dimension, Quantity, refuse

DAY = 86_400
WEEK = 7 * DAY
MOMENT = re.compile(r"(hour|day|week|month|year) (-?\d{1,6})")
STEP = {"hour": 3_600, "day": DAY, "week": WEEK}


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1000 < year <= 9000:
        raise refuse("is too far away")
    after = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), after - timedelta(days=1))


def moment(raw: object, start: date, *, before: bool = False) -> int:
    """Seconds after the start: ``start``, ``week 4``, ``day 30``, ``month 6``, ``year 1``, or a date.

    Week 4 is when four weeks have passed. ``before`` allows moments before the start (``week -8``).
    """
    found = any_moment(raw, start)
    if found < 0 and not before:
        raise refuse(f"must not be before the start, {start}")
    return found


def any_moment(raw: object, start: date) -> int:
    """The same, before the start or after it."""
    if raw is None or raw == "start":
        return 0
    if isinstance(raw, str):
        match = MOMENT.fullmatch(raw.strip())
        if match and match[1] in STEP:
            return int(match[2]) * STEP[match[1]]
        if match:
            months = int(match[2]) * (12 if match[1] == "year" else 1)
            return (add_months(start, months) - start).days * DAY
        try:
            days = (date.fromisoformat(raw.strip()) - start).days
        except ValueError:
            days = None
        if days is not None:
            return days * DAY
    raise refuse("must be a moment: start, day 30, week 4, month 6, year 1 or a date such as 2026-03-01")


def ramp_seconds(raw: object) -> int:
    """Length of a ramp in seconds."""
    return 0 if raw is None else round(DURATION.one(raw).value)


def half_life_seconds(raw: object) -> int:
    """Half-life of a change in seconds; 0 if it does not fade."""
    if raw is None:
        return 0
    found = round(DURATION.one(raw).value)
    if found < WEEK:
        raise refuse("must be at least 1 week: a change fades in weekly steps")
    return found


@dataclass(frozen=True, slots=True)
class Slip:
    """A milestone at which a change begins or ends: planned for ``planned`` seconds after the start.

    ``draw`` names the assumption of how late it is, whose most likely value is ``mode`` seconds.
    """

    planned: int
    mode: float
    draw: str

    def time(self, drawn: Mapping[str, float]) -> int:
        """When it comes: whole days late."""
        return self.planned + round(drawn.get(self.draw, self.mode) / DAY) * DAY


@dataclass(frozen=True, slots=True)
class Timing:
    """When a change acts.

    ``begin`` is in seconds; None acts always, warm-up included. Over ``ramp`` seconds the change grows in
    daily steps; then, with a ``half_life``, it fades in weekly steps; at ``until`` it ends. ``at`` and
    ``to`` are the milestones that move begin and end in random draws.
    """

    begin: int | None
    ramp: int = 0
    half_life: int = 0
    until: int | None = None
    at: Slip | None = None
    to: Slip | None = None

    def drawn(self, drawn: Mapping[str, float]) -> Timing:
        """The same with its milestones where a random draw puts them."""
        if self.at is None and self.to is None:
            return self
        begin = self.begin if self.at is None else self.at.time(drawn)
        until = self.until if self.to is None else self.to.time(drawn)
        return replace(self, begin=begin, until=until)

    def share(self, time: int | None) -> float:
        """How much of the change is in force: 0 to 1. ``time`` None is before everything."""
        if self.begin is None:
            return 1.0
        if time is None or time < self.begin or (self.until is not None and time >= self.until):
            return 0.0
        if time < self.begin + self.ramp:
            return (time - self.begin) // DAY * DAY / self.ramp
        if self.half_life <= 0:
            return 1.0
        weeks = (time - self.begin - self.ramp) // WEEK
        return math.pow(0.5, weeks * WEEK / self.half_life)

    def moments(self, horizon: int) -> list[int]:
        """Times at which the change moves."""
        if self.begin is None:
            return []
        found = [self.begin]
        full = self.begin + self.ramp
        if self.ramp > 0:
            found += [*range(self.begin + DAY, min(full, horizon), DAY), full]
        if self.half_life > 0:
            found += range(full + WEEK, horizon, WEEK)
        if self.until is not None:
            found = [time for time in found if time < self.until] + [self.until]
        return [time for time in found if time < horizon]


@dataclass(frozen=True, slots=True)
class Op:
    """One change of one key.

    ``draw`` names the assumption for its random draw, ``place`` is where it was written.
    """

    kind: str
    amount: Quantity
    dimension: Dimension
    timing: Timing
    origin: str
    draw: str
    place: str
    why: str
    when: str

    def share(self, time: int | None) -> float:
        """How much of the change is in force: 0 to 1."""
        return self.timing.share(time)


def value_at(base: float, ops: Sequence[Op], amount: Callable[[Op], float], time: int | None) -> float:
    """Value of a key at a time, before clipping."""
    value = base
    # What a steady state has set is what a later set starts from, and what is left where that one ends.
    for op in sorted((op for op in ops if op.kind == "set"), key=lambda op: op.timing.begin is not None):
        value += (amount(op) - value) * op.share(time)
    for op in ops:
        if op.kind == "times":
            value *= 1.0 + (amount(op) - 1.0) * op.share(time)
    for op in ops:
        if op.kind == "plus":
            value += amount(op) * op.share(time)
    return value


def trajectory(
    base: float,
    ops: Sequence[Op],
    amount: Callable[[Op], float],
    bounds: tuple[float, float],
    horizon: int,
) -> tuple[float, tuple[tuple[int, float], ...]]:
    """Value from the start of the warm-up on, and the steps (time, value from then on)."""
    low, high = bounds

    def at(time: int | None) -> float:
        return min(high, max(low, value_at(base, ops, amount, time)))

    first = current = at(None)
    steps = []
    for time in sorted({time for op in ops for time in op.timing.moments(horizon)}):
        value = at(time)
        if value != current:
            steps.append((time, value))
            current = value
    return first, tuple(steps)
