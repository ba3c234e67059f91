"""Lays what many rows share end to end: shapes, intervals, choices, rates."""

from __future__ import annotations

import numpy as np

from sim.spec.calendars import Calendar, Floats, Shift
from sim.spec.flows import Wait
from sim.spec.model import Model
from sim.spec.shapes import Shape, Variate


class Collector:
    """Lays shapes, intervals, choices and rates end to end, each thing once."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.shapes: dict[Shape, int] = {}
        self.kinds: list[int] = []
        self.numbers: list[tuple[float, float, float, float, float]] = []
        self.edges: list[int] = []
        self.holidays: list[int] = []
        self.known: dict[int, tuple[int, int]] = {}
        self.targets: list[int] = []
        self.shares: list[float] = []
        self.rates: list[Floats] = []
        self.rate_rows: dict[int, int] = {}
        self.table_first = np.cumsum([0] + [len(table.value) for table in model.tables])

    def shape(self, shape: Shape) -> int:
        """Row of a shape."""
        if shape not in self.shapes:
            first = last = 0.0
            if shape.table >= 0:
                first = float(self.table_first[shape.table])
                last = float(self.table_first[shape.table + 1] - 1)
            self.shapes[shape] = len(self.kinds)
            self.kinds.append(int(shape.kind))
            self.numbers.append((shape.a, shape.b, shape.c, first, last))
        return self.shapes[shape]

    def variate(self, variate: Variate) -> list[int]:
        """Its mean's row in the parameters, and its shape's row."""
        return [variate.mean, self.shape(variate.shape)]

    def wait(self, wait: Wait) -> list[int]:
        """Its share's row, its variate, and its clock: without intervals it always runs."""
        clock = [0, 0] if wait.calendar is None else self.calendar(wait.calendar)
        return [wait.share, *self.variate(wait.time), *clock]

    def choice(self, teams: tuple[int, ...], cumulative: tuple[float, ...]) -> list[int]:
        """First row, and number of targets."""
        first = len(self.targets)
        self.targets += teams
        self.shares += cumulative
        return [first, len(teams)]

    def calendar(self, calendar: Calendar) -> list[int]:
        """First place among the edges, and number of intervals."""
        if id(calendar) not in self.known:
            self.known[id(calendar)] = (len(self.edges), len(calendar.starts))
            self.edges += calendar.edges()
        return list(self.known[id(calendar)])

    def shift(self, shift: Shift) -> list[int]:
        """Its calendar, and the first place of its holidays."""
        key = id(shift)
        if key not in self.known:
            self.known[key] = (len(self.holidays), 0)
            self.holidays += shift.holiday.tolist()
        return [*self.calendar(shift.calendar), self.known[key][0]]

    def hourly(self, rates: Floats) -> int:
        """Row of hourly rates; streams of one service share it."""
        if id(rates) not in self.rate_rows:
            self.rate_rows[id(rates)] = len(self.rates)
            self.rates.append(rates)
        return self.rate_rows[id(rates)]
