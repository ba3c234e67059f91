"""``watermelon compare``: keys as typed, pairs that agree, and everything in its folder."""

import errno
import json
import re
from pathlib import Path

import pytest

from tests.watermelon.conftest import Invoke
from tests.watermelon.test_run import document

QUICK = ("-r", "2", "--until", "336", "--jobs", "1")

OVERRIDE = """
watermelon: 1
kind: override
title: More people at the desk
changes:
  - times: teams[role=desk].seats
    by: 2
"""

SCENARIO = """
watermelon: 1
kind: scenario
title: A shop with more people at the desk
base: small
overrides: [more.yaml]
"""


@pytest.fixture
def more(tmp_path: Path) -> str:
    """An override in the current folder."""
    (tmp_path / "more.yaml").write_text(OVERRIDE, encoding="utf-8")
    (tmp_path / "shop.yaml").write_text(SCENARIO, encoding="utf-8")
    return "more.yaml"


def test_a_scenario_compared_with_itself_differs_by_exactly_nothing(invoke: Invoke) -> None:
    answer = invoke("compare", "small", "small", *QUICK, "--json")
    assert answer.exit_code == 0, answer.output
    told = document(answer.stdout)
    assert list(told["scenarios"]) == ["small", "small#2"]
    assert list(told["differences"]) == ["small#2"]
    for difference in told["differences"]["small#2"].values():
        if difference is not None:
            # An outcome that is undefined in one of the two replications has no interval.
            assert difference["mean"] == 0
            assert {difference["ci_low"], difference["ci_high"]} in ({0}, {None})
            assert difference["p_better"] in (0.5, None)


def test_keys_are_what_was_typed(invoke: Invoke, more: str) -> None:
    typed = [more, "small", "./more.yaml", "small+more.yaml", more, "shop.yaml"]
    told = document(invoke("compare", "small", *typed, "-r", "1", "--until", "168", "--json").stdout)
    others = ["more.yaml", "small#2", "./more.yaml", "small+more.yaml", "more.yaml#2", "shop.yaml"]
    assert list(told["scenarios"]) == ["small", *others]
    assert list(told["differences"]) == others
    # However it is written, it is the same change of the same organisation.
    first, *rest = [told["differences"][name] for name in others if name != "small#2"]
    assert all(other == first for other in rest)
    assert first["utilisation_mean"]["mean"] < 0


def test_the_shape_of_differences(invoke: Invoke, more: str) -> None:
    told = document(invoke("compare", "small", more, *QUICK, "--json").stdout)
    for difference in told["differences"][more].values():
        if difference is None:
            continue
        assert {"mean", "ci_low", "ci_high", "p_better", "better"} <= set(difference)
        assert difference["better"] in {"lower", "higher"}
        assert 0 <= difference["p_better"] <= 1
    for scenario in told["scenarios"].values():
        assert {"outcomes", "targets"} <= set(scenario)


