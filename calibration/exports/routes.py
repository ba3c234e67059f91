"""The way of tickets of which a list tells only how often they changed teams, and the last team."""

from __future__ import annotations

import pandas as pd

from calibration.findings import Finding, shown

FIRST_SHARE, FEWEST = 2 / 3, 100
"""Share of the tickets that were never handed over which one team must have ended, and their fewest."""

MOST_OF_IT = 0.5
"""Part of a ticket's time that its first visit takes at most."""


def routed(
    opening: pd.DataFrame, columns: dict[str, str]
) -> tuple[pd.DataFrame, pd.DataFrame, list[Finding]]:
    """Rows at the opening, rows at the first handoff, and what was assumed.

    Whoever ends most tickets that were never handed over is taken to have had the others first, as long as
    its own take at the median; then the last team has them. With several handoffs, the teams in between are
    not known. Nothing in the list shows any of this, so it is done only where the mapping asks for it.
    """
    nothing = opening.iloc[:0]
    if not {"team", "reassignments"} <= set(columns):
        return opening, nothing, [without_routes("the list lacks a team or a count of reassignments")]
    hours = (opening["resolved"] - opening["opened"]).dt.total_seconds() / 3600
    never = opening["reassignments"].eq(0) & hours.notna() & opening["team"].notna()
    handed = opening["reassignments"].gt(0) & opening["team"].notna()
    teams = opening.loc[never, "team"].value_counts()
    if not handed.any():
        return opening, nothing, [without_routes("no ticket changed teams")]
    if int(never.sum()) < FEWEST or teams.iloc[0] < FIRST_SHARE * never.sum():
        why = f"no team ended two thirds of at least {FEWEST} tickets that never changed teams"
        return opening, nothing, [without_routes(why)]
    first = str(teams.index[0])
    usual = float(hours[never & (opening["team"] == first)].median())
    after = (MOST_OF_IT * hours).clip(upper=usual).fillna(usual)[handed]
    moved = opening[handed].assign(time=opening["opened"] + pd.to_timedelta(after, unit="h"))
    opening.loc[handed, "team"] = first
    opening.loc[handed, "person"] = None
    opening["reassignments"] = opening["reassignments"].where(~handed, 0.0)
    text = (
        f"Assumed, because the mapping asks for it (cleaning.list_routes), and shown by no row: the "
        f"{int(handed.sum()):,} tickets that changed teams begin at the team that ended "
        f"{teams.iloc[0] / never.sum():.0%} of those that never did, stay for {shown(usual)} h (as long as "
        "its own take at the median; at most half of their time), and are at their last team from then on. "
        "It goes on as if it had been seen: the share of misrouted handoffs (all between the first and the "
        "last team), working hours at night and on weekends, waits, and medians by number of handoffs may "
        "be distorted. Without the key the base has fewer handoffs instead."
    )
    return opening, moved, [Finding("list_route", text, int(handed.sum()))]


def without_routes(why: str) -> Finding:
    """The mapping asks for routes, and the list gives no reason to assume any."""
    text = f"The mapping asks for routes of the list (cleaning.list_routes), but {why}: none were assumed."
    return Finding("list_route", text)
