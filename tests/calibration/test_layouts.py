"""Exports of other shapes: lists, two tables, Jira, event logs and XES; and how dates and names are read."""

import csv
import gzip
import io
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from calibration.exports.log import TicketLog, read_log
from calibration.exports.mapping import Mapping, load_mapping
from calibration.fit.cases import cases_of
from calibration.fit.visits import visits_of
from scenarios.errors import BadInput

MONDAY = datetime(2024, 1, 1)


def tickets(count: int = 300) -> list[tuple[str, datetime, datetime]]:
    """Numbers, openings and resolutions."""
    chance = np.random.default_rng(5)
    found = []
    for number in range(count):
        opened = MONDAY + timedelta(hours=2 * number, minutes=int(chance.integers(60)))
        found.append((f"T-{number + 1}", opened, opened + timedelta(minutes=int(chance.integers(5, 3000)))))
    return found


def written(path: Path, header: list[str], rows: list[list[str]]) -> Path:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


def names(log: TicketLog) -> set[str]:
    return {finding.name for finding in log.findings}


@pytest.fixture
def auto() -> Mapping:
    return load_mapping("auto")


def hours_agree(log: TicketLog) -> None:
    cases = cases_of(log).set_index("case")
    for number, opened, resolved in tickets():
        assert cases.loc[number, "hours"] == pytest.approx(
            (resolved - opened).total_seconds() / 3600, abs=0.02
        )


def test_a_servicenow_list_export(tmp_path: Path, auto: Mapping) -> None:
    header = ["Number", "Opened", "Resolved", "State", "Priority", "Category", "Assignment group", "Updated"]
    rows = [
        [
            case,
            f"{opened:%m/%d/%Y %I:%M %p}",
            f"{end:%m/%d/%Y %I:%M %p}",
            "Closed",
            "2 - High",
            "Mail",
            "Desk",
            f"{end + timedelta(days=5):%m/%d/%Y %I:%M %p}",
        ]
        for case, opened, end in tickets()
    ]
    log = read_log(written(tmp_path / "incident.csv", header, rows), auto)
    assert log.mapping.title == "ServiceNow incidents"
    assert log.mapping.dates.formats == ["%m/%d/%Y %I:%M %p"]
    assert log.layout == "list"
    assert names(log) >= {"recognised", "list_export", "dates"}
    hours_agree(log)


def test_jira_with_columns_that_repeat(tmp_path: Path) -> None:
    header = [
        "Issue key", "Issue Type", "Status", "Priority", "Labels", "Labels", "Assignee", "Created",
        "Resolved", "Comment", "Comment",
    ]  # fmt: skip
    rows = [
        [
            case,
            "Incident",
            "Done",
            "Highest",
            "vpn",
            "slow",
            "Ann Example",
            f"{opened:%d/%b/%y %-I:%M %p}",
            f"{end:%d/%b/%y %-I:%M %p}",
            "a, b",
            "",
        ]
        for case, opened, end in tickets()
    ]
    log = read_log(written(tmp_path / "jira.csv", header, rows), load_mapping("jira"))
    assert log.rows["priority"].eq(1).all()
    assert log.rows["subcategory"].eq("vpn").all()
    assert not log.rows["person"].eq("Ann Example").any()
    hours_agree(log)


def events() -> tuple[list[str], list[list[str]]]:
    rows = []
    for case, opened, end in tickets():
        middle = opened + (end - opened) / 2
        steps = [("Register", "start", opened), ("Register", "complete", middle), ("Repair", "complete", end)]
        rows += [[case, what, life, f"{when:%Y-%m-%dT%H:%M:%S}+01:00", "Desk"] for what, life, when in steps]
    return ["Case ID", "Activity", "lifecycle:transition", "Complete Timestamp", "org:group"], rows


@pytest.mark.parametrize("mapping", ["event-log", "auto"])
def test_a_generic_event_log(tmp_path: Path, mapping: str) -> None:
    log = read_log(written(tmp_path / "events.csv", *events()), load_mapping(mapping))
    assert names(log) >= {"first_event_as_opening", "last_event_as_end", "offsets"}
    assert log.rows["team"].eq("Desk").all()
    hours_agree(log)


