"""Columns beside those of a preset, audit tables, counts with odd cells, and more names of columns."""

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from calibration.exports.log import read_log
from calibration.exports.mapping import load_mapping
from calibration.fit.cases import cases_of
from tests.calibration.foreign import write

LISTS = {
    "team": ("ServiceNow", "Number,Opened,Resolved,State,Priority,Category,Team,Reassignment count"),
    "resolved": ("ServiceNow", "Number,Opened,Solved,State,Priority,Category,Assignment group,Channel"),
    "both": ("Jira", "Issue key,Created,Resolved,Status,Priority,Issue Type,Support group,Reassignments"),
}
"""Lists that are recognised by most of their columns, and name others as no preset does."""


@pytest.mark.parametrize("shape", LISTS)
def test_a_recognised_preset_keeps_no_column_from_being_read(tmp_path: Path, shape: str) -> None:
    tool, header = LISTS[shape]
    rows = [
        [
            f"T{number:05}", f"2026-02-{1 + number % 27:02} 09:05", f"2026-03-{1 + number % 27:02} 16:00",
            "Closed", "2 - High", "Access", f"Team {number % 3}", str(number % 4),
        ]
        for number in range(300)
    ]  # fmt: skip
    path = write(tmp_path / "x.csv", header.split(","), rows)
    log = read_log(path, load_mapping("auto"))
    told = " ".join(item.text for item in log.findings)
    assert f"The columns are those of: {tool}" in told
    for name, number in {"team": 6, "resolved": 2, "reassignments": 7}.items():
        if shape != "resolved" or name != "reassignments":
            assert log.columns[name] == header.split(",")[number]
    assert log.layout == "list"
    assert log.rows.groupby("case")["team"].last().nunique() == 3
    assert "perhaps" not in told
    assert read_log(path, log.mapping).rows.equals(log.rows)


def test_a_mapping_that_was_chosen_is_kept_to(tmp_path: Path) -> None:
    header = ["Number", "Opened", "Resolved", "State", "Priority", "Category", "Team"]
    row = ["2026-02-13 09:05", "2026-03-14 16:00", "Closed", "2 - High", "Access", "Desk"]
    path = write(tmp_path / "x.csv", header, [[str(number), *row] for number in range(100)])
    log = read_log(path, load_mapping("servicenow"))
    assert "team" not in log.columns
    assert "perhaps Team" in " ".join(item.text for item in log.findings)


@pytest.mark.parametrize(
    ("rows_a_ticket", "teams", "layout"), [(1, 3, "list"), (3, 1, "list"), (3, 3, "updates")]
)
def test_rows_of_a_recognised_list_are_dated_only_where_tickets_have_several(
    tmp_path: Path, rows_a_ticket: int, teams: int, layout: str
) -> None:
    """Nor where nothing moves from row to row, as in a list joined with that of its service levels."""
    header = [
        "Number",
        "Opened",
        "Resolved",
        "State",
        "Priority",
        "Category",
        "Assignment group",
        "Last modified",
    ]
    rows = [
        [
            f"T{number:05}", "2026-02-13 09:05", "2026-02-20 16:00", "Closed", "2 - High", "Access",
            f"Team {step % teams}", f"2026-02-{14 + step} 10:00",
        ]
        for number in range(100)
        for step in range(rows_a_ticket)
    ]  # fmt: skip
    log = read_log(write(tmp_path / "x.csv", header, rows), load_mapping("auto"))
    assert log.layout == layout
    assert log.columns.get("time") == ("Last modified" if layout == "updates" else None)


def audit_table(path: Path, columns: str) -> dict[str, tuple[int, float]]:
    """ServiceNow's sys_audit, several fields a change at once; handoffs and hours of each ticket."""
    chance = np.random.default_rng(7)
    rows, truth = [], {}
    for number in range(400):
        key, time = f"{number:032x}", datetime(2026, 1, 5) + timedelta(hours=float(chance.uniform(0, 1500)))
        opened, team, handoffs = time, "Desk", 0
        steps = [("assignment_group", "", team), ("impact", "", "3"), ("state", "New", "In Progress")]
        events = [(time, *step) for step in steps]
        while chance.random() < 1 / 3:
            time += timedelta(hours=float(chance.uniform(1, 9)))
            after = str(chance.choice([name for name in ("Desk", "Net", "Apps") if name != team]))
            events += [(time, "assignment_group", team, after), (time, "assigned_to", "a", "b")]
            team, handoffs = after, handoffs + 1
        time += timedelta(hours=float(chance.uniform(1, 9)))
        events += [(time, "state", "In Progress", "Resolved"), (time, "close_code", "", "Solved")]
        truth[key] = (handoffs, round((time - opened).total_seconds()) / 3600)
        rows += [[key, "incident", *step, "someone", f"{at:%Y-%m-%d %H:%M:%S}"] for at, *step in events]
    write(path, columns.split(","), sorted(rows, key=lambda row: row[-1]))
    return truth


