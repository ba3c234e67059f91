"""Running commands in-process, in an empty folder."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from watermelon.cli.group import commands

Invoke = Callable[..., Result]


@pytest.fixture
def invoke(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Invoke:
    """Call ``invoke("run", "small", ...)`` with an empty folder as the current one."""
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()

    def call(*arguments: str | Path) -> Result:
        return runner.invoke(commands, [str(argument) for argument in arguments], prog_name="watermelon")

    return call
