"""What is learnt from a log whose making is known."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from calibration.exports.log import read_log
from calibration.exports.mapping import Cleaning, Mapping
from calibration.fit import durations
from calibration.fit.clock import Clock
from calibration.fit.durations import Sample, fitted_wait, stage_times, wilson, work_of
from calibration.fit.hours import TeamHours, hours_from, minutes_until_open, seats_needed
from calibration.fit.organisation import Organisation, learn
from calibration.fit.visits import without_quiet_days
from tests.calibration.synthetic import DESK, synthetic_log, write_log


def test_teams_are_named_by_volume_and_the_desk_is_found(plain: Organisation) -> None:
    desk = plain.teams[0]
    assert (desk.key, desk.title, desk.role, desk.names) == ("team_1", "Team 1", "desk", (DESK,))
    assert [team.title for team in plain.teams] == ["Team 1", "Team 2", "Team 3"]


def test_routine_kinds_become_requests(plain: Organisation) -> None:
    routine = [group for group in plain.groups if group.request]
    assert [group.names for group in routine] == [("Password / Password kind",)]
    assert plain.rates["routine"].mode == pytest.approx(0.3 * (5 * 30 + 2 * 5), rel=0.2)


def test_arrivals_add_up_to_the_log(plain: Organisation) -> None:
    weekly = sum(rate.mode for rate in plain.rates.values())
    assert weekly == pytest.approx(len(plain.cases) / plain.window.weeks, rel=0.05)
    assert plain.arrivals.profile[:, :8].sum() == 0
    assert plain.arrivals.fano < 2


def test_a_quiet_day_is_left_out(tmp_path: Path, servicenow: Mapping) -> None:
    text = synthetic_log(weeks=6, per_day=30, quiet_day=10)
    found = learn(read_log(write_log(tmp_path, text), servicenow))
    assert [f"{day:%Y-%m-%d}" for day in found.arrivals.quiet_days] == ["2024-01-11"]
    assert "quiet_days" in {finding.name for finding in found.findings}


def test_the_matrix_is_the_one_that_made_the_log(plain: Organisation) -> None:
    network = next(group.key for group in plain.groups if group.names == ("Network",))
    routing = plain.routing[network]
    assert routing.entry == {"team_1": 1.0}
    assert routing.stages["team_1"].resolves.mode == pytest.approx(0.45, abs=0.12)
    owner = next(iter(routing.stages["team_1"].then))
    assert routing.stages["team_1"].then[owner] > 0.8
    assert routing.stages[owner].resolves.mode > 0.95


def test_waiting_for_the_user_is_told_from_work(plain: Organisation) -> None:
    desk = plain.book.teams["team_1"]
    assert 60 * desk.work.mean == pytest.approx(12, abs=2)
    assert desk.user.share.mode == 0
    for key in ("team_2", "team_3"):
        second = plain.book.teams[key]
        assert second.user.share.low < 0.2 < second.user.share.high
        assert second.user.wait is not None


def test_medians_jump_at_the_first_handoff(plain: Organisation) -> None:
    text = next(finding.text for finding in plain.findings if finding.name == "handoffs")
    assert text.startswith("Median opened to resolved by number of handoffs: 0: 0.")
    assert plain.cases.groupby("handoffs")["hours"].median()[1] > 15


def test_service_levels_keep_the_share_that_the_log_kept(plain: Organisation) -> None:
    kept = plain.cases[plain.cases["priority"] == 3]
    share = (kept["clock_hours"] <= plain.levels[3]).mean()
    assert share == pytest.approx(kept["made_sla"].mean(), abs=0.01)
    # The model's clock stops while the user is waited for.
    assert (kept["clock_hours"] <= kept["hours"]).all()
    assert (kept["clock_hours"] < kept["hours"]).any()


def test_fitted_waits_give_back_the_times_seen() -> None:
    chance = np.random.default_rng(3)
    hours = TeamHours(8, 18)
    until_open = minutes_until_open(hours.open_minutes())
    start = (chance.integers(0, 5, 600) * 1440 + chance.integers(480, 1080, 600)).astype(np.int64)
    # Tickets end when the team is there: whole days later at some time of the day.
    end = start + 1440 * chance.integers(1, 5, 600)
    end = end + (60 * until_open[end % 10_080] / 60).astype(np.int64)
    sample = Sample(
        start, (end - start) / 60, (end - start) / 60, np.zeros(600), np.ones(600, dtype=bool), until_open
    )
    wait = fitted_wait(sample, work_of(np.full(20, 0.2), 0.5), None, 0.0, chance)
    done = start / 60 + 0.1 + wait.draw(chance.random(600))
    took = done + until_open[(60 * done).astype(np.int64) % 10_080] / 60 + 0.1 - start / 60
    assert took.mean() == pytest.approx(sample.hours.mean(), rel=0.1)
    assert np.quantile(took, 0.9) == pytest.approx(np.quantile(sample.hours, 0.9), rel=0.1)


def test_quick_visits_are_work_and_long_ones_wait() -> None:
    chance = np.random.default_rng(4)
    quick = chance.uniform(0.05, 0.4, 700)
    slow = chance.uniform(20, 60, 300)
    until_open = np.zeros(10_080)
    sample = Sample(
        np.full(1000, 600),
        np.concatenate([quick, slow]),
        np.concatenate([quick, slow]),
        np.zeros(1000),
        np.ones(1000, dtype=bool),
        until_open,
    )
    times = stage_times(sample, "desk", chance)
    assert times.other.share.mode == pytest.approx(0.3)
    assert times.work.mean == pytest.approx(quick.mean(), rel=0.05)
    assert times.other.wait is not None
    assert times.other.wait.mean == pytest.approx(slow.mean(), rel=0.05)


def test_visits_that_settle_and_those_that_hand_on_wait_differently() -> None:
    chance = np.random.default_rng(5)
    settled = np.arange(600) < 400
    hours = np.where(settled, 0.2, chance.uniform(20, 60, 600))
    asked = np.where(~settled & (np.arange(600) % 4 == 0), 10.0, 0.0)
    times = stage_times(
        Sample(np.full(600, 600), hours, hours, asked, settled, np.zeros(10_080)), "desk", chance
    )
    assert times.other.share.mode == 0
    assert times.onward is not None
    assert times.onward.share.mode == 1
    # Nobody who settled it asked the user, so that the share is that of all and needs no factor.
    assert (times.user.share.mode, times.asks) == (pytest.approx(50 / 600), None)


def test_days_off_are_taken_out_of_what_visits_take() -> None:
    friday = pd.Timestamp("2024-03-29")
    spans = pd.DataFrame(
        {
            "start": [friday - pd.Timedelta(hours=6), friday + pd.Timedelta(hours=9)],
            "end": [friday + pd.Timedelta(hours=81), friday + pd.Timedelta(hours=10)],
            "hours": [87.0, 1.0],
            "user_hours": [80.0, 0.0],
        }
    )
    found, findings = without_quiet_days(spans, (friday,))
    assert found["hours"].tolist() == [63.0, 1.0]
    assert found["user_hours"].tolist() == [63.0, 0.0]
    assert [finding.name for finding in findings] == ["days_off"]


def test_wilson_intervals() -> None:
    share = wilson(5, 10)
    assert (share.low, share.high) == (pytest.approx(0.269, abs=0.01), pytest.approx(0.731, abs=0.01))
    assert wilson(0, 0).mode == 0


def test_hours_are_read_off_from_activity() -> None:
    times = pd.Series(pd.date_range("2024-01-01 08:00", "2024-01-26 15:50", freq="10min"))
    hours = hours_from(times[times.dt.hour.between(8, 15) & (times.dt.day_of_week < 5)])
    assert (hours.begin, hours.end, hours.weekend) == (8, 16, False)
    open_minutes = hours.open_minutes()
    assert open_minutes.sum() == 5 * 8 * 60
    waits = minutes_until_open(open_minutes)
    assert waits[0] == 8 * 60
    assert waits[4 * 1440 + 16 * 60] == 64 * 60


def test_a_working_day_has_eight_to_sixteen_hours() -> None:
    always = pd.Series(pd.date_range("2024-01-01", "2024-01-28", freq="20min"))
    hours = hours_from(always)
    assert hours.end - hours.begin == 16
    assert hours.weekend
    morning = hours_from(always[always.dt.hour.isin([9, 10])])
    assert morning.end - morning.begin == 8


def test_seats_carry_the_work_and_never_exceed_the_people() -> None:
    hours = TeamHours(8, 16)
    load = np.zeros(168)
    for day in range(5):
        load[day * 24 + 8 : day * 24 + 16] = 4.0
    assert seats_needed(hours, load, 100.0).day == 17
    assert seats_needed(hours, load, 4.0).day == 5
    assert seats_needed(hours, load / 1000, 1.0).day == 2
    # 160 hours of work by 17 people, 40 hours each, of which a fifth is absence.
    seats = seats_needed(hours, load, 100.0)
    assert (seats.work, seats.present(hours)) == (160, 544)


def test_posts_at_night_carry_the_busiest_hours() -> None:
    hours = TeamHours(8, 16, nights=True)
    load = np.zeros(168)
    load[7:120:24] = 3.0
    # 3 agents at the busiest, 40% busy, a fifth absent: 9.4; on average 15 / 128 h would need one.
    assert seats_needed(hours, load, 100.0).cover == 10


def test_the_way_through_the_teams_of_a_list_is_assumed_unless_the_mapping_forbids_it(
    tmp_path: Path, servicenow: Mapping
) -> None:
    header, *lines = synthetic_log().splitlines()
    last = {line.split(",")[0]: line for line in lines}
    path = write_log(tmp_path, "\n".join([header, *last.values()]))
    mapping = servicenow.model_copy(update={"cleaning": Cleaning(list_routes=False)})
    found = learn(read_log(path, mapping))
    told = {finding.name: finding.text for finding in found.findings}
    assert "cleaning.list_routes" in told["no_route"]
    assert not {"list_route", "bounces"} & set(told)
    assert found.misrouting.mode == 0
    assert all(not stage.then for routing in found.routing.values() for stage in routing.stages.values())
    assumed = learn(read_log(path, servicenow))
    assert "no_route" not in {finding.name for finding in assumed.findings}
    for finding in assumed.findings:
        assert finding.name != "bounces" or "counted and shown by no row" in finding.text
    assert any(stage.then for routing in assumed.routing.values() for stage in routing.stages.values())


def test_waits_in_office_hours_are_fitted_by_the_hours_on_the_wall(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = np.random.default_rng(6)
    office = TeamHours(8, 18).open_minutes()
    until_open = minutes_until_open(office)
    start = (chance.integers(0, 5, 800) * 1440 + chance.integers(480, 1020, 800)).astype(np.int64)
    # Half is over within the day, however late it began; the rest takes some office hours.
    clock, rest = Clock(office), 1080 - start % 1440
    later = clock.after(start.astype(float), 60 * chance.exponential(15, 800)) - start
    hours = np.where(np.arange(800) % 2 == 0, rest * chance.uniform(0.3, 0.95, 800), later) / 60
    ran = clock.between(start.astype(float), start + 60 * hours) / 60
    sample = Sample(start, hours, ran, np.zeros(800), np.ones(800, dtype=bool), until_open, clock)

    def apart(rounds: int) -> float:
        """Mean distance of logarithmic quantiles on the wall."""
        monkeypatch.setattr(durations, "WALL_ROUNDS", rounds)
        draws = np.random.default_rng(7)
        wait = fitted_wait(sample, work_of(np.full(20, 0.2), 0.5), None, 0.0, draws)
        back = clock.after(start + 6.0, 60 * wait.draw(draws.random(800)))
        took = (back + until_open[back.astype(np.int64) % 10_080] + 6 - start) / 60
        return float(np.abs(np.sort(np.log10(took)) - np.sort(np.log10(hours))).mean())

    assert apart(durations.WALL_ROUNDS) < 0.9 * apart(0)
