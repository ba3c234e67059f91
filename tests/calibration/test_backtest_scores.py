"""Scores of a backtest, on numbers small enough to check by hand."""

from dataclasses import replace

import numpy as np
import pytest

from calibration.backtest.opening import (
    Donors,
    PastWeek,
    ages,
    donors_of,
    gone_on,
    past_weeks,
    week_by_week,
)
from calibration.backtest.past import only_hours
from calibration.backtest.scores import (
    DURATIONS,
    Distance,
    Figure,
    bootstrap,
    daily_error,
    distance,
    handoff_medians,
    median,
    noise_floor,
    reassignment_shares,
)
from calibration.backtest.scoring import abandoned, left_open, recorded_late
from calibration.backtest.series import arrivals, at_week_ends, backlog, by_week, series
from calibration.backtest.thresholds import Thresholds, checks, verdict
from calibration.backtest.tickets import Tickets
from calibration.score import wasserstein


def tickets(opened: list[float], hours: list[float], handoffs: int = 0, priority: int = 3) -> Tickets:
    begun, took = np.array(opened, dtype=float), np.array(hours, dtype=float)
    whole = np.zeros(len(begun), dtype=np.int64)
    return Tickets(
        begun,
        took,
        np.where(np.isnan(took), np.inf, begun + took),
        whole + priority,
        whole + handoffs,
        whole > 0,
    )


NEVER = float("nan")
TEN = tickets([0.0] * 20, [1.0] * 10 + [3.0] * 10)


def test_distances_of_known_distributions() -> None:
    later = tickets([0.0] * 20, [2.0] * 10 + [4.0] * 10)
    found = {name: measure(TEN, later) for name, measure in DURATIONS.items()}
    assert found["ks"] == 0.5
    assert found["wasserstein_hours"] == pytest.approx(1.0)
    by_hand = (np.log10(2 + 1 / 60) - np.log10(1 + 1 / 60) + np.log10(4 + 1 / 60) - np.log10(3 + 1 / 60)) / 2
    assert found["wasserstein_log10_hours"] == pytest.approx(by_hand)


def test_what_never_ends_has_no_duration() -> None:
    with_open = tickets([0.0] * 21, [1.0] * 10 + [3.0] * 10 + [NEVER])
    assert DURATIONS["ks"](TEN, with_open) == 0.0


def test_a_distance_is_a_mean_over_replications_beside_its_yardsticks() -> None:
    off_by_one, off_by_two = (tickets([0.0] * 20, [1.0 + by] * 10 + [3.0 + by] * 10) for by in (1, 2))
    found = distance(
        "wasserstein_hours", DURATIONS["wasserstein_hours"], [off_by_one, off_by_two], TEN, off_by_two
    )
    assert (found.value, found.resampling) == (pytest.approx(1.5), pytest.approx(2.0))
    assert 0 < (found.noise_floor or 0) < 1
    assert Thresholds().limited(found).limit == pytest.approx(2.2)
    assert Thresholds().limited(found).kept
    assert Thresholds(limits={"wasserstein_hours": 1.4}).limited(found).kept is False


def test_too_few_tickets_have_no_distance() -> None:
    few = tickets([0.0] * 3, [1.0, 2.0, 3.0])
    assert distance("ks", DURATIONS["ks"], [TEN], few, None) == Distance("ks", None, None, None)
    assert distance("ks", DURATIONS["ks"], [few], TEN, None).value is None


def test_halves_of_what_is_all_alike_are_not_apart() -> None:
    assert noise_floor(DURATIONS["ks"], tickets([0.0] * 40, [5.0] * 40)) == 0.0


