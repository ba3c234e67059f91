"""A known organisation is played, exported, calibrated, and found again."""

import gzip
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from calibration.example import TICKETS, export_text
from sim.experiment.engines import play
from tests.calibration.recovery import intervals, learnt_from, model, truth

REPEATS = 50
FEWEST, OF_FEW = 39, 5


def test_the_example_export_is_that_of_small() -> None:
    played = model()
    history = play(played, 1, 0, "compiled")
    assert gzip.decompress(TICKETS.read_bytes()).decode() == export_text(played, history)


def test_parameters_are_found_again(tmp_path: Path) -> None:
    played, hits = model(), Counter[str]()
    for replication in range(OF_FEW):
        for name, (low, high) in intervals(learnt_from(played, replication, tmp_path)).items():
            hits[name] += low <= truth()[name] <= high
    # Of five 90% intervals three hold the truth but in one case of a hundred.
    assert {name: count for name, count in hits.items() if count < 3} == {}


@pytest.mark.verify
def test_stated_intervals_cover(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    played, hits = model(), Counter[str]()
    for replication in range(REPEATS):
        for name, (low, high) in intervals(learnt_from(played, replication, tmp_path)).items():
            hits[name] += low <= truth()[name] <= high
    record_property("found", "; ".join(f"{name} {hits[name]} of {REPEATS}" for name in truth()))
    assert {name: hits[name] for name in truth() if not FEWEST <= hits[name] <= REPEATS} == {}
