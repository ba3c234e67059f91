"""Starting the command: what it loads, and what it says when a file of the user's stands in the way."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOMS


def watermelon(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Started as a module, the current folder comes first on the import path."""
    return subprocess.run(
        [sys.executable, "-m", "watermelon", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("room", ROOMS[:-1])
@pytest.mark.parametrize("shape", ["file", "package"])
def test_a_hiding_file_is_named(room: str, shape: str, tmp_path: Path) -> None:
    if shape == "file":
        hiding = tmp_path / f"{room}.py"
    else:
        hiding = tmp_path / room / "__init__.py"
        hiding.parent.mkdir()
    hiding.write_text("answer = 42\n", encoding="utf-8")

    answer = watermelon("--help", folder=tmp_path)

    assert answer.returncode == 2, answer.stdout + answer.stderr
    # The folder or the file in it, whichever reads better.
    assert str(tmp_path / room) in answer.stderr
    assert "Traceback" not in answer.stderr
    assert len(answer.stderr.strip().splitlines()) <= 3


@pytest.mark.parametrize("room", ROOMS[:-1])
def test_a_folder_of_data_hides_nothing(room: str, tmp_path: Path) -> None:
    (tmp_path / room).mkdir()
    (tmp_path / room / "numbers.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    answer = watermelon("--help", folder=tmp_path)
    assert answer.returncode == 0, answer.stderr


def test_heavy_packages_are_loaded_only_by_the_commands_that_need_them() -> None:
    heavy = ["numba", "pandas", "matplotlib", "scipy"]
    script = f"import json, sys, watermelon.cli; print(json.dumps([m for m in {heavy} if m in sys.modules]))"
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert json.loads(answer.stdout) == []


def test_help_loads_no_heavy_package(tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from watermelon.cli import main\n"
        "sys.argv = ['watermelon', '--help']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(sorted({'numba', 'pandas', 'matplotlib', 'scipy'} & set(sys.modules)), file=sys.stderr)\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert answer.stderr.strip().endswith("[]")


def test_a_run_with_kept_code_loads_no_compiler_tables_pictures_or_statistics(tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from watermelon.cli import main\n"
        "try:\n    main(['run', 'small', '-r', '1', '--until', '336'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'numba', 'pandas', 'matplotlib', 'scipy', 'pyarrow', 'jinja2', 'simpy', 'urllib.request'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    for _ in ("compiles if need be", "finds the code"):
        answer = subprocess.run(
            [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True
        )
    assert answer.stderr.strip().endswith("[]")
