"""What users do wrong ends in exit code 2 and one useful sentence, before anything is played."""

import errno
from pathlib import Path
from typing import Any

import pytest

from tests.watermelon.conftest import Invoke

QUICK = ("-r", "1", "--until", "24")

# Arguments -> words that the answer must hold.
MISTAKES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "unknown command": (("rnu", "small"), ("rnu", "run")),
    "far off command": (("zzzzzz",), ("zzzzzz", "compare")),
    "later command": (("serve", "small"), ("serve", "later")),
    "unknown option": (("run", "small", "--replicatons", "3"), ("--replicatons", "--replications")),
    "option of no command": (("run", "small", "--frobnicate"), ("--frobnicate", "there are: --help")),
    "short option like none": (("run", "small", "--abc"), ("--abc", "there are: --help")),
    "option of another command": (
        ("compare", "small", "small", "--log", "x.csv"),
        ("`watermelon run` has it",),
    ),
    "a page by another name": (
        ("backtest", "base.yaml", "log.csv", "--html", "x.html"),
        ("did you mean '--out', which is for backtest.html?",),
    ),
    "a report by another name": (
        ("compare", "small", "small", "--html", "x.html"),
        ("did you mean '--out', which is for report.html?",),
    ),
    "what other programs call it": (("run", "small", "--threads", "2"), ("did you mean '--jobs'?",)),
    "an argument as an option": (("backtest", "base.yaml", "--log", "x.csv"), ("LOG is written without it",)),
    "option of two others": (("show", "small", "-r", "3"), ("`watermelon run` and", "have it")),
    "a key set twice": (
        ("run", "small", "--set", "teams.desk.seats=3", "--set", "teams.desk.seats=4"),
        ("teams.desk.seats=3", "teams.desk.seats=4"),
    ),
    "set that breaks another key": (
        ("run", "small", "--set", "teams.desk.seats=0"),
        ("--set teams.desk.seats = 0", "small.yaml:", "on_call"),
    ),
    "unknown global option": (("--verison",), ("--verison", "--version")),
    "no scenario": (("run",), ("SCENARIO",)),
    "two scenarios": (("run", "small", "small"), ("small",)),
    "unknown scenario": (("run", "smal"), ("smal", "small")),
    "unknown override": (("run", "small+automaton"), ("automaton", "automation")),
    "override twice": (("run", "small+automation+automation"), ("automation", "twice")),
    "override alone": (("run", "automation"), ("automation", "override")),
    "base as override": (("run", "small+small"), ("small", "base")),
    "nothing after plus": (("run", "small+"), ("small+",)),
    "no other": (("compare", "small"), ("OTHER",)),
    "unknown other": (("compare", "small", "automaton"), ("automaton", "automation")),
    "negative replications": (("run", "small", "-r", "-3"), ("-3", "1 to")),
    "no replications": (("run", "small", "-r", "0"), ("1 to",)),
    "an option by its name": (("run", "small", "-r", "0"), ("--replications 0: must be",)),
    "a choice by its name": (("run", "small", "--engine", "fast"), ("--engine 'fast' is not one of",)),
    "broken replications": (("run", "small", "-r", "2.5"), ("2.5", "whole number")),
    "too many replications": (("run", "small", "-r", "999999999"), ("whole number",)),
    "word as replications": (("run", "small", "-r", "many"), ("many", "whole number")),
    "replications without a value": (("run", "small", "-r"), ("-r",)),
    "negative seed": (("run", "small", "--seed", "-1"), ("-1", "4294967295")),
    "seed too large": (("run", "small", "--seed", "4294967296"), ("4294967295",)),
    "unknown engine": (("run", "small", "--engine", "simp"), ("simp", "simpy")),
    "until nothing": (("run", "small", "--until", "0"), ("hours",)),
    "negative until": (("run", "small", "--until", "-5"), ("-5", "hours")),
    "until half an hour": (("run", "small", "--until", "2.5"), ("2.5", "whole")),
    "until not a number": (("run", "small", "--until", "nan"), ("nan", "hours")),
    "until for ever": (("run", "small", "--until", "1e12"), ("1e12", "hours")),
    "until in words": (("run", "small", "--until", "week"), ("week", "hours")),
    "no jobs": (("run", "small", "--jobs", "0"), ("1 to",)),
    "too many jobs": (("run", "small", "--jobs", "100000"), ("100000", "this machine")),
    "set without value": (("run", "small", "--set", "teams.desk.seats"), ("PATH=VALUE",)),
    "set without path": (("run", "small", "--set", "=3"), ("PATH=VALUE",)),
    "set unknown path": (("run", "small", "--set", "teams.dsk.seats=3"), ("dsk",)),
    "set nonsense": (("run", "small", "--set", "teams.desk.seats=-2"), ("teams.desk.seats", "-2")),
    "log of no kind": (("run", "small", "--log", "log.txt"), (".csv", ".parquet", ".xes")),
    "log without ending": (("run", "small", "--log", "log"), (".csv",)),
    "log in a missing folder": (("run", "small", "--log", "nowhere/log.csv"), ("nowhere", "does not exist")),
    "log is a folder": (("run", "small", "--log", "a-folder.csv"), ("a-folder.csv", "folder")),
    "log in a file": (("run", "small", "--log", "a-file/log.csv"), ("a-file", "not a folder")),
    "out is a file": (("run", "small", "--out", "a-file"), ("a-file", "not a folder")),
    "out below a file": (("run", "small", "--out", "a-file/deep/er"), ("a-file", "not a folder")),
    "out of nothing": (("run", "small", "--out", ""), ("--out",)),
    "missing file": (("run", "missing.yaml"), ("missing.yaml",)),
    "folder as scenario": (("run", "a-folder.csv"), ("a-folder.csv",)),
    "not YAML": (("run", "broken.yaml"), ("broken.yaml:",)),
    "not text": (("run", "binary.yaml"), ("binary.yaml",)),
    "empty file": (("run", "empty.yaml"), ("empty.yaml",)),
    "show nothing": (("show",), ("SCENARIO",)),
    "show against nothing known": (("show", "small", "--diff", "smal"), ("smal", "small")),
    "calibrate a missing log": (("calibrate", "no.csv", "-o", "x.yaml"), ("no.csv",)),
    "calibrate without output": (("calibrate", "a-file"), ("-o",)),
    "calibrate into something else": (("calibrate", "a-file", "-o", "x.txt"), ("x.txt", ".yaml")),
    "calibrate backwards": (
        ("calibrate", "a-file", "-o", "x.yaml", "--from", "2026-02-01", "--to", "2026-01-01"),
        ("2026-02-01", "before"),
    ),
    "calibrate from no day": (("calibrate", "a-file", "-o", "x.yaml", "--from", "1/2/26"), ("1/2/26", "day")),
    "calibrate into a missing folder": (("calibrate", "a-file", "-o", "nowhere/x.yaml"), ("nowhere",)),
    "calibrate with an unknown mapping": (
        ("calibrate", "a-file", "-o", "x.yaml", "--mapping", "servicenou"),
        ("servicenou", "servicenow"),
    ),
    "calibrate with a scenario as mapping": (
        ("calibrate", "a-file", "-o", "x.yaml", "--mapping", "override.yaml"),
        ("override.yaml:2 kind = override: must be mapping",),
    ),
    "calibrate with no such business": (
        ("calibrate", "a-file", "-o", "x.yaml", "--business", "nosuch.yaml"),
        ("nosuch.yaml: no such file",),
    ),
    "calibrate with too large a holdout": (
        ("calibrate", "a-file", "-o", "x.yaml", "--holdout", "1.5"),
        ("1.5", "between 0 and 1"),
    ),
}


