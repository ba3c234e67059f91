"""What is to be played: every replication of every scenario, paired, with what its hours are worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, overload

from results.prices import Prices, Target
from results.summary import Summary, summarise
from sim.experiment import ENGINES, Job
from sim.history.log import event_rows
from sim.history.tables import History
from sim.spec.model import Model
from watermelon.eventlog import write_log

if TYPE_CHECKING:
    from scenarios import Scenario


@dataclass(frozen=True, slots=True)
class LogFile:
    """The event log of one replication, to be written by the process that plays it."""

    path: Path
    ending: str


@dataclass(frozen=True, slots=True)
class PricedJob(Job):
    """One replication to play, what its hours are worth, and whether its event log is wanted."""

    prices: Prices
    targets: tuple[Target, ...]
    log: LogFile | None


def reduce_job(job: Job, history: History) -> Summary:
    """Boil a history down to its summary; a log that is wanted is written on the way."""
    assert isinstance(job, PricedJob)
    if job.log is not None:
        write_log(job.log.path, job.log.ending, event_rows(job.model, history), job.model.start)
    return summarise(job.model, job.prices, job.targets, history)


AGAIN = 1_000_000
"""A replication with this added to its number has the assumptions of that number, and luck of its own."""


class Plan(Sequence[PricedJob]):
    """Replication 0 of every scenario, then 1 of every scenario, and so on.

    A job is made when it is asked for, because under uncertainty each has a model of its own.

    Parameters
    ----------
    scenarios
        By label; the labels come back in the jobs.
    replications, seed
        As in ``watermelon.simulate``.
    uncertainty
        Whether every replication draws all assumptions from their ranges.
    log
        Where the event log of replication 0 of the first scenario goes, if anywhere.
    engine
        One of ``sim.experiment.ENGINES``; all give the same histories.
    again
        How many of the first replications are played a second time, with the same assumptions and other
        luck, after all others. Only under uncertainty.
    pinned
        Values that hold some assumptions instead of their most likely ones, by label. Not under uncertainty.
    """

    def __init__(
        self,
        scenarios: Mapping[str, Scenario],
        replications: int,
        seed: int,
        uncertainty: bool,
        log: LogFile | None = None,
        engine: str = ENGINES[0],
        again: int = 0,
        pinned: Mapping[str, Mapping[str, float]] | None = None,
    ) -> None:
        self.scenarios = scenarios
        self.labels = list(scenarios)
        self.replications, self.seed, self.uncertainty, self.log = replications, seed, uncertainty, log
        self.engine, self.again = engine, again
        values = pinned or {}
        self._at_modes = {label: self._compiled(label, values.get(label)) for label in self.labels}

    def __len__(self) -> int:
        return (self.replications + self.again) * len(self.labels)

    @overload
    def __getitem__(self, index: int) -> PricedJob: ...

    @overload
    def __getitem__(self, index: slice) -> list[PricedJob]: ...

    def __getitem__(self, index: int | slice) -> PricedJob | list[PricedJob]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        if not 0 <= index < len(self):
            raise IndexError(index)
        replication, label = self.replication(index), self.label(index)
        draw = replication % AGAIN
        compiled = self._compiled(label, draw) if self.uncertainty else self._at_modes[label]
        model, prices, targets = compiled
        return PricedJob(
            scenario=label,
            model=model,
            seed=self.seed,
            replication=replication,
            prices=prices,
            targets=targets,
            log=self.log if index == 0 else None,
        )

    def label(self, place: int) -> str:
        """The label of the scenario that is played at a place."""
        return self.labels[place % len(self.labels)]

    def replication(self, place: int) -> int:
        """The number of the replication that is played at a place."""
        row = place // len(self.labels)
        return row if row < self.replications else AGAIN + row - self.replications

    def model(self, label: str) -> Model:
        """The model of a scenario with every assumption at its most likely value."""
        return self._at_modes[label][0]

    def worth(self, label: str) -> tuple[Prices, tuple[Target, ...]]:
        """Prices and targets of a scenario with every assumption at its most likely value."""
        return self._at_modes[label][1:]

    def _compiled(
        self, label: str, draw: int | Mapping[str, float] | None
    ) -> tuple[Model, Prices, tuple[Target, ...]]:
        scenario = self.scenarios[label]
        return (
            scenario.model(draw, self.seed),
            scenario.prices(draw, self.seed),
            scenario.targets(draw, self.seed),
        )


class Part(Sequence[PricedJob]):
    """Some places of a plan, in their order; jobs are made when they are asked for, as in the plan."""

    def __init__(self, plan: Plan, places: Sequence[int]) -> None:
        self._plan, self._places = plan, places

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> PricedJob: ...

    @overload
    def __getitem__(self, index: slice) -> Part: ...

    def __getitem__(self, index: int | slice) -> PricedJob | Part:
        if isinstance(index, slice):
            return Part(self._plan, self._places[index])
        return self._plan[self._places[index]]
