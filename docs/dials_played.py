"""Dials and remedies beside the baseline: ``python -m docs.dials_played`` writes docs/dials-played.json.

Ten replications of a year each, some minutes. The page docs/dials.md shows what is in the file.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from results.catalogue import OUTCOMES
from results.statistics.intervals import defined, mean_and_half_width
from scenarios import catalogue
from watermelon import load, simulate

FILE = Path(__file__).resolve().parent / "dials-played.json"
BASE = "baseline"
WEEKS, REPLICATIONS, SEED = 52, 10, 1

BUSINESS = (
    "downtime_hours",
    "restore_hours_mean",
    "request_fulfilment_hours_mean",
    "customers_lost",
    "employee_hours_lost",
    "user_satisfaction",
    "recurring_incident_share",
    "change_failure_share",
    "time_to_market_hours_mean",
    "initiative_value_delayed",
    "business_loss_total",
)
"""What the business feels; fixed before anything was played."""

BESIDES = ("sla_attainment_share", "cost_total", "absent_hours")
"""What IT's dashboard says, what it costs, and hours that people are away from their work."""

EXPECTED = {
    "mapping_errors": "business_loss_total",
    "silos": "restore_hours_mean",
    "slow_decisions": "request_fulfilment_hours_mean",
    "ticket_counting": "business_loss_total",
    "late_information": "employee_hours_lost",
    "resistance": "time_to_market_hours_mean",
    "rigidity": "time_to_market_hours_mean",
    "opaque_metrics": "recurring_incident_share",
    "low_trust": "user_satisfaction",
    "stale_mapping": "business_loss_total",
    "council": "request_fulfilment_hours_mean",
    "liaisons": "time_to_market_hours_mean",
    "relationship_managers": "time_to_market_hours_mean",
    "aligned_bonuses": "business_loss_total",
    "quarterly_review": "time_to_market_hours_mean",
    "agile_training": "change_failure_share",
    "shared_tools": "restore_hours_mean",
    "shared_language": "time_to_market_hours_mean",
    "rotation": "restore_hours_mean",
    "analytics": "employee_hours_lost",
    "problem_management": "recurring_incident_share",
    "knowledge_base": "restore_hours_mean",
    "protected_time": "time_to_market_hours_mean",
    "change_programme": "request_fulfilment_hours_mean",
    "pilot_first": "downtime_hours",
    "decision_rights": "request_fulfilment_hours_mean",
    "open_metrics": "recurring_incident_share",
}
"""Where each should show most; written down before anything was played, and left as it was."""

UNPAID = {
    "rotation": (
        "2% of everybody's days cost more than better handoffs bring in a year, with `silos` too; over "
        "three years it pays there (loss to the business -271 ± 176 thousand USD), and on the baseline "
        "alone the loss is level (-70 ± 116)"
    ),
    "protected_time": (
        "the teams of the baseline have time for what is planned, so that tickets wait for one person less "
        "and initiatives win little; with `siloed_it` it is the same, and costs the business 902 ± 395 "
        "thousand USD over three years. A team that is congested for good does win, after a year and more "
        "([loops](loops.md#firefighting-trap))"
    ),
}
"""Remedies that make no outcome clearly better in the year played, and why."""

Effects = dict[str, dict[str, tuple[float, float]]]
"""By scenario and outcome: paired mean difference to the baseline, and half of its 95% interval."""


def names() -> list[str]:
    """Dials, then remedies."""
    return [item.name for family in ("dial", "remedy") for item in catalogue() if item.family == family]


def play(wanted: list[str], replications: int = REPLICATIONS) -> tuple[dict[str, float], Effects]:
    """Means of the baseline by outcome, and the effects of each scenario on them."""
    hours = WEEKS * 168
    scenarios = [load(BASE, until_hours=hours)]
    scenarios += [load(f"{BASE}+{name}", until_hours=hours) for name in wanted]
    outcomes = simulate(*scenarios, replications=replications, seed=SEED).outcomes
    base = outcomes.loc[BASE]
    effects: Effects = {}
    for name in wanted:
        found = outcomes.loc[f"{BASE}+{name}"]
        effects[name] = {}
        for outcome in (*BUSINESS, *BESIDES):
            mean, half = mean_and_half_width(defined((found[outcome] - base[outcome]).to_numpy()))
            if half is None:
                raise ValueError(f"{outcome} needs at least two replications in which it is defined")
            effects[name][outcome] = (mean, half)
    return {outcome: float(base[outcome].mean()) for outcome in (*BUSINESS, *BESIDES)}, effects


def wanted_side(name: str) -> int:
    """-1 for a dial, 1 for a remedy."""
    return next(-1 if item.family == "dial" else 1 for item in catalogue() if item.name == name)


def side(outcome: str, effect: tuple[float, float]) -> int:
    """1 where an outcome is clearly better, -1 where it is clearly worse, else 0."""
    mean, half = effect
    if abs(mean) <= half:
        return 0
    return 1 if (mean > 0) == (OUTCOMES[outcome].better == "higher") else -1


def main() -> None:
    """Play all and write the file."""
    base, effects = play(names())
    told: dict[str, Any] = {
        "date": date.today().isoformat(),
        "replications": REPLICATIONS,
        "weeks": WEEKS,
        "seed": SEED,
        "baseline": rounded(base),
        "effects": {
            name: {key: rounded_pair(pair) for key, pair in row.items()} for name, row in effects.items()
        },
    }
    FILE.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def rounded(values: dict[str, float]) -> dict[str, float]:
    """Six digits, as many as a reader could ask for."""
    return {key: float(f"{value:.6g}") for key, value in values.items()}


def rounded_pair(pair: tuple[float, float]) -> list[float]:
    """The same for a difference and its half width."""
    return [float(f"{value:.6g}") for value in pair]


if __name__ == "__main__":
    main()
