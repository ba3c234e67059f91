"""Green and red are what was asked for, in how many futures; the base's targets go before usual limits."""

import pytest

from results.compare import compare_runs
from results.lights import Light, Row, business_rows, dashboard_rows, state_of, tally
from results.statistics.intervals import Probability
from results.summary import summarise
from sim.spec.calendars import DAY
from tests.results.diary import target
from tests.results.organisation import history, model, prices, runs


@pytest.mark.parametrize(
    ("kept", "state"), [(10, "met"), (8, "met"), (7, "open"), (3, "open"), (2, "missed"), (0, "missed")]
)
def test_a_light_is_green_or_red_only_if_most_futures_agree(kept: int, state: str) -> None:
    light = Light("", Probability(10, kept / 10, None, None))
    assert light.state == state
    assert light.futures == f"{kept} of 10"


@pytest.mark.parametrize(
    ("kept", "of", "state"),
    [(10, 10, "met"), (8, 10, "met"), (7, 10, "open"), (5, 10, "open"), (4, 10, "missed"), (0, 0, "none")],
)
def test_a_half_is_green_only_if_most_of_its_limits_are_kept(kept: int, of: int, state: str) -> None:
    shares = [0.6] * kept + [0.5] * (of - kept)
    rows = [Row("", "", (Light("", Probability(10, share, None, None)),)) for share in shares]
    rows.append(Row("", "", (Light("", None),)))
    assert tally(rows, 0) == (kept, of)
    assert state_of(rows, 0) == state


def test_limits_and_targets_stand_in_their_half() -> None:
    found = compare_runs(runs("base", "silos", replications=3))
    outside = {row.title: row.asks for row in dashboard_rows(found)}
    assert outside["Tickets resolved within their service level"] == (
        "at least 95% in weeks 1 to 4 (all that is measured)"
    )
    # No target of the base asks for it, and no limit is usual.
    assert "Incidents resolved by the first team" not in outside
    inside = business_rows(found)
    assert [len(row.lights) for row in inside] == [2, 2, 2]
    assert inside[2].lights[0].state == "none"  # its window ends after the run
    assert inside[0].asks == "at most 12\N{NO-BREAK SPACE}h in weeks 1 to 4"
    assert inside[1].asks == "Web: at least 99% in weeks 1 to 2"


def test_a_target_on_the_dashboard_looks_as_in_the_target_table() -> None:
    promise = target("sla_attainment_share", 0.125, name="promise", at_most=False, end=7 * DAY)
    played = [summarise(model(), prices(), (promise,), history("base", number)) for number in range(3)]
    found = compare_runs({"base": played})
    row = next(row for row in dashboard_rows(found) if "service level" in row.title)
    assert row.asks == "at least 12.5% in week 1"
    assert row.lights[0].met == found.base.targets["promise"].met
    assert business_rows(found) == []
