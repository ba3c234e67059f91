"""Nothing is lost or counted twice, whatever is changed: cases, faults, hours, people, customers.

Little's law is among the residuals, by flow: the area under the number in the system, which the engine
integrates as it plays, is the sum of the times that cases spent in it, to the second.
"""

import pytest

from scenarios import catalogue
from watermelon import load, simulate

NAMES = [item.name for item in catalogue() if item.family != "base"]


@pytest.mark.parametrize("name", NAMES)
def test_everything_adds_up_in_every_shipped_change_with_drawn_assumptions(name: str) -> None:
    runs = simulate(load(f"small+{name}", until_hours=13 * 168), replications=2, seed=3, uncertainty=True)
    (summaries,) = runs.summaries.values()
    for summary in summaries:
        assert {"tickets_arrived_less_closed_less_open", "seconds_in_system_less_spells_problem"} <= set(
            summary.checks
        )
        assert not any(summary.checks.values())
