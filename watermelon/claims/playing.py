"""Playing what claims ask for: every scenario once, all under the same luck."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from results.metrics.record import Record
from scenarios import load
from sim.experiment import Job, play_many
from sim.history.tables import History
from sim.spec.calendars import Floats
from watermelon.claims.measured import Ask, ask_of, measured
from watermelon.claims.table import Check, Claim, Play
from watermelon.claims.verdict import Found, Judgement, estimate, judge, worst

WEEK_HOURS = 168

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Result:
    """A check with what came out and its verdict."""

    check: Check
    found: Found
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Answer:
    """A claim with its checks; ``reached`` is the other setting that was tried, if the claim has one."""

    claim: Claim
    results: tuple[Result, ...]
    reached: Result | None

    @property
    def verdict(self) -> str:
        """As good as the weakest check."""
        return worst(result.judgement.verdict for result in self.results)


def checks_of(wanted: Iterable[Claim]) -> list[Check]:
    """All checks of claims, and the other settings that are tried."""
    found: list[Check] = []
    for claim in wanted:
        found += [*claim.checks, *([claim.reach.changed] if claim.reach else [])]
    return found


def scenarios_of(wanted: Iterable[Claim]) -> list[Play]:
    """What has to be played for claims, each once; what takes longest comes first."""
    found = dict.fromkeys(play for check in checks_of(wanted) for play in check.plays)
    return sorted(found, key=lambda play: -play.weeks)


def answers(
    wanted: Sequence[Claim], replications: int, seed: int, workers: int, progress: Progress | None = None
) -> list[Answer]:
    """Play and judge claims.

    Parameters
    ----------
    wanted
        Claims to check.
    replications
        How often each scenario is played, at least 2: an interval needs two.
    seed, workers, progress
        As in ``watermelon.simulate``; the results depend on the seed alone.
    """
    values = _played(wanted, replications, seed, workers, progress)

    def result(check: Check) -> Result:
        ours, theirs = (values[play, ask_of(check)] for play in check.plays)
        found = estimate(check, ours, theirs)
        return Result(check, found, judge(check, found))

    return [
        Answer(
            claim,
            tuple(result(check) for check in claim.checks),
            result(claim.reach.changed) if claim.reach else None,
        )
        for claim in wanted
    ]


def _played(
    wanted: Sequence[Claim], replications: int, seed: int, workers: int, progress: Progress | None
) -> dict[tuple[Play, Ask], Floats]:
    """[replications] Values by scenario and what was asked of it."""
    plays = scenarios_of(wanted)
    asks: dict[Play, list[Ask]] = {play: [] for play in plays}
    for check in checks_of(wanted):
        for play in check.plays:
            if ask_of(check) not in asks[play]:
                asks[play].append(ask_of(check))
    loaded = [load(play.name, play.sets, until_hours=play.weeks * WEEK_HOURS) for play in plays]
    ready = {
        str(place): (scenario.model(), scenario.prices(), scenario.targets(), asks[play])
        for place, (play, scenario) in enumerate(zip(plays, loaded, strict=True))
    }

    def reduce(job: Job, history: History) -> list[float]:
        model, prices, targets, own = ready[job.scenario]
        return measured(Record(model, prices, history), targets, own)

    jobs = [
        Job(label, model, seed, number)
        for label, (model, *_) in ready.items()
        for number in range(replications)
    ]
    rows = play_many(jobs, reduce, workers, progress)
    found: dict[tuple[Play, Ask], Floats] = {}
    for place, play in enumerate(plays):
        table = np.array(rows[place * replications : (place + 1) * replications])
        for column, ask in enumerate(asks[play]):
            found[play, ask] = table[:, column]
    return found
