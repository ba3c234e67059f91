"""Both engines play every shipped scenario, and those of the theory tests, alike."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from scenarios import catalogue, load
from sim.spec.calendars import HOUR
from sim.spec.check import faults
from tests.equivalence.agreement import play_both

WEEK = 168
SHIPPED_WEEKS = 8
SHORT_WARMUP = ("warmup=2 weeks",)
THEORY_WEEKS = 6
SEEDS = (1, 2, 3)
ROOT = Path(__file__).parents[2]
THEORY = sorted((ROOT / "tests" / "theory" / "scenarios").glob("*.yaml"))
BENCHMARKS = sorted((ROOT / "benchmarks" / "scenarios").glob("*.yaml"))


FAMILIES = ("dial", "remedy")


def shipped() -> list[str]:
    """Every whole organisation, and every whole what-if on each base; all dials at once, and all remedies."""
    entries = catalogue()
    bases = [entry.name for entry in entries if entry.kind == "base"]
    overrides = [entry.name for entry in entries if entry.family == "override"]
    overrides += ["+".join(family(name)) for name in FAMILIES]
    return [entry.name for entry in entries if entry.kind != "override"] + [
        f"{base}+{override}" for base in bases for override in overrides
    ]


def family(name: str) -> list[str]:
    """All dials, or all remedies."""
    return [entry.name for entry in catalogue() if entry.family == name]


def one_by_one() -> list[str]:
    """Every single dial, remedy and story, on the small base."""
    return [f"small+{item}" for name in (*FAMILIES, "story") for item in family(name)]


@pytest.mark.parametrize("name", [*shipped(), *one_by_one()])
def test_shipped_scenarios_play_alike(name: str, tmp_path: Path) -> None:
    model = load(name, SHORT_WARMUP, until_hours=SHIPPED_WEEKS * WEEK).model()
    assert not faults(model)
    assert len(play_both(model, 1, 0, tmp_path).cases) > 100


@pytest.mark.parametrize("name", ["small", "small+siloed_it"])
def test_drawn_assumptions_play_alike(name: str, tmp_path: Path) -> None:
    scenario = load(name, SHORT_WARMUP, until_hours=SHIPPED_WEEKS * WEEK)
    for draw in range(3):
        play_both(scenario.model(draw, seed=7), 7, draw, tmp_path)


@pytest.mark.parametrize("path", [*THEORY, *BENCHMARKS], ids=lambda path: path.stem)
def test_theory_and_benchmarks_play_alike(path: Path, tmp_path: Path) -> None:
    model = load(str(path), until_hours=THEORY_WEEKS * WEEK).model()
    assert len(play_both(model, 1, 0, tmp_path).cases) > 100


@pytest.mark.verify
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    "name", [*shipped(), *(str(path) for path in THEORY)], ids=lambda name: Path(name).stem
)
def test_whole_horizons_play_alike(
    name: str, seed: int, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    model = load(name).model()
    history = play_both(model, seed, 0, tmp_path)
    weeks = (model.warmup + model.horizon) / (WEEK * HOUR)
    record_property("found", f"the same: {len(history.cases):,} tickets in {weeks:,.0f} weeks")
