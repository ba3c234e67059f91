"""Both works in SimPy, as its documentation writes such models: a process a ticket, a resource a team."""

import math
import sys
from collections.abc import Generator
from random import Random

import simpy

from benchmarks.peers.answer import Answer, answer

LOG_VARIANCE = math.log(2.0)
SPREAD = math.sqrt(LOG_VARIANCE)
TIERS = tuple(
    (seats, math.log(mean) - LOG_VARIANCE / 2) for seats, mean in ((20, 17.0), (10, 28.33), (5, 47.22))
)
Steps = Generator[simpy.Event, object, None]


class Tally:
    """Counts, and hours in the system by priority of the tickets that arrived in the window."""

    def __init__(self, hours: float) -> None:
        self.begin, self.end = 0.1 * hours, 0.95 * hours
        self.tickets = self.services = 0
        self.hours = [0.0] * 5
        self.counted = [0] * 5

    def leave(self, rank: int, arrived: float, now: float) -> None:
        """Count a ticket that leaves."""
        if self.begin <= arrived < self.end:
            self.hours[rank] += now - arrived
            self.counted[rank] += 1

    def answer(self) -> Answer:
        """What was counted."""
        means = {rank: self.hours[rank] / number for rank, number in enumerate(self.counted) if number}
        return Answer(self.tickets, self.tickets + self.services, means)


def work_a(env: simpy.Environment, luck: Random, tally: Tally) -> Steps:
    """M/M/10."""
    servers = simpy.Resource(env, capacity=10)

    def ticket() -> Steps:
        arrived = env.now
        with servers.request() as turn:
            yield turn
            yield env.timeout(luck.expovariate(1.0))
        tally.services += 1
        tally.leave(3, arrived, env.now)

    while True:
        yield env.timeout(luck.expovariate(9.0))
        tally.tickets += 1
        env.process(ticket())


def work_b(env: simpy.Environment, luck: Random, tally: Tally) -> Steps:
    """Three tiers, four priorities."""
    teams = [simpy.PriorityResource(env, capacity=seats) for seats, _ in TIERS]

    def ticket(rank: int) -> Steps:
        arrived = env.now
        for team, (_, mean) in zip(teams, TIERS, strict=True):
            with team.request(priority=rank) as turn:
                yield turn
                yield env.timeout(luck.lognormvariate(mean, SPREAD))
            tally.services += 1
            if luck.random() >= 0.3:
                break
        tally.leave(rank, arrived, env.now)

    while True:
        yield env.timeout(luck.expovariate(1.0))
        tally.tickets += 1
        env.process(ticket(rank_of(luck.random())))


def rank_of(u: float) -> int:
    """5, 15, 30 and 50% of the tickets."""
    if u < 0.05:
        return 1
    if u < 0.20:
        return 2
    return 3 if u < 0.50 else 4


def play(work: str, hours: float, seed: int) -> Answer:
    """Play once and count."""
    env, tally = simpy.Environment(), Tally(hours)
    env.process((work_a if work == "a" else work_b)(env, Random(seed), tally))
    env.run(until=hours)
    return tally.answer()


if __name__ == "__main__":
    answer(play, sys.argv[1:])
