"""A list whose tickets carry their history in one cell: every step of it becomes a row."""

from __future__ import annotations

import re

import pandas as pd

from calibration.exports.dates import pattern_of
from calibration.findings import Finding

STEPS = re.compile(r"\s*(?:\||;|\r?\n|<br ?/?>)\s*")
"""What stands between the steps."""

CHANGE = re.compile(r"->|=>|→|➔|>>")
"""What stands between the state before and the one after."""

DATED = re.compile(
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}(?:[T ,]{1,2}\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?(?: ?[AaPp][Mm])?"
    r"(?: ?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?)?"
)
AROUND = " \t:,-–()[]@"
"""What may stand around a state and its time."""


def steps_of(cell: str) -> list[tuple[str, str]]:
    """Time and state of every step that a cell tells; parts without a time are left out."""
    found = []
    for part in STEPS.split(cell.strip()):
        dated = DATED.search(part)
        if dated is None or pattern_of(dated.group()) is None:
            continue
        rest = f"{part[: dated.start()]} {part[dated.end() :]}"
        state = CHANGE.split(rest)[-1].strip(AROUND)
        if state:
            found.append((dated.group(), state))
    return found


def unfolded(
    text: pd.DataFrame, columns: dict[str, str]
) -> tuple[pd.DataFrame, dict[str, str], list[Finding]]:
    """Rows and columns with one row a step, where a column ``history`` has the steps; else as they are.

    Time and state are then those of the steps, and have no column of their own.
    """
    if "history" not in columns:
        return text, columns, []
    name = columns["history"]
    others = {key: column for key, column in columns.items() if key != "history"}
    steps = text["history"].map(lambda cell: steps_of(cell) if isinstance(cell, str) else [])
    plain = text.drop(columns="history")
    told = steps.map(len) > 0
    if not told.any():
        return plain, others, []
    rows = plain.assign(step=steps.where(told, None)).explode("step")
    known = rows["step"].notna()
    for place, key in enumerate(("time", "state")):
        own = rows["step"].map(lambda step, place=place: step[place] if isinstance(step, tuple) else None)
        rows[key] = own.where(known, rows.get(key))
    if "opened" in rows:
        rows["time"] = rows["time"].where(known, rows["opened"])
    sentence = (
        f"The states that a ticket went through stand in one cell ('{name}'): {int(known.sum()):,} steps of "
        f"{int(told.sum()):,} tickets were read as rows of their own. Team, priority and the like are "
        "those of the whole ticket: handoffs are known as totals at most."
    )
    found = [Finding("history_cells", sentence, int(known.sum()))]
    return rows.drop(columns="step"), others | {"time": "", "state": ""}, found
