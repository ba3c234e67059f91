"""Overrides on the timeline, with numbers that can be checked by hand."""

from pathlib import Path

import pytest

from scenarios import Scenario, catalogue, load
from scenarios.errors import BadInput
from sim.spec.calendars import DAY, WEEK
from sim.spec.parameters import Parameter
from tests.scenarios.tiny import TINY, override, tiny, write


def parameter(scenario: Scenario, path: str) -> Parameter:
    return next(item for item in scenario.model().parameters if item.path == path)


def with_changes(folder: Path, *changes: str, head: str = "", sets: tuple[str, ...] = ()) -> Scenario:
    """The tiny organisation with one override for each text."""
    parts = [write(folder)]
    parts += [override(folder, text, f"plan{number}", head) for number, text in enumerate(changes)]
    return load("+".join(parts), sets)


def test_set_holds_from_its_start_until_its_end(tmp_path: Path) -> None:
    scenario = with_changes(tmp_path, "  - {set: teams.desk.seats, to: 12, from: week 1, until: week 3}")
    seats = parameter(scenario, "teams.desk.seats")
    assert (seats.value, seats.steps) == (10, ((WEEK, 12), (3 * WEEK, 10)))


def test_a_key_is_its_set_times_all_times_plus_all_plus(tmp_path: Path) -> None:
    scenario = with_changes(
        tmp_path,
        "  - {plus: teams.desk.seats, by: 3}\n  - {times: teams.desk.seats, by: 1.5}",
        "  - {set: teams.desk.seats, to: 8}\n  - {plus: teams.desk.seats, by: -1}",
        "  - {times: teams.desk.seats, by: 2, from: week 2}",
    )
    # 8 x 1.5 + 3 - 1 = 14 from the start, 8 x 1.5 x 2 + 3 - 1 = 26 from week 2, whatever the order of files.
    assert parameter(scenario, "teams.desk.seats").steps == ((0, 14), (2 * WEEK, 26))


def test_the_order_of_overrides_does_not_matter(tmp_path: Path) -> None:
    base = write(tmp_path)
    a = override(
        tmp_path, "  - {times: teams.desk.seats, by: 1.5}\n  - {plus: teams.desk.absence, by: 5 %}", "a"
    )
    b = override(tmp_path, "  - {plus: teams.desk.seats, by: 3, ramp: 1 weeks}", "b")
    one, other = load(f"{base}+{a}+{b}"), load(f"{base}+{b}+{a}")
    assert one.model().parameters == other.model().parameters
    assert one.digest == other.digest


