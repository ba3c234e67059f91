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

OF_INCIDENTS = (IMPACT, ROUTE, WORK, WAITS, PRIORITY, DETECTION, ENTRY, REOPEN)
OF_REQUESTS = (AUTOMATION, ROUTE, WORK, WAITS, APPROVAL, 0, ENTRY, REOPEN)
"""Two draws for each purpose of a half are made at once, which takes no longer than some two, one after the
other: those of the first half with the ticket, those of the second half when one of them is asked for."""
PURPOSES = len(OF_INCIDENTS)
HALF = PURPOSES // 2
PLACE_BITS = 8
INCIDENTS_PACKED = sum(purpose << PLACE_BITS * place for place, purpose in enumerate(OF_INCIDENTS))
REQUESTS_PACKED = sum(purpose << PLACE_BITS * place for place, purpose in enumerate(OF_REQUESTS))
"""The first one in the lowest bits. Words just written one by one would be waited for if read at once."""
AT_IMPACT = AT_AUTOMATION = 0
AT_ROUTE = 1
AT_WORK = 2
AT_WAITS = 3
AT_PRIORITY = AT_APPROVAL = 4
AT_DETECTION = 5
AT_ENTRY = 6
AT_REOPEN = 7
