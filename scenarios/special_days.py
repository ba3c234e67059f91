"""Days that explain a month: those on which changes are frozen, and public holidays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from results.metrics.monthly import month_edges
from results.plots.special import SpecialDays
from sim.spec.calendars import DAY

if TYPE_CHECKING:
    from scenarios.scenario import Scenario


def special_days(scenario: Scenario) -> SpecialDays:
    """Both, month by month of the measured period; a freeze counts for each service that has upkeep."""
    base, axis = scenario.merged.base, scenario.axis
    edges = month_edges(scenario.horizon) / DAY
    length = np.diff(edges)
    kept = [service.upkeep for service in base.services.values() if service.upkeep is not None]
    frozen = np.zeros(len(length))
    for upkeep in kept:
        frozen += np.histogram(axis.frozen(upkeep.freezes) + 0.5, edges)[0]
    share = frozen / (length * max(1, len(kept)))
    return SpecialDays(np.minimum(share, 1.0), np.histogram(axis.days_off + 0.5, edges)[0])
