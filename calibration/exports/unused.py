"""Columns of an export that nothing was read from: their first value, and what they might be."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from calibration.exports.columns import SAMPLE, fits, share
from calibration.exports.dates import pattern_of
from calibration.exports.mapping import CANONICAL, PEOPLE
from calibration.exports.people import looks_like_a_person
from calibration.exports.synonyms import WORDS, all_by_synonym, kind_of_state, rank_of_priority, words_of
from calibration.findings import Finding
from scenarios.errors import shown

MOST_LEVELS = 40
"""Different values that a column of states or priorities has at most."""

AGREED = 0.9
"""Share of the values that must be of a kind."""

MOST_LIKELY, MOST_OTHERS = 8, 6
"""Columns with a hint, and others, that the sentence names; all of them are in the JSON document."""

WORDY, VARIED = 3.0, 0.5
"""Words a value, and different values a row, from which a column holds text that people wrote."""

WRITTEN = {
    *(
        "subject",
        "title",
        "summary",
        "description",
        "comment",
        "comments",
        "note",
        "notes",
        "message",
        "body",
    ),
    *("text", "betreff", "beschreibung", "kurzbeschreibung", "bemerkung", "kommentar", "sujet", "titre"),
    *("objet", "commentaire", "asunto", "assunto", "descripcion", "descricao"),
}
"""Words in the names of columns that hold what people wrote; it is not shown either."""

WHO = re.compile(
    r"name|user|person|mail|phone|agent|contact|customer|employee|mobile|login|author|(^|[\W_])(by|to)$"
)
"""In the name of a column of people: what it holds is not shown."""


@dataclass(frozen=True, slots=True)
class Unused:
    """A column that nothing was read from.

    ``first`` is its first value (a word in brackets instead of what people wrote or are called; empty where
    the column is), ``like`` the canonical column that it may be (empty if none), ``taken`` the column of
    the export that was read as this one instead.
    """

    column: str
    first: str = ""
    like: str = ""
    taken: str = ""

    def __str__(self) -> str:
        value = f" ({self.first})" if self.first.startswith("(") else f" ('{shown(self.first, 24)}')"
        text = f"{shown(self.column, 40)}{value.replace('((', '(').replace('))', ')')}"
        if self.like == "time":
            return f"{text} holds times"
        if self.taken:
            return f"{text} is like {self.like}, for which {shown(self.taken, 40)} was read"
        return f"{text} may be {self.like}" if self.like else text


def unused_columns(cells: pd.DataFrame, columns: dict[str, str], missing: Iterable[str]) -> list[Unused]:
    """The columns of an export that are not among those read, in their order.

    Parameters
    ----------
    cells
        The export as categories of text.
    columns
        Column of the export by canonical one.
    missing
        What stands for nothing.
    """
    nothing = {text.strip() for text in missing} | {""}
    found = []
    for name in cells.columns:
        column = str(name)
        if column in columns.values():
            continue
        values = filled(cells[name], nothing)
        if not len(values):
            found.append(Unused(column))
            continue
        like = likely(column, [str(value) for value in values.index[:SAMPLE]], columns)
        found.append(Unused(column, safe(column, values, like), like, columns.get(like, "")))
    return found


def filled(cells: pd.Series, nothing: set[str]) -> pd.Series:
    """How often each value stands in a column, the first one first, without what stands for nothing."""
    counts = cells.value_counts(sort=False)
    levels = [level for level in cells.cat.categories if str(level).strip() not in nothing]
    return pd.Series(counts.reindex(levels)).loc[lambda found: found > 0]


def likely(column: str, values: list[str], read: Iterable[str]) -> str:
    """The canonical column that a column is like, by its name, or else by its values; empty if none.

    A part of its name counts only for canonical columns that are not among those ``read``.
    """
    parts = set(words_of(column))
    fitting = [canonical for canonical in CANONICAL if fits(canonical, values)]
    for canonical in fitting:
        if all_by_synonym(canonical, [column]):
            return canonical
    inside = {
        canonical: max((len(word) for word in WORDS[canonical] if set(words_of(word)) <= parts), default=0)
        for canonical in fitting
        if canonical not in read
    }
    best = max(inside, key=lambda canonical: inside[canonical], default="")
    if inside.get(best, 0) >= len("team"):
        return best
    if share(values, is_date) >= AGREED:
        return "time"
    if 1 < len(values) <= MOST_LEVELS:
        worded = [value for value in values if re.search("[a-z]", value.casefold())]
        if len(worded) == len(values) and share(values, rank_of_priority) >= AGREED:
            return "priority"
        if share(values, kind_of_state) >= 1 - AGREED and ends(values):
            return "state"
    return ""


def is_date(value: str) -> bool:
    """Whether a value is a date; a bare number is none, as many things are numbers."""
    return not value.replace(".", "").isdigit() and pattern_of(value) is not None


def ends(values: list[str]) -> bool:
    """Whether some values name the end of a ticket, and others not."""
    kinds = {kind_of_state(value) in ("resolved", "closed") for value in values}
    return len(kinds) > 1


def safe(column: str, values: pd.Series, like: str) -> str:
    """The first value, unless people wrote it or are called so."""
    first = str(values.index[0]).strip()
    if set(words_of(column)) & WRITTEN:
        return "(text)"
    sample = [str(value) for value in values.index[:SAMPLE]]
    if like in PEOPLE or WHO.search(column.casefold()) or any(looks_like_a_person(value) for value in sample):
        return "(people)"
    wordy = sum(len(value.split()) for value in sample) / len(sample) >= WORDY
    if wordy and len(values) > VARIED * values.sum() and pattern_of(first) is None:
        return "(text)"
    return first


def unused_finding(unused: list[Unused], name: str = "") -> list[Finding]:
    """The same in a sentence or two, short where there are many; none if every column was read."""
    if not unused:
        return []
    count = len(unused)
    were = "columns of the export were" if count > 1 else "column of the export was"
    text = f"{name}{count} {were} not used."
    hinted = sorted((item for item in unused if item.like), key=lambda item: bool(item.taken))
    others = [item for item in unused if item.first and not item.like]
    empty = [item for item in unused if not item.first]
    if hinted:
        text += f" {cut(hinted, MOST_LIKELY)} (columns: in a mapping file says which is which)."
    if others:
        text += f" {'Others: ' if hinted else ''}{cut(others, MOST_OTHERS)}."
    if empty:
        names = ", ".join(shown(item.column, 30) for item in empty[:MOST_OTHERS])
        more = f" and {len(empty) - MOST_OTHERS} more" if len(empty) > MOST_OTHERS else ""
        text += f" Empty: {names}{more}."
    return [Finding("unused_columns", text, count)]


def cut(items: list[Unused], most: int) -> str:
    """Some columns in a row, and how many more there are."""
    told = "; ".join(str(item) for item in items[:most])
    return told + (f"; and {len(items) - most} more" if len(items) > most else "")
