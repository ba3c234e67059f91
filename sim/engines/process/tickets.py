"""A ticket: what is known about one incident or request while it lives."""

from __future__ import annotations

from dataclasses import dataclass

from sim.engines.process.setting import Setting
from sim.history.tables import NEVER
from sim.spec.flows import Flow, Impact, IncidentStream, RequestStream


@dataclass(slots=True, eq=False)
class Ticket:
    """One incident or request. Times are seconds, NEVER where not yet; see ``sim.history.tables.Cases``."""

    row: int
    key: int
    flow: Flow
    stream_number: int
    layer: int
    ordinal: int
    stream: IncidentStream | RequestStream
    impact_number: int
    impact: Impact | None
    priority: int
    perceived: int
    occurred: int
    opened: int = NEVER
    restored: int = NEVER
    closed: int = NEVER
    due: int = 2**62
    user_wait: int = 0
    first_contact: int = 0
    handoffs: int = 0
    misroutes: int = 0
    reopens: int = 0
    automated: int = 0
    team: int = -1
    visits: int = 0

    @property
    def depth(self) -> int:
        """Impairment of the service in parts per million while the ticket is unresolved."""
        return self.impact.scope * self.impact.severity // 1_000_000 if self.impact else 0

    def value_per_hour(self, world: Setting) -> float:
        """Value lost in one hour of waiting, as IT believes it."""
        if isinstance(self.stream, RequestStream):
            return world.value(self.stream.value_weight)
        service = world.model.services[self.stream.service]
        return world.value(service.believed_weight) * self.depth / 1_000_000

    def case(self) -> tuple[int, ...]:
        """The ticket as a row of ``sim.history.tables.Cases``."""
        return (
            self.key,
            self.flow,
            self.stream_number,
            self.layer,
            self.ordinal,
            self.stream.service,
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
        )
