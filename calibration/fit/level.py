"""The level of a later week: by what factor on how many visits wait it is drawn.

What the log tells is how much the share of long tickets moves from week to week. A factor on the shares of
visits that wait moves that share by less than itself: what comes after hours is long in any case, and what is
handed on several times needs but one wait. So the base is played with a row of factors, and each step that
the log makes possible is given the factor that moves the share of long tickets by it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from calibration.draws import evenly
from calibration.fit.drift import LONG_HOURS, Drift
from calibration.fit.unseen import FACTORS, FOLLOW_WEEKS, SECONDS_A_WEEK, SEED, Floats, moved
from calibration.replay import cases_of
from scenarios import Scenario
from scenarios.posterior import keys_of
from sim.experiment import Job, play_many
from sim.history.tables import History

WAITING = ["categories[*].stages[*].vendor_wait.share", "categories[*].stages[*].onward_wait.share"]
"""What the level multiplies."""

TRIED = np.exp(np.linspace(-np.log(4.0), np.log(4.0), 13))
"""Factors with which the base is played; the one in the middle is 1."""

NEAR = slice(4, 9)
"""Those from 0.63 to 1.59, whose weeks tell what the model does by itself."""

REPEATS = 4
PLAYS = len(TRIED) * REPEATS


def level_factors(
    scenario: Scenario,
    medians: Mapping[str, float],
    drift: Drift,
    weeks: int,
    draws: int,
    workers: int,
    progress: Callable[[int, int], None] | None,
) -> Floats | None:
    """A factor a draw; None if the log moves no more than the model does by itself.

    Parameters
    ----------
    scenario
        The base before its factors were inferred, measuring ``weeks + FOLLOW_WEEKS`` weeks.
    medians
        What was inferred, by the names of ``calibration.fit.unseen``.
    drift
        Steps of the log.
    weeks
        Weeks of arrivals by which the factors were inferred; here those that follow count too.
    draws
        How many factors.

    The steps are drawn evenly from Student's t with as many degrees of freedom as the log has steps, because
    their size rests on so few.
    """
    selectors = {**FACTORS, "level": WAITING}
    keys = {name: keys_of(scenario.merged.plain, paths) for name, paths in selectors.items()}
    model = scenario.model()
    jobs = [
        Job("level", moved(model, keys, {**medians, "level": float(factor)}), SEED, replication, whole=False)
        for factor in TRIED
        for replication in range(REPEATS)
    ]
    weeks += FOLLOW_WEEKS - 1
    played = np.array(play_many(jobs, LongTickets(weeks), workers, progress))
    counts = played.reshape(len(TRIED), REPEATS, weeks, 2)
    middle = len(TRIED) // 2
    spread = drift.beyond(mean_square(counts[NEAR].reshape(-1, weeks, 2)))
    if spread == 0:
        return None
    total = counts.sum(axis=(1, 2))
    share = np.log(np.maximum(total[:, 0], 1) / np.maximum(total[:, 1], 1))
    # Sorted, because more visits that wait never make fewer long tickets but by chance.
    response = np.sort(share - share[middle])
    shares = evenly(draws, np.random.default_rng(1))
    found: Floats = np.exp(np.interp(spread * stdtrit(drift.steps, shares), response, np.log(TRIED)))
    return found


def mean_square(counts: Floats) -> float:
    """Mean square of the steps from week to week of the logarithm of the share of long tickets.

    ``counts`` is [replications, weeks, 2]: long tickets, and all.
    """
    sound = (counts[:, :, 0] > 0).all(axis=1)
    logs = np.log(counts[sound][:, :, 0] / counts[sound][:, :, 1])
    steps = np.diff(logs, axis=1)
    return float(np.mean(steps**2)) if steps.size else 0.0


@dataclass(frozen=True, slots=True)
class LongTickets:
    """Boils a history down to [weeks, 2]: tickets opened in each week that took long, and all of them."""

    weeks: int

    def __call__(self, job: Job, history: History) -> Floats:
        """Counts by week."""
        found = cases_of(job, history)
        week = found.opened // SECONDS_A_WEEK
        inside = week < self.weeks
        long = ~(found.hours[inside] <= LONG_HOURS)
        return np.column_stack(
            [
                np.bincount(week[inside], weights=weight, minlength=self.weeks)[: self.weeks]
                for weight in (long.astype(np.float64), np.ones(int(inside.sum())))
            ]
        )
