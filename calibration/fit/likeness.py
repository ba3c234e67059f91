"""What two sets of cases are compared by when the model is fitted: a few cheap numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.spec.calendars import Floats, Ints

LONGEST = 336.0
"""Hours at which durations are cut, so that cases still open then count like long ones."""

QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)
QUICK_HOURS = (0.1, 0.25, 1.0)
PARTS_OF_DAY = ((0, 8), (8, 10), (10, 12), (12, 14), (14, 16), (16, 18), (18, 24))
"""Hours of the day: in the busy ones queues show, at night who is there."""

LEAST_HOURS = 1 / 60
HANDOFF_CLASSES = 3
FEWEST = 10


def likeness(opened: Ints, hours: Floats, handoffs: Ints) -> Floats:
    """Summaries of cases: durations by handoffs, quick ones by part of the day, and the open ones.

    Parameters
    ----------
    opened
        Seconds since a Monday 00:00.
    hours
        Opened to resolved; nan where it is not.
    handoffs
        How often each changed hands.
    """
    cut = np.where(np.isnan(hours), LONGEST, np.minimum(hours, LONGEST))
    logged = np.log10(cut + LEAST_HOURS)
    classes = np.minimum(handoffs, HANDOFF_CLASSES - 1)
    found: list[float] = []
    for number in range(HANDOFF_CLASSES):
        part = logged[classes == number]
        found += list(np.quantile(part, QUANTILES)) if len(part) >= FEWEST else [0.0] * len(QUANTILES)
        found.append(len(part) / max(1, len(logged)))
    hour = opened // 3600 % 24
    workday = opened // 86_400 % 7 < 5
    for begin, end in PARTS_OF_DAY:
        part = cut[workday & (hour >= begin) & (hour < end) & (classes == 0)]
        found += [float((part <= limit).mean()) if len(part) >= FEWEST else 0.0 for limit in QUICK_HOURS]
    found += open_at_noon(opened, cut)
    return np.array(found)


def open_at_noon(opened: Ints, cut: Floats) -> list[float]:
    """Logarithms of the mean and the largest number of cases open on working days at noon, of those there."""
    first, last = int(opened.min()) // 86_400, int(opened.max()) // 86_400
    closed = opened + 3600 * cut
    counts = [
        int(((opened <= noon) & (closed > noon)).sum())
        for day in range(first, last + 1)
        if day % 7 < 5
        for noon in [day * 86_400 + 43_200]
    ]
    return [float(np.log1p(np.mean(counts))), float(np.log1p(np.max(counts)))] if counts else [0.0, 0.0]


def seconds_since_monday(opened: pd.Series, start: pd.Timestamp) -> Ints:
    """Times as seconds since the Monday 00:00 before ``start``."""
    monday = start.normalize() - pd.Timedelta(days=start.day_of_week)
    found: Ints = ((opened - monday) / pd.Timedelta(seconds=1)).to_numpy(dtype=float).astype(np.int64)
    return found
