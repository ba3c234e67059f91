"""Reading exports: what is read, what is dropped, and what a user is told."""

import gzip
from pathlib import Path

import pytest

from calibration.exports.log import TicketLog, read_log
from calibration.exports.mapping import Mapping, load_mapping
from scenarios.errors import BadInput
from tests.calibration.synthetic import HEADER, synthetic_log, write_log

MINIMAL = """
watermelon: 1
kind: mapping
title: Own export
dates: {formats: ["%Y-%m-%d %H:%M"]}
columns: {case: id, opened: created, resolved: solved, team: queue}
"""


def read(tmp_path: Path, text: str, mapping: Mapping) -> TicketLog:
    return read_log(write_log(tmp_path, text), mapping)


def refusal(tmp_path: Path, text: str, mapping: Mapping) -> str:
    with pytest.raises(BadInput) as caught:
        read(tmp_path, text, mapping)
    return str(caught.value)


def test_a_clean_log_loses_nothing(plain_log: TicketLog) -> None:
    assert len(plain_log.rows) == plain_log.read
    assert plain_log.rejects == []
    assert plain_log.rows["priority"].isin([1, 3]).all()


def test_gzip_semicolons_and_a_byte_order_mark_make_no_difference(
    tmp_path: Path, servicenow: Mapping, plain_log: TicketLog
) -> None:
    text = synthetic_log(per_day=30).replace(",", ";")
    path = tmp_path / "export.csv.gz"
    path.write_bytes(gzip.compress(b"\xef\xbb\xbf" + text.encode()))
    assert read_log(path, servicenow).rows.equals(plain_log.rows)


def test_odd_rows_are_counted_with_their_numbers(tmp_path: Path, servicenow: Mapping) -> None:
    lines = synthetic_log(weeks=3).splitlines()
    column = HEADER.index("sys_updated_at")

    def with_cell(row: int, place: int, value: str) -> None:
        cells = lines[row - 1].split(",")
        cells[place] = value
        lines[row - 1] = ",".join(cells)

    with_cell(10, 0, "")
    with_cell(20, column, "the day after")
    with_cell(30, HEADER.index("priority"), "whatever")
    lines.append(lines[40])
    lines.append("")
    log = read(tmp_path, "\n".join(lines) + "\n", servicenow)
    found = {finding.name: finding for finding in log.findings}
    assert found["no_time"].rows == (20,)
    assert found["duplicates"].rows == (len(lines) - 1,)
    assert found["unknown_priority"].rows == (30,)
    assert "'whatever'" in found["unknown_priority"].text
    assert {reject.row for reject in log.rejects} >= {10, 20, len(lines) - 1}
    assert all("Silva" not in reject.reason for reject in log.rejects)


def test_rows_with_too_many_cells_are_dropped(tmp_path: Path, servicenow: Mapping) -> None:
    lines = synthetic_log(weeks=3).splitlines()
    lines[5] += ",more,and more"
    log = read(tmp_path, "\n".join(lines), servicenow)
    assert [reject.row for reject in log.rejects] == [6]


def test_a_delimiter_at_the_end_of_every_row_is_harmless(
    tmp_path: Path, servicenow: Mapping, plain_log: TicketLog
) -> None:
    header, *lines = synthetic_log(per_day=30).splitlines()
    log = read(tmp_path, "\n".join([header, *(f"{line}," for line in lines)]), servicenow)
    assert len(log.rows) == len(plain_log.rows)


@pytest.mark.parametrize(
    "before", ["sep=,\n", "Incidents, all\n\nMade on 2024-03-01\n\n", "\n\n", "Report of the service desk\n"]
)
def test_lines_before_the_header_are_left_out(
    tmp_path: Path, servicenow: Mapping, plain_log: TicketLog, before: str
) -> None:
    log = read(tmp_path, before + synthetic_log(per_day=30), servicenow)
    assert len(log.rows) == len(plain_log.rows)
    count = before.count("\n")
    assert log.rows["row"].min() == 2 + count
    told = next(item.text for item in log.findings if item.name == "lines_before_header")
    assert f"line {count + 1};" in told


