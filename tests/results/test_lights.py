"""Green and red are what was asked for, in how many futures; the base's targets go before usual limits."""

import pytest

from results.compare import compare_runs
from results.lights import Light, Row, business_rows, dashboard_rows, most, tally
from results.statistics.intervals import Probability
from tests.results.organisation import runs


@pytest.mark.parametrize(
    ("kept", "state"), [(10, "met"), (8, "met"), (7, "open"), (3, "open"), (2, "missed"), (0, "missed")]
)
def test_a_light_is_green_or_red_only_if_most_futures_agree(kept: int, state: str) -> None:
    light = Light("", Probability(10, kept / 10, None, None))
    assert light.state == state
    assert light.futures == f"{kept} of 10"


def test_a_half_has_the_colour_of_most_of_its_lights() -> None:
    lights = {name: Light("", Probability(10, share, None, None)) for name, share in COLOURS.items()}
    rows = [Row("", "", (lights[name],)) for name in ("red", "red", "green", "grey")]
    assert most(rows, 0) == "missed"
    assert tally(rows, 0) == (1, 4)
    assert most([*rows, Row("", "", (lights["green"],))], 0) == "open"
    assert most([Row("", "", (Light("", None),))], 0) == "none"


COLOURS = {"green": 1.0, "grey": 0.5, "red": 0.0}


def test_limits_and_targets_stand_in_their_half() -> None:
    found = compare_runs(runs("base", "silos", replications=3))
    outside = {row.title: row.asks for row in dashboard_rows(found)}
    assert outside["Tickets resolved within their service level"] == "at least 95.0%"
    # No target of the base asks for it, and no limit is usual.
    assert "Incidents resolved by the first team" not in outside
    inside = business_rows(found)
    assert [len(row.lights) for row in inside] == [2, 2, 2]
    assert inside[2].lights[0].state == "none"  # its window ends after the run
