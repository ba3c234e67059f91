"""Imports go one way: sim <- results <- scenarios <- calibration <- watermelon."""

import subprocess
import sys
from pathlib import Path

import grimp
import pytest

from tests.architecture.tree import ROOMS, ROOT, sources


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(*ROOMS, cache_dir=None)


def test_the_graph_holds_every_file(graph: grimp.ImportGraph) -> None:
    # Contracts on an empty graph pass, whatever the code does.
    assert len(graph.modules) == len(sources(*ROOMS))


def test_every_room_is_used(graph: grimp.ImportGraph) -> None:
    for room in ROOMS[:-1]:
        others = {
            importer.split(".")[0]
            for module in [room, *graph.find_descendants(room)]
            for importer in graph.find_modules_that_directly_import(module)
        } - {room}
        assert others, f"no other room imports {room}"


def test_contracts_hold() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    report = subprocess.run(
        [linter, "--no-cache", "--config", ROOT / "pyproject.toml"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert report.returncode == 0, report.stdout + report.stderr
    assert " 0 broken" in report.stdout
