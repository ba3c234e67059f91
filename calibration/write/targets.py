"""Business targets of a learnt base: the user's, or to do no worse than the log."""

from __future__ import annotations

from typing import Any

from calibration.fit.organisation import Organisation
from calibration.write.business import BusinessSide
from calibration.write.text import Line, number

LEEWAY = 0.05
WHY = (
    "the level of the log, or of its model where that is worse, with a leeway of 5 %: an assumption, the "
    "business may want another"
)


def targets(organisation: Organisation, side: BusinessSide) -> dict[str, Any]:
    """Targets by name; none on handoffs where the base has none, whatever is done.

    A model that is a little worse than its log would miss in every future what it is said to be today.
    """
    if side.targets:
        return {key: Line(value) if isinstance(value, dict) else value for key, value in side.targets.items()}
    cases = organisation.cases[~organisation.cases["group"].eq("routine")]
    played = organisation.modelled
    today = float(cases["hours"].dropna().quantile(0.9))
    longest = (1 + LEEWAY) * max(today, played.get("restore_hours_p90", today))
    found: dict[str, Any] = {
        "restore_sooner": target(
            "Get people back to work",
            "9 in 10 wait at most 5% longer than today",
            "restore_hours_p90",
            "at_most",
            hours(longest),
        ),
    }
    if not organisation.way_unknown:
        today = float(cases["handoffs"].mean())
        handoffs = (1 + LEEWAY) * max(today, played.get("handoffs_per_incident", today))
        found["fewer_handoffs"] = target(
            "Pass nobody around",
            "At most 5% more detours than today",
            "handoffs_per_incident",
            "at_most",
            float(number(handoffs, 3)),
        )
    kept = cases["made_sla"].dropna()
    if len(kept):
        today = float(kept.mean())
        least = (1 - LEEWAY) * min(today, played.get("sla_attainment_share", today))
        share = f"{number(100 * least, 3)} %"
        found["keep_promises"] = target(
            "Keep what was promised",
            "At most 5% fewer in time than today",
            "sla_attainment_share",
            "at_least",
            share,
        )
    return found


def hours(value: float) -> str:
    """Hours with their unit."""
    return f"{number(value, 3)} h"


def target(objective: str, outcome: str, metric: str, kind: str, threshold: str | float) -> dict[str, Any]:
    """One target."""
    return {
        "objective": objective,
        "outcome": outcome,
        "process": "Incident management",
        "metric": metric,
        kind: threshold,
        "owner": "Head of IT services",
        "why": WHY,
    }
