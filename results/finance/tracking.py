"""What was promised, by whom and until when: for looking back once it has been paid for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from results.finance.appraisal import Appraisal
from results.finance.flows import CLASSES, COSTS
from results.finance.statement import CENT
from results.finance.wording import LINE_TITLES
from results.prices import Target
from results.statistics.quantiles import quantiles

METRICS: dict[str, tuple[str, ...]] = {
    "spend": ("cost_total", "overtime_cost"),
    "penalties": ("audit_penalties",),
    "employees": ("employee_hours_lost", "request_fulfilment_hours_mean"),
    "it_hours": ("utilisation_mean", "idle_hours"),
    "margin": ("margin_lost", "availability_share", "downtime_hours", "restore_hours_mean"),
    "customers": ("customers_lost", "churn_rate_monthly"),
    "initiatives": ("initiative_value_delayed", "time_to_market_hours_mean", "initiatives_on_time_share"),
    "initial": ("cost_total",),
    "once": ("cost_total",),
    "running": ("cost_total",),
}
"""Outcomes that show whether a line came true, the first one before the others."""
UNNAMED = "to be named"


@dataclass(frozen=True, slots=True)
class Promise:
    """One line in one year: what is expected (a mean), and what nine in ten futures stay within."""

    scenario: str
    line: str
    title: str
    kind: str
    metric: str
    owner: str
    due: date
    planned: float
    low: float
    high: float


def promises(found: Appraisal, targets: tuple[Target, ...], start: date) -> Iterator[Promise]:
    """Every line that is not nothing, year by year; amounts before tax, reuse and inflation."""
    kinds = {line: name for name, lines in CLASSES.items() for line in lines} | dict.fromkeys(COSTS, "cost")
    for line, kind in kinds.items():
        amounts = found.found.lines[line] * CENT
        if not np.any(amounts):
            continue
        for year in range(found.found.years + 1):
            own = amounts[:, year]
            if not np.any(own):
                continue
            low, high = quantiles(own, [0.05, 0.95])
            metric = METRICS[line][0]
            yield Promise(
                found.name,
                line,
                LINE_TITLES[line],
                kind,
                metric,
                owner_of(line, targets),
                start + timedelta(days=365 * year),
                float(own.mean()),
                low,
                high,
            )


def owner_of(line: str, targets: tuple[Target, ...]) -> str:
    """Who owns a business target that is measured by one of the line's outcomes."""
    owners = {target.metric: target.owner for target in targets if target.owner}
    return next((owners[metric] for metric in METRICS[line] if metric in owners), UNNAMED)
