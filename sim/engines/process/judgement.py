"""What users think of IT: experiences with tickets, smoothed week by week."""

from __future__ import annotations

from sim.engines.process.setting import Setting
from sim.engines.process.tickets import Ticket
from sim.rules import people


class Judgement:
    """The satisfaction of all users, 0 to 1, and this week's experiences."""

    def __init__(self, world: Setting) -> None:
        self.world = world
        self.spec = world.model.satisfaction
        self.level = -1.0
        self.total = 0.0
        self.count = 0

    def take(self, ticket: Ticket) -> None:
        """A ticket has just been restored or fulfilled: its user judges."""
        spec, value = self.spec, self.world.value
        if spec is None:
            return
        self.total += people.experience(
            self.world.now - ticket.occurred,
            value(spec.patience),
            ticket.handoffs,
            value(spec.handoff_loss),
            ticket.reopens,
            value(spec.reopen_loss),
        )
        self.count += 1

    def end_week(self) -> None:
        """The week's experiences move the level; the first week with any sets it."""
        if self.spec is None or self.count == 0:
            return
        mean = self.total / self.count
        weight = self.world.value(self.spec.weight)
        self.level = mean if self.level < 0.0 else people.smoothed(self.level, mean, weight)
        self.total, self.count = 0.0, 0
