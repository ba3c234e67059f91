"""A run that was stopped, or is made longer, plays only what is missing, and writes the same bytes."""

import re
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from results.plots.gallery import gallery
from sim.experiment.run import Stopped, play_many
from tests.watermelon.conftest import Invoke

RUN = ("run", "small", "--until", "336")
COMPARE = ("compare", "small", "automation", "--until", "336")


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many jobs each command played."""
    numbers: list[int] = []

    def counted(jobs: Sequence[Any], *rest: Any) -> list[Any]:
        numbers.append(len(jobs))
        return play_many(jobs, *rest)

    monkeypatch.setattr("watermelon.simulation.play_many", counted)
    return numbers


def interrupted_after(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the next command be stopped after ``number`` jobs."""

    def play(
        jobs: Sequence[Any], reduce: Any, workers: int, progress: Any, engine: str, keep: Any, _: Any
    ) -> list[Any]:
        monkeypatch.setattr("watermelon.simulation.play_many", play_many)
        done = play_many(list(jobs)[:number], reduce, workers, progress, engine, keep)
        raise Stopped([*done, *[None] * (len(jobs) - number)])

    monkeypatch.setattr("watermelon.simulation.play_many", play)


@pytest.mark.parametrize("more", [(), ("--uncertainty",), ("--engine", "simpy", "--jobs", "2")])
def test_a_longer_run_plays_what_is_missing(
    more: tuple[str, ...], invoke: Invoke, tmp_path: Path, played: list[int]
) -> None:
    first = invoke(*RUN, "-r", "2", *more, "--out", "a", "--jobs", "1")
    assert "there already" not in first.stderr
    longer = invoke(*RUN, "-r", "5", *more, "--out", "a", "--json")
    assert "a: 2 of 5 replications are there already" in longer.stderr
    whole = invoke(*RUN, "-r", "5", *more, "--out", "b", "--json")
    assert played == [2, 3, 5]
    assert longer.stdout == whole.stdout
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_the_same_run_again_plays_nothing(invoke: Invoke, tmp_path: Path, played: list[int]) -> None:
    first = invoke(*COMPARE, "-r", "2", "--out", "a", "--json")
    before = contents(tmp_path / "a")
    again = invoke(*COMPARE, "-r", "2", "--out", "a", "--json")
    assert "a: 4 of 4 replications are there already" in again.stderr
    assert "another run" not in again.stderr
    assert played == [4, 0]
    assert again.stdout == first.stdout
    assert contents(tmp_path / "a") == before


