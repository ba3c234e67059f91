"""Help is there for every command, with an example, and starts fast."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.watermelon.conftest import Invoke

COMMANDS = ("scenarios", "show", "run", "compare", "roi", "calibrate", "backtest", "claims")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str, invoke: Invoke) -> None:
    answer = invoke(command, "--help")
    assert answer.exit_code == 0
    assert f"Example:  watermelon {command}" in answer.stdout
    assert "--json" in answer.stdout
    assert invoke(command, "-h").stdout == answer.stdout


def test_the_commands_are_listed_in_the_order_of_use(invoke: Invoke) -> None:
    shown = invoke("--help").stdout
    places = [shown.index(f"\n  {command} ") for command in COMMANDS]
    assert places == sorted(places)


@pytest.mark.parametrize("arguments", [["--help"], ["run", "--help"], ["calibrate", "--help"]])
def test_help_loads_next_to_nothing(arguments: list[str], tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from watermelon.cli import main\n"
        f"try:\n    main({arguments})\nexcept SystemExit:\n    pass\n"
        "heavy = {'numpy', 'pandas', 'matplotlib', 'scipy', 'numba', 'pydantic', 'rich', 'simpy'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert answer.stderr.strip() == "[]"


def test_an_installed_command_ignores_files_of_the_current_folder(tmp_path: Path) -> None:
    (tmp_path / "results.py").write_text("raise SystemExit('hidden')\n", encoding="utf-8")
    command = Path(sys.executable).with_name("watermelon")
    if not command.exists():
        pytest.skip("needs the command beside the interpreter")
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    began = time.monotonic()
    answer = subprocess.run(
        [command, "scenarios"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
    assert time.monotonic() - began < 60
    assert "baseline" in answer.stdout
