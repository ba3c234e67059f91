"""Drafting a random model: its parameters with their levers, its shapes, calendars, and who works."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import numpy as np
from hypothesis import strategies as st

from sim.chance.keyed import name_key
from sim.spec.calendars import DAY, HOUR, Calendar, Shift
from sim.spec.flows import Wait
from sim.spec.model import Table
from sim.spec.organisation import Policy, Service, Team
from sim.spec.parameters import Param, Parameter
from sim.spec.shapes import Shape, ShapeKind, Variate
from tests.equivalence.grids import GRIDS

T = TypeVar("T")

LARGEST_KEY = 2**63 - 1
NOTHING = (0.0, 0.0, 0.0)
SHAPES = {
    ShapeKind.CONSTANT: [NOTHING],
    ShapeKind.EXPONENTIAL: [NOTHING],
    ShapeKind.LOGNORMAL: [(-0.5 * s * s, s, 0.0) for s in (0.3, 1.0, 2.0)],
    ShapeKind.WEIBULL: [(1 / math.gamma(1 + 1 / k), k, 0.0) for k in (0.6, 1.0, 3.0)],
    ShapeKind.TRIANGULAR: [(0.2, 0.8, 2.0), (0.0, 0.0, 3.0), (0.0, 1.5, 1.5)],
    ShapeKind.TABLE: [NOTHING],
}
POLICIES = tuple(float(policy) for policy in Policy)


class Draft:
    """A model in the making. ``draw`` is hypothesis' own; times are seconds.

    Where matters are ``urgent`` much is of priority 1, interrupts other work, and calls people in.
    """

    def __init__(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        self.draw = draw
        self.grid = self.one_of(GRIDS)
        self.warmup = self.one_of((0, DAY, 2 * DAY))
        self.horizon = self.one_of(self.grid.horizons) * HOUR
        self.salt = self.whole(0, 999_999)
        self.liveliness = self.one_of((0, 2, 6))
        self.urgent = self.chance(2)
        self.parameters: list[Parameter] = []
        self.known: defaultdict[str, list[Param]] = defaultdict(list)
        self.tables = [
            Table(
                np.array([probability for probability, _ in pairs], dtype=np.float64),
                np.array([value for _, value in pairs], dtype=np.float64),
            )
            for pairs in self.grid.quantiles[: self.whole(0, len(self.grid.quantiles))]
        ]
        self.calendars = [self.new_calendar(f"hours {number}") for number in range(self.whole(1, 4))]

    # Choices

    def one_of(self, choices: Sequence[T]) -> T:
        chosen: T = self.draw(st.sampled_from(choices))
        return chosen

    def whole(self, least: int, most: int) -> int:
        chosen: int = self.draw(st.integers(least, most))
        return chosen

    def chance(self, one_in: int) -> bool:
        return self.whole(1, one_in) == one_in

    def some(self, rows: Sequence[T], least: int = 1) -> list[T]:
        """Some of the rows in their order."""
        wanted = [row for row in rows if self.whole(0, 1)]
        return wanted if len(wanted) >= least else list(rows[:least])

    def cumulative(self, size: int) -> tuple[float, ...]:
        """Cumulative shares, some of them of nothing."""
        weights = np.cumsum([self.one_of((1.0, 0.0, 0.3, 2.5)) + 1e-12 for _ in range(size)])
        return tuple((weights / weights[-1]).tolist()) if size else ()

    def key(self, name: str, number: int) -> int:
        """The key of a name; of the first of its kind sometimes the smallest or the largest there is."""
        if number == 0 and self.chance(8):
            return self.one_of((0, LARGEST_KEY)) if name.startswith("team") else LARGEST_KEY
        return name_key(f"{self.salt}/{name}/{number}")

    # Parameters and their levers

    def number(self, path: str, values: Sequence[float], upper: float = math.inf, lively: int = 1) -> Param:
        """A parameter; with luck, a lever moves it, or another one of the same name is used again."""
        if self.known[path] and self.chance(10):
            return self.one_of(self.known[path])
        value = self.one_of(values)
        steps = (
            self.steps(values) if self.liveliness and self.whole(1, 24) <= self.liveliness * lively else ()
        )
        self.parameters.append(Parameter(f"{path}.{len(self.parameters)}", value, steps, min(values), upper))
        self.known[path].append(Param(len(self.parameters) - 1))
        return self.known[path][-1]

    def steps(self, values: Sequence[float]) -> tuple[tuple[int, float], ...]:
        start = -min(self.warmup, self.grid.before)
        marks = range(start, self.horizon, self.grid.moments)
        if self.chance(6):
            ramp = marks[self.whole(0, len(marks) - 1) :][: self.whole(5, 40)]
            ends = self.one_of(values), self.one_of(values)
            return tuple(
                (time, ends[0] + (ends[1] - ends[0]) * row / len(ramp)) for row, time in enumerate(ramp)
            )
        times = {marks[self.whole(0, len(marks) - 1)] for _ in range(self.whole(1, 3))}
        if self.chance(4):
            times.add(self.one_of((-self.warmup, 0)))
        return tuple((time, self.one_of(values)) for time in sorted(times))

    def share(self, path: str, values: Sequence[float] = (0.0, 0.0, 0.3, 0.5, 1.0)) -> Param:
        return self.number(path, values, upper=1.0)

    # Times

    def shape(self) -> Shape:
        kind = self.one_of(self.grid.shapes)
        if kind == ShapeKind.TABLE and not self.tables:
            kind = ShapeKind.CONSTANT
        a, b, c = self.one_of(SHAPES[kind])
        table = self.whole(0, len(self.tables) - 1) if kind == ShapeKind.TABLE else -1
        return Shape(kind, a, b, c, table)

    def time(self, path: str, most: float = math.inf) -> Variate:
        durations = [duration for duration in self.grid.durations if duration <= most]
        return Variate(self.number(path, durations), self.shape())

    def wait(self, path: str) -> Wait:
        share, time = self.share(f"{path}.share", (0.0, 0.0, 0.0, 0.4, 1.0)), self.time(f"{path}.time")
        return Wait(share, time, self.calendar() if self.chance(3) else None)

    def new_calendar(self, name: str) -> Calendar:
        hours = self.one_of(self.grid.hours)
        closed = self.one_of(((), (), (5, 6), (2,)))
        return self.grid.calendar(hours, closed, self.warmup, self.horizon, name)

    def calendar(self) -> Calendar:
        return self.one_of(self.calendars)

    # Who works, and for what

    def service(self, number: int) -> Service:
        hours = (self.warmup + self.horizon) // HOUR
        value = self.number("value_weight", (100.0, 20.0, 5000.0))
        believed = value if self.chance(3) else self.number("believed_weight", (100.0, 0.0, 35.0, 9000.0))
        busy = self.whole(1, 24)
        load = np.cumsum([0, *(1000 * HOUR * (1 + hour % busy) for hour in range(hours))])
        none = np.array([], dtype=np.int64)
        return Service(
            name=f"service {number}",
            key=self.key("service", number),
            value_weight=value,
            believed_weight=believed,
            users=self.whole(0, 500),
            customer_facing=self.chance(2),
            cumulative_load=load.astype(np.int64),
            planned=self.calendar() if self.chance(3) else Calendar("never", none, none),
        )

    def team(self, number: int) -> Team:
        shifts = tuple(self.shift(row) for row in range(self.whole(1, 3)))
        return Team(
            name=f"team {number}",
            key=self.key("team", number),
            role=self.one_of(("desk", "operations")),
            seats=self.number("seats", self.team_sizes(), upper=9.0, lively=4),
            on_call=self.number("on_call", (1.0, 2.0, 3.0) if self.urgent else (0.0, 1.0), lively=3),
            absence=self.share("absence", (0.0, 0.0, 0.4, 0.8, 1.0)),
            policy=self.number("policy", POLICIES, upper=4.0, lively=2),
            preempts=self.number("preempts", (1.0,) if self.urgent else (1.0, 0.0), upper=1.0),
            switch_loss=self.number("switch_loss", self.grid.durations[:6]),
            shifts=shifts,
            speeds=tuple(
                self.one_of((1000, 400, 1700, 333)) for _ in range(3 if self.urgent else self.whole(0, 3))
            ),
        )

    def team_sizes(self) -> tuple[float, ...]:
        return (3.0, 2.0, 4.0, 2.5) if self.urgent else (1.0, 2.0, 3.0, 5.0, 0.0, 2.5)

    def shift(self, row: int) -> Shift:
        calendar = self.calendar()
        every = self.one_of((0, 0, 1, 2, 3))
        off = [int(every > 0 and place % every == 0) for place in range(len(calendar.starts))]
        return Shift(f"shift {row}", calendar, np.array(off, dtype=np.int64), self.one_of((1.0, 0.5, 0.0)))
