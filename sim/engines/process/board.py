"""The approval meeting for normal changes: it meets now and then, and approves so many each time."""

from __future__ import annotations

from collections import deque

import simpy

from sim.engines.process.setting import Process, Setting
from sim.rules import order
from sim.rules.changes import approvals, thoroughness


class Board:
    """First come, first approved."""

    def __init__(self, world: Setting) -> None:
        self.world = world
        self.waiting: deque[simpy.Event] = deque()

    def approval(self) -> simpy.Event:
        """The event returned rings when a meeting has approved the change."""
        approved = self.world.at_once()
        self.waiting.append(approved)
        return approved

    def meetings(self) -> Process:
        """Every meeting, one after the other."""
        world, enablement = self.world, self.world.model.change_enablement
        if enablement is None:
            return
        for number, time in enumerate(enablement.meetings.tolist()):
            yield world.after(time - world.now, order.BOARD_MEETS, number)
            thorough = thoroughness(world.value(enablement.rigour), world.value(enablement.rigour_work))
            for _ in range(min(len(self.waiting), approvals(world.value(enablement.capacity), thorough))):
                self.waiting.popleft().succeed()
