"""Rows as events of tickets: whatever an export looks like, a ticket becomes rows from opening to end."""

from __future__ import annotations

import pandas as pd

from calibration.exports.mapping import Activities, States
from calibration.exports.routes import routed
from calibration.findings import Finding, first_rows

LIST_SHARE = 0.99
"""An export in which this share of the tickets has a single row is a list of tickets."""

MOST_CLOSED, AGREED = 0.5, 0.7
"""Share of the tickets that must end in one state, and of these that must do so by the clock."""

SURE = 0.9
"""Share of the closings before which the same state must stand for it to be that of resolution."""

CLOCK_DAYS, LEAST_DAYS = 2 / 24, 0.25
"""How exact a clock is, and the least time after which it closes, in days."""

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


def last_rows(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[Finding]]:
    """The last row of every ticket, with its resolution if any row has one, where nothing dates the others.

    They would all seem to be written at the opening.
    """
    ended = rows.sort_values("resolved", kind="stable", na_position="first") if "resolved" in rows else rows
    kept = ended.drop_duplicates("case", keep="last").sort_index()
    if len(kept) == len(rows):
        return rows, []
    text = (
        f"The export has {len(rows):,} rows of {len(kept):,} tickets, but no column says when a row was "
        "written (columns.time in a mapping file): of each ticket the last row was used, and its way is not "
        "known."
    )
    return kept, [Finding("rows_without_time", text, len(rows) - len(kept))]


def from_list(
    rows: pd.DataFrame, columns: dict[str, str], states: States, *, routes: bool = True
) -> tuple[pd.DataFrame, list[Finding]]:
    """A row at the opening and one at the resolution instead of the only row of a ticket.

    What the row says (team, person, counts) is how the ticket ended; when it became so is not known. With
    ``routes`` (cleaning.list_routes) the way of those that changed teams is assumed, where this is counted.
    """
    resolved = states.resolved[0] if states.resolved else RESOLVED
    opening, moved, assumed = rows.assign(time=rows["opened"], state=None), rows.iloc[:0], list[Finding]()
    if routes:
        opening, moved, assumed = routed(opening, columns)
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
    uncounted = (
        " Nor is there a count of reassignments: every ticket counts as never handed over, and handoffs "
        "and first contact of the base mean nothing (they are not compared)."
        if "reassignments" not in columns
        else ""
    )
    found = [Finding("list_export", text + lost + uncounted, len(rows)), *assumed]
    return pd.concat([part for part in (opening, moved, ending) if len(part)]), found


def ends(
    rows: pd.DataFrame, columns: dict[str, str], states: States, *, clocks: bool = True
) -> tuple[pd.DataFrame, States, list[Finding]]:
    """Rows with a resolution time, where the export has no column and no state for it; and the states.

    ``clocks`` looks for tickets that a clock closes some days after the last thing that happened to them.
    """
    if "resolved" in columns or has_any(rows["state"], states.resolved):
        return rows, states, []
    if "closed" in columns:
        text = "The export has no time of resolution: the time of closing stands for it."
        return rows.assign(resolved=rows["closed"]), states, [Finding("closed_as_resolved", text)]
    if clocks and (found := closed_by_clock(rows, states)) is not None:
        return found
    last = rows["time"].groupby(rows["case"], sort=False).transform("max")
    if has_any(rows["state"], states.closed):
        closing = rows["time"].where(rows["state"].isin(states.closed))
        first = closing.groupby(rows["case"], sort=False).transform("max")
        text = "The export has neither a time nor a state of resolution: the last closing stands for it."
        return rows.assign(resolved=first), states, [Finding("closed_as_resolved", text)]
    edge = rows["time"].max()
    cases = last.groupby(rows["case"], sort=False).first()
    near = int((edge - cases < pd.Timedelta(days=7)).sum())
    finals = in_order(rows).groupby("case", sort=False)["state"].last().value_counts()
    names = ", ".join(f"'{str(name)[:40]}' ({int(count):,})" for name, count in finals.head(4).items())
    text = (
        "Nothing in the log says when a case was done (columns.resolved, states.resolved): its last event is "
        f"taken as the end. {near:,} of {len(cases):,} cases had an event in the last seven days and may be "
        "unfinished."
    ) + (f" The states that cases end in most: {names}." if names else "")
    return rows.assign(resolved=last), states, [Finding("last_event_as_end", text, near)]


def closed_by_clock(rows: pd.DataFrame, states: States) -> tuple[pd.DataFrame, States, list[Finding]] | None:
    """The event before the last as the resolution, if the last is a closing by clock; else None.

    So it is if most tickets end in one state (that of closing, where it is known), always as long after the
    event before: people are not so regular. Tickets that do not end in it are not resolved.
    """
    ordered = in_order(rows)
    before = ordered.groupby("case", sort=False)["time"].shift()
    final = ~ordered["case"].duplicated(keep="last") & before.notna()
    ending = ordered[final].assign(before=before[final])
    ending = ending[ending["state"].isin(states.closed)] if states.closed else ending
    counts = ending["state"].value_counts()
    if counts.empty or counts.iloc[0] < MOST_CLOSED * rows["case"].nunique():
        return None
    name = str(counts.index[0])
    ending = ending[ending["state"] == name]
    days = (ending["time"] - ending["before"]).dt.total_seconds() / 86400
    usual = float(days.median())
    agreed = float(((days - usual).abs() <= CLOCK_DAYS).mean())
    if usual < LEAST_DAYS or agreed < AGREED:
        return None
    closing = states.closed or [name]
    last = followed(ordered, name)
    if last is not None:
        settled = states.model_copy(update={"closed": closing, "resolved": [last]})
        text = (
            f"No state is known as the end, but {agreed:.0%} of the tickets in '{name[:40]}' came there "
            f"{usual:.3g} days after '{last[:40]}': a clock closes them (auto_close), and '{last[:40]}' is "
            "taken as resolved (states.resolved in the mapping overrules)."
        )
        return rows, settled, [Finding("end_states", text, len(ending))]
    settled = states.model_copy(update={"closed": closing})
    done = rows.assign(resolved=rows["case"].map(ending.set_index("case")["before"]))
    known = done["time"] <= rows["time"].max() - pd.Timedelta(days=usual)
    done, late = done[known], done[~known]
    cases = done.groupby("case", sort=False)["resolved"].first()
    text = (
        f"Nothing in the log says when a case was done, but {agreed:.0%} of those that end in '{name[:40]}' "
        f"do so {usual:.3g} days after the event before: a clock closes them (auto_close). The event before "
        f"is taken as the end, and the {int(cases.isna().sum()):,} cases that do not end so as not done. Of "
        f"the last {usual:.3g} days nobody knows yet what was done in them: their {len(late):,} rows were "
        "left out (states.resolved or columns.resolved in the mapping say it for certain)."
    )
    return (
        done,
        settled,
        [Finding("end_before_clock", text, int(cases.notna().sum()), first_rows(late["row"]))],
    )


def followed(ordered: pd.DataFrame, closing: str) -> str | None:
    """The state that as good as always comes before the closing, and after which little else comes."""
    after = ordered.groupby("case", sort=False)["state"].shift(-1)
    states = ordered.loc[after == closing, "state"].value_counts(normalize=True)
    if states.empty or states.iloc[0] < SURE:
        return None
    name = str(states.index[0])
    onward = after[(ordered["state"] == name) & after.notna()]
    return name if float((onward == closing).mean()) >= SURE else None


def in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows by ticket and time."""
    return rows.sort_values(["case", "time", "row"], kind="stable")


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
