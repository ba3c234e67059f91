"""Counts and hours in the cells of an export."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from calibration.exports.values import flags_as_counts

CLOCKED = r"^(\d{1,5}):([0-5]\d)(?::([0-5]\d))?$"
THOUSANDS = r"\d{1,3}(,\d{3})+(\.\d+)?"
MOST_HOURS = 1_000_000

MOST_TIMES = 1_000
"""How often a ticket changes teams, or is reopened, at most: what is more is a slip or another number."""


def parsed_counts(text: pd.Series) -> pd.Series:
    """Numbers of at least 0, NaN where there is none.

    A comma separates decimals, or thousands where a point follows or each is followed by three digits in
    all values; hours and minutes (``5:30``) are hours.
    """
    values = text.astype(object).where(text.notna(), None)
    words = values.dropna().astype(str).str.strip()
    timed = words.str.extract(CLOCKED).astype(float)
    hours = timed[0] + timed[1] / 60 + timed[2].fillna(0.0) / 3600
    with_comma = words[words.str.contains(",", regex=False)]
    thousands = bool(len(with_comma)) and bool(with_comma.str.fullmatch(THOUSANDS).all())
    bare = words.str.replace(",", "" if thousands else ".", regex=False)
    numbers = pd.to_numeric(bare, errors="coerce").astype(float).fillna(hours).reindex(text.index)
    return numbers.where((numbers >= 0) & (numbers < MOST_HOURS))


def parsed_as(canonical: str, text: pd.Series) -> pd.Series:
    """Counts of a canonical column, NaN where there is none; how often something happened is whole."""
    counts = parsed_counts(flags_as_counts(text) if canonical == "reopens" else text)
    whole = canonical == "handle_hours" or counts % 1 == 0
    return counts.where(whole & (counts <= most_of(canonical)))


def most_of(canonical: str) -> int:
    """The largest number that a column of counts may hold."""
    return MOST_HOURS if canonical == "handle_hours" else MOST_TIMES


def counted(canonical: str, cells: pd.Series, missing: Iterable[str]) -> float:
    """Share of the rows of a column that hold counts; odd words may be most of its different values.

    Rows in which what is ``missing`` stands do not count.
    """
    nothing = {text.strip() for text in missing} | {""}
    levels = pd.Series([str(level).strip() for level in cells.cat.categories], dtype=object)
    codes = cells.cat.codes.to_numpy()
    rows = np.where(levels.isin(nothing), 0, np.bincount(codes[codes >= 0], minlength=len(levels)))
    return float(rows[parsed_as(canonical, levels).notna()].sum() / max(1, rows.sum()))
