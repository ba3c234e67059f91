"""The firefighting trap: a tipping point, two ends under the same parameters, and worse before better."""

import pytest

from docs.loops import trap
from docs.loops.experiments import effect

pytestmark = pytest.mark.slow

REPLICATIONS = 40


def test_far_from_the_edge_a_bad_quarter_decides_nothing() -> None:
    for requests, end in ((36, 0.0), (76, 1.0)):
        calm, shaken = trap.after_a_bad_quarter(requests, 12)
        assert calm.mean() == shaken.mean() == end


def test_at_the_edge_the_same_team_ends_free_or_trapped() -> None:
    calm, shaken = trap.after_a_bad_quarter(trap.AT_THE_EDGE, REPLICATIONS)
    assert 0.2 <= shaken.mean() <= 0.8, "after a bad quarter both ends are reached"
    assert effect(shaken - calm).low > 0.2
    # Three years later there is nothing in between: who is not trapped has as much planned work as ever.
    (_, shaken_runs) = trap.futures(trap.AT_THE_EDGE, [trap.BAD_QUARTER], 156, REPLICATIONS)
    last = trap.planned_hours(shaken_runs)[:, trap.LAST_HALF_YEAR].mean(axis=1)
    assert last[shaken == 1].max() < trap.LEAST_PLANNED
    assert last[shaken == 0].min() > 3 * trap.LEAST_PLANNED


def test_a_ring_fence_is_worse_before_it_is_better() -> None:
    differences = trap.backlog_after_ring_fencing(60)
    first_year, last_quarter = differences[:, 4:40].mean(axis=1), differences[:, -13:].mean(axis=1)
    assert effect(first_year).low > 0
    assert effect(last_quarter).high < 0