def test_everything_is_in_the_folder(invoke: Invoke, more: str, tmp_path: Path) -> None:
    answer = invoke("compare", "small", more, *QUICK, "--out", "here")
    assert answer.exit_code == 0, answer.output
    names = {path.name for path in (tmp_path / "here").iterdir()}
    tables = {"outcomes.csv", "replications.csv", "weekly.csv"}
    assert names == {"report.html", "figures", "run.json", "replications", *tables}
    assert list((tmp_path / "here" / "figures").glob("*.svg"))
    for path in ("here/report.html", "here/outcomes.csv", "here/weekly.csv"):
        assert f"written: {path}" in answer.stderr
    page = (tmp_path / "here" / "report.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "watermelon compare small more.yaml -r 2 --seed 1 --until 336" in page


def test_by_default_the_folder_is_fresh(invoke: Invoke, tmp_path: Path) -> None:
    for _ in range(2):
        assert invoke("compare", "small", "small", "-r", "1", "--until", "24", "--json").exit_code == 0
    assert len(list((tmp_path / "runs").iterdir())) == 2


def test_the_table_leads_with_the_targets(invoke: Invoke, more: str) -> None:
    shown = invoke("compare", "small", more, "-r", "2", "--jobs", "1").stdout
    assert "of 2 futures" in shown
    assert shown.index("Business target") < shown.index("Outcome")
    assert "▲ better" in shown
    assert "More people at the desk meets" in shown
    assert "nan" not in shown


def test_the_same_command_writes_the_same_bytes(invoke: Invoke, more: str, tmp_path: Path) -> None:
    first = invoke("compare", "small", more, *QUICK, "--out", "a", "--json")
    second = invoke("compare", "small", more, *QUICK[:-1], "2", "--out", "b", "--json")
    assert first.stdout == second.stdout
    for path in (tmp_path / "a").rglob("*.*"):
        assert path.read_bytes() == (tmp_path / "b" / path.relative_to(tmp_path / "a")).read_bytes(), (
            path.name
        )


def test_set_changes_the_base_of_all(invoke: Invoke) -> None:
    told = document(
        invoke("compare", "small", "small", *QUICK, "--set", "teams.desk.seats=9", "--json").stdout
    )
    assert told["differences"]["small#2"]["cost_total"]["mean"] == 0
    plain = document(invoke("run", "small", *QUICK, "--json").stdout)
    paid = told["scenarios"]["small"]["outcomes"]["paid_hours"]["mean"]
    assert paid > plain["outcomes"]["paid_hours"]["mean"]


def test_an_override_that_touches_nothing_is_played_with_a_warning(invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "idle.yaml").write_text(
        OVERRIDE.replace("teams[role=desk]", "teams[role=nobody]"), encoding="utf-8"
    )
    answer = invoke("compare", "small", "idle.yaml", *QUICK, "--json")
    assert answer.exit_code == 0
    assert "idle changes nothing" in answer.stderr
    differences = json.loads(answer.stdout)["differences"]["idle.yaml"]
    assert all(item is None or item["mean"] == 0 for item in differences.values())


@pytest.mark.parametrize("columns", [80, 100])
def test_four_scenarios_fit_a_narrow_terminal(
    columns: int, invoke: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    others = ("automation", "siloed_it", "merger_integration")
    shown = invoke("compare", "small", *others, "-r", "2", "--jobs", "1").stdout
    assert all(len(line.rstrip()) <= columns for line in shown.splitlines())
    for name in others:
        assert name in shown
    # Nothing is cut off: words wrap, and numbers stay whole.
    assert "…" not in shown
    assert "Share of worked hours spent on" in shown


def test_different_periods_are_not_compared(invoke: Invoke) -> None:
    answer = invoke("compare", "small", "baseline", "-r", "1", "--out", "here")
    assert answer.exit_code == 2
    assert "a comparison needs one period" in answer.stderr
    assert "--until 8736" in answer.stderr


def test_every_key_of_the_documents_is_documented(invoke: Invoke, more: str, repository: Path) -> None:
    page = (repository / "docs" / "json.md").read_text(encoding="utf-8")
    written = set(re.findall(r"`(\w+)`", page))
    compared = document(invoke("compare", "small", more, *QUICK, "--json").stdout)
    run = document(invoke("run", "small", *QUICK, "--json").stdout)
    found = [compared, run, *compared["differences"][more].values()]
    for scenario in (run, compared["scenarios"]["small"]):
        found += [*scenario["outcomes"].values(), *scenario["targets"].values()]
    assert {key for item in found if item for key in item} <= written


def files_of(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_nothing_of_an_earlier_comparison_stays_in_its_folder(
    more: str, invoke: Invoke, tmp_path: Path
) -> None:
    invoke("compare", "small", more, "automation", *QUICK, "--out", "a")
    (tmp_path / "a" / "notes.txt").write_text("mine", encoding="utf-8")
    again = invoke("compare", "small", more, *QUICK, "--seed", "2", "--out", "a")
    assert "a: held another run, which is replaced" in again.stderr
    invoke("compare", "small", more, *QUICK, "--seed", "2", "--out", "b")
    assert files_of(tmp_path / "a") == {*files_of(tmp_path / "b"), "notes.txt"}
    for name in ("outcomes.csv", "replications.csv", "weekly.csv"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_a_folder_that_is_half_replaced_does_not_look_complete(
    more: str, invoke: Invoke, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    invoke("compare", "small", more, *QUICK, "--out", "a")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "a/outcomes.csv")

    monkeypatch.setattr("watermelon.store.write_tables", full)
    answer = invoke("compare", "small", more, *QUICK, "--seed", "2", "--out", "a")
    assert answer.exit_code == 2
    assert not (tmp_path / "a" / "run.json").exists()
