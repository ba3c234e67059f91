"""Scripted days: tickets that arrive at given hours, so that a test reads like a page of the handbook."""

from __future__ import annotations

from collections.abc import Sequence

from sim.chance.keyed import child
from sim.engines.process import set_up
from sim.engines.process.incidents import incident
from sim.engines.process.world import Process
from sim.history.kinds import Activity, SeatState
from sim.history.tables import NEVER, History
from sim.rules import order
from sim.spec.calendars import HOUR
from sim.spec.model import Model


def play_script(model: Model, arrivals: Sequence[tuple[float, int]]) -> History:
    """Play a model without demand in which incident i of stream s arrives at the given hour: (hour, s)."""
    world = set_up(model, 1, 0)

    def script() -> Process:
        for ordinal, (hour, stream) in enumerate(sorted(arrivals)):
            key = child(0, 99, ordinal)
            yield world.after(int(hour * HOUR) - world.now, order.ARRIVAL, key)
            world.env.process(incident(world, stream, 0, ordinal, key))

    world.env.process(script())
    return world.finish()


def work(history: History) -> list[tuple[float, float, int, int, str]]:
    """Who worked when: (from hour, to hour, seat, ticket, state), in time order."""
    table = history.seat_time
    rows = zip(
        table.start.tolist(),
        table.end.tolist(),
        table.seat.tolist(),
        table.case.tolist(),
        table.state.tolist(),
        strict=True,
    )
    return sorted(
        (start / HOUR, end / HOUR, seat, case, SeatState(state).name.lower())
        for start, end, seat, case, state in rows
        if case >= 0
    )


def restored(history: History) -> list[float | None]:
    """Hour at which each ticket was restored."""
    return [None if time == NEVER else time / HOUR for time in history.cases.restored.tolist()]


def activities(history: History, case: int) -> list[tuple[str, float, float | None]]:
    """What happened to one ticket apart from work: (activity, from hour, to hour)."""
    table = history.activities
    rows = zip(
        table.case.tolist(),
        table.activity.tolist(),
        table.start.tolist(),
        table.complete.tolist(),
        strict=True,
    )
    return [
        (Activity(activity).name.lower(), start / HOUR, None if complete == NEVER else complete / HOUR)
        for row, activity, start, complete in rows
        if row == case
    ]


def hours(history: History, state: SeatState) -> float:
    """Seat-hours in a state."""
    table = history.seat_time
    return float((table.end - table.start)[table.state == state].sum() / HOUR)
