"""The five rooms are fully annotated."""

import subprocess
import sys

import pytest

from tests.architecture.tree import ROOT


@pytest.mark.slow
def test_types_hold() -> None:
    report = subprocess.run(
        [sys.executable, "-m", "mypy"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert report.returncode == 0, report.stdout + report.stderr
