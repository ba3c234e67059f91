"""The compiled engine's memory grows as it plays, and nothing changes by that."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from scenarios import load
from sim.engines.compiled import layout, memory, run
from sim.engines.compiled.flat import Flat, flatten
from sim.spec.model import Model
from tests.equivalence.agreement import play_both
from tests.equivalence.cases import fixed_cases
from tests.sim.organisations import RANDOM, Builder

ROOMS = {name: place for name, place in vars(layout).items() if name.endswith("_ROOM")}


def expect_nothing(model: Model) -> Flat:
    return replace(flatten(model), tickets=0.0)


@pytest.fixture
def grown(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Start with next to no room; by segment, how often it grew after the first ticket."""
    times = dict.fromkeys(ROOMS, 0)

    def counted(block: memory.Block, flat: Flat) -> memory.Block:
        larger = memory.enlarged(block, flat)
        for name, place in ROOMS.items():
            times[name] += int(block[layout.TICKETS] > 0 and larger[place] > block[place])
        return larger

    monkeypatch.setattr(memory, "FIRST_ROOM", 1)
    monkeypatch.setattr(run, "flat_of", expect_nothing)
    monkeypatch.setattr(run, "enlarged", counted)
    return times


def test_every_segment_grows_in_the_midst_of_play(grown: dict[str, int], tmp_path: Path) -> None:
    b = Builder(days=10)
    desk = b.team(seats=2)
    slow = b.wait(1, 100, RANDOM)
    b.incident_stream(b.category([b.stage(desk, 0.3, user_wait=slow)], close_delay=100), per_hour=12)
    b.request_stream(b.category([b.stage(desk, 0.5)], close_delay=100), per_hour=4)
    play_both(b.model(), 1, 0, tmp_path)
    assert set(grown) == {
        "TICKET_ROOM",
        "EVENT_ROOM",
        "ACTIVITY_ROOM",
        "SPELL_ROOM",
        "SEAT_ROW_ROOM",
        "QUEUE_ROOM",
    }
    assert min(grown.values()) >= 2, grown


def test_random_models_play_alike_however_often_memory_grows(grown: dict[str, int], tmp_path: Path) -> None:
    for case in fixed_cases(0, 30):
        play_both(case.model, case.seed, case.replication, tmp_path)
    assert any(grown.values())


@pytest.mark.parametrize("name", ["small", "small+merger_integration"])
def test_a_shipped_scenario_plays_alike_while_memory_grows(
    name: str, grown: dict[str, int], tmp_path: Path
) -> None:
    play_both(load(name, until_hours=8 * 168).model(), 2, 1, tmp_path)
    assert any(grown.values())
