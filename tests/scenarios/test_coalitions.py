"""Every combination of the parts of a difference is a scenario; what can't be split is refused."""

from pathlib import Path

import pytest

from scenarios import load
from scenarios.coalitions import REST, coalitions
from scenarios.errors import BadInput

GROUPED = """
watermelon: 1
kind: override
title: More people, and less to do
groups:
  people: [teams[role=desk].seats, Hiring]
  demand: [requests[*].demand]
changes:
  - {times: 'teams[role=desk].seats', by: 2}
  - {times: 'requests[*].demand', by: 0.5}
  - {times: 'incidents[*].demand', by: 0.9}
costs:
  - {name: Hiring, amount: 1000 USD}
"""


@pytest.fixture
def grouped(tmp_path: Path) -> str:
    path = tmp_path / "grouped.yaml"
    path.write_text(
        GROUPED.replace("teams[role=desk].seats, ", "'teams[role=desk].seats', ").replace(
            "[requests[*].demand]", "['requests[*].demand']"
        ),
        encoding="utf-8",
    )
    return str(path)


def test_overrides_of_a_combination_are_the_parts() -> None:
    found = coalitions("small", "small+silos+council")
    assert [player.name for player in found.players] == ["silos", "council"]
    assert [scenario.name for scenario in found.scenarios] == [
        "small",
        "small+silos",
        "small+council",
        "small+silos+council",
    ]
    for scenario in found.scenarios:
        assert scenario.digest == load(scenario.name).digest


def test_what_both_have_is_no_part() -> None:
    found = coalitions("small+automation", "small+automation+silos+council")
    assert [player.name for player in found.players] == ["silos", "council"]
    assert found.scenarios[0].digest == load("small+automation").digest


def test_groups_of_a_single_override_are_the_parts(grouped: str) -> None:
    found = coalitions("small", grouped)
    assert [player.name for player in found.players] == ["people", "demand", REST]
    assert found.scenarios[0].digest == load("small").digest
    assert found.scenarios[-1].digest == load(f"small+{grouped}").digest
    people = found.scenarios[1]
    assert {change.path for change in people.changes} == {"teams.desk.seats"}
    assert [cost.amount for cost in people.prices().levers] == [1000.0]
    assert found.scenarios[2].prices().levers == ()


@pytest.mark.parametrize(
    ("base", "other", "told"),
    [
        ("small", "small", "adds no override"),
        ("small", "silos", "no `groups`"),
        ("small", "baseline+silos+council", "must be small with overrides added"),
        ("small+silos", "small+council", "must be small\\+silos with overrides added"),
    ],
)
def test_what_cannot_be_split_is_refused(base: str, other: str, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        coalitions(base, other)


@pytest.mark.parametrize(
    ("groups", "told"),
    [
        ("{people: [teams.nobody.seats]}", "no selector of `changes`"),
        ("{people: [Hiring], demand: [Hiring]}", "twice"),
    ],
)
def test_groups_part_the_levers(groups: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "wrong.yaml"
    head, _, rest = GROUPED.partition("groups:")
    path.write_text(f"{head}groups: {groups}\nchanges:{rest.partition('changes:')[2]}", encoding="utf-8")
    with pytest.raises(BadInput, match=told):
        load(f"small+{path}")
