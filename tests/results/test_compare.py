"""Comparing scenarios: exactly nothing with itself, clear answers otherwise, JSON without NaN."""

import json
import math
import re
from dataclasses import replace

import pytest

from results.catalogue import OUTCOMES
from results.compare import Comparison, compare_runs, numbered
from results.documents import Provenance, compare_document, run_document
from results.explain import explain
from results.headline import headline
from results.tables import comparison_table, estimates_frame, outcomes_frame, targets_frame, weekly_frame
from results.targets import fault_of, judge
from tests.results.diary import Diary, target
from tests.results.organisation import runs

PROVENANCE = Provenance("0.1", "simpy", 1, 5, 672.0, 336.0, False, "digest", "watermelon compare a b")


@pytest.fixture(scope="module")
def compared() -> Comparison:
    return compare_runs(runs("base", "silos", "automation"))


def strict(document: object) -> object:
    return json.loads(json.dumps(document, allow_nan=False))


def test_a_scenario_compared_with_itself_differs_by_exactly_nothing() -> None:
    base = runs("base")["base"]
    found = compare_runs({"base": base, "base#2": base})
    for name, item in found.differences["base#2"].items():
        if item is None:
            assert found.base.outcomes[name] is None
            continue
        assert (item.mean, item.low, item.high) == (0.0, 0.0, 0.0)
        assert item.p_better == (None if OUTCOMES[name].better == "neither" else 0.5)
        assert item.relative in (0.0, None)
        assert item.verdict == "the same"
    assert explain(found.base, found.others[0]) == [
        "Nothing differs: both scenarios had the same history, ticket by ticket."
    ]
    assert headline(found, found.others[0], "The copy", "the base") == [
        "The copy differs from the base in nothing: every outcome is the same in every replication."
    ]


def test_silos_hand_on_more_and_restore_later(compared: Comparison) -> None:
    silos = compared.differences["silos"]
    for name in ("handoffs_per_incident", "restore_hours_mean", "firefighting_hours"):
        found = silos[name]
        assert found is not None
        assert found.verdict == "worse"
    sentences = " ".join(
        explain(compared.base, compared.scenarios["silos"], {"teams.network": "The net people"})
    )
    assert "The net people" in sentences
    assert "handed on" in sentences


def test_automation_frees_the_desk_and_costs_money(compared: Comparison) -> None:
    automation = compared.differences["automation"]
    request_hours, spend = automation["request_hours"], automation["cost_total"]
    assert request_hours is not None
    assert spend is not None
    assert request_hours.mean < 0
    assert spend.mean == pytest.approx(20_000, rel=0.05)
    sentences = " ".join(explain(compared.base, compared.scenarios["automation"]))
    assert "less on requests" in sentences
    assert re.search(r"That leaves [\d,.]+ h more for anything else\.", sentences)
    learnt = " ".join(explain(compared.base, compared.scenarios["automation"], learnt=True))
    assert "h more for what the log does not show." in learnt


def test_run_document_has_the_promised_shape() -> None:
    document = strict(run_document(compare_runs(runs("base")), PROVENANCE))
    assert isinstance(document, dict)
    assert {"scenario", "engine", "seed", "replications", "horizon_hours", "warmup_hours"} <= set(document)
    assert {"uncertainty", "model_hash", "version", "outcomes", "targets"} <= set(document)
    assert set(document["outcomes"]) == set(OUTCOMES)
    downtime = document["outcomes"]["downtime_hours"]
    assert {"unit", "mean", "ci_low", "ci_high", "p10", "p50", "p90"} <= set(downtime)
    assert document["outcomes"]["cost_total"]["unit"] == "EUR"
    assert {"met_share", "ci_low", "ci_high"} <= set(document["targets"]["quick"])
    assert document["targets"]["late"] is None


