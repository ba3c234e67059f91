"""Queueing theory: the known answers. Rates in tickets per hour, times in hours."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np


def erlang_c(servers: int, load: float) -> float:
    """Probability of waiting in M/M/c with offered load a = lambda / mu.

    Source: Gross, Shortle, Thompson, Harris (2008), 'Fundamentals of Queueing Theory', 4th ed., eq. 2.33.
    """
    tail = load**servers / math.factorial(servers) * servers / (servers - load)
    return tail / (sum(load**n / math.factorial(n) for n in range(servers)) + tail)


def mmc_wait(rate: float, work: float, servers: int = 1) -> float:
    """Mean wait in the queue of M/M/c. Source: Gross et al. (2008), section 2.3."""
    load = rate * work
    return erlang_c(servers, load) * work / (servers - load)


def mg1_wait(rate: float, work: float, cv: float) -> float:
    """Mean wait in M/G/1. Source: Pollaczek-Khinchine; Gross et al. (2008), section 5.1.1."""
    return rate * work * work * (1 + cv * cv) / (2 * (1 - rate * work))


def priority_waits(rate: float, work: float, shares: Sequence[float], servers: int = 1) -> list[float]:
    """Mean waits by class, highest first, non-preemptive M/M/c with the same work for all.

    Source: Cobham (1954), 'Priority assignment in waiting line problems', Operations Research 2(1), 70-76.
    """
    busy = np.cumsum([rate * share * work / servers for share in shares])
    before = [0.0, *busy[:-1]]
    start = erlang_c(servers, rate * work) * work / servers
    return [start / ((1 - low) * (1 - high)) for low, high in zip(before, busy, strict=True)]


def preemptive_times(rate: float, work: float, shares: Sequence[float]) -> list[float]:
    """Mean times in system by class, pre-emptive resume M/M/1 with the same work for all.

    Source: Gross et al. (2008), section 3.4.3.
    """
    busy = np.cumsum([rate * share * work for share in shares])
    before = [0.0, *busy[:-1]]
    return [
        work / (1 - low) + high * work / ((1 - low) * (1 - high))
        for low, high in zip(before, busy, strict=True)
    ]


def jackson_rates(outside: Sequence[float], routing: Sequence[Sequence[float]]) -> list[float]:
    """Arrival rates at each node by the traffic equations. Source: Jackson (1957), Operations Research 5."""
    matrix = np.eye(len(outside)) - np.array(routing).T
    return np.linalg.solve(matrix, np.array(outside)).tolist()
