"""What a log can't tell directly, by simulation: work against queues, and seats for work that is not seen.

A log shows how long tickets lay with a team, not how long people worked on them, nor what else the team was
busy with. So factors on work, seats, waits and arrivals are drawn from wide ranges, the base is played for a
few weeks with each draw, and draws whose tickets look like the log's are kept (approximate Bayesian
computation). What 'alike' means is learnt too: a linear regression of the factors on the summaries makes one
number a factor of them, and kept draws are moved along a local regression to where the log lies.

How many tickets come and how long visits wait the log tells directly. These are drawn too, so that the others
are inferred at what the log says of them, but they are not corrected by how well the model fits (a cut).

Source: Fearnhead & Prangle (2012), 'Constructing summary statistics for approximate Bayesian computation',
J. R. Stat. Soc. B 74:419; Beaumont, Zhang & Balding (2002), 'Approximate Bayesian computation in population
genetics', Genetics 162:2025; Plummer (2015), 'Cuts in Bayesian graphical models', Statistics and Computing
25:37.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from calibration.draws import evenly
from calibration.fit.likeness import likeness
from calibration.replay import cases_of
from scenarios import Scenario
from scenarios.posterior import keys_of
from sim.experiment import Job, play_many
from sim.history.tables import History
from sim.spec.model import Model

Floats = NDArray[np.float64]

FACTORS: dict[str, list[str]] = {
    "arrivals": ["incidents[*].rate", "requests[*].rate"],
    "waits": [
        "categories[*].stages[*].vendor_wait.time",
        "categories[*].stages[*].onward_wait.time",
        "categories[*].stages[*].user_wait.time",
    ],
    "desk_work": ["categories[*].stages[role=desk].work"],
    "work_behind": ["categories[*].stages[role!=desk].work"],
    "seats": ["teams[*].seats"],
}
"""What is drawn, and the keys of the base that it multiplies."""

TOLD = ("arrivals", "waits")
"""What the log tells directly, up to chance."""

RANGES = {"desk_work": (0.3, 1.2), "work_behind": (0.3, 3.0), "seats": (0.5, 4.0)}
"""Lowest and highest factor of what the log can't tell; the logarithm is drawn evenly."""

NEAR_END = 0.1
"""Part of a range at its ends: a median there says no more than 'at least' or 'at most'."""

EDGE = 0.005
"""Draws are taken to be this part of their range away from its ends."""

TRIES = 400
KEPT = 80
DRAWS = 64
SECONDS_A_WEEK = 604_800
FOLLOW_WEEKS = 2
WARMUP = "warmup=2 weeks"
"""What is set for these plays: queues that matter here fill in days."""

SEED = 7


@dataclass(frozen=True, slots=True)
class Unseen:
    """What was inferred: ``draws[i, j]`` is the factor of column j, in the order of ``FACTORS``.

    ``narrowed`` is how much narrower the draws are than what was assumed before, as the ratio of the standard
    deviations of logarithms: 1 says that the log told nothing.
    """

    draws: Floats
    narrowed: dict[str, float]

    @property
    def medians(self) -> dict[str, float]:
        """Median of every factor."""
        return dict(zip(FACTORS, np.median(self.draws, axis=0).tolist(), strict=True))

    def at_end(self, name: str) -> float | None:
        """The end of the range that was tried to which the draws crowd, if they do."""
        low, high = RANGES[name]
        part = np.log(self.medians[name] / low) / np.log(high / low)
        return low if part < NEAR_END else high if part > 1 - NEAR_END else None


def prior(spread: Mapping[str, float], count: int, generator: np.random.Generator) -> Floats:
    """[count, factors] Logarithms of factors before the tickets are looked at.

    ``spread`` gives the standard deviation of the logarithm of those that the log tells directly.
    """
    columns = []
    for name in FACTORS:
        if name in RANGES:
            low, high = np.log(RANGES[name])
            columns.append(generator.uniform(low, high, count))
        else:
            columns.append(generator.normal(0.0, spread[name], count))
    return np.column_stack(columns)


def infer(
    scenario: Scenario,
    seen: Floats,
    spread: Mapping[str, float],
    weeks: int,
    workers: int,
    progress: Callable[[int, int], None] | None,
) -> Unseen:
    """Draws of all factors, given the summaries ``seen`` of the log.

    ``scenario`` must measure ``weeks + FOLLOW_WEEKS`` weeks; cases opened in the first ``weeks`` count.
    """
    generator = np.random.default_rng(SEED)
    logs = prior(spread, TRIES, generator)
    model = scenario.model()
    keys = {name: keys_of(scenario.merged.plain, selectors) for name, selectors in FACTORS.items()}
    jobs = [
        Job(
            "unseen",
            moved(model, keys, dict(zip(FACTORS, np.exp(row).tolist(), strict=True))),
            SEED,
            place,
            whole=False,
        )
        for place, row in enumerate(logs)
    ]
    played = np.vstack(play_many(jobs, Summaries(weeks), workers, progress))
    return with_told(kept(logs, played, seen, generator), spread, generator)