def test_an_interrupted_comparison_goes_on(
    invoke: Invoke, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupted_after(3, monkeypatch)
    stopped = invoke(*COMPARE, "-r", "3", "--out", "a", "--jobs", "1")
    assert stopped.exit_code == 130
    assert "interrupted after 1 of 3 replications" in stopped.stderr
    assert "--out a plays the rest" in stopped.stderr
    on = invoke(*COMPARE, "-r", "3", "--out", "a", "--json")
    assert "a: 3 of 6 replications are there already" in on.stderr
    whole = invoke(*COMPARE, "-r", "3", "--out", "b", "--json")
    assert on.stdout == whole.stdout
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_what_only_one_scenario_has_finished_is_kept_too(
    invoke: Invoke, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupted_after(1, monkeypatch)
    stopped = invoke(*COMPARE, "-r", "3", "--out", "a")
    assert stopped.exit_code == 130
    assert "goes on from them" in stopped.stderr
    assert not (tmp_path / "a" / "run.json").exists()
    assert "1 of 6 replications" in invoke(*COMPARE, "-r", "3", "--out", "a").stderr


def test_the_wrong_run_stopped_in_time_costs_nothing(invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    invoke(*RUN, "-r", "2", "--out", "a")
    interrupted_after(1, monkeypatch)
    assert invoke(*RUN, "-r", "2", "--seed", "2", "--out", "a").exit_code == 130
    assert "2 of 2 replications" in invoke(*RUN, "-r", "2", "--out", "a").stderr


def test_one_scenario_more_leaves_the_others_as_they_are(invoke: Invoke, played: list[int]) -> None:
    invoke(*RUN, "-r", "2", "--out", "a")
    invoke(*COMPARE, "-r", "2", "--out", "a")
    invoke(*COMPARE, "siloed_it", "-r", "3", "--out", "a")
    assert played == [2, 2, 5]


def test_a_scenario_beside_itself(invoke: Invoke, tmp_path: Path, played: list[int]) -> None:
    arguments = ("compare", "small", "small", "--until", "168", "-r", "2", "--json")
    first = invoke(*arguments, "--out", "a")
    assert invoke(*arguments, "--out", "a").stdout == first.stdout == invoke(*arguments, "--out", "b").stdout
    assert played == [4, 0, 4]
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


@pytest.mark.parametrize(
    "other",
    [
        ("--seed", "2"),
        ("--engine", "simpy"),
        ("--uncertainty",),
        ("--set", "teams.desk.seats=4"),
        ("--set", "warmup=1 week"),
        ("--until", "168"),
    ],
)
def test_another_run_is_never_taken_for_this_one(
    other: tuple[str, ...], invoke: Invoke, tmp_path: Path, played: list[int]
) -> None:
    invoke(*RUN, "-r", "1", "--out", "a")
    answer = invoke(*RUN, *other, "-r", "1", "--out", "a", "--json")
    assert "there already" not in answer.stderr
    assert "another run" in answer.stderr
    assert played == [1, 1]
    assert answer.stdout == invoke(*RUN, *other, "-r", "1", "--out", "b", "--json").stdout
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_other_sources_are_another_run(
    invoke: Invoke, played: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    invoke(*RUN, "-r", "1", "--out", "a")
    monkeypatch.setattr("watermelon.shelf.source_hash", lambda: "0" * 64)
    invoke(*RUN, "-r", "1", "--out", "a")
    assert played == [1, 1]


def test_a_damaged_replication_is_played_again_and_that_is_said(
    invoke: Invoke, tmp_path: Path, played: list[int]
) -> None:
    first = invoke(*RUN, "-r", "3", "--out", "a", "--json")
    before = contents(tmp_path / "a")
    (path,) = (tmp_path / "a").rglob("1.json")
    path.write_bytes(path.read_bytes()[:-20])
    again = invoke(*RUN, "-r", "3", "--out", "a", "--json")
    assert "warning: 1 replication in a can't be trusted and will be played again" in again.stderr
    assert "1.json" in again.stderr
    assert "a: 2 of 3 replications are there already" in again.stderr
    assert played == [3, 1]
    assert again.stdout == first.stdout
    assert contents(tmp_path / "a") == before


def test_a_log_is_written_whatever_is_there_already(
    invoke: Invoke, tmp_path: Path, played: list[int]
) -> None:
    invoke(*RUN, "-r", "2", "--out", "a", "--log", "first.csv")
    answer = invoke(*RUN, "-r", "2", "--out", "a", "--log", "second.csv")
    assert "a: 1 of 2 replications are there already" in answer.stderr
    assert played == [2, 1]
    assert (tmp_path / "first.csv").read_bytes() == (tmp_path / "second.csv").read_bytes()


def test_without_out_nothing_is_read_or_kept(invoke: Invoke, tmp_path: Path, played: list[int]) -> None:
    for _ in range(2):
        assert invoke(*RUN, "-r", "1").exit_code == 0
    assert played == [1, 1]
    assert list(tmp_path.iterdir()) == []


def test_files_of_an_earlier_command_go_away_and_nothing_else(invoke: Invoke, tmp_path: Path) -> None:
    invoke(*COMPARE, "siloed_it", "-r", "1", "--out", "a")
    mine = {"notes.txt", "figures/mine.svg", "figures/targets.png", "replications/mine.txt", "report-2.html"}
    for name in mine:
        (tmp_path / "a" / name).write_text("mine", encoding="utf-8")
    answer = invoke(*COMPARE, "-r", "1", "--out", "a")
    assert answer.exit_code == 0
    left = set(contents(tmp_path / "a"))
    assert mine < left
    assert "figures/differences-1.svg" in left
    assert "figures/differences-2.svg" not in left
    invoke(*RUN, "-r", "1", "--out", "a")
    left = set(contents(tmp_path / "a")) - mine
    assert {re.sub(r"\w{32}", "KEY", name) for name in left} == {
        "outcomes.csv",
        "replications.csv",
        "replications/KEY/0.json",
        "run.json",
        "weekly.csv",
    }


def test_a_file_where_replications_would_be_kept_is_bad_input(invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "replications").write_text("mine", encoding="utf-8")
    answer = invoke(*RUN, "-r", "1", "--out", "a")
    assert answer.exit_code == 2
    assert "a/replications: is a file" in answer.stderr
    assert (tmp_path / "a" / "replications").read_text(encoding="utf-8") == "mine"


DIES_AT_THE_FOURTH = """
import os, signal
from results.runs import Kept
from watermelon.cli import main

write = Kept.write

def dying(self, summary):
    if summary.replication == 3:
        (self.folder / f".3.json.{os.getpid()}.part").write_text("half of")
        os.kill(os.getpid(), signal.SIGKILL)
    write(self, summary)

Kept.write = dying
main()
"""


def test_a_run_that_was_killed_goes_on(tmp_path: Path, invoke: Invoke) -> None:
    """No warning, no clean end: what had been finished is there, and nothing half-written is taken for it."""
    command = (*RUN, "-r", "6", "--jobs", "1", "--json", "--out")
    killed = subprocess.run(
        [sys.executable, "-c", DIES_AT_THE_FOURTH, *command, "a"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert not (tmp_path / "a" / "run.json").exists()
    on = invoke(*command, "a")
    # What was played meanwhile may be there too; the fourth is not, of which half was written.
    assert re.search("a: [345] of 6 replications are there already", on.stderr)
    assert "can't be trusted" not in on.stderr
    assert on.stdout == invoke(*command, "b").stdout
    (half,) = (tmp_path / "a").rglob("*.part")
    half.unlink()
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_the_figures_of_a_folder_are_known_by_name(tmp_path: Path) -> None:
    from results.compare import compare_runs
    from results.files import files_of_ours
    from tests.results.organisation import runs

    names = set(gallery(compare_runs(runs("base", "silos", "automation", replications=2))))
    (tmp_path / "figures").mkdir()
    for name in (*names, "mine", "weekly"):
        (tmp_path / "figures" / f"{name}.svg").write_text("", encoding="utf-8")
    assert {path.stem for path in files_of_ours(tmp_path)} == names
