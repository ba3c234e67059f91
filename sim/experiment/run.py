"""Plays replications, one after the other or side by side, and hands each history to a reduction.

The compiled engine runs in threads, because it works without the GIL; the process engine in processes.

A history of years is large and what is wanted of it small, so only reductions are kept. The result depends
on the jobs alone: not on how many workers there are, nor on which finishes first.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    wait,
)
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from typing import Generic, NoReturn, TypeVar

from sim.experiment.engines import COMPILED, play
from sim.history.tables import History
from sim.spec.model import Model

T = TypeVar("T")
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Job:
    """One replication to play: ``scenario`` is a label for the caller's use.

    ``whole`` is False if nobody looks at activities, spells and seat time: to leave them out takes less time.
    """

    scenario: str
    model: Model
    seed: int
    replication: int
    whole: bool = field(default=True, kw_only=True)


class Stopped(KeyboardInterrupt, Generic[T]):
    """The user interrupted: ``results`` holds what was finished by then, None for the others."""

    def __init__(self, results: list[T | None]) -> None:
        super().__init__("interrupted")
        self.results = results


class Abandoned(KeyboardInterrupt):
    """The user wants to wait for nothing: jobs that were under way may still hold threads."""

    def __init__(self) -> None:
        super().__init__("abandoned")


def play_many(
    jobs: Sequence[Job],
    reduce: Callable[[Job, History], T],
    workers: int = 1,
    progress: Progress | None = None,
    engine: str = COMPILED,
    keep: Callable[[int, T], None] | None = None,
    stopping: Callable[[], None] | None = None,
) -> list[T]:
    """Play every job and return ``reduce(job, history)`` in the order of the jobs.

    ``engine`` is one of ``sim.experiment.ENGINES``; with the process engine and several workers ``reduce``
    must be picklable. As soon as a job is done, ``keep(place, result)`` and ``progress(done, total)`` are
    called, in the caller's thread.

    On Ctrl-C ``stopping()`` is called at once, the jobs that are under way are waited for, and ``Stopped`` is
    raised with all that is finished; another Ctrl-C raises ``Abandoned`` and waits for nothing. So does the
    first one without ``stopping``: whoever says nothing about it does not want the others' results either.
    """
    results: list[T | None] = [None] * len(jobs)
    done = 0

    def take(place: int, result: T) -> None:
        nonlocal done
        if results[place] is not None:
            return
        results[place] = result
        done += 1
        if keep is not None:
            keep(place, result)
        if progress is not None:
            progress(done, len(jobs))

    try:
        workers = max(1, min(workers, len(jobs)))
        # Compiled code does not hear of Ctrl-C, so that even a single job leaves the caller's thread free.
        if engine == COMPILED or workers > 1:
            _side_by_side(jobs, reduce, workers, engine, take, stopping)
        else:
            for place, job in enumerate(jobs):
                take(place, _play_one(job, reduce, engine))
    except Abandoned:
        raise
    except KeyboardInterrupt:
        if stopping is None:
            raise Abandoned from None
        raise Stopped(results) from None
    return [result for result in results if result is not None]


def _side_by_side(
    jobs: Sequence[Job],
    reduce: Callable[[Job, History], T],
    workers: int,
    engine: str,
    take: Callable[[int, T], None],
    stopping: Callable[[], None] | None,
) -> None:
    """Hand over place and result of every job, in the order in which they finish."""
    waiting = iter(enumerate(jobs))
    running: dict[Future[T], int] = {}
    others = set(multiprocessing.active_children())
    pool = _pool(engine, workers)
    try:
        # Only so many at a time: each job carries a model, and after Ctrl-C little is left to wait for.
        for place, job in islice(waiting, 2 * workers):
            running[pool.submit(_play_one, job, reduce, engine)] = place
        while running:
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                take(running[future], future.result())
                del running[future]
            for place, job in islice(waiting, len(done)):
                running[pool.submit(_play_one, job, reduce, engine)] = place
    except KeyboardInterrupt:
        if stopping is None:
            _abandon(pool, others)
        try:
            stopping()
            pool.shutdown(wait=True, cancel_futures=True)
            for future, place in running.items():
                if not future.cancelled() and future.exception() is None:
                    take(place, future.result())
        except KeyboardInterrupt:
            _abandon(pool, others)
        raise
    except BaseException:
        pool.shutdown(wait=True, cancel_futures=True)
        raise
    pool.shutdown()


def _abandon(pool: Executor, others: set[BaseProcess]) -> NoReturn:
    """Wait for nothing. Processes of the pool are ended; threads can't be, and end with the process."""
    pool.shutdown(wait=False, cancel_futures=True)
    for child in set(multiprocessing.active_children()) - others:
        child.kill()
        child.join()
    raise Abandoned from None


def _pool(engine: str, workers: int) -> Executor:
    if engine == COMPILED:
        return ThreadPoolExecutor(workers)
    return ProcessPoolExecutor(workers, get_context("fork"), _ignore_interrupts)


def _play_one(job: Job, reduce: Callable[[Job, History], T], engine: str) -> T:
    return reduce(job, play(job.model, job.seed, job.replication, engine, job.whole))


def _ignore_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