@pytest.mark.parametrize("mapping", ["xes", "auto"])
def test_xes_reads_like_the_same_log_as_csv(tmp_path: Path, mapping: str) -> None:
    header, rows = events()
    keys = ["", "concept:name", "lifecycle:transition", "time:timestamp", "org:group"]
    traces: dict[str, str] = {}
    for case, *values in rows:
        cells = "".join(
            f'<{"date" if "time" in key else "string"} key="{key}" value="{value}"/>'
            for key, value in zip(keys[1:], values, strict=True)
        )
        traces[case] = traces.get(case, "") + f"<event>{cells}</event>"
    body = "".join(
        f'<trace><string key="concept:name" value="{case}"/>{inside}</trace>'
        for case, inside in traces.items()
    )
    text = f'<?xml version="1.0"?><log xmlns="http://www.xes-standard.org/">{body}</log>'
    path = tmp_path / "log.xes.gz"
    path.write_bytes(gzip.compress(text.encode()))
    log = read_log(path, load_mapping(mapping))
    plain = read_log(written(tmp_path / "events.csv", header, rows), load_mapping("event-log"))
    columns = ["case", "time", "opened", "resolved", "state", "team", "lifecycle"]
    assert log.rows[columns].equals(plain.rows[columns])


def test_a_closing_that_another_group_writes_is_no_handoff(tmp_path: Path, auto: Mapping) -> None:
    """Every third ticket goes to the crew, every seventh comes back from there after a first resolution."""
    rows = []
    for number, (case, opened, end) in enumerate(tickets()):
        span, crew, again = end - opened, number % 3 == 0, number % 7 == 0
        steps = [
            (opened, "Open", "Desk"),
            (opened + 0.2 * span, "In progress", "Crew" if crew else "Desk"),
            *([(opened + 0.4 * span, "Resolved", "Crew" if crew else "Desk")] if again else []),
            *([(opened + 0.6 * span, "In progress", "Plant")] if again else []),
            (end, "Resolved", "Plant" if again else "Crew" if crew else "Desk"),
            (end + timedelta(days=7), "Closed", "System"),
        ]
        rows += [[case, what, f"{when:%Y-%m-%d %H:%M:%S}", team] for when, what, team in steps]
    path = written(tmp_path / "events.csv", ["Case ID", "Activity", "Complete Timestamp", "org:group"], rows)
    log = read_log(path, auto)
    cases = cases_of(log)
    handoffs = cases.set_index("case")["handoffs"]
    truth = {case: (number % 3 == 0) + (number % 7 == 0) for number, (case, _, _) in enumerate(tickets())}
    assert handoffs.to_dict() == truth
    visits = visits_of(log, cases)
    assert (visits.groupby("case").size() - 1).to_dict() == truth
    assert "System" not in set(visits["team"])
    assert (cases["reopens"] > 0).sum() == 43
    hours_agree(log)


def test_broken_xes_is_a_sentence(tmp_path: Path, auto: Mapping) -> None:
    path = tmp_path / "log.xes"
    path.write_text("<log><trace><event>", encoding="utf-8")
    with pytest.raises(BadInput, match="is not a sound XES file"):
        read_log(path, auto)
    path.write_text("<?xml version='1.0'?><html/>", encoding="utf-8")
    with pytest.raises(BadInput, match="without traces and events"):
        read_log(path, auto)


@pytest.mark.parametrize("where", ["found", "named"])
def test_two_tables_of_hp_service_manager(tmp_path: Path, where: str) -> None:
    incidents, activities = [], []
    for number, (case, opened, end) in enumerate(tickets()):
        handed = number % 3 == 0
        incidents.append(
            [case, f"{opened:%Y-%m-%d %H:%M:%S}", f"{end:%Y-%m-%d %H:%M:%S}", str(int(handed)), "4", "CI1"]
        )
        middle = opened + (end - opened) / 2
        for what, when, team in [
            ("Open", opened, "DESK"),
            *([("Reassignment", middle, "NET")] if handed else []),
            ("Closed", end, "NET" if handed else "DESK"),
        ]:
            activities.append([case, f"{when:%Y-%m-%d %H:%M:%S}", what, team])
    activities.append(["T-9999", "2024-01-02 10:00:00", "Open", "DESK"])
    second = tmp_path / ("incident_activity.csv" if where == "found" else "other.csv")
    header = ["incident_id", "open_time", "resolved_time", "x_reassignments", "priority", "ci_name_aff"]
    path = written(tmp_path / "incidents.csv", header, incidents)
    written(second, ["incident_id", "data_stamp", "incident_activity_type", "assignment_group"], activities)
    log = read_log(path, load_mapping("hpsm"), None if where == "found" else second)
    cases = cases_of(log).set_index("case")
    assert cases.loc["T-1", "handoffs"] == 1
    assert cases["handoffs"].sum() == 100
    assert [reject.file for reject in log.rejects] == [second.name]
    hours_agree(log)


