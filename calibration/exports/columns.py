"""From the columns of an export to canonical ones, and from text to numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import islice

import pandas as pd

from calibration.exports.counts import counted, parsed_as
from calibration.exports.dates import pattern_of
from calibration.exports.history import steps_of
from calibration.exports.mapping import CANONICAL, Mapping
from calibration.exports.source import Source
from calibration.exports.synonyms import (
    all_by_synonym,
    by_synonym,
    kept_of,
    plain,
    rank_of_priority,
    unaccented,
    worded_priority,
)
from calibration.findings import Finding
from scenarios.errors import BadInput, listed, nearest, shown

TIMES = ("time", "opened", "resolved", "closed")
COUNTS = ("reassignments", "reopens", "handle_hours")
ADDED = ("case", "opened", "resolved", "closed", "team", "reassignments", "priority", "category")
"""Columns that are looked for by their names, too, where a shipped mapping was recognised and does not find
them; and `time`, where tickets have several rows."""

YES_OR_NO = {"true", "false", "yes", "no", "y", "n", "t", "f"}

MOVING = ("state", "team", "person", "reassignments")
"""Columns of which one differs from row to row of a ticket in a history."""

SAMPLE = 200
"""Different values of a column that are looked at to find what it holds."""

READABLE = 0.8
"""Share of them that must be of its kind."""

MOST_REPEATED, OWN_TIMES = 0.01, 0.5
"""Rows beyond the first of their ticket from which an export is no list, and the part of them that must have
times of their own."""

FEWEST_CASES, MOST_ROWS = 100, 10
"""Different values that a column of ticket numbers has at least, and rows a ticket where there are fewer."""

ROW_NUMBER, MOST_ALIKE = "(number of the row)", 0.05
"""Stands for the column of ticket numbers where there is none, and the share of rows that may look alike."""

PLANNED = re.compile(r"due|target|breach|plan|expect|sla\b|deadline|fallig|soll|echeance|prevu|limit|vencim")
"""In the name of a column of times: none at which something happened."""

SENTENCE = 3.0
"""Words a value from which a column holds sentences."""

EXCEL = r"[34]\d{4}(?:[.,]\d+)?"


def matched(
    source: Source, mapping: Mapping, *, chosen: bool = True, changes: bool = False
) -> tuple[dict[str, str], list[Finding]]:
    """Column of the export for every canonical column that it has, and what was found on the way.

    A mapping that was recognised, and not ``chosen`` by anybody, keeps no other columns from being read.
    ``changes`` says that each row is a changed field.

    Raises
    ------
    BadInput
        If a column without which nothing can be learnt is missing, with the nearest one there is.
    """
    present = [str(column) for column in source.cells.columns]
    wanted = {name: words for name, words in mapping.columns.items() if words != [ROW_NUMBER]}
    if not wanted:
        found, findings = guessed(source, mapping.missing, changes=changes)
    else:
        known = named(wanted, present)
        found = known if chosen else with_others(source, mapping, known, changes=changes)
        more = {name: column for name, column in found.items() if known.get(name) != column}
        findings = [*told_as_added(more), *lacked(wanted, found, present)]
    needed = [name for name in ("case",) if name not in found]
    if not {"opened", "time"} & set(found):
        needed.append("opened")
    if not {"resolved", "closed", "time", "history"} & set(found) and mapping.activities is None:
        needed.append("resolved")
    if needed == ["case"] and unnumbered(source, found):
        return {"case": ROW_NUMBER, **found}, [*findings, rows_as_tickets(len(source.cells))]
    if needed:
        if not wanted and (why := unreadable(source, needed[0], mapping.missing)):
            raise BadInput(why)
        history = "time" in found and "opened" not in found
        likely = [
            column
            for column in present
            if column not in found.values()
            and may_be(needed[0], source.cells[column], mapping.missing, history=history)
        ]
        raise BadInput(lacking(source.name, needed[0], wanted.get(needed[0], [needed[0]]), present, likely))
    return found, findings


def unnumbered(source: Source, found: dict[str, str]) -> bool:
    """Whether an export without numbers of tickets is a list: hardly two rows have opening and end alike."""
    ends = [found[name] for name in ("resolved", "closed") if name in found]
    if "opened" not in found or not ends:
        return False
    return float(source.cells[[found["opened"], *ends]].duplicated().mean()) <= MOST_ALIKE


def rows_as_tickets(count: int) -> Finding:
    """What it means that nothing tells tickets apart."""
    text = (
        f"No column numbers the tickets, and hardly two of the {count:,} rows have opening and end alike: "
        "each row is taken as a ticket (columns.case in a mapping file says which column numbers them)."
    )
    return Finding("rows_as_tickets", text, count)


def unreadable(source: Source, canonical: str, missing: Iterable[str]) -> str:
    """A sentence on a column that would be the missing one by its name, but holds no dates; empty without."""
    column = by_synonym(canonical, [str(name) for name in source.cells.columns])
    values = sample(source.cells[column], missing) if column and canonical in TIMES else []
    if not values or fits(canonical, values):
        return ""
    serial = ", a number of days as Excel counts them (format the column as date and time)"
    return (
        f"{source.name}: no dates can be read in column '{column}' ({CANONICAL[canonical]}): the first value "
        f"is '{shown(values[0], 40)}'{serial if re.fullmatch(EXCEL, values[0]) else ''}; expected dates such "
        "as 2026-04-11 09:05 or 11/4/2026 09:05 (in a mapping file dates.formats says how they are written, "
        f"columns.{canonical} if it is another column: --mapping FILE)"
    )


def may_be(canonical: str, cells: pd.Series, missing: Iterable[str], *, history: bool) -> bool:
    """Whether a column whose name is like that of a missing one may be it by what stands in it.

    Numbers of tickets are neither dates, nor sentences, nor a few words for all rows, as phases are; nor,
    where a ticket has several rows (``history``), are they all different.
    """
    values = sample(cells, missing)
    if not values or not fits(canonical, values):
        return False
    if canonical != "case":
        return True
    different, rows = len(cells.cat.categories), int(cells.notna().sum())
    if different < min(FEWEST_CASES, rows / MOST_ROWS) or (history and different > READABLE * rows):
        return False
    dates = share(values, lambda value: not value.isdigit() and pattern_of(value) is not None)
    return dates < READABLE and sum(len(value.split()) for value in values) / len(values) < SENTENCE


def lacking(name: str, missing: str, wanted: list[str], present: list[str], likely: list[str]) -> str:
    """A sentence on a column that is not there, with the one of the ``likely`` ones whose name is nearest."""
    meant = by_synonym(missing, likely)
    near = f" (did you mean {meant}?)" if meant else nearest(wanted[0], likely)
    return (
        f"{name}: has no column {listed(wanted)} ({CANONICAL[missing]}){near}; "
        f"its columns are {listed([shown(column, 30) for column in present], 20)} "
        f"(columns.{missing} in a mapping file says which: --mapping FILE)"
    )


def named(wanted: dict[str, list[str]], present: list[str]) -> dict[str, str]:
    """Columns by the names that a mapping gives; case and punctuation may differ."""
    alike = {plain(column): column for column in reversed(present)}
    found: dict[str, str] = {}
    for name, words in wanted.items():
        exact = [word for word in words if word in present]
        loose = [alike[plain(word)] for word in words if plain(word) in alike]
        if exact or loose:
            found[name] = (exact or loose)[0]
    return found


def lacked(wanted: dict[str, list[str]], found: dict[str, str], present: list[str]) -> list[Finding]:
    """Columns that a mapping names and the export has not, each with what it may be instead."""
    missing = [name for name, words in wanted.items() if words and name not in found]
    if not missing:
        return []
    proposals = []
    for name in missing:
        likely = by_synonym(name, [column for column in present if column not in found.values()])
        proposals.append(f"{name} ({listed(wanted[name])}{f', perhaps {likely}' if likely else ''})")
    text = (
        f"The export has no column for {listed(proposals, 30).replace(' or ', ' and ')}; it was read without."
    )
    return [Finding("missing_columns", text, len(missing))]


def with_others(source: Source, mapping: Mapping, found: dict[str, str], *, changes: bool) -> dict[str, str]:
    """The columns of a recognised mapping, and those that it has not found by what tools call them.

    Times of rows are left to a second file, where the mapping knows one; and where nothing of a ticket moves
    from row to row, its rows are no history (a list joined with another table), whatever their times.
    """
    found = found | by_names(source, mapping.missing, ADDED, found)[0]
    if mapping.activities is not None or not (changes or moves(source, found)):
        return found
    return with_times(source, found, mapping.missing, changes=changes)


def moves(source: Source, found: dict[str, str]) -> bool:
    """Whether state, team, person or count of reassignments differ between rows of some tickets."""
    if "case" not in found:
        return False
    case = source.cells[found["case"]].cat.codes
    values = [source.cells[found[name]].cat.codes for name in MOVING if name in found]
    pairs = [pd.DataFrame({"case": case, "value": value}) for value in values]
    most = max((len(pair.drop_duplicates()) for pair in pairs), default=0)
    return most > (1 + MOST_REPEATED) * case.nunique()


def told_as_added(more: dict[str, str]) -> list[Finding]:
    """Which columns were read besides those of the mapping that was recognised."""
    if not more:
        return []
    columns = ", ".join(f"{column} as {name}" for name, column in more.items())
    return [Finding("recognised", f"More columns were recognised by their names: {columns}.", len(more))]


def guessed(
    source: Source, missing: Iterable[str], *, changes: bool = False
) -> tuple[dict[str, str], list[Finding]]:
    """Columns by what tools call them, where what stands in them may be meant.

    Where nothing else may be the team, the queue is, and not the category.
    """
    found, values = by_names(source, missing, ["team", *CANONICAL], {})
    found = with_times(source, found, missing, changes=changes)
    if "priority" not in found and ranks_impact(found, values):
        found["priority"] = found.pop("impact")
    found = {name: found[name] for name in CANONICAL if name in found}
    shown_ = ", ".join(f"{column} as {name}" for name, column in found.items())
    return found, [Finding("recognised", f"Columns were recognised by their names: {shown_}.", len(found))]


def by_names(
    source: Source, missing: Iterable[str], names: Iterable[str], taken: dict[str, str]
) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Canonical columns by what tools call them, beside those ``taken``; and values of columns looked at."""
    found: dict[str, str] = {}
    values: dict[str, list[str]] = {}
    for name in names:
        if name in found or name in taken:
            continue
        used = {*found.values(), *taken.values()}
        free = [str(column) for column in source.cells.columns if str(column) not in used]
        for column in all_by_synonym(name, free):
            if column not in values:
                values[column] = sample(source.cells[column], missing)
            by_rows = counted(name, source.cells[column], missing) if name in COUNTS else 0.0
            if by_rows >= READABLE or fits(name, values[column]):
                found[name] = column
                break
    return found, values


