"""Times of an export as local times of the organisation's zone, through changes of the clock."""

from __future__ import annotations

import pandas as pd

from calibration.exports.clock import Clock, clock_of
from calibration.exports.mapping import Dates
from calibration.findings import Finding, first_rows

TIMES = ("opened", "time", "resolved", "closed")
"""Columns with times, in the order in which things happen."""

ORDERED = 0.95
"""Share of the rows of a ticket, next to each other, that must agree for their order to tell one of time."""


def localised(rows: pd.DataFrame, dates: Dates) -> tuple[pd.DataFrame, list[Finding]]:
    """Rows with the times of ``dates.zone``, and what was made of times that come twice or never.

    Parameters
    ----------
    rows
        Rows in the order of the file, with the columns ``case``, ``row`` and some of ``TIMES``.
    dates
        How times are written. Those with an offset are local already: they tell for certain.
    """
    names = [name for name in TIMES if name in rows and rows[name].notna().any()]
    if dates.zone is None or not names:
        return rows, []
    told: list[Finding] = []
    rows = rows.reset_index(drop=True)
    if not dates.sure:
        written = clock_of(dates.written_in or dates.zone)
        twice, never = {}, {}
        for name in names:
            rows[name], twice[name], never[name] = written.read(rows[name])
        again = decided(rows, twice, written)
        told = passes_findings(rows, twice, never, again, dates.written_in or dates.zone)
        if dates.written_in not in (None, dates.zone):
            local = clock_of(dates.zone)
            for name in names:
                rows[name] = local.local(written.utc(rows[name]))
    return rows, [*changes_finding(rows, names, dates.zone), *told]


def decided(rows: pd.DataFrame, twice: dict[str, pd.Series], clock: Clock) -> int:
    """Move times to the second pass where what the ticket did before was later; how many that were.

    A ticket is opened, then resolved, then closed; its rows stand in the order of the file, if nearly all
    rows of the log agree on it.
    """
    unclear = pd.concat(twice.values(), axis=1).any(axis=1)
    if not unclear.any():
        return 0
    own = rows[rows["case"].isin(rows.loc[unclear, "case"].dropna())]
    step = order_of(rows) if "time" in twice and twice["time"].any() else 0
    moved: set[tuple[str, str, pd.Timestamp]] = set()
    for case, part in own.groupby("case", sort=False):
        latest = part["opened"].min() if "opened" in twice else pd.NaT
        first = latest
        same: dict[pd.Timestamp, pd.Timestamp] = {}
        for label in part.index[::step] if step else []:
            time = pd.Timestamp(part["time"].loc[label])
            if twice["time"].at[label] and not pd.isna(latest):
                later = clock.later_pass(time, latest)
                if later != time:
                    rows.at[label, "time"] = same[time] = later
                    moved.add((str(case), "time", time))
                    time = later
            latest = time if pd.isna(latest) else max(latest, time)
        for name in (name for name in ("resolved", "closed") if name in twice):
            for label in part.index[twice[name].loc[part.index]]:
                time = pd.Timestamp(rows[name].loc[label])
                before = first if name == "resolved" else pd.Timestamp(rows["resolved"].loc[label])
                later = same.get(time, time if pd.isna(before) else clock.later_pass(time, before))
                if later != time:
                    rows.at[label, name] = later
                    moved.add((str(case), name, time))
    return len(moved)


def order_of(rows: pd.DataFrame) -> int:
    """1 if the rows of a ticket stand in the order of time, -1 if the latest comes first, 0 if neither."""
    steps = rows.groupby("case", sort=False)["time"].diff().dropna()
    onward, backward = int((steps > pd.Timedelta(0)).sum()), int((steps < pd.Timedelta(0)).sum())
    if not onward + backward or max(onward, backward) < ORDERED * (onward + backward):
        return 0
    return 1 if onward > backward else -1


def passes_findings(
    rows: pd.DataFrame, twice: dict[str, pd.Series], never: dict[str, pd.Series], again: int, zone: str
) -> list[Finding]:
    """What was made of times that the clock shows twice, or skips."""
    found = []
    count, first = times_in(rows, twice)
    if count:
        text = (
            f"Times in the hour that the clock shows twice when it goes back ({zone}): {count:,}. Of these "
            f"{again:,} were taken as the second pass, as something that came before is later; the others "
            "as the first, which may be an hour off. Times with an offset would tell."
        )
        found.append(Finding("clock_twice", text, count, first))
    count, first = times_in(rows, never)
    if count:
        text = (
            f"Times in the hour that the clock skips when it goes forward ({zone}): {count:,}. They were "
            "moved on by what it skips. Many of them mean that the export is written in another zone "
            "(dates.written_in)."
        )
        found.append(Finding("clock_skips", text, count, first))
    return found


def times_in(rows: pd.DataFrame, marked: dict[str, pd.Series]) -> tuple[int, tuple[int, ...]]:
    """How many times are marked, those that all rows of a ticket share once, and their first rows."""
    count = sum(len(rows.loc[mask, ["case", name]].drop_duplicates()) for name, mask in marked.items())
    return count, first_rows(rows.loc[pd.concat(marked.values(), axis=1).any(axis=1), "row"])


def changes_finding(rows: pd.DataFrame, names: list[str], zone: str) -> list[Finding]:
    """When the clock changed within the log, and how many tickets were open then."""
    clock = clock_of(zone)
    numbers = clock.changed(min(rows[name].min() for name in names), max(rows[name].max() for name in names))
    if not len(numbers):
        return []
    by_case = rows.groupby("case", sort=False)[names]
    begun, ended = (
        by_case.min().min(axis=1),
        by_case.max().drop(columns="closed", errors="ignore").max(axis=1),
    )
    moments = [pd.Timestamp(moment) for moment in clock.moments[numbers]]
    over = sum(int(((begun < moment) & (ended >= moment)).sum()) for moment in moments)
    days = ", ".join(f"{moment:%Y-%m-%d}" for moment in moments[:4]) + (", ..." if len(moments) > 4 else "")
    text = (
        f"The clock of {zone} changed within the log ({days}; tickets that lasted over a change: {over:,}). "
        "Hours of the day and of the week are those that it showed, durations are those that passed."
    )
    return [Finding("clock_changes", text, over)]
