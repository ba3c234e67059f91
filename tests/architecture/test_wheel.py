"""What is shipped: the wheel, installed in a clean environment, runs in an empty folder."""

import json
import os
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

from tests.architecture.tree import ROOMS, ROOT

pytestmark = pytest.mark.slow

IGNORED = {"__pycache__", ".mypy_cache", ".ruff_cache"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built without isolation: the tools are here already and no network is needed."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def command(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of a clean environment which holds the wheel.

    The dependencies are borrowed from the running environment: a line in a .pth file adds its
    packages, but not the tree, since .pth files found that way are not read in turn.
    """
    home = tmp_path_factory.mktemp("clean")
    venv.create(home, with_pip=False)
    python = home / "bin" / "python"
    packages = Path(sysconfig.get_path("purelib", "venv", vars={"base": str(home)}))
    run(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel)
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return home / "bin" / "watermelon"


def run(*arguments: str | Path, cwd: Path | None = None) -> str:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        [str(argument) for argument in arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_wheel_holds_the_rooms_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        top = {entry.split("/")[0] for entry in archive.namelist()}
    assert {entry for entry in top if not entry.endswith(".dist-info")} == set(ROOMS)


def test_every_file_of_the_rooms_is_shipped(wheel: Path) -> None:
    # Scenarios, mappings and templates are files too: one that git ignores would be left out.
    expected = {
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        for path in (ROOT / room).rglob("*")
        if path.is_file() and not IGNORED & set(path.parts)
    }
    with zipfile.ZipFile(wheel) as archive:
        missing = expected - set(archive.namelist())
    assert not missing
    assert "scenarios/library/base/small.yaml" in expected


def test_the_licence_is_shipped(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert any(entry.endswith(".dist-info/licenses/LICENSE") for entry in archive.namelist())


def test_it_runs_in_an_empty_folder(command: Path, tmp_path: Path) -> None:
    answer = json.loads(run(command, "run", "small", "-r", "2", "--json", cwd=tmp_path))
    assert answer["replications"] == 2
    assert answer["outcomes"]


def test_it_is_the_wheel_that_runs(command: Path, tmp_path: Path) -> None:
    for room in ROOMS:
        place = run(command.with_name("python"), "-c", f"import {room}; print({room}.__file__)", cwd=tmp_path)
        assert Path(place.strip()).is_relative_to(command.parent.parent)


def test_the_version_is_written_once(command: Path, tmp_path: Path) -> None:
    written: dict[str, str] = {}
    exec((ROOT / "watermelon" / "_version.py").read_text(encoding="utf-8"), written)  # noqa: S102
    assert run(command, "--version", cwd=tmp_path).split()[-1] == written["__version__"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "version" in project["dynamic"]
