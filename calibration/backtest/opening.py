"""The opening backlog: tickets that the log shows as open at the start of the period, and how they go on.

No log tells what is left to do on them. So each goes on as a simulated ticket did that was as old at the same
hour of the week, and of the same priority: the model's own remaining times, calendars included.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calibration.backtest.tickets import Floats, Ints, Tickets
from calibration.replay import HOURS_A_WEEK

WARM_SHARE = 0.5
"""Part of the warm-up after which the model's own tickets are looked at."""

NEAREST = 10
"""Simulated tickets of nearest age from which one is drawn."""

FEWEST = 30
"""Simulated tickets below which a priority is not told from the others."""


@dataclass(frozen=True, slots=True)
class Donors:
    """Simulated tickets that were open at the hour of the week at which the period starts."""

    age: Floats
    left: Floats
    priority: Ints


def donors_of(played: Tickets, warmup: float, horizon: float) -> Donors:
    """Open tickets week by week, from the middle of the warm-up to the end of what was played.

    Parameters
    ----------
    played
        Tickets of one replication.
    warmup, horizon
        Hours played before and after the start of the period.
    """
    first = -int(WARM_SHARE * warmup // HOURS_A_WEEK)
    moments = HOURS_A_WEEK * np.arange(first, int(horizon // HOURS_A_WEEK) + 1)
    ages, left, priority = [], [], []
    for moment in moments:
        found = played.open_at(float(moment))
        ages.append(moment - found.opened)
        left.append(found.gone - moment)
        priority.append(found.priority)
    return Donors(np.concatenate(ages), np.concatenate(left), np.concatenate(priority))


def gone_on(backlog: Tickets, donors: Donors, chance: np.random.Generator) -> Floats:
    """Hours after the start of the period at which each ticket of the backlog is gone.

    Where nothing was open in the simulation, everything is gone at once.
    """
    left = np.zeros(len(backlog))
    for priority in np.unique(backlog.priority):
        own = donors.priority == priority
        if own.sum() < FEWEST:
            own = np.ones(len(donors.age), dtype=bool)
        if not own.any():
            continue
        rows = backlog.priority == priority
        picked = alike(-backlog.opened[rows], donors.age[own], chance)
        left[rows] = donors.left[own][picked]
    return left


def alike(ages: Floats, among: Floats, chance: np.random.Generator) -> Ints:
    """For each age the row of one of those that are nearest to it, on a logarithmic scale."""
    order = np.argsort(among, kind="stable")
    known, wanted = np.log1p(among[order]), np.log1p(ages)
    # The nearest are neighbours in order: look at as many on either side.
    side = np.arange(-NEAREST, NEAREST)
    places = np.clip(np.searchsorted(known, wanted)[:, None] + side, 0, len(known) - 1)
    apart = np.abs(known[places] - wanted[:, None])
    nearest = np.take_along_axis(places, np.argsort(apart, axis=1, kind="stable"), axis=1)
    picked = nearest[np.arange(len(ages)), chance.integers(0, NEAREST, len(ages))]
    found: Ints = order[picked]
    return found
