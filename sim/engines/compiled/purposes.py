"""What is drawn with a ticket, for whatever may be asked of it later."""

from __future__ import annotations

from sim.chance.streams import (
    APPROVAL,
    AUTOMATION,
    DETECTION,
    ENTRY,
    IMPACT,
    PRIORITY,
    REOPEN,
    ROUTE,
    WAITS,
    WORK,
)

OF_INCIDENTS = (IMPACT, PRIORITY, DETECTION, ENTRY, ROUTE, WORK, WAITS, REOPEN)
OF_REQUESTS = (AUTOMATION, APPROVAL, 0, ENTRY, ROUTE, WORK, WAITS, REOPEN)
"""Two draws for each of these purposes are made with the ticket: all at once they take no longer than some
two, one after the other."""
PLACE_BITS = 8


def packed(purposes: tuple[int, ...]) -> int:
    """Purposes in one number, the first one in its lowest bits."""
    return sum(purpose << PLACE_BITS * place for place, purpose in enumerate(purposes))


INCIDENTS_PACKED = packed(OF_INCIDENTS)
REQUESTS_PACKED = packed(OF_REQUESTS)
"""Read from memory, eight words just written one by one would be waited for as the one that they are read as."""
AT_IMPACT = AT_AUTOMATION = 0
AT_PRIORITY = AT_APPROVAL = 1
AT_DETECTION = 2
AT_ENTRY = 3
AT_ROUTE = 4
AT_WORK = 5
AT_WAITS = 6
AT_REOPEN = 7