def test_an_update_before_the_opening_is_moved(tmp_path: Path, servicenow: Mapping) -> None:
    lines = synthetic_log(weeks=3).splitlines()
    cells = lines[1].split(",")
    cells[HEADER.index("sys_updated_at")] = "1/1/2023 00:00"
    lines[1] = ",".join(cells)
    log = read(tmp_path, "\n".join(lines), servicenow)
    assert "update_before_opening" in {finding.name for finding in log.findings}
    assert (log.rows["time"] >= log.rows["opened"]).all()


def test_an_own_mapping_reads_another_export(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(MINIMAL, encoding="utf-8")
    mapping = load_mapping(str(tmp_path / "own.yaml"))
    log = read(tmp_path, "id;created;solved;queue\n7;2024-01-01 10:00;2024-01-01 11:30;X\n", mapping)
    assert log.rows.loc[0, "case"] == "7"
    assert str(log.rows.loc[0, "resolved"]) == "2024-01-01 11:30:00"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("\n\n  \n", "is empty"),
        ("just some words\nwithout any column\n", "is not a CSV"),
        (",".join(HEADER) + "\n", "has a header but no rows"),
        ("number,opend_at,state\n1,1/1/2024 10:00,New\n", "did you mean opend_at?"),
    ],
)
def test_what_is_not_a_log_is_refused(tmp_path: Path, servicenow: Mapping, text: str, said: str) -> None:
    sentence = refusal(tmp_path, text, servicenow)
    assert sentence.startswith("export.csv: ")
    assert said in sentence


def test_unreadable_dates_are_shown(tmp_path: Path, servicenow: Mapping) -> None:
    text = synthetic_log(weeks=3).replace("/2024 ", " AD ")
    sentence = refusal(tmp_path, text, servicenow)
    assert "no dates can be read in column" in sentence
    assert "1/1 AD" in sentence
    assert "expected" in sentence


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04whatever", "Excel"),
        (b"\x00\x01\x02,\x00", "is not text"),
        (b"\x1f\x8bbroken", "gzip"),
        (b"<?xml version='1.0'?><log/>", "XML"),
    ],
)
def test_other_files_are_named_for_what_they_are(
    tmp_path: Path, servicenow: Mapping, data: bytes, said: str
) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(data)
    with pytest.raises(BadInput, match=said):
        read_log(path, servicenow)


def test_a_missing_file_is_told_with_its_neighbour(tmp_path: Path, servicenow: Mapping) -> None:
    write_log(tmp_path, "a,b\n1,2\n")
    with pytest.raises(BadInput, match=r"no such file \(did you mean export.csv\?\)"):
        read_log(tmp_path / "exprt.csv", servicenow)
    with pytest.raises(BadInput, match="is a folder"):
        read_log(tmp_path, servicenow)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("kind: mapping", "kind: base"), "mapping"),
        (("title: Own export\n", ""), "own.yaml title: is missing"),
        (("case: id, ", ""), "columns.case is missing"),
        (("team: queue", "teem: queue"), "did you mean team?"),
        (("%Y-%m-%d %H:%M", "%H:%M"), "must name day, month and year"),
        (("columns:", "colums:"), "did you mean columns?"),
        (("resolved: solved, ", ""), "columns.resolved is missing"),
        (("watermelon: 1", "watermelon: 1\npriorities: {high: 7}"), "must be 1, 2, 3 or 4"),
    ],
)
def test_mistakes_in_a_mapping_are_told(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(MINIMAL.replace(*change), encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        load_mapping(str(path))
    assert said in str(caught.value)


def test_an_unknown_mapping_is_told_with_the_nearest_name() -> None:
    with pytest.raises(BadInput, match=r"did you mean servicenow\?"):
        load_mapping("servicnow")
    with pytest.raises(BadInput, match="no such file"):
        load_mapping("nowhere/own.yaml")
