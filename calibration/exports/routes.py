"""The way of tickets of which a list tells only how often they changed teams, and the last team."""

from __future__ import annotations

import pandas as pd

from calibration.findings import Finding, shown

FIRST_SHARE, FEWEST = 2 / 3, 100
"""Share of the tickets that were never handed over which one team must have ended, and their fewest."""

MOST_OF_IT = 0.5
"""Part of a ticket's time that its first visit takes at most."""


def routed(rows: pd.DataFrame, columns: dict[str, str]) -> tuple[pd.DataFrame, pd.DataFrame, list[Finding]]:
    """Rows at the opening, rows at the first handoff, and what was assumed; none where nothing tells.

    Whoever ends most tickets that were never handed over is taken to have had the others first, as long as
    its own take at the median; then the last team has them. With several handoffs, the teams in between are
    not known.
    """
    opening = rows.assign(time=rows["opened"], state=None)
    nothing = rows.iloc[:0]
    if not {"team", "reassignments"} <= set(columns):
        return opening, nothing, []
    hours = (rows["resolved"] - rows["opened"]).dt.total_seconds() / 3600
    never = rows["reassignments"].eq(0) & hours.notna() & rows["team"].notna()
    handed = rows["reassignments"].gt(0) & rows["team"].notna()
    teams = rows.loc[never, "team"].value_counts()
    if not handed.any() or int(never.sum()) < FEWEST or teams.iloc[0] < FIRST_SHARE * never.sum():
        return opening, nothing, []
    first = str(teams.index[0])
    usual = float(hours[never & (rows["team"] == first)].median())
    after = (MOST_OF_IT * hours).clip(upper=usual).fillna(usual)[handed]
    opening.loc[handed, "team"] = first
    opening.loc[handed, "person"] = None
    opening["reassignments"] = opening["reassignments"].where(~handed, 0.0)
    moved = rows[handed].assign(state=None, time=rows["opened"] + pd.to_timedelta(after, unit="h"))
    text = (
        f"{int(handed.sum()):,} tickets changed teams, and a list does not tell when and from where: they "
        f"are taken to begin at the team that ended {teams.iloc[0] / never.sum():.0%} of those that never "
        f"did, for {shown(usual)} h (as long as its own take at the median; at most half of their time), and "
        "to be at their last team from then on (list_route in cleaning.overrule: with it all along)."
    )
    return opening, moved, [Finding("list_route", text, int(handed.sum()))]
