"""A ticket: what is known about one incident, request, problem, change or initiative while it lives."""

from __future__ import annotations

from dataclasses import dataclass

from sim.engines.process.faults import Fault
from sim.history.tables import NEVER
from sim.rules.dispatch import PLANNED
from sim.spec.flows import Cause, Flow, IncidentStream, RequestStream
from sim.spec.parameters import Param

LATER = 2**62
"""Due time of what has none."""


@dataclass(slots=True, eq=False)
class Ticket:
    """One case. Times are seconds, NEVER where not yet; see ``sim.history.tables.Cases``."""

    row: int
    key: int
    flow: Flow
    stream_number: int
    service: int
    priority: int
    perceived: int
    occurred: int
    layer: int = 0
    ordinal: int = 0
    stream: IncidentStream | RequestStream | None = None
    impact_number: int = -1
    depth: int = 0
    """Impairment of the service in parts per million while the ticket is unresolved."""
    hits_employees: int = 0
    hits_customers: int = 0
    worth: Param | None = None
    """Value lost in an hour of waiting, as IT believes it; of incidents, in an hour of full outage."""
    cause: int = Cause.DEMAND
    origin: int = -1
    fault: Fault | None = None
    change_kind: int = -1
    opened: int = NEVER
    restored: int = NEVER
    closed: int = NEVER
    due: int = LATER
    user_wait: int = 0
    first_contact: int = 0
    handoffs: int = 0
    misroutes: int = 0
    reopens: int = 0
    automated: int = 0
    team: int = -1
    visits: int = 0
    failures: int = 0
    unauthorised: int = 0
    is_overdue: bool = False

    def case(self) -> tuple[int, ...]:
        """The ticket as a row of ``sim.history.tables.Cases``."""
        return (
            self.key,
            self.flow,
            self.stream_number,
            self.layer,
            self.ordinal,
            self.service,
            self.impact_number,
            self.priority,
            self.perceived,
            self.occurred,
            self.opened,
            self.restored,
            self.closed,
            self.due,
            self.user_wait,
            self.first_contact,
            self.handoffs,
            self.misroutes,
            self.reopens,
            self.automated,
            self.team,
            self.cause,
            self.origin,
            self.fault.row if self.fault else -1,
            self.change_kind,
            self.failures,
            self.unauthorised,
        )


def planned(row: int, key: int, flow: Flow, stream_number: int, service: int, occurred: int) -> Ticket:
    """A problem, change or initiative that comes into being."""
    return Ticket(row, key, flow, stream_number, service, PLANNED, PLANNED, occurred)
