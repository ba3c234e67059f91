"""What must not get lost: residuals that are 0 in every replication, exactly."""

from __future__ import annotations

import numpy as np

from results.metrics.clocks import open_time
from results.metrics.customers import USUAL, customers_end, leavers
from results.metrics.ledger import ledger
from results.metrics.loops import fast, overlap
from results.metrics.record import Record
from results.metrics.scope import MONTH
from sim.history.kinds import Activity, SeatState
from sim.history.tables import NEVER
from sim.rules.seats import seat_count, shift_of
from sim.spec.calendars import Ints
from sim.spec.flows import Flow
from sim.spec.organisation import Team


def checks(record: Record) -> dict[str, int]:
    """Residuals in tickets or seconds; every one of them is 0 if nothing was lost or counted twice."""
    found = {
        "tickets_arrived_less_closed_less_open": _arrived_closed_open(record),
        "tickets_open_less_spells_open": _open_spells(record),
        "seconds_worked_without_ticket": _worked_without_ticket(record),
        "seconds_paid_twice": _paid_twice(record),
        "seconds_paid_less_planned_shifts": _paid_less_planned(record),
        "seconds_paid_less_worked_idle_absent": _paid_less_states(record),
        "faults_born_less_fixed_less_there": _faults(record),
        "people_left_less_hired_less_vacant": _people(record),
        "customers_there_came_left_millionths": _customers(record),
    }
    for flow in Flow:
        found[f"seconds_in_system_less_spells_{flow.name.lower()}"] = _in_system(record, flow)
    return found


def _arrived_closed_open(record: Record) -> int:
    activity = record.history.activities.activity
    closings = int(np.count_nonzero((activity == Activity.CLOSE) | (activity == Activity.GO_LIVE)))
    return len(record.cases) - closings - int(np.count_nonzero(record.cases.closed == NEVER))


def _open_spells(record: Record) -> int:
    still_open = np.count_nonzero(record.history.spells.end == NEVER)
    return int(np.count_nonzero(record.cases.restored == NEVER)) - int(still_open)


def _faults(record: Record) -> int:
    """Every fault is there, or a problem that was solved has removed it, one fault each."""
    faults, cases = record.history.faults, record.cases
    solved = (cases.flow == Flow.PROBLEM) & (cases.restored != NEVER)
    there = int(np.count_nonzero(faults.died == NEVER))
    return len(faults) - int(np.count_nonzero(solved)) - there


def _people(record: Record) -> int:
    """Seats from which more left than came; each can be vacant once at most."""
    staff = record.history.staff
    seats = staff.team * (1 + staff.seat.max(initial=0)) + staff.seat
    balance = np.bincount(seats, weights=1 - 2 * staff.hired)
    return int(np.count_nonzero((balance != 0) & (balance != 1)))


def _customers(record: Record) -> int:
    """Customers at the start and who came, less who left and who are there at the end; in millionths.

    Who left because of incidents is taken from the experiences, one by one, not from the stock.
    """
    gone, prices = leavers(record), record.prices.customers
    came = prices.acquisition_per_month * record.history.horizon / MONTH
    excess = gone.customers[gone.time >= 0].sum()
    there = prices.customers + came - gone.stock[:, USUAL].sum() - excess
    return round(1e6 * float(there - customers_end(record, record.history.horizon)))


def _in_system(record: Record, flow: Flow) -> int:
    spells, horizon = record.history.spells, record.history.horizon
    rows = np.flatnonzero(record.spell_flow == flow)
    inside = np.clip(record.spell_end[rows], 0, horizon) - np.clip(spells.start[rows], 0, horizon)
    return record.history.in_system_seconds[flow] - int(inside.sum())


def _worked_without_ticket(record: Record) -> int:
    rows = record.history.seat_time
    busy = (rows.state == SeatState.WORKING) | (rows.state == SeatState.OVERTIME)
    wrong = np.flatnonzero(busy != (rows.case >= 0))
    return int((rows.end[wrong] - rows.start[wrong]).sum())


def _paid_twice(record: Record) -> int:
    """Seconds of a seat in two rows at once."""
    rows = record.history.seat_time
    until = np.full((len(record.model.teams), rows.seat.max(initial=0) + 1), NEVER)
    if not fast(overlap)(rows.team, rows.seat, rows.start, rows.end, until):
        return 0
    order = np.lexsort((rows.start, rows.seat, rows.team))
    start, end, team, seat = (column[order] for column in (rows.start, rows.end, rows.team, rows.seat))
    same = (team[1:] == team[:-1]) & (seat[1:] == seat[:-1])
    return int(np.maximum(end[:-1] - start[1:], 0)[same].sum())


def _paid_less_states(record: Record) -> int:
    rows, horizon = record.history.seat_time, record.history.horizon
    inside = np.minimum(rows.end, horizon)
    inside -= np.maximum(rows.start, 0)
    np.maximum(inside, 0, out=inside)
    overtime = np.flatnonzero(rows.state == SeatState.OVERTIME)
    by_state = ledger(record, _measured(record)).sum(axis=(0, 2, 3))
    states = by_state[[SeatState.WORKING, SeatState.IDLE, SeatState.ABSENT]]
    return int(inside.sum()) - int(inside[overtime].sum()) - int(states.sum())


def _paid_less_planned(record: Record) -> int:
    """In-shift seconds less those of the seats' shift plans, for teams whose seats stay as they are.

    No lever moves them, and nobody has left.
    """
    by_team = ledger(record, _measured(record)).sum(axis=(2, 3))
    wrong = 0
    for number, team in enumerate(record.model.teams):
        if record.model.parameters[team.seats].steps or number in record.history.staff.team:
            continue
        paid = by_team[number].sum() - by_team[number, SeatState.OVERTIME]
        wrong += abs(int(paid) - _planned_seconds(record, team))
    return wrong


def _planned_seconds(record: Record, team: Team) -> int:
    shares = [shift.share for shift in team.shifts]
    open_for = [int(np.diff(open_time(shift.calendar, _measured(record)))[0]) for shift in team.shifts]
    seats = seat_count(record.model.parameters[team.seats].value)
    return sum(open_for[shift_of(seat, shares)] for seat in range(seats))


def _measured(record: Record) -> Ints:
    return np.array([0, record.history.horizon], dtype=np.int64)
