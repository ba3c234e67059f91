"""What an outcome is asked for: a window of time, and one service or all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.spec.calendars import HOUR, WEEK, Floats, Ints

YEAR = 365 * 24 * HOUR
"""Seconds of a year: 8,760 h."""
MONTH = YEAR // 12
"""Seconds of a month: 730 h."""
PPM = 1_000_000
ALL = -1
"""Service number that stands for all services."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The window [``start``, ``end``) in seconds and a service number (``ALL`` = every service)."""

    start: int
    end: int
    service: int = ALL

    @property
    def edges(self) -> Ints:
        """The window as two bin edges."""
        return np.array([self.start, self.end], dtype=np.int64)

    @property
    def seconds(self) -> int:
        """Length of the window."""
        return self.end - self.start

    def of(self, by_service: Floats) -> float:
        """The scope's part of an array [services, 1]: one service's number, or the sum."""
        return float(by_service.sum() if self.service == ALL else by_service[self.service, 0])


def week_edges(start: int, horizon: int) -> Ints:
    """Edges of the weeks from ``start`` (a multiple of a week before or at 0); the last may be cut short."""
    edges = np.arange(start, horizon, WEEK, dtype=np.int64)
    return np.append(edges, horizon)


def ratio(numerator: float, denominator: float) -> float:
    """Numerator / denominator; nan (undefined) where there is nothing to divide by."""
    return numerator / denominator if denominator > 0 else float("nan")
