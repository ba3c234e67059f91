"""Service levels: the time allowed, read off from which tickets kept it."""

from __future__ import annotations

import pandas as pd

from calibration.findings import Finding

FEWEST = 30
SHORTEST = 0.25
LEVELS = (1, 2, 3, 4)


def service_levels(cases: pd.DataFrame) -> tuple[dict[int, float], list[Finding]]:
    """Hours (round the clock) by priority that reproduce the share of tickets that kept their level.

    Priorities with too few tickets are left out.
    """
    known = cases[cases["made_sla"].notna() & cases["hours"].notna() & cases["priority"].notna()]
    if known.empty:
        return {}, []
    found = {}
    for priority in LEVELS:
        part = known[known["priority"] == priority]
        if len(part) >= FEWEST:
            found[priority] = max(SHORTEST, float(part["hours"].quantile(part["made_sla"].mean())))
    kept = known["made_sla"].mean()
    shown = ", ".join(f"P{priority} {hours:.3g} h" for priority, hours in found.items())
    return found, [
        Finding(
            "service_levels",
            f"{kept:.0%} of the cases kept their service level (by their last row: the mark flips at the "
            "breach)." + (f" Times allowed that give this share: {shown}." if shown else ""),
        )
    ]
