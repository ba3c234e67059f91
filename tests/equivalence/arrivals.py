"""Random demand: a few dozen tickets or changes, spread out or bunched."""

from __future__ import annotations

import numpy as np

from sim.spec.calendars import HOUR
from sim.spec.flows import Arrivals
from tests.equivalence.drafts import Draft

TICKETS = (10.0, 25.0, 70.0)
MANY_TICKETS = (70.0, 100.0)
DEMANDS = (1.0, 1.0, 0.6, 2.0, 2.4, 0.0)
OF_FAULTS = (1.0, 1.0, 0.6, 2.0, 1.6, 0.0)
"""Demand on a stream whose incidents may come from faults, which is at most 2."""


def arrivals(draft: Draft, demands: tuple[float, ...] = DEMANDS) -> Arrivals:
    """A few dozen tickets, spread out or bunched."""
    hours = (draft.warmup + draft.horizon) // HOUR
    first = hours - (min(draft.warmup, draft.grid.before) + draft.horizon + HOUR - 1) // HOUR
    profile = draft.one_of(("night", "even", "burst", "waves"))
    hourly = np.zeros(hours)
    if profile == "burst":
        hourly[draft.whole(first, hours - 1)] = 1.0
    elif profile == "night" and hours - first > 24:
        hourly[first:] = (np.arange(hours - first) % 24) < 5
    elif profile == "waves":
        hourly[first:] = (1 + np.arange(hours - first) % 7) / 7
    else:
        hourly[first:] = 1.0
    hourly *= draft.one_of(MANY_TICKETS if draft.urgent else TICKETS) / hourly.sum()
    return Arrivals(
        hourly=hourly,
        day_factor=draft.shape(),
        demand=draft.number("demand", demands, lively=3),
        calm_factor=draft.shape() if draft.chance(3) else None,
        calm_below=24 * float(hourly.mean()),
    )