def with_times(
    source: Source, found: dict[str, str], missing: Iterable[str], *, changes: bool
) -> dict[str, str]:
    """The columns, with the one that tells when a row was written if tickets have several rows.

    Where each row is a changed field, this may be what looked like the opening: `Created` of the change.
    """
    if "time" in found or "case" not in found or "history" in found:
        return found
    kept = {name: column for name, column in found.items() if not changes or name != "opened"}
    dated = time_of_rows(source, kept, missing, changes=changes)
    if dated is None:
        return found
    return {**(kept if dated == found.get("opened") else found), "time": dated}


def time_of_rows(
    source: Source, found: dict[str, str], missing: Iterable[str], *, changes: bool
) -> str | None:
    """The column, besides those found, that tells when a row was written, whatever its name.

    It holds times, and they differ from row to row of a ticket (in most tickets, where each row is a changed
    field: several fields change at once); what is planned or due is none.
    """
    case = source.cells[found["case"]].cat.codes
    more = len(case) - case.nunique()
    repeated = int((case.value_counts() > 1).sum())
    best, most = None, 0
    for name in source.cells.columns if more > MOST_REPEATED * len(case) else []:
        column = str(name)
        if column in found.values() or PLANNED.search(unaccented(column)):
            continue
        values = sample(source.cells[name], missing)
        if not values or not fits("time", values):
            continue
        pairs = pd.DataFrame({"case": case, "time": source.cells[name].cat.codes}).drop_duplicates()
        own = len(pairs) - case.nunique()
        differing = int((pairs["case"].value_counts() > 1).sum())
        enough = differing > OWN_TIMES * repeated if changes else own > OWN_TIMES * more
        if enough and own > most:
            best, most = column, own
    return best


