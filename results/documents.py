"""Results as JSON documents: plain dictionaries in a shape that scripts can rely on; never NaN."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from results.attribution import Attribution
from results.catalogue import OUTCOMES
from results.compare import Comparison, ScenarioResult, TargetResult
from results.learnt import NOTE
from results.statistics.intervals import Estimate
from results.statistics.luck import Luck
from results.statistics.paired import Difference
from sim.spec.calendars import HOUR

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Provenance:
    """What was played, with what: enough to play it again.

    ``model_hash`` is the digest of the resolved base, ``details`` are further lines for the report, such as
    versions of Python and packages.
    """

    version: str
    engine: str
    seed: int
    replications: int
    horizon_hours: float
    warmup_hours: float
    uncertainty: bool
    model_hash: str
    command: str = ""
    details: tuple[tuple[str, str], ...] = ()


def run_document(comparison: Comparison, provenance: Provenance) -> Document:
    """The document of ``run --json``: the base alone, with its outcomes and targets."""
    result = comparison.base
    return {
        "scenario": result.name,
        **_provenance(provenance),
        "assumed": list(comparison.assumed),
        **scenario_document(comparison, result),
    }


def compare_document(comparison: Comparison, provenance: Provenance) -> Document:
    """The document of ``compare --json``: every scenario, and its paired differences from the first.

    ``assumed`` says what rests on assumptions where the base was learnt from a log; outcomes that no log
    holds have a ``note`` then.
    Outcomes that are neither better nor worse for being larger (hours worked, say) have no entry among the
    differences: every entry says which direction is better.
    """
    return {
        "base": comparison.base.name,
        **_provenance(provenance),
        "assumed": list(comparison.assumed),
        "scenarios": {
            name: scenario_document(comparison, result) for name, result in comparison.scenarios.items()
        },
        "differences": {
            name: {
                outcome: difference_document(item, comparison.luck.get(name, {}).get(outcome))
                for outcome, item in differences.items()
                if OUTCOMES[outcome].better != "neither"
            }
            for name, differences in comparison.differences.items()
        },
    }


def attribution_document(found: Attribution) -> Document:
    """A difference split over its parts: for every outcome the whole, and each part by its title."""
    return {
        "replications": found.replications,
        "parts": list(found.players),
        "outcomes": {
            name: None
            if parts is None
            else {
                "whole": difference_document(found.whole[name]),
                "parts": {
                    player: difference_document(part)
                    for player, part in zip(found.players, parts, strict=True)
                },
            }
            for name, parts in found.parts.items()
            if OUTCOMES[name].better != "neither"
        },
    }


def scenario_document(comparison: Comparison, result: ScenarioResult) -> Document:
    """Outcomes and targets of one scenario."""
    currency = result.summaries[0].currency
    return {
        "outcomes": {
            name: estimate_document(
                item,
                OUTCOMES[name].unit_text(currency),
                NOTE if comparison.is_assumed(name) else "",
                result.luck.get(name),
            )
            for name, item in result.outcomes.items()
        },
        "targets": {name: target_document(item) for name, item in result.targets.items()},
    }


def luck_document(found: Luck | None) -> Document | None:
    """Share of the variance that is luck, with its interval; the rest is ignorance of the assumptions."""
    if found is None:
        return None
    return {"share": number(found.share), "ci": [number(found.low), number(found.high)], "n": found.n}


def estimate_document(
    item: Estimate | None, unit: str, note: str = "", luck: Luck | None = None
) -> Document | None:
    """One outcome; None (null) if it is undefined in every replication. ``note`` marks what no log holds."""
    if item is None:
        return None
    return {
        "unit": unit,
        "mean": number(item.mean),
        "ci_low": number(item.low),
        "ci_high": number(item.high),
        "p10": number(item.p10),
        "p50": number(item.p50),
        "p90": number(item.p90),
        "n": item.n,
        **({"luck": luck_document(luck)} if luck else {}),
        **({"note": note} if note else {}),
    }


def target_document(item: TargetResult) -> Document | None:
    """One target; None (null) if its metric is undefined in every replication."""
    if item.met is None:
        return None
    return {
        "met_share": number(item.met.share),
        "ci_low": number(item.met.low),
        "ci_high": number(item.met.high),
        "n": item.met.n,
        "metric": item.target.metric,
        "threshold": number(item.target.threshold),
        "at_most": item.target.at_most,
        "from_hours": item.target.start / HOUR,
        "to_hours": item.target.end / HOUR,
    }


def difference_document(item: Difference | None, luck: Luck | None = None) -> Document | None:
    """One paired difference, with the probability that the scenario is better in a replication.

    ``note`` stands where a share moved only because its whole did: that is no merit and no fault.
    """
    if item is None:
        return None
    return {
        "mean": number(item.mean),
        "ci_low": number(item.low),
        "ci_high": number(item.high),
        "p_better": number(item.p_better),
        "better": item.better,
        "n": item.n,
        "negligible": item.verdict == "negligible",
        **({"luck": luck_document(luck)} if luck else {}),
        **({"note": item.note} if item.note else {}),
    }


def number(value: float | None) -> float | None:
    """A number that JSON knows: None for nan and infinities."""
    if value is None or not math.isfinite(value):
        return None
    return float(value)


def horizon_hours(result: ScenarioResult) -> float:
    """Measured hours of a scenario's replications."""
    return result.summaries[0].horizon / HOUR


def _provenance(provenance: Provenance) -> Document:
    return {
        "engine": provenance.engine,
        "seed": provenance.seed,
        "replications": provenance.replications,
        "horizon_hours": provenance.horizon_hours,
        "warmup_hours": provenance.warmup_hours,
        "uncertainty": provenance.uncertainty,
        "model_hash": provenance.model_hash,
        "version": provenance.version,
    }
