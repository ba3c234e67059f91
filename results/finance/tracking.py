"""What was promised, by whom and until when: for looking back once it has been paid for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from results.catalogue import OUTCOMES
from results.finance.appraisal import Appraisal
from results.finance.flows import CLASSES, COSTS, SAVED
from results.finance.statement import CENT
from results.finance.wording import LINE_TITLES
from results.prices import Target
from results.statistics.quantiles import quantiles
from sim.spec.calendars import Floats

METRICS: dict[str, tuple[str, ...]] = {
    "spend": ("cost_total", "overtime_cost"),
    "penalties": ("audit_penalties",),
    "employees": ("employee_hours_lost", "request_fulfilment_hours_mean"),
    "it_hours": ("idle_hours", "utilisation_mean"),
    "margin": ("margin_lost", "availability_share", "downtime_hours", "restore_hours_mean"),
    "customers": ("customers_lost", "churn_rate_monthly"),
    "initiatives": ("initiative_value_delayed", "time_to_market_hours_mean", "initiatives_on_time_share"),
    "initial": ("cost_total",),
    "once": ("cost_total",),
    "running": ("cost_total",),
}
"""Outcomes that show whether a line came true, the first one before the others."""
ACCOUNTS = {
    "spend": "IT spend in the accounts, what is paid for the scenario apart",
    "customers": "Customers lost to IT, times the months each is missed",
    **dict.fromkeys(COSTS, "What is paid for the scenario, in the accounts"),
}
"""How lines are measured that no outcome gives alone."""
UNNAMED = "to be named"
COUNTED = {
    "employees": ("employee_hours", "hours lost"),
    "it_hours": ("idle_hours", "hours left over"),
    "customers": ("customer_months", "customer-months missed"),
}
"""Lines that are checked in something that can be counted, and what that is; others in money."""


@dataclass(frozen=True, slots=True)
class Promise:
    """One line in one year: what is measured without the scenario and with it, in ``unit``, on average.

    ``planned`` is the difference, a benefit or a cost, [``low``, ``high``] what nine in ten futures stay
    within. ``falls`` if less is measured where it comes true. ``worth`` is ``planned`` in money.
    """

    scenario: str
    line: str
    title: str
    kind: str
    measured_by: str
    owner: str
    due: date
    unit: str
    falls: bool
    without: float
    with_it: float
    planned: float
    low: float
    high: float
    worth: float


def promises(found: Appraisal, targets: tuple[Target, ...], start: date, currency: str) -> Iterator[Promise]:
    """Every line that is not nothing, year by year; before tax, reuse and inflation."""
    kinds = {line: name for name, lines in CLASSES.items() for line in lines} | dict.fromkeys(COSTS, "cost")
    for line, kind in kinds.items():
        money = found.found.lines[line] * CENT
        unit, without, with_it, planned = _measured(found, line, currency)
        for year in range(found.found.years + 1):
            if not np.any(money[:, year]):
                continue
            low, high = quantiles(planned[:, year], [0.05, 0.95])
            yield Promise(
                found.name,
                line,
                LINE_TITLES[line],
                kind,
                ACCOUNTS.get(line) or OUTCOMES[METRICS[line][0]].title,
                owner_of(line, targets),
                start + timedelta(days=365 * year),
                unit,
                line in SAVED,
                float(without[year]),
                float(with_it[year]),
                float(planned[:, year].mean()),
                low,
                high,
                float(money[:, year].mean()),
            )


def _measured(found: Appraisal, line: str, currency: str) -> tuple[str, Floats, Floats, Floats]:
    """Unit of a line, its means by year without and with the scenario, and differences by future and year."""
    if line not in COUNTED:
        level = found.levels[line]
        return currency, level.base, level.other, found.found.lines[line] * CENT
    name, unit = COUNTED[line]
    base, other = found.found.base[name], found.found.other[name]
    less = base - other if line in SAVED else other - base
    return unit, base.mean(axis=0), other.mean(axis=0), less


def owner_of(line: str, targets: tuple[Target, ...]) -> str:
    """Who owns a business target that is measured by one of the line's outcomes."""
    owners = {target.metric: target.owner for target in targets if target.owner}
    return next((owners[metric] for metric in METRICS[line] if metric in owners), UNNAMED)
