"""The opening backlog: tickets that the log shows as open at the start of the period, and how they go on.

No log tells what is left to do on them, and a base knows nothing of what came before it. So each goes on as
a ticket did that was as old at the same hour of the week, in one of the weeks of the log before the period:
week after week, until it is gone (a life table by age), on each day faster or slower as days and weeks
differ. Where the log has no such week, it goes on as a simulated ticket of its age and priority did.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calibration.backtest.tickets import HOURS_A_DAY, Floats, Ints, Tickets
from calibration.backtest.unlike import DAYS_A_WEEK, EndsOfWeek, Unlike, ended_by_day, unlike
from calibration.replay import HOURS_A_WEEK

WARM_SHARE = 0.5
"""Part of the warm-up after which the model's own tickets are looked at."""

NEAREST = 10
"""Simulated tickets of nearest age from which one is drawn."""

ALIKE = 0.06
"""The same among the tickets of a week of the log, as a share of them: some lie far apart."""

FEWEST = 30
"""Fewest simulated tickets of a priority, to tell it from the others, and fewest open ones of a week."""

MOST_WEEKS = 8


@dataclass(frozen=True, slots=True)
class Donors:
    """Simulated tickets that were open at the hour of the week at which the period starts."""

    age: Floats
    left: Floats
    priority: Ints


@dataclass(frozen=True, slots=True)
class PastWeek:
    """Tickets that the log shows as open when a week began, by age: ages in hours without quiet days.

    ``start`` is the first hour of the week, ``left`` the hours from then until each was gone, infinite where
    that was not in this week.
    """

    start: float
    age: Floats
    left: Floats

    def like(self, age: Floats) -> Floats:
        """[tickets, donors] Hours that the tickets of nearest age were still open, for each of these ages."""
        first, size = neighbours(age, self.age, max(NEAREST, round(ALIKE * len(self.age))))
        found: Floats = self.left[first[:, None] + np.arange(size)]
        return found


def past_weeks(everything: Tickets, begin: float, quiet: Floats) -> list[PastWeek]:
    """The weeks before the period, from the last one back to hour ``begin``, without those with quiet days.

    Parameters
    ----------
    everything
        All tickets of the log; what happens to them in the period is not looked at.
    begin
        First hour that may be looked at, before the period (negative).
    quiet
        First hours of quiet days.
    """
    found: list[PastWeek] = []
    start = -float(HOURS_A_WEEK)
    while start >= begin and len(found) < MOST_WEEKS:
        if not ((quiet >= start) & (quiet < start + HOURS_A_WEEK)).any():
            still = everything.open_at(start)
            gone = still.gone < start + HOURS_A_WEEK
            if len(still) >= FEWEST:
                left, age = np.where(gone, still.gone - start, np.inf), ages(still.opened, start, quiet)
                order = np.argsort(age, kind="stable")
                found.append(PastWeek(start, age[order], left[order]))
        start -= HOURS_A_WEEK
    return found


def ages(opened: Floats, at: float, quiet: Floats) -> Floats:
    """Hours from opened to ``at`` without quiet days in between: then nobody was there to go on."""
    between = (quiet[None, :] >= opened[:, None]) & (quiet[None, :] < at)
    found: Floats = at - opened - HOURS_A_DAY * between.sum(axis=1)
    return found


def unlike_weeks(weeks: list[PastWeek]) -> Unlike:
    """How unlike weeks that follow each other are in how fast open tickets end."""
    by_start = {week.start: week for week in weeks}
    ends = []
    for week in weeks:
        before = by_start.get(week.start - HOURS_A_WEEK)
        expected = np.nan if before is None else float(np.isfinite(before.like(week.age)).mean())
        ends.append(EndsOfWeek(week.start, len(week.age), ended_by_day(week.left), expected))
    return unlike(ends)


def week_by_week(
    age: Floats, weeks: list[PastWeek], hours: float, faster: Floats, chance: np.random.Generator
) -> Floats:
    """Hours after the start of the period at which each ticket is gone; infinite where not within ``hours``.

    Parameters
    ----------
    age
        Hours at the start of the period.
    weeks
        From which one is drawn for each week: tickets of one week are alike.
    hours
        How long the period is.
    faster
        For each day of the period, a factor on the rate at which tickets end.
    """
    left, age = np.full(len(age), np.inf), age.copy()
    rows = np.arange(len(age))
    for number in range(int(np.ceil(hours / HOURS_A_WEEK))):
        alike = weeks[chance.integers(len(weeks))].like(age[rows])
        alike.sort(axis=1)
        after = np.full(len(rows), np.inf)
        for day, factor in enumerate(faster[DAYS_A_WEEK * number : DAYS_A_WEEK * (number + 1)]):
            first, past = ((alike < HOURS_A_DAY * end).sum(axis=1) for end in (day, day + 1))
            still = alike.shape[1] - first
            share = 1 - (1 - (past - first) / np.maximum(still, 1)) ** factor
            ends = np.isinf(after) & (chance.random(len(rows)) < share)
            which = first + np.floor(chance.random(len(rows)) * (past - first)).astype(np.int64)
            after[ends] = alike[np.flatnonzero(ends), which[ends]]
        gone = np.isfinite(after)
        left[rows[gone]] = number * HOURS_A_WEEK + after[gone]
        rows = rows[~gone]
        age[rows] += HOURS_A_WEEK
    return left


def donors_of(played: Tickets, warmup: float, horizon: float) -> Donors:
    """Open tickets week by week, from the middle of the warm-up to the end of what was played.

    Parameters
    ----------
    played
        Tickets of one replication.
    warmup, horizon
        Hours played before and after the start of the period.
    """
    first = -int(WARM_SHARE * warmup // HOURS_A_WEEK)
    moments = HOURS_A_WEEK * np.arange(first, int(horizon // HOURS_A_WEEK) + 1)
    found, left, priority = [], [], []
    for moment in moments:
        still = played.open_at(float(moment))
        found.append(moment - still.opened)
        left.append(still.gone - moment)
        priority.append(still.priority)
    return Donors(np.concatenate(found), np.concatenate(left), np.concatenate(priority))


def gone_on(backlog: Tickets, donors: Donors, chance: np.random.Generator) -> Floats:
    """Hours after the start of the period at which each ticket of the backlog is gone.

    Where nothing was open in the simulation, everything is gone at once.
    """
    left = np.zeros(len(backlog))
    for priority in np.unique(backlog.priority):
        own = donors.priority == priority
        if own.sum() < FEWEST:
            own = np.ones(len(donors.age), dtype=bool)
        if not own.any():
            continue
        rows = backlog.priority == priority
        picked = alike(-backlog.opened[rows], donors.age[own], NEAREST, chance)
        left[rows] = donors.left[own][picked]
    return left


def alike(wanted: Floats, among: Floats, nearest: int, chance: np.random.Generator) -> Ints:
    """For each age the row of one of the ``nearest`` to it in order of age."""
    order = np.argsort(among, kind="stable")
    first, size = neighbours(wanted, among[order], nearest)
    found: Ints = order[first + chance.integers(0, size, len(wanted))]
    return found


def neighbours(wanted: Floats, among: Floats, nearest: int) -> tuple[Ints, int]:
    """For each age the row of the first of the ``nearest`` around it, ``among`` in order; and how many."""
    size = min(nearest, len(among))
    first: Ints = np.clip(np.searchsorted(among, wanted) - size // 2, 0, len(among) - size)
    return first, size
