"""A ticket log: clean rows in canonical columns, with an account of what was dropped and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from calibration.exports.columns import (
    COUNTS,
    TIMES,
    matched,
    parsed_counts,
    parsed_priorities,
    parsed_times,
    text_columns,
)
from calibration.exports.mapping import CANONICAL, Mapping
from calibration.exports.source import read_source
from calibration.findings import Finding, first_rows
from scenarios.errors import BadInput, shown

MINUTE = pd.Timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that was not used."""

    row: int
    reason: str


@dataclass
class TicketLog:
    """Rows of an export in canonical columns (absent ones are all missing), sorted by case and time.

    ``rows`` has, besides the canonical columns, ``row`` (its number in the file). Times are wall-clock
    times without a zone.
    """

    name: str
    sha256: str
    mapping: Mapping
    rows: pd.DataFrame
    read: int
    columns: dict[str, str]
    findings: list[Finding] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)

    def has(self, column: str) -> bool:
        """Whether the export had this canonical column."""
        return column in self.columns


def read_log(path: Path, mapping: Mapping) -> TicketLog:
    """Read an export.

    Raises
    ------
    BadInput
        If nothing usable can be read, with what would be accepted.
    """
    source = read_source(path, mapping.delimiter)
    columns = matched(source, mapping)
    text = text_columns(source, mapping, columns)
    log = TicketLog(
        source.name, source.sha256, mapping, pd.DataFrame(), len(text) + len(source.ragged), columns
    )
    if source.encoding == "Windows-1252":
        log.findings.append(Finding("encoding", "The file is not UTF-8; it was read as Windows-1252."))
    drop(log, source.ragged, "ragged_rows", "have more cells than the header")
    rows = typed(log, text)
    rows["repeated"] = source.cells.duplicated()
    for rule in (without_case, without_opening, without_time, twice):
        rows = rule(log, rows)
    if rows.empty:
        raise BadInput(
            f"{log.name}: none of its {log.read:,} rows can be used; first reason: {log.rejects[0].reason}"
        )
    mended(log, rows)
    rows["order"] = rows["row"]
    log.rows = (
        rows.sort_values(["case", "time", "order"], kind="stable")
        .drop(columns="order")
        .reset_index(drop=True)
    )
    return log


def drop(log: TicketLog, rows: tuple[int, ...] | pd.Series, name: str, why: str) -> None:
    """Book rows that are not used."""
    numbers = [int(row) for row in rows]
    if numbers:
        count = len(numbers)
        text = f"{count:,} row{'s' if count > 1 else ''} dropped: {why}."
        log.findings.append(Finding(name, text, count, first_rows(numbers)))
        log.rejects += [Reject(row, why) for row in numbers]


def typed(log: TicketLog, text: pd.DataFrame) -> pd.DataFrame:
    """Text as times, counts and priorities."""
    rows = pd.DataFrame({"row": text.index.to_numpy()}, index=text.index)
    for name in CANONICAL:
        if name not in log.columns:
            missing = (
                "datetime64[ns]" if name in TIMES else float if name in (*COUNTS, "priority") else object
            )
            rows[name] = pd.Series(None, index=text.index, dtype=missing)
        elif name in TIMES:
            rows[name] = parsed_times(text[name], log.mapping.dates.formats)
            check_dates(log, text[name], rows[name], log.columns[name], essential=name in ("opened", "time"))
        elif name in COUNTS:
            rows[name] = parsed_counts(text[name])
        elif name == "priority":
            rows[name] = parsed_priorities(text[name], log.mapping.priorities)
            unknown = text[name].notna() & rows[name].isna()
            note(
                log,
                rows[unknown],
                "unknown_priority",
                f"a priority that the mapping does not know ({example(text[name][unknown])})",
            )
        else:
            rows[name] = text[name]
    if "time" not in log.columns:
        rows["time"] = rows["opened"]
    return rows


def example(values: pd.Series) -> str:
    """The first of some values, quoted."""
    return f"'{shown(values.iloc[0], 40)}'" if len(values) else ""


def check_dates(log: TicketLog, text: pd.Series, times: pd.Series, column: str, *, essential: bool) -> None:
    """Refuse a column of which most dates can't be read; book the odd ones."""
    given = text.notna()
    unread = given & times.isna()
    formats = " or ".join(log.mapping.dates.formats)
    if essential and given.any() and unread.sum() > 0.5 * given.sum():
        raise BadInput(
            f"{log.name}: no dates can be read in column '{column}': the first value is "
            f"{example(text[unread])}, "
            f"the mapping expects {formats} (dates.formats)"
        )
    if essential and not given.any():
        raise BadInput(f"{log.name}: column '{column}' is empty; it must hold dates such as {formats}")
    if not essential:
        note(
            log,
            times[unread].to_frame().assign(row=text.index[unread]),
            f"unread_{column}",
            f"a date in '{column}' that does not read as {formats} ({example(text[unread])}); it was taken "
            "as missing",
        )


def note(log: TicketLog, rows: pd.DataFrame, name: str, what: str) -> None:
    """Book rows that are used although something is odd about them."""
    if len(rows):
        log.findings.append(
            Finding(name, f"{len(rows):,} rows have {what}.", len(rows), first_rows(rows["row"]))
        )


# Rules: each takes the rows and returns those that stay.

Rule = Callable[[TicketLog, pd.DataFrame], pd.DataFrame]


def without_case(log: TicketLog, rows: pd.DataFrame) -> pd.DataFrame:
    """A row that belongs to no ticket is of no use."""
    bad = rows["case"].isna()
    drop(log, rows.loc[bad, "row"], "no_case", "no ticket number")
    return rows[~bad]


def without_opening(log: TicketLog, rows: pd.DataFrame) -> pd.DataFrame:
    """A ticket needs the time of its opening; rows may borrow it from other rows of their ticket."""
    first = rows.groupby("case", sort=False)["opened"].transform("min")
    differs = rows["opened"].notna() & (rows["opened"] != first)
    note(
        log,
        rows[differs],
        "opening_moves",
        "another opening time than earlier rows of their ticket; the earliest was used",
    )
    rows = rows.assign(opened=first)
    bad = rows["opened"].isna()
    drop(log, rows.loc[bad, "row"], "no_opening", "no opening time that can be read")
    return rows[~bad]


def without_time(log: TicketLog, rows: pd.DataFrame) -> pd.DataFrame:
    """An update needs its time."""
    bad = rows["time"].isna()
    drop(log, rows.loc[bad, "row"], "no_time", "no time of the update that can be read")
    return rows[~bad]


def twice(log: TicketLog, rows: pd.DataFrame) -> pd.DataFrame:
    """The same row twice is an accident of the export."""
    bad = rows["repeated"]
    drop(log, rows.loc[bad, "row"], "duplicates", "the same as an earlier row in every column")
    return rows[~bad].drop(columns="repeated")


def mended(log: TicketLog, rows: pd.DataFrame) -> None:
    """Put right what contradicts itself, and say so."""
    early = rows["time"] < rows["opened"] - MINUTE
    note(
        log, rows[early], "update_before_opening", "an update before the opening; it was moved to the opening"
    )
    rows.loc[rows["time"] < rows["opened"], "time"] = rows["opened"]
    for name in ("resolved", "closed"):
        bad = rows[name] < rows["opened"]
        note(
            log, rows[bad], f"{name}_before_opening", f"'{name}' before the opening; it was taken as missing"
        )
        rows.loc[bad, name] = pd.NaT
