"""Whatever is typed: a known exit code, no traceback, and on standard output nothing but the answer."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from watermelon.cli.group import commands

WORDS = st.sampled_from(
    [
        "run",
        "show",
        "compare",
        "scenarios",
        "calibrate",
        "roi",
        "--years",
        "--modes",
        "--xlsx",
        "small",
        "baseline",
        "small+automation",
        "automation",
        "small+small",
        "+",
        "--json",
        "--diff",
        "--json-schema",
        "--help",
        "--version",
        "-r",
        "--replications",
        "--seed",
        "--set",
        "--until",
        "--jobs",
        "--uncertainty",
        "--engine",
        "--out",
        "--log",
        "-o",
        "--mapping",
        "--holdout",
        "--",
        "-",
        "",
        ".",
        "..",
        "/",
        "1",
        "2",
        "0",
        "-1",
        "24",
        "1e9",
        "nan",
        "simpy",
        "compiled",
        "servicenow",
        "log.csv",
        "x.yaml",
        "teams.desk.seats=3",
        "teams.desk.seats=",
        "teams[role=desk].seats=3",
        "teams.*=3",
        "=",
    ]
)
TEXT = st.text(st.characters(blacklist_categories=["Cs"]), max_size=12)
ARGUMENTS = st.lists(st.one_of(WORDS, WORDS, WORDS, TEXT), max_size=7)


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Play nothing: every job is answered as by an interruption."""
    import watermelon.simulation
    from sim.experiment.run import Stopped

    def play(jobs: Any, *_: Any) -> None:
        raise Stopped([None] * len(jobs))

    monkeypatch.setattr(watermelon.simulation, "play_many", play)
    monkeypatch.chdir(tmp_path)


@settings(
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(ARGUMENTS)
def test_any_arguments(arguments: list[str]) -> None:
    answer = CliRunner().invoke(commands, arguments, prog_name="watermelon")
    assert answer.exit_code in {0, 2, 130}, answer.output
    assert isinstance(answer.exception, SystemExit | None), answer.exception
    assert "Traceback" not in answer.output
    if answer.exit_code == 2:
        assert answer.stdout == ""
        assert answer.stderr.strip()
    if answer.exit_code == 0 and answer.stdout.startswith(("{", "[")):
        json.loads(answer.stdout)
