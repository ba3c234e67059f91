"""The way of tickets of which a list tells only how often they changed teams, and the last team at most.

Nothing in a list shows who had a ticket before, and for how long. In the histories of two organisations and
of the shipped example a ticket that is handed on stays with its first team about as long as those that this
team settles (0.40 h and 0.38 h at the median, 1.6 and 3.0, 1.5 and 1.4), and what is left falls on the later
visits very unevenly: of two, the shorter one has 5% and 10% of it at the median. So it is assumed.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from calibration.findings import Finding

Floats = NDArray[np.float64]

FIRST_SHARE = 1 / 2
"""Share of the tickets that were never handed over which one team must have ended to be the first of all."""

ON_THE_WAY = "not recorded"
"""Name of teams that had a ticket before its last one, in a list that has names of teams."""

SHAPE = 0.35
"""Shape of the parts (Dirichlet) into which the time after the first visit falls: many short, few long.

Of two, the shorter one has 9% at the median. Where the whole is gamma distributed, such parts are independent
of each other, as visits are in a model.
"""

MONDAY = pd.Timestamp("1970-01-05")
HOURS_A_WEEK = 168
QUIET = 0.02
"""Pace of the clock by which tickets are handed on in hours in which nothing happens, of its mean."""


def routed(
    opening: pd.DataFrame, columns: dict[str, str]
) -> tuple[pd.DataFrame, pd.DataFrame, list[Finding]]:
    """Rows at the opening, rows at every handoff, and what was assumed.

    Whoever ends most tickets that were never handed over is taken to have had the others first; the last team
    has them last. Other teams on the way are not known. Tickets change hands when the log has activity.
    """
    nothing = opening.iloc[:0]
    count = opening["reassignments"].fillna(0.0) if "reassignments" in columns else 0.0 * opening["row"]
    handed = count > 0
    if not handed.any():
        return opening, nothing, []
    hours = (opening["resolved"] - opening["opened"]).dt.total_seconds() / 3600
    never = ~handed & hours.notna()
    teams = opening.loc[never, "team"].value_counts()
    known = len(teams) > 0 and teams.iloc[0] >= FIRST_SHARE * never.sum()
    between = ON_THE_WAY if "team" in columns else None
    usual = np.asarray(hours[never]) if never.any() else np.zeros(1)
    moved = handoffs(opening[handed], count[handed].astype(int), hours[handed], usual, activity(opening))
    moved["team"] = moved["team"].where(moved.pop("last"), between)
    opening = opening.assign(
        team=opening["team"].where(~handed, str(teams.index[0]) if known else between),
        person=opening["person"].where(~handed, None),
        reassignments=opening["reassignments"].where(~handed, 0.0),
    )
    begin = (
        f"the team that ended {teams.iloc[0] / never.sum():.0%} of those that never did"
        if known
        else "a team that is not known"
    )
    text = (
        f"The list tells how often {int(handed.sum()):,} tickets changed teams ({int(count.sum()):,} times), "
        f"and not their way. Assumed, and shown by no row: they begin at {begin}, stay as long as a ticket "
        "that is never handed on (at most an equal part of their time), and the rest falls unevenly on the "
        "later teams, of which at most the last is known. A history shows more. cleaning.list_routes: "
        "false in the mapping leaves the way out, and then the base has no handoffs."
    )
    return opening, moved, [Finding("list_route", text, int(handed.sum()))]


def handoffs(
    tickets: pd.DataFrame, count: pd.Series, hours: pd.Series, usual: Floats, pace: Floats
) -> pd.DataFrame:
    """A row at every handoff of tickets that had ``count`` of them and took so many ``hours``.

    A first visit takes one of the ``usual`` times. A ticket that is still open is taken to take as long as
    the others at the median. ``last`` marks the handoff to the team that had it last. Times pass on a clock
    of this ``pace`` by hour of the week.
    """
    generator = np.random.default_rng(1)
    times = count.to_numpy()
    length = hours.fillna(hours.median() if hours.notna().any() else 0.0).to_numpy(dtype=float)
    first = np.minimum(generator.choice(usual, len(tickets)), length / (times + 1))
    begun = since_monday(tickets["opened"])
    start, left = on_clock(begun + first, pace), on_clock(begun + length, pace)
    ticket = np.repeat(np.arange(len(tickets)), times)
    begins = np.cumsum(times) - times
    parts = np.maximum(generator.standard_gamma(SHAPE, len(ticket)), 1e-9)
    before = np.cumsum(parts) - parts
    share = (before - before[begins][ticket]) / np.add.reduceat(parts, begins)[ticket]
    number = np.arange(len(ticket)) - begins[ticket]
    moment = off_clock(start[ticket] + (left - start)[ticket] * share, pace)
    last = number == times[ticket] - 1
    found: pd.DataFrame = tickets.iloc[ticket].reset_index(drop=True)
    return found.assign(
        time=MONDAY + pd.to_timedelta(np.round(3600 * moment), unit="s"),
        last=last,
        person=found["person"].where(last, None),
        reassignments=number + 1.0,
    )


def activity(tickets: pd.DataFrame) -> Floats:
    """How much happens in each hour of the week (openings and resolutions), 1 on average; never nothing."""
    times = pd.concat([tickets["opened"], tickets["resolved"]]).dropna()
    hours = (times.dt.day_of_week * 24 + times.dt.hour).to_numpy(dtype=np.int64)
    counts = np.bincount(hours, minlength=HOURS_A_WEEK).astype(np.float64)
    pace = np.maximum(counts / max(counts.mean(), 1e-9), QUIET)
    return np.asarray(pace / pace.mean())


def since_monday(times: pd.Series) -> Floats:
    """Hours since a Monday 00:00."""
    return np.asarray((times - MONDAY) / pd.Timedelta(hours=1))


def on_clock(hours: Floats, pace: Floats) -> Floats:
    """What a clock shows that goes at this pace by hour of the week."""
    week = np.floor(hours / HOURS_A_WEEK)
    rest = np.interp(hours - week * HOURS_A_WEEK, np.arange(HOURS_A_WEEK + 1), shown_by(pace))
    return np.asarray(week * pace.sum() + rest)


def off_clock(shows: Floats, pace: Floats) -> Floats:
    """When it shows that."""
    week = np.floor(shows / pace.sum())
    rest = np.interp(shows - week * pace.sum(), shown_by(pace), np.arange(HOURS_A_WEEK + 1))
    return np.asarray(week * HOURS_A_WEEK + rest)


def shown_by(pace: Floats) -> Floats:
    """What it shows at the beginning of each hour of the week, and at the end of the last."""
    return np.asarray(np.concatenate([[0.0], np.cumsum(pace)]))
