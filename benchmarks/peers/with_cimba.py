"""Both works in cimba, in its fastest form: one loop a server, numbers drawn where they are needed."""

import math
import sys

import cimba as cb
from cimba import random as draw

from benchmarks.peers.answer import Answer, answer

SLOTS = 65_536
"""Tickets in the system at one time, at most; the slot of a ticket that has left is used again."""

LOG_VARIANCE = math.log(2.0)
SPREAD = math.sqrt(LOG_VARIANCE)
FIRST, SECOND, THIRD = (math.log(mean) - LOG_VARIANCE / 2 for mean in (17.0, 28.33, 47.22))


class WorkA(cb.Model):
    """M/M/10."""

    waiting: cb.Store[float] = cb.Store()
    begin: cb.Param[float] = 0.0
    end: cb.Param[float] = 0.0
    tickets: cb.Output[int]
    services: cb.Output[int]
    hours: cb.Output[float]
    counted: cb.Output[int]

    @cb.on_start
    def clear(self):
        self.hours = 0.0

    @cb.process
    def arrivals(self):
        while True:
            cb.hold(draw.exponential(1 / 9))
            self.tickets += 1
            self.waiting.put(cb.now())

    @cb.process(copies=10)
    def server(self):
        while True:
            arrived = self.waiting.get()
            cb.hold(draw.exponential(1.0))
            self.services += 1
            if self.begin <= arrived < self.end:
                self.hours += cb.now() - arrived
                self.counted += 1


class WorkB(cb.Model):
    """Three tiers, four priorities."""

    first: cb.PriorityStore[int] = cb.PriorityStore()
    second: cb.PriorityStore[int] = cb.PriorityStore()
    third: cb.PriorityStore[int] = cb.PriorityStore()
    arrived: cb.Array[float] = cb.Array(SLOTS)
    rank: cb.Array[int] = cb.Array(SLOTS)
    hours: cb.Array[float] = cb.Array(5)
    counted: cb.Array[int] = cb.Array(5)
    begin: cb.Param[float] = 0.0
    end: cb.Param[float] = 0.0
    tickets: cb.Output[int]
    services: cb.Output[int]
    hours_1: cb.Output[float]
    hours_2: cb.Output[float]
    hours_3: cb.Output[float]
    hours_4: cb.Output[float]
    counted_1: cb.Output[int]
    counted_2: cb.Output[int]
    counted_3: cb.Output[int]
    counted_4: cb.Output[int]

    @cb.process
    def arrivals(self):
        while True:
            cb.hold(draw.exponential(1.0))
            slot = self.tickets % SLOTS
            self.tickets += 1
            u = draw.uniform(0.0, 1.0)
            rank = 4
            if u < 0.05:
                rank = 1
            elif u < 0.20:
                rank = 2
            elif u < 0.50:
                rank = 3
            self.arrived[slot] = cb.now()
            self.rank[slot] = rank
            self.first.put(slot, -rank)

    @cb.process(copies=20)
    def at_first(self):
        while True:
            slot = self.first.get()
            cb.hold(draw.lognormal(FIRST, SPREAD))
            self.services += 1
            if draw.uniform(0.0, 1.0) < 0.3:
                self.second.put(slot, -self.rank[slot])
            else:
                self.leave(slot)

    @cb.process(copies=10)
    def at_second(self):
        while True:
            slot = self.second.get()
            cb.hold(draw.lognormal(SECOND, SPREAD))
            self.services += 1
            if draw.uniform(0.0, 1.0) < 0.3:
                self.third.put(slot, -self.rank[slot])
            else:
                self.leave(slot)

    @cb.process(copies=5)
    def at_third(self):
        while True:
            slot = self.third.get()
            cb.hold(draw.lognormal(THIRD, SPREAD))
            self.services += 1
            self.leave(slot)

    @cb.function
    def leave(self, slot: int) -> None:
        arrived = self.arrived[slot]
        if self.begin <= arrived < self.end:
            rank = self.rank[slot]
            self.hours[rank] += cb.now() - arrived
            self.counted[rank] += 1

    @cb.on_end
    def report(self):
        self.hours_1 = self.hours[1]
        self.hours_2 = self.hours[2]
        self.hours_3 = self.hours[3]
        self.hours_4 = self.hours[4]
        self.counted_1 = self.counted[1]
        self.counted_2 = self.counted[2]
        self.counted_3 = self.counted[3]
        self.counted_4 = self.counted[4]


def play(work: str, hours: float, seed: int) -> Answer:
    """Play once and read the answer."""
    model = WorkA() if work == "a" else WorkB()
    model.begin, model.end = 0.1 * hours, 0.95 * hours
    window = cb.Window(duration=hours)
    found = cb.Experiment(model, replications=1, window=window, seed=seed).run(workers=1)[model]

    def number(name: str) -> float:
        return float(getattr(found, name).values.item())

    if work == "a":
        means = {3: number("hours") / number("counted")}
    else:
        means = {rank: number(f"hours_{rank}") / number(f"counted_{rank}") for rank in (1, 2, 3, 4)}
    tickets = int(number("tickets"))
    return Answer(tickets, tickets + int(number("services")), means)


if __name__ == "__main__":
    answer(play, sys.argv[1:])