def ranks_impact(found: dict[str, str], values: dict[str, list[str]]) -> bool:
    """Whether an export without priorities has an impact whose levels have an order."""
    levels = values.get(found.get("impact", ""), [])
    return len(levels) > 1 and share(levels, rank_of_priority) == 1.0


def sample(cells: pd.Series, missing: Iterable[str]) -> list[str]:
    """Some different values of a column, without what stands for nothing."""
    nothing = {text.strip() for text in missing} | {""}
    values = (str(level).strip() for level in cells.cat.categories)
    return list(islice((value for value in values if value not in nothing), SAMPLE))


def fits(canonical: str, values: list[str]) -> bool:
    """Whether values may be those of a canonical column, whatever its name; an empty column may be any."""
    if not values:
        return True
    if canonical in TIMES:
        return share(values, lambda value: pattern_of(value) is not None) >= READABLE
    if canonical in COUNTS:
        return float(parsed_as(canonical, pd.Series(values, dtype=object)).notna().mean()) >= READABLE
    if canonical == "made_sla":
        return share(values, lambda value: kept_of(value) is not None) >= READABLE
    if canonical == "history":
        return share(values, steps_of) >= READABLE
    return share(values, lambda value: value.casefold() in YES_OR_NO) < READABLE


def share(values: list[str], holds: Callable[[str], object]) -> float:
    """Share of the values of which something holds."""
    return sum(bool(holds(value)) for value in values) / len(values)


