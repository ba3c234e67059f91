"""Changes and initiatives, in days small enough to check by hand."""

from __future__ import annotations

import pytest

from sim.experiment import play
from sim.history.kinds import Activity, Birth, WorkKind
from sim.history.tables import NEVER, History
from sim.spec.calendars import HOUR
from sim.spec.changes import Purpose
from sim.spec.check import faults
from sim.spec.flows import Cause, Flow
from sim.spec.model import Model
from tests.sim.estate import Estate
from tests.sim.scripts import activities, play_script, restored, work


def one_change(kind: int = Estate.STANDARD, **more: object) -> Model:
    """A team and an initiative of one change: four hours of work, an hour to deploy, from hour 1 on."""
    estate = Estate(days=14)
    team = estate.team("dev", seats=1)
    parts = {name: value(estate) if callable(value) else value for name, value in more.items()}
    model = estate.estate(initiatives=(estate.initiative(1, [(team, 4)], kind=kind),), **parts)
    assert faults(model) == []
    return model


def of(history: History, flow: Flow) -> list[int]:
    return [row for row, found in enumerate(history.cases.flow.tolist()) if found == flow]


def test_a_standard_change_is_built_and_deployed() -> None:
    history = play_script(one_change(), [])
    initiative, change = range(2)
    assert (
        work(history)
        == [
            (1.0, 1.0, 0, change, "working"),
            (1.0, 5.0, 0, change, "working"),
            (5.0, 6.0, 0, change, "working"),
        ][1:]
    )
    assert restored(history) == [6.0, 6.0]
    assert activities(history, initiative) == [("start", 1.0, 1.0), ("go_live", 6.0, 6.0)]
    assert history.cases.cause.tolist() == [Cause.STRATEGY, Cause.PURPOSE + Purpose.INITIATIVE]
    assert history.cases.origin.tolist() == [-1, initiative]


def test_a_normal_change_waits_for_the_board_and_everything_but_an_emergency_for_a_window() -> None:
    history = play_script(
        one_change(
            Estate.NORMAL,
            change_kinds=lambda estate: estate.kinds(assess=0.5),
            upkeep=lambda estate: estate.upkeep(windows=estate.daily(18, 20)),
        ),
        [],
    )
    change = of(history, Flow.CHANGE)[0]
    # Assessed 1:00 to 1:30, approved at 10:00, built until 14:00, window at 18:00, live at 19:00.
    assert [row for row in activities(history, change) if row[0].startswith("await")] == [
        ("await_approval", 1.5, 10.0),
        ("await_window", 14.0, 18.0),
    ]
    assert restored(history) == [19.0, 19.0]
    hasty = play_script(
        one_change(
            Estate.EMERGENCY,
            upkeep=lambda estate: estate.upkeep(windows=estate.daily(18, 20)),
        ),
        [],
    )
    assert restored(hasty) == [6.0, 6.0]


def test_the_board_approves_so_many_a_meeting_first_come_first_approved() -> None:
    estate = Estate(days=14)
    team = estate.team("dev", seats=9)
    wanted = estate.initiative(1, [(team, 3)], kind=Estate.NORMAL, batch=1)
    model = estate.estate(initiatives=(wanted,), change_enablement=estate.enablement(capacity=2))
    history = play_script(model, [])
    assert sorted(time for time in restored(history)[1:] if time) == [12.0, 12.0, 36.0]


def test_rigour_takes_time_of_the_assessment_and_of_the_meeting() -> None:
    estate = Estate(days=14)
    team = estate.team("dev", seats=9)
    wanted = estate.initiative(1, [(team, 3)], kind=Estate.NORMAL, batch=1)
    board = estate.enablement(capacity=4, rigour=0.5, rigour_work=2)
    model = estate.estate(
        initiatives=(wanted,), change_enablement=board, change_kinds=estate.kinds(assess=0.5)
    )
    history = play_script(model, [])
    # Twice as long: an hour for each, and two of the four that a meeting could approve at a glance.
    assert sorted(time for time in restored(history)[1:] if time) == [12.0, 12.0, 36.0]
    waits = [row for case in of(history, Flow.CHANGE) for row in activities(history, case)]
    assert {row[1] for row in waits if row[0] == "await_approval"} == {2.0}


def test_a_change_that_skips_approval_is_marked() -> None:
    history = play_script(
        one_change(Estate.NORMAL, change_enablement=lambda estate: estate.enablement(bypass=1)), []
    )
    assert history.cases.unauthorised.tolist() == [0, 1]
    assert restored(history) == [6.0, 6.0]


def breaking(rolled_back: float) -> Model:
    """Every first deployment fails: the risk falls to nothing at hour 7."""
    estate = Estate(days=14)
    team, desk = estate.team("dev", seats=1), estate.team("desk", seats=1)
    stage = estate.stage(desk, 0.25)
    estate.incident_stream(estate.category([stage]))
    pool = estate.pool(0, initial=0, team=team)
    kinds = estate.kinds(risk=0.99)
    for row, parameter in enumerate(estate.parameters):
        if parameter.path == "risk":
            estate.parameters[row] = type(parameter)("risk", 0.95, ((7 * HOUR, 0.0),))
    return estate.estate(
        faults=(pool,),
        initiatives=(estate.initiative(1, [(team, 4)]),),
        change_kinds=kinds,
        change_enablement=estate.enablement(rolled_back=rolled_back, rebuild=0.5),
        upkeep=estate.upkeep(failures=0, pool=0),
    )


