"""The way of a ticket: handoffs, wrong teams, waiting for others, second teams, reopening, clocks."""

from __future__ import annotations

import numpy as np
import pytest

from sim.history.kinds import WorkKind
from sim.rules.routing import wrong_team
from sim.spec.calendars import HOUR, Calendar
from tests.sim.organisations import Builder, impact
from tests.sim.scripts import activities, play_script, restored, work


def desk_and_network(**more: object) -> Builder:
    """The desk looks for an hour and sends all on to the network team, which works two hours."""
    builder = Builder()
    desk, network = builder.team("desk"), builder.team("network")
    stages = [builder.stage(desk, 1.0, resolves=0, then=[(network, 1.0)]), builder.stage(network, 2.0)]
    builder.incident_stream(builder.category(stages, entry=[(desk, 1.0)], **more))
    return builder


def test_a_handoff_takes_time_and_costs_context() -> None:
    history = play_script(desk_and_network(handoff_delay=0.5, context_loss=0.25).model(), [(1, 0)])
    assert work(history) == [(1.0, 2.0, 0, 0, "working"), (2.5, 5.0, 0, 0, "working")]
    assert ("hand_off", 2.0, 2.5) in activities(history, 0)
    assert history.seat_time.rework.sum() == 0.5 * HOUR
    assert history.cases.handoffs.tolist() == [1]
    assert history.cases.first_contact.tolist() == [0]
    assert history.seat_time.kind[history.seat_time.case >= 0].tolist() == [
        WorkKind.TRIAGE,
        WorkKind.INCIDENT,
    ]


def test_first_contact_resolution_is_the_entry_team_ending_it_alone() -> None:
    builder = Builder()
    builder.incident_stream(builder.category([builder.stage(builder.team())]))
    assert play_script(builder.model(), [(1, 0)]).cases.first_contact.tolist() == [1]


def test_a_wrong_team_looks_in_vain_and_passes_the_ticket_on() -> None:
    builder = desk_and_network(misrouting=0.9, bounce_work=0.25, handoff_delay=0.5)
    wrong = builder.team("data")
    model = builder.model()
    # The network and data teams are the only ones; a category knows its stages by team number.
    history = play_script(_with_room_for(model, 3), [(1, 0)])
    bounced = history.seat_time.kind == WorkKind.BOUNCE
    wrong_hops = int(history.cases.misroutes[0])
    assert wrong_hops >= 1
    assert bounced.sum() == wrong_hops
    assert set(history.seat_time.team[bounced].tolist()) <= {0, wrong}
    assert history.cases.handoffs[0] == wrong_hops + 1
    assert restored(history) == [pytest.approx(1 + 1 + 2 + 0.25 * wrong_hops + 0.5 * (wrong_hops + 1))]


def _with_room_for(model, teams):  # type: ignore[no-untyped-def]
    from dataclasses import replace

    categories = tuple(
        replace(category, stages=category.stages + (None,) * (teams - len(category.stages)))
        for category in model.categories
    )
    return replace(model, categories=categories)


@pytest.mark.parametrize(("sender", "owner"), [(0, 2), (2, 0), (1, 1), (3, 0)])
def test_the_wrong_team_is_any_third_one(sender: int, owner: int) -> None:
    seen = {wrong_team(u / 100, 4, sender, owner) for u in range(100)}
    assert seen == set(range(4)) - {sender, owner}


def test_two_teams_know_no_third() -> None:
    assert wrong_team(0.5, 2, 0, 1) == -1


@pytest.mark.parametrize(("swarming", "end"), [(1.0, 5.25), (0.0, 8.125)])
def test_swarming_restores_sooner_than_one_after_the_other(swarming: float, end: float) -> None:
    """Desk 1 h, then network 2 h and servers 3 h; a handoff takes 0.25 h and loses an eighth of the work.

    At once: 1 + 1 + 0.25 + the longer of 2 x 1.125 and 3. In turn: 1 + 1 + 0.25 + 2 x 1.125 + 0.25 +
    3 x 1.125.
    """
    builder = Builder()
    desk, network, servers = builder.team("desk"), builder.team("network"), builder.team("servers")
    stages = [builder.stage(desk, 1.0, resolves=0, then=[(network, 1.0)]), builder.stage(network, 2.0)]
    category = builder.category(
        stages,
        entry=[(desk, 1.0)],
        second=builder.second(servers, 1.0, swarming, 3.0),
        handoff_delay=0.25,
        context_loss=0.125,
    )
    builder.incident_stream(category)
    assert restored(play_script(builder.model(), [(1, 0)])) == [end]


