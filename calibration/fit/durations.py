"""Work and waits of a visit, from the time that a team held a ticket.

A log shows how long a visit took, not how long somebody worked on it. What is over quickly is taken as
work; what takes longer is work of that kind and a wait that is nobody's work (for the user where the
state says so, else for others). Waits are quantile functions, corrected until work, waits and closed
hours together give the times that were seen.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from calibration.fit.hours import MINUTES_A_WEEK, minute_of_week, minutes_until_open

Floats = NDArray[np.float64]

WORK_LIMIT = {"desk": 0.5, "operations": 1.0, "application": 1.0}
"""Hours of a visit, while the team is there, up to which it is taken to be work throughout, by role."""

PROBABILITIES = np.array([0, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 98, 100]) / 100
FEWEST = 100
"""Visits of one team in one category from which these two are fitted by themselves."""

FEWEST_OF_TEAM = 30
ROUNDS = 12
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
class StageTimes:
    """What a visit takes: work, and the two waits with the share of visits that has them."""

    work: Quantiles
    user_share: Share
    user_wait: Quantiles | None
    other_share: Share
    other_wait: Quantiles | None
    visits: int


@dataclass
class Sample:
    """Visits of one kind: minute of the week at which they begin, hours they took, hours for the user."""

    start: NDArray[np.int64]
    hours: Floats
    user: Floats
    until_open: Floats = field(repr=False)

    @property
    def open_hours(self) -> Floats:
        """Hours since somebody was first there."""
        return np.maximum(self.hours - self.until_open[self.start] / 60, 0.0)

    def of(self, rows: NDArray[np.bool_]) -> Sample:
        """A part of the visits."""
        return Sample(self.start[rows], self.hours[rows], self.user[rows], self.until_open)


def sample_of(visits: pd.DataFrame, is_open: NDArray[np.bool_]) -> Sample:
    """Finished visits with columns start, hours, user_hours."""
    done = visits[visits["hours"].notna()]
    return Sample(
        minute_of_week(done["start"]),
        done["hours"].to_numpy(dtype=float),
        done["user_hours"].to_numpy(dtype=float),
        minutes_until_open(is_open),
    )


def stage_times(sample: Sample, role: str, generator: np.random.Generator) -> StageTimes:
    """Fit work and waits to the visits of one kind."""
    limit = WORK_LIMIT.get(role, 1.0)
    quick = sample.open_hours <= limit
    asked = ~quick & (sample.user > SHORTEST_WAIT)
    held = ~quick & ~asked
    work = work_of(sample.open_hours[quick], limit)
    other_share = wilson(int(held.sum()), int((~asked).sum()))
    user_share = wilson(int(asked.sum()), len(sample.hours))
    other_wait = fitted_wait(sample.of(held), work, None, 0.0, generator) if held.any() else None
    user_wait = (
        fitted_wait(sample.of(asked), work, other_wait, other_share.mode, generator) if asked.any() else None
    )
    return StageTimes(work, user_share, user_wait, other_share, other_wait, len(sample.hours))


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
    """A wait such that visits with it take the times seen.

    Visits begin when the log's did; the first half of the work waits for somebody to be there, then comes
    the wait (and perhaps the other one), then the second half, again when somebody is there.
    """
    count = len(seen.hours) * COPIES
    start = np.repeat(seen.start, COPIES)
    half = work.draw(generator.random(count)) / 2
    extra = np.zeros(count)
    if other is not None:
        extra = np.where(generator.random(count) < other_share, other.draw(generator.random(count)), 0.0)
    first_done = seen.until_open[start] / 60 + half
    u = (generator.permutation(count) + 0.5) / count
    grid = (np.arange(200) + 0.5) / 200
    target = np.quantile(seen.hours, grid)
    wait = np.maximum(
        np.quantile(seen.hours - seen.until_open[seen.start] / 60 - 2 * half.mean(), grid), SHORTEST_WAIT
    )
    for _ in range(ROUNDS):
        back = first_done + np.interp(u, grid, wait) + extra
        minute = (start + (60 * back).astype(np.int64)) % MINUTES_A_WEEK
        took = back + seen.until_open[minute] / 60 + half
        # Sorted, because a quantile function rises; a running maximum would drift upwards.
        wait = np.sort(np.maximum(wait + 0.5 * (target - np.quantile(took, grid)), SHORTEST_WAIT))
    return summarised(wait, grid)


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
    """Times of a visit by category and team: of the pair where it has many visits, else of the team."""

    pairs: dict[tuple[str, str], StageTimes] = field(default_factory=dict)
    teams: dict[str, StageTimes] = field(default_factory=dict)
    roles: dict[str, StageTimes] = field(default_factory=dict)
    fallback: StageTimes | None = None

    def times(self, group: str, key: str, role: str) -> StageTimes:
        """The best there is for a visit of a team in a category."""
        found = self.pairs.get((group, key)) or self.teams.get(key) or self.roles.get(role) or self.fallback
        assert found is not None, "a book always has a fallback"
        return found


def times_by_stage(
    visits: pd.DataFrame, open_minutes: dict[str, NDArray[np.bool_]], roles: dict[str, str]
) -> StageBook:
    """Fit the times of all kinds of visits.

    Parameters
    ----------
    visits
        Owners' visits with columns group, key, start, hours, user_hours.
    open_minutes, roles
        By team key.
    """
    generator = np.random.default_rng(1)
    book = StageBook()
    samples = {
        str(key): sample_of(part, open_minutes[str(key)]) for key, part in visits.groupby("key", sort=True)
    }
    for key, sample in samples.items():
        if len(sample.hours) >= FEWEST_OF_TEAM:
            book.teams[key] = stage_times(sample, roles[key], generator)
    for role in sorted(set(roles.values())):
        largest = max(
            (team for team in book.teams if roles[team] == role),
            key=lambda team: book.teams[team].visits,
            default=None,
        )
        if largest is not None:
            book.roles[role] = book.teams[largest]
    for (group, team), part in visits.groupby(["group", "key"], sort=True):
        key = str(team)
        sample = sample_of(part, open_minutes[key])
        if len(sample.hours) >= FEWEST:
            book.pairs[str(group), key] = stage_times(sample, roles[key], generator)
    first = next(iter(open_minutes))
    book.fallback = stage_times(sample_of(visits, open_minutes[first]), roles[first], generator)
    return book
