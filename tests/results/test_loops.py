"""Loops over large tables: the same compiled and plain, and the same as slow code that is easy to trust."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from results.metrics import loops
from results.metrics.bins import passed, rows_within
from results.metrics.clocks import open_time
from results.metrics.loops import fast
from results.metrics.measures import MEASURES
from results.metrics.queues import queues
from results.metrics.record import Record
from results.metrics.scope import Scope, week_edges
from results.metrics.tickets import happened, standing
from results.summary import Summary, summarise
from sim.history.kinds import Activity
from sim.history.tables import NEVER
from sim.spec.calendars import DAY, WEEK, Calendar
from sim.spec.flows import Flow
from tests.results.organisation import DAYS, TARGETS, history, model, prices

END = DAYS * DAY
LUCK = np.random.default_rng(7)


def record(*scopes: Scope, name: str = "silos") -> Record:
    return Record(model(), prices(), history(name, 0), scopes)


def same(first: Summary, second: Summary) -> bool:
    """Bit by bit, undefined numbers included."""
    return all(
        repr(getattr(first, field.name)) == repr(getattr(second, field.name)) for field in fields(Summary)
    )


@pytest.mark.parametrize("name", ["base", "silos", "automation"])
def test_a_summary_has_the_same_bits_without_machine_code(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = summarise(model(), prices(), TARGETS, history(name, 1))
    monkeypatch.setattr(loops, "_machine_code", lambda loop: loop)
    with np.printoptions(threshold=10**6, floatmode="unique"):
        assert same(compiled, summarise(model(), prices(), TARGETS, history(name, 1)))


@pytest.mark.parametrize("service", [-1, 1])
@pytest.mark.parametrize("window", [(0, END), (3 * DAY + 5, 17 * DAY + 1), (-WEEK, WEEK)])
def test_windows_told_beforehand_measure_the_same(window: tuple[int, int], service: int) -> None:
    scope, odd = Scope(*window, service), Scope(2 * DAY + 11, 20 * DAY + 3)
    told, untold = record(scope, odd), record()
    for measure in MEASURES.values():
        np.testing.assert_equal(measure(told, scope), measure(untold, scope))


@pytest.mark.parametrize("edges", [[0, 10], [-5, 0, 1, 4, 4, 30], list(range(0, 60, 7))])
@pytest.mark.parametrize("single", [True, False])
def test_spend_is_what_counting_second_by_second_gives(edges: list[int], single: bool) -> None:
    size = 200
    start = LUCK.integers(-20, 60, size)
    end = start + LUCK.integers(-2, 30, size)
    cell, weight = LUCK.integers(-1, 3, size), LUCK.integers(1, 5, 1 if single else size)
    spent = np.zeros((3, len(edges) - 1), dtype=np.int64)
    fast(loops.spend)(cell, start, end, weight, np.array(edges), spent)
    slow = np.zeros_like(spent)
    for row in range(size):
        for second in range(start[row], end[row]):
            for place in range(len(edges) - 1):
                if cell[row] >= 0 and edges[place] <= second < edges[place + 1]:
                    slow[cell[row], place] += weight[0 if single else row]
    assert np.array_equal(spent, slow)


def test_a_calendar_is_open_for_the_seconds_that_lie_in_its_intervals() -> None:
    calendar = Calendar("gaps", np.array([5, 9, 20]), np.array([7, 12, 21]))
    is_open = [any(s <= t < e for s, e in ((5, 7), (9, 12), (20, 21))) for t in range(40)]
    times = LUCK.integers(0, 40, 100)
    assert open_time(calendar, times).tolist() == [sum(is_open[:time]) for time in times]
    never = Calendar("never", np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    assert open_time(never, times).tolist() == [0] * 100


@pytest.mark.parametrize("window", [(0, END), (3 * DAY + 5, 17 * DAY + 1)])
def test_queues_are_what_following_every_ticket_gives(window: tuple[int, int]) -> None:
    found, rows = queues(record(), Scope(*window)), history("silos", 0).activities
    begin, over = window
    inside, visits, handed_over, begun = (np.zeros(3, dtype=np.int64) for _ in range(4))
    for ticket in range(len(history("silos", 0).cases)):
        mine = np.flatnonzero(rows.case == ticket)
        waits = [row for row in mine if rows.activity[row] in (Activity.QUEUE, Activity.QUEUE_AGAIN)]
        entries = [row for row in waits if rows.activity[row] == Activity.QUEUE]
        worked = [rows.complete[row] for row in entries if rows.complete[row] != NEVER]
        assert found.first_work[ticket] == min(worked, default=END + 1)
        total = 0
        for row in waits:
            until = min(END if rows.complete[row] == NEVER else rows.complete[row], over)
            length = max(until - max(rows.start[row], begin), 0)
            inside[rows.team[row]] += length
            total += length
            if begin <= rows.start[row] < over:
                begun[rows.team[row]] += until - rows.start[row]
        assert found.by_ticket[ticket] == total
        for before, row in zip([None, *entries], entries, strict=False):
            if begin <= rows.start[row] < over:
                visits[rows.team[row]] += 1
                handed_over[rows.team[row]] += before is not None and rows.team[before] != rows.team[row]
    assert handed_over.any()
    for slow, quick in (
        (inside, found.by_team),
        (visits, found.visits),
        (handed_over, found.handed_over),
        (begun, found.begun),
    ):
        assert slow.tolist() == quick.tolist()


@pytest.mark.parametrize("moment", [END, 10 * DAY + 7])
def test_tickets_stand_as_their_spells_say(moment: int) -> None:
    played = history("silos", 0)
    now, spells, cases = standing(record(), moment), played.spells, played.cases
    for ticket in range(len(cases)):
        mine = [row for row in np.flatnonzero(spells.case == ticket) if spells.start[row] < moment]
        over = [spells.end[row] for row in mine if NEVER < spells.end[row] < moment]
        since = NEVER if cases.flow[ticket] == Flow.INCIDENT else cases.opened[ticket]
        ends = [spells.end[row] if NEVER < spells.end[row] < moment else moment for row in mine]
        lengths = [end - max(spells.start[row], since) for row, end in zip(mine, ends, strict=True)]
        assert now.unresolved[ticket] == sum(max(length, 0) for length in lengths)
        assert now.is_open[ticket] == (len(over) < len(mine))
        assert now.late[ticket] == any(end > cases.due[ticket] for end in over)


def test_what_happened_is_counted_by_kind_flow_and_week() -> None:
    played = history("silos", 0)
    edges, rows, cases = week_edges(0, END), played.activities, played.cases
    found = happened(record(), edges, service=1)
    for activity in Activity:
        for flow in Flow:
            own = (cases.flow[rows.case] == flow) & (cases.service[rows.case] == 1)
            time = rows.start[(rows.activity == activity) & own]
            assert found[activity, flow].tolist() == np.histogram(time[time < END], edges)[0].tolist()


def test_two_rows_of_a_seat_at_once_are_found_wherever_they_stand() -> None:
    team, seat = np.array([0, 0, 1, 0]), np.array([0, 1, 0, 0])
    start, end = np.array([0, 0, 0, 5]), np.array([5, 9, 9, 8])

    def both(last_start: int) -> bool:
        until = np.full((2, 2), NEVER)
        return bool(fast(loops.overlap)(team, seat, np.append(start[:3], last_start), end, until))

    assert not both(5)
    assert both(4)


@pytest.mark.parametrize("edges", [[0, 4, 8, 12], [0, 4, 5, 12], [3]])
def test_edges_passed_are_the_same_in_any_order_of_time(edges: list[int]) -> None:
    times = np.arange(-5, 20)
    slow = np.array([sum(edge <= time for edge in edges) for time in times])
    mixed = LUCK.permutation(len(times))
    assert np.array_equal(passed(times, np.array(edges)), slow)
    assert np.array_equal(passed(times[mixed], np.array(edges)), slow[mixed])
    assert times[rows_within(times, 3, 8)].tolist() == [3, 4, 5, 6, 7]
    assert sorted(times[mixed][rows_within(times[mixed], 3, 8)]) == [3, 4, 5, 6, 7]