def test_the_interval_of_a_median_is_widened_by_its_width() -> None:
    chance = np.random.default_rng(1)
    hours = chance.lognormal(1.0, 1.0, 200)
    log = tickets([0.0] * 200, list(hours), handoffs=1)
    low, high = bootstrap(hours, lambda rows: np.median(rows, axis=1))
    assert low < median(hours) < high
    found = handoff_medians([log], log, None, widen=0.25)[1]
    assert (found.low, found.high) == (low, high)
    assert (found.most or 0) - (found.least or 0) == pytest.approx(1.25 * (high - low))
    assert found.kept
    slow = tickets([0.0] * 200, list(10 * hours), handoffs=1)
    assert handoff_medians([slow], log, None, widen=0.25)[1].kept is False
    assert handoff_medians([log], log, None, widen=0.25)[2] == Figure(None, None, None)


def test_reassignments_are_shares_of_all_tickets() -> None:
    log = tickets([0.0] * 4, [1.0] * 4, handoffs=1)
    model = tickets([0.0] * 4, [1.0] * 4, handoffs=7)
    found = reassignment_shares([model, log], log, None)
    assert {name: (item.model, item.log) for name, item in found.items()} == {
        "0": (0, 0),
        "1": (0.5, 1),
        "2": (0, 0),
        "3": (0, 0),
        "4+": (0.5, 0),
    }


def test_arrivals_and_open_tickets_by_day() -> None:
    seen = tickets([1.0, 20.0, 25.0, 49.0], [2.0, 10.0, 100.0, NEVER])
    assert arrivals(seen, 3).tolist() == [2, 1, 1]
    # At 24 h the second is open, at 48 h the third, at 72 h the third and the fourth.
    assert backlog(seen, np.array([30.0, 60.0]), 3).tolist() == [3, 2, 2]
    assert seen.open_by(np.array([24.0, 48.0, 72.0])).tolist() == [1, 1, 2]
    assert len(seen.open_at(24.0)) == 1


def test_what_ends_after_the_log_is_not_known_to_end() -> None:
    seen = tickets([0.0, 0.0], [5.0, 50.0]).known_by(10.0)
    assert seen.finished.tolist() == [5.0]
    assert seen.gone.tolist() == [5.0, np.inf]


def test_coverage_is_the_share_of_days_inside() -> None:
    # One more run than these 99 lies below the fifth in five of a hundred cases.
    runs = [np.array([float(value), float(value)]) for value in range(1, 100)]
    line = series("arrivals_daily", np.array([5.0, 96.0]), runs)
    assert (line.low.tolist(), line.high.tolist()) == ([5, 5], [95, 95])
    assert line.inside == [True, False]
    assert line.coverage == 0.5
    assert series("arrivals_weekly", np.zeros(0), [np.zeros(0)] * 2).coverage is None


def test_weeks_are_whole() -> None:
    daily = np.arange(15, dtype=float)
    assert by_week(daily).tolist() == [21, 70]
    assert at_week_ends(daily).tolist() == [6, 13]
    assert len(by_week(daily[:6])) == len(at_week_ends(daily[:6])) == 0


def test_errors_by_day_are_shares_of_the_mean() -> None:
    found = daily_error("arrivals_daily_error", np.array([9.0, 12.0]), np.array([10.0, 10.0]), None, None)
    assert found.value == pytest.approx(0.15)


def test_donors_are_open_at_the_same_hour_of_the_week() -> None:
    # Opened 10 h before the start and 10 h before the week after.
    played = tickets([-10.0, 158.0], [20.0, NEVER])
    found = donors_of(played, warmup=336.0, horizon=400.0)
    assert sorted(zip(found.age.tolist(), found.left.tolist(), strict=True)) == [
        (10.0, 10.0),
        (10.0, np.inf),
        (178.0, np.inf),
    ]