def test_one_replication_has_null_intervals() -> None:
    found = compare_runs(runs("base", "silos", replications=1))
    document = strict(compare_document(found, PROVENANCE))
    assert isinstance(document, dict)
    downtime = document["scenarios"]["base"]["outcomes"]["restore_hours_mean"]
    assert (downtime["ci_low"], downtime["ci_high"]) == (None, None)
    assert document["differences"]["silos"]["restore_hours_mean"]["ci_low"] is None
    assert headline(found, found.others[0], "Silos", "base")


def test_compare_document_has_the_promised_shape(compared: Comparison) -> None:
    document = strict(compare_document(replace(compared, assumed=("customers",)), PROVENANCE))
    assert isinstance(document, dict)
    assert list(document["scenarios"]) == ["base", "silos", "automation"]
    assert list(document["differences"]) == ["silos", "automation"]
    item = document["differences"]["silos"]["downtime_hours"]
    assert {"mean", "ci_low", "ci_high", "p_better", "better"} <= set(item)
    assert item["better"] == "lower"
    assert document["assumed"] == ["customers"]
    # A log tells nothing of downtime; a 0 of it must not pass for a finding.
    found = document["scenarios"]["base"]["outcomes"]
    assert "not learnt" in found["downtime_hours"]["note"]
    assert "note" not in found["restore_hours_mean"]


def test_an_outcome_undefined_everywhere_is_null() -> None:
    empty = [Diary().summary()]
    document = strict(compare_document(compare_runs({"a": empty, "b": empty}), PROVENANCE))
    assert isinstance(document, dict)
    assert document["scenarios"]["a"]["outcomes"]["restore_hours_mean"] is None
    assert document["differences"]["b"]["restore_hours_mean"] is None
    assert document["differences"]["b"]["downtime_hours"]["mean"] == 0


def test_only_the_same_luck_can_be_compared() -> None:
    base = runs("base")["base"]
    with pytest.raises(ValueError, match="can't be paired"):
        compare_runs({"base": base, "other": list(reversed(base))})
    with pytest.raises(ValueError, match="no replication"):
        compare_runs({"base": []})
    with pytest.raises(ValueError, match="nothing to compare"):
        compare_runs({})


def test_repeated_names_get_numbers() -> None:
    assert numbered(["a", "b", "a", "a"]) == ["a", "b", "a#2", "a#3"]


def test_a_target_is_met_at_its_threshold() -> None:
    diary = Diary()
    diary.incident(0, 4)
    for wanted, met in ((4.0, 1.0), (3.9, 0.0)):
        assert judge(diary.record, target("restore_hours_mean", wanted)).met == met
    assert judge(diary.record, target("availability_share", 0.99, at_most=False, service=1)).met == 1.0
    assert math.isnan(judge(Diary().record, target("restore_hours_mean", 4)).met)


def test_what_can_not_be_a_target() -> None:
    assert fault_of("restore_hours_mean", 0) is None
    assert "not an outcome" in str(fault_of("happiness"))
    assert "made of the targets" in str(fault_of("targets_met_share"))
    assert "whole organisation" in str(fault_of("cost_total", 0))


def test_tables_for_notebooks_and_files(compared: Comparison) -> None:
    played = runs("base", "silos", "automation")
    outcomes = outcomes_frame(played)
    assert outcomes.shape == (15, len(OUTCOMES))
    assert outcomes.index.names == ["scenario", "replication"]
    weekly = weekly_frame(played)
    assert weekly.index.names == ["scenario", "replication", "week"]
    assert len(weekly) == 3 * 5 * 4
    long = estimates_frame(compared)
    assert len(long) == 3 * len(OUTCOMES)
    assert long.loc[long.scenario == "base", "difference"].isna().all()
    assert list(targets_frame(compared).index) == ["quick", "up", "late"]
    shown = comparison_table(compared)
    assert shown.loc["Target met: late", "base"] == "–"
    assert "worse" in repr(compared)
    assert "<table" in compared._repr_html_()
