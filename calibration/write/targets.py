"""Business targets of a learnt base: the user's, or to do no worse than the log."""

from __future__ import annotations

from typing import Any

from calibration.fit.organisation import Organisation
from calibration.write.business import BusinessSide
from calibration.write.text import Line, number

WHY = "the level of the log: an assumption, the business may want another"


def targets(organisation: Organisation, side: BusinessSide) -> dict[str, Any]:
    """Targets by name."""
    if side.targets:
        return {key: Line(value) if isinstance(value, dict) else value for key, value in side.targets.items()}
    cases = organisation.cases[~organisation.cases["group"].eq("routine")]
    hours = cases["hours"].dropna()
    found: dict[str, Any] = {
        "restore_sooner": target(
            "Get people back to work sooner",
            "restore_hours_p90",
            "at_most",
            f"{number(float(hours.quantile(0.9)), 3)} h",
        ),
        "fewer_handoffs": target(
            "Pass people on less often",
            "handoffs_per_incident",
            "at_most",
            float(number(float(cases["handoffs"].mean()), 3)),
        ),
    }
    kept = cases["made_sla"].dropna()
    if len(kept):
        share = f"{number(100 * float(kept.mean()), 3)} %"
        found["keep_promises"] = target("Keep what was promised", "sla_attainment_share", "at_least", share)
    return found


def target(objective: str, metric: str, kind: str, threshold: str | float) -> dict[str, Any]:
    """One target."""
    return {
        "objective": objective,
        "outcome": "Tickets are settled no later and with no more detours than today",
        "process": "Incident management",
        "metric": metric,
        kind: threshold,
        "owner": "Head of IT services",
        "why": WHY,
    }
