"""What the style checker guards: relative imports, chance, clocks and print in the engine room."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT


def ruff(*arguments: str, text: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ruff", *arguments],
        cwd=ROOT,
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_tree_is_clean() -> None:
    report = ruff("check", "--no-cache", "--output-format=concise", ".")
    assert report.returncode == 0, report.stdout + report.stderr


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("import random", "TID251"),
        ("import time", "TID251"),
        ("from datetime import datetime", "TID251"),
        ("from numpy.random import default_rng", "TID251"),
        ("import numpy as np\n\nx = np.random.default_rng()", "TID251"),
        ("from . import neighbour", "TID252"),
        ("print(1)", "T201"),
    ],
)
def test_the_guards_bite_in_the_engine_room(line: str, rule: str) -> None:
    report = ruff("check", "--no-cache", "--stdin-filename", "sim/rules/planted.py", "-", text=f"{line}\n")
    assert rule in report.stdout


def test_clocks_are_free_elsewhere() -> None:
    planted = Path("watermelon/cli/planted.py")
    report = ruff("check", "--no-cache", "--stdin-filename", str(planted), "-", text="import time\n")
    assert "TID251" not in report.stdout
