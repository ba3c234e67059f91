"""The setting in which the processes of one replication play: clock, chance, parameters, record."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any, TypeVar

import simpy

from sim.chance import keyed, variates
from sim.history.record import Recorder
from sim.rules.order import rank
from sim.spec.calendars import Calendar, Floats, Ints, sums_of_days
from sim.spec.model import Model
from sim.spec.parameters import Param
from sim.spec.shapes import Shape, ShapeKind, Variate

T = TypeVar("T")
Returning = Generator[simpy.Event, Any, T]
"""A part of a process that hands a result back to the part that waits for it."""
Process = Returning[None]


class Setting:
    """What every process of one replication needs, whatever it does."""

    def __init__(self, model: Model, seed: int, replication: int) -> None:
        self.model = model
        self.seed = seed
        self.replication = replication
        self.env = simpy.Environment(initial_time=-model.warmup)
        self.parameters = [parameter.value for parameter in model.parameters]
        self.tables = [[*table.probability.tolist(), *table.value.tolist()] for table in model.tables]
        self.record = Recorder()
        self.lists: dict[int, list[float]] = {}
        self.day_lists: dict[int, list[float]] = {}
        self.whole_lists: dict[int, list[int]] = {}
        self.open_hours: dict[int, list[int]] = {}

    @property
    def now(self) -> int:
        """Simulated time in seconds."""
        return int(self.env.now)

    def value(self, parameter: Param) -> float:
        """The parameter as it stands now."""
        return self.parameters[parameter]

    def at_once(self) -> simpy.Event:
        """An event for others to trigger."""
        return simpy.Event(self.env)

    def after(self, delay: int, kind: int, entity: int) -> simpy.Event:
        """A timer that rings after ``delay`` seconds, in its order among the events of that instant."""
        timer = simpy.Event(self.env)
        timer._ok = True  # noqa: SLF001 - what simpy.Timeout does; Timeout itself can't carry a rank
        timer._value = None  # noqa: SLF001
        self.env.schedule(timer, priority=rank(kind, entity), delay=delay)  # type: ignore[arg-type]
        return timer

    def chance(self, stream: int, entity: int, draw: int = 0) -> float:
        """The uniform number that this entity draws for this purpose."""
        return keyed.uniform(self.seed, self.replication, stream, entity, draw)

    def happens(self, share: float, stream: int, entity: int, draw: int = 0) -> bool:
        """Whether something of probability ``share`` happens; what is certain needs no draw."""
        if share <= 0.0:
            return False
        return share >= 1.0 or self.chance(stream, entity, draw) < share

    def two_chances(self, stream: int, entity: int, block: int = 0) -> tuple[float, float]:
        """Draws ``2 * block`` and ``2 * block + 1``."""
        return keyed.pair(self.seed, self.replication, stream, entity, block)

    def quantile(self, shape: Shape, u: float) -> float:
        """Value of a shape of mean 1 at probability ``u``."""
        if shape.kind == ShapeKind.TABLE:
            table = self.tables[shape.table]
            return variates.table_quantile(u, table, 0, len(table) // 2 - 1, len(table) // 2)
        return variates.quantile(u, shape.kind, shape.a, shape.b, shape.c)

    def seconds(self, variate: Variate, u: float, factor: float = 1.0) -> int:
        """A random duration at probability ``u``, times ``factor``."""
        mean = self.parameters[variate.mean] * factor
        if mean <= 0.0:
            return 0
        return variates.seconds(mean * self.quantile(variate.shape, u))

    def effort(self, variate: Variate, u: float, factor: float = 1.0) -> int:
        """A random effort in thousandths of a second of a normal agent (whole seconds of effort)."""
        return 1000 * self.seconds(variate, u, factor)

    def plain(self, array: Floats) -> list[float]:
        """An array as a plain list, which Python reads faster; streams of one service share it."""
        found = self.lists.get(id(array))
        if found is None:
            found = self.lists[id(array)] = array.tolist()
        return found

    def daily(self, hourly: Floats) -> list[float]:
        """Sums of the days of hourly rates, as a plain list."""
        found = self.day_lists.get(id(hourly))
        if found is None:
            found = self.day_lists[id(hourly)] = sums_of_days(hourly).tolist()
        return found

    def whole(self, array: Ints) -> list[int]:
        """The same for whole numbers."""
        found = self.whole_lists.get(id(array))
        if found is None:
            found = self.whole_lists[id(array)] = array.tolist()
        return found

    def edges(self, calendar: Calendar) -> list[int]:
        """Starts and ends of a calendar's intervals in turn, as a plain list."""
        found = self.open_hours.get(id(calendar))
        if found is None:
            found = self.open_hours[id(calendar)] = calendar.edges()
        return found

    def call(self, delay: int, kind: int, entity: int, action: Callable[[], None]) -> None:
        """Something that is done after ``delay`` seconds, in the order of its kind and entity."""
        self.after(delay, kind, entity).callbacks.append(lambda _: action())

    def start(self, delay: int, kind: int, entity: int, life: Process) -> None:
        """A process that begins after ``delay`` seconds, in the order of its kind and entity."""

        def begin() -> None:
            self.env.process(life)

        self.call(delay, kind, entity, begin)
