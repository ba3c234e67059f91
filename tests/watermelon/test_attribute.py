"""``watermelon compare --attribute``: parts that add up, and nothing for what does nothing."""

from pathlib import Path

import pytest

from tests.watermelon.conftest import Invoke
from tests.watermelon.test_run import document

QUICK = ("-r", "3", "--until", "336", "--jobs", "1")

OVERRIDE = """
watermelon: 1
kind: override
title: People and walls
groups:
  people: ['teams[role=desk].seats']
  walls: ['categories[*].handoff_delay']
  nothing: ['services[customer_facing].believed_weight']
changes:
  - {times: 'teams[role=desk].seats', by: 2}
  - {times: 'categories[*].handoff_delay', by: 4}
  - {times: 'services[customer_facing].believed_weight', by: 1}
"""


@pytest.fixture
def grouped(tmp_path: Path) -> str:
    (tmp_path / "grouped.yaml").write_text(OVERRIDE, encoding="utf-8")
    return "grouped.yaml"


def test_parts_add_up_and_what_does_nothing_gets_nothing(
    invoke: Invoke, grouped: str, tmp_path: Path
) -> None:
    answer = invoke("compare", "small", grouped, "--attribute", *QUICK, "--out", "here", "--json")
    assert answer.exit_code == 0, answer.output
    told = document(answer.stdout)
    found = told["attribution"][grouped]
    assert found["parts"] == ["People", "Walls", "Nothing"]
    assert found["replications"] == 3
    split = {name: item for name, item in found["outcomes"].items() if item is not None}
    assert "downtime_hours" in split
    for name, item in split.items():
        whole = item["whole"]["mean"]
        assert sum(part["mean"] for part in item["parts"].values()) == pytest.approx(
            whole, rel=1e-9, abs=1e-9
        )
        assert item["parts"]["Nothing"]["mean"] == 0.0
        # What is split is the difference that the comparison shows, where all combinations have a value.
        if item["whole"]["n"] == 3:
            assert whole == told["differences"][grouped][name]["mean"]
    assert (tmp_path / "here" / "figures" / "attribution-1.svg").is_file()
    page = (tmp_path / "here" / "report.html").read_text(encoding="utf-8")
    assert "What comes from what" in page
    assert "watermelon compare small grouped.yaml -r 3 --seed 1 --attribute --until 336" in page


def test_what_cannot_be_split_is_bad_input(invoke: Invoke) -> None:
    answer = invoke("compare", "small", "low_trust", "--attribute", *QUICK)
    assert answer.exit_code == 2
    assert "has no `groups`" in answer.stderr
