"""How far the model's tickets are from what happened, beside two yardsticks.

*Resampling* is how far the tickets that were learnt from are from those of the period: a model that draws
from the past would come to that. The *noise floor* is how far two random halves of the period are from each
other by chance: half the tickets each, so about 1.4 times as far as a true model that is played once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from calibration.backtest.tickets import Bools, Floats, Ints, Tickets
from calibration.score import ks, logged, wasserstein

Measure = Callable[[Tickets, Tickets], float]

SPLITS = 20
DRAWS = 2_000
CERTAIN = 0.95
FEWEST = 10
"""Tickets below which nothing is said about a group."""

HANDOFFS = (0, 1, 2, 3)
PRIORITIES = (1, 2, 3, 4)
SHARES = (0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
SEED = 20_270_101

DURATIONS: dict[str, Measure] = {
    "ks": lambda a, b: ks(a.finished, b.finished),
    "wasserstein_hours": lambda a, b: wasserstein(a.finished, b.finished),
    "wasserstein_log10_hours": lambda a, b: wasserstein(logged(a.finished), logged(b.finished)),
}
"""Distances of the hours from opened to resolved."""

DISTANCES: dict[str, Measure] = {
    **DURATIONS,
    "wasserstein_handoffs": lambda a, b: wasserstein(as_floats(a.handoffs), as_floats(b.handoffs)),
}

TITLES = {
    "ks": "Durations, Kolmogorov-Smirnov",
    "wasserstein_hours": "Durations, Wasserstein (hours)",
    "wasserstein_log10_hours": "Durations, Wasserstein (log10 hours)",
    "wasserstein_handoffs": "Number of reassignments, Wasserstein",
    "arrivals_daily_error": "Tickets a day, mean error (share)",
    "backlog_daily_error": "Open tickets a day, mean error (share)",
    "ngram": "Sequence of steps, 3-grams (0 to 1)",
    "absolute_event": "When steps happen (hours)",
    "circadian_event": "Hour of the day at which they happen (hours)",
    "relative_event": "Steps since the opening (hours)",
    "cycle_time": "Opened to last step (hours)",
}


@dataclass(frozen=True, slots=True)
class Distance:
    """One distance: a mean over replications, its two yardsticks, and the limit if there is one."""

    name: str
    value: float | None
    resampling: float | None
    noise_floor: float | None
    limit: float | None = None

    @property
    def title(self) -> str:
        """In words."""
        return TITLES.get(self.name, self.name)

    @property
    def kept(self) -> bool | None:
        """Whether the limit is kept; None without one."""
        if self.limit is None or self.value is None:
            return None
        return self.value <= self.limit


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the model (mean over replications), of the log, and of the tickets learnt from.

    From ``low`` to ``high`` the log's own value lies in 95% of the cases when its tickets are drawn again;
    ``least`` and ``most`` are these ends moved apart, within which the model has to be.
    """

    model: float | None
    log: float | None
    resampling: float | None
    low: float | None = None
    high: float | None = None
    least: float | None = None
    most: float | None = None

    @property
    def kept(self) -> bool | None:
        """Whether the model is within what is allowed; None where there is nothing to judge."""
        if self.least is None or self.most is None:
            return None
        return self.model is not None and self.least <= self.model <= self.most


def as_floats(values: Ints | Bools) -> Floats:
    """Numbers that can be averaged."""
    return values.astype(np.float64)


def mean_of(values: list[float]) -> float | None:
    """Mean of those that are defined; None without any."""
    known = [value for value in values if not np.isnan(value)]
    return float(np.mean(known)) if known else None


def distance(
    name: str, measure: Measure, model: list[Tickets], log: Tickets, past: Tickets | None
) -> Distance:
    """One distance with its yardsticks; nothing is said where there are too few tickets."""
    enough = [part for part in model if len(part.finished) >= FEWEST]
    if len(log.finished) < FEWEST or not enough:
        return Distance(name, None, None, None)
    known = past is not None and len(past.finished) >= FEWEST
    return Distance(
        name,
        mean_of([measure(part, log) for part in enough]),
        measure(past, log) if known and past is not None else None,
        noise_floor(measure, log) if len(log.finished) >= 2 * FEWEST else None,
    )


