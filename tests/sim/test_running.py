"""Many replications: who plays them and in which pieces changes nothing, and nothing finished is lost."""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections.abc import Callable

import pytest

from sim.experiment import ENGINES, Abandoned, Job, Stopped, play_many
from sim.history.digest import digest
from sim.history.tables import History
from tests.sim.test_pairing import busy

JOBS = [Job("busy", busy(), 1, replication) for replication in range(6)]


def reduced(job: Job, history: History) -> tuple[int, str]:
    return job.replication, digest(history)


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_pieces_and_workers_change_nothing(workers: int) -> None:
    whole = play_many(JOBS, reduced)
    assert [number for number, _ in whole] == list(range(6))
    assert play_many(JOBS, reduced, workers) == whole
    assert (
        play_many(JOBS[4:], reduced, workers) + play_many(JOBS[:4], reduced, workers) == whole[4:] + whole[:4]
    )


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("workers", [1, 2])
def test_each_result_is_handed_over_once_in_the_callers_thread(workers: int, engine: str) -> None:
    kept: dict[int, tuple[int, str]] = {}
    seen: list[tuple[int, int]] = []

    def keep(place: int, result: tuple[int, str]) -> None:
        assert threading.current_thread() is threading.main_thread()
        assert place not in kept
        kept[place] = result

    found = play_many(JOBS[:3], reduced, workers, lambda *numbers: seen.append(numbers), engine, keep)
    assert [kept[place] for place in range(3)] == found
    assert seen == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize("workers", [1, 2])
def test_what_was_under_way_at_an_interruption_is_finished_and_kept(workers: int) -> None:
    kept: list[int] = []
    told: list[int] = []
    with pytest.raises(Stopped) as caught:
        play_many(
            JOBS,
            reduced,
            workers,
            interrupted_after_one,
            keep=lambda place, _: kept.append(place),
            stopping=lambda: told.append(len(kept)),
        )
    assert told == [1]  # before anything was waited for
    finished = [place for place, result in enumerate(caught.value.results) if result is not None]
    assert sorted(kept) == finished
    assert 1 <= len(finished) < len(JOBS)
    for place in finished:
        assert caught.value.results[place] == reduced_again(place)


def interrupted_after_one(done: int, _: int) -> None:
    if done == 1:
        raise KeyboardInterrupt


def again() -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("stopping", [None, again])
@pytest.mark.parametrize("engine", ENGINES)
def test_nothing_is_waited_for_at_the_second_interruption(
    engine: str, stopping: Callable[[], None] | None
) -> None:
    kept: list[int] = []
    with pytest.raises(Abandoned):
        play_many(
            JOBS,
            reduced,
            2,
            interrupted_after_one,
            engine,
            lambda place, _: kept.append(place),
            stopping,
        )
    assert len(kept) == 1
    # They are dead; who of two threads that wait for one hears of it first, is listed a moment longer.
    end = time.monotonic() + 20
    while multiprocessing.active_children() and time.monotonic() < end:
        time.sleep(0.01)
    assert not multiprocessing.active_children()


def reduced_again(place: int) -> tuple[int, str]:
    return play_many([JOBS[place]], reduced)[0]