@pytest.fixture
def clutter(tmp_path: Path) -> Path:
    """A folder in which things lie about."""
    (tmp_path / "a-folder.csv").mkdir()
    (tmp_path / "a-file").write_text("number,opened\n1,yesterday\n", encoding="utf-8")
    (tmp_path / "broken.yaml").write_text("watermelon: 1\nkind: [base\n", encoding="utf-8")
    (tmp_path / "binary.yaml").write_bytes(bytes(range(256)))
    (tmp_path / "empty.yaml").write_text("", encoding="utf-8")
    override = "watermelon: 1\nkind: override\ntitle: A plan\nchanges: []\n"
    (tmp_path / "override.yaml").write_text(override, encoding="utf-8")
    return tmp_path


@pytest.fixture(autouse=True)
def nothing_is_played(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mistakes are found before anything is played."""
    import watermelon.simulation

    def refuse(*_: Any) -> None:
        raise AssertionError("something was played")

    monkeypatch.setattr(watermelon.simulation, "play_many", refuse)


def sentences(text: str) -> list[str]:
    return [line for line in text.splitlines() if line and not line.startswith("warning:")]


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_answered(mistake: str, invoke: Invoke, clutter: Path) -> None:
    arguments, words = MISTAKES[mistake]
    before = sorted(path.name for path in clutter.iterdir())

    answer = invoke(*arguments)

    assert answer.exit_code == 2, answer.output
    assert answer.stdout == ""
    assert len(sentences(answer.stderr)) == 1, answer.stderr
    assert "Traceback" not in answer.stderr
    for word in words:
        assert word in answer.stderr
    assert sorted(path.name for path in clutter.iterdir()) == before


def test_nothing_at_all_is_a_call_for_help(invoke: Invoke) -> None:
    answer = invoke()
    assert answer.exit_code == 0
    assert "compare" in answer.stdout


@pytest.mark.parametrize("mistake", MISTAKES)
def test_json_changes_nothing_about_it(mistake: str, invoke: Invoke, clutter: Path) -> None:
    arguments, _ = MISTAKES[mistake]
    answer = invoke(*arguments, "--json")
    assert answer.exit_code == 2
    assert answer.stdout == ""


def test_parquet_without_its_package(invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    answer = invoke("run", "small", "--log", "log.parquet")
    assert answer.exit_code == 2
    assert "pip install 'watermelon-itsm[parquet]'" in answer.stderr


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.EACCES, "permission denied"), (errno.EROFS, "read-only"), (errno.ENOSPC, "no space left")],
)
@pytest.mark.parametrize("option", [("--out", "results-of-mine"), ("--log", "log.csv")])
def test_a_place_that_can_not_be_written_to(
    number: int, words: str, option: tuple[str, str], invoke: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    import watermelon.files

    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(watermelon.files.tempfile, "TemporaryFile", refuse)
    answer = invoke("run", "small", *QUICK, *option)
    assert answer.exit_code == 2
    assert words in answer.stderr
    assert option[1] in answer.stderr
    assert not Path("results-of-mine").exists()


def test_compare_without_a_place_for_its_results(invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("I was here first", encoding="utf-8")
    answer = invoke("compare", "small", "small", *QUICK)
    assert answer.exit_code == 2
    assert "runs is a file, not a folder" in answer.stderr
