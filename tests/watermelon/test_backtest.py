"""``watermelon backtest``: what it prints, its exit codes, and mistakes."""

import json
from pathlib import Path

import pytest

from tests.calibration.synthetic import synthetic_log, write_log
from tests.watermelon.conftest import Invoke


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_log(tmp_path_factory.mktemp("log"), synthetic_log(per_day=30))


@pytest.fixture(scope="module")
def base(log: Path) -> Path:
    from calibration import calibrate

    path = log.with_name("real.yaml")
    calibrate(log, "servicenow", path, holdout=0.4, replay=False)
    return path


def test_json_is_the_document_and_a_page_is_written(invoke: Invoke, base: Path, log: Path) -> None:
    lenient = ("--factor", "9", "--coverage", "1%", "--widen", "99")
    answer = invoke("backtest", base, log, "-r", "4", "--json", "--out", "found", *lenient)
    assert answer.exit_code == 0, answer.stderr
    document = json.loads(answer.stdout)
    assert document["verdict"].startswith("Passed")
    assert document == json.loads(Path("found/backtest.json").read_text(encoding="utf-8"))
    assert Path("found/backtest.html").read_text(encoding="utf-8").startswith("\n<!DOCTYPE html>") or Path(
        "found/backtest.html"
    ).read_text(encoding="utf-8").lstrip().startswith("<!DOCTYPE html>")


def test_a_missed_threshold_ends_with_one(invoke: Invoke, base: Path, log: Path) -> None:
    answer = invoke("backtest", base, log, "-r", "2", "--limit", "ks=0.000001")
    assert answer.exit_code == 1
    assert "Failed" in answer.stdout
    assert "Kolmogorov-Smirnov" in answer.stdout
    assert len(list(Path("runs").glob("*/backtest.html"))) == 1


MISTAKES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "no log": ((), ("LOG",)),
    "a log that is not there": (("nowhere.csv",), ("nowhere.csv", "no such file")),
    "days in the wrong order": (("LOG", "--from", "2024-02-05", "--to", "2024-02-01"), ("--from", "before")),
    "a day that is none": (("LOG", "--from", "soon"), ("soon", "2026-03-31")),
    "an unknown distance": (("LOG", "--limit", "kss=0.1"), ("--limit kss", "ks")),
    "a limit without a number": (("LOG", "--limit", "ks"), ("NAME=NUMBER",)),
    "a limit of 0": (("LOG", "--limit", "ks=0"), ("above 0",)),
    "a coverage above 1": (("LOG", "--coverage", "7"), ("share between 0 and 1",)),
    "an unknown mapping": (("LOG", "--mapping", "servicenaw"), ("servicenaw", "servicenow")),
    "days outside the log": (("LOG", "--from", "2030-01-01"), ("2030-01-01", "covers")),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_mistakes_end_with_two_and_a_sentence(name: str, invoke: Invoke, base: Path, log: Path) -> None:
    arguments, words = MISTAKES[name]
    answer = invoke("backtest", base, *(str(log) if part == "LOG" else part for part in arguments))
    assert answer.exit_code == 2
    assert answer.stdout == ""
    assert all(word in answer.stderr for word in words), answer.stderr
    assert not Path("runs").exists() or not list(Path("runs").iterdir())


def test_a_base_that_was_not_learnt_is_refused(invoke: Invoke, log: Path) -> None:
    answer = invoke("backtest", "small", log)
    assert answer.exit_code == 2
    assert "was not learnt from a log" in answer.stderr
