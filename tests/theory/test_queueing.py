"""Degenerate scenarios must hit queueing theory: inside a 99% interval of at most 5% half-width.

Every replication also has to keep the conservation laws exactly.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from scenarios import load
from sim.experiment import Job, play_many
from sim.history.kinds import Activity, SeatState
from sim.history.tables import NEVER, History
from sim.spec.calendars import HOUR
from tests.theory import queueing

SCENARIOS = Path(__file__).parent / "scenarios"
WORK = 10.0


def preemptive(rate: float, shares: list[float]) -> list[float]:
    return queueing.preemptive_times(rate, WORK, shares)


@dataclass(frozen=True)
class Case:
    """A scenario file, the known mean times in system by priority, and replications for 5% half-width."""

    name: str
    times: dict[int, float]
    replications: int


def waits_to_times(waits: list[float], first: int) -> dict[int, float]:
    return {first + row: wait + WORK for row, wait in enumerate(waits)}


def per_hour(week: float) -> float:
    return week / 168


CASES = [
    Case("mm1", {3: queueing.mmc_wait(per_hour(13.44), WORK) + WORK}, 70),
    Case("mmc", {3: queueing.mmc_wait(per_hour(71.4), WORK, 5) + WORK}, 36),
    Case("mg1", {3: queueing.mg1_wait(per_hour(10.08), WORK, 1.5) + WORK}, 50),
    Case(
        "priority_mm1",
        waits_to_times(queueing.priority_waits(per_hour(11.76), WORK, [0.3, 0.3, 0.4]), 2),
        60,
    ),
    Case("preemptive_mm1", dict(zip((1, 3), preemptive(per_hour(11.76), [0.4, 0.6]), strict=True)), 50),
    Case(
        "priority_mmc",
        waits_to_times(queueing.priority_waits(per_hour(50.4), WORK, [0.3, 0.3, 0.4], 4), 2),
        40,
    ),
]


def times_in_system(job: Job, history: History) -> dict[int, float]:
    """Mean hours from occurrence to restoration by priority, of tickets that arrived in the first 95%."""
    conserve(history, round_the_clock_seats(job))
    cases = history.cases
    arrived = (cases.occurred >= 0) & (cases.occurred < 0.95 * history.horizon) & (cases.restored != NEVER)
    return {
        int(priority): float(
            (cases.restored - cases.occurred)[arrived & (cases.priority == priority)].mean() / HOUR
        )
        for priority in np.unique(cases.priority)
    }


def round_the_clock_seats(job: Job) -> int:
    return sum(int(job.model.parameters[team.seats].value) for team in job.model.teams)


def conserve(history: History, seats: int) -> None:
    """Exactly: area = sum of times in the window; seats x time = worked + idle; work done once."""
    spells = history.spells
    end = np.where(spells.end == NEVER, history.horizon, spells.end)
    assert np.maximum(0, end - np.maximum(spells.start, 0)).sum() == sum(history.in_system_seconds)
    ledger = history.seat_time
    paid = (ledger.end - ledger.start).sum()
    assert paid == seats * (history.warmup + history.horizon)
    assert set(ledger.state.tolist()) <= {SeatState.IDLE, SeatState.WORKING}
    open_cases = (history.cases.closed == NEVER).sum()
    assert len(history.cases) == (history.cases.closed != NEVER).sum() + open_cases


def interval(values: list[float], confidence: float) -> tuple[float, float]:
    mean, spread = float(np.mean(values)), float(np.std(values, ddof=1))
    half = stats.t.ppf(0.5 + confidence / 2, len(values) - 1) * spread / math.sqrt(len(values))
    return mean - half, mean + half


def check(values: list[float], truth: float, half_width: float = 0.05) -> None:
    low, high = interval(values, 0.99)
    assert (high - low) / 2 <= half_width * truth, f"too wide: {low:.3f} to {high:.3f} around {truth:.3f}"
    assert low <= truth <= high, f"{truth:.3f} is outside {low:.3f} to {high:.3f}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_mean_time_in_system(case: Case) -> None:
    model = load(str(SCENARIOS / f"{case.name}.yaml")).model()
    jobs = [Job(case.name, model, 1, replication) for replication in range(case.replications)]
    results = play_many(jobs, times_in_system)
    assert set(results[0]) == set(case.times)
    for priority, truth in case.times.items():
        check([result[priority] for result in results], truth)


def test_a_jackson_network_is_a_product_of_queues() -> None:
    """Mean number of tickets at each team, waiting or in work."""
    model = load(str(SCENARIOS / "jackson.yaml")).model()
    rates = queueing.jackson_rates(
        [per_hour(42), 0, 0],
        [[0, 0.5 * 0.6, 0.5 * 0.4], [0.4 * 0.25, 0, 0.4 * 0.75], [0.2 * 0.5, 0, 0.2 * 0.5]],
    )
    jobs = [Job("jackson", model, 1, replication) for replication in range(30)]
    results = play_many(jobs, numbers_at_teams)
    for team, (rate, work, servers) in enumerate(zip(rates, (5, 8, 16), (2, 1, 3), strict=True)):
        truth = rate * (queueing.mmc_wait(rate, work, servers) + work)
        check([result[team] for result in results], truth)


def numbers_at_teams(job: Job, history: History) -> list[float]:
    conserve(history, round_the_clock_seats(job))
    queue = history.activities.activity == Activity.QUEUE
    queue_end = np.where(history.activities.complete == NEVER, history.horizon, history.activities.complete)
    work = history.seat_time.case >= 0
    numbers = []
    for team in range(len(job.model.teams)):
        waiting = queue & (history.activities.team == team)
        working = work & (history.seat_time.team == team)
        seconds = inside(history.activities.start[waiting], queue_end[waiting]) + inside(
            history.seat_time.start[working], history.seat_time.end[working]
        )
        numbers.append(seconds / history.horizon)
    return numbers


def inside(start: np.ndarray, end: np.ndarray) -> int:  # type: ignore[type-arg]
    return int(np.maximum(0, end - np.maximum(start, 0)).sum())


def test_arrivals_follow_the_hours_of_the_week() -> None:
    """Counts per hour of week against the rate, for a plain and an over-dispersed stream."""
    model = load(str(SCENARIOS / "weekly_arrivals.yaml")).model()
    jobs = [Job("arrivals", model, 1, replication) for replication in range(6)]
    results = play_many(jobs, partial(counts_by_hour_of_week, weeks=104))
    expected = np.add.reduceat(model.incidents[0].arrivals.hourly[168:], np.arange(0, 104 * 168, 168)).mean()
    assert expected == pytest.approx(100)
    rate = model.incidents[0].arrivals.hourly[168:336] * 104 * len(jobs)
    plain = sum(result[0] for result in results)
    # Pearson's chi-square over the 168 hours of the week.
    assert stats.chi2.sf(((plain - rate) ** 2 / rate).sum(), 168) > 0.01
    bursty = sum(result[1] for result in results)
    check([float(result[0].sum()) for result in results], 104 * 100)
    days = np.concatenate([result[2] for result in results])
    weekdays = days[:, :5].ravel()
    # Variance of a day's count = mean + mean^2 x dispersion.
    mean = rate[:24].sum() / 104 / len(jobs)
    assert weekdays.var() == pytest.approx(mean + mean * mean * 0.2, rel=0.15)
    assert bursty.sum() == pytest.approx(104 * 100 * len(jobs), rel=0.05)


def counts_by_hour_of_week(_: Job, history: History, weeks: int) -> tuple[np.ndarray, ...]:  # type: ignore[type-arg]
    cases = history.cases
    measured = cases.occurred >= 0
    hour = cases.occurred // HOUR
    by_stream = [
        np.bincount(hour[measured & (cases.stream == stream)] % 168, minlength=168) for stream in (0, 1)
    ]
    days = np.bincount(hour[measured & (cases.stream == 1)] // 24, minlength=weeks * 7).reshape(weeks, 7)
    return by_stream[0], by_stream[1], days