def test_the_backlog_goes_on_as_tickets_of_its_age_and_priority_did() -> None:
    age = np.repeat([1.0, 1000.0], 40)
    donors = Donors(
        np.concatenate([age, age]),
        np.concatenate([np.repeat([5.0, 500.0], 40), np.repeat([7.0, 700.0], 40)]),
        np.repeat([1, 3], 80),
    )
    chance = np.random.default_rng(1)
    young, old = tickets([-0.5], [NEVER], priority=1), tickets([-1200.0], [NEVER], priority=3)
    assert gone_on(young, donors, chance).tolist() == [5.0]
    assert gone_on(old, donors, chance).tolist() == [700.0]
    # Priority 2 was never seen: all are asked.
    assert gone_on(tickets([-0.5], [NEVER], priority=2), donors, chance)[0] in (5.0, 7.0)


def test_the_backlog_goes_on_week_by_week_as_the_log_did() -> None:
    # A week before the start 40 tickets were an hour old, and went after 3 h; 40 were older, and stayed.
    young, old = [-169.0] * 40, [-900.0] * 40
    log = tickets(young + old, [4.0] * 40 + [NEVER] * 40)
    weeks = past_weeks(log, begin=-168.0, quiet=np.zeros(0))
    assert len(weeks) == 1
    assert sorted(set(weeks[0].age.tolist())) == [1.0, 732.0]
    chance = np.random.default_rng(1)
    left = week_by_week(np.array([0.5, 2000.0]), weeks, 336.0, np.ones(14), chance)
    assert left.tolist() == [3.0, np.inf]
    assert past_weeks(log, begin=-168.0, quiet=np.array([-48.0])) == []


def test_the_backlog_goes_faster_on_days_on_which_more_ends() -> None:
    # Half of the tickets of a week went, in the middle of its second day.
    week = PastWeek(-168.0, np.full(100, 5.0), np.tile([36.0, np.inf], 50))
    age = np.full(4_000, 5.0)
    for factor, share in ((1.0, 0.5), (2.0, 0.75), (0.0, 0.0)):
        faster = np.array([9.0, factor, 9.0, 9.0, 9.0, 9.0, 9.0])
        left = week_by_week(age, [week], 168.0, faster, np.random.default_rng(1))
        assert np.isfinite(left).mean() == pytest.approx(share, abs=0.03)
        assert set(left.tolist()) <= {36.0, np.inf}


def test_quiet_days_do_not_make_a_ticket_older() -> None:
    opened = np.array([-50.0, -20.0])
    assert ages(opened, 0.0, np.array([-48.0])).tolist() == [26.0, 20.0]


def test_tickets_without_a_time_of_resolution_are_as_many_in_the_model() -> None:
    gone = Tickets(*(getattr(tickets([-9.0] * 10, [NEVER] * 10), name) for name in Tickets.__slots__))
    past = replace(gone, gone=gone.opened, handoffs=np.arange(10))
    model = tickets([0.0] * 50, [5.0] * 50, handoffs=20)
    found = recorded_late(model, past, np.random.default_rng(1))
    assert np.isnan(found.hours).all()
    assert found.gone.tolist() == [0.0] * 50
    assert found.handoffs.max() < 10
    assert recorded_late(model, TEN, np.random.default_rng(1)) is model


def test_tickets_that_nobody_ends_are_as_many_in_the_model() -> None:
    """A tenth of 1,000 tickets of the last 1,000 hours are never ended; the others take 1 to 7 hours."""
    opened = list(np.arange(-1000.0, 0.0))
    past = tickets(opened, [NEVER if number % 10 == 0 else 1.0 + number % 7 for number in range(1000)])
    assert abandoned(past)[0] == pytest.approx(0.1, abs=0.002)
    model = tickets([1.0] * 10_000, [2.0] * 10_000)
    found = left_open(model, *abandoned(past), np.random.default_rng(1))
    assert np.isnan(found.hours).mean() == pytest.approx(0.1, abs=0.01)
    assert np.isinf(found.gone[np.isnan(found.hours)]).all()


