"""Whether a driver does what regression says: played at its low and its high value, nothing else moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from results.finance.drivers import Driver
from results.finance.flows import differences
from results.finance.statement import statement
from results.finance.terms import Terms
from results.statistics.intervals import mean_and_half_width
from results.summary import Summary

End = tuple[Sequence[Summary], Sequence[Summary], Sequence[Terms]]
"""Replications of the base and of the scenario with a driver at one end of its range, and their terms."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A driver played: net present values at both ends, and their paired difference with its interval."""

    driver: Driver
    at_low: float
    at_high: float
    difference: float
    low: float | None
    high: float | None

    @property
    def agrees(self) -> bool:
        """Whether the played difference is clear of 0, on the side that regression says."""
        if self.low is None or self.high is None:
            return False
        return self.low > 0 if self.driver.at_high > self.driver.at_low else self.high < 0


def confirm(driver: Driver, low: End, high: End) -> Confirmed:
    """Compare both ends, replication by replication."""
    first, second = (statement(differences(base, other), terms).npv for base, other, terms in (low, high))
    mean, half = mean_and_half_width(second - first)
    ends = (None, None) if half is None else (mean - half, mean + half)
    return Confirmed(driver, float(first.mean()), float(second.mean()), mean, *ends)
