"""The compiled engine uses memory again, and never what somebody still looks into."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from scenarios import load
from sim.engines.compiled import flat, memory
from sim.engines.compiled.run import play
from sim.history.digest import digest

MODEL = load("small", until_hours=4 * 168).model()


def block_used() -> int:
    return id(memory._blocks[-1])


def test_memory_is_used_again_once_a_history_is_gone() -> None:
    one = digest(play(MODEL, 1, 0))
    blocks = {id(block) for block in memory._blocks}
    digest(play(MODEL, 1, 1))
    assert {id(block) for block in memory._blocks} == blocks
    assert digest(play(MODEL, 1, 0)) == one, "what an earlier replication left behind must not be seen"


def test_a_history_that_is_kept_stays_what_it_is() -> None:
    kept = play(MODEL, 1, 0)
    before, block = digest(kept), block_used()
    play(MODEL, 1, 1)
    assert block_used() != block
    assert digest(kept) == before


def test_a_single_column_that_is_kept_stays_what_it_is() -> None:
    ends = play(MODEL, 1, 0).seat_time.end[10:]
    before = ends.tolist()
    for replication in (1, 2, 3):
        play(MODEL, 1, replication)
    assert ends.tolist() == before


def test_memory_is_used_again_by_other_threads() -> None:
    digest(play(MODEL, 1, 0))
    before = {id(block) for block in memory._blocks}
    for _ in range(3):
        with ThreadPoolExecutor(1) as pool:
            pool.submit(lambda: digest(play(MODEL, 1, 1))).result()
        assert {id(block) for block in memory._blocks} == before


def test_threads_at_the_same_time_have_blocks_of_their_own() -> None:
    one = digest(play(MODEL, 1, 0))
    both = Barrier(2)

    def held() -> str:
        history = play(MODEL, 1, 0)
        both.wait(60)
        return digest(history)

    with ThreadPoolExecutor(2) as pool:
        assert [found.result() for found in (pool.submit(held), pool.submit(held))] == [one, one]


def test_histories_that_are_let_go_leave_little_memory_behind() -> None:
    kept = [play(MODEL, 1, replication) for replication in range(memory.KEPT + 3)]
    assert len(memory._blocks) == memory.KEPT
    digests = [digest(history) for history in kept]
    kept.clear()
    assert [digest(play(MODEL, 1, replication)) for replication in range(memory.KEPT + 3)] == digests
    assert len(memory._blocks) == memory.KEPT


def test_a_model_is_laid_out_once_and_forgotten_with_it() -> None:
    model = load("small", until_hours=168).model()
    before = len(flat._laid_out)
    first = flat.flat_of(model)
    assert flat.flat_of(model) is first
    assert len(flat._laid_out) == before + 1
    del model
    assert len(flat._laid_out) == before


def test_a_limit_that_is_reached_names_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "MOST_EVENTS", 10)
    with pytest.raises(MemoryError, match="more than 10 pending events"):
        play(MODEL, 1, 0)
