"""A ticket log: clean rows in canonical columns, with an account of what was dropped and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from calibration.exports.changes import by_field, carried_on
from calibration.exports.columns import COUNTS, TIMES, matched, parsed_priorities, text_columns
from calibration.exports.counts import most_of, parsed_as
from calibration.exports.dates import parsed_times, settled, zone_findings
from calibration.exports.history import unfolded
from calibration.exports.layout import ends, from_list, is_list, last_rows, with_activities
from calibration.exports.mapping import CANONICAL, Mapping, recognised
from calibration.exports.people import without_people
from calibration.exports.source import Source, read_source
from calibration.exports.states import settled_states, with_substates
from calibration.exports.unused import Unused, unused_columns, unused_finding
from calibration.exports.values import settled_values, without_first_team
from calibration.exports.zones import localised
from calibration.findings import Finding, first_rows
from scenarios.errors import BadInput, listed, nearest, shown

MINUTE = pd.Timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that was not used."""

    row: int
    reason: str
    file: str = ""


@dataclass
class TicketLog:
    """Rows of an export in canonical columns (absent ones are all missing), sorted by case and time.

    ``rows`` has, besides the canonical columns, ``row`` (its number in the file). Times are wall-clock
    times without a zone. ``mapping`` is the one that was used: what it left open is filled in.
    """

    name: str
    sha256: str
    mapping: Mapping
    rows: pd.DataFrame
    read: int
    columns: dict[str, str]
    findings: list[Finding] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    layout: str = "updates"
    derived: frozenset[str] = frozenset()
    """Columns that the export does not have, and that were made of others."""
    unused: list[Unused] = field(default_factory=list)
    """Columns of the export that nothing was read from."""

    def has(self, column: str) -> bool:
        """Whether the export had this canonical column."""
        return column in self.columns


def read_log(path: Path, mapping: Mapping, activities: Path | None = None) -> TicketLog:
    """Read an export.

    Parameters
    ----------
    path
        The export.
    mapping
        What its columns are; what it leaves open is recognised.
    activities
        A second file with one row an activity, instead of the one that the mapping names.

    Raises
    ------
    BadInput
        If nothing usable can be read, with what would be accepted.
    """
    source = read_source(path, mapping.delimiter)
    found = []
    chosen = bool(mapping.columns)
    if not chosen:
        mapping = recognised(mapping, source.cells.columns)
        if mapping.columns:
            found.append(Finding("recognised", f"The columns are those of: {mapping.title}."))
    raw = source
    source, changes, more = by_field(raw, {name for names in mapping.columns.values() for name in names})
    columns, told = matched(source, mapping, chosen=chosen, changes=bool(changes.columns))
    columns |= {name: column for name, column in changes.columns.items() if name not in columns}
    found += [*more, *told]
    log = TicketLog(source.name, source.sha256, mapping, pd.DataFrame(), 0, columns, found)
    booked(log, source)
    own = source.cells.columns.intersection(raw.cells.columns, sort=False)
    log.unused = unused_columns(source.cells[own], columns, mapping.missing)
    log.findings += unused_finding(log.unused)
    text, log.columns, more = unfolded(text_columns(source, mapping.missing, columns), columns)
    log.findings += more
    text = with_substates(text)
    rows = typed(log, text)
    log.columns |= {"history": columns["history"]} if "history" in columns else {}
    rows["repeated"] = again(raw, rows) if mapping.activities is None else False
    del raw, source, text
    for rule in (without_case, twice):
        rows = rule(log, rows)
    second = second_file(path, mapping, activities)
    if second is not None:
        rows = joined(log, rows, second)
    rows = laid_out(log, rows)
    for rule in (without_opening, without_time):
        rows = rule(log, rows)
    if rows.empty:
        why = f"; first reason: {log.rejects[0].reason}" if log.rejects else ""
        raise BadInput(f"{log.name}: none of its {log.read:,} rows can be used{why}")
    mended(log, rows)
    rows = carried_on(rows, changes)
    rows, found = without_people(rows, mapping.names)
    log.findings += found
    log.rows = rows.sort_values(["case", "time", "row"], kind="stable").reset_index(drop=True)
    log.mapping = used(log)
    return log


def again(source: Source, rows: pd.DataFrame) -> NDArray[np.bool_]:
    """Which rows are the same as an earlier one of the file in every cell."""
    return source.cells.duplicated().reindex(rows["row"]).to_numpy(dtype=bool)


