"""``watermelon run``: the document, the files, and that the same command gives the same bytes."""

import csv
import json
import math
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from results.catalogue import OUTCOMES
from sim.history.kinds import Activity
from sim.history.log import COLUMNS
from sim.spec.flows import Flow
from tests.watermelon.conftest import Invoke
from watermelon import __version__

QUICK = ("-r", "2", "--until", "336", "--jobs", "1")


def no_constants(name: str) -> Any:
    raise AssertionError(f"JSON holds {name}")


def document(text: str) -> Any:
    return json.loads(text, parse_constant=no_constants)


def test_the_document(invoke: Invoke) -> None:
    answer = invoke("run", "small", *QUICK, "--json")
    assert answer.exit_code == 0, answer.output
    told = document(answer.stdout)
    assert told["scenario"] == "small"
    assert told["engine"] == "compiled"
    assert told["seed"] == 1
    assert told["replications"] == 2
    assert told["horizon_hours"] == 336
    assert told["warmup_hours"] > 0
    assert told["uncertainty"] is False
    assert told["version"] == __version__
    assert isinstance(told["model_hash"], str)
    assert set(told["outcomes"]) == set(OUTCOMES)
    for outcome in told["outcomes"].values():
        if outcome is not None:
            assert {"unit", "mean", "ci_low", "ci_high", "p10", "p50", "p90"} <= set(outcome)
            # Two weeks may hold no major incident in one of the two replications.
            if outcome["ci_low"] is not None:
                assert outcome["ci_low"] <= outcome["mean"] <= outcome["ci_high"]
            assert outcome["p10"] <= outcome["p50"] <= outcome["p90"]
    assert told["targets"]


def test_one_replication_has_no_intervals(invoke: Invoke) -> None:
    told = document(invoke("run", "small", "-r", "1", "--until", "336", "--json").stdout)
    defined = [outcome for outcome in told["outcomes"].values() if outcome]
    assert defined
    assert all(outcome["ci_low"] is None and outcome["ci_high"] is None for outcome in defined)


def test_targets_have_a_share_with_an_interval(invoke: Invoke) -> None:
    told = document(invoke("run", "small", "-r", "2", "--jobs", "1", "--json").stdout)
    for target in told["targets"].values():
        assert {"met_share", "ci_low", "ci_high"} <= set(target)
        assert 0 <= target["ci_low"] <= target["met_share"] <= target["ci_high"] <= 1


