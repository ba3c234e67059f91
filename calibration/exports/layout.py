"""Rows as events of tickets: whatever an export looks like, a ticket becomes rows from opening to end."""

from __future__ import annotations

import pandas as pd

from calibration.exports.mapping import Activities, States
from calibration.findings import Finding, first_rows

LIST_SHARE = 0.99
"""An export in which this share of the tickets has a single row is a list of tickets."""

LAST_EVENT = "(last event)"
RESOLVED = "Resolved"


def is_list(rows: pd.DataFrame, columns: dict[str, str], layout: str) -> bool:
    """Whether there is one row a ticket."""
    if layout != "auto":
        return layout == "list"
    if "time" not in columns:
        return True
    if "opened" not in columns:
        return False
    return bool((~rows["case"].duplicated(keep=False)).mean() >= LIST_SHARE)


def from_list(
    rows: pd.DataFrame, columns: dict[str, str], states: States
) -> tuple[pd.DataFrame, list[Finding]]:
    """A row at the opening and one at the resolution instead of the only row of a ticket.

    What the row says (team, person, counts) is how the ticket ended; when it became so is not known.
    """
    resolved = states.resolved[0] if states.resolved else RESOLVED
    opening = rows.assign(time=rows["opened"], state=None)
    ended = rows[rows["resolved"].notna()]
    ending = ended.assign(time=ended["resolved"], state=resolved)
    text = (
        "The export has one row a ticket (a list, not a history): the team is the last one, and handoffs and "
        "waiting are known as totals at most. An export with one row an update shows more."
    )
    lost = (
        " Waiting states are those of the day of the export; they were not used."
        if "state" in columns
        else ""
    )
    found = [Finding("list_export", text + lost, len(rows))]
    return pd.concat([opening, ending]), found


def ends(rows: pd.DataFrame, columns: dict[str, str], states: States) -> tuple[pd.DataFrame, list[Finding]]:
    """Rows with a resolution time, where the export has no column and no state for it."""
    if "resolved" in columns or has_any(rows["state"], states.resolved):
        return rows, []
    if "closed" in columns:
        text = "The export has no time of resolution: the time of closing stands for it."
        return rows.assign(resolved=rows["closed"]), [Finding("closed_as_resolved", text)]
    last = rows["time"].groupby(rows["case"], sort=False).transform("max")
    if has_any(rows["state"], states.closed):
        closing = rows["time"].where(rows["state"].isin(states.closed))
        first = closing.groupby(rows["case"], sort=False).transform("max")
        text = "The export has neither a time nor a state of resolution: the last closing stands for it."
        return rows.assign(resolved=first), [Finding("closed_as_resolved", text)]
    edge = rows["time"].max()
    cases = last.groupby(rows["case"], sort=False).first()
    near = int((edge - cases < pd.Timedelta(days=7)).sum())
    text = (
        "Nothing in the log says when a case was done (columns.resolved, states.resolved): its last event is "
        f"taken as the end. {near:,} of {len(cases):,} cases had an event in the last seven days and may be "
        "unfinished."
    )
    return rows.assign(resolved=last), [Finding("last_event_as_end", text, near)]


def has_any(values: pd.Series, wanted: list[str]) -> bool:
    """Whether any of some values occurs."""
    return bool(wanted) and bool(values.isin(wanted).any())


def with_activities(
    tickets: pd.DataFrame, activities: pd.DataFrame, mapping: Activities
) -> tuple[pd.DataFrame, pd.DataFrame, list[Finding]]:
    """Rows of the second file, each with what the first one says of its ticket; and those without a ticket.

    The number of handoffs grows with the activities that hand over, up to the total of the ticket.
    """
    once = tickets[~tickets["case"].duplicated()]
    known = activities["case"].isin(once["case"])
    orphans = activities[~known]
    own = activities[known]
    shared = [column for column in once.columns if column not in own.columns or column == "case"]
    rows = own.merge(once[shared], on="case", how="left").sort_values(["case", "time", "row"], kind="stable")
    total = rows["case"].map(once.set_index("case")["reassignments"])
    if mapping.reopen:
        again = rows["state"].isin(mapping.reopen)
        rows["reopens"] = again.groupby(rows["case"], sort=False).cumsum().astype(float)
    if mapping.handoff:
        counted = rows["state"].isin(mapping.handoff).groupby(rows["case"], sort=False).cumsum().astype(float)
        last = ~rows["case"].duplicated(keep="last")
        rows["reassignments"] = counted.where(~last | total.isna(), total).clip(
            upper=total.fillna(float("inf"))
        )
    silent = once[~once["case"].isin(own["case"])]
    findings = []
    if len(orphans):
        text = f"{len(orphans):,} activities belong to no ticket of the first file; they were left out."
        findings.append(Finding("activities_without_ticket", text, len(orphans), first_rows(orphans["row"])))
    if len(silent):
        text = f"{len(silent):,} tickets have no activity in the second file: only their totals are known."
        findings.append(Finding("tickets_without_activity", text, len(silent), first_rows(silent["row"])))
    return pd.concat([rows, silent.assign(time=silent["opened"], state=None)]), orphans, findings
