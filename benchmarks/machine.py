"""What two processors of this machine give: arithmetic that needs neither memory nor anybody else."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

from benchmarks.peers.answer import user_seconds
from sim.chance.keyed import child
from sim.kernel import entry

ROUNDS = 4_000_000
"""Some tenth of a second."""


@entry
def arithmetic(rounds: int) -> int:
    """Numbers drawn from each other."""
    key = 1
    for ordinal in range(rounds):
        key = child(key, 1, ordinal & 0xFFFF)
    return key


def side_by_side(pieces: int, workers: int) -> tuple[float, float]:
    """Elapsed and user CPU seconds of ``pieces`` of arithmetic on so many threads."""
    arithmetic(1)
    begun, cpu = time.perf_counter(), user_seconds()
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(arithmetic, [ROUNDS] * pieces))
    return time.perf_counter() - begun, user_seconds() - cpu
