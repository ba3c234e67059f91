"""Every command that the documentation shows runs as it stands there."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.architecture.tree import ROOT
from watermelon.cli.group import commands

BLOCK = re.compile(r"^```console\n(.*?)^```", flags=re.MULTILINE | re.DOTALL)
PYTHON = re.compile(r"^```python\n(.*?)^```", flags=re.MULTILINE | re.DOTALL)


def pages() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def examples() -> list[tuple[Path, str]]:
    found = []
    for page in pages():
        for block in BLOCK.findall(page.read_text(encoding="utf-8")):
            lines = block.replace("\\\n", " ").splitlines()
            found += [(page, line.removeprefix("$ ")) for line in lines if line.startswith("$ ")]
    return found


@pytest.mark.parametrize(
    ("page", "command"), [pytest.param(page, line, id=f"{page.name}: {line}") for page, line in examples()]
)
def test_a_command_runs(page: Path, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs").symlink_to(ROOT / "docs")  # some examples play scenarios of the documentation
    name, *arguments = shlex.split(command)
    assert name == "watermelon", f"{page.name} shows a command that is not ours: {command}"
    answer = CliRunner().invoke(commands, arguments, prog_name="watermelon")
    assert answer.exit_code == 0, answer.output


def test_the_readme_shows_commands() -> None:
    assert {page.name for page, _ in examples()} >= {"README.md"}


def test_python_of_the_readme_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    (block,) = PYTHON.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    # The same, but short.
    short = block.replace("replications=10", "replications=1")
    assert short != block
    exec(short, {})  # noqa: S102
