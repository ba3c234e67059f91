"""Faults, changes, initiatives, people: from words to the model."""

from pathlib import Path

import numpy as np
import pytest

from scenarios import load
from scenarios.special_days import special_days
from sim.chance.keyed import name_key
from sim.spec.calendars import DAY, HOUR, WEEK
from sim.spec.changes import ChangeType, Purpose
from sim.spec.check import faults
from sim.spec.model import Model
from sim.spec.parameters import Param
from tests.scenarios.tiny import TINY, override, planned, tiny, write


def value(model: Model, row: Param | None) -> float:
    assert row is not None
    return model.parameters[row].value


def test_everything_planned_can_be_played(tmp_path: Path) -> None:
    scenario = planned(tmp_path)
    assert not scenario.warnings
    for model in (scenario.model(), scenario.model(draw=1, seed=1)):
        assert not faults(model)


def test_a_file_without_planned_work_has_none_of_it(tmp_path: Path) -> None:
    model = tiny(tmp_path).model()
    assert (model.faults, model.changes, model.initiatives, model.change_kinds) == ((), (), (), ())
    assert model.problem_management is model.change_enablement is model.satisfaction is None
    assert all(service.upkeep is None for service in model.services)
    assert all(team.people is None and value(model, team.ring_fenced) == 0 for team in model.teams)


def test_faults_strike_in_the_pattern_of_their_stream(tmp_path: Path) -> None:
    model = planned(tmp_path).model()
    pool, stream = model.faults[0], model.incidents[0]
    assert (pool.stream, pool.initial, pool.team, pool.fix) == (0, 5, 1, 1)
    assert pool.key == name_key("faults/defects")
    # 0.5 a week of the mean fault; the stream has 70, and the peak of its service is in both.
    assert np.allclose(pool.hourly, stream.arrivals.hourly * 0.5 / 70)
    # Births are per day in the model.
    assert value(model, pool.births) == pytest.approx(0.1)
    assert value(model, pool.investigation.mean) == 6 * HOUR
    management = model.problem_management
    assert management is not None
    assert (management.repeats, management.window) == (3, 60 * DAY)
    assert value(model, management.maturity) == 0.3


def test_the_board_meets_weekly_but_not_on_public_holidays(tmp_path: Path) -> None:
    found = planned(tmp_path).model().change_enablement
    assert found is not None
    meetings = found.meetings.tolist()
    assert meetings[:3] == [10 * HOUR, 3 * DAY + 9 * HOUR + 1800, 3 * DAY + 15 * HOUR]
    # 19 January 2026, the third Monday of the run, is Martin Luther King Day.
    assert 14 * DAY + 10 * HOUR not in meetings
    assert len(meetings) == 4 * 3 - 1
    held = planned(tmp_path, 'meetings: {mon: "10:00"', 'meetings: {holidays: held, mon: "10:00"')
    assert held.model().change_enablement.meetings[6] == 14 * DAY + 10 * HOUR  # type: ignore[union-attr]


