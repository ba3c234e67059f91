"""Teams at work, in days small enough to check by hand (seats, shifts, on-call, interruptions)."""

from __future__ import annotations

import pytest

from sim.history.kinds import SeatState
from sim.spec.organisation import Policy
from tests.sim.organisations import Builder, impact
from tests.sim.scripts import activities, hours, play_script, restored, work


def one_team(priorities: list[int], work_hours: list[float] | None = None, **team: object) -> Builder:
    """A team and a stream for each priority, each with its own amount of work."""
    builder = Builder()
    if "shifts" in team and callable(team["shifts"]):
        team["shifts"] = team["shifts"](builder)
    builder.team("desk", **team)
    for row, priority in enumerate(priorities):
        stage = builder.stage(0, work=(work_hours or [1.0] * len(priorities))[row])
        builder.incident_stream(builder.category([stage]), impacts=[(1.0, impact(priority))])
    return builder


def test_a_ticket_waits_for_the_only_seat() -> None:
    history = play_script(one_team([3]).model(), [(1, 0), (1.5, 0)])
    assert work(history) == [(1.0, 2.0, 0, 0, "working"), (2.0, 3.0, 0, 1, "working")]
    assert activities(history, 1) == [
        ("occur", 1.5, 1.5),
        ("detect", 1.5, 1.5),
        ("queue", 1.5, 2.0),
        ("restore", 3.0, 3.0),
        ("close", 3.0, 3.0),
    ]


def test_more_seats_shorter_waits_and_the_lowest_number_goes_first() -> None:
    history = play_script(one_team([3], seats=2).model(), [(1, 0), (1.5, 0), (1.75, 0)])
    assert restored(history) == [2.0, 2.5, 3.0]
    assert [row[2] for row in work(history)] == [0, 1, 0]


def test_the_fastest_free_seat_takes_the_work() -> None:
    history = play_script(one_team([3], seats=2, speeds=(500, 1000)).model(), [(1, 0), (1.5, 0)])
    assert work(history) == [(1.0, 2.0, 1, 0, "working"), (1.5, 3.5, 0, 1, "working")]


def test_the_more_severe_ticket_goes_first() -> None:
    history = play_script(one_team([4, 2]).model(), [(1, 0), (1.2, 0), (1.4, 1)])
    assert restored(history) == [2.0, 4.0, 3.0]


def test_first_come_first_served_ignores_severity() -> None:
    history = play_script(one_team([4, 2], policy=Policy.FIRST_COME).model(), [(1, 0), (1.2, 0), (1.4, 1)])
    assert restored(history) == [2.0, 3.0, 4.0]


def test_shortest_job_first_counts_tickets() -> None:
    builder = one_team([3, 3], [2.0, 0.5], policy=Policy.SHORTEST_JOB)
    assert restored(play_script(builder.model(), [(1, 0), (1.2, 0), (1.4, 1)])) == [3.0, 5.5, 3.5]


def test_business_impact_weighs_value_against_work() -> None:
    builder = Builder()
    builder.team("desk", policy=Policy.BUSINESS_IMPACT)
    builder.service("shop", believed=100)
    builder.service("office", believed=30)
    category = builder.category([builder.stage(0)])
    builder.incident_stream(category, service=1)
    builder.incident_stream(category, service=0)
    assert restored(play_script(builder.model(), [(1, 0), (1.2, 0), (1.4, 1)])) == [2.0, 4.0, 3.0]


def test_priority_1_interrupts_the_least_important_latest_started_work() -> None:
    builder = one_team([3, 4, 1], seats=3, switch_loss=0.25)
    history = play_script(builder.model(), [(1, 0), (1.1, 1), (1.2, 1), (1.5, 2)])
    assert restored(history) == pytest.approx([2.0, 2.1, 2.0 + 0.7 + 0.25, 2.5])
    # Ticket 2 stopped at 1.5, went on when the first seat was free, and paid for the interruption.
    assert work(history)[2:] == [
        (1.2, 1.5, 2, 2, "working"),
        (1.5, 2.5, 2, 3, "working"),
        (2.0, pytest.approx(2.95), 0, 2, "working"),
    ]
    assert history.seat_time.switch_loss.sum() == 900


def test_priority_1_does_not_interrupt_priority_1() -> None:
    assert restored(play_script(one_team([1]).model(), [(1, 0), (1.5, 0)])) == [2.0, 3.0]


def test_unfinished_work_goes_home_at_the_end_of_the_shift() -> None:
    builder = one_team([3], shifts=lambda b: (b.shift(b.daily(9, 17)),))
    history = play_script(builder.model(), [(16.5, 0), (16.6, 0)])
    assert work(history) == [
        (16.5, 17.0, 0, 0, "working"),
        (33.0, 33.5, 0, 0, "working"),
        (33.5, 34.5, 0, 1, "working"),
    ]


def test_priority_1_goes_on_after_the_shift_as_overtime() -> None:
    builder = one_team([1], shifts=lambda b: (b.shift(b.daily(9, 17)),))
    history = play_script(builder.model(), [(16.5, 0)])
    assert work(history) == [(16.5, 17.0, 0, 0, "working"), (17.0, 17.5, 0, 0, "overtime")]


