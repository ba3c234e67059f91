"""Work and waits of a visit, from the time that a team held a ticket.

A log shows how long a visit took, not how long somebody worked on it. What is over quickly is taken as
work; what takes longer is work of that kind and a wait that is nobody's work (for the user where the
state says so, else for others). A visit that settles the matter and one that hands it on wait differently:
whoever can help does so in minutes, and what nobody there can solve lies for days. Waits are quantile
functions, corrected until work, waits and closed hours together give the times that were seen.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from calibration.draws import evenly
from calibration.fit.categories import OF_PRIORITY
from calibration.fit.clock import ALWAYS, Clock, clock_of
from calibration.fit.hours import MINUTES_A_WEEK, minute_of_week, minutes_until_open
from calibration.fit.window import DAY

Floats = NDArray[np.float64]

WORK_LIMIT = {"desk": 0.5, "operations": 1.0, "application": 1.0}
"""Hours of a visit, while the team is there, up to which it is taken to be work throughout, by role."""

PROBABILITIES = np.array([0, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 98, 100]) / 100
FEWEST = 100
"""Visits of one team in one category from which these two are fitted by themselves."""

FEWEST_OF_PRIORITY = 31
"""The same where the category is a priority: what makes it one is how long its visits take."""

FEWEST_OF_TEAM = 30
FEWEST_OF_OUTCOME = 20
"""Visits that settled the matter, and that did not, from which the two wait apart."""

ROUNDS, WALL_ROUNDS = 12, 20
COPIES = 8
SHORTEST_WAIT = 1 / 60


@dataclass(frozen=True, slots=True)
class Quantiles:
    """A random time as a piecewise linear quantile function, in hours."""

    probability: Floats
    hours: Floats

    @property
    def mean(self) -> float:
        """Mean of the piecewise linear function."""
        return float(np.sum(np.diff(self.probability) * (self.hours[1:] + self.hours[:-1]) / 2))

    def draw(self, u: Floats) -> Floats:
        """Values at probabilities ``u``."""
        drawn: Floats = np.interp(u, self.probability, self.hours)
        return drawn


@dataclass(frozen=True, slots=True)
class Share:
    """A share with a 90% interval (Wilson)."""

    mode: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Held:
    """The time that a ticket lies with a team: the share of visits that has it, and how long."""

    share: Share
    wait: Quantiles | None
    visits: int


@dataclass(frozen=True, slots=True)
class StageTimes:
    """What a visit takes: work, and waits for the user and for others.

    ``user`` and ``other`` hold for visits that settle the matter, ``onward`` stands for ``other`` in those
    that hand it on, and ``asks`` is how often these ask the user, in units of the share of ``user``. The last
    two are None where there are too few visits to tell the two kinds apart.
    """

    work: Quantiles
    user: Held
    other: Held
    onward: Held | None
    asks: float | None
    visits: int


@dataclass
class Sample:
    """Visits of one kind: minute of the week at which they begin, hours they took, hours for the user.

    ``ran`` is what they took on the clock on which waits pass, without quiet days in both
    cases. ``settled`` tells whether the matter was settled then.
    """

    start: NDArray[np.int64]
    hours: Floats
    ran: Floats
    user: Floats
    settled: NDArray[np.bool_]
    until_open: Floats = field(repr=False)
    clock: Clock = field(repr=False, default=ALWAYS)

    @property
    def open_hours(self) -> Floats:
        """Hours since somebody was first there."""
        return np.maximum(self.hours - self.until_open[self.start] / 60, 0.0)

    def of(self, rows: NDArray[np.bool_]) -> Sample:
        """A part of the visits."""
        return Sample(
            self.start[rows],
            self.hours[rows],
            self.ran[rows],
            self.user[rows],
            self.settled[rows],
            self.until_open,
            self.clock,
        )


def sample_of(visits: pd.DataFrame, is_open: NDArray[np.bool_], clock: Clock) -> Sample:
    """Finished visits with columns start, hours, ran, user_hours, last."""
    done = visits[visits["hours"].notna()]
    return Sample(
        minute_of_week(done["start"]),
        done["hours"].to_numpy(dtype=float),
        done["ran"].to_numpy(dtype=float),
        done["user_hours"].to_numpy(dtype=float),
        done["last"].to_numpy(dtype=bool),
        minutes_until_open(is_open),
        clock,
    )


def stage_times(sample: Sample, role: str, generator: np.random.Generator) -> StageTimes:
    """Fit work and waits to the visits of one kind."""
    limit = WORK_LIMIT.get(role, 1.0)
    quick = sample.open_hours <= limit
    asked = ~quick & (sample.user > SHORTEST_WAIT)
    work = work_of(sample.open_hours[quick], limit)

    def held(kind: NDArray[np.bool_]) -> Held:
        lying = kind & ~quick & ~asked
        share = wilson(int(lying.sum()), int((kind & ~asked).sum()))
        wait = fitted_wait(sample.of(lying), work, None, 0.0, generator) if lying.any() else None
        return Held(share, wait, int(kind.sum()))

    settled = sample.settled
    every = held(np.ones_like(settled))
    both = min(int(settled.sum()), int((~settled).sum())) >= FEWEST_OF_OUTCOME
    user = (
        fitted_wait(sample.of(asked), work, every.wait, every.share.mode, generator) if asked.any() else None
    )
    if not both:
        asking = Held(wilson(int(asked.sum()), len(asked)), user, len(asked))
        return StageTimes(work, asking, every, None, None, len(asked))
    asking = Held(wilson(int(asked[settled].sum()), int(settled.sum())), user, int(settled.sum()))
    if asking.share.mode == 0:
        asking, asks = Held(wilson(int(asked.sum()), len(asked)), user, len(asked)), None
    else:
        asks = float(asked[~settled].mean()) / asking.share.mode
    return StageTimes(work, asking, held(settled), held(~settled), asks, len(asked))


def work_of(quick: Floats, limit: float) -> Quantiles:
    """Work of a visit: the times of quick visits; a third of the limit if there are too few of them."""
    if len(quick) < 10:
        return Quantiles(np.array([0.0, 1.0]), np.array([0.0, 2 * limit / 3]))
    values = np.maximum.accumulate(np.maximum(np.quantile(quick, PROBABILITIES), 0.0))
    if values[-1] <= 0:
        values[-1] = SHORTEST_WAIT
    return Quantiles(PROBABILITIES, values)


def fitted_wait(
    seen: Sample, work: Quantiles, other: Quantiles | None, other_share: float, generator: np.random.Generator
) -> Quantiles:
    """A wait such that visits with it take the times seen, in hours of its clock.

    Visits begin when the log's did; the first half of the work waits for somebody to be there, then comes
    the wait (and perhaps the other one), then the second half, again when somebody is there. What is matched
    is first the time on that clock, then hours on the wall, by which durations are judged: a wait of three
    office hours is three hours or eighteen, and in a log more often three, as people finish before they go.
    """
    clock = seen.clock
    count = len(seen.hours) * COPIES
    start = np.repeat(seen.start, COPIES)
    half = work.draw(generator.random(count)) / 2
    extra = np.zeros(count)
    if other is not None:
        extra = np.where(generator.random(count) < other_share, other.draw(generator.random(count)), 0.0)
    begun = start.astype(np.float64)
    first_done = begun + seen.until_open[start] + 60 * half
    u = evenly(count, generator)
    grid = (np.arange(200) + 0.5) / 200
    first = seen.start.astype(np.float64)
    late = clock.between(first, first + seen.until_open[seen.start]) / 60
    target = np.quantile(seen.ran, grid)
    wait = np.maximum(np.quantile(seen.ran - late - 2 * half.mean(), grid), SHORTEST_WAIT)
    for _ in range(ROUNDS):
        back = clock.after(first_done, 60 * (np.interp(u, grid, wait) + extra))
        end = back + seen.until_open[back.astype(np.int64) % MINUTES_A_WEEK] + 60 * half
        took = clock.between(begun, end) / 60
        # Sorted, because a quantile function rises; a running maximum would drift upwards.
        wait = np.sort(np.maximum(wait + 0.5 * (target - np.quantile(took, grid)), SHORTEST_WAIT))
    if clock is ALWAYS:
        return summarised(wait, grid)
    wall = np.quantile(seen.hours, grid)
    pace = np.clip(target / np.maximum(wall, SHORTEST_WAIT), 0.05, 1.0)
    best, least = wait, np.inf
    for _ in range(WALL_ROUNDS):
        back = clock.after(first_done, 60 * (np.interp(u, grid, wait) + extra))
        end = back + seen.until_open[back.astype(np.int64) % MINUTES_A_WEEK] + 60 * half
        took = np.quantile((end - begun) / 60, grid)
        apart = float(np.abs(np.log10(took + SHORTEST_WAIT) - np.log10(wall + SHORTEST_WAIT)).mean())
        if apart < least - 1e-9:
            best, least = wait, apart
        wait = np.sort(np.maximum(wait + 0.3 * pace * (wall - took), SHORTEST_WAIT))
    return summarised(best, grid)


def summarised(values: Floats, grid: Floats) -> Quantiles:
    """A fine quantile function on few probabilities, with the same mean: the largest value gives way."""
    hours = np.interp(PROBABILITIES, grid, values)
    tail = Quantiles(PROBABILITIES, hours)
    missing = float(values.mean()) - tail.mean
    width = (PROBABILITIES[-1] - PROBABILITIES[-2]) / 2
    hours[-1] = max(hours[-2], hours[-1] + missing / width)
    return Quantiles(PROBABILITIES, hours)


def wilson(hits: int, count: int) -> Share:
    """Share with a 90% interval.

    Source: Wilson (1927), 'Probable inference, the law of succession, and statistical inference',
    Journal of the American Statistical Association 22, 209-212.
    """
    if count == 0:
        return Share(0.0, 0.0, 0.0)
    z2 = 1.645 * 1.645
    share = hits / count
    middle = (share + z2 / (2 * count)) / (1 + z2 / count)
    half = 1.645 * np.sqrt(share * (1 - share) / count + z2 / (4 * count * count)) / (1 + z2 / count)
    return Share(
        share, float(max(0.0, min(share, middle - half))), float(min(1.0, max(share, middle + half)))
    )


@dataclass
class StageBook:
    """Times of a visit by category and team: of the pair where it has many visits, else of the team.

    ``in_office_hours`` tells whether waits pass in office hours only.
    """

    pairs: dict[tuple[str, str], StageTimes] = field(default_factory=dict)
    teams: dict[str, StageTimes] = field(default_factory=dict)
    roles: dict[str, StageTimes] = field(default_factory=dict)
    fallback: StageTimes | None = None
    in_office_hours: bool = False

    def times(self, group: str, key: str, role: str) -> StageTimes:
        """The best there is for a visit of a team in a category."""
        found = self.pairs.get((group, key)) or self.teams.get(key) or self.roles.get(role) or self.fallback
        assert found is not None, "a book always has a fallback"
        return found


def ran_hours(visits: pd.DataFrame, clock: Clock, quiet: tuple[pd.Timestamp, ...]) -> pd.Series:
    """Hours that the clock ran in each visit, without the quiet days that it lasted over."""

    def ran(start: pd.Series, end: pd.Series) -> Floats:
        monday = start.dt.normalize() - pd.to_timedelta(start.dt.day_of_week, unit="D")
        since = [((time - monday) / pd.Timedelta(minutes=1)).to_numpy(dtype=float) for time in (start, end)]
        return clock.between(*since) / 60

    found = pd.Series(np.nan, index=visits.index)
    done = visits[visits["hours"].notna()]
    start, end = done["start"], done["end"].where(done["end"] > done["start"], done["start"])
    hours = ran(start, end)
    for day in quiet:
        over = (start < day) & (end > day)
        until = end[over].where(end[over] < day + DAY, day + DAY)
        hours[over.to_numpy()] -= ran(pd.Series(day, index=until.index), until)
    found[done.index] = np.maximum(hours, 0.0)
    return found


def times_by_stage(
    visits: pd.DataFrame,
    open_minutes: dict[str, NDArray[np.bool_]],
    roles: dict[str, str],
    office: NDArray[np.bool_],
    quiet: tuple[pd.Timestamp, ...],
) -> StageBook:
    """Fit the times of all kinds of visits.

    Parameters
    ----------
    visits
        Owners' visits with columns group, key, start, end, hours, user_hours, last.
    open_minutes, roles
        By team key.
    office
        For every minute of the week, whether it is an office hour: waits pass then, if the log bears it out.
    quiet
        Days on which nobody was there.
    """
    generator = np.random.default_rng(1)
    clock = clock_of(office, minute_of_week(visits.loc[visits["hours"] > max(WORK_LIMIT.values()), "end"]))
    visits = visits.assign(ran=ran_hours(visits, clock, quiet))
    book = StageBook(in_office_hours=clock is not ALWAYS)
    size = visits["hours"].notna().groupby([visits["group"], visits["key"]]).transform("sum")
    least = pd.Series(FEWEST, index=visits.index)
    least[visits["group"].str.startswith(OF_PRIORITY)] = FEWEST_OF_PRIORITY
    for (group, team), part in visits[size >= least].groupby(["group", "key"], sort=True):
        key = str(team)
        book.pairs[str(group), key] = stage_times(
            sample_of(part, open_minutes[key], clock), roles[key], generator
        )
    for team, part in visits.groupby("key", sort=True):
        key = str(team)
        # What has times of its own need not stand for the rest.
        others = sample_of(part[size[part.index] < least[part.index]], open_minutes[key], clock)
        every = sample_of(part, open_minutes[key], clock)
        if len(every.hours) >= FEWEST_OF_TEAM:
            enough = others if len(others.hours) >= FEWEST_OF_TEAM else every
            book.teams[key] = stage_times(enough, roles[key], generator)
    for role in sorted(set(roles.values())):
        largest = max(
            (team for team in book.teams if roles[team] == role),
            key=lambda team: book.teams[team].visits,
            default=None,
        )
        if largest is not None:
            book.roles[role] = book.teams[largest]
    first = next(iter(open_minutes))
    book.fallback = stage_times(sample_of(visits, open_minutes[first], clock), roles[first], generator)
    return book
