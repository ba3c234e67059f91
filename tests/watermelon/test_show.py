"""``watermelon scenarios`` and ``show``: what is shipped, and what a scenario is made of."""

import json

from tests.watermelon.conftest import Invoke


def test_the_list(invoke: Invoke) -> None:
    told = json.loads(invoke("scenarios", "--json").stdout)
    assert set(told) == {"scenarios"}
    kinds = {item["name"]: item["kind"] for item in told["scenarios"]}
    assert kinds["baseline"] == kinds["small"] == "base"
    assert kinds["automation"] == kinds["siloed_it"] == kinds["merger_integration"] == "override"
    for item in told["scenarios"]:
        assert set(item) == {"name", "kind", "title", "changes"}
        assert item["title"]
        assert bool(item["changes"]) == (item["kind"] == "override")
    shown = invoke("scenarios").stdout
    assert all(item["name"] in shown for item in told["scenarios"])


def test_assumptions_carry_range_unit_source_and_grade(invoke: Invoke) -> None:
    told = json.loads(invoke("show", "small", "--json").stdout)
    assert told["scenario"] == "small"
    for item in told["assumptions"]:
        assert item["low"] <= item["value"] <= item["high"]
        if not item["decided"]:
            assert item["source"] in told["sources"]
            assert item["grade"]
    shown = invoke("show", "small").stdout
    assert "most likely" in shown
    assert "Sources" in shown


def test_differences_in_business_words(invoke: Invoke) -> None:
    told = json.loads(invoke("show", "small+automation", "--diff", "small", "--json").stdout)
    assert told["differences"]
    for row in told["differences"]:
        assert set(row) == {"path", "old", "new", "when", "text", "override", "why"}
        assert row["old"] != row["new"]
    shown = " ".join(invoke("show", "small+automation", "--diff", "small").stdout.split())
    assert all(row["why"] in shown for row in told["differences"])


def test_differences_key_by_key_say_where_they_come_from(invoke: Invoke) -> None:
    arguments = ("show", "small+automation", "--set", "teams.desk.seats=5", "--diff", "small")
    told = json.loads(invoke(*arguments, "--json").stdout)
    keys = {row["path"]: row for row in told["keys"]}
    assert set(keys) == {row["path"] for row in told["differences"]}
    seats, absence = keys["teams.desk.seats"], keys["teams.desk.absence"]
    assert (seats["before"], seats["after"], seats["place"]) == ("2", "5", "--set")
    assert (absence["before"], absence["after"], absence["unit"]) == ("20 %", "25 %", "%")
    assert absence["place"].startswith("automation.yaml:")
    assert (absence["by"], absence["source"], absence["grade"]) == ("plus 5 % (2 to 8)", "own", "D")
    assert set(told["sources"]) == {"own", "deflection"}
    shown = " ".join(invoke(*arguments).stdout.split())
    assert "teams.desk.absence 20 % 25 % automation.yaml:" in shown


def test_what_only_one_organisation_has_is_told_with_all_its_values(invoke: Invoke) -> None:
    rows = json.loads(invoke("show", "small", "--diff", "baseline", "--json").stdout)["keys"]
    keys = {row["path"]: row for row in rows}
    assert len(keys) == len(rows)
    assert keys["teams.network.seats"]["after"] == ""
    assert int(keys["teams.network.seats"]["before"]) > 0
    assert keys["teams.application.seats"]["before"] == ""


def test_what_an_override_costs_is_among_what_it_changes(invoke: Invoke) -> None:
    for told in (("show", "small+automation", "--diff", "small"), ("show", "small+automation")):
        costs = json.loads(invoke(*told, "--json").stdout)["costs"]
        assert [row["override"] for row in costs] == ["automation", "automation"]
        shown = " ".join(invoke(*told).stdout.split())
        assert all(row["text"] in shown for row in costs)


def test_nothing_differs_from_itself(invoke: Invoke) -> None:
    told = json.loads(invoke("show", "small+automation", "--diff", "small+automation", "--json").stdout)
    assert told["differences"] == []
    assert "does not differ" in invoke("show", "small", "--diff", "small").stdout


def test_taking_an_override_away_is_a_difference_too(invoke: Invoke) -> None:
    forth = json.loads(invoke("show", "small+automation", "--diff", "small", "--json").stdout)["differences"]
    back = json.loads(invoke("show", "small", "--diff", "small+automation", "--json").stdout)["differences"]
    assert [row["path"] for row in back] == [row["path"] for row in forth]
    assert [(row["new"], row["old"]) for row in back] == [(row["old"], row["new"]) for row in forth]


def test_set_is_a_difference(invoke: Invoke) -> None:
    answer = invoke("show", "small", "--set", "teams.desk.seats=5", "--diff", "small", "--json")
    (row,) = json.loads(answer.stdout)["differences"]
    assert row["path"] == "teams.desk.seats"
    assert "5" in row["new"]


def test_an_override_acts_on_top_of_a_set(invoke: Invoke) -> None:
    own = ("--set", "requests.password_reset.automation=30 %")
    answer = invoke("show", "small+automation", *own, "--diff", "small", "--json")
    rows = [
        (row["override"], row["old"], row["new"])
        for row in json.loads(answer.stdout)["differences"]
        if row["path"] == "requests.password_reset.automation"
    ]
    assert rows == [("--set", "20 %", "30 %"), ("automation", "30 %", "75 %")]


def test_the_same_override_on_another_base_is_no_difference(invoke: Invoke) -> None:
    own = ("--set", "requests.password_reset.automation=30 %")
    answer = invoke("show", "small+automation", *own, "--diff", "small+automation", "--json")
    assert [row["override"] for row in json.loads(answer.stdout)["differences"]] == ["--set"]


def test_the_schema_for_editors(invoke: Invoke) -> None:
    schema = json.loads(invoke("show", "--json-schema").stdout)
    assert "$schema" in schema or "$defs" in schema
