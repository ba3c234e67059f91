"""Ctrl-C, a closed pipe, no terminal: what is finished stays usable, and nothing half-written stays."""

import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from sim.experiment.run import Stopped, play_many
from tests.watermelon.conftest import Invoke

COMMAND = [sys.executable, "-m", "watermelon"]


def stop_after(number: int) -> Any:
    """A ``play_many`` that is interrupted after ``number`` jobs."""

    def play(
        jobs: Sequence[Any], reduce: Any, workers: int, progress: Any, engine: str, keep: Any, _: Any
    ) -> list[Any]:
        done = play_many(list(jobs)[:number], reduce, 1, progress, engine, keep)
        raise Stopped([*done, *[None] * (len(jobs) - number)])

    return play


def test_ctrl_c_keeps_the_finished_replications(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("watermelon.simulation.play_many", stop_after(3))
    answer = invoke("run", "small", "-r", "5", "--until", "168", "--out", "a", "--json")
    assert answer.exit_code == 130
    assert json.loads(answer.stdout)["replications"] == 3
    assert "interrupted after 3 of 5 replications" in answer.stderr
    record = json.loads((tmp_path / "a" / "run.json").read_text(encoding="utf-8"))
    assert record["interrupted"] is True
    assert record["replications"] == 3


def test_ctrl_c_keeps_only_whole_pairs(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("watermelon.simulation.play_many", stop_after(5))
    answer = invoke("compare", "small", "small", "-r", "5", "--until", "168", "--out", "a", "--json")
    assert answer.exit_code == 130
    assert json.loads(answer.stdout)["replications"] == 2
    report = (tmp_path / "a" / "report.html").read_text(encoding="utf-8")
    assert "Interrupted after 2 of 5 replications" in report


def test_ctrl_c_before_anything_was_finished(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("watermelon.simulation.play_many", stop_after(0))
    answer = invoke("run", "small", "--until", "168", "--out", "a", "--log", "log.csv", "--json")
    assert answer.exit_code == 130
    assert answer.stdout == ""
    assert "interrupted" in answer.stderr
    assert list(tmp_path.iterdir()) == []


class Started:
    """A command in a process of its own, whose standard error is read as it comes."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.errors = ""
        self.process = subprocess.Popen(
            [*COMMAND, *arguments],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            # A suite that was started in the background has Ctrl-C switched off and would hand that on.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no threads here
        )

    def wait_for(self, words: str) -> None:
        assert self.process.stderr is not None
        while words not in self.errors and self.process.poll() is None:
            self.errors += self.process.stderr.readline()

    def ctrl_c(self) -> None:
        """Like a terminal: to all processes of the command."""
        os.killpg(self.process.pid, signal.SIGINT)

    def end(self) -> int:
        try:
            self.errors += self.process.communicate(timeout=120)[1]
        finally:
            if self.process.poll() is None:
                os.killpg(self.process.pid, signal.SIGKILL)
        return self.process.returncode


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("engine", ["compiled", "simpy"])
def test_a_real_ctrl_c(engine: str, jobs: str, tmp_path: Path) -> None:
    command = Started(
        tmp_path, "run", "small", "-r", "20000", "--engine", engine, "--jobs", jobs, "--out", "a"
    )
    command.wait_for("played")
    command.ctrl_c()
    assert command.end() == 130
    assert "interrupted" in command.errors
    assert ("stopping after the replications in hand" in command.errors) == (
        jobs == "2" or engine == "compiled"
    )
    assert "Traceback" not in command.errors
    assert not [path.name for path in tmp_path.rglob("*.part")]
    if "interrupted after" in command.errors:
        assert (tmp_path / "a" / "run.json").is_file()


@pytest.mark.parametrize(
    ("engine", "jobs", "hours"),
    [("compiled", "1", 170_000), ("compiled", "2", 170_000), ("simpy", "2", 20_000)],
)
def test_a_second_ctrl_c_waits_for_nothing(engine: str, jobs: str, hours: int, tmp_path: Path) -> None:
    arguments = [
        "small",
        "-r",
        "1000",
        "--until",
        str(hours),
        "--engine",
        engine,
        "--jobs",
        jobs,
        "--out",
        "a",
    ]
    command = Started(tmp_path, "run", *arguments, "--log", "log.csv")
    while not list(tmp_path.glob("a/replications/*/*.json")) and command.process.poll() is None:
        time.sleep(0.01)
    command.ctrl_c()
    command.wait_for("stopping after the replications in hand; press Ctrl-C again to stop now\n")
    command.ctrl_c()
    assert command.end() == 130
    assert "interrupted; no file was left half-written" in command.errors
    assert "Traceback" not in command.errors
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a"]  # neither a log nor a part of one
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["replications"]


@pytest.mark.parametrize(
    "arguments", [["scenarios"], ["show", "small"], ["run", "small", "-r", "1", "--json"]]
)
def test_a_pipe_that_closes_early(arguments: list[str], tmp_path: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, *arguments], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        errors = process.stderr.read() if process.stderr else ""
        process.wait(timeout=60)
    assert process.returncode == 0
    assert "Traceback" not in errors
    assert "Broken" not in errors


def test_a_terminal_without_our_letters(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    answer = subprocess.run(
        [*COMMAND, "compare", "small", "small", "-r", "2", "--until", "48", "--set", "teams.desk.seats=4"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr


def test_progress_is_silent_where_nobody_watches(invoke: Invoke) -> None:
    answer = invoke("run", "small", "-r", "2", "--until", "48", "--jobs", "1")
    assert "played 1" not in answer.stderr


def test_progress_in_a_log_file_is_a_line_now_and_then(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    import watermelon.cli.progress

    monkeypatch.setattr(watermelon.cli.progress, "SECONDS_BETWEEN_LINES", 0.0)
    answer = invoke("run", "small", "-r", "3", "--until", "48", "--jobs", "1", "--json")
    assert "played 2 of 3 replications, about 1 s to go" in answer.stderr
    json.loads(answer.stdout)


def test_progress_on_a_terminal_is_a_bar(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    arguments = ["run", "small", "-r", "2", "--until", "168", "--jobs", "1", "--json"]
    answer = subprocess.run(
        [*COMMAND, *arguments], cwd=tmp_path, stdout=subprocess.PIPE, stderr=theirs, text=True, check=False
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 65_536)
        except OSError:
            break
        if not part:
            break
        shown += part
    os.close(ours)
    assert answer.returncode == 0
    assert json.loads(answer.stdout)["replications"] == 2
    assert b"to go" in shown
