"""The base that is written: it loads, it says what it rests on, and it tells nobody's name."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from calibration import calibrate
from calibration.cleaning.edges import LeftOpen
from calibration.fit.organisation import Organisation
from calibration.write import base_text, write_base
from calibration.write.business import BusinessSide, business_side
from calibration.write.text import Folded, Line, number, render, scalar, split
from results.learnt import is_assumed
from scenarios import Scenario, load, load_against
from scenarios.errors import BadInput
from scenarios.read import read_text
from tests.calibration.synthetic import DESK, NETWORK, PAYROLL

BUSINESS = """
watermelon: 1
kind: business
title: A payroll office
currency: EUR
employees: 500
business:
  customers: 1200
  employee_cost: 40 EUR/h (30 to 50) own D
services:
  payroll: {title: Payroll, customer_facing: true, users: 500, work_lost: 20 %}
  network: {title: Network, users: 500, work_lost: 50 %}
serves: {Payroll: payroll, "*": network}
roles: {Payroll Braga: application}
sources:
  own: {text: Our controller}
"""


@pytest.fixture(scope="module")
def base(plain: Organisation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("base") / "real.yaml"
    write_base(path, base_text(plain, business_side(None, 300.0)))
    return path


@pytest.fixture(scope="module")
def scenario(base: Path) -> Scenario:
    return load(str(base))


def test_the_base_loads_and_compiles(scenario: Scenario) -> None:
    assert scenario.warnings == []
    assert scenario.horizon == 52 * 604_800
    model = scenario.model()
    assert [stream.name for stream in model.requests] == ["routine"]
    assert model.teams[0].role == "desk"
    assert scenario.prices().customers.customers > 0
    assert len(scenario.targets()) == 3


def test_every_number_is_estimated_or_assumed(scenario: Scenario) -> None:
    loose = {item.path for item in scenario.assumptions if not item.decided and not item.source}
    endings = (
        ".then.",
        ".entry.",
        ".share",
        ".scope",
        ".trend",
        "_delay.mean",
        "_time.mean",
        ".churn_memory",
    )
    assert [path for path in sorted(loose) if not any(ending in path for ending in endings)] == []
    assert {item.source for item in scenario.assumptions if item.grade == "E"} == {"log"}
    assert {item.source for item in scenario.assumptions if item.grade == "D"} == {
        "assumption",
        "happysignals",
    }


def test_what_rests_on_assumptions_is_said(scenario: Scenario) -> None:
    said = " ".join(scenario.assumed)
    for word in ("money", "downtime", "utilisation", "automation"):
        assert word in said


def test_tickets_that_the_log_leaves_open_are_told_and_mark_outcomes(
    plain: Organisation, tmp_path: Path, scenario: Scenario
) -> None:
    leaving = replace(plain, left_open=LeftOpen(count=30, share=0.02, a_year=120.0, hours=300.0))
    write_base(tmp_path / "left.yaml", base_text(leaving, business_side(None, 300.0)))
    assumed = load(str(tmp_path / "left.yaml")).assumed
    assert "2.0% or 120 a year" in " ".join(assumed)
    for name in ("sla_attainment_share", "tickets_closed_share"):
        assert is_assumed(name, assumed)
        assert not is_assumed(name, scenario.assumed)
    assert not is_assumed("handoffs_per_incident", assumed)
    assert LeftOpen(30, 0.01, 120.0, 300.0).added_hours == pytest.approx(43.7, abs=0.1)


def test_service_levels_that_the_log_does_not_tell_are_assumed(
    plain: Organisation, tmp_path: Path, scenario: Scenario
) -> None:
    text = base_text(replace(plain, levels={}), business_side(None, 300.0))
    write_base(tmp_path / "blank.yaml", text)
    assert is_assumed("sla_attainment_share", load(str(tmp_path / "blank.yaml")).assumed)
    assert not is_assumed("sla_attainment_share", scenario.assumed)
    claim = "the share that keeps it is the log's"
    assert claim not in text
    assert claim in base_text(plain, business_side(None, 300.0))


def test_no_name_leaves_the_log(base: Path) -> None:
    text = base.read_text(encoding="utf-8")
    for secret in (DESK, NETWORK, PAYROLL, "Maria", "agent", "Person"):
        assert secret not in text
    # All callers are called so; the base remembers the state 'Awaiting Caller'.
    assert not re.search(r"Caller \d", text)


def test_names_of_teams_are_kept_on_request(plain: Organisation) -> None:
    titles = [team.title for team in plain.teams]
    assert titles[0] == "Team 1"


@pytest.mark.parametrize("override", ["automation", "siloed_it", "merger_integration"])
def test_shipped_overrides_change_a_learnt_base(base: Path, override: str) -> None:
    changed = load_against(str(base), override)
    assert changed.changes
    assert changed.digest != load(str(base)).digest


def test_a_business_file_fills_what_the_log_lacks(plain: Organisation, tmp_path: Path) -> None:
    (tmp_path / "business.yaml").write_text(BUSINESS, encoding="utf-8")
    path = tmp_path / "real.yaml"
    write_base(path, base_text(plain, business_side(tmp_path / "business.yaml", 300.0)))
    found = load(str(path))
    model = found.model()
    assert [service.name for service in model.services] == ["payroll", "network"]
    assert {model.services[stream.service].name for stream in model.incidents} == {"payroll", "network"}
    assert found.prices().customers.customers == 1200
    assert found.prices().currency == "EUR"
    assert "given in business.yaml" in found.assumed[0]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("kind: business", "kind: bussiness"), "did you mean business?"),
        (("Payroll: payroll", "Payroll: pyroll"), "did you mean payroll?"),
        (("customers: 1200", "customers: many"), "business.customers"),
        (("employees: 500", "employes: 500"), "did you mean employees?"),
    ],
)
def test_mistakes_in_a_business_file_are_told(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    path = tmp_path / "business.yaml"
    path.write_text(BUSINESS.replace(*change), encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        business_side(path, 300.0)
    assert said in str(caught.value)
    assert "business.yaml" in str(caught.value)


def test_a_business_file_that_spoils_the_base_is_refused(plain_path: Path, tmp_path: Path) -> None:
    business = tmp_path / "business.yaml"
    business.write_text(BUSINESS.replace("work_lost: 50 %}", "profile: nights}"), encoding="utf-8")
    with pytest.raises(BadInput, match=r"business.yaml: the base made with it is not sound: .*nights"):
        calibrate(plain_path, "servicenow", tmp_path / "real.yaml", business, replay=False)
    assert [path.name for path in tmp_path.iterdir()] == ["business.yaml"]


def test_another_base_may_lend_its_business_side(base: Path) -> None:
    side: BusinessSide = business_side(base, 600.0)
    assert side.origin == "real.yaml"
    assert side.services["it_services"]["users"]["mode"] == 600


def test_nothing_is_written_into_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be written"):
        write_base(tmp_path / "nowhere" / "real.yaml", "x: 1\n")
    assert list(tmp_path.iterdir()) == []


# The text itself


def test_text_reads_back_as_it_was() -> None:
    data = {
        "# a": "A comment that says # much: all of it",
        "words": {"plain": "Team 1", "odd": "yes", "number": "12", "colon": "a: b", "quote": 'say "x"'},
        "numbers": Line(a=1, b=0.25, c=True, d="20 %", e=[1.5, 2]),
        "story": Folded("one two " * 40),
        "list": ["a phrase that is longer than forty letters: quoted", "b"],
    }
    back = read_text("\n".join(render(data)), "x.yaml").data
    assert back["words"] == data["words"]
    assert back["numbers"] == {"a": 1, "b": 0.25, "c": True, "d": "20 %", "e": [1.5, 2]}
    assert back["story"].split() == ["one", "two"] * 40
    assert back["list"] == data["list"]


def test_numbers_are_short_and_plain() -> None:
    assert [number(value) for value in (0, 1234567.8, 0.000012345, 3.14159, 20.0)] == [
        "0",
        "1234568",
        "0.000012345",
        "3.142",
        "20",
    ]
    assert scalar("null") == '"null"'


def test_shares_make_exactly_a_hundred_percent() -> None:
    found = split({"a": 1 / 3, "b": 1 / 3, "c": 1 / 3})
    assert sum(float(share.split()[0]) for share in found.values()) == pytest.approx(100, abs=1e-9)
    assert split({"a": 1.0, "b": 0.0}) == "a"
