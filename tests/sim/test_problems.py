"""Faults, problems, people and what wears out, in days small enough to check by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.experiment import play
from sim.history.kinds import Birth, SeatState, Stock
from sim.history.tables import NEVER, History
from sim.rules.faults import share_noticed
from sim.spec.calendars import DAY, HOUR
from sim.spec.flows import Cause, Flow
from sim.spec.model import Model
from tests.sim.estate import Estate
from tests.sim.organisations import RANDOM
from tests.sim.scripts import activities


def one_fault(maturity: float = 1, **more: object) -> Model:
    """A fault that strikes about once in four hours, a desk for its incidents, a team for its problem."""
    estate = Estate(days=28)
    desk, dev = estate.team("desk", seats=4), estate.team("dev", seats=1)
    estate.incident_stream(estate.category([estate.stage(desk, 0.5)]))
    pool = estate.pool(0, 0.25, team=dev, **more)
    return estate.estate(faults=(pool,), problem_management=estate.management(maturity=maturity, repeats=3))


def of(history: History, flow: Flow) -> list[int]:
    return [row for row, found in enumerate(history.cases.flow.tolist()) if found == flow]


def test_a_fault_strikes_until_its_problem_is_solved() -> None:
    history = play(one_fault(), 1, 0)
    problem, fix = of(history, Flow.PROBLEM)[0], of(history, Flow.CHANGE)[0]
    raised = history.cases.occurred[problem] / HOUR
    # It is raised with the third incident in a row, at its restoration: 2 h to find out, then 3 h and 1 h.
    third = np.sort(history.cases.restored[of(history, Flow.INCIDENT)])[2] / HOUR
    assert raised == third
    assert activities(history, problem) == [
        ("raise", raised, raised),
        ("queue", raised, raised),
        ("know", raised + 2, raised + 2),
        ("work_around", raised + 2, raised + 2),
        ("go_live", raised + 6, raised + 6),
    ]
    assert history.cases.origin[fix] == problem
    assert history.faults.died.tolist() == [int((raised + 6) * HOUR)]
    struck = history.cases.occurred[of(history, Flow.INCIDENT)]
    assert len(struck) < 30
    assert struck.max() < (raised + 6) * HOUR
    assert set(history.cases.cause[of(history, Flow.INCIDENT)].tolist()) == {Cause.FAULT}


def test_without_problem_management_it_strikes_for_ever() -> None:
    history = play(one_fault(maturity=0), 1, 0)
    assert not of(history, Flow.PROBLEM)
    assert history.faults.died.tolist() == [NEVER]
    assert len(history.cases) == pytest.approx(0.25 * 28 * 24, rel=0.2)
    # The same incidents as long as the fault is there: what it emits does not depend on what is done.
    solved = play(one_fault(), 1, 0)
    keys = set(solved.cases.key[of(solved, Flow.INCIDENT)].tolist())
    assert keys < set(history.cases.key.tolist())


def test_less_demand_is_a_subset_of_the_same_incidents() -> None:
    def keys(demand: float) -> set[int]:
        estate = Estate(days=28)
        desk = estate.team("desk", seats=4)
        estate.incident_stream(estate.category([estate.stage(desk, 0.5)]), demand=demand)
        history = play(estate.estate(faults=(estate.pool(0, 0.25, initial=3),)), 1, 0)
        return set(history.cases.key.tolist())

    few, some, many = keys(0.5), keys(1), keys(1.7)
    assert few < some < many
    assert len(many) == pytest.approx(1.7 * len(some), rel=0.2)


def test_a_workaround_settles_at_the_desk_and_takes_less_work() -> None:
    def played(resolves: float, work: float) -> History:
        estate = Estate(days=28)
        desk, dev = estate.team("desk", seats=4), estate.team("dev", seats=4)
        stages = [estate.stage(desk, 1.0, resolves=0, then=[(dev, 1.0)]), estate.stage(dev, 4.0)]
        estate.incident_stream(estate.category(stages, entry=[(desk, 1.0)]))
        pool = estate.pool(0, 0.2, workaround_resolves=resolves, workaround_work=work, team=dev, fix_work=400)
        return play(estate.estate(faults=(pool,), problem_management=estate.management()), 1, 0)

    def worked(history: History) -> float:
        rows = history.seat_time
        own = np.isin(rows.case, of(history, Flow.INCIDENT)) & (rows.state == SeatState.WORKING)
        return float((rows.end - rows.start)[own].sum()) / HOUR

    nothing, helps = played(0, 1), played(1, 0.5)
    assert helps.cases.first_contact.sum() > 0.8 * len(of(helps, Flow.INCIDENT))
    assert nothing.cases.first_contact.sum() == 0
    assert worked(helps) < 0.3 * worked(nothing)


def test_maturity_and_majors_decide_whether_a_problem_is_seen() -> None:
    assert share_noticed(2, 3, 3, 0.4, 0.9) == 0.0
    assert share_noticed(3, 3, 3, 0.4, 0.9) == 0.4
    assert share_noticed(1, 3, 1, 0.4, 0.9) == 0.9


def test_overdue_maintenance_makes_faults_be_born_faster_and_brings_auditors() -> None:
    def played(seats: float) -> History:
        estate = Estate(days=200)
        team = estate.team("dev", seats=seats)
        estate.incident_stream(estate.category([estate.stage(team, 0.1)]))
        pool = estate.pool(0, 0.001, initial=0, births=0.02, ageing=0.5, team=team)
        patches = estate.changes(per_hour=0.02, team=team, due=48)
        upkeep = estate.upkeep(findings=0.01, pool=0, team=team)
        return play(estate.estate(faults=(pool,), changes=(patches,), upkeep=upkeep), 1, 0)

    kept, neglected = played(2), played(0)
    assert len(kept.faults) < 12
    assert len(neglected.faults) > 5 * len(kept.faults)
    assert set(neglected.faults.birth.tolist()) == {Birth.AGE}
    assert not (kept.cases.cause == Cause.PURPOSE + 5).any()
    assert (neglected.cases.cause == Cause.PURPOSE + 5).sum() > 20


def test_a_busy_team_tires_people_leave_and_newcomers_learn() -> None:
    estate = Estate(days=7 * 40)
    people = estate.people(attrition=2.0, strain_effect=2, vacancy=24 * 20, learning=24 * 50)
    desk = estate.team("desk", seats=6, people=people, shifts=(estate.shift(estate.daily(8, 16)),))
    estate.incident_stream(estate.category([estate.stage(desk, 1.0, shape=RANDOM)]), per_hour=1.5)
    history = play(estate.estate(), 1, 0)
    left = history.staff.time[history.staff.hired == 0]
    came = history.staff.time[history.staff.hired == 1]
    assert 8 < len(left) < 40
    assert 0 <= len(left) - len(came) <= 4
    # A vacancy is nobody's paid time: the seat's hours stop within a shift of the leaving.
    absences = zip(left.tolist(), history.staff.seat[history.staff.hired == 0].tolist(), strict=True)
    for gone, seat in absences:
        back = came[(history.staff.seat[history.staff.hired == 1] == seat) & (came >= gone)]
        until = back.min() if len(back) else history.horizon
        rows = history.seat_time
        assert not ((rows.seat == seat) & (rows.start >= gone + 8 * HOUR) & (rows.start < until)).any()
    stocks = history.stocks
    overload = stocks.value[stocks.stock == Stock.OVERLOAD] / 1e6
    knowledge = stocks.value[stocks.stock == Stock.KNOWLEDGE] / 1e6
    assert 0 < overload.max() <= 1
    assert 0.5 < knowledge.min() < 0.95
    assert knowledge.max() <= 1


def test_load_above_the_peak_capacity_degrades_the_service_as_deep_as_it_exceeds_it() -> None:
    estate = Estate(days=7)
    desk = estate.team("desk")
    estate.incident_stream(estate.category([estate.stage(desk, 2.0)]))
    estate.service()
    load = np.zeros(24 * 7 + 1, dtype=np.int64)
    busy = np.full(24 * 7, 1000)
    busy[3 * 24 + 19 : 3 * 24 + 22] = [3500, 4000, 3500]
    load[1:] = np.cumsum(busy * 3600)
    estate.services[0] = replace(estate.services[0], cumulative_load=load)
    history = play(estate.estate(upkeep=estate.upkeep(peak_capacity=3, overload=0)), 1, 0)
    assert history.cases.cause.tolist() == [Cause.OVERLOAD]
    assert history.cases.occurred.tolist() == [3 * DAY + 19 * HOUR]
    assert history.spells.depth.tolist() == [250_000]
