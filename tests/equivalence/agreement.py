"""Whether two histories of one model are the same, and if not, where they part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import numpy as np

from sim.engines import process
from sim.engines.compiled import run as compiled
from sim.history.ids import case_ids
from sim.history.kinds import Activity, SeatState, WorkKind
from sim.history.log import event_rows
from sim.history.tables import NEVER, History
from sim.spec.calendars import DAY, HOUR, MINUTE
from sim.spec.model import Model
from watermelon.eventlog import write_log

TABLES = ("cases", "activities", "spells", "seat_time", "faults", "staff", "stocks")
FACTS = ("seed", "replication", "warmup", "horizon", "in_system_seconds")
SHOWN_BEFORE = 5

Moment = tuple[int, str]


def play_both(model: Model, seed: int, replication: int, folder: Path) -> History:
    """Play a model with both engines; everything that they hand over must be the same, to the byte.

    So must cases alone, of the compiled engine, which leaves out what belongs to the rest.
    """
    specified = process.play(model, seed, replication)
    found = compiled.play(model, seed, replication)
    parted = differences(specified, found)
    assert not parted, f"{', '.join(parted)} differ\n{parting(model, specified, found)}"
    alone = differences(specified.without_details(), compiled.play(model, seed, replication, whole=False))
    assert not alone, f"{', '.join(alone)} differ if cases alone are written down"
    logs = [log(model, history, folder / name) for name, history in (("a.csv", specified), ("b.csv", found))]
    assert logs[0] == logs[1], "the histories are the same and their event logs are not"
    return specified


def differences(specified: History, found: History) -> list[str]:
    """Columns and facts that are not the same in both."""
    parted = []
    for name in TABLES:
        one, other = getattr(specified, name), getattr(found, name)
        for column in (field.name for field in fields(one)):
            a, b = getattr(one, column), getattr(other, column)
            assert a.dtype == b.dtype == np.int64
            if not np.array_equal(a, b):
                parted.append(f"{name}.{column}")
    return parted + [fact for fact in FACTS if getattr(specified, fact) != getattr(found, fact)]


def log(model: Model, history: History, path: Path) -> bytes:
    """The event log as the command line writes it."""
    write_log(path, ".csv", event_rows(model, history), model.start)
    return path.read_bytes()


# Where they part


def parting(model: Model, specified: History, found: History) -> str:
    """The first event that is not the same in both, after the last five that are."""
    one, other = moments(model, specified), moments(model, found)
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    if same == len(one) == len(other):
        return "the same events, recorded in another order"
    lines = [f"  both      {shown(one[row])}" for row in range(max(0, same - SHOWN_BEFORE), same)]
    for engine, diary in (("process", one), ("compiled", other)):
        lines.append(f"  {engine:9} {shown(diary[same]) if same < len(diary) else 'nothing more'}")
    return "\n".join([f"the first difference, of {len(one)} and {len(other)} events:", *lines])


def moments(model: Model, history: History) -> list[Moment]:
    """All that a history holds, begin and end by begin and end, in the order of time."""
    ids = case_ids(model, history)
    return sorted(
        [
            *_activities(model, history, ids),
            *_spells(history, ids),
            *_seat_time(model, history, ids),
            *_at_the_end(history, ids),
        ]
    )


def _activities(model: Model, history: History, ids: list[str]) -> Iterator[Moment]:
    rows = history.activities
    for case, activity, start, complete, team in zip(
        rows.case.tolist(),
        rows.activity.tolist(),
        rows.start.tolist(),
        rows.complete.tolist(),
        rows.team.tolist(),
        strict=True,
    ):
        what = f"{ids[case]} {Activity(activity).name}" + (f" {model.teams[team].name}" if team >= 0 else "")
        yield start, f"{what} begins" if complete != start else what
        if complete not in (start, NEVER):
            yield complete, f"{what} ends"


def _spells(history: History, ids: list[str]) -> Iterator[Moment]:
    rows = history.spells
    for case, start, end, *rest in zip(
        rows.case.tolist(),
        rows.start.tolist(),
        rows.end.tolist(),
        rows.service.tolist(),
        rows.depth.tolist(),
        rows.hits_employees.tolist(),
        rows.hits_customers.tolist(),
        strict=True,
    ):
        yield start, f"{ids[case]} unresolved: service, depth, employees, customers {rest}"
        if end != NEVER:
            yield end, f"{ids[case]} resolved"


def _seat_time(model: Model, history: History, ids: list[str]) -> Iterator[Moment]:
    rows = history.seat_time
    for team, seat, state, kind, case, start, end, *losses in zip(
        *(getattr(rows, field.name).tolist() for field in fields(rows)), strict=True
    ):
        who = f"{model.teams[team].name} seat {seat} {SeatState(state).name}"
        what = f" on {ids[case]} {WorkKind(kind).name}" if case >= 0 else ""
        yield start, f"{who}{what} begins"
        yield end, f"{who}{what} ends, switch loss and rework {losses}"


def _at_the_end(history: History, ids: list[str]) -> Iterator[Moment]:
    columns = [field.name for field in fields(history.cases)]
    for name, row in zip(
        ids, zip(*(getattr(history.cases, column).tolist() for column in columns), strict=True), strict=True
    ):
        yield history.horizon, f"{name} at the end: {dict(zip(columns, row, strict=True))}"


def shown(moment: Moment) -> str:
    """A moment as ``day 3 08:15:00 what``."""
    time, text = moment
    day, second = divmod(time, DAY)
    clock = f"{second // HOUR:02}:{second % HOUR // MINUTE:02}:{second % MINUTE:02}"
    return f"day {day} {clock} ({time} s) {text}"
