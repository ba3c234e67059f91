"""How near two sets of durations are, and how near they could be."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from calibration.fit.window import DAY, Window

Floats = NDArray[np.float64]

LEAST_HOURS = 1 / 60
"""Added to hours before their logarithm is taken."""

FEWEST = 20
LENIENT = 1.1
"""A distance within a tenth of a yardstick counts as no farther."""


@dataclass(frozen=True, slots=True)
class Distance:
    """One distance between the model's durations and the log's, beside two yardsticks.

    ``resampling`` is between the first two thirds of the window and its last third: how well the past
    predicts. ``noise_floor`` is between random halves of the window, by chance.
    """

    name: str
    value: float
    resampling: float | None
    noise_floor: float

    @property
    def judgement(self) -> str:
        """How near that is, in a word or two."""
        if self.value <= LENIENT * self.noise_floor:
            return "as good as chance"
        if self.resampling is None:
            return ""
        return "good" if self.value <= LENIENT * self.resampling else "poor"


def ks(a: Floats, b: Floats) -> float:
    """Kolmogorov-Smirnov distance."""
    a, b = np.sort(a), np.sort(b)
    points = np.concatenate([a, b])
    left = np.searchsorted(a, points, side="right") / len(a)
    right = np.searchsorted(b, points, side="right") / len(b)
    return float(np.max(np.abs(left - right)))


def wasserstein(a: Floats, b: Floats) -> float:
    """Wasserstein distance of order 1: area between the two distribution functions."""
    a, b = np.sort(a), np.sort(b)
    points = np.sort(np.concatenate([a, b]))
    left = np.searchsorted(a, points[:-1], side="right") / len(a)
    right = np.searchsorted(b, points[:-1], side="right") / len(b)
    return float(np.sum(np.abs(left - right) * np.diff(points)))


def logged(hours: Floats) -> Floats:
    """Decimal logarithm of hours plus a minute."""
    found: Floats = np.log10(hours + LEAST_HOURS)
    return found


def measures(a: Floats, b: Floats) -> dict[str, float]:
    """The three distances by name."""
    return {
        "ks": ks(a, b),
        "wasserstein_hours": wasserstein(a, b),
        "wasserstein_log10_hours": wasserstein(logged(a), logged(b)),
    }


def distances(model: list[Floats], cases: pd.DataFrame, window: Window) -> list[Distance]:
    """Distances of the model's durations (one array a replication) from the log's, with yardsticks."""
    finished = cases[cases["hours"].notna()]
    log = finished["hours"].to_numpy(dtype=float)
    values = mean_of([measures(hours, log) for hours in model if len(hours)])
    past = yardstick(finished, window)
    floor = noise_floor(log)
    return [
        Distance(name, value, past[name] if past else None, floor[name]) for name, value in values.items()
    ]


def yardstick(finished: pd.DataFrame, window: Window) -> dict[str, float] | None:
    """First two thirds of the days against the last third."""
    cut = window.start + round(window.days * 2 / 3) * DAY
    early = finished.loc[finished["opened"] < cut, "hours"].to_numpy(dtype=float)
    late = finished.loc[finished["opened"] >= cut, "hours"].to_numpy(dtype=float)
    return measures(early, late) if min(len(early), len(late)) >= FEWEST else None


def noise_floor(log: Floats, splits: int = 20) -> dict[str, float]:
    """Mean distance between random halves."""
    generator = np.random.default_rng(1)
    found = []
    for _ in range(splits):
        mixed = generator.permutation(log)
        found.append(measures(mixed[: len(log) // 2], mixed[len(log) // 2 :]))
    return mean_of(found)


def mean_of(rows: list[dict[str, float]]) -> dict[str, float]:
    """Mean of every entry."""
    return {name: float(np.mean([row[name] for row in rows])) for name in rows[0]} if rows else {}
