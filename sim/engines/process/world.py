"""The world of one replication: the organisation at work, its tickets, faults and stocks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import simpy

from sim.engines.process.board import Board
from sim.engines.process.faults import Fault
from sim.engines.process.judgement import Judgement
from sim.engines.process.setting import Process, Returning, Setting
from sim.engines.process.teams import Team
from sim.engines.process.tickets import Ticket
from sim.history.tables import History
from sim.spec.flows import Category, Flow
from sim.spec.model import Model

__all__ = ["Census", "Process", "Returning", "Sequels", "World"]


@dataclass(frozen=True)
class Sequels:
    """What one flow sets off in another: incidents of faults, problems, emergency changes."""

    strike: Callable[[World, Fault, int, int], Process]
    problem: Callable[[World, Fault], None]
    emergency: Callable[[World, Ticket], None]


class World(Setting):
    """A setting with an organisation in it."""

    def __init__(self, model: Model, seed: int, replication: int, sequels: Sequels) -> None:
        super().__init__(model, seed, replication)
        self.sequels = sequels
        self.census = Census(self.env)
        self.tickets: list[Ticket] = []
        self.faults: list[Fault] = []
        self.teams = [Team(self, number, team) for number, team in enumerate(model.teams)]
        self.board = Board(self)
        self.judgement = Judgement(self)
        self.in_flight = [0] * len(model.services)
        """Changes in deployment, by service."""
        self.overdue = [0] * len(model.services)
        """Maintenance changes that are overdue, by service."""
        self.known_errors = [0] * len(model.services)
        """Faults whose cause is known and which are not fixed, by service."""

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
            faults=[fault.entry() for fault in self.faults],
            in_system_seconds=tuple(self.census.area),
        )


class Census:
    """Counts unresolved tickets by flow, and integrates their number over the measured period."""

    def __init__(self, env: simpy.Environment) -> None:
        self.env = env
        self.number = [0 for _ in Flow]
        self.area = [0 for _ in Flow]
        self.since = [0 for _ in Flow]

    def change(self, flow: int, by: int) -> None:
        """``by`` tickets more (or fewer) of a flow are unresolved from now on."""
        now = max(0, int(self.env.now))
        self.area[flow] += self.number[flow] * (now - self.since[flow])
        self.since[flow] = now
        self.number[flow] += by