def booked(log: TicketLog, source: Source) -> None:
    """Count the rows of a file, and say what is odd about it as a whole."""
    log.read += len(source.cells) + len(source.ragged)
    if source.encoding == "Windows-1252":
        log.findings.append(Finding("encoding", f"{source.name} is not UTF-8; it was read as Windows-1252."))
    if source.before:
        text = f"The header stands in line {source.before + 1}; what is above it was left out."
        log.findings.append(Finding("lines_before_header", text, source.before))
    drop(log, source.ragged, "ragged_rows", "have more cells than the header")


def used(log: TicketLog) -> Mapping:
    """The mapping that was used: one name for every column, and what was recognised written out."""
    return log.mapping.model_copy(
        update={"columns": {key: [name] for key, name in log.columns.items() if name}}
    )


def second_file(path: Path, mapping: Mapping, given: Path | None) -> Path | None:
    """The file with the activities."""
    if mapping.activities is None:
        if given is not None:
            raise BadInput(f"{given}: the mapping '{mapping.title}' knows no second file (activities)")
        return None
    if given is not None:
        return given
    there = sorted(
        {item for pattern in mapping.activities.file for item in path.parent.glob(pattern) if item != path}
    )
    if len(there) == 1:
        return there[0]
    if not there and mapping.columns.get("opened"):
        return None
    names = [item.name for item in there]
    raise BadInput(
        f"{path.name}: {'several files' if there else 'no file'} beside it could hold the activities "
        f"({listed(names or mapping.activities.file)}); name one in activities.file of the mapping"
    )


def joined(log: TicketLog, tickets: pd.DataFrame, path: Path) -> pd.DataFrame:
    """Rows of the activities, each with what the first file says of its ticket."""
    second = log.mapping.activities
    if second is None:
        return tickets
    source = read_source(path, log.mapping.delimiter)
    part = log.mapping.model_copy(update={"columns": second.columns, "activities": None})
    columns, found = matched(source, part)
    if missing := [name for name in ("case", "time") if name not in columns]:
        wanted = second.columns[missing[0]]
        raise BadInput(
            f"{path.name}: has no column {listed(wanted)}{nearest(wanted[0], source.cells.columns)}"
        )
    other = TicketLog(source.name, source.sha256, part, pd.DataFrame(), 0, columns, found)
    booked(other, source)
    log.unused += (unused := unused_columns(source.cells, columns, part.missing))
    other.findings += unused_finding(unused)
    activities = typed(other, text_columns(source, part.missing, columns), only=True)
    activities["repeated"] = again(source, activities)
    for rule in (without_case, without_time, twice):
        activities = rule(other, activities)
    rows, orphans, found = with_activities(tickets, activities, second)
    drop(other, orphans["row"], "activities_without_ticket", "belong to no ticket of the first file")
    del found[: int(bool(len(orphans)))]
    log.read += other.read
    told = [replace(item, text=f"{path.name}: {item.text}") for item in other.findings]
    log.findings += [*told, *found]
    log.rejects += [replace(item, file=path.name) for item in other.rejects]
    log.columns = log.columns | {name: "" for name in columns if name not in log.columns}
    return rows


