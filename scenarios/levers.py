"""Levers: a key over time. Value = clip((base or its one set) x all times + all plus), at every instant."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from scenarios.dimensions import DURATION
from scenarios.quantities import Dimension, Quantity, refuse

DAY = 86_400
MOMENT = re.compile(r"(hour|day|week|month|year) (\d{1,6})")
STEP = {"hour": 3_600, "day": DAY, "week": 7 * DAY}


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > 9000:
        raise refuse("is too far away")
    after = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), after - timedelta(days=1))


def moment(raw: object, start: date) -> int:
    """Seconds after the start: ``start``, ``week 4``, ``day 30``, ``month 6``, ``year 1``, or a date.

    Week 4 is when four weeks have passed.
    """
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
        if days is not None and days < 0:
            raise refuse(f"must not be before the start, {start}")
        if days is not None:
            return days * DAY
    raise refuse("must be a moment: start, day 30, week 4, month 6, year 1 or a date such as 2026-03-01")


def ramp_seconds(raw: object) -> int:
    """Length of a ramp in seconds."""
    return 0 if raw is None else round(DURATION.one(raw).value)


@dataclass(frozen=True, slots=True)
class Op:
    """One change of one key.

    ``begin`` is in seconds; None acts always, warm-up included. Over ``ramp`` seconds the change grows in
    daily steps; at ``until`` it ends. ``draw`` names the assumption for its random draw, ``place`` is where
    it was written.
    """

    kind: str
    amount: Quantity
    dimension: Dimension
    begin: int | None
    ramp: int
    until: int | None
    origin: str
    draw: str
    place: str
    why: str
    when: str

    def share(self, time: int | None) -> float:
        """How much of the change is in force: 0 to 1. ``time`` None is before everything."""
        if self.begin is None:
            return 1.0
        if time is None or time < self.begin or (self.until is not None and time >= self.until):
            return 0.0
        if self.ramp <= 0 or time >= self.begin + self.ramp:
            return 1.0
        return (time - self.begin) // DAY * DAY / self.ramp

    def moments(self, horizon: int) -> list[int]:
        """Times at which the change moves."""
        if self.begin is None:
            return []
        found = [self.begin]
        if self.ramp > 0:
            last = min(self.begin + self.ramp, horizon)
            found += [*range(self.begin + DAY, last, DAY), self.begin + self.ramp]
        if self.until is not None:
            found = [time for time in found if time < self.until] + [self.until]
        return [time for time in found if time < horizon]


def value_at(base: float, ops: Sequence[Op], amount: Callable[[Op], float], time: int | None) -> float:
    """Value of a key at a time, before clipping."""
    value = base
    for op in ops:
        if op.kind == "set":
            value = base + (amount(op) - base) * op.share(time)
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
    for time in sorted({time for op in ops for time in op.moments(horizon)}):
        value = at(time)
        if value != current:
            steps.append((time, value))
            current = value
    return first, tuple(steps)