@pytest.mark.parametrize(
    ("columns", "chosen"),
    [
        ("documentkey,tablename,fieldname,oldvalue,newvalue,user,sys_created_on", False),
        ("documentkey,tablename,fieldname,oldvalue,newvalue,user,sys_created_on", True),
        ("Document key,Table name,Field name,Old value,New value,User,Created", False),
    ],
)
def test_the_audit_table_of_servicenow(tmp_path: Path, columns: str, chosen: bool) -> None:
    truth = audit_table(tmp_path / "x.csv", columns)
    first, last = columns.split(",", maxsplit=1)[0], columns.rsplit(",", maxsplit=1)[-1]
    mapping = load_mapping("auto")
    if chosen:
        mapping = mapping.model_copy(update={"columns": {"case": [first], "time": [last]}})
    log = read_log(tmp_path / "x.csv", mapping)
    assert (log.columns["case"], log.columns["time"]) == (first, last)
    assert not {"opened", "caller"} & set(log.columns)
    assert {item.column.replace(" ", "").casefold() for item in log.unused} == {"tablename", "user"}
    cases = cases_of(log).set_index("case").loc[list(truth)]
    assert cases["handoffs"].tolist() == [handoffs for handoffs, _ in truth.values()]
    assert 0.4 < cases["handoffs"].mean() < 0.6
    assert cases["hours"].tolist() == pytest.approx([hours for _, hours in truth.values()], abs=0.001)
    assert read_log(tmp_path / "x.csv", log.mapping).rows.equals(log.rows)


@pytest.mark.parametrize("header", ["Number,Opened", "Ticket ID,Created"])
@pytest.mark.parametrize("odd", [["many", "-3", "2.5"], ["20,000,000"], ["5000"]])
def test_odd_cells_do_not_take_a_column_of_counts_away(tmp_path: Path, header: str, odd: list[str]) -> None:
    """They are told, and missing; the others count."""
    columns = [*header.split(","), "Resolved", "State", "Priority", "Category", "Transfers", "Reopened"]
    rows = [
        [
            f"T{number:05}", f"2026-02-{1 + number % 27:02} 09:05", f"2026-03-{1 + number % 27:02} 16:00",
            "Closed", "2 - High", "Access", str(number % 2), str(int(number < 30)),
        ]
        for number in range(400)
    ]  # fmt: skip
    for number, cell in enumerate(odd):
        rows[100 + number][6] = rows[200 + number][7] = cell
    log = read_log(write(tmp_path / "x.csv", columns, rows), load_mapping("auto"))
    found = {item.name: item for item in log.findings}
    for name, column, first in (("reassignments", "Transfers", 102), ("reopens", "Reopened", 202)):
        if name == "reopens" and header.startswith("Number"):
            continue
        assert log.columns[name] == column
        told = found[f"unread_{column}"]
        assert (told.count, told.rows) == (len(odd), tuple(range(first, first + len(odd))))
        assert f"'{odd[0]}'" in told.text
        assert "no whole number from 0 to 1,000" in told.text
    last = log.rows.groupby("case")["reassignments"].last()
    assert last.max() == 1
    assert last.isna().sum() == len(odd)


def test_a_column_of_words_is_no_count(tmp_path: Path) -> None:
    rows = [
        [str(number), "2026-02-13 09:05", "2026-02-14 09:05", "1" if number % 4 else "to Net"]
        for number in range(200)
    ]
    path = write(tmp_path / "x.csv", ["Ticket ID", "Created", "Resolved", "Transfers"], rows)
    assert "reassignments" not in read_log(path, load_mapping("auto")).columns


@pytest.mark.parametrize(
    "number", ["N° ticket", "Nº de incidencia", "N° d'incident", "Nº do chamado", "Folio"]
)
def test_more_names_of_the_number_of_a_ticket(tmp_path: Path, number: str) -> None:
    header = [number, "Created", "Resolved", "Anzahl Weiterleitungen", "N° client"]
    rows = [[str(n), "2026-02-13 09:05", "2026-02-14 09:05", str(n % 3), str(n % 9)] for n in range(200)]
    log = read_log(write(tmp_path / "x.csv", header, rows, ";"), load_mapping("auto"))
    assert (log.columns["case"], log.columns["reassignments"]) == (number, "Anzahl Weiterleitungen")
    assert log.rows["case"].nunique() == 200