def test_waiting_for_the_user_frees_the_seat_and_stops_the_service_clock() -> None:
    builder = Builder()
    desk = builder.team()
    stage = builder.stage(desk, 1.0, user_wait=builder.wait(1.0, 5.0))
    builder.incident_stream(builder.category([stage]))
    builder.incident_stream(builder.category([builder.stage(desk, 1.0)]))
    history = play_script(builder.model(sla_hours=4), [(1, 0), (1.25, 1)])
    assert work(history) == [
        (1.0, 1.5, 0, 0, "working"),
        (1.5, 2.5, 0, 1, "working"),
        (6.5, 7.0, 0, 0, "working"),
    ]
    assert history.cases.user_wait.tolist() == [5 * HOUR, 0]
    assert history.cases.due.tolist() == [(1 + 4 + 5) * HOUR, int(5.25 * HOUR)]


def test_an_answer_comes_in_the_hours_of_whoever_is_waited_for() -> None:
    builder = Builder()
    mornings = Calendar("mornings", *np.array([[8, 32], [12, 36]], dtype=np.int64) * HOUR)
    desk = builder.team()
    user = builder.stage(desk, 1.0, user_wait=builder.wait(1.0, 5.0, clock=mornings))
    vendor = builder.stage(desk, 1.0, vendor_wait=builder.wait(1.0, 5.0, clock=mornings))
    for stage in (user, vendor):
        builder.incident_stream(builder.category([stage]))
    history = play_script(builder.model(sla_hours=4), [(9.5, 0), (39, 1)])
    # From 10:00 the user has two hours left that morning, and takes three of the next: until 35:00.
    assert work(history)[1] == (35.0, 35.5, 0, 0, "working")
    assert history.cases.user_wait.tolist() == [25 * HOUR, 0]
    # After the last morning the clock is taken to run on.
    assert restored(history) == [35.5, 45.0]


def test_waiting_for_a_vendor_does_not_stop_the_clock() -> None:
    builder = Builder()
    stage = builder.stage(builder.team(), 1.0, vendor_wait=builder.wait(1.0, 5.0))
    builder.incident_stream(builder.category([stage]))
    history = play_script(builder.model(sla_hours=4), [(1, 0)])
    assert restored(history) == [7.0]
    assert history.cases.due.tolist() == [5 * HOUR]


def test_a_restoration_that_does_not_hold_is_a_second_spell() -> None:
    builder = Builder()
    stage = builder.stage(builder.team(), 1.0)
    builder.incident_stream(builder.category([stage], reopen_share=0.5, reopen_work=0.5, close_delay=10))
    history = play_script(builder.model(), [(hour, 0) for hour in range(1, 100, 4)])
    reopened = history.cases.reopens > 0
    assert 0 < reopened.sum() < len(reopened)
    assert len(history.spells) == len(history.cases) + history.cases.reopens.sum()
    again = history.seat_time.kind == WorkKind.REOPENED
    assert set((history.seat_time.end - history.seat_time.start)[again].tolist()) == {HOUR // 2}
    closed = history.cases.closed > 0
    assert set((history.cases.closed - history.cases.restored)[closed].tolist()) == {10 * HOUR}


def test_monitoring_sees_at_once_what_users_report_later() -> None:
    builder = Builder()
    category = builder.category([builder.stage(builder.team(), 1.0)])
    builder.incident_stream(category, monitored=1, monitoring_delay=0.1, report_delay=2)
    builder.incident_stream(category, monitored=0, monitoring_delay=0.1, report_delay=2)
    history = play_script(builder.model(), [(1, 0), (10, 1)])
    assert (history.cases.opened / HOUR).tolist() == [1.1, 12.0]
    # The service suffers from the occurrence on.
    assert (history.spells.start / HOUR).tolist() == [1.0, 10.0]


def test_a_service_believed_to_be_worth_little_loses_its_priority() -> None:
    builder = Builder()
    builder.service("shop", value=100, believed=25)
    builder.incident_stream(
        builder.category([builder.stage(builder.team(), 0.1)]), impacts=[(1.0, impact(1))]
    )
    perceived = play_script(builder.model(), [(hour / 4, 0) for hour in range(400)]).cases.perceived
    assert set(perceived.tolist()) == {1, 2}
    assert 0.68 < (perceived == 2).mean() < 0.82


def test_requests_are_automated_fail_and_wait_for_approval() -> None:
    builder = Builder(days=28)
    category = builder.category([builder.stage(builder.team(seats=3), 0.1)])
    builder.request_stream(category, 2.0, automation=0.5, failures=0.2, automated_time=0.05)
    builder.request_stream(category, 1.0, approval=1.0, approval_time=8)
    history = _play(builder)
    asks = history.cases.stream == 0
    share = (history.cases.automated[asks] == 1).mean()
    assert 0.35 < share < 0.45
    assert history.cases.user_wait[~asks & (history.cases.restored > 0)].min() == 8 * HOUR
    done = (history.cases.automated == 1) & (history.cases.restored > 0)
    assert not set(history.seat_time.case.tolist()) & set(done.nonzero()[0].tolist())


def _play(builder: Builder):  # type: ignore[no-untyped-def]
    from sim.experiment import play

    return play(builder.model(), 1, 0)
