"""What is kept of a replication: small, quick, complete, and nothing lost."""

import pickle
from dataclasses import replace

import numpy as np
import pytest

from results.catalogue import OUTCOMES
from results.metrics.record import Record
from results.metrics.scope import Scope
from results.metrics.weekly import weekly_series
from results.prices import TeamPrices
from results.summary import summarise
from sim.experiment import play
from sim.history.tables import SeatTime
from sim.spec.calendars import DAY
from tests.results.organisation import history, model, prices, summary


@pytest.mark.parametrize("name", ["base", "silos", "automation"])
@pytest.mark.parametrize("replication", range(3))
def test_tickets_and_hours_add_up_exactly(name: str, replication: int) -> None:
    found = summary(name, replication)
    assert found.checks
    assert not found.broken_checks


def test_hours_add_up_when_a_lever_moves_seats() -> None:
    moved = model(seat_steps=((7 * DAY, 1.0), (14 * DAY, 3.0)))
    assert not summarise(moved, prices(), (), play(moved, 1, 0)).broken_checks


def test_the_checks_find_what_is_lost() -> None:
    whole = history("base", 0)
    seats = whole.seat_time
    double = SeatTime(
        *(np.append(getattr(seats, name), getattr(seats, name)[-1:]) for name in seats.__slots__)
    )
    broken = replace(whole, seat_time=double, in_system_seconds=(1, 2, 0, 0, 0))
    names = set(summarise(model(), prices(), (), broken).broken_checks)
    assert "seconds_paid_twice" in names
    assert "seconds_paid_less_planned_shifts" in names
    assert {"seconds_in_system_less_spells_incident", "seconds_in_system_less_spells_request"} <= names


def test_every_outcome_has_a_place() -> None:
    found = summary("base", 0)
    assert list(found.outcomes) == list(OUTCOMES)
    assert all(isinstance(value, float) for value in found.outcomes.values())


def test_a_summary_is_small_and_can_be_sent_to_another_process() -> None:
    sent = pickle.dumps(summary("base", 0))
    assert len(sent) < 30_000
    found = pickle.loads(sent).outcomes  # noqa: S301 - our own
    assert list(found) == list(summary("base", 0).outcomes)
    assert np.array_equal(list(found.values()), list(summary("base", 0).outcomes.values()), equal_nan=True)


def test_a_target_is_judged_in_its_own_window_and_not_before_its_end() -> None:
    quick, up, late = summary("base", 0).targets
    assert quick.value == summary("base", 0).outcomes["restore_hours_mean"]
    assert up.value == pytest.approx(
        1 - summary("base", 0).weekly["downtime_hours"][:2].sum() / (14 * 24), abs=0.5
    )
    assert np.isnan(late.met)
    assert summary("base", 0).outcomes["targets_met_share"] == (quick.met + up.met) / 2


def test_totals_by_service_and_by_week_are_those_of_the_whole() -> None:
    found = summary("silos", 1)
    for name in ("downtime_hours", "margin_lost", "customers_lost", "employee_hours_lost"):
        assert found.services.columns[name].sum() == pytest.approx(found.outcomes[name])
        assert found.weekly[name].sum() == pytest.approx(found.outcomes[name])
    assert found.teams.columns["working"].sum() == pytest.approx(found.outcomes["hours_worked"])
    assert found.teams.columns["firefighting"].sum() == pytest.approx(found.outcomes["firefighting_hours"])
    assert found.streams.columns["count"].sum() == found.outcomes["incidents"] + found.outcomes["requests"]
    assert found.priorities.columns["count"].sum() == found.outcomes["incidents"]


def test_the_weekly_series_can_begin_in_the_warm_up() -> None:
    record = Record(model(), prices(), history("base", 0))
    series = weekly_series(record, -14 * DAY)
    assert series["start_hours"][0] == -336
    assert series["incidents"][2:].tolist() == weekly_series(record)["incidents"].tolist()


def test_prices_move_money_and_nothing_else() -> None:
    dear = replace(prices(), teams=(TeamPrices(100, 1.5), TeamPrices(160, 1.5), TeamPrices(160, 1.5)))
    first = summarise(model(), prices(), (), history("base", 0)).outcomes
    second = summarise(model(), dear, (), history("base", 0)).outcomes
    assert second["firefighting_cost"] == pytest.approx(2 * first["firefighting_cost"])
    for name, outcome in OUTCOMES.items():
        if outcome.unit != "money" and name not in ("targets_met_share", "firefighting_budget_share"):
            assert first[name] == second[name] or np.isnan(first[name])


def test_a_scope_is_of_all_services_or_of_one() -> None:
    assert Scope(0, 10).of(np.array([[1.0], [2.0]])) == 3
    assert Scope(0, 10, 1).of(np.array([[1.0], [2.0]])) == 2
