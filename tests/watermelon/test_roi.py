"""`roi` as scripts and people use it."""

import json
from pathlib import Path
from typing import Any

import pytest

import watermelon.extras
from tests.watermelon.conftest import Invoke

FEW = ("-r", "2")


def roi(invoke: Invoke, *arguments: str | Path) -> dict[str, Any]:
    answer = invoke("roi", *arguments, "--json")
    assert answer.exit_code == 0, answer.stderr
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


def test_the_document_is_what_was_agreed(invoke: Invoke) -> None:
    found = roi(invoke, "small", "automation", "automation", *FEW)
    assert found["years"] == 3
    assert found["currency"] == "USD"
    assert found["discount_rate"] == 0.10
    assert list(found["scenarios"]) == ["automation", "automation#2"]
    first, second = found["scenarios"].values()
    assert first["npv"] == second["npv"]
    assert {"mean", "p5", "p50", "p95"} <= set(first["npv"])
    expected = {"p_loss", "cvar", "irr", "mirr", "payback_months", "roi", "benefit_cost_ratio", "cash_flows"}
    assert expected <= set(first)
    assert len(first["cash_flows"]) == 4
    assert first["cash_flows"][0] < 0
    assert found["pairs"][0]["npv_difference"]["mean"] == 0.0
    assert found["pairs"][0]["p_a_beats_b"] == 0.5
    assert all(first["checks"].values())


def test_the_same_as_nothing_is_worth_nothing(invoke: Invoke) -> None:
    found = roi(invoke, "small", "small", *FEW)["scenarios"]["small#2"]
    assert found["npv"] == {"mean": 0, "p5": 0, "p50": 0, "p95": 0, "ci_low": 0, "ci_high": 0}
    assert found["irr"] is None
    assert found["roi"] is None
    assert found["answer"] == "changes nothing"
    assert found["cvar"] == found["p_loss"] == found["cost_of_delay_month"] == 0
    assert found["cash_flows"] == [0, 0, 0, 0]


def test_five_years_are_played(invoke: Invoke) -> None:
    found = roi(invoke, "small", "automation", "--years", "5", "-r", "1", "--modes")
    flows = found["scenarios"]["automation"]["cash_flows"]
    assert len(flows) == 6
    assert len(found["do_nothing"]["business_loss"]) == 5
    assert flows[4] != flows[5]


def test_another_discount_rate_needs_no_new_replications(invoke: Invoke, tmp_path: Path) -> None:
    arguments = ("small", "automation", *FEW, "--out", tmp_path / "kept")
    first = roi(invoke, *arguments)
    answer = invoke("roi", *arguments, "--set", "finance.discount_rate=20 %", "--json")
    assert "8 of 8 replications are there already" in answer.stderr
    second = json.loads(answer.stdout)
    assert second["discount_rate"] == 0.20
    mine, theirs = (item["scenarios"]["automation"] for item in (first, second))
    assert mine["cash_flows"] == theirs["cash_flows"]
    assert mine["npv"]["mean"] != theirs["npv"]["mean"]
    assert json.loads((tmp_path / "kept" / "roi.json").read_text())["discount_rate"] == 0.20


def test_the_table_leads_with_the_answer(invoke: Invoke) -> None:
    answer = invoke("roi", "small", "automation", "siloed_it", *FEW)
    assert answer.exit_code == 0
    shown = answer.stdout
    assert shown.index("Automation of routine requests") < shown.index("Net present value")
    assert "Probability of a loss" in shown
    assert "Hours that are freed" in shown


def test_files_are_written(invoke: Invoke, tmp_path: Path) -> None:
    answer = invoke("roi", "small", "automation", *FEW, "--xlsx", "case.xlsx", "--html", "page.html")
    assert answer.exit_code == 0
    assert (tmp_path / "case.xlsx").read_bytes().startswith(b"PK")
    assert "How sure is that?" in (tmp_path / "page.html").read_text(encoding="utf-8")
    assert not list(tmp_path.glob(".*"))


def test_a_missing_extra_is_told_before_anything_is_played(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watermelon.extras, "find_spec", lambda _: None)
    answer = invoke("roi", "small", "automation", "--pdf", "page.pdf")
    assert answer.exit_code == 2
    assert "pip install 'watermelon-itsm[report]'" in answer.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("small",), "OTHER"),
        (("small", "automation", "--years", "4"), "'4' is not one of"),
        (("small", "automation", "--xlsx", "nowhere/case.xlsx"), "does not exist"),
        (("small", "automation", "--xlsx", "."), "is a folder"),
        (("small", "automation", "--xlsx", "case.txt"), "must end in .xlsx"),
        (("small", "automation", "--xlsx", "case.xlsx", "--html", "case.xlsx"), "must end in .html or .htm"),
        (("small", "automation", "--confirm", "--modes"), "no assumption moves"),
        (("small", "automation", "--confirm", "-r", "4"), "-r 12 or more"),
        (("small", "automaton"), "automation"),
        (("small", "automation", "--set", "finance.discount_rate=0.1"), "must be a rate"),
        (("small", "automation", "--set", "finance.discont_rate=10 %"), "discount_rate"),
        (("small", "automation", "--set", "finance.depreciation_years=0"), "1 to 20"),
        (("small", "automation", "--set", "finance.benefit_adjustment=20 %"), "--modes"),
        (("small", "automation", "--until", "100"), "--until"),
    ],
)
def test_mistakes_end_with_a_sentence(invoke: Invoke, arguments: tuple[str, ...], words: str) -> None:
    answer = invoke("roi", *arguments)
    assert answer.exit_code == 2
    assert answer.stdout == ""
    assert words in answer.stderr


def test_risk_is_adjusted_for_where_nothing_is_drawn(invoke: Invoke) -> None:
    plain = roi(invoke, "small", "automation", *FEW, "--modes")["scenarios"]["automation"]
    adjusted = roi(
        invoke, "small", "automation", *FEW, "--modes", "--set", "finance.benefit_adjustment=20 %"
    )["scenarios"]["automation"]
    assert adjusted["benefits_present"] == pytest.approx(0.8 * plain["benefits_present"], rel=1e-12)
    assert adjusted["costs_present"] == plain["costs_present"]
    assert adjusted["luck"] is None


def test_drivers_are_played_at_both_ends(invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("watermelon.appraising.CONFIRMING", 2)
    monkeypatch.setattr("watermelon.appraising.CONFIRMED", 1)
    found = roi(invoke, "small", "siloed_it", "-r", "40", "--confirm")["scenarios"]["siloed_it"]
    (item,) = found["confirmed"]
    assert item["difference"]["mean"] == pytest.approx(item["npv_at_p90"] - item["npv_at_p10"])
    assert item["assumption"] == found["drivers"][0]["assumption"]
    assert found["drivers"][0]["clear"]


def test_what_does_not_stand_out_from_chance_is_not_confirmed(invoke: Invoke, tmp_path: Path) -> None:
    arguments = ("small", "automation", "-r", "12", "--confirm")
    answer = invoke("roi", *arguments, "--out", "a")
    found = json.loads((tmp_path / "a" / "roi.json").read_text(encoding="utf-8"))["scenarios"]["automation"]
    assert not any(item["clear"] for item in found["drivers"])
    assert found["confirmed"] == []
    assert "Nothing to confirm: in 12 futures no assumption stands out" in answer.stdout
    assert "Played at both ends" not in answer.stdout