def test_a_failed_deployment_breaks_something_at_once_is_undone_and_tried_again() -> None:
    history = play_script(breaking(rolled_back=1), [])
    change, broken = of(history, Flow.CHANGE)[0], of(history, Flow.INCIDENT)[0]
    # Built 1 to 5, deployed and failed at 6, undone until 6:30, half of it built again, live at 9:30.
    assert history.cases.failures[change] == 1
    assert history.cases.cause[broken] == Cause.FAILED_CHANGE
    assert history.cases.origin[broken] == change
    assert history.cases.occurred[broken] == 6 * HOUR
    assert restored(history)[broken] == 6.25
    assert restored(history)[change] == 9.5
    kinds = history.seat_time.kind[history.seat_time.case == change].tolist()
    assert kinds == [WorkKind.INITIATIVE] * 2 + [WorkKind.ROLLBACK] + [WorkKind.INITIATIVE] * 2


def test_a_failed_deployment_that_stays_leaves_a_fault() -> None:
    history = play_script(breaking(rolled_back=0), [])
    assert restored(history)[of(history, Flow.CHANGE)[0]] == 6.0
    assert history.faults.birth.tolist() == [Birth.CHANGE]
    assert history.faults.born.tolist() == [6 * HOUR]
    assert history.faults.origin.tolist() == of(history, Flow.CHANGE)


@pytest.mark.parametrize(("starts", "collision_effect", "failures"), [(1, 1e6, 1), (1, 0, 0), (3, 1e6, 0)])
def test_changes_that_are_deployed_on_a_service_at_once_step_on_each_other(
    starts: float, collision_effect: float, failures: int
) -> None:
    """Two teams deploy from 5 to 6, the second perhaps from 7 to 8: only who ends beside another fails."""
    estate = Estate(days=14)
    teams = estate.team("web", seats=1), estate.team("database", seats=1)
    model = estate.estate(
        initiatives=tuple(
            estate.initiative(start, [(team, 4)], name=f"i{team}")
            for team, start in zip(teams, (1, starts), strict=True)
        ),
        change_kinds=estate.kinds(risk=1e-6),
        change_enablement=estate.enablement(collision_effect=collision_effect),
    )
    history = play_script(model, [])
    assert history.cases.failures.sum() == failures


def test_an_initiative_is_live_with_its_last_change_and_larger_batches_are_fewer_changes() -> None:
    estate = Estate(days=14)
    dev, ops = estate.team("dev", seats=2), estate.team("ops", seats=1)
    wanted = estate.initiative(1, [(dev, 10), (ops, 1)], batch=4)
    history = play_script(estate.estate(initiatives=(wanted,)), [])
    # Ten hours in batches of at most four are three changes of 3:20; two people build two, then one
    # builds the third while the other deploys the first two; the third is deployed last.
    assert len(of(history, Flow.CHANGE)) == 4
    assert restored(history)[0] == pytest.approx(1 + 2 * 10 / 3 + 1)


def test_planned_work_comes_after_all_operational_work_unless_seats_are_ring_fenced() -> None:
    def played(fenced: float) -> History:
        estate = Estate(days=14)
        team = estate.team("dev", seats=2, ring_fenced=estate.number("ring_fenced", fenced))
        estate.incident_stream(estate.category([estate.stage(team, 3.0)]))
        model = estate.estate(initiatives=(estate.initiative(1, [(team, 4)]),))
        return play_script(model, [(0.5, 0), (0.75, 0), (0.9, 0), (2.0, 0)])

    free, fenced = played(0), played(1)
    incidents = of(free, Flow.INCIDENT)
    assert [restored(free)[row] for row in incidents] == [3.5, 3.75, 6.5, 6.75]
    assert restored(free)[of(free, Flow.CHANGE)[0]] == 11.5
    # With a seat kept for it, the change goes ahead and the incidents queue for the other one.
    assert restored(fenced)[of(fenced, Flow.CHANGE)[0]] == 6.0
    assert sorted(restored(fenced)[row] for row in of(fenced, Flow.INCIDENT)) == [3.5, 6.5, 9.5, 12.5]


def test_maintenance_that_is_not_live_in_time_is_overdue_until_it_is() -> None:
    estate = Estate(days=14)
    team = estate.team("dev", seats=0, seat_steps=((60 * HOUR, 1.0),))
    patches = estate.changes(per_hour=0, team=team, due=24, work=2)
    patches.arrivals.hourly[10] = 50.0
    history = play(estate.estate(changes=(patches,)), 1, 0)
    changes = of(history, Flow.CHANGE)
    assert len(changes) > 20
    late = history.activities.activity == Activity.BECOME_OVERDUE
    assert late.sum() == len(changes)
    first = min(time for time in history.cases.restored.tolist() if time != NEVER)
    # Two hours to build the first; while it moves on the seat has taken the second; then it is deployed.
    assert first == 65 * HOUR
