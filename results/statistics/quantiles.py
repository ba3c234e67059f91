"""Quantiles of what was observed."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from sim.spec.calendars import Floats


def quantiles(values: Floats, shares: Sequence[float]) -> list[float]:
    """Quantiles, linear between the two values next to them; the same bits as ``numpy.quantile``.

    That one takes ten times as long for a handful of values, and loads masked arrays for it.

    Source: Hyndman & Fan (1996), 'Sample quantiles in statistical packages', Am. Stat. 50:361, definition 7.
    """
    ordered = np.sort(values)
    found = []
    for share in shares:
        place = share * (len(ordered) - 1)
        below = math.floor(place)
        low, high = float(ordered[below]), float(ordered[min(below + 1, len(ordered) - 1)])
        part = place - below
        found.append(low + (high - low) * part if part < 0.5 else high - (high - low) * (1.0 - part))
    return found