def test_a_ramp_grows_in_daily_steps(tmp_path: Path) -> None:
    scenario = with_changes(
        tmp_path, "  - {plus: categories.fault.misrouting, by: 8 %, from: day 2, ramp: 4 days}"
    )
    misrouting = parameter(scenario, "categories.fault.misrouting")
    assert misrouting.value == pytest.approx(0.10)
    assert [time // DAY for time, _ in misrouting.steps] == [3, 4, 5, 6]
    assert [value for _, value in misrouting.steps] == pytest.approx([0.12, 0.14, 0.16, 0.18])


def test_a_ramped_set_moves_from_the_base_to_its_value(tmp_path: Path) -> None:
    scenario = with_changes(tmp_path, "  - {set: teams.desk.absence, to: 40 %, ramp: 2 days, until: day 5}")
    steps = parameter(scenario, "teams.desk.absence").steps
    assert [(time // DAY, round(value, 9)) for time, value in steps] == [(1, 0.3), (2, 0.4), (5, 0.2)]


def test_values_stay_within_the_bounds_of_the_key(tmp_path: Path) -> None:
    scenario = with_changes(
        tmp_path,
        "  - {plus: categories.fault.stages.desk.resolves, by: 50 %}\n  - {plus: 'teams[*].seats', by: -6}",
    )
    assert parameter(scenario, "categories.fault.stages.desk.resolves").steps == ((0, 1.0),)
    assert parameter(scenario, "teams.desk.seats").steps == ((0, 4.0),)
    assert parameter(scenario, "teams.second.seats").steps == ((0, 0.0),)


def test_since_always_shapes_the_warm_up(tmp_path: Path) -> None:
    scenario = with_changes(tmp_path, "  - {times: teams.desk.seats, by: 0.5}", head="since: always")
    assert (parameter(scenario, "teams.desk.seats").value, parameter(scenario, "teams.desk.seats").steps) == (
        5,
        (),
    )
    assert scenario.since_always == ["plan0"]


def test_since_always_may_change_what_is_fixed_for_a_run(tmp_path: Path) -> None:
    scenario = with_changes(
        tmp_path,
        "  - {set: services.back.profile, to: day}\n  - {times: teams.desk.cost, by: 1.1}\n"
        "  - {set: business.employee_cost, to: 50 USD/h (40 to 60) own D}",
        head="since: always",
    )
    assert scenario.merged.base.services["back"].profile == "day"
    assert scenario.prices().teams[0].cost_per_hour == pytest.approx(44)
    assert scenario.prices().employee_cost_per_hour == 50


def test_what_is_fixed_for_a_run_is_refused_on_the_timeline(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"plan0.yaml:6 .*teams.desk.cost, which is fixed for a whole run"):
        with_changes(tmp_path, "  - {times: teams.desk.cost, by: 1.1}")
    with pytest.raises(BadInput, match=r"services.back.profile, which is fixed for a whole run"):
        with_changes(tmp_path, "  - {set: services.back.profile, to: day}")


def test_two_sets_on_one_key_name_both(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        with_changes(
            tmp_path, "  - {set: teams.desk.seats, to: 8}", "  - {set: 'teams[role=desk].seats', to: 9}"
        )
    assert "plan1.yaml:6" in str(caught.value)
    assert "sets teams.desk.seats, which plan0 sets too (plan0.yaml:6)" in str(caught.value)


def test_an_override_that_touches_nothing_is_a_warning(tmp_path: Path) -> None:
    scenario = with_changes(tmp_path, "  - {times: 'teams[role=network].seats', by: 2}")
    (warning,) = scenario.warnings
    assert warning == (
        "plan0 changes nothing in tiny.yaml; plan0.yaml:6 teams[role=network].seats: "
        "none of its teams is role=network; there is desk or other"
    )
    assert scenario.digest == load(write(tmp_path)).digest


def test_what_a_base_lacks_is_one_warning_with_lines_and_nearest_names(tmp_path: Path) -> None:
    scenario = with_changes(
        tmp_path,
        "  - {times: teams.dsk.seats, by: 2}\n"
        "  - {times: teams.desk.seats, by: 2}\n"
        "  - {times: 'teams[role=dsk].seats', by: 2}",
    )
    (warning,) = scenario.warnings
    assert warning == (
        "plan0 makes 1 of 3 changes in tiny.yaml; "
        "plan0.yaml:6 teams.dsk.seats: `dsk` is not there (did you mean desk?); "
        "plan0.yaml:8 teams[role=dsk].seats: none of its teams is role=dsk (did you mean desk?)"
    )


def test_selectors_find_things_by_name_attribute_and_link(tmp_path: Path) -> None:
    scenario = with_changes(
        tmp_path,
        "  - {times: 'categories[*].stages[role=desk].resolves', by: 0.5}\n"
        "  - {times: 'incidents[customer_facing].demand', by: 2}\n"
        "  - {plus: 'requests[automatable].automation', by: 30 %}\n"
        "  - {times: 'teams[role!=desk].seats', by: 2}\n"
        "  - {times: 'categories[*].stages[*].work', by: 2}",
    )
    assert [change.path for change in scenario.changes] == [
        "categories.fault.stages.desk.resolves",
        "incidents.trouble.demand",
        "requests.access.automation",
        "teams.second.seats",
        "categories.fault.stages.desk.work.mean",
        "categories.fault.stages.second.work.mean",
    ]
    assert scenario.changes[0].old == "70 %"
    assert scenario.changes[0].new == "35 %"


def test_set_on_the_command_line_changes_the_base_and_wins_over_a_set(tmp_path: Path) -> None:
    scenario = with_changes(
        tmp_path,
        "  - {set: teams.desk.seats, to: 8, from: week 1}\n  - {plus: teams.desk.seats, by: 1, from: week 2}",
        sets=("teams.desk.seats=6",),
    )
    assert (parameter(scenario, "teams.desk.seats").value, parameter(scenario, "teams.desk.seats").steps) == (
        6,
        ((2 * WEEK, 7),),
    )
    assert any("--set teams.desk.seats replaces what plan0 sets" in text for text in scenario.warnings)


def test_set_takes_units_intervals_selectors_and_whole_groups(tmp_path: Path) -> None:
    scenario = tiny(
        tmp_path,
        "",
        "",
        "teams[*].absence=0 %",
        "incidents.trouble.rate=50 /week (40 to 60) own D",
        "categories.fault.stages.desk.then={second: 100 %}",
        "requests.access.within=3 bd",
        "hours=48",
    )
    assert scenario.horizon == 2 * DAY
    assert scenario.merged.leaves["incidents.trouble.rate"].quantity.high == pytest.approx(60 / 168)
    assert scenario.model().requests[0].service_level.seconds == 3 * 8 * 3600


def test_moments_may_be_dates_and_months(tmp_path: Path) -> None:
    text = TINY.replace("weeks: 4", "weeks: 52")
    base = write(tmp_path, text)
    plan = override(
        tmp_path,
        "  - {set: teams.desk.seats, to: 11, from: month 2, until: 2026-04-05}\n"
        "  - {set: teams.second.seats, to: 5, from: day 3}",
    )
    scenario = load(f"{base}+{plan}")
    # 5 January plus two months is 5 March, 59 days later; 5 April is 90 days later.
    assert parameter(scenario, "teams.desk.seats").steps == ((59 * DAY, 11), (90 * DAY, 10))
    assert parameter(scenario, "teams.second.seats").steps == ((3 * DAY, 5),)


def test_costs_reach_the_prices(tmp_path: Path) -> None:
    head = (
        "costs:\n"
        "  - {name: Tool, at: week 1, amount: 500 USD (400 to 900) own D}\n"
        "  - {name: Upkeep, from: week 2, per_year: 90 USD/year}"
    )
    prices = with_changes(tmp_path, "  - {plus: teams.desk.seats, by: 1}", head=head).prices()
    assert [(cost.name, cost.start // WEEK, cost.amount, cost.per_year) for cost in prices.levers] == [
        ("Tool", 1, 500.0, 0.0),
        ("Upkeep", 2, 0.0, 90.0),
    ]


def test_costs_go_by_the_size_of_the_base(tmp_path: Path) -> None:
    head = (
        "costs:\n"
        "  - {name: Tool, amount: 500 USD (400 to 900) own D, per_year: 90 USD/year, per: 50 employees}\n"
        "  - {name: Course, amount: 70 USD}"
    )
    change = "  - {plus: teams.desk.seats, by: 1}"
    scenario = with_changes(tmp_path, change, head=head)
    users = 20
    paid = {cost.name: (cost.amount, cost.per_year) for cost in scenario.prices().levers}
    assert paid == {"Tool": (pytest.approx(10 * users), pytest.approx(1.8 * users)), "Course": (70, 0)}
    shown = {item.title: (item.low, item.value, item.high, item.unit) for item in scenario.assumptions}
    assert shown["Course"] == (70, 70, 70, "USD")
    tool = next(item for item in scenario.assumptions if item.path.endswith("cost Tool amount"))
    assert (tool.low, tool.value, tool.high) == (8 * users, 10 * users, 18 * users)
    assert tool.unit == "USD (500 per 50 employees)"


def test_half_a_million_for_the_baseline_is_less_for_a_small_shop() -> None:
    programme = {base: load(f"{base}+automation").prices().levers[0].amount for base in ("baseline", "small")}
    assert programme == {"baseline": 500_000, "small": 15_000}


def test_a_scenario_file_has_overrides_and_changes_of_its_own(tmp_path: Path) -> None:
    write(tmp_path)
    override(tmp_path, "  - {plus: teams.desk.seats, by: 2}", "more")
    text = (
        "watermelon: 1\nkind: scenario\ntitle: Both\nbase: tiny.yaml\noverrides: [more.yaml]\n"
        "changes:\n  - {times: teams.desk.seats, by: 2}\n"
    )
    scenario = load(write(tmp_path, text, "both.yaml"))
    assert scenario.name == "both"
    assert parameter(scenario, "teams.desk.seats").steps == ((0, 22.0),)


def test_a_base_without_changes_keeps_its_digest_under_another_name(tmp_path: Path) -> None:
    one = load(write(tmp_path))
    other = load(
        write(tmp_path, "# A comment\n" + TINY.replace("title: Tiny", "title: Renamed"), "other.yaml")
    )
    assert one.digest == other.digest
    assert one.digest != load(write(tmp_path), ("teams.desk.seats=11",)).digest
    assert one.digest != load(write(tmp_path), ("teams.desk.absence=20 % (10 to 31) own D",)).digest


def test_a_change_that_goes_beyond_a_bound_is_told(tmp_path: Path) -> None:
    plan = override(tmp_path, "  - {plus: 'teams[*].seats', by: -50, from: week 2}")
    (warning,) = load(f"{write(tmp_path)}+{plan}").warnings
    assert warning == (
        "plan.yaml:6 plus -50: would make teams.desk.seats = -40 (it is 10 in the base); it is held at 0, "
        "for it must be a whole number from 0 to 10000; so for 1 more"
    )


def test_changes_that_together_go_beyond_a_bound_are_all_named(tmp_path: Path) -> None:
    plan = override(
        tmp_path,
        "  - {times: teams.desk.absence, by: 3, until: week 2}\n"
        "  - {plus: teams.desk.absence, by: 60 %, from: week 1}",
    )
    (warning,) = load(f"{write(tmp_path)}+{plan}").warnings
    assert warning.startswith(
        "plan.yaml:7 plus 60 %, plan.yaml:6 times 3: would make teams.desk.absence = 120 %"
    )
    assert "held at 100 %" in warning


def test_more_seats_kept_for_planned_work_than_there_are_is_refused(tmp_path: Path) -> None:
    plan = override(
        tmp_path,
        "  - {plus: teams.desk.seats, by: -7, from: week 2, until: week 4}\n"
        "  - {set: teams.desk.ring_fenced, to: 4, from: week 3}",
    )
    with pytest.raises(BadInput) as caught:
        load(f"{write(tmp_path)}+{plan}")
    assert str(caught.value) == (
        "plan.yaml:7 teams.desk.ring_fenced = 4: must be at most the seats that the team has then (3)"
    )


def test_changes_that_together_keep_more_seats_than_there_are_are_told(tmp_path: Path) -> None:
    plan = override(tmp_path, "  - {plus: teams.desk.ring_fenced, by: 11, from: week 3}")
    (warning,) = load(f"{write(tmp_path)}+{plan}").warnings
    assert warning == (
        "plan.yaml:6 plus 11: would make teams.desk.ring_fenced = 11 where teams.desk.seats = 10; "
        "it is held at 10"
    )


def test_no_shipped_override_goes_beyond_a_bound() -> None:
    for base in ("small", "baseline"):
        for entry in catalogue():
            if entry.kind == "override":
                assert load(f"{base}+{entry.name}").warnings == []


def test_an_override_without_changes_is_told(tmp_path: Path) -> None:
    plan = write(tmp_path, "watermelon: 1\nkind: override\ntitle: A plan\nchanges: []\n", "plan.yaml")
    assert load(f"{write(tmp_path)}+{plan}").warnings == [
        f"{Path(plan).stem} changes nothing: it has no `changes` and no `costs`"
    ]
