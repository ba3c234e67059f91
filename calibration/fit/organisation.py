"""Everything that was learnt about an organisation, and the order in which it is learnt."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd

from calibration.cleaning import log_findings
from calibration.cleaning.durations import close_days
from calibration.cleaning.edges import LeftOpen, left_open
from calibration.exports.log import TicketLog
from calibration.findings import Finding, shown
from calibration.fit.arrivals import ArrivalPattern, Rate, arrival_pattern, stream_rates
from calibration.fit.cases import cases_of, counts_handoffs
from calibration.fit.categories import CategoryGroup, group_categories
from calibration.fit.drift import Drift, drift, weekly_shares
from calibration.fit.durations import Share, StageBook, times_by_stage, wilson
from calibration.fit.holidays import HolidayLoad, holiday_load
from calibration.fit.hours import Seats, TeamHours, people_a_day, seats_needed, team_hours
from calibration.fit.levels import LEVELS, service_levels
from calibration.fit.repetition import Repetition, repetition
from calibration.fit.rhythm import rhythms
from calibration.fit.routing import Routing, routing_of, with_few_teams
from calibration.fit.teams import AGAIN, LATER, OTHER, TeamGroup, group_teams
from calibration.fit.unseen import Floats, Unseen
from calibration.fit.visits import active_rows, visits_of, without_bounces, without_quiet_days
from calibration.fit.window import Window, selected, stable_window


@dataclass
class Organisation:
    """What a log says about an organisation.

    ``cases`` are those of the window (of its learnt part) with a column ``group``; dictionaries are keyed
    by category, team, or stream key as ``groups`` and ``teams`` name them. ``tuned`` are factors on work,
    seats and waits that simulation found to fit better, by the names of ``calibration.fit.unseen``.
    ``modelled`` are outcomes of incidents as a play of the base has them, by their names. ``drift`` is how
    much the share of long tickets moves from week to week, ``level`` the factor of each draw of ``unseen`` on
    how many visits wait that follows from it. ``rhythms`` are the weekly rhythms of the streams, where they
    differ.
    """

    log: TicketLog
    window: Window
    cases: pd.DataFrame
    teams: list[TeamGroup]
    groups: list[CategoryGroup]
    arrivals: ArrivalPattern
    rates: dict[str, Rate]
    hours: dict[str, TeamHours]
    seats: dict[str, Seats]
    routing: dict[str, Routing]
    book: StageBook
    misrouting: Share
    bounce_hours: float
    reopen: Share
    close_days: float | None
    levels: dict[int, float]
    priorities: dict[str, dict[int, int]]
    callers: int
    rhythms: dict[str, Floats] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    repetition: Repetition | None = None
    tuned: dict[str, float] = field(default_factory=dict)
    modelled: dict[str, float] = field(default_factory=dict)
    unseen: Unseen | None = None
    drift: Drift | None = None
    level: Floats | None = None
    holidays: HolidayLoad | None = None
    left_open: LeftOpen | None = None

    @property
    def way_unknown(self) -> bool:
        """Whether the log does not show how tickets go from team to team."""
        return not counts_handoffs(self.log) or any(item.name == "no_route" for item in self.findings)

    def factor(self, name: str) -> float:
        """A factor that simulation found, 1 before."""
        return self.tuned.get(name, 1.0)


def learn(
    log: TicketLog, start: date | None = None, end: date | None = None, holdout: float | None = None
) -> Organisation:
    """Learn an organisation from a log.

    Parameters
    ----------
    log
        Clean rows.
    start, end
        Override the stable window; ``end`` is the first day that is not used.
    holdout
        Share of the window, in whole days at its end, that is left out.

    Raises
    ------
    BadInput
        If the log is too small or too short.
    """
    everything = cases_of(log)
    cleaning = log.mapping.cleaning
    window, found = stable_window(everything, start, end, holdout, cleaning)
    inside = everything["opened"].between(window.start, window.trained, inclusive="left")
    findings = [*log_findings(log, everything, inside), *found]
    cases = everything[inside].reset_index(drop=True)
    complete = selected(everything, cleaning.overrule)[0]
    before = everything["opened"].between(complete, window.start, inclusive="left")
    growing = "trend" not in cleaning.overrule
    earlier = everything.loc[before, "opened"]
    pattern, found = arrival_pattern(cases["opened"], window, earlier, growing=growing)
    findings += found
    cases["group"], groups, found = group_categories(cases)
    findings += found
    visits, teams, bounces, found = labelled_visits(log, cases, pattern)
    findings += found
    hours, found = hours_and_findings(log, cases, visits, teams, window)
    findings += found
    roles = {team.key: team.role for team in teams}
    book = times_by_stage(
        clean(visits, cases),
        {key: value.open_minutes() for key, value in hours.items()},
        roles,
        hours[teams[0].key].working_day(),
        pattern.quiet_days,
    )
    waited = visits.groupby("case")["user_hours"].sum()
    cases["clock_hours"] = cases["hours"] - cases["case"].map(waited).fillna(0.0)
    levels, found = service_levels(cases)
    findings += found
    repeats, found = repetition(log, cases)
    findings += found
    moved, found = drift(weekly_shares(everything, complete, window.trained))
    findings += found
    off, found = holiday_load(cases["opened"], pattern, window, cleaning.country)
    findings += found
    handoffs = int(cases["handoffs"].sum())
    wrong = int(visits["hops"].sum())
    if counts_handoffs(log):
        findings.append(handoff_finding(cases))
    return Organisation(
        log=log,
        window=window,
        cases=cases,
        teams=teams,
        groups=groups,
        arrivals=pattern,
        rates={
            key: rate.times(cleaning.arrivals_times)
            for key, rate in stream_rates(cases["group"], cases["opened"], pattern, window).items()
        },
        hours=hours,
        seats=seats_of(log, cases, visits, teams, hours, book, window),
        routing=routing_of(clean(visits, cases)),
        book=book,
        misrouting=wilson(min(wrong, handoffs), handoffs),
        bounce_hours=float(bounces["hours"].mean()) if len(bounces) else 0.0,
        reopen=wilson(int((cases["reopens"] > 0).sum()), len(cases)),
        close_days=close_days(everything, overruled="auto_close" in cleaning.overrule),
        levels=levels,
        priorities=priority_counts(cases),
        callers=int(log.rows["caller"].nunique()),
        rhythms=rhythms(cases["group"], cases["opened"], pattern),
        findings=findings,
        repetition=repeats,
        drift=moved,
        holidays=off,
        left_open=left_open(everything),
    )


def labelled_visits(
    log: TicketLog, cases: pd.DataFrame, pattern: ArrivalPattern
) -> tuple[pd.DataFrame, list[TeamGroup], pd.DataFrame, list[Finding]]:
    """Owners' visits with the keys of their category (``group``) and team (``key``), teams, and bounces."""
    visits, findings = without_quiet_days(visits_of(log, cases), pattern.quiet_days)
    left_out = log.layout == "list" and not log.mapping.cleaning.list_routes
    owners, bounces, found = without_bounces(visits, left_out=left_out)
    findings += found
    owners["key"], teams, found = group_teams(owners, keep_names=log.mapping.names.teams != "number")
    owners["group"] = owners["case"].map(cases.set_index("case")["group"])
    owners["key"] = with_few_teams(owners, OTHER, AGAIN, LATER)
    used = set(owners["key"])
    return owners, [team for team in teams if team.key in used], bounces, findings + found


