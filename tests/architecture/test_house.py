"""The commands of the house, on machines that lack what they need."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

MAKEFILE = ROOT / "Makefile"


def goals() -> set[str]:
    return set(re.findall(r"^([a-z]+):", MAKEFILE.read_text(encoding="utf-8"), flags=re.MULTILINE))


def make(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    shutil.copy(MAKEFILE, folder)
    # The tests may run under make themselves: its flags and variables are not for this one.
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(
        ["make", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def stand_in(folder: Path, name: str, body: str) -> Path:
    """An interpreter that answers as the body says; its second argument is the question."""
    script = folder / name
    script.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    script.chmod(0o755)
    return script


def test_help_is_the_default_and_lists_every_goal(tmp_path: Path) -> None:
    answer = make(folder=tmp_path)
    assert answer.returncode == 0
    assert goals() >= {"help", "demo", "test", "verify", "lint", "bench", "docs"}
    for goal in goals():
        assert f"make {goal} " in answer.stdout


def test_another_python_is_refused_in_one_sentence(tmp_path: Path) -> None:
    old = stand_in(tmp_path, "old-python", "exit 1")
    answer = make(f"PYTHON={old}", "demo", folder=tmp_path)
    assert answer.returncode != 0
    assert "needs CPython 3.11, 3.12 or 3.13" in answer.stderr
    assert not (tmp_path / ".venv").exists()


def test_a_machine_without_venv_is_refused_in_one_sentence(tmp_path: Path) -> None:
    bare = stand_in(tmp_path, "bare-python", 'case "$2" in *ensurepip*) exit 1;; esac; exit 0')
    answer = make(f"PYTHON={bare}", "test", folder=tmp_path)
    assert answer.returncode != 0
    assert "python3-venv" in answer.stderr
    assert not (tmp_path / ".venv").exists()


@pytest.mark.parametrize("place", ["data", "design", "hooks"])
def test_nothing_in_the_tree_leans_on_a_folder_beside_it(place: str) -> None:
    # The script of continuous integration alone may look there, and only for logs.
    words = "shared" + "/" + place
    tracked = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.splitlines()
    if not tracked:
        pytest.skip("needs a git checkout")
    leaning = [
        path
        for path in tracked
        if (ROOT / path).is_file() and words in (ROOT / path).read_text(encoding="utf-8", errors="ignore")
    ]
    assert leaning == ([".ci/run"] if place == "data" else [])
