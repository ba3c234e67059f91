"""Columns that nothing was read from are told, with what they may be, and without names of people."""

from datetime import timedelta
from pathlib import Path

import pytest

from calibration.exports.log import TicketLog, read_log
from calibration.exports.mapping import Mapping, load_mapping
from tests.calibration.test_layouts import tickets, written

MORE = {
    "Ticket Group Name": "Desk",
    "Second queue": "Night shift",
    "Due by": "2024-03-01 10:00",
    "Impact level": "High",
    "Comment": "Maria da Silva lost her badge number {row}",
    "Opened by": "Ann Example",
    "Flag": "true",
    "Empty": "",
}


def read(tmp_path: Path, more: dict[str, str]) -> TicketLog:
    rows = [
        [case, f"{opened:%Y-%m-%d %H:%M}", f"{opened + timedelta(hours=2):%Y-%m-%d %H:%M}", "Queue 1"]
        + [value.format(row=row) for value in more.values()]
        for row, (case, opened, _) in enumerate(tickets())
    ]
    path = written(tmp_path / "x.csv", ["id", "created", "resolved", "queue", *more], rows)
    return read_log(path, mapping())


def mapping() -> Mapping:
    given = load_mapping("auto")
    columns = {"case": ["id"], "opened": ["created"], "resolved": ["resolved"], "team": ["queue"]}
    return given.model_copy(update={"columns": columns})


def test_each_is_told_with_its_value_and_what_it_may_be(tmp_path: Path) -> None:
    log = read(tmp_path, MORE)
    found = {item.column: item for item in log.unused}
    assert list(found) == list(MORE)
    assert found["Due by"].like == "time"
    assert found["Impact level"].like == "impact"
    assert found["Second queue"].like == "category"
    assert (found["Flag"].first, found["Flag"].like) == ("true", "")
    text = next(item.text for item in log.findings if item.name == "unused_columns")
    assert "Impact level ('High') may be impact" in text
    assert text.endswith("Empty: Empty.")


def test_what_people_wrote_or_are_called_is_not_shown(tmp_path: Path) -> None:
    log = read(tmp_path, MORE)
    text = " ".join(str(item) for item in [*log.findings, *log.unused])
    assert "Maria" not in text
    assert "Ann" not in text


@pytest.mark.parametrize("count", [0, 60])
def test_the_sentence_is_short_where_there_are_many(tmp_path: Path, count: int) -> None:
    log = read(tmp_path, {f"Custom {number}": "x" for number in range(count)})
    told = [item.text for item in log.findings if item.name == "unused_columns"]
    assert len(told) == bool(count)
    assert len(log.unused) == count
    if count:
        assert len(told[0]) < 400
        assert "and 54 more" in told[0]