def test_the_table_for_people(invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    # A narrow terminal leaves the spread out.
    monkeypatch.setenv("COLUMNS", "80")
    narrow = invoke("run", "small", *QUICK).stdout
    assert "95% interval" in narrow
    assert "P10 to P90" not in narrow
    monkeypatch.setenv("COLUMNS", "120")
    answer = invoke("run", "small", *QUICK)
    assert answer.exit_code == 0
    for words in ("Mean time to restore service", "95% interval", "P10 to P90"):
        assert words in answer.stdout
    assert " nan" not in answer.stdout
    assert "Business target" not in answer.stdout  # too short a run to judge one
    assert "The first call settles it" in invoke("run", "small", "-r", "1", "--jobs", "1").stdout


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_outcomes_without_a_value_are_named_in_one_sentence(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "2000")
    # Two weeks: no initiative is live yet.
    lines = invoke("run", "small", *QUICK).stdout.splitlines()
    (told,) = [line for line in lines if line.startswith("Undefined, as nothing of the kind")]
    assert "Time to market" in told
    assert not any(line.startswith("Time to market") for line in lines)


def test_the_same_command_writes_the_same_bytes(invoke: Invoke, tmp_path: Path) -> None:
    first = invoke("run", "small", *QUICK, "--out", "a", "--log", "a.csv", "--json")
    second = invoke("run", "small", *QUICK, "--out", "b", "--log", "b.csv", "--json")
    assert first.stdout == second.stdout
    tables = {"outcomes.csv", "replications.csv", "weekly.csv"}
    assert set(contents(tmp_path / "a")) == {"run.json", "0.json", "1.json", *tables}
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


@pytest.mark.parametrize("more", [(), ("--uncertainty",)])
def test_the_number_of_processes_changes_nothing(
    more: tuple[str, ...], invoke: Invoke, tmp_path: Path
) -> None:
    wanted = ("run", "small", "-r", "3", "--until", "168", *more)
    alone = invoke(*wanted, "--jobs", "1", "--out", "a", "--log", "a.csv", "--json")
    together = invoke(*wanted, "--jobs", "2", "--out", "b", "--log", "b.csv", "--json")
    assert alone.exit_code == together.exit_code == 0
    assert alone.stdout == together.stdout
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


def test_the_engine_changes_nothing(invoke: Invoke, tmp_path: Path) -> None:
    wanted = ("run", "small", "-r", "2", "--until", "336")
    told = {}
    for engine in ("compiled", "simpy"):
        answer = invoke(*wanted, "--engine", engine, "--log", f"{engine}.csv", "--json")
        told[engine] = document(answer.stdout)
        assert told[engine].pop("engine") == engine
    assert told["compiled"] == told["simpy"]
    assert (tmp_path / "compiled.csv").read_bytes() == (tmp_path / "simpy.csv").read_bytes()


def test_seed_and_set_and_uncertainty_matter(invoke: Invoke) -> None:
    plain = document(invoke("run", "small", *QUICK, "--json").stdout)
    for more in (("--seed", "2"), ("--set", "teams.desk.seats=9"), ("--uncertainty",)):
        other = document(invoke("run", "small", *QUICK, *more, "--json").stdout)
        assert other["outcomes"] != plain["outcomes"], more
    assert other["uncertainty"] is True


def test_the_record_says_what_was_played(invoke: Invoke, tmp_path: Path) -> None:
    answer = invoke("run", "small", *QUICK, "--set", "teams.desk.seats=4", "--out", "a/b", "--json")
    record = document((tmp_path / "a" / "b" / "run.json").read_text(encoding="utf-8"))
    assert record["result"] == document(answer.stdout)
    assert set(record["key"]) == {
        "digests",
        "seed",
        "engine",
        "horizon_hours",
        "warmup_hours",
        "uncertainty",
        "version",
    }
    (scenario,) = record["scenarios"].values()
    assert [change["path"] for change in scenario["changes"]] == ["teams.desk.seats"]
    assert len(record["provenance"]["source_sha256"]) == 64
    assert {"python", "numpy", "simpy", "watermelon"} <= set(record["provenance"]["versions"])


def test_a_folder_of_another_run_is_replaced_with_a_note(invoke: Invoke) -> None:
    assert "another run" not in invoke("run", "small", *QUICK, "--out", "a").stderr
    assert "another run" not in invoke("run", "small", *QUICK, "--out", "a").stderr
    assert "another run" in invoke("run", "small", *QUICK, "--seed", "2", "--out", "a").stderr


def test_the_tables_hold_every_replication_and_week(invoke: Invoke, tmp_path: Path) -> None:
    import pandas as pd

    invoke("run", "small", *QUICK, "--out", "a")
    replications = pd.read_csv(tmp_path / "a" / "replications.csv")
    assert list(replications["replication"]) == [0, 1]
    assert {"scenario", "restore_hours_mean", "cost_total"} <= set(replications.columns)
    weekly = pd.read_csv(tmp_path / "a" / "weekly.csv")
    assert list(weekly["week"]) == [0, 1, 0, 1]
    estimates = pd.read_csv(tmp_path / "a" / "outcomes.csv").set_index("outcome")
    assert math.isclose(estimates.loc["incidents", "mean"], replications["incidents"].mean())


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_event_log_as_csv(invoke: Invoke, tmp_path: Path) -> None:
    invoke("run", "small", *QUICK, "--log", "log.csv")
    assert (tmp_path / "log.csv").read_bytes().startswith(",".join(COLUMNS).encode() + b"\n")
    rows = rows_of(tmp_path / "log.csv")
    assert rows
    activities = {activity.name.lower() for activity in Activity}
    for row in rows:
        assert row["flow"] in {flow.name.lower() for flow in Flow}
        assert row["activity"] in activities
        for hours in (row["start_hours"], row["complete_hours"]):
            if hours:
                seconds = round(float(hours) * 3600)
                assert repr(seconds / 3600) == hours
        assert row["complete_hours"] == "" or float(row["complete_hours"]) > 0
    keys = [
        (float(row["start_hours"]), float(row["complete_hours"] or "inf"), row["case_id"], row["activity"])
        for row in rows
    ]
    assert keys == sorted(keys)
    assert any(row["team"] == "" for row in rows)


def test_the_event_log_as_parquet(invoke: Invoke, tmp_path: Path) -> None:
    import pandas as pd

    invoke("run", "small", *QUICK, "--log", "log.csv")
    assert invoke("run", "small", *QUICK, "--log", "log.parquet").exit_code == 0
    frame = pd.read_parquet(tmp_path / "log.parquet")
    rows = rows_of(tmp_path / "log.csv")
    assert list(frame.columns) == list(COLUMNS)
    assert list(frame["case_id"]) == [row["case_id"] for row in rows]
    assert list(frame["start_hours"]) == [float(row["start_hours"]) for row in rows]
    assert list(frame["complete_hours"].isna()) == [row["complete_hours"] == "" for row in rows]


def test_the_event_log_as_xes(invoke: Invoke, tmp_path: Path) -> None:
    invoke("run", "small", *QUICK, "--log", "log.csv")
    assert invoke("run", "small", *QUICK, "--log", "log.xes").exit_code == 0
    root = ET.parse(tmp_path / "log.xes").getroot()  # our own file
    space = {"x": "http://www.xes-standard.org/"}
    traces = root.findall("x:trace", space)
    rows = rows_of(tmp_path / "log.csv")
    assert len(traces) == len({row["case_id"] for row in rows})
    assert sum(len(trace.findall("x:event", space)) for trace in traces) == len(rows)
    stamps = [
        item.get("value", "")
        for item in root.iterfind("x:trace/x:event/x:date[@key='time:timestamp']", space)
    ]
    assert min(stamps) >= "2025"
    assert all(stamp.endswith("+00:00") for stamp in stamps)


def test_a_log_that_fails_leaves_nothing(
    invoke: Invoke, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno
    import os

    import watermelon.plan

    def full(path: Path, *_: Any) -> None:
        path.write_text("half a li", encoding="utf-8")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(watermelon.plan, "write_log", full)
    (tmp_path / "log.csv").write_text("an older log", encoding="utf-8")
    answer = invoke("run", "small", *QUICK, "--log", "log.csv")
    assert answer.exit_code == 2
    assert "no space left" in answer.stderr
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == {
        "log.csv": "an older log"
    }
