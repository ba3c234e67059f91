"""Visits: which team held a ticket from when to when, and what of that was waiting for the user."""

from __future__ import annotations

import numpy as np
import pandas as pd

from calibration.cleaning.durations import in_hours
from calibration.exports.clock import hours_passed
from calibration.exports.log import TicketLog
from calibration.findings import Finding
from calibration.fit.cases import over, timed
from calibration.fit.window import DAY

BOUNCE_HOURS = 1.0
"""A team that passes a ticket on within an hour is taken not to have owned it."""


def visits_of(log: TicketLog, cases: pd.DataFrame) -> pd.DataFrame:
    """One row a visit of the given cases, in order.

    Columns: case, number (0 is the entry), team (name in the log, None where never recorded), start,
    end (NaT where never resolved), hours, user_hours (in states that wait for the user), first, last,
    hidden (handoffs before it that no row shows).
    """
    rows = active_rows(log, cases)
    key = [rows["case"], rows["count"]]
    grouped = rows.groupby(key, sort=False)
    visits = pd.DataFrame(
        {
            "team": grouped["team"].last(),
            "start": grouped["time"].first(),
            "opened": grouped["opened"].first(),
            "resolved": grouped["resolved"].first(),
            "user_hours": user_hours(log, rows).groupby(key, sort=False).sum(),
        }
    ).reset_index()
    by_case = visits.groupby("case", sort=False)
    visits["number"] = by_case.cumcount()
    visits["first"] = visits["number"] == 0
    visits["hidden"] = (visits["count"] - by_case["count"].shift(fill_value=-1) - 1).clip(lower=0).astype(int)
    visits.loc[visits["first"], "start"] = visits["opened"]
    visits["end"] = by_case["start"].shift(-1)
    visits["last"] = visits["end"].isna()
    visits["end"] = visits["end"].fillna(visits["resolved"])
    zone = log.mapping.dates.zone
    visits["hours"] = hours_passed(visits["start"], visits["end"], zone).clip(lower=0)
    visits["user_hours"] = np.minimum(visits["user_hours"], visits["hours"].fillna(np.inf))
    return visits.drop(columns=["opened", "resolved", "count"])


def without_quiet_days(
    visits: pd.DataFrame, days: tuple[pd.Timestamp, ...]
) -> tuple[pd.DataFrame, list[Finding]]:
    """Visits without the quiet days (public holidays) that they lasted over: then nobody was there to go on.

    The base has no holidays, so that their length must not stand in what visits take.
    """
    closed = pd.Series(0.0, index=visits.index)
    for day in days:
        over = (visits["start"] < day) & (visits["end"] > day)
        closed += in_hours(visits["end"].where(visits["end"] < day + DAY, day + DAY) - day).where(over, 0.0)
    if not (closed > 0).any():
        return visits, []
    hours = (visits["hours"] - closed).clip(lower=0)
    asked = np.minimum(visits["user_hours"], hours.fillna(np.inf))
    text = (
        f"{(closed > 0).sum():,} visits lasted over quiet days: these days, {closed.sum() / 24:,.0f} in all, "
        "were taken out of what visits take."
    )
    return visits.assign(hours=hours, user_hours=asked), [Finding("days_off", text, int((closed > 0).sum()))]


def on_usual_days(cases: pd.DataFrame, days: tuple[pd.Timestamp, ...]) -> pd.DataFrame:
    """Cases that were not opened on quiet ``days``, with the quiet days that they lasted over taken out.

    Those that are closed without a time of resolution are left out.
    """
    known = timed(cases)
    usual = known[~known["opened"].dt.normalize().isin(days)]
    spans = pd.DataFrame(
        {"start": usual["opened"], "end": usual["resolved"], "hours": usual["hours"], "user_hours": 0.0}
    )
    found: pd.DataFrame = usual.assign(hours=without_quiet_days(spans, days)[0]["hours"])
    return found


