"""What every contender is asked and answers: a line of JSON, with the user CPU time of playing alone."""

import json
import resource
from collections.abc import Callable
from dataclasses import asdict, dataclass

WARM_UP_HOURS = 200.0
"""Played before the clock starts: whatever is compiled is compiled then."""


@dataclass(frozen=True)
class Answer:
    """Tickets that arrived, events (arrivals and ends of work), mean hours in the system by priority.

    Means are over tickets that arrived between 10% and 95% of the horizon.
    """

    tickets: int
    events: int
    means: dict[int, float]


def user_seconds() -> float:
    """User CPU time of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime


def answer(
    play: Callable[[str, float, int], Answer],
    arguments: list[str],
    prepare: Callable[[str, float], object] | None = None,
) -> None:
    """Play ``WORK HOURS SEED`` and print the answer; what ``prepare`` does is not timed."""
    work, hours, seed = arguments[0], float(arguments[1]), int(arguments[2])
    play(work, WARM_UP_HOURS, seed)
    if prepare is not None:
        prepare(work, hours)
    begun = user_seconds()
    found = play(work, hours, seed)
    seconds = user_seconds() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({**asdict(found), "seconds": seconds, "peak_mib": peak}))
