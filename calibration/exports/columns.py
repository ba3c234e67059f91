"""From the columns of an export to canonical ones, and from text to times and numbers."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from calibration.exports.mapping import CANONICAL, REQUIRED, Mapping
from calibration.exports.source import Source
from scenarios.errors import BadInput, listed, nearest, shown

TIMES = ("time", "opened", "resolved", "closed")
COUNTS = ("reassignments", "reopens")
EARLIEST, LATEST = pd.Timestamp("1990-01-01"), pd.Timestamp("2100-01-01")


def matched(source: Source, mapping: Mapping) -> dict[str, str]:
    """Column of the export for every canonical column that it has.

    Raises
    ------
    BadInput
        If a column without which nothing can be learnt is missing, with the nearest one there is.
    """
    present = list(source.cells.columns)
    found = {}
    for name, wanted in mapping.columns.items():
        there = [column for column in wanted if column in present]
        if there:
            found[name] = there[0]
    needed = [name for name in REQUIRED if name not in found]
    if "resolved" not in found and not ("time" in found and "state" in found):
        needed.append("resolved")
    if needed:
        missing = needed[0]
        wanted = mapping.columns.get(missing, [missing])
        raise BadInput(
            f"{source.name}: has no column {listed(wanted)} "
            f"({CANONICAL[missing]}){nearest(wanted[0], present)}; "
            f"its columns are {listed([shown(column, 30) for column in present], 20)}"
        )
    return found


def text_columns(source: Source, mapping: Mapping, columns: dict[str, str]) -> pd.DataFrame:
    """The mapped columns as stripped text, None where missing; categories, because values repeat."""
    missing = {text.strip() for text in mapping.missing}
    rows = pd.DataFrame(index=source.cells.index)
    for name, column in columns.items():
        levels = source.cells[column].astype("category")
        clean = {level: str(level).strip() for level in levels.cat.categories}
        text = levels.map({level: None if word in missing else word for level, word in clean.items()})
        rows[name] = text.astype(object).where(text.notna(), None)
    return rows


def parsed_times(text: pd.Series, formats: Sequence[str]) -> pd.Series:
    """Times of a text column: each value by the first pattern that fits it; NaT where none does."""
    levels = pd.Series(pd.unique(text.dropna()), dtype=object)
    times = pd.Series(pd.NaT, index=levels.index, dtype="datetime64[ns]")
    for pattern in formats:
        open_rows = times.isna()
        if not open_rows.any():
            break
        read = pd.to_datetime(levels[open_rows], format=pattern, errors="coerce")
        if getattr(read.dt, "tz", None) is not None:
            read = read.dt.tz_localize(None)
        times[open_rows] = read.astype("datetime64[ns]")
    times = times.where((times >= EARLIEST) & (times < LATEST))
    return pd.to_datetime(text.map(dict(zip(levels, times, strict=True))))


def parsed_counts(text: pd.Series) -> pd.Series:
    """Whole numbers of at least 0, NaN where there is none."""
    numbers = pd.to_numeric(text, errors="coerce")
    return numbers.where((numbers >= 0) & (numbers < 10_000)).round()


def parsed_priorities(text: pd.Series, priorities: dict[str, int]) -> pd.Series:
    """Priorities 1 to 4: from the mapping, else from a leading digit (5 counts as 4); NaN where unknown."""
    found: dict[str, float] = {}
    for value in pd.unique(text.dropna()):
        word = str(value)
        digit = word.lstrip("Pp")[:1]
        if word in priorities:
            found[word] = priorities[word]
        elif digit in ("1", "2", "3", "4", "5"):
            found[word] = min(4, int(digit))
    return text.map(found).astype(float)
