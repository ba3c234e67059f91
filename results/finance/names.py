"""Defined names of the workbook: a scenario's, then a figure's."""

from __future__ import annotations

import re
from collections.abc import Sequence

FIGURES = {
    "npv.mean": "npv_mean",
    "npv.p5": "npv_p5",
    "npv.p50": "npv_p50",
    "npv.p95": "npv_p95",
    "npv.ci_low": "npv_ci_low",
    "npv.ci_high": "npv_ci_high",
    "p_loss": "p_loss",
    "cvar": "cvar",
    "irr": "irr",
    "mirr": "mirr",
    "payback_months": "payback_months",
    "discounted_payback_months": "discounted_payback_months",
    "roi": "roi",
    "benefit_cost_ratio": "benefit_cost_ratio",
    "npv_before_tax": "npv_before_tax",
    "npv_cash_only": "npv_cash_only",
    "costs_present": "costs_present",
    "benefits_present": "benefits_present",
    "cost_of_delay_month": "cost_of_delay_month",
    "tco": "tco",
    "cash_flows": "cash_flows",
}
"""Figures of ``roi --json`` by their place there; ``cash_flows`` names the cells of all years."""


def scenario_names(labels: Sequence[str]) -> dict[str, str]:
    """A prefix for each scenario: its label with letters, digits and underscores alone, all different."""
    found: dict[str, str] = {}
    for label in labels:
        prefix = re.sub(r"[^A-Za-z0-9_]+", "_", label).strip("_") or "scenario"
        prefix = prefix if prefix[0].isalpha() else f"s_{prefix}"
        name, place = prefix, 1
        while name.lower() in {taken.lower() for taken in found.values()}:
            place += 1
            name = f"{prefix}_{place}"
        found[label] = name
    return found
