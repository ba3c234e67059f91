"""Yearly differences between a scenario and the base under the same luck, in whole cents.

Costs are what the scenario pays more, benefits what it loses or pays less: the base drifts too, and what it
would have lost anyway is nobody's merit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from results.finance.formulas import MONTHS
from results.summary import Summary
from sim.spec.calendars import Floats

SAVED = {
    "spend": ("pay", "overtime", "tooling"),
    "margin": ("margin_lost",),
    "customers": ("customer_value_lost",),
    "penalties": ("audit_penalties",),
    "initiatives": ("initiative_value_delayed",),
    "employees": ("employee_cost_lost",),
}
"""Benefits by the lines of which the base has more."""
MORE = {
    "it_hours": ("idle_pay",),
    "initial": ("levers_initial",),
    "once": ("levers_once",),
    "running": ("levers_running",),
}
"""Lines of which the scenario has more: freed hours, and costs."""
LINES = (*SAVED, *MORE)

CLASSES = {
    "cash": ("spend", "penalties"),
    "capacity": ("employees", "it_hours"),
    "avoided": ("margin", "customers"),
    "growth": ("initiatives",),
}
"""Kinds of benefits, which are never added silently: cash that is not paid out; hours that are freed, and
worth something as far as they are used; contribution margin that is not lost; value that comes earlier."""
COSTS = ("initial", "once", "running")


@dataclass(frozen=True, slots=True)
class Differences:
    """[draws, years + 1] Cents by line, year 0 first; hours and customer-months of both sides likewise.

    ``base`` and ``other`` hold the quantities that the prices of a future are multiplied with.
    """

    lines: dict[str, Floats]
    base: dict[str, Floats]
    other: dict[str, Floats]

    @property
    def draws(self) -> int:
        """Number of futures."""
        return len(self.lines["spend"])

    @property
    def years(self) -> int:
        """Years after year 0."""
        return int(self.lines["spend"].shape[1]) - 1


def by_year(months: Floats) -> Floats:
    """[years + 1] Sums of twelve months; year 0 is nothing."""
    years = len(months) // MONTHS
    return np.concatenate([[0.0], months[: years * MONTHS].reshape(years, MONTHS).sum(axis=1)])


def monthly(base: Summary, other: Summary) -> dict[str, Floats]:
    """[months] Every line of a pair of replications, in cents."""
    found = {
        name: sum((base.ledger[line] - other.ledger[line] for line in lines), np.zeros(1))
        for name, lines in SAVED.items()
    }
    for name, lines in MORE.items():
        found[name] = sum((other.ledger[line] - base.ledger[line] for line in lines), np.zeros(1))
    return found


def differences(base: Sequence[Summary], other: Sequence[Summary]) -> Differences:
    """Yearly differences of paired replications.

    Raises
    ------
    ValueError
        If they can't be paired, or do not last a whole number of years.
    """
    if [(item.seed, item.replication, item.horizon) for item in base] != [
        (item.seed, item.replication, item.horizon) for item in other
    ]:
        raise ValueError("replications can't be paired")
    if len(base[0].ledger["pay"]) % MONTHS:
        raise ValueError("the period is not a whole number of years")
    lines: dict[str, list[Floats]] = {name: [] for name in LINES}
    for mine, theirs in zip(base, other, strict=True):
        for name, months in monthly(mine, theirs).items():
            years = by_year(months)
            if name == "initial":
                # What is paid at t = 0 is the outlay of year 0.
                years = np.concatenate([[years.sum()], np.zeros(len(years) - 1)])
            lines[name].append(years)
    quantities = ("employee_hours", "customer_months", "idle_hours", "paid_hours")
    return Differences(
        {name: np.array(rows) for name, rows in lines.items()},
        {name: np.array([by_year(item.ledger[name]) for item in base]) for name in quantities},
        {name: np.array([by_year(item.ledger[name]) for item in other]) for name in quantities},
    )