def test_no_window_opens_in_a_freeze(tmp_path: Path) -> None:
    def windows(new: str) -> list[float]:
        upkeep = planned(tmp_path, "freezes: [sale]", new).model().services[0].upkeep
        assert upkeep is not None
        return [start / HOUR for start in upkeep.windows.starts.tolist()]

    # The sale takes Monday and Tuesday of the second week; Monday of the third is a holiday.
    open_ = [day * 24 + hour for day in range(28) if day % 7 < 5 and day != 14 for hour in (8, 13)]
    assert windows("freezes: []") == open_
    assert windows("freezes: [sale]") == [hour for hour in open_ if hour // 24 not in (7, 8)]
    spans = "freezes: [{from: 01-07, to: 01-08}, sale]"
    assert windows(spans) == [hour for hour in open_ if hour // 24 not in (2, 3, 7, 8)]


def test_a_freeze_cuts_windows_that_never_close(tmp_path: Path) -> None:
    upkeep = planned(tmp_path, "windows: office", "windows: always").model().services[0].upkeep
    assert upkeep is not None
    assert upkeep.windows.starts.tolist() == [0, 9 * DAY]
    assert upkeep.windows.ends.tolist() == [7 * DAY, 4 * WEEK]


def test_upkeep_names_its_streams(tmp_path: Path) -> None:
    model = planned(tmp_path).model()
    upkeep = model.services[0].upkeep
    assert upkeep is not None
    assert (upkeep.failures, upkeep.pool, upkeep.overload) == (0, 0, 0)
    assert value(model, upkeep.peak_capacity) == 4
    assert value(model, upkeep.findings) == 0
    audited = planned(
        tmp_path,
        "windows: office",
        "windows: office, audit: {findings: 0.5 /month, team: desk, kind: normal, penalty: 900 USD}",
    )
    upkeep = audited.model().services[0].upkeep
    assert upkeep is not None
    assert value(audited.model(), upkeep.findings) == pytest.approx(0.5 / (365.25 / 12))
    assert [item.finding_penalty for item in audited.prices().services] == [900, 0]


def test_kinds_and_streams_of_changes(tmp_path: Path) -> None:
    model = planned(tmp_path).model()
    assert [kind.type for kind in model.change_kinds] == list(ChangeType)
    (stream,) = model.changes
    assert (stream.service, stream.team, stream.kind, stream.due) == (0, 1, 0, 14 * DAY)
    assert stream.purpose == Purpose.MAINTENANCE
    # Constant over the week, whatever the load of the service is.
    assert np.allclose(stream.arrivals.hourly, 3 / 168)


def test_an_initiative_that_repeats_is_several(tmp_path: Path) -> None:
    scenario = planned(tmp_path)
    model = scenario.model()
    assert [(item.name, item.start // WEEK) for item in model.initiatives] == [("app", 1), ("app-2", 3)]
    assert [item.key for item in model.initiatives] == [
        name_key("initiatives/app"),
        name_key("initiatives/app-2"),
    ]
    assert [item.due - item.start for item in model.initiatives] == [3 * WEEK, 3 * WEEK]
    # One lever moves all of them.
    assert model.initiatives[0].parts == model.initiatives[1].parts
    assert value(model, model.initiatives[0].parts[0].effort) == 60 * HOUR
    assert [(item.name, item.value_per_month, item.rank) for item in scenario.prices().initiatives] == [
        ("app", 5000, 2),
        ("app-2", 5000, 2),
    ]
    shorter = load(str(tmp_path / "tiny.yaml"), until_hours=300)
    assert [item.name for item in shorter.model().initiatives] == ["app"]
    assert len(shorter.prices().initiatives) == 1


def test_an_initiative_may_start_in_the_warm_up(tmp_path: Path) -> None:
    scenario = planned(tmp_path, "start: week 1\n", "start: week -2\n", "warmup=3 weeks")
    starts = [(item.name, item.start // WEEK) for item in scenario.model().initiatives]
    assert starts == [("app", -2), ("app-2", 0), ("app-3", 2)]
    # Those that would begin before the warm-up are gone; the others keep their names.
    scenario = planned(tmp_path, "start: week 1\n", "start: 2025-12-08\n", "warmup=3 weeks")
    starts = [(item.name, item.start // WEEK) for item in scenario.model().initiatives]
    assert starts == [("app-2", -2), ("app-3", 0), ("app-4", 2)]


def test_people_and_satisfaction(tmp_path: Path) -> None:
    model = planned(tmp_path).model()
    people = model.teams[1].people
    assert people is not None
    assert value(model, people.attrition) == pytest.approx(0.2)
    assert value(model, people.learning) == 20 * WEEK
    assert value(model, model.teams[1].ring_fenced) == 1
    assert model.satisfaction is not None
    assert value(model, model.satisfaction.patience) == 8 * HOUR


def test_customers_come_by_the_month(tmp_path: Path) -> None:
    scenario = tiny(tmp_path, "customers: 1000,", "customers: 1000, acquisition: 30 /month,")
    assert scenario.prices().customers.acquisition_per_month == pytest.approx(30)


SELECTED = {
    "faults[*].births": ["faults.defects.births"],
    "faults[customer_facing].births": ["faults.defects.births"],
    "teams[role=application].ring_fenced": ["teams.second.ring_fenced"],
    "teams[*].people.attrition": ["teams.second.people.attrition"],
    "services[customer_facing].peak_capacity": ["services.shop.peak_capacity"],
    "initiatives[*].parts[*].effort": [
        "initiatives.app.parts.second.effort",
        "initiatives.app.parts.desk.effort",
    ],
    "initiatives[customer_facing].parts[role=application].batch": ["initiatives.app.parts.second.batch"],
    "problems.maturity": ["problems.maturity"],
    "change_enablement.capacity": ["change_enablement.capacity"],
    "change_enablement.emergency.share": ["change_enablement.emergency.share"],
    "change_kinds[type=normal].risk": ["change_kinds.normal.risk"],
    "changes[purpose=maintenance].demand": ["changes.patches.demand"],
}


@pytest.mark.parametrize("selector", SELECTED)
def test_levers_reach_what_is_planned(selector: str, tmp_path: Path) -> None:
    planned(tmp_path)
    plan = override(tmp_path, f"  - {{times: '{selector}', by: 2, from: week 1}}")
    scenario = load(f"{tmp_path / 'tiny.yaml'}+{plan}")
    assert [change.path for change in scenario.changes] == SELECTED[selector]
    moved = {item.path for item in scenario.model().parameters if item.steps}
    assert moved <= set(SELECTED[selector])
    assert moved or selector == "change_enablement.emergency.share"
    assert all(change.text for change in scenario.changes)


def test_a_lever_on_what_a_base_leaves_out_touches_nothing(tmp_path: Path) -> None:
    write(tmp_path, TINY)
    plan = override(tmp_path, "  - {times: problems.maturity, by: 2}")
    assert load(f"{tmp_path / 'tiny.yaml'}+{plan}").warnings == [
        "plan changes nothing in tiny.yaml; 1 is about problems, which it does not play"
    ]


def test_frozen_changes_and_public_holidays_are_counted_by_month() -> None:
    # Month 11 (5 November to 5 December): 16 days on three of six services; month 12: 21 on four, 14 on one.
    found = special_days(load("baseline", until_hours=8760))
    assert found.frozen[-2:].tolist() == pytest.approx([0.26, 0.54], abs=0.01)
    assert not found.frozen[1:-2].any()
    assert found.holidays.sum() == 12
    assert "54% in month 12" in found.alt