def active_rows(log: TicketLog, cases: pd.DataFrame) -> pd.DataFrame:
    """Rows up to the resolution, with the team carried over gaps and the handoffs so far (``count``)."""
    rows = log.rows[log.rows["case"].isin(cases["case"])]
    resolved = cases.set_index("case")["resolved"]
    rows = rows[~over(log, rows, resolved)]
    rows = rows[
        ["case", "row", "time", "opened", "state", "team", "person", "updated_by", "reassignments"]
    ].assign(resolved=rows["case"].map(resolved))
    by_case = rows.groupby("case", sort=False)
    rows["team"] = by_case["team"].ffill()
    rows["team"] = rows.groupby("case", sort=False)["team"].bfill()
    if log.has("reassignments"):
        counted = rows["reassignments"].groupby(rows["case"], sort=False).ffill().fillna(0)
        rows["count"] = counted.groupby(rows["case"], sort=False).cummax().astype(int)
    else:
        before = rows.groupby("case", sort=False)["team"].shift()
        changed = (rows["team"] != before) & before.notna()
        rows["count"] = changed.groupby(rows["case"], sort=False).cumsum().astype(int)
    return rows


def user_hours(log: TicketLog, rows: pd.DataFrame) -> pd.Series:
    """Hours from each row to the next (or the resolution) if its state waits for the user, else 0."""
    after = rows.groupby("case", sort=False)["time"].shift(-1).fillna(rows["resolved"])
    hours = hours_passed(rows["time"], after, log.mapping.dates.zone).clip(lower=0).fillna(0)
    return hours.where(rows["state"].isin(log.mapping.states.user_wait), 0.0)


def without_bounces(
    visits: pd.DataFrame, *, left_out: bool = False
) -> tuple[pd.DataFrame, pd.DataFrame, list[Finding]]:
    """Split visits into those of owners and bounces (passed on at once by a team that did not own them).

    Returns the owners' visits with a column ``hops`` (wrong teams on the way there), and the bounces.
    ``left_out`` says that the log is a list for which cleaning.list_routes forbids to assume routes.
    """
    bounced = (
        ~visits["first"] & ~visits["last"] & (visits["hours"] <= BOUNCE_HOURS) & (visits["user_hours"] == 0)
    )
    on_the_way = (bounced.astype(int) + visits["hidden"]).groupby(visits["case"], sort=False).cumsum()
    owners = visits[~bounced].copy()
    so_far = on_the_way[~bounced]
    owners["hops"] = so_far - so_far.groupby(owners["case"], sort=False).shift(fill_value=0)
    owners["number"] = owners.groupby("case", sort=False).cumcount()
    seen, hidden = int((~visits["first"]).sum()), int(visits["hidden"].sum())
    if hidden > seen:
        owners["hops"] = 0
        return owners, visits[bounced], [no_route(hidden, left_out=left_out)]
    wrong = int(owners["hops"].sum())
    if not wrong:
        return owners, visits[bounced], []
    parts = []
    if quick := int(bounced.sum()):
        team = f"a team that passed the ticket on within {BOUNCE_HOURS:g} hour without asking the user"
        parts.append(f"{quick:,} went to {team}")
    if hidden:
        parts.append(f"{hidden:,} are counted and shown by no row")
    text = (
        f"{wrong:,} of {seen + hidden:,} handoffs ({wrong / (seen + hidden):.0%}) are taken as misrouted: "
        f"{', '.join(parts)}."
    )
    return owners, visits[bounced], [Finding("bounces", text, wrong)]


def no_route(hidden: int, *, left_out: bool) -> Finding:
    """The log counts handoffs but does not show them; ``left_out``: the mapping forbids to assume a way."""
    text = (
        f"The log counts {hidden:,} handoffs of which no row shows from where to where (a list of tickets "
        "instead of their updates?): the way through the teams can't be learnt, and the model has fewer "
        "handoffs, and settles more tickets at first contact."
    )
    more = " The mapping leaves it out (cleaning.list_routes: false)." if left_out else ""
    return Finding("no_route", text + more, hidden)
