"""Cases: one row a ticket, and what the log as a whole gives away about how it was made."""

from __future__ import annotations

import pandas as pd

from calibration.exports.clock import hours_passed
from calibration.exports.log import TicketLog
from scenarios.errors import BadInput

FEWEST_CASES = 100
FEWEST_DAYS = 14
MOST_REOPENED = 0.2
"""Share of reopened tickets beyond which nobody speaks of reopening."""


def cases_of(log: TicketLog) -> pd.DataFrame:
    """One row a case, in the order of opening.

    Columns: case, row (first row in the file), opened, resolved, closed, hours (opened to resolved, NaN
    where never resolved), priority, category, subcategory, symptom (as they stood last), handoffs (final
    count), reopens, made_sla (1, 0, NaN), request.

    Raises
    ------
    BadInput
        If there are too few cases, or too few days, to learn anything from.
    """
    rows = log.rows
    grouped = rows.groupby("case", sort=False)
    last = grouped.last()
    cases = pd.DataFrame({"row": grouped["row"].min(), "opened": grouped["opened"].first()})
    cases["resolved"] = last["resolved"] if log.has("resolved") else resolved_by_state(log)
    cases["closed"] = last["closed"] if log.has("closed") else closed_by_state(log)
    cases["hours"] = hours_passed(cases["opened"], cases["resolved"], log.mapping.dates.zone)
    for name in ("priority", "category", "subcategory", "symptom"):
        cases[name] = last[name]
    cases["handoffs"] = handoffs_of(log, cases["resolved"])
    counted = rows["reopens"].notna().any()
    cases["reopens"] = grouped["reopens"].max().fillna(0) if counted else reopens_by_state(log)
    yes = last["made_sla"].isin(log.mapping.yes).astype(float)
    cases["made_sla"] = yes.where(last["made_sla"].notna())
    kinds = log.mapping.requests.values if log.mapping.requests else []
    cases["request"] = last["kind"].isin(kinds)
    cases = cases.reset_index().sort_values(["opened", "case"], kind="stable").reset_index(drop=True)
    enough(log, cases)
    return cases


def timed(cases: pd.DataFrame) -> pd.DataFrame:
    """Cases without those that are closed without a time of resolution: nobody knows how long they took."""
    return cases[cases["hours"].notna() | cases["closed"].isna()]


def enough(log: TicketLog, cases: pd.DataFrame) -> None:
    """Refuse logs from which nothing can be learnt."""
    first, last = cases["opened"].iloc[0], cases["opened"].iloc[-1]
    days = (last.normalize() - first.normalize()).days + 1
    span = f"{first:%Y-%m-%d} to {last:%Y-%m-%d}" if days > 1 else f"{first:%Y-%m-%d}"
    if days < FEWEST_DAYS:
        raise BadInput(
            f"{log.name}: its tickets were opened on {days} day{'s' if days > 1 else ''} ({span}); "
            f"at least {FEWEST_DAYS} days are needed to learn a weekly rhythm"
        )
    if len(cases) < FEWEST_CASES:
        raise BadInput(f"{log.name}: has {len(cases)} tickets ({span}); at least {FEWEST_CASES} are needed")
    if cases["hours"].notna().sum() < FEWEST_CASES / 2:
        early = [item for item in log.findings if item.name == "resolved_before_opening"]
        why = (
            f" ({early[0].text.rstrip('.')}; columns.opened in a mapping file says which it is)"
            if early
            else ""
        )
        raise BadInput(
            f"{log.name}: only {cases['hours'].notna().sum()} of {len(cases):,} tickets have a time of "
            f"resolution; at least {FEWEST_CASES // 2} are needed{why}"
        )


def resolved_by_state(log: TicketLog) -> pd.Series:
    """Start of the last spell in a resolved state, for logs without such a column."""
    rows = log.rows
    resolved = rows["state"].isin(log.mapping.states.resolved)
    before = resolved.groupby(rows["case"], sort=False).shift(fill_value=False)
    starts = rows[resolved & ~before]
    return starts.groupby("case", sort=False)["time"].last()


def closed_by_state(log: TicketLog) -> pd.Series:
    """The last row in a closed state, if the ticket ends in one, for logs without such a column."""
    final = log.rows[~log.rows["case"].duplicated(keep="last")]
    times = final["time"].where(final["state"].isin(log.mapping.states.closed))
    return times.set_axis(final["case"])


def reopens_by_state(log: TicketLog) -> pd.Series:
    """How often a ticket that had ended went on and ended again, for logs without such a count.

    Where that is so of many tickets, the states are activities, some of which are done after the end.
    """
    rows, states = log.rows, log.mapping.states
    ended = rows["state"].isin([*states.resolved, *states.closed])
    before = ended.groupby(rows["case"], sort=False).shift(fill_value=False)
    starts = (ended & ~before).groupby(rows["case"], sort=False).sum().astype(float)
    found = (starts - 1).clip(lower=0)
    return found if float((found > 0).mean()) <= MOST_REOPENED else 0.0 * found


def counts_handoffs(log: TicketLog) -> bool:
    """Whether the log tells how often tickets were handed over: by a count, or by the teams of its rows.

    A list, with or without a history of states in a cell, knows the last team only.
    """
    rows = log.layout != "list" and not log.has("history")
    return log.has("reassignments") or (rows and log.has("team"))


def counts_reopens(log: TicketLog) -> bool:
    """Whether the log tells which tickets were reopened: by a count, or by the states of its rows."""
    return bool(log.rows["reopens"].notna().any()) or (log.layout != "list" and log.has("state"))


def handoffs_of(log: TicketLog, resolved: pd.Series) -> pd.Series:
    """Final number of handoffs: the log's own count, else the changes of team up to the last resolution.

    What comes after it (a closing that another group writes) is no handoff of the work, and is not played.
    """
    rows = log.rows
    if log.has("reassignments"):
        return rows.groupby("case", sort=False)["reassignments"].max().fillna(0)
    known = rows[rows["team"].notna() & ~over(log, rows, resolved)]
    changed = known["team"] != known.groupby("case", sort=False)["team"].shift()
    counts = changed.groupby(known["case"], sort=False).sum() - 1
    return counts.reindex(rows["case"].unique(), fill_value=0).astype(float)


def over(log: TicketLog, rows: pd.DataFrame, resolved: pd.Series) -> pd.Series:
    """Whether a row, other than the first of its case, comes after its last resolution or closes it."""
    late = (rows["time"] > rows["case"].map(resolved)) | rows["state"].isin(log.mapping.states.closed)
    return late & rows["case"].duplicated()
