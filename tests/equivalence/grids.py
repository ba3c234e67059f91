"""Grids of time for random models: coarse ones put many events on one instant, a fine one hardly any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.spec.calendars import DAY, HOUR, Calendar
from sim.spec.shapes import ShapeKind

ALL_SHAPES = tuple(ShapeKind)
# On a coarse grid a table with steps stands for all that is random.
STEPPED_SHAPES = (ShapeKind.CONSTANT,) * 4 + (ShapeKind.TABLE,)


@dataclass(frozen=True)
class Grid:
    """Where the times of a model may lie.

    ``durations`` are means in seconds; ``moments`` is the step between the times at which levers move and
    the edges of shifts lie; ``hours`` are (begin, length) of daily working hours, a day being ``period``
    seconds long; ``horizons`` are hours; nothing happens more than ``before`` seconds before t = 0.
    ``quantiles`` are tables of (probability, value) pairs.
    """

    name: str
    durations: tuple[float, ...]
    moments: int
    period: int
    hours: tuple[tuple[int, int], ...]
    horizons: tuple[int, ...]
    before: int
    shapes: tuple[ShapeKind, ...]
    quantiles: tuple[tuple[tuple[float, float], ...], ...]

    def calendar(
        self, hours: tuple[int, int], closed: Sequence[int], warmup: int, horizon: int, name: str
    ) -> Calendar:
        """Open at ``hours`` on all days but the ``closed`` ones (0 to 6); round the clock is one interval."""
        start = -min(warmup, self.before)
        begin, length = hours
        if length >= self.period:
            return Calendar(name, np.array([-warmup]), np.array([horizon]))
        first = start // self.period - 1
        starts, ends = [], []
        for day in range(first, horizon // self.period + 1):
            opens, shuts = day * self.period + begin, day * self.period + begin + length
            if day % 7 not in closed and shuts > start and opens < horizon:
                starts.append(max(opens, start))
                ends.append(min(shuts, horizon))
        return Calendar(name, np.array(starts, dtype=np.int64), np.array(ends, dtype=np.int64))


HOURS = Grid(
    name="hours",
    durations=(0, 0, HOUR, HOUR, 2 * HOUR, 3 * HOUR, 8 * HOUR, 24 * HOUR),
    moments=HOUR,
    period=DAY,
    hours=tuple(
        (begin * HOUR, length * HOUR)
        for begin, length in ((8, 8), (16, 8), (0, 8), (12, 8), (8, 4), (22, 8), (0, 24), (0, 24))
    ),
    horizons=(24, 61, 72, 120, 168, 336),
    before=2 * DAY,
    shapes=STEPPED_SHAPES,
    quantiles=(
        ((0, 0), (0.5, 0), (0.500001, 2), (1, 2)),
        ((0, 1), (0.75, 1), (0.750001, 1), (1, 1)),
        ((0, 0), (0.3, 0), (0.300001, 1), (0.6, 1), (0.600001, 2), (1, 2)),
    ),
)

# Seconds are to this one what hours are to the first: everything happens within an hour or two, so that
# tickets too arrive on the instant at which something else ends.
SECONDS = Grid(
    name="seconds",
    durations=(0, 0, 1, 5, 5, 10, 15, 60),
    moments=5,
    period=300,
    hours=((0, 100), (100, 100), (200, 100), (150, 100), (0, 30), (250, 125), (0, 300), (0, 300)),
    horizons=(1, 1, 2),
    before=HOUR // 2,
    shapes=STEPPED_SHAPES,
    quantiles=HOURS.quantiles,
)

FINE = Grid(
    name="fine",
    durations=(0, 61.3, 437.25, 1800.5, 3599.9, 7321.7, 30_011.1, 90_001.0),
    moments=1_201,
    period=DAY,
    hours=(
        (8 * HOUR + 17, 8 * HOUR),
        (16 * HOUR + 17, 8 * HOUR - 1),
        (1, 8 * HOUR),
        (13 * HOUR + 1_801, 5 * HOUR + 7),
        (23 * HOUR, 9 * HOUR + 1),
        (0, DAY),
    ),
    horizons=HOURS.horizons,
    before=2 * DAY,
    shapes=ALL_SHAPES,
    quantiles=(
        ((0, 0.1), (0.25, 0.5), (0.5, 0.8), (0.9, 1.9), (1, 4.2)),
        ((0, 0), (1, 2)),
        ((0, 0.9), (0.123, 0.9), (0.7, 1.0), (1, 1.3)),
    ),
)

GRIDS = (HOURS, SECONDS, FINE)
