"""What every contender is asked and answers: a line of JSON, with the user CPU time of playing alone."""

import json
import resource
from collections.abc import Callable
from dataclasses import asdict, dataclass

WARM_UP_HOURS = 200.0
"""Played before the clock starts: whatever is compiled is compiled then."""
SEEDS_A_ROUND = 100


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
    """Play ``WORK HOURS SEED [TIMES]`` and print the answer; what ``prepare`` does is not timed.

    ``TIMES`` replications with seeds of their own follow each other, as in a comparison: fast engines are
    done with one before the clock of the system has moved a dozen times.
    """
    work, hours, seed = arguments[0], float(arguments[1]), int(arguments[2])
    times = int(arguments[3]) if len(arguments) > 3 else 1
    play(work, WARM_UP_HOURS, seed)
    if prepare is not None:
        prepare(work, hours)
    begun = user_seconds()
    found = [play(work, hours, SEEDS_A_ROUND * seed + number) for number in range(times)]
    seconds = user_seconds() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({**asdict(together(found)), "seconds": seconds, "peak_mib": peak}))


def together(found: list[Answer]) -> Answer:
    """One answer for several replications of the same length: counts add up, means are their mean."""
    means = {rank: sum(item.means[rank] for item in found) / len(found) for rank in found[0].means}
    return Answer(sum(item.tickets for item in found), sum(item.events for item in found), means)