@pytest.mark.parametrize(
    ("dates", "order", "said"),
    [
        (("1/2/2024", "3/2/2024"), "auto", "no day is above 12"),
        (("13/2/2024", "2/14/2024"), "auto", "some dates have a day above 12 first"),
        (("1/2/2024", "3/2/2024"), "day_first", ""),
    ],
)
def test_day_and_month_are_never_guessed_at(
    tmp_path: Path, dates: tuple[str, str], order: str, said: str
) -> None:
    rows = [[str(row), dates[row % 2], dates[row % 2]] for row in range(20)]
    path = written(tmp_path / "x.csv", ["id", "created", "resolved"], rows)
    (tmp_path / "own.yaml").write_text(
        f"watermelon: 1\nkind: mapping\ntitle: Own\ndates: {{order: {order}}}\n"
        "columns: {case: id, opened: created, resolved: resolved}\n",
        encoding="utf-8",
    )
    mapping = load_mapping(str(tmp_path / "own.yaml"))
    if said:
        with pytest.raises(BadInput, match=said):
            read_log(path, mapping)
    else:
        assert read_log(path, mapping).rows["opened"].dt.month.eq(2).all()


def test_times_are_turned_into_the_zone_of_the_organisation(tmp_path: Path, auto: Mapping) -> None:
    rows = [["1", "2024-01-15T12:00:00Z", "2024-07-15T12:00:00Z"]]
    path = written(tmp_path / "x.csv", ["id", "created", "resolved"], rows)
    zoned = auto.model_copy(update={"dates": auto.dates.model_copy(update={"zone": "Europe/Lisbon"})})
    times = read_log(path, zoned).rows.iloc[0]
    assert (times["opened"].hour, times["resolved"].hour) == (12, 13)
    written_in = zoned.dates.model_copy(update={"written_in": "UTC", "zone": "America/New_York"})
    rows = [["1", "2024-01-15 12:00", "2024-07-15 12:00"]]
    path = written(tmp_path / "x.csv", ["id", "created", "resolved"], rows)
    times = read_log(path, auto.model_copy(update={"dates": written_in})).rows.iloc[0]
    assert (times["opened"].hour, times["resolved"].hour) == (7, 8)


def test_a_team_that_bears_a_persons_name_is_hidden(tmp_path: Path, auto: Mapping) -> None:
    rows = [
        [
            case,
            f"{opened:%Y-%m-%d %H:%M}",
            f"{end:%Y-%m-%d %H:%M}",
            "Ann Example" if row else "Desk",
            "Ann Example",
        ]
        for row, (case, opened, end) in enumerate(tickets())
    ]
    path = written(tmp_path / "x.csv", ["id", "created", "resolved", "team", "assignee"], rows)
    log = read_log(path, auto)
    assert "people_hidden" in names(log)
    assert "Ann Example" not in log.rows.to_csv()
    assert log.rows["team"].nunique() == 2


def test_a_missing_column_is_told_with_the_likely_one(tmp_path: Path) -> None:
    rows = [[case, f"{opened:%Y-%m-%d %H:%M}", f"{end:%Y-%m-%d %H:%M}"] for case, opened, end in tickets()]
    path = written(tmp_path / "x.csv", ["Ticket ID", "Creation date", "Solved at"], rows)
    (tmp_path / "own.yaml").write_text(
        "watermelon: 1\nkind: mapping\ntitle: Own\ncolumns: {case: Nr, opened: Begin, resolved: Solved at}\n",
        encoding="utf-8",
    )
    with pytest.raises(BadInput, match=r"has no column Nr .*did you mean Ticket ID\?"):
        read_log(path, load_mapping(str(tmp_path / "own.yaml")))


@pytest.mark.parametrize("column", ["Fase", "Base", "Chase", "Cases"])
def test_only_what_may_be_the_number_of_a_ticket_is_proposed_for_it(
    column: str, tmp_path: Path, auto: Mapping
) -> None:
    """Phases are few words for all rows, and neither times nor sentences are numbers of tickets."""
    rows = []
    for number, (case, opened, end) in enumerate(tickets()):
        times = [f"{opened:%Y-%m-%d %H:%M}", f"{end:%Y-%m-%d %H:%M}"]
        held = {"Fase": "new" if number % 3 else "done", "Base": times[1], "Chase": f"late again, {number} h"}
        rows += 2 * [[*times, held.get(column, case)]]  # alike, so that rows are no tickets
    path = written(tmp_path / "x.csv", ["Creation date", "Solved at", column], rows)
    with pytest.raises(BadInput, match=r"has no column case ") as caught:
        read_log(path, auto)
    assert (f"(did you mean {column}?)" in str(caught.value)) == (column == "Cases")
