"""What the benchmark asks of Watermelon itself, each in a process of its own, answered as a line of JSON.

Everything goes through what the product's own commands call: scenario files, ``play`` and ``summarise``.
"""

import json
import resource
import sys
import time
from functools import cache, partial
from pathlib import Path

import numpy as np

from benchmarks.machine import side_by_side
from benchmarks.peers.answer import Answer, answer, user_seconds
from results.prices import Prices, Target
from results.summary import summarise
from scenarios import load
from sim.experiment import COMPILED, Job, make_ready, play, play_many
from sim.history.tables import NEVER, History
from sim.spec.calendars import HOUR
from sim.spec.model import Model
from watermelon.plan import Part, Plan, reduce_job
from watermelon.simulation import play_plan

SCENARIOS = Path(__file__).parent / "scenarios"
LEAST_SECONDS = 0.5
"""For so long a replication is played again: the system's clock of CPU time goes in steps of milliseconds."""
ONE_WEEK_OF_WARM_UP = ("warmup=1 week",)


def main() -> None:
    """Answer ``QUESTION ARGUMENT...``."""
    question, *arguments = sys.argv[1:]
    ANSWERS[question](*arguments)


def tell(**values: object) -> None:
    """Print the answer."""
    values["peak_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(values))


def work(kept: str, name: str, hours: str, seed: str, times: str = "1") -> None:
    """A work of the peers, answered as they do, from ``cases``, a ``whole`` history or ``all`` outcomes."""
    answer(partial(play_work, kept), [name, hours, seed, times], read_scenario)


@cache
def read_scenario(name: str, hours: float) -> tuple[Model, Prices, tuple[Target, ...]]:
    """What a scenario file of a work says."""
    known = load(str(SCENARIOS / f"work_{name}.yaml"), until_hours=float(round(hours)))
    return known.model(), known.prices(), known.targets()


def play_work(kept: str, name: str, hours: float, seed: int) -> Answer:
    """Play a work once and read mean times in the system from the record of its cases."""
    model, *worth = read_scenario(name, hours)
    history = play(model, seed, 0, whole=kept != "cases")
    if kept == "all":
        summarise(model, *worth, history)
    return read_work(history)


def read_work(history: History) -> Answer:
    """Mean times in the system by priority, of tickets that arrived between 10% and 95% of the horizon."""
    cases = history.cases
    begin, end = np.searchsorted(cases.occurred, (0.1 * history.horizon, 0.95 * history.horizon)).tolist()
    restored = cases.restored[begin:end]
    left = restored != NEVER
    ranks = cases.priority[begin:end]
    seconds = np.bincount(ranks, (restored - cases.occurred[begin:end]) * left)
    tickets = np.bincount(ranks, left)
    means = {rank: float(seconds[rank] / tickets[rank]) / HOUR for rank in np.flatnonzero(tickets).tolist()}
    # Each handoff follows a piece of work, and so does each end.
    done = int(cases.handoffs.sum()) + int(np.count_nonzero(cases.restored != NEVER))
    return Answer(len(cases), len(cases) + done, means)


def year(engine: str, scenario: str, hours: str, seed: str, summarised: str) -> None:
    """One replication of a scenario, again if it is short: user CPU seconds for each simulated year."""
    measured = None if hours == "whole" else float(hours)
    known = load(scenario, () if measured is None else ONE_WEEK_OF_WARM_UP, measured)
    model = known.model()
    make_ready(engine)
    first = load("small", ONE_WEEK_OF_WARM_UP, 168.0)
    summarise(first.model(), first.prices(), first.targets(), play(first.model(), 1, 0, engine))
    begun, times, rows = user_seconds(), 0, {}
    while user_seconds() - begun < LEAST_SECONDS:
        history = play(model, int(seed), 0, engine)
        if summarised == "yes":
            summarise(model, known.prices(), known.targets(), history)
        rows = {"tickets": len(history.cases), "rows": rows_of(history)}
        del history
        times += 1
    seconds = (user_seconds() - begun) / times
    years = (model.warmup + model.horizon) / HOUR / 8760
    tell(seconds=seconds, years=years, **rows)


def rows_of(history: History) -> int:
    """Rows of the history: what happened, piece by piece."""
    return sum(len(getattr(history, name)) for name in ("cases", "activities", "spells", "seat_time"))


def threads(scenario: str, hours: str, replications: str, workers: str) -> None:
    """Replications with all outcomes, side by side: elapsed and CPU seconds."""
    plan = Plan({"one": load(scenario, until_hours=float(hours))}, int(replications), 1, False)
    make_ready(COMPILED)
    play_many(Part(plan, [0]), reduce_job)
    begun, cpu = time.perf_counter(), user_seconds()
    play_many(plan, reduce_job, int(workers))
    tell(elapsed=time.perf_counter() - begun, seconds=user_seconds() - cpu)


def threads_alone(scenario: str, hours: str, replications: str, workers: str) -> None:
    """The same without any outcomes: the engine alone."""
    model = load(scenario, until_hours=float(hours)).model()
    make_ready(COMPILED)
    jobs = [Job("one", model, 1, replication) for replication in range(int(replications))]
    play_many(jobs[:1], nothing)
    begun, cpu = time.perf_counter(), user_seconds()
    play_many(jobs, nothing, int(workers))
    tell(elapsed=time.perf_counter() - begun, seconds=user_seconds() - cpu)


def threads_of_the_machine(pieces: str, workers: str) -> None:
    """Arithmetic alone: as much faster as two threads can be here."""
    elapsed, seconds = side_by_side(int(pieces), int(workers))
    tell(elapsed=elapsed, seconds=seconds)


def nothing(_job: Job, _history: History) -> int:
    """What is left of a history of which nothing is wanted."""
    return 0


def memory(scenario: str, hours: str, replications: str, workers: str) -> None:
    """Peak memory of a run that keeps summaries alone."""
    plan = Plan({"one": load(scenario, until_hours=float(hours))}, int(replications), 1, False)
    make_ready(COMPILED)
    runs = play_plan(plan, int(workers))
    tell(replications=len(runs.replications))


ANSWERS = {
    "work": work,
    "year": year,
    "threads": threads,
    "threads_alone": threads_alone,
    "threads_of_the_machine": threads_of_the_machine,
    "memory": memory,
}


if __name__ == "__main__":
    main()
