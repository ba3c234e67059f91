"""Changes that fade, and plans whose milestones slip."""

from pathlib import Path

import pytest

from scenarios import load
from scenarios.errors import BadInput
from sim.spec.calendars import DAY, WEEK
from sim.spec.parameters import Parameter
from tests.scenarios.tiny import TINY, override, write


def lever(folder: Path, change: str, path: str = "teams.desk.seats", draw: int | None = None) -> Parameter:
    """The parameter of a key under one change."""
    write(folder, TINY)
    plan = override(folder, f"  - {change}", head=MILESTONES)
    model = load(f"{folder / 'tiny.yaml'}+{plan}").model(draw=draw, seed=1)
    return next(item for item in model.parameters if item.path == path)


MILESTONES = """\
milestones:
  one_tool: {title: one tool for all, at: day 7, slip: 0 days (0 to 14) own D}
  done: {at: week 3}
"""


def test_a_change_fades_by_half_in_weekly_steps(tmp_path: Path) -> None:
    seats = lever(tmp_path, "{plus: teams.desk.seats, by: 8, from: day 2, half_life: 1 week}")
    assert seats.steps == (
        (2 * DAY, 18.0),
        (2 * DAY + WEEK, 14.0),
        (2 * DAY + 2 * WEEK, 12.0),
        (2 * DAY + 3 * WEEK, 11.0),
    )


def test_it_grows_first_and_ends_in_between(tmp_path: Path) -> None:
    change = "{times: teams.desk.seats, by: 2, ramp: 2 days, half_life: 2 weeks, until: week 2}"
    seats = lever(tmp_path, change)
    assert [time for time, _ in seats.steps] == [DAY, 2 * DAY, 2 * DAY + WEEK, 2 * WEEK]
    assert [value for _, value in seats.steps] == pytest.approx([15, 20, 10 * (1 + 0.5**0.5), 10])


def test_changes_hang_on_milestones(tmp_path: Path) -> None:
    change = "{plus: teams.desk.seats, by: 1, from: one_tool, until: done}"
    assert lever(tmp_path, change).steps == ((7 * DAY, 11.0), (3 * WEEK, 10.0))


def test_milestones_slip_together_by_whole_days(tmp_path: Path) -> None:
    write(tmp_path, TINY)
    text = (
        "  - {plus: teams.desk.seats, by: 1, until: one_tool}\n"
        "  - {plus: teams.second.seats, by: 1, from: one_tool}"
    )
    plan = override(tmp_path, text, head=MILESTONES)
    scenario = load(f"{tmp_path / 'tiny.yaml'}+{plan}")
    ends = set()
    for draw in range(20):
        moved = {item.path: item.steps for item in scenario.model(draw=draw, seed=1).parameters if item.steps}
        end = moved["teams.desk.seats"][-1][0]
        assert moved["teams.second.seats"] == ((end, 5.0),)
        assert 7 * DAY <= end <= 21 * DAY
        assert end % DAY == 0
        ends.add(end)
    assert len(ends) > 3
    late = next(item for item in scenario.assumptions if item.path == "plan: milestone one_tool")
    assert (late.high, late.unit, late.title) == (14, "days", "How late: one tool for all (day 7)")
    assert scenario.changes[0].when == "from the start, until one tool for all (day 7, or up to 14 days late)"


MISTAKES = {
    "{plus: teams.desk.seats, by: 1, from: one_tol}": (
        "plan.yaml:6 changes[1].from = one_tol: must be a moment: start, day 30, week 4, month 6, year 1 "
        "or a date such as 2026-03-01 (did you mean one_tool?)"
    ),
    "{plus: teams.desk.seats, by: 1, half_life: 2 days}": (
        "changes[1].half_life = 2 days: must be at least 1 week: a change fades in weekly steps"
    ),
    "{plus: teams.desk.seats, by: 1, half_life: 3}": "changes[1].half_life = 3: must be a time such as",
    "{set: teams.desk.policy, to: sla, half_life: 3 weeks}": "cannot be used on teams.desk.policy",
    "{plus: teams.desk.seats, by: 1, from: done, until: one_tool}": "until = one_tool: must be after `from`",
}


@pytest.mark.parametrize("change", MISTAKES)
def test_mistakes_in_time(change: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as error:
        lever(tmp_path, change)
    assert MISTAKES[change] in str(error.value)


def test_a_milestone_before_the_start_is_refused(tmp_path: Path) -> None:
    write(tmp_path, TINY)
    plan = override(
        tmp_path,
        "  - {plus: teams.desk.seats, by: 1, from: past}",
        head="milestones: {past: {at: 2025-12-01, slip: 1 day}}",
    )
    with pytest.raises(BadInput) as error:
        load(f"{tmp_path / 'tiny.yaml'}+{plan}")
    text = "plan.yaml:7 milestones.past.at = 2025-12-01: must not be before the start, 2026-01-05"
    assert text in str(error.value)
