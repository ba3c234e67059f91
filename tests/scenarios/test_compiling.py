"""From words to the model: calendars, loads, shapes, shares, and draws."""

from pathlib import Path

import numpy as np
import pytest

from scenarios import Scenario, load
from sim.chance.keyed import name_key
from sim.chance.variates import quantile
from sim.spec.calendars import DAY, HOUR, WEEK, Calendar
from sim.spec.check import faults
from sim.spec.model import Model
from sim.spec.shapes import Shape, ShapeKind
from tests.scenarios.tiny import tiny


def opened(calendar: Calendar) -> list[tuple[float, float]]:
    """Intervals in hours since the start."""
    return [(start / HOUR, end / HOUR) for start, end in zip(calendar.starts, calendar.ends, strict=True)]


def desk_shift(scenario: Scenario) -> Calendar:
    return scenario.model().teams[0].shifts[0].calendar


def test_shifts_are_paid_on_holidays_and_clocks_stand_still(tmp_path: Path) -> None:
    # 19 January 2026, the third Monday of the run, is Martin Luther King Day.
    model = tiny(tmp_path).model()
    shift = model.teams[0].shifts[0]
    assert opened(shift.calendar)[:2] == [(8, 12), (13, 17)]
    assert len(shift.calendar.starts) == 4 * 10
    assert [int(start) // DAY for start in shift.calendar.starts[shift.holiday == 1]] == [14, 14]
    assert 14 * 24 + 8 not in [start for start, _ in opened(model.requests[0].service_level.calendar)]


def test_round_the_clock_is_one_interval_even_on_holidays(tmp_path: Path) -> None:
    shift = tiny(tmp_path).model().teams[1].shifts[0]
    assert opened(shift.calendar) == [(0, 4 * 168)]
    assert shift.holiday.tolist() == [0]


def test_nights_go_past_midnight_and_past_the_week(tmp_path: Path) -> None:
    scenario = tiny(tmp_path, 'mon-fri: "08:00-12:00 13:00-17:00"', 'fri: "22:00-06:00", sun: "22:00-06:00"')
    # The night of the Sunday before the start reaches into its first morning.
    assert opened(desk_shift(scenario))[:3] == [
        (0, 6),
        (4 * 24 + 22, 4 * 24 + 30),
        (6 * 24 + 22, 6 * 24 + 30),
    ]


def test_the_warm_up_is_negative_time_and_keeps_its_weekdays(tmp_path: Path) -> None:
    scenario = tiny(tmp_path, "weeks: 4", "weeks: 4\nwarmup: 10 days\nstart: 2026-01-07")
    model = scenario.model()
    assert (model.warmup, model.horizon, model.start_weekday) == (10 * DAY, 4 * WEEK, 2)
    assert len(model.incidents[0].arrivals.hourly) == 10 * 24 + 4 * 168
    # Ten days before a Wednesday is a Sunday: the first shift begins on the Monday after it.
    assert opened(desk_shift(scenario))[0] == (-9 * 24 + 8, -9 * 24 + 12)


def test_a_business_day_is_the_mean_opening_time_of_an_open_day(tmp_path: Path) -> None:
    levels = tiny(tmp_path).model().service_levels
    assert [level.seconds // HOUR for level in levels] == [4, 8, 16, 40]
    assert levels[0].calendar.name == "always"
    assert levels[2].calendar.name == "office"
    assert opened(levels[2].calendar)[8:11] == [
        (4 * 24 + 8, 4 * 24 + 12),
        (4 * 24 + 13, 4 * 24 + 17),
        (176, 180),
    ]


def test_rates_follow_profile_and_peaks(tmp_path: Path) -> None:
    model = tiny(tmp_path).model()
    hourly = model.incidents[0].arrivals.hourly.reshape(-1, 24)
    # 70 a week without peaks; Monday and Tuesday of the second week have three times their load.
    assert hourly[:7].sum() == pytest.approx(70)
    assert hourly[7:9].sum() == pytest.approx(3 * hourly[:2].sum())
    assert hourly[0, 12] == 0
    assert hourly[0, 8] == pytest.approx(3 * hourly[5, 8])
    load_so_far = model.services[0].cumulative_load
    assert load_so_far[0] == 0
    assert load_so_far[168] == pytest.approx(1000 * WEEK, rel=1e-3)


def test_a_trend_grows_from_the_start_on(tmp_path: Path) -> None:
    scenario = tiny(tmp_path, "rate: 7 /week,", "rate: 7 /week, trend: 100 %/year,")
    hourly = scenario.model().requests[0].arrivals.hourly
    assert hourly[0] == pytest.approx(7 / 168, rel=1e-3)
    assert hourly[-1] == pytest.approx(7 / 168 * 2 ** (4 * 7 / 365.25), rel=1e-3)


def test_a_profile_can_be_lower_on_holidays(tmp_path: Path) -> None:
    scenario = tiny(tmp_path, "  day:\n", "  day:\n    holidays: 25 %\n")
    hourly = scenario.model().incidents[0].arrivals.hourly.reshape(-1, 24)
    assert hourly[14].sum() == pytest.approx(hourly[0].sum() / 4)


def test_scope_counts_users_or_customers(tmp_path: Path) -> None:
    one, everybody = tiny(tmp_path).model().incidents[0].impacts
    assert (one.scope, one.severity, one.hits_employees, one.hits_customers) == (
        100_000,
        500_000,
        True,
        False,
    )
    assert (everybody.scope, everybody.hits_employees, everybody.hits_customers) == (1_000_000, True, True)
    scenario = tiny(
        tmp_path, "scope: 1 user, severity: 50 %", "scope: 50 customers, severity: 50 %, hits: customers"
    )
    # 50 of the 500 customers who depend on the shop.
    assert scenario.model().incidents[0].impacts[0].scope == 100_000


def test_the_last_stage_ends_everything(tmp_path: Path) -> None:
    model = tiny(tmp_path).model()
    stage = model.categories[0].stages[1]
    assert stage is not None
    assert stage.next_teams == ()
    assert model.parameters[stage.resolves].lower == 1.0


def test_things_have_keys_by_kind_and_name(tmp_path: Path) -> None:
    model = tiny(tmp_path).model()
    assert model.teams[0].key == name_key("teams/desk")
    assert model.incidents[0].key == name_key("incidents/trouble")
    assert (
        len({item.key for item in (*model.services, *model.teams, *model.categories, *model.requests)}) == 6
    )


SHAPES = {
    "exponential": "shape: exponential",
    "lognormal": "shape: lognormal, cv: 1.5",
    "weibull": "shape: weibull, k: 0.7",
    "triangular": "shape: triangular, low: 1, mode: 2, high: 6",
    "pert": "shape: pert, low: 1, mode: 2, high: 6",
    "values": "shape: empirical, values: [3, 1, 2, 10]",
    "quantiles": "shape: empirical, quantiles: {0: 1, 50: 4, 90: 12, 100: 60}",
    "mixture": (
        "shape: mixture, of: [{weight: 70 %, mean: 1, shape: exponential}, "
        "{weight: 30 %, mean: 5, shape: lognormal, cv: 0.5}]"
    ),
    "mixture of constants": "shape: mixture, of: [{weight: 50 %, mean: 1}, {weight: 50 %, mean: 3}]",
    "scipy": "shape: {scipy: gamma, a: 2}",
}


def value_at(model: Model, shape: Shape, u: float) -> float:
    if shape.kind == ShapeKind.TABLE:
        table = model.tables[shape.table]
        return float(np.interp(u, table.probability, table.value))
    return quantile(u, int(shape.kind), shape.a, shape.b, shape.c)


@pytest.mark.parametrize("name", SHAPES)
def test_shapes_have_mean_1(name: str, tmp_path: Path) -> None:
    model = tiny(tmp_path, "{mean: 2 h, shape: exponential}", f"{{mean: 2 h, {SHAPES[name]}}}").model()
    assert not faults(model)
    stage = model.categories[0].stages[1]
    assert stage is not None
    assert model.parameters[stage.work.mean].value == 7200
    values = [value_at(model, stage.work.shape, (i + 0.5) / 20_000) for i in range(20_000)]
    assert np.mean(values) == pytest.approx(1.0, rel=0.01)
    assert min(values) >= 0
    assert np.all(np.diff(values) >= 0)


def test_a_gamma_distribution_keeps_its_quantiles(tmp_path: Path) -> None:
    from scipy import stats

    model = tiny(
        tmp_path, "{mean: 2 h, shape: exponential}", "{mean: 2 h, shape: {scipy: gamma, a: 2}}"
    ).model()
    stage = model.categories[0].stages[1]
    assert stage is not None
    for u in (0.01, 0.5, 0.9, 0.999):
        assert value_at(model, stage.work.shape, u) == pytest.approx(stats.gamma.ppf(u, 2) / 2, rel=2e-3)


def test_two_constants_mixed_stay_two_values(tmp_path: Path) -> None:
    text = f"{{mean: 2 h, {SHAPES['mixture of constants']}}}"
    model = tiny(tmp_path, "{mean: 2 h, shape: exponential}", text).model()
    stage = model.categories[0].stages[1]
    assert stage is not None
    assert value_at(model, stage.work.shape, 0.25) == pytest.approx(0.5, abs=1e-3)
    assert value_at(model, stage.work.shape, 0.75) == pytest.approx(1.5, abs=1e-3)


def test_draws_are_keyed_by_the_name_of_the_assumption(tmp_path: Path) -> None:
    def absences(scenario: Scenario, path: str) -> list[float]:
        models = [scenario.model(draw=draw, seed=7) for draw in range(200)]
        row = next(row for row, item in enumerate(models[0].parameters) if item.path == path)
        return [model.parameters[row].value for model in models]

    alone = absences(tiny(tmp_path), "teams.desk.absence")
    assert min(alone) >= 0.1
    assert max(alone) <= 0.3
    # A PERT distribution from 10 to 30 % around 20 % has a standard deviation of 20 % / sqrt(28).
    assert np.mean(alone) == pytest.approx(0.2, abs=0.01)
    assert np.std(alone) == pytest.approx(0.2 / np.sqrt(28), rel=0.15)
    # Another number beside it changes nothing of its luck.
    more = tiny(tmp_path, "misrouting: 10 %", "misrouting: 10 % (5 to 20) own D")
    assert absences(more, "teams.desk.absence") == alone
    assert tiny(tmp_path).model(draw=3, seed=8) is not tiny(tmp_path).model(draw=3, seed=7)


def test_a_shorter_run_is_the_beginning_of_a_longer_one() -> None:
    short, long = load("small", until_hours=1000).model(), load("small").model()
    assert short.horizon == 1000 * HOUR
    for one, other in zip(short.incidents, long.incidents, strict=True):
        hours = len(one.arrivals.hourly)
        assert np.array_equal(one.arrivals.hourly, other.arrivals.hourly[:hours])


def test_targets_are_in_the_unit_of_their_metric(tmp_path: Path) -> None:
    (target,) = tiny(tmp_path).targets()
    assert (target.metric, target.service, target.at_most, target.threshold) == (
        "availability_share",
        0,
        False,
        0.99,
    )
    assert (target.start, target.end, target.deadline) == (0, 4 * WEEK, "2026-02-01")
    scenario = tiny(
        tmp_path,
        "metric: availability_share, service: shop, at_least: 99 %",
        "metric: restore_hours_mean, at_most: 90 min",
    )
    assert scenario.targets()[0].threshold == 1.5


def test_a_target_beyond_the_end_is_a_warning(tmp_path: Path) -> None:
    tiny(tmp_path)
    scenario = load(str(tmp_path / "tiny.yaml"), until_hours=100)
    (warning,) = scenario.warnings
    assert (
        warning
        == "this run lasts 100 hours, too short to judge 1 of 1 targets (the longest needs 4 weeks): open"
    )