def noise_floor(measure: Measure, log: Tickets) -> float:
    """Mean distance between random halves of the tickets that were resolved."""
    chance = np.random.default_rng(SEED)
    finished = log.where(~np.isnan(log.hours))
    found = []
    for _ in range(SPLITS):
        first = np.zeros(len(finished), dtype=bool)
        first[chance.permutation(len(finished))[: len(finished) // 2]] = True
        found.append(measure(finished.where(first), finished.where(~first)))
    return float(np.mean(found))


def handoff_medians(
    model: list[Tickets], log: Tickets, past: Tickets | None, widen: float
) -> dict[int, Figure]:
    """Median hours of the tickets with so many reassignments, with the interval that the model must keep."""
    found = {}
    for count in HANDOFFS:
        hours = hours_with(log, count)
        medians = [median(hours_with(part, count)) for part in model]
        before = None if past is None else mean_of([median(hours_with(past, count))])
        if len(hours) < FEWEST:
            found[count] = Figure(mean_of(medians), mean_of([median(hours)]), before)
            continue
        low, high = bootstrap(hours, lambda rows: np.median(rows, axis=1))
        apart = widen * (high - low) / 2
        found[count] = Figure(
            mean_of(medians), median(hours), before, low, high, max(0.0, low - apart), high + apart
        )
    return found


def hours_with(tickets: Tickets, handoffs: int) -> Floats:
    """Hours to resolve of those with so many reassignments."""
    return tickets.where(tickets.handoffs == handoffs).finished


def median(hours: Floats) -> float:
    """The median, NaN of nothing."""
    return float(np.median(hours)) if len(hours) else float("nan")


def bootstrap(values: Floats, of: Callable[[Floats], Floats]) -> tuple[float, float]:
    """95% of a figure when the values are drawn again, as many as there are.

    Source: Efron & Tibshirani (1993), 'An Introduction to the Bootstrap', chapter 13 (percentiles).
    """
    chance = np.random.default_rng([SEED, len(values)])
    # A hundred at a time, for the sake of memory.
    found = [of(values[chance.integers(0, len(values), (100, len(values)))]) for _ in range(DRAWS // 100)]
    low, high = np.quantile(np.concatenate(found), [0.5 - CERTAIN / 2, 0.5 + CERTAIN / 2])
    return float(low), float(high)


def share_figure(
    of: Callable[[Tickets], Floats], model: list[Tickets], log: Tickets, past: Tickets | None
) -> Figure:
    """A share of tickets: ``of`` gives 1 or 0 for each."""
    values = of(log)
    found = Figure(
        mean_of([share(of(part)) for part in model]),
        mean_of([share(values)]),
        None if past is None else mean_of([share(of(past))]),
    )
    if not len(values):
        return found
    low, high = bootstrap(values, lambda rows: rows.mean(axis=1))
    return replace(found, low=low, high=high)


def share(values: Floats) -> float:
    """Mean, NaN of nothing."""
    return float(values.mean()) if len(values) else float("nan")


def reopened(tickets: Tickets) -> Floats:
    """1 for each ticket that was reopened."""
    return as_floats(tickets.reopened)


def reassignment_shares(model: list[Tickets], log: Tickets, past: Tickets | None) -> dict[str, Figure]:
    """Shares of the tickets by final number of reassignments; the last entry is that many and more."""
    most = len(HANDOFFS)

    def with_count(count: int) -> Callable[[Tickets], Floats]:
        return lambda tickets: as_floats(np.minimum(tickets.handoffs, most) == count)

    return {
        f"{count}" if count < most else f"{count}+": share_figure(with_count(count), model, log, past)
        for count in range(most + 1)
    }


def quantile_figures(model: list[Tickets], log: Tickets, past: Tickets | None) -> dict[str, Figure]:
    """Quantiles of the hours from opened to resolved."""

    def at(tickets: Tickets, part: float) -> float:
        return float(np.quantile(tickets.finished, part)) if len(tickets.finished) else float("nan")

    return {
        f"p{100 * part:.0f}": Figure(
            mean_of([at(tickets, part) for tickets in model]),
            mean_of([at(log, part)]),
            None if past is None else mean_of([at(past, part)]),
        )
        for part in SHARES
    }


def daily_error(name: str, model: Floats, log: Floats, past: Floats | None, noise: float | None) -> Distance:
    """Mean absolute error day by day as a share of the mean."""
    size = max(float(log.mean()), 1e-9)
    before = None if past is None else float(np.abs(past - log).mean()) / size
    return Distance(name, float(np.abs(model - log).mean()) / size, before, noise)
