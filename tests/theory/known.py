"""What theory knows about some scenarios, and what a replication of each says about it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
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
    sets: tuple[str, ...] = ()


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


def play_case(case: Case, replications: int) -> dict[int, list[float]]:
    """Mean hours in the system by priority, one a replication."""
    model = load(str(SCENARIOS / f"{case.name}.yaml"), case.sets).model()
    jobs = [Job(case.name, model, 1, replication) for replication in range(replications)]
    results = play_many(jobs, times_in_system)
    assert all(set(result) == set(case.times) for result in results)
    return {priority: [result[priority] for result in results] for priority in case.times}


def play_jackson(replications: int) -> list[tuple[float, list[float]]]:
    """By team, the known mean number of tickets there, and that of each replication."""
    model = load(str(SCENARIOS / "jackson.yaml")).model()
    rates = queueing.jackson_rates(
        [per_hour(42), 0, 0],
        [[0, 0.5 * 0.6, 0.5 * 0.4], [0.4 * 0.25, 0, 0.4 * 0.75], [0.2 * 0.5, 0, 0.2 * 0.5]],
    )
    jobs = [Job("jackson", model, 1, replication) for replication in range(replications)]
    results = play_many(jobs, numbers_at_teams)
    return [
        (rate * (queueing.mmc_wait(rate, work, servers) + work), [result[team] for result in results])
        for team, (rate, work, servers) in enumerate(zip(rates, (5, 8, 16), (2, 1, 3), strict=True))
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
