"""Arrivals and open tickets by day and by week, with intervals over replications."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calibration.backtest.tickets import HOURS_A_DAY, Floats, Tickets

LOW, HIGH = 0.05, 0.95
"""Ends of the 90% interval."""

DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Series:
    """A quantity step by step: in the log, and in the model as mean with the interval of 90% of its runs."""

    name: str
    log: Floats
    mean: Floats
    low: Floats
    high: Floats

    @property
    def inside(self) -> list[bool]:
        """Whether the log lies in the interval, step by step."""
        return [bool(item) for item in (self.log >= self.low) & (self.log <= self.high)]

    @property
    def coverage(self) -> float | None:
        """Share of the steps in which it does; None without any."""
        return float(np.mean(self.inside)) if len(self.log) else None


def arrivals(tickets: Tickets, days: int) -> Floats:
    """Tickets opened on each day."""
    day = np.floor(tickets.opened / HOURS_A_DAY).astype(np.int64)
    return np.bincount(day[(day >= 0) & (day < days)], minlength=days).astype(np.float64)


def backlog(opened: Tickets, opening: Floats, days: int) -> Floats:
    """Tickets open at the end of each day.

    Parameters
    ----------
    opened
        Tickets opened in the period.
    opening
        Hours at which each ticket that was open at its start is gone.
    days
        Days of the period.
    """
    ends = HOURS_A_DAY * np.arange(1, days + 1, dtype=np.float64)
    found: Floats = opened.open_by(ends) + (opening[None, :] >= ends[:, None]).sum(axis=1)
    return found


def series(name: str, log: Floats, played: list[Floats]) -> Series:
    """The log beside replications.

    The ends of the interval are at the ranks p (n + 1) of the n runs, so that one more run would lie between
    them with the stated probability (else fifty runs give 86% instead of 90%).

    Source: Hyndman & Fan (1996), 'Sample quantiles in statistical packages', American Statistician 50,
    361-365, definition 6.
    """
    runs = np.array(played)
    low, high = np.quantile(runs, [LOW, HIGH], axis=0, method="weibull")
    return Series(name, log, runs.mean(axis=0), low, high)


def by_week(daily: Floats) -> Floats:
    """Sums of whole weeks; days that fill no week are left out."""
    weeks = len(daily) // DAYS_A_WEEK
    found: Floats = daily[: weeks * DAYS_A_WEEK].reshape(weeks, DAYS_A_WEEK).sum(axis=1)
    return found


def at_week_ends(daily: Floats) -> Floats:
    """Values at the ends of whole weeks."""
    return daily[DAYS_A_WEEK - 1 :: DAYS_A_WEEK]
