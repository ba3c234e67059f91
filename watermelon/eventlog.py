"""The event log of one replication as a file: CSV, Parquet or XES, chosen by the ending."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scenarios.errors import BadInput
from sim.history.log import COLUMNS

if TYPE_CHECKING:
    import pandas as pd

FORMATS = (".csv", ".parquet", ".xes")

Row = Sequence[Any]


def log_format(path: Path) -> str:
    """Return the ending that says how ``path`` is written.

    Raises
    ------
    BadInput
        If the ending is none of ``FORMATS``, or the package that writes it is missing.
    """
    ending = path.suffix.lower()
    if ending not in FORMATS:
        raise BadInput(f"--log {path}: the ending must be one of {', '.join(FORMATS)}")
    if ending == ".parquet":
        try:
            import pyarrow as pa  # noqa: F401
        except ImportError:
            raise BadInput(
                f"--log {path}: Parquet needs the package pyarrow: pip install 'watermelon-itsm[parquet]'"
            ) from None
    return ending


def write_log(path: Path, ending: str, rows: Iterable[Row], start: str) -> None:
    """Write ``rows`` (see ``sim.history.log.event_rows``) to ``path``.

    Parameters
    ----------
    path
        The file, which need not end in ``ending``.
    ending
        One of ``FORMATS``.
    rows
        Tuples in the order of ``COLUMNS``.
    start
        ISO date of t = 0, for the time stamps of XES.
    """
    if ending == ".csv":
        _write_csv(path, rows)
    elif ending == ".parquet":
        log_frame(rows).to_parquet(path, index=False)
    else:
        _write_xes(path, rows, datetime.fromisoformat(start))


def log_frame(rows: Iterable[Row]) -> pd.DataFrame:
    """The log as a pandas DataFrame; times in hours, an unfinished activity has NaN, no team is ''."""
    import pandas as pd

    frame = pd.DataFrame([tuple(row) for row in rows], columns=list(COLUMNS))
    for name in ("start_hours", "complete_hours"):
        frame[name] = pd.to_numeric(frame[name]).astype("float64")
    return frame


def _write_csv(path: Path, rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)  # floats by repr, None as an empty field


_XES_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
  <extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
  <extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
"""


def _write_xes(path: Path, rows: Iterable[Row], zero: datetime) -> None:
    """One trace a case, one event an activity; unfinished ones carry the transition 'start'.

    Source: IEEE 1849-2016, XES standard.
    """
    cases: dict[str, list[Row]] = {}
    for row in rows:
        cases.setdefault(str(row[0]), []).append(row)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(_XES_HEAD)
        for case, events in cases.items():
            first = events[0]
            file.write("  <trace>\n")
            file.write(_attribute("string", "concept:name", case, 4))
            file.write(_attribute("string", "flow", first[1], 4))
            for row in events:
                file.write("".join(_event(row, zero)))
            file.write("  </trace>\n")
        file.write("</log>\n")


def _event(row: Row, zero: datetime) -> Iterable[str]:
    _, _, activity, start, complete, team, service, priority, cause = row
    unfinished = complete is None or complete == ""
    yield "    <event>\n"
    yield _attribute("string", "concept:name", activity, 6)
    yield _attribute("string", "lifecycle:transition", "start" if unfinished else "complete", 6)
    yield _attribute("date", "start_timestamp", _stamp(zero, start), 6)
    yield _attribute("date", "time:timestamp", _stamp(zero, start if unfinished else complete), 6)
    for kind, key, value in (
        ("string", "org:group", team),
        ("string", "service", service),
        ("int", "priority", priority),
        ("string", "cause", cause),
    ):
        if value is not None and value != "":
            yield _attribute(kind, key, value, 6)
    yield "    </event>\n"


def _attribute(kind: str, key: str, value: Any, indent: int) -> str:
    from xml.sax.saxutils import quoteattr  # brings the whole of urllib

    return f"{' ' * indent}<{kind} key={quoteattr(key)} value={quoteattr(str(value))}/>\n"


def _stamp(zero: datetime, hours: Any) -> str:
    """Simulated time knows no clock changes: a fixed offset of zero."""
    return (zero + timedelta(seconds=round(float(hours) * 3600))).isoformat() + "+00:00"
