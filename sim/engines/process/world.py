"""The world of one replication: the organisation at work, its tickets, and how many are unresolved."""

from __future__ import annotations

import simpy

from sim.engines.process.setting import Process, Returning, Setting
from sim.engines.process.teams import Team
from sim.engines.process.tickets import Ticket
from sim.history.tables import History
from sim.spec.flows import Category, Flow
from sim.spec.model import Model

__all__ = ["Census", "Process", "Returning", "World"]


class World(Setting):
    """A setting with an organisation in it."""

    def __init__(self, model: Model, seed: int, replication: int) -> None:
        super().__init__(model, seed, replication)
        self.census = Census(self.env)
        self.tickets: list[Ticket] = []
        self.teams = [Team(self, number, team) for number, team in enumerate(model.teams)]

    def category(self, number: int) -> Category:
        """Row ``number`` of the categories."""
        return self.model.categories[number]

    def finish(self) -> History:
        """Run to the horizon, close the books and hand over the history."""
        self.env.run(until=self.model.horizon)
        for team in self.teams:
            for seat in team.seats:
                team.turn(seat, None)
        for flow in Flow:
            self.census.change(flow, 0)
        return self.record.history(
            seed=self.seed,
            replication=self.replication,
            warmup=self.model.warmup,
            horizon=self.model.horizon,
            cases=[ticket.case() for ticket in self.tickets],
            in_system_seconds=tuple(self.census.area),
        )


class Census:
    """Counts unresolved tickets by flow, and integrates their number over the measured period."""

    def __init__(self, env: simpy.Environment) -> None:
        self.env = env
        self.number = [0, 0]
        self.area = [0, 0]
        self.since = [0, 0]

    def change(self, flow: int, by: int) -> None:
        """``by`` tickets more (or fewer) of a flow are unresolved from now on."""
        now = max(0, int(self.env.now))
        self.area[flow] += self.number[flow] * (now - self.since[flow])
        self.since[flow] = now
        self.number[flow] += by
