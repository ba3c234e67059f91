"""The event log: a history as rows that process-mining tools read."""

from __future__ import annotations

from sim.history.ids import case_ids
from sim.history.kinds import Activity
from sim.history.tables import NEVER, History
from sim.spec.changes import Purpose
from sim.spec.flows import Cause, Flow
from sim.spec.model import Model

COLUMNS = (
    "case_id",
    "flow",
    "activity",
    "start_hours",
    "complete_hours",
    "team",
    "service",
    "priority",
    "cause",
)
FLOWS = tuple(flow.name.lower() for flow in Flow)
ACTIVITIES = tuple(activity.name.lower() for activity in Activity)

Row = tuple[str, str, str, float, float | None, str, str, int, str]


def cause_name(cause: int) -> str:
    """The ``cause`` of the event log: a ``Cause``, or of a change its ``Purpose``, in lower case."""
    if cause >= Cause.PURPOSE:
        return Purpose(cause - Cause.PURPOSE).name.lower()
    return Cause(cause).name.lower()


def event_rows(model: Model, history: History) -> list[Row]:
    """Rows of the event log in ``COLUMNS``, of what completes after t = 0 or was not complete at the end.

    Sorted by start, complete, case id and activity; an unfinished row has no complete time and sorts last
    among those of its start. Planned work has priority 5.
    """
    ids = case_ids(model, history)
    flow = history.cases.flow.tolist()
    service = history.cases.service.tolist()
    perceived = history.cases.perceived.tolist()
    causes = [cause_name(cause) for cause in history.cases.cause.tolist()]
    teams = [team.name for team in model.teams]
    services = [entry.name for entry in model.services]
    rows: list[tuple[int, int, str, str, Row]] = []

    def add(case: int, activity: int, start: int, complete: int, team: int) -> None:
        name = ACTIVITIES[activity]
        unfinished = complete == NEVER
        if not unfinished and complete <= 0:
            return
        row = (
            ids[case],
            FLOWS[flow[case]],
            name,
            start / 3600,
            None if unfinished else complete / 3600,
            teams[team] if team >= 0 else "",
            services[service[case]],
            perceived[case],
            causes[case],
        )
        rows.append((start, 2**62 if unfinished else complete, ids[case], name, row))

    acts = history.activities
    for entry in zip(
        acts.case.tolist(),
        acts.activity.tolist(),
        acts.start.tolist(),
        acts.complete.tolist(),
        acts.team.tolist(),
        strict=True,
    ):
        add(*entry)
    work = history.seat_time
    for case, start, end, team in zip(
        work.case.tolist(), work.start.tolist(), work.end.tolist(), work.team.tolist(), strict=True
    ):
        if case >= 0:
            add(case, Activity.WORK, start, NEVER if end == history.horizon else end, team)
    rows.sort(key=lambda row: row[:4])
    return [row[4] for row in rows]