@dataclass(frozen=True, slots=True)
class Summaries:
    """Boils a history down to its summaries."""

    weeks: int

    def __call__(self, job: Job, history: History) -> Floats:
        """Summaries of the cases opened in the first weeks."""
        found = cases_of(job, history)
        early = found.of(np.flatnonzero(found.opened < self.weeks * SECONDS_A_WEEK))
        return likeness(early.opened, early.hours, early.handoffs)


def moved(model: Model, keys: Mapping[str, list[str]], factors: Mapping[str, float]) -> Model:
    """The model with factors on its parameters, and on its base arrivals."""
    on = {key: factors[name] for name, paths in keys.items() for key in paths}
    seats = set(keys["seats"])
    parameters = tuple(
        item
        if item.path not in on
        else replace(
            item,
            value=max(1.0, float(round(item.value * on[item.path])))
            if item.path in seats
            else min(item.upper, item.value * on[item.path]),
        )
        for item in model.parameters
    )
    more = factors["arrivals"]
    return replace(
        model,
        parameters=parameters,
        incidents=tuple(
            replace(item, arrivals=replace(item.arrivals, hourly=item.arrivals.hourly * more))
            for item in model.incidents
        ),
        requests=tuple(
            replace(item, arrivals=replace(item.arrivals, hourly=item.arrivals.hourly * more))
            for item in model.requests
        ),
    )


def kept(logs: Floats, played: Floats, seen: Floats, generator: np.random.Generator) -> Unseen:
    """The draws that look like the log, moved to where it lies."""
    width = played.std(axis=0)
    used = width > 1e-9
    middle = played[:, used].mean(axis=0)
    shown = (played[:, used] - middle) / width[used]
    target = (seen[used] - middle) / width[used]
    # At what the log tells directly: its part in the summaries is taken out of them.
    told = np.array([name in TOLD for name in FACTORS])
    shown -= logs[:, told] @ ridge(logs[:, told], shown)
    # A log that lies far outside of what the base can give must not pull the regression after it.
    target = np.clip(target, shown.min(axis=0), shown.max(axis=0))
    weights = ridge(shown, logs[:, ~told] - logs[:, ~told].mean(axis=0))
    found, wanted = shown @ weights, target @ weights
    scale = np.maximum(found.std(axis=0), 1e-9)
    apart = np.sqrt((((found - wanted) / scale) ** 2).sum(axis=1))
    nearest = np.argsort(apart, kind="stable")[:KEPT]
    near = apart[nearest]
    kernel = np.maximum(1e-6, 1 - (near / near[-1]) ** 2) if near[-1] > 0 else np.ones(len(near))
    offsets = (found[nearest] - wanted) / scale
    free = unbounded(logs[nearest])
    slope = ridge(offsets, free, kernel)
    values = bounded(free - offsets @ slope)
    rows = generator.choice(len(nearest), DRAWS, p=kernel / kernel.sum())
    chosen = values[rows]
    ratio = chosen.std(axis=0) / np.maximum(logs.std(axis=0), 1e-9)
    return Unseen(np.exp(chosen), dict(zip(FACTORS, ratio.tolist(), strict=True)))


def with_told(found: Unseen, spread: Mapping[str, float], generator: np.random.Generator) -> Unseen:
    """The same with what the log tells directly as the log tells it, and no surer."""
    draws = found.draws.copy()
    for column, name in enumerate(FACTORS):
        if name in TOLD:
            draws[:, column] = np.exp(spread[name] * ndtri(evenly(DRAWS, generator)))
    return Unseen(draws, {**found.narrowed, **dict.fromkeys(TOLD, 1.0)})


def unbounded(logs: Floats) -> Floats:
    """Logarithms of factors on a scale without ends (logit), so that no draw is moved out of its range.

    Source: Hamilton et al. (2005), 'Bayesian estimation of recent migration rates after a spatial expansion',
    Genetics 170:409.
    """
    found = logs.copy()
    for column, name in enumerate(FACTORS):
        if name in RANGES:
            low, high = np.log(RANGES[name])
            part = np.clip((logs[:, column] - low) / (high - low), EDGE, 1 - EDGE)
            found[:, column] = np.log(part / (1 - part))
    return found


def bounded(free: Floats) -> Floats:
    """The way back."""
    found = free.copy()
    for column, name in enumerate(FACTORS):
        if name in RANGES:
            low, high = np.log(RANGES[name])
            found[:, column] = low + (high - low) / (1 + np.exp(-free[:, column]))
    return found


def ridge(x: Floats, y: Floats, weight: Floats | None = None) -> Floats:
    """Coefficients of a weighted linear regression without its constant, kept small.

    A hundredth of the mean sum of squares on the diagonal keeps columns that say the same apart.
    """
    w = np.ones(len(x)) if weight is None else weight
    w = w / w.sum()
    x = x - w @ x
    y = y - w @ y
    square = (x * w[:, None]).T @ x
    square += 0.01 * max(1e-12, float(np.trace(square)) / len(square)) * np.eye(len(square))
    return np.asarray(np.linalg.solve(square, (x * w[:, None]).T @ y))
