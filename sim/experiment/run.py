"""Plays replications, one after the other or side by side, and hands each history to a reduction.

The compiled engine runs in threads, because it works without the GIL; the process engine in processes.

A history of years is large and what is wanted of it small, so only reductions are kept. The result depends
on the jobs alone: not on how many workers there are, nor on which finishes first.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    wait,
)
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from typing import Generic, TypeVar

from sim.experiment.engines import COMPILED, play
from sim.history.tables import History
from sim.spec.model import Model

T = TypeVar("T")
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Job:
    """One replication to play: ``scenario`` is a label for the caller's use."""

    scenario: str
    model: Model
    seed: int
    replication: int


class Stopped(KeyboardInterrupt, Generic[T]):
    """The user interrupted: ``results`` holds what was finished by then, None for the others."""

    def __init__(self, results: list[T | None]) -> None:
        super().__init__("interrupted")
        self.results = results


def play_many(
    jobs: Sequence[Job],
    reduce: Callable[[Job, History], T],
    workers: int = 1,
    progress: Progress | None = None,
    engine: str = COMPILED,
) -> list[T]:
    """Play every job and return ``reduce(job, history)`` in the order of the jobs.

    ``engine`` is one of ``sim.experiment.ENGINES``; with the process engine and several workers ``reduce``
    must be picklable. ``progress(done, total)`` is called after each job. Raises ``Stopped`` with the
    finished results on Ctrl-C.
    """
    results: list[T | None] = [None] * len(jobs)
    done = 0
    try:
        for place, result in _results(jobs, reduce, workers, engine):
            results[place] = result
            done += 1
            if progress is not None:
                progress(done, len(jobs))
    except KeyboardInterrupt:
        raise Stopped(results) from None
    return [result for result in results if result is not None]


def _results(
    jobs: Sequence[Job], reduce: Callable[[Job, History], T], workers: int, engine: str
) -> Iterator[tuple[int, T]]:
    """Place and result of every job, in the order in which they finish."""
    if workers <= 1 or len(jobs) <= 1:
        for place, job in enumerate(jobs):
            yield place, _play_one(job, reduce, engine)
        return
    waiting = iter(enumerate(jobs))
    running: dict[Future[T], int] = {}
    pool = _pool(engine, min(workers, len(jobs)))
    try:
        # Only so many at a time: each job carries a model, and after Ctrl-C little is left to wait for.
        for place, job in islice(waiting, 2 * workers):
            running[pool.submit(_play_one, job, reduce, engine)] = place
        while running:
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                yield running.pop(future), future.result()
            for place, job in islice(waiting, len(done)):
                running[pool.submit(_play_one, job, reduce, engine)] = place
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _pool(engine: str, workers: int) -> Executor:
    if engine == COMPILED:
        return ThreadPoolExecutor(workers)
    return ProcessPoolExecutor(workers, get_context("fork"), _ignore_interrupts)


def _play_one(job: Job, reduce: Callable[[Job, History], T], engine: str) -> T:
    return reduce(job, play(job.model, job.seed, job.replication, engine))


def _ignore_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
