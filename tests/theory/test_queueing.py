"""Degenerate scenarios must hit queueing theory: inside a 99% interval of at most 5% half-width.

Every replication also has to keep the conservation laws exactly.
"""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from scipy import stats

from scenarios import load
from sim.experiment import Job, play_many
from sim.history.tables import History
from sim.spec.calendars import HOUR
from tests.theory.known import CASES, SCENARIOS, Case, check, play_case, play_jackson


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_mean_time_in_system(case: Case) -> None:
    for priority, values in play_case(case, case.replications).items():
        check(values, case.times[priority])


def test_a_jackson_network_is_a_product_of_queues() -> None:
    """Mean number of tickets at each team, waiting or in work."""
    for truth, values in play_jackson(30):
        check(values, truth)


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