def laid_out(log: TicketLog, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows as events from opening to end, with what states mean settled."""
    states, found = settled_states(log.mapping, rows)
    if "opened" not in log.columns:
        rows["opened"] = rows["time"].groupby(rows["case"], sort=False).transform("min")
        text = "The log has no time of opening: the first event of a case stands for it."
        found.append(Finding("first_event_as_opening", text))
    clocks = "auto_close" not in log.mapping.cleaning.overrule
    rows, states, ended = ends(rows, log.columns, states, clocks=clocks)
    log.mapping = log.mapping.model_copy(update={"states": states})
    if ended and rows["resolved"].notna().any():
        log.columns = log.columns | {"resolved": ""}
        log.derived = log.derived | {"resolved"}
    if is_list(rows, log.columns, log.mapping.layout):
        log.layout = "list"
        rows, told = last_rows(rows)
        ended += told
        found = [item for item in found if item.name == "end_states"]
        rows, told = from_list(rows, log.columns, states, routes=log.mapping.cleaning.list_routes)
        ended += told
    log.findings += [*found, *ended]
    return rows


def drop(log: TicketLog, rows: tuple[int, ...] | pd.Series, name: str, why: str) -> None:
    """Book rows that are not used."""
    numbers = [int(row) for row in rows]
    if numbers:
        count = len(numbers)
        text = f"{count:,} row{'s' if count > 1 else ''} dropped: {why}."
        log.findings.append(Finding(name, text, count, first_rows(numbers)))
        log.rejects += [Reject(row, why) for row in numbers]


def typed(log: TicketLog, text: pd.DataFrame, *, only: bool = False) -> pd.DataFrame:
    """Text as times, counts and priorities; ``only`` the columns that there are, or all canonical ones."""
    times = [name for name in TIMES if name in log.columns]
    dates, found = settled(log.name, log.mapping.dates, {name: text[name] for name in times})
    log.findings += [*found, *zone_findings(dates, [text[name] for name in times])]
    log.mapping, more = settled_values(log.mapping.model_copy(update={"dates": dates}), text, log.columns)
    log.findings += more
    rows = {"row": pd.Series(text.index.to_numpy(), index=text.index)}
    for name in CANONICAL:
        if name not in log.columns:
            if only:
                continue
            missing = (
                "datetime64[ns]" if name in TIMES else float if name in (*COUNTS, "priority") else object
            )
            rows[name] = pd.Series(None, index=text.index, dtype=missing)
        elif name in TIMES:
            rows[name] = parsed_times(text[name], dates)
            check_dates(log, text[name], rows[name], log.columns[name], essential=name in ("opened", "time"))
        elif name in COUNTS:
            rows[name] = without_first_team(parsed_as(name, text[name]), log.columns[name])
            check_counts(log, text[name], rows[name], name)
        elif name == "priority":
            rows[name] = ranked(log, text[name])
        else:
            rows[name] = text[name]
    local, found = localised(pd.DataFrame(rows, index=text.index), dates)
    log.findings += found
    return local


def ranked(log: TicketLog, text: pd.Series) -> pd.Series:
    """Priorities, with those that nobody knows booked."""
    ranks, known, found = parsed_priorities(text, log.mapping.priorities)
    log.findings += found
    log.mapping = log.mapping.model_copy(update={"priorities": log.mapping.priorities | known})
    unknown = text.notna() & ranks.isna()
    note(
        log,
        pd.DataFrame({"row": text.index[unknown]}),
        "unknown_priority",
        f"a priority that the mapping does not know ({example(text[unknown])})",
    )
    return ranks


def example(values: pd.Series) -> str:
    """The first of some values, quoted."""
    return f"'{shown(values.iloc[0], 40)}'" if len(values) else ""


def check_dates(log: TicketLog, text: pd.Series, times: pd.Series, column: str, *, essential: bool) -> None:
    """Refuse a column of which most dates can't be read; book the odd ones."""
    given = text.notna()
    unread = given & times.isna()
    formats = " or ".join(log.mapping.dates.formats or ["2026-04-11 09:05 or 11/4/2026 09:05"])
    if essential and given.any() and unread.sum() > 0.5 * given.sum():
        raise BadInput(
            f"{log.name}: no dates can be read in column '{column}': the first value is "
            f"{example(text[unread])}; expected {formats} (dates.formats in the mapping)"
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


def check_counts(log: TicketLog, text: pd.Series, counts: pd.Series, name: str) -> None:
    """Book cells that hold no count."""
    column, unread = log.columns[name], text.notna() & counts.isna()
    kind = "number" if name == "handle_hours" else "whole number"
    note(
        log,
        pd.DataFrame({"row": text.index[unread]}),
        f"unread_{column}",
        f"a value in '{column}' that is no {kind} from 0 to {most_of(name):,} ({example(text[unread])}); it "
        "was taken as missing",
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
    if bad.any() and "duplicates" in log.mapping.cleaning.overrule:
        note(log, rows[bad], "duplicates", "the same cells as an earlier row; kept, as the mapping says")
        bad = bad & False
    drop(log, rows.loc[bad, "row"], "duplicates", "the same as an earlier row in every column")
    return rows[~bad].drop(columns="repeated")


def mended(log: TicketLog, rows: pd.DataFrame) -> None:
    """Put right what contradicts itself, and say so."""
    early = rows["time"] < rows["opened"] - MINUTE
    note(
        log, rows[early], "update_before_opening", "an update before the opening; it was moved to the opening"
    )
    rows["time"] = rows["time"].where(~(rows["time"] < rows["opened"]), rows["opened"])
    for name in ("resolved", "closed"):
        bad = rows[name] < rows["opened"]
        note(
            log, rows[bad], f"{name}_before_opening", f"'{name}' before the opening; it was taken as missing"
        )
        rows.loc[bad, name] = pd.NaT
