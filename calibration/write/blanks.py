"""What a log leaves blank of the way of tickets, in words for what rests on assumptions."""

from __future__ import annotations

from calibration.fit.cases import counts_reopens
from calibration.fit.organisation import Organisation
from results.learnt import NO_LEVELS, NO_REOPENING, NO_WAY


def left_blank(organisation: Organisation) -> list[str]:
    """Families of outcomes that say nothing or rest on a guess, as the log is a list."""
    found = []
    if organisation.way_unknown:
        found.append(f"handoffs and first contact ({NO_WAY}: here hardly any is handed over)")
    elif any(item.name == "list_route" for item in organisation.log.findings):
        found.append(
            f"what changes handoffs and first contact ({NO_WAY}: it counts how many are handed over, and "
            "the way and its times are assumed; cleaning.list_routes: false leaves them out)"
        )
    if not counts_reopens(organisation.log):
        found.append(f"reopening ({NO_REOPENING}: here none is)")
    if not organisation.levels:
        found.append(f"service levels ({NO_LEVELS}: those of the base are assumed)")
    return found