def text_columns(source: Source, missing: list[str], columns: dict[str, str]) -> pd.DataFrame:
    """The mapped columns as stripped text, None where missing."""
    nothing = {text.strip() for text in missing} | {""}
    rows = {}
    for name, column in columns.items():
        if column == ROW_NUMBER:
            rows[name] = source.cells.index.astype(str).to_numpy(dtype=object)
            continue
        levels = source.cells[column].cat.categories
        words = [str(level).strip() for level in levels]
        clean = pd.Series([None if word in nothing else word for word in words], dtype=object)
        rows[name] = clean.to_numpy(dtype=object)[source.cells[column].cat.codes.to_numpy()]
    return pd.DataFrame(rows, index=source.cells.index, dtype=object)


def parsed_priorities(
    text: pd.Series, priorities: dict[str, int]
) -> tuple[pd.Series, dict[str, int], list[Finding]]:
    """Priorities 1 to 4 (NaN where unknown), what each value was taken for, and what was found.

    The mapping decides; for values that it does not name a digit or a common word in them does: the word,
    where digits count the other way round (``5 very high``).
    """
    values = [str(value) for value in pd.unique(text.dropna())]
    words = {value: rank for value in values if (rank := worded_priority(value)) is not None}
    digits = {value: int(leading[0]) for value in words if (leading := re.match(r"\s*\d+", value))}
    upwards = against(digits, words)
    found: dict[str, int] = {}
    for value in values:
        rank = priorities.get(value) or (words.get(value) if upwards else rank_of_priority(value))
        if rank is not None:
            found[value] = rank
    if {plain(value) for value in found} >= {"major", "high"} and 1 not in found.values():
        found |= {value: 1 for value in found if plain(value) == "major" and value not in priorities}
    told = []
    if upwards and not set(digits) <= set(priorities):
        highest = max(digits, key=lambda value: digits[value])
        sentence = f"Priorities count upwards ('{highest}' is the highest): they were taken by their words."
        told.append(Finding("priority_words", sentence))
    return text.map(found).astype(float), found, told


def against(digits: dict[str, int], words: dict[str, int]) -> bool:
    """Whether the digits of priorities rise where their words fall, and nowhere rise with them."""
    pairs = [(digits[a] - digits[b]) * (words[a] - words[b]) for a in digits for b in digits]
    return any(pair < 0 for pair in pairs) and not any(pair > 0 for pair in pairs)