def test_on_call_is_called_for_priority_1_alone() -> None:
    builder = one_team([1, 2], on_call=1, seats=2, shifts=lambda b: (b.shift(b.daily(9, 17)),))
    history = play_script(builder.model(), [(20, 0), (20, 1), (20.5, 0)])
    assert work(history) == [
        (20.0, 21.0, 0, 0, "overtime"),
        (21.0, 22.0, 0, 2, "overtime"),
        (33.0, 34.0, 0, 1, "working"),
    ]


def test_without_on_call_the_night_waits() -> None:
    builder = one_team([1], shifts=lambda b: (b.shift(b.daily(9, 17)),))
    assert restored(play_script(builder.model(), [(20, 0)])) == [34.0]


def test_a_call_that_lasts_into_the_shift_becomes_ordinary_work() -> None:
    builder = one_team([1], [3.0], on_call=1, shifts=lambda b: (b.shift(b.daily(9, 17)),))
    history = play_script(builder.model(), [(7, 0)])
    assert work(history) == [(7.0, 9.0, 0, 0, "overtime"), (9.0, 10.0, 0, 0, "working")]


def test_a_public_holiday_is_paid_absence_and_still_on_call() -> None:
    builder = one_team([1, 3], on_call=1, shifts=lambda b: (b.shift(b.daily(9, 17), holidays=[0]),))
    history = play_script(builder.model(), [(10, 0), (10, 1)])
    assert work(history) == [(10.0, 11.0, 0, 0, "working"), (33.0, 34.0, 0, 1, "working")]
    assert hours(history, SeatState.ABSENT) == 7.0


def test_two_shifts_hand_over_at_the_desk() -> None:
    builder = one_team(
        [3], [4.0], seats=2, shifts=lambda b: (b.shift(b.daily(6, 14)), b.shift(b.daily(14, 22)))
    )
    history = play_script(builder.model(), [(12, 0)])
    assert work(history) == [(12.0, 14.0, 0, 0, "working"), (14.0, 16.0, 1, 0, "working")]


def test_a_seat_that_is_cut_finishes_its_item_first() -> None:
    builder = one_team([3], seats=2, seat_steps=[(int(1.5 * 3600), 1.0)])
    history = play_script(builder.model(), [(1, 0), (1, 0), (1, 0)])
    assert [row[:4] for row in work(history)] == [(1.0, 2.0, 0, 0), (1.0, 2.0, 1, 1), (2.0, 3.0, 0, 2)]
    assert hours(history, SeatState.IDLE) == 7 * 24 + 2 - 3


def test_a_new_seat_takes_what_waits_at_once() -> None:
    builder = one_team([3], seats=1, seat_steps=[(int(1.5 * 3600), 2.0)])
    assert restored(play_script(builder.model(), [(1, 0), (1, 0)])) == [2.0, 2.5]


def test_absence_takes_whole_days_and_more_absence_takes_a_superset() -> None:
    def days_away(share: float) -> set[int]:
        builder = Builder(days=28)
        builder.team("desk", absence=share, shifts=(builder.shift(builder.daily(9, 17)),))
        builder.incident_stream(builder.category([builder.stage(0)]))
        table = play_script(builder.model(), []).seat_time
        away = table.state == SeatState.ABSENT
        assert set((table.end - table.start)[away].tolist()) <= {8 * 3600}
        return set((table.start[away] // 86400).tolist())

    few, many = days_away(0.2), days_away(0.5)
    assert 0 < len(few) < len(many) < 28
    assert few < many


def test_on_call_needs_no_interruptions() -> None:
    builder = one_team([1], preempts=0, on_call=1, shifts=lambda b: (b.shift(b.daily(9, 17)),))
    assert restored(play_script(builder.model(), [(20, 0)])) == [21.0]


def test_a_team_that_is_not_interrupted_lets_priority_1_wait_for_a_seat_but_first_in_line() -> None:
    builder = one_team([4, 1], preempts=0, policy=Policy.FIRST_COME)
    assert restored(play_script(builder.model(), [(1, 0), (1.2, 0), (1.4, 1)])) == [2.0, 4.0, 3.0]


def test_who_is_on_a_call_when_a_day_off_begins_ends_the_call_and_is_away() -> None:
    builder = one_team(
        [1, 3], [3.0, 1.0], on_call=1, shifts=lambda b: (b.shift(b.daily(9, 17), holidays=[0]),)
    )
    history = play_script(builder.model(), [(7, 0), (9.5, 1)])
    assert work(history) == [
        (7.0, 9.0, 0, 0, "overtime"),
        (9.0, 10.0, 0, 0, "working"),
        (33.0, 34.0, 0, 1, "working"),
    ]
    assert hours(history, SeatState.ABSENT) == 7.0


def test_interrupted_work_waits_again() -> None:
    builder = one_team([3, 1], switch_loss=0.25)
    history = play_script(builder.model(), [(1, 0), (1.5, 1)])
    assert ("queue_again", 1.5, 2.5) in activities(history, 0)
    assert restored(history) == [3.25, 2.5]


def test_a_seat_that_is_to_go_is_not_given_another_item() -> None:
    builder = one_team([3, 1], seats=2, seat_steps=[(int(1.2 * 3600), 1.0)])
    history = play_script(builder.model(), [(1, 0), (1.1, 0), (1.5, 1)])
    # Priority 1 interrupts the seat that stays; the other one finishes and leaves.
    assert [row[:4] for row in work(history)] == [
        (1.0, 1.5, 0, 0),
        (1.1, 2.1, 1, 1),
        (1.5, 2.5, 0, 2),
        (2.5, 3.0, 0, 0),
    ]
