"""Replications of which some share their assumptions."""

from __future__ import annotations

import numpy as np

from sim.spec.calendars import Floats


def of_draws(values: Floats, again: int) -> Floats:
    """One value a set of assumptions: the mean of its two, where both are defined.

    The last ``again`` values are of the first ``again`` sets, played a second time with other luck.
    """
    count = len(values) - again
    found = values[:count].copy()
    second = values[count:]
    both = np.where(np.isnan(second), found[:again], (found[:again] + second) / 2)
    found[:again] = np.where(np.isnan(found[:again]), second, both)
    return found
