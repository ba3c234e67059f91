"""The public API, as a notebook uses it."""

import subprocess
import sys
from typing import Any

import pytest

import watermelon
from watermelon import compare, load, simulate


@pytest.fixture(scope="module")
def runs() -> Any:
    return simulate(
        load("small", until_hours=336),
        load("small", ["teams.desk.seats=9"], 336),
        replications=2,
        seed=3,
        jobs=1,
    )


def test_the_package_offers_three_functions() -> None:
    assert set(watermelon.__all__) == {"__version__", "compare", "load", "simulate"}
    assert dir(watermelon) == sorted(watermelon.__all__)
    with pytest.raises(AttributeError, match="no attribute 'lod'"):
        _ = watermelon.lod


def test_importing_it_loads_nothing_heavy() -> None:
    script = "import sys, watermelon; print(sorted({'numpy', 'pandas', 'scipy', 'click'} & set(sys.modules)))"
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_tables(runs: Any) -> None:
    assert list(runs.outcomes.index) == [("small", 0), ("small", 1), ("small#2", 0), ("small#2", 1)]
    assert (runs.outcomes["incidents"] > 0).all()
    assert runs.weekly.index.names == ["scenario", "replication", "week"]
    assert len(runs.weekly) == 2 * 2 * 2
    assert list(runs.log.columns[:3]) == ["scenario", "case_id", "flow"]
    assert set(runs.log["scenario"]) == {"small", "small#2"}


def test_scenarios_are_paired(runs: Any) -> None:
    table = runs.outcomes["requests"]
    assert table["small"].equals(table["small#2"])


def test_comparing(runs: Any) -> None:
    comparison = compare(runs)
    assert comparison.differences["small#2"]["paid_hours"].mean > 0
    assert "Mean time to restore service" in str(comparison)
    assert "<table" in comparison._repr_html_()


def test_what_a_notebook_shows(runs: Any) -> None:
    text = repr(runs)
    assert text.startswith("small and small#2, played 2 times with seed 3")
    assert "Mean time to restore service" in text
    assert "<table" in runs._repr_html_()


def test_names_will_do() -> None:
    runs = simulate("small", replications=1, jobs=1)
    assert list(runs.scenarios) == ["small"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"replications": 0}, "replications = 0"),
        ({"seed": -1}, "seed = -1"),
        ({"seed": 2**32}, "must be from 0 to 4294967295"),
        ({"jobs": 0}, "jobs = 0"),
    ],
)
def test_mistakes_are_value_errors(arguments: dict[str, int], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        simulate("small", **arguments)


def test_nothing_to_simulate_or_compare(runs: Any) -> None:
    with pytest.raises(ValueError, match="at least one scenario"):
        simulate()
    alone = simulate(load("small", until_hours=24), replications=1, jobs=1)
    with pytest.raises(ValueError, match="at least two scenarios"):
        compare(alone)


def test_a_hiding_module_is_named_by_the_api_too(tmp_path: Any) -> None:
    (tmp_path / "results.py").write_text("x = 1\n", encoding="utf-8")
    (tmp_path / "mine.py").write_text("from watermelon import simulate\n", encoding="utf-8")
    answer = subprocess.run(
        [sys.executable, str(tmp_path / "mine.py")], capture_output=True, text=True, check=False
    )
    last = answer.stderr.strip().splitlines()[-1]
    assert last.startswith("ImportError: ")
    assert str(tmp_path / "results.py") in last
