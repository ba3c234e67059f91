"""The same at 2%, M/M/1 at 90% included, and how often intervals hold what they should."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from results.statistics.intervals import estimate
from tests.theory import queueing
from tests.theory.known import (
    CASES,
    WORK,
    Case,
    check,
    interval,
    per_hour,
    play_case,
    play_jackson,
)

pytestmark = pytest.mark.verify

HALF_WIDTH = 0.02
MORE = 9
"""Times the replications that 5% takes: (5/2) squared, and some."""

BUSY = Case(
    "mm1",
    {3: queueing.mmc_wait(per_hour(15.12), WORK) + WORK},
    100,
    # At 90% a queue takes years to forget how it began.
    ("incidents.arrivals.rate=15.12 /week", "warmup=520 weeks", "weeks=1040"),
)
Say = Callable[[str, object], None]


@pytest.mark.parametrize("case", [*CASES, BUSY], ids=lambda case: f"{case.name}{'_90' * bool(case.sets)}")
def test_mean_time_in_system(case: Case, record_property: Say) -> None:
    found = play_case(case, MORE * case.replications)
    record_property("found", "; ".join(told(values, case.times[rank], "h") for rank, values in found.items()))
    for rank, values in found.items():
        check(values, case.times[rank], HALF_WIDTH)


def test_a_jackson_network_is_a_product_of_queues(record_property: Say) -> None:
    found = play_jackson(MORE * 30)
    record_property("found", "; ".join(told(values, truth, "tickets") for truth, values in found))
    for truth, values in found:
        check(values, truth, HALF_WIDTH)


def told(values: list[float], truth: float, unit: str) -> str:
    low, high = interval(values, 0.99)
    return f"{low:.2f} to {high:.2f} {unit}, known {truth:.2f} (half-width {(high - low) / 2 / truth:.1%})"


SHORT = Case("mmc", CASES[1].times, 0, ("weeks=52", "warmup=13 weeks"))
SETS = 300
A_SET = 30


def test_intervals_hold_the_truth_as_often_as_they_say(record_property: Say) -> None:
    """95% intervals of 30 replications, many times."""
    values = np.array(play_case(SHORT, SETS * A_SET)[3]).reshape(SETS, A_SET)
    # The truth of so short a period is not quite that of theory: the mean of all replications is closer.
    truth = values.mean()
    intervals = [estimate(list(row)) for row in values]
    held = sum(found is not None and found.low <= truth <= found.high for found in intervals)
    record_property("found", f"{held} of {SETS} intervals of {A_SET} replications ({held / SETS:.1%})")
    # Three standard errors about 95%.
    assert abs(held / SETS - 0.95) <= 3 * np.sqrt(0.95 * 0.05 / SETS)