def test_slow_tickets_are_not_taken_as_left_open() -> None:
    """All of them end, in 300 to 900 hours: after 1,000 hours many are open, and none for good."""
    opened = list(np.arange(-1000.0, 0.0))
    slow = tickets(opened, [300.0 + 600 * (number % 7) / 6 for number in range(1000)])
    assert abandoned(slow)[0] == 0.0
    assert left_open(TEN, *abandoned(slow), np.random.default_rng(1)) is TEN


def test_a_base_remembers_durations_finely_enough() -> None:
    hours = np.random.default_rng(1).lognormal(1.0, 2.0, 5000)
    quantiles = np.quantile(hours, np.linspace(0, 1, 101))
    remembered = only_hours(quantiles)
    assert DURATIONS["ks"](remembered, tickets([0.0] * 5000, list(hours))) < 0.01


def test_the_verdict_names_what_is_missed() -> None:
    good = Distance("ks", 0.1, 0.2, 0.05, 0.22)
    bad = Distance("wasserstein_hours", 9.0, 2.0, 1.0, 2.2)
    free = Distance("ngram", 0.9, 0.1, 0.1)
    inside = series("x", np.ones(5), [np.ones(5)] * 3)
    outside = series("x", np.full(5, 9.0), [np.ones(5)] * 3)
    lines = {"arrivals_daily": inside, "backlog_daily": outside}
    medians = {0: Figure(1.0, 1.1, None, 1.0, 1.2, 0.9, 1.3), 1: Figure(5.0, 1.0, None, 0.9, 1.1, 0.8, 1.2)}
    found = checks(Thresholds(), {item.name: item for item in (good, bad, free)}, lines, medians)
    assert [item.name for item in found if not item.kept] == [
        "wasserstein_hours",
        "backlog_daily",
        "handoff_median_hours_1",
    ]
    assert len(found) == 6
    text = verdict(found)
    assert text.startswith("Failed: 3 of 6")
    assert "on 0 of 5 days" in text
    assert "1 reassignment 5 h" in text
    assert verdict([item for item in found if item.kept]).startswith("Passed: all 3")
    assert "Nothing could be judged" in verdict([])


def test_a_miss_below_the_noise_floor_is_told_as_such() -> None:
    lines = dict.fromkeys(("arrivals_daily", "backlog_daily"), series("x", np.ones(5), [np.ones(5)] * 3))
    small, large = Distance("ks", 0.06, 0.05, 0.07, 0.055), Distance("ks", 0.08, 0.05, 0.07, 0.055)
    own = Thresholds(limits={"ks": 0.055})
    assert "chance may have done it" in verdict(checks(own, {"ks": small}, lines, {}))
    assert "chance" not in verdict(checks(own, {"ks": large}, lines, {}))


def test_a_limit_is_not_below_the_noise_floor() -> None:
    lines = dict.fromkeys(("arrivals_daily", "backlog_daily"), series("x", np.ones(5), [np.ones(5)] * 3))
    found = Thresholds().limited(Distance("ks", 0.06, 0.05, 0.07))
    assert (found.limit, found.kept) == (0.07, True)
    text = next(item.text for item in checks(Thresholds(), {"ks": found}, lines, {}))
    assert "the noise floor; 1.1 times resampling the past is 0.055" in text
    assert Thresholds().limited(Distance("ks", 0.08, 0.05, 0.07)).kept is False


def test_two_halves_are_farther_apart_than_what_happened_and_a_true_model() -> None:
    chance = np.random.default_rng(6)
    floors, truths = [], []
    for _ in range(20):
        log, played = (tickets([0.0] * 500, list(chance.lognormal(0, 1.3, 500))) for _ in range(2))
        floors.append(noise_floor(DURATIONS["ks"], log))
        truths.append(DURATIONS["ks"](played, log))
    assert np.mean(floors) / np.mean(truths) == pytest.approx(2**0.5, rel=0.1)


def test_wasserstein_takes_whole_numbers() -> None:
    assert wasserstein(np.array([0, 0, 1]), np.array([1, 1, 2])) == pytest.approx(1.0)
