"""A scenario in words."""

import re
from pathlib import Path
from typing import Any

from scenarios import load
from scenarios.describe import changes_in_words, differences
from scenarios.schema.files import json_schema
from tests.scenarios.tiny import TINY, override, tiny, write


def test_differences_are_said_in_business_words(tmp_path: Path) -> None:
    base = write(tmp_path, TINY.replace("    role: desk\n", "    role: desk\n    title: Service desk\n"))
    plan = override(
        tmp_path,
        "  - {set: teams.desk.seats, to: 12, from: week 2}\n"
        "  - {plus: categories.fault.misrouting, by: 5 %, from: day 3, ramp: 3 weeks}\n"
        "  - {set: teams.desk.policy, to: sla, from: week 1}\n"
        "  - {times: 'teams[*].seats', by: 2}",
    )
    text = [item.text for item in differences(load(f"{base}+{plan}"), load(base))]
    assert text == [
        "The service desk has 12 seats instead of 10, from week 2",
        "Fault: 15 % of the handoffs go to a wrong team instead of 10 %, from day 3, growing over 3 weeks",
        "The service desk takes tickets in the order of `sla` instead of `first_come`, from week 1",
        "Each of the 2 teams has 8 to 20 seats instead of 4 to 10, from the start",
    ]


def test_a_change_that_is_missing_is_said_too(tmp_path: Path) -> None:
    base = write(tmp_path)
    plan = override(tmp_path, "  - {plus: teams.desk.seats, by: 2}")
    (gone,) = differences(load(base), load(f"{base}+{plan}"))
    assert gone.text == "Not here: The desk has 12 seats instead of 10, from the start"
    assert differences(load(base), load(base)) == []


def test_differences_of_two_bases_are_found(tmp_path: Path) -> None:
    other = tiny(tmp_path, "users: 20", "users: 25, profile: day")
    text = [item.text for item in differences(other, load(write(tmp_path, name="first.yaml")))]
    assert text == [
        "Back: employees who use it is 25 instead of 20, throughout",
        "Back: weekly profile of its load is day instead of constant, throughout",
    ]


def test_a_wider_range_and_the_end_of_a_list_are_differences(tmp_path: Path) -> None:
    # With drawn assumptions they play differently.
    day = ", ".join(["1"] * 23)
    first = tiny(tmp_path, "profiles:\n", f"profiles:\n  more: {{mon-sun: [{day}, 1]}}\n")
    other = tiny(tmp_path, "profiles:\n", f"profiles:\n  more: {{mon-sun: [{day}, 2]}}\n")
    assert [item.paths for item in differences(other, first)] == [("profiles.more.mon-sun",)]
    wide = load("small", ["teams.desk.absence=20 % (5 to 50)"])
    (found,) = differences(wide, load("small"))
    assert found.text == (
        "Service desk: people are away on 20 % (5 to 50) of their shift days "
        "instead of 20 % (15 to 30), throughout"
    )


def test_what_only_one_base_has_is_named_once(tmp_path: Path) -> None:
    first = write(tmp_path, name="first.yaml")
    other = tiny(tmp_path, "services:\n", "services:\n  more: {users: 5}\n")
    assert [item.text for item in differences(other, load(first))] == ["Only here: service more"]
    assert [item.text for item in differences(load(first), other)] == ["Not here: service more"]


def test_costs_are_differences_too(tmp_path: Path) -> None:
    base = write(tmp_path)
    head = (
        "costs: [{name: Tool, from: week 3, per_year: 5 USD/year (4 to 9)}, {name: Course, amount: 50 USD}]"
    )
    plan = override(tmp_path, "  - {set: teams.desk.seats, to: 3}", head=head)
    costs = [item for item in differences(load(f"{base}+{plan}"), load(base)) if item.is_cost]
    assert [item.text for item in costs] == [
        "Course: 50 USD once, at the start",
        "Tool: 5 USD a year (4 to 9), from week 3",
    ]
    gone = differences(load(base), load(f"{base}+{plan}"))
    assert [item.text for item in gone if item.is_cost] == [f"Not here: {item.text}" for item in costs]


def test_siloed_it_reads_like_a_diagnosis() -> None:
    said = [(item.text, item.why) for item in changes_in_words(load("small+siloed_it"))]
    assert said[0] == (
        (
            "All 5 kinds of tickets: 7 % to 15 % of the handoffs go to a wrong team "
            "instead of 0 % to 8 %, throughout"
        ),
        "Nobody knows who owns what, so more handoffs go to the wrong team",
    )
    assert len(said) == 19


def test_assumptions_have_titles_and_units() -> None:
    found = {item.path: item for item in load("small+automation").assumptions}
    absence = found["teams.desk.absence"]
    assert absence.title == ("Service desk: Share of shift days on which a person is away")
    assert (absence.low, absence.value, absence.high, absence.unit) == (15, 20, 30, "%")
    assert found["teams.desk.seats"].decided
    coverage = found["automation: plus requests[automatable].automation #1"]
    assert (coverage.value, coverage.grade, coverage.source) == (45, "C", "deflection")


def patterns(schema: Any) -> list[str]:
    if isinstance(schema, dict):
        own = [schema["pattern"]] if isinstance(schema.get("pattern"), str) else []
        return own + [found for value in schema.values() for found in patterns(value)]
    return [found for value in schema for found in patterns(value)] if isinstance(schema, list) else []


def test_the_json_schema_knows_keys_units_and_meanings() -> None:
    schema = json_schema()
    assert {place["$ref"].rsplit("/", 1)[1] for place in schema["oneOf"]} == {
        "Base",
        "Override",
        "ScenarioFile",
    }
    team = schema["$defs"]["Team"]
    assert team["additionalProperties"] is False
    absence = team["properties"]["absence"]
    assert absence["description"].startswith("Share of shift days")
    assert absence["default"] == "0 %"
    assert team["properties"]["preempts"]["default"] is False
    (written,) = patterns(absence["anyOf"][0])
    for text in ("20 %", "20 % (15 to 30) own D", "12.5%"):
        assert re.search(written, text)
    for text in ("20", "20 h", "much"):
        assert not re.search(written, text)
    assert "severity" in team["properties"]["policy"]["enum"]
