"""Playing the period: the same calendar, and replications that are made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import overload

import pandas as pd

from calibration.backtest.event_logs import steps_of_history
from calibration.backtest.tickets import Tickets, tickets_of_history
from calibration.replay import HOURS_A_WEEK, without_arrivals_after
from scenarios import Scenario, load
from scenarios.posterior import posterior_values
from sim.experiment import ENGINES, Job, play_many
from sim.history.tables import History

FOLLOWED_WEEKS = 104
BUSY_WEEKS = 4
"""Weeks after the period in which tickets still arrive, because the last ones compete with them."""


@dataclass(frozen=True, slots=True)
class Playing:
    """How to play: the options of the command.

    ``uncertainty`` draws every assumption anew in each replication; False holds all at their most likely
    values. None does that too, and plays as often again with draws of what the log left open (the posterior
    of the base), for the intervals: one set of numbers is the better guess, but it is sure of itself.
    """

    replications: int = 50
    seed: int = 1
    engine: str = ENGINES[0]
    sets: tuple[str, ...] = ()
    workers: int = 1
    uncertainty: bool | None = None


@dataclass(frozen=True, slots=True)
class Played:
    """What is kept of a replication: its tickets, and steps for event logs where they are wanted."""

    tickets: Tickets
    steps: pd.DataFrame | None


@dataclass(frozen=True, slots=True)
class PeriodJob(Job):
    """A replication of the period: ``kinds`` are the steps to keep, None for none."""

    start: pd.Timestamp
    hours: float
    kinds: frozenset[str] | None


def horizon_hours(days: int, followed: float) -> int:
    """Hours to play: as long as the log knows of, and at most two years beyond the period."""
    return int(min(24 * days + FOLLOWED_WEEKS * HOURS_A_WEEK, max(24 * days, followed)))


def period_scenario(name: str, sets: Sequence[str], start: pd.Timestamp, hours: int) -> Scenario:
    """A base whose measured time begins with the period, on its calendar."""
    return load(name, [*sets, f"start={start:%Y-%m-%d}"], until_hours=float(hours))


def plays(scenario: Scenario, wanted: Playing) -> int:
    """How many replications that makes."""
    draws = wanted.uncertainty is None and scenario.merged.plain.posterior is not None
    return wanted.replications * (2 if draws else 1)


class Jobs(Sequence[PeriodJob]):
    """Replications 0, 1, ... of the period, and then those with draws of what the log left open, if wanted.

    Parameters
    ----------
    scenario
        As ``period_scenario`` returns it.
    wanted
        How to play.
    start, hours
        The period.
    kinds
        Steps to keep, of the first ``kept`` replications.
    """

    def __init__(
        self,
        scenario: Scenario,
        wanted: Playing,
        start: pd.Timestamp,
        hours: float,
        kinds: frozenset[str],
        kept: int,
    ) -> None:
        self.scenario, self.wanted = scenario, wanted
        self.start, self.hours, self.kinds, self.kept = start, hours, kinds, kept
        self.busy = int(hours) + BUSY_WEEKS * HOURS_A_WEEK
        self.at_modes = without_arrivals_after(scenario.model(), self.busy)

    def __len__(self) -> int:
        return plays(self.scenario, self.wanted)

    @overload
    def __getitem__(self, index: int) -> PeriodJob: ...

    @overload
    def __getitem__(self, index: slice) -> list[PeriodJob]: ...

    def __getitem__(self, index: int | slice) -> PeriodJob | list[PeriodJob]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        if not 0 <= index < len(self):
            raise IndexError(index)
        model, number = self.at_modes, index % self.wanted.replications
        if self.wanted.uncertainty:
            model = without_arrivals_after(self.scenario.model(index, self.wanted.seed), self.busy)
        elif index >= self.wanted.replications:
            left_open = posterior_values(self.scenario.merged, self.wanted.seed, number)
            model = without_arrivals_after(self.scenario.model(left_open), self.busy)
        return PeriodJob(
            scenario="backtest",
            model=model,
            seed=self.wanted.seed,
            replication=number,
            start=self.start,
            hours=self.hours,
            kinds=self.kinds if index < self.kept else None,
            whole=index < self.kept,
        )


def kept_of(job: Job, history: History) -> Played:
    """What is kept of a history."""
    assert isinstance(job, PeriodJob)
    steps = None if job.kinds is None else steps_of_history(history, job.start, job.hours, set(job.kinds))
    return Played(tickets_of_history(history), steps)


def play_period(jobs: Jobs, progress: Callable[[int, int], None] | None) -> list[Played]:
    """Play all of it."""
    return play_many(jobs, kept_of, jobs.wanted.workers, progress, jobs.wanted.engine)