def clean(visits: pd.DataFrame, cases: pd.DataFrame) -> pd.DataFrame:
    """Visits of cases that were resolved once: from others neither times nor ends can be read."""
    plain = cases.loc[cases["hours"].notna() & (cases["reopens"] == 0), "case"]
    return visits[visits["case"].isin(plain)]


def window_rows(log: TicketLog, cases: pd.DataFrame, window: Window) -> pd.DataFrame:
    """Rows written in the window on cases of the window before they were resolved."""
    rows = active_rows(log, cases)
    return rows[rows["time"].between(window.start, window.trained, inclusive="left")]


def hours_and_findings(
    log: TicketLog, cases: pd.DataFrame, visits: pd.DataFrame, teams: list[TeamGroup], window: Window
) -> tuple[dict[str, TeamHours], list[Finding]]:
    """Working hours of the teams."""
    rows = window_rows(log, cases, window)
    hours = team_hours(rows, visits, teams)
    nights = [team.title for team in teams if hours[team.key].nights]
    weekends = [team.title for team in teams if hours[team.key].weekend_days or hours[team.key].weekend]
    text = (
        "No zone is stated: times are taken as the wall clock of the organisation, and what lasts over a "
        "change of the clock is an hour off (dates.zone in the mapping mends it)."
    )
    if log.mapping.dates.zone:
        text = f"Times are local ones of {log.mapping.dates.zone}."
    found = [
        f"what begins {when} is over as quickly as by day at {', '.join(where)}"
        for when, where in (("at night", nights), ("on a weekend", weekends))
        if where
    ]
    if not found:
        return hours, [Finding("zone", text)]
    cover = "; ".join(found) + ": somebody is taken to be there then."
    return hours, [Finding("zone", text), Finding("cover", cover[0].upper() + cover[1:])]


def seats_of(
    log: TicketLog,
    cases: pd.DataFrame,
    visits: pd.DataFrame,
    teams: list[TeamGroup],
    hours: dict[str, TeamHours],
    book: StageBook,
    window: Window,
) -> dict[str, Seats]:
    """Seats of every team, from the work that comes in during the hours of a week."""
    rows = window_rows(log, cases, window)
    found = {}
    for team in teams:
        own = visits[visits["key"] == team.key]
        begun = own["start"].dt.day_of_week * 24 + own["start"].dt.hour
        work = own["group"].map(
            lambda group, team=team: book.times(str(group), team.key, team.role).work.mean
        )
        load = np.bincount(begun.to_numpy(dtype=np.int64), weights=work.to_numpy(dtype=float), minlength=168)
        # Where the mapping says that the log holds a part of the tickets only, the others are worked on too.
        whole = log.mapping.cleaning.arrivals_times
        found[team.key] = seats_needed(
            hours[team.key],
            (whole / max(window.weeks, 1.0)) * load.astype(np.float64),
            whole * people_a_day(rows, team.names),
        )
    return found


def priority_counts(cases: pd.DataFrame) -> dict[str, dict[int, int]]:
    """Cases by category and priority; unknown priorities count as the most common one."""
    common = cases["priority"].mode()
    filled = cases["priority"].fillna(float(common.iloc[0]) if len(common) else 3.0).astype(int)
    found: dict[str, dict[int, int]] = {}
    for group, part in filled.groupby(cases["group"]):
        counts = np.bincount(part.to_numpy(dtype=np.int64), minlength=5)
        found[str(group)] = {priority: int(counts[priority]) for priority in LEVELS if counts[priority]}
    return found


def handoff_finding(cases: pd.DataFrame) -> Finding:
    """Medians by number of handoffs: the jump at the first one."""
    parts = []
    for count in range(4):
        hours = cases.loc[cases["handoffs"] == count, "hours"].dropna()
        if len(hours) >= 10:
            share = (cases["handoffs"] == count).mean()
            parts.append(f"{count}: {shown(hours.median())} h ({share:.0%} of the cases)")
    return Finding("handoffs", "Median opened to resolved by number of handoffs: " + ", ".join(parts) + ".")
