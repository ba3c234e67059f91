"""How unlike each other the weeks of a log are in how fast its open tickets end.

Tickets of one day end together or not at all: people catch up, or are busy with something else. A few past
weeks, drawn again, do not show how far the next one may be from them. How far weeks are from each other does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.special import stdtrit

from calibration.backtest.tickets import HOURS_A_DAY, Floats
from calibration.draws import evenly
from calibration.replay import HOURS_A_WEEK

DAYS_A_WEEK = 7
FEWEST_PAIRS = 3
FEWEST_ENDS = 5
"""Tickets that must end on a day, to say how fast they do."""


@dataclass(frozen=True, slots=True)
class EndsOfWeek:
    """What ended in a week: ``start`` is its first hour, ``open`` how many tickets were open then.

    ``gone`` is how many of these ended on each of its days, ``expected`` what share of them would have ended
    by its end if tickets of their ages had ended as in the week before (NaN without one).
    """

    start: float
    open: int
    gone: Floats
    expected: float

    @property
    def left(self) -> Floats:
        """How many were open at the start of each day."""
        found: Floats = self.open - np.cumsum(self.gone) + self.gone
        return found


@dataclass(frozen=True, slots=True)
class Unlike:
    """Standard deviations of the steps from week to week of the logarithm of a rate of ending, beyond chance.

    ``week`` is that of a week as a whole, ``day`` that of a day beside its week. ``steps`` is from how many
    steps between weeks they come.
    """

    week: float = 0.0
    day: float = 0.0
    steps: int = 0

    def factors(self, plays: int, days: int, weeks: int, chance: np.random.Generator) -> Floats:
        """[plays, days] Factors on the rate of ending, where ``weeks`` past weeks are drawn again.

        Drawing k weeks again gives (k - 1) / k of the variance between weeks; the next week differs from
        their mean by (k + 1) / k of it. What lacks is 2 / k of it, and a step has twice the variance. How
        fast a whole play is follows Student's t with as many degrees of freedom as there are steps.
        """
        if not self.steps:
            return np.ones((plays, days))
        moved = self.week * stdtrit(self.steps, evenly(plays, chance))[:, None]
        by_day = self.day * chance.standard_normal((plays, days))
        found: Floats = np.exp((moved + by_day) / np.sqrt(weeks))
        return found


def unlike(weeks: Sequence[EndsOfWeek]) -> Unlike:
    """How unlike weeks that follow each other are; ``weeks`` in any order, some may be missing."""
    pairs = [
        (old, new)
        for old, new in pairwise(sorted(weeks, key=lambda week: week.start))
        if new.start - old.start == HOURS_A_WEEK and 0 < new.gone.sum() < new.open and 0 < new.expected < 1
    ]
    if len(pairs) < FEWEST_PAIRS:
        return Unlike()
    whole, by_day = [], []
    for old, new in pairs:
        share = float(new.gone.sum() / new.open)
        noise = variance(share, new.open) + variance(new.expected, old.open)
        whole.append((log_rate(share) - log_rate(new.expected)) ** 2 - noise)
        days = (np.minimum(old.gone, new.gone) >= FEWEST_ENDS) & (new.gone < new.left) & (old.gone < old.left)
        if days.sum() > 1:
            was, now = ((week.gone / week.left)[days] for week in (old, new))
            steps = log_rate(now) - log_rate(was)
            chance = variance(now, new.left[days]) + variance(was, old.left[days])
            by_day.append(float(steps.var(ddof=1) - chance.mean()))
    mean = [float(np.sqrt(max(0.0, sum(part) / max(1, len(part))))) for part in (whole, by_day)]
    return Unlike(mean[0], mean[1], len(pairs))


def log_rate(share: Floats | float) -> Floats:
    """Logarithm of the rate at which this share ends (complementary log-log)."""
    return np.asarray(np.log(-np.log1p(-np.asarray(share))))


def variance(share: Floats | float, count: Floats | float) -> Floats:
    """Variance of ``log_rate`` of a share of so many, by chance (delta method)."""
    part = np.asarray(share)
    return np.asarray(part / ((1 - part) * count * np.log1p(-part) ** 2))


def ended_by_day(left: Floats) -> Floats:
    """How many end on each day of a week, ``left`` being hours from its start."""
    day = np.floor(left[left < HOURS_A_WEEK] / HOURS_A_DAY).astype(np.int64)
    return np.bincount(day, minlength=DAYS_A_WEEK)[:DAYS_A_WEEK].astype(np.float64)
