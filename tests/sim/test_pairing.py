"""Two scenarios meet the same luck ticket by ticket; nothing is lost and every second is accounted for."""

from __future__ import annotations

import numpy as np
import pytest

from sim.experiment import Job, play, play_many
from sim.history.digest import digest
from sim.history.tables import NEVER, History
from sim.spec.calendars import DAY, HOUR
from sim.spec.check import faults
from sim.spec.model import Model
from tests.sim.organisations import RANDOM, Builder, impact


def busy(**changes: float) -> Model:
    """Two services with a team each; nothing connects them. ``changes`` move the first one alone."""
    builder = Builder(warmup_days=7, days=21)
    for name, change in (("left", changes), ("right", {})):
        service = builder.service(name)
        team = builder.team(
            name,
            seats=change.get("seats", 2),
            absence=0.1,
            on_call=1,
            switch_loss=0.1,
            shifts=(builder.shift(builder.daily(8, 18)),),
        )
        stage = builder.stage(
            team, 0.8, resolves=0.8, then=[(team, 1.0)], shape=RANDOM, user_wait=builder.wait(0.2, 3, RANDOM)
        )
        category = builder.category([stage], reopen_share=0.1, close_delay=20, context_loss=0.2, name=name)
        builder.incident_stream(
            category,
            0.4,
            name=name,
            service=service,
            impacts=[(0.05, impact(1)), (0.95, impact(3))],
            demand=change.get("demand", 1),
            priority_error=change.get("error", 0.1),
            monitored=0.5,
            report_delay=0.5,
        )
    room = len(builder.teams)
    builder.categories = [
        type(c)(
            **{name: getattr(c, name) for name in c.__slots__}
            | {"stages": (c.stages + (None,) * room)[:room]}
        )
        for c in builder.categories
    ]
    return builder.model()


def rows_of(history: History, stream: int) -> list[tuple[int, ...]]:
    """All that is recorded of the cases of one stream."""
    cases = history.cases
    return [
        tuple(int(getattr(cases, name)[row]) for name in cases.__slots__)
        for row in range(len(cases))
        if cases.stream[row] == stream
    ]


@pytest.fixture(scope="module")
def base() -> History:
    return play(busy(), 1, 0)


def test_the_model_is_sound() -> None:
    assert faults(busy()) == []


def test_the_same_run_twice_is_the_same_bytes(base: History) -> None:
    assert digest(play(busy(), 1, 0)) == digest(base)
    assert digest(play(busy(), 1, 1)) != digest(base)
    assert digest(play(busy(), 2, 0)) != digest(base)


@pytest.mark.parametrize("change", [{"seats": 3}, {"demand": 0.5}, {"demand": 1.7}, {"error": 0.4}])
def test_a_lever_leaves_the_other_half_of_the_organisation_alone(
    base: History, change: dict[str, float]
) -> None:
    changed = play(busy(**change), 1, 0)
    assert rows_of(changed, 1) == rows_of(base, 1)
    assert rows_of(changed, 0) != rows_of(base, 0)


@pytest.mark.parametrize("change", [{"seats": 3}, {"error": 0.4}])
def test_a_lever_leaves_each_tickets_own_luck_alone(base: History, change: dict[str, float]) -> None:
    """Arrival, impact and notice are the ticket's own; only what happens to it afterwards may differ."""
    changed = play(busy(**change), 1, 0)
    for column in ("key", "ordinal", "occurred", "impact", "priority", "opened"):
        assert (getattr(changed.cases, column) == getattr(base.cases, column)).all()


def test_less_demand_is_a_subset_and_more_a_superset(base: History) -> None:
    def keys(history: History) -> set[int]:
        return set(history.cases.key[history.cases.stream == 0].tolist())

    less, more, most = (play(busy(demand=demand), 1, 0) for demand in (0.6, 1.4, 2.5))
    assert keys(less) < keys(base) < keys(more) < keys(most)
    assert len(keys(less)) / len(keys(base)) == pytest.approx(0.6, abs=0.1)
    assert len(keys(most)) / len(keys(base)) == pytest.approx(2.5, abs=0.3)


def test_nothing_depends_on_who_plays_it(base: History) -> None:
    jobs = [Job("busy", busy(), 1, replication) for replication in range(3)]
    alone = play_many(jobs, _digest, workers=1)
    assert play_many(jobs, _digest, workers=2) == alone
    assert alone[0] == digest(base)


def _digest(_: Job, history: History) -> str:
    return digest(history)


def test_area_under_the_number_in_system_is_the_sum_of_times(base: History) -> None:
    end = np.where(base.spells.end == NEVER, base.horizon, base.spells.end)
    inside = np.maximum(0, end - np.maximum(base.spells.start, 0))
    assert inside.sum() == sum(base.in_system_seconds)


def test_every_paid_second_is_worked_idle_or_absent(base: History) -> None:
    """Seats times shift hours on the one side, the ledger without overtime on the other."""
    ledger = base.seat_time
    in_shift = ledger.state != 3
    assert (ledger.end - ledger.start)[in_shift].sum() == 4 * 28 * 10 * HOUR
    for team in (0, 1):
        for seat in (0, 1):
            mine = (ledger.team == team) & (ledger.seat == seat)
            order = np.argsort(ledger.start[mine])
            assert (ledger.start[mine][order][1:] >= ledger.end[mine][order][:-1]).all()


def test_work_recorded_is_work_asked_for(base: History) -> None:
    """Tickets arrived = closed + open, and no closed ticket is worked on afterwards."""
    closed = base.cases.closed != NEVER
    assert (base.cases.restored[closed] <= base.cases.closed[closed]).all()
    last_work = np.zeros(len(base.cases), dtype=np.int64) - 10 * DAY
    worked = base.seat_time.case >= 0
    np.maximum.at(last_work, base.seat_time.case[worked], base.seat_time.end[worked])
    assert (last_work[closed] <= base.cases.closed[closed]).all()
    assert (base.cases.restored == NEVER).sum() < 20
