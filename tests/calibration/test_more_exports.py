"""More tools that nobody prepared for: flags, priorities that count upwards, rows dated by an odd column."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from calibration.cleaning import log_findings
from calibration.cleaning.calendar import quiet_days
from calibration.exports.columns import parsed_priorities
from calibration.exports.log import TicketLog, read_log
from calibration.exports.mapping import load_mapping
from calibration.exports.synonyms import kind_of_state
from calibration.fit.cases import cases_of
from scenarios.errors import BadInput
from tests.calibration.foreign import (
    ACTIVE,
    CLOSED,
    END,
    NEW,
    RESOLVED,
    WAITING,
    Ticket,
    american,
    organisation,
    write,
)

DUE = timedelta(hours=48)


@pytest.fixture(scope="module")
def truth() -> list[Ticket]:
    return sorted(organisation()[::4], key=lambda one: one.opened)


def stamp(time: datetime | None, form: str = "%Y-%m-%d %H:%M:%S") -> str:
    return "" if time is None else time.strftime(form)


def service_desk_plus(path: Path, tickets: list[Ticket]) -> Path:
    """Flags for reopening and for being late; what is completed is closed."""
    header = [
        "Request ID", "Requester", "Request Type", "Created Time", "DueBy Time", "Resolved Time",
        "Completed Time", "Technician", "Group", "Priority", "Request Status", "Overdue Status", "Reopened",
    ]  # fmt: skip
    states = {NEW: "Open", ACTIVE: "Assigned", WAITING: "Onhold", RESOLVED: "Resolved", CLOSED: "Closed"}
    return write(path, header, (
        [
            str(one.number), one.caller, "Service Request" if one.request else "Incident",
            american(one.opened), american(one.opened + DUE), american(one.last(RESOLVED)) or "-",
            american(one.last(CLOSED)) or "-", one.events[-1][3] or "Not Assigned", one.team,
            ("Urgent", "High", "Medium", "Low")[one.priority - 1], states[one.state],
            str((one.last(RESOLVED) or END) - one.opened > DUE).lower(), str(one.reopens > 0).lower(),
        ]
        for one in tickets
    ))  # fmt: skip


def otrs(path: Path, tickets: list[Ticket]) -> Path:
    """German OTRS or Znuny: priority 5 is the highest, and the queue is the team."""
    header = ["Ticket#", "Alter", "Erstellt", "Geschlossen", "Status", "Priorität", "Queue", "Besitzer"]
    states = {NEW: "neu", ACTIVE: "offen", WAITING: "warten zur Erinnerung"}
    ranks = ("5 sehr hoch", "4 hoch", "3 normal", "2 niedrig")
    return write(path, header, (
        [
            f"{one.opened:%Y%m%d}10{one.number:06d}", "3 d 4 h", stamp(one.opened), stamp(one.last(RESOLVED)),
            states.get(one.state, "erfolgreich geschlossen"), ranks[one.priority - 1], one.team,
            one.events[-1][3],
        ]
        for one in tickets
    ), ";")  # fmt: skip


def history(path: Path, tickets: list[Ticket], column: str = "Stand vom", *, dated: bool = True) -> Path:
    """A row a change, dated by a column whose name says nothing (and one of times that never change)."""
    header = [
        "IncidentNumber",
        column,
        "Target",
        "CreatedDateTime",
        "Status",
        "OwnerTeam",
        "ResolvedDateTime",
    ]
    states = {NEW: "Logged", WAITING: "Waiting for Customer", RESOLVED: "Resolved", CLOSED: "Closed"}
    return write(path, header, (
        [
            str(one.number), stamp(time) if dated else "x", stamp(one.opened + DUE), stamp(one.opened),
            states.get(state, "Active"), team,
            stamp(one.last(RESOLVED)) if state in (RESOLVED, CLOSED) else "",
        ]
        for one in tickets
        for time, state, team, _ in one.events
    ), "\t")  # fmt: skip


def changed_fields(path: Path, tickets: list[Ticket]) -> Path:
    """A row a changed field, the newest first, with none for the creation; comments are changes too."""
    header = ["Issue key", "Created", "Author", "Date of change", "Field", "Old value", "New value"]
    states = {NEW: "Open", ACTIVE: "In progress", WAITING: "Waiting for customer", CLOSED: "Closed"}
    rows = []
    for one in tickets:
        state, team = NEW, one.events[0][2]
        for time, new, group, person in one.events:
            common = [f"SUP-{one.number}", stamp(one.opened), person or "Automation", stamp(time)]
            if new != state:
                rows.append([*common, "status", states.get(state, "Resolved"), states.get(new, "Resolved")])
            if group != team:
                rows.append([*common, "Assigned Team", team, group])
            rows.append([*common, "Comment", "", "Thanks"])
            state, team = new, group
    return write(path, header, reversed(rows))


def log_of(written: Callable[[Path, list[Ticket]], Path], folder: Path, tickets: list[Ticket]) -> TicketLog:
    return read_log(written(folder / "export.csv", tickets), load_mapping("auto"))


def told(log: TicketLog, name: str) -> str:
    return next((item.text for item in log.findings if item.name == name), "")


def test_flags_tell_reopening_and_lateness(tmp_path: Path, truth: list[Ticket]) -> None:
    log = log_of(service_desk_plus, tmp_path, truth)
    cases = cases_of(log)
    assert (cases["reopens"] > 0).sum() == sum(one.reopens > 0 for one in truth) > 10
    late = [(one.last(RESOLVED) or END) - one.opened > DUE for one in truth]
    assert (cases["made_sla"] == 0).sum() == sum(late) > 50
    assert "kept service level: 'false'; as a missed one: 'true'" in told(log, "sla_values")
    assert log.columns["closed"] == "Completed Time"
    assert log.rows["person"].isna().any()


def test_priorities_that_count_upwards_go_by_their_words(tmp_path: Path, truth: list[Ticket]) -> None:
    log = log_of(otrs, tmp_path, truth)
    cases = cases_of(log)
    assert cases["priority"].tolist() == [one.priority for one in truth]
    assert "('5 sehr hoch' is the highest)" in told(log, "priority_words")
    assert log.columns["person"] == "Besitzer"


@pytest.mark.parametrize(
    ("values", "ranks"),
    [
        (["1 - Critical", "2 - High", "4 - Low", "5 - Planning"], [1, 2, 4, 4]),
        (["1 - Low", "2 - Medium", "3 - High"], [4, 3, 2]),
        (["1 - High", "2 - Medium", "3 - Low"], [1, 2, 3]),
        (["Low", "Medium", "High", "Major"], [4, 3, 2, 1]),
        (["Blocker", "Major", "Minor"], [1, 2, 4]),
    ],
)
def test_ranks_of_priorities(values: list[str], ranks: list[int]) -> None:
    assert parsed_priorities(pd.Series(values), {})[0].tolist() == ranks
    given = parsed_priorities(pd.Series(values), {values[0]: 3})[0]
    assert given.tolist() == [3, *ranks[1:]]


def test_rows_are_dated_by_what_changes_from_row_to_row(tmp_path: Path, truth: list[Ticket]) -> None:
    log = log_of(history, tmp_path, truth)
    assert (log.layout, log.columns["time"]) == ("updates", "Stand vom")
    assert cases_of(log)["handoffs"].tolist() == [one.handoffs for one in truth]
    named = log_of(lambda path, tickets: history(path, tickets, "LastModDateTime"), tmp_path, truth)
    assert named.columns["time"] == "LastModDateTime"


def test_changes_of_fields_are_read_as_states_and_teams(tmp_path: Path, truth: list[Ticket]) -> None:
    log = log_of(changed_fields, tmp_path, truth)
    assert "status as state, Assigned Team as team" in told(log, "field_changes")
    assert not log.rejects
    cases = cases_of(log).set_index("case").loc[[f"SUP-{one.number}" for one in truth]]
    assert cases["handoffs"].tolist() == [one.handoffs for one in truth]
    hours = pd.Series([one.hours for one in truth])
    assert (cases["hours"].reset_index(drop=True) - hours).abs().max() < 0.01
    assert (cases["hours"].isna().to_numpy() == hours.isna()).all()
    first = log.rows.groupby("case")["team"].first()
    again = read_log(tmp_path / "export.csv", log.mapping)
    assert again.rows.equals(log.rows)
    moved = [one for one in truth if one.handoffs]
    assert {first[f"SUP-{one.number}"] for one in moved} == {one.events[0][2] for one in moved}


@pytest.mark.parametrize(("cell", "why"), [("soon", ""), ("45901.336", "a number of days as Excel counts")])
def test_a_column_of_times_that_cannot_be_read_is_told(tmp_path: Path, cell: str, why: str) -> None:
    """Not that it is missing: it is there."""
    rows = [[str(number), cell, cell, "Desk"] for number in range(200)]
    path = write(tmp_path / "x.csv", ["Ticket ID", "Created", "Resolved", "Team"], rows)
    with pytest.raises(BadInput, match=f"no dates can be read in column 'Created'.*'{cell}'") as caught:
        read_log(path, load_mapping("auto"))
    assert why in str(caught.value)
    assert "dates.formats" in str(caught.value)


def test_days_without_hours_are_told(tmp_path: Path, truth: list[Ticket]) -> None:
    rows = [
        [str(one.number), stamp(one.opened, "%d.%m.%Y"), stamp(one.last(RESOLVED), "%d.%m.%Y"), one.team]
        for one in truth
    ]
    path = write(tmp_path / "x.csv", ["Ticket ID", "Created", "Resolved", "Team"], rows)
    log = read_log(path, load_mapping("auto"))
    found = {item.name: item.text for item in log_findings(log, cases_of(log))}
    assert "100% of the openings and 100% of the resolutions are at midnight" in found["whole_days"]
    whole = log_of(history, tmp_path, truth)
    assert "whole_days" not in {item.name for item in log_findings(whole, cases_of(whole))}


def test_rows_without_a_time_are_no_way_of_a_ticket(tmp_path: Path, truth: list[Ticket]) -> None:
    """Only the last row of each counts, and the report says so."""
    log = log_of(lambda path, tickets: history(path, tickets, dated=False), tmp_path, truth)
    assert log.layout == "list"
    assert f"rows of {len(truth):,} tickets, but no column says when" in told(log, "rows_without_time")
    cases = cases_of(log)
    assert cases["handoffs"].sum() == 0
    assert cases["hours"].isna().sum() == sum(one.last(RESOLVED) is None for one in truth)
    last = log.rows.groupby("case", sort=False)["team"].last()
    assert last.tolist() == [one.team for one in sorted(truth, key=lambda one: str(one.number))]


@pytest.mark.parametrize(
    "state",
    ["Queued / Awaiting Assignment", "Waiting for support", "Pending assignment", "Awaiting dispatch"],
)
def test_a_queue_of_the_team_is_no_wait_for_others(state: str) -> None:
    assert kind_of_state(state) is None
    assert kind_of_state("Waiting for customer assignment") == "user_wait"


def test_days_that_chance_explains_are_not_quiet() -> None:
    """Where days scatter, a day of less than half the usual is nothing unusual; a holiday is."""
    chance = np.random.default_rng(1)
    days = pd.date_range("2025-01-06", periods=7 * 12, freq="D")
    usual = np.where(days.day_of_week < 5, 46.0, 6.0)
    quiet, found = 0, 0
    for _ in range(100):
        counts = pd.Series(chance.poisson(usual * chance.gamma(20, 1 / 20, len(days))), index=days)
        quiet += int(quiet_days(counts).sum())
        counts.iloc[37] = 4
        found += bool(quiet_days(counts).iloc[37])
    assert quiet <= 25
    assert found >= 95
