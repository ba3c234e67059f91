"""A simulated history as the export of a ticket tool: one row an update, in plain columns."""

from __future__ import annotations

import csv
import gzip
import io
from datetime import datetime, timedelta
from pathlib import Path

from sim.history.kinds import Activity
from sim.history.tables import NEVER, History
from sim.spec.flows import Flow
from sim.spec.model import Model

FOLDER = Path(__file__).parent
TICKETS = FOLDER / "small_tickets.csv.gz"
MAPPING = FOLDER / "small_tickets.yaml"

COLUMNS = (
    "ticket",
    "opened",
    "updated",
    "state",
    "team",
    "handoffs",
    "reopened",
    "priority",
    "category",
    "kind",
    "resolved",
)
NEW, ACTIVE, USER, VENDOR, RESOLVED = (
    "New",
    "In progress",
    "Waiting for user",
    "Waiting for vendor",
    "Resolved",
)
STATES = {Activity.WAIT_FOR_USER: USER, Activity.WAIT_FOR_VENDOR: VENDOR}
AUTOMATED = 1

Row = tuple[str, ...]
Update = tuple[int, int, str, str | None]
"""When, in which order at one instant, the state, and the team if it changes."""


def export_rows(model: Model, history: History) -> list[Row]:
    """Rows of all incidents and requests that people worked on and that were opened after t = 0."""
    start = datetime.fromisoformat(model.start)
    cases, acts = history.cases, history.activities
    wanted = [
        number
        for number in range(len(cases.key))
        if cases.flow[number] in (Flow.INCIDENT, Flow.REQUEST)
        and cases.automated[number] != AUTOMATED
        and 0 <= cases.opened[number] < history.horizon
    ]
    updates: dict[int, list[Update]] = {number: [] for number in wanted}
    names = [team.name for team in model.teams]
    for case, activity, begin, end, team in zip(
        acts.case.tolist(),
        acts.activity.tolist(),
        acts.start.tolist(),
        acts.complete.tolist(),
        acts.team.tolist(),
        strict=True,
    ):
        if case in updates:
            updates[case] += updates_of(activity, begin, end, names[team] if team >= 0 else None)
    rows: list[Row] = []
    for number in wanted:
        stream = (model.incidents if cases.flow[number] == Flow.INCIDENT else model.requests)[
            int(cases.stream[number])
        ]
        restored = int(cases.restored[number])
        same = (
            str(int(cases.perceived[number])),
            model.categories[stream.category].name,
            stream.name,
            "" if restored == NEVER else stamp(start, restored),
        )
        rows += case_rows(f"T{number + 1:06d}", start, int(cases.opened[number]), updates[number], same)
    return sorted(rows, key=lambda row: (row[2], row[0]))


def updates_of(activity: int, begin: int, end: int, team: str | None) -> list[Update]:
    """What a ticket tool would write down of one activity."""
    if activity == Activity.QUEUE:
        return [(begin, 1, ACTIVE, team)]
    if activity in STATES:
        back = [] if end == NEVER else [(end, 0, ACTIVE, None)]
        return [(begin, 2, STATES[Activity(activity)], None), *back]
    if activity == Activity.HAND_OFF:
        return [(begin, 3, ACTIVE, team)]
    if activity == Activity.RESTORE:
        return [(begin, 4, RESOLVED, None)]
    if activity == Activity.REOPEN:
        return [(begin, 5, ACTIVE, None)]
    return []


def case_rows(
    ticket: str, start: datetime, opened: int, updates: list[Update], same: tuple[str, str, str, str]
) -> list[Row]:
    """Rows of one ticket, from its first team on."""
    rows: list[Row] = []
    team, handoffs, reopened = "", 0, 0
    before: tuple[str, str, int] | None = None
    for when, order, state, now in sorted(updates):
        if now is not None and now != team:
            handoffs += team != ""
            team = now
        reopened += order == 5
        if not team:
            continue
        first = NEW if not rows else state
        row = (
            ticket,
            stamp(start, opened),
            stamp(start, max(when, opened)),
            first,
            team,
            str(handoffs),
            str(reopened),
            *same,
        )
        if not rows or (state, team, handoffs) != before:
            rows.append(row)
        before = (state, team, handoffs)
    return rows


def stamp(start: datetime, seconds: int) -> str:
    """A time as the export writes it."""
    return f"{start + timedelta(seconds=seconds):%Y-%m-%d %H:%M:%S}"


def export_text(model: Model, history: History) -> str:
    """The export as CSV text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(export_rows(model, history))
    return out.getvalue()


def write_packed(path: Path, text: str) -> None:
    """Write gzipped text, the same bytes for the same text."""
    with path.open("wb") as raw, gzip.GzipFile(filename="", fileobj=raw, mode="wb", mtime=0) as packed:
        packed.write(text.encode("utf-8"))
