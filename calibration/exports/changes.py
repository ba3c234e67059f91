"""Audit logs with one row a changed field: what changed stands in one column, its new value in another."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pandas as pd

from calibration.exports.source import Source
from calibration.exports.synonyms import all_by_synonym, plain
from calibration.findings import Finding

FIELD = (
    *("field", "fieldname", "fieldchanged", "changedfield", "attribute", "attributename", "property"),
    *("feld", "feldname", "champ", "campo"),
)
NEW = (
    *("newvalue", "new", "to", "tostring", "tovalue", "valueafter", "newstring"),
    *("neuerwert", "nouvellevaleur", "nuevovalor", "novovalor"),
)
OLD = (
    *("oldvalue", "old", "from", "fromstring", "fromvalue", "valuebefore", "oldstring"),
    *("alterwert", "anciennevaleur", "valoranterior"),
)
"""Names of the three columns, as ``plain`` writes them."""

CHANGING = ("state", "team", "priority", "person", "category", "substate")
"""What is read of the changes; it stays until the next change of the same field."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What is read of an audit log: the fields by canonical name, and for some their values before.

    ``before`` has by row of the file what the field was until then.
    """

    columns: dict[str, str] = field(default_factory=dict)
    before: dict[str, pd.Series] = field(default_factory=dict)


def by_field(source: Source, asked: set[str]) -> tuple[Source, Changes, list[Finding]]:
    """The export with a column for each field that is read, what is read of it, and what was found.

    Exports of another shape are returned as they are, and those of which a mapping names (``asked``) one of
    the three columns itself.
    """
    named = {plain(column): str(column) for column in reversed(source.cells.columns)}
    which, new, old = (
        next((named[name] for name in some if name in named), "") for some in (FIELD, NEW, OLD)
    )
    if not which or not new or asked & {which, new, old}:
        return source, Changes(), []
    changed = [str(level) for level in source.cells[which].cat.categories]
    columns = {name: found[0] for name in CHANGING if (found := all_by_synonym(name, changed))}
    if "state" not in columns and "team" not in columns:
        return source, Changes(), []
    cells = source.cells.drop(columns=[column for column in (which, new, old) if column])
    for level in columns.values():
        if level not in cells:
            cells[level] = pd.Categorical(values(source, new, which, level).fillna(""))
    first = [name for name in ("state", "team") if old and name in columns]
    before = {str(name): values(source, old, which, columns[name]) for name in first}
    text = (
        f"The export has one row a changed field ('{which}'): new values ('{new}') were read of "
        f"{', '.join(f'{level} as {name}' for name, level in columns.items())}."
    )
    return replace(source, cells=cells), Changes(columns, before), [Finding("field_changes", text)]


def values(source: Source, column: str, which: str, level: str) -> pd.Series:
    """What stands in a column where one field changed; None elsewhere."""
    text = source.cells[column].astype(object).where(source.cells[which] == level)
    return text.where(text.notna() & (text != ""), None)


def carried_on(rows: pd.DataFrame, changes: Changes) -> pd.DataFrame:
    """Rows by ticket and time, in which a field is what it was changed to, at first what it was before."""
    if not changes.columns:
        return rows
    rows = rows.sort_values(["case", "time", "row"], kind="stable")
    case = rows["case"]
    for name in changes.columns:
        known = rows[name].groupby(case, sort=False).ffill()
        if name in changes.before:
            first = rows["row"].map(changes.before[name]).groupby(case, sort=False).bfill()
            known = known.fillna(first)
        rows[name] = known
    return rows
