"""Playing scenarios, and comparing what came out."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from scenarios import load
from scenarios.errors import BadInput
from sim.experiment import ENGINES, Stopped, play_many
from sim.spec.calendars import HOUR
from watermelon.naming import labels
from watermelon.plan import Part, Plan, reduce_job
from watermelon.runs import Runs

if TYPE_CHECKING:
    from results.compare import Comparison
    from results.summary import Summary
    from scenarios import Scenario
    from watermelon.shelf import Shelf

Progress = Callable[[int, int], None]

HIGHEST_SEED = 2**32 - 1


def simulate(
    *scenarios: Scenario | str,
    replications: int = 30,
    seed: int = 1,
    uncertainty: bool = False,
    jobs: int | None = None,
    progress: Progress | None = None,
    engine: str = ENGINES[0],
) -> Runs:
    """Play scenarios, paired: in each replication all of them meet the same luck.

    Parameters
    ----------
    *scenarios
        What ``load`` returned, or names for it.
    replications
        How often to play each, at least 1.
    seed
        0 to 2**32 - 1; the same seed meets the same luck.
    uncertainty
        Draw every assumption from its low-high range in each replication, instead of holding it at its
        most likely value.
    jobs
        Threads (processes with ``simpy``) to play with; by default one a processor. The results do not
        depend on it.
    progress
        Called as ``progress(done, total)`` after each replication.
    engine
        ``compiled``, or ``simpy``, which is slower, easier to read, and gives the same.

    Raises
    ------
    BadInput
        A ``ValueError`` that says what is wrong with a scenario or a number.

    Examples
    --------
    >>> from watermelon import load, simulate
    >>> runs = simulate(load("small", until_hours=336), replications=2)  # doctest: +SKIP
    >>> runs.outcomes["incidents"].mean()  # doctest: +SKIP
    """
    if not scenarios:
        raise BadInput("simulate needs at least one scenario, for example load('small')")
    if replications < 1:
        raise BadInput(f"replications = {replications}: must be at least 1")
    if not 0 <= seed <= HIGHEST_SEED:
        raise BadInput(f"seed = {seed}: must be from 0 to {HIGHEST_SEED}")
    if jobs is not None and jobs < 1:
        raise BadInput(f"jobs = {jobs}: must be at least 1")
    if engine not in ENGINES:
        raise BadInput(f"engine = {engine}: must be {' or '.join(ENGINES)}")
    loaded = [load(scenario) if isinstance(scenario, str) else scenario for scenario in scenarios]
    named = dict(zip(labels([scenario.name for scenario in loaded]), loaded, strict=True))
    check_comparable(named)
    runs = play_plan(
        Plan(named, replications, seed, uncertainty, engine=engine), jobs or processors(), progress
    )
    if runs.interrupted:
        raise KeyboardInterrupt
    return runs


def compare(runs: Runs) -> Comparison:
    """Compare the first scenario of ``runs`` with each of the others, replication by replication."""
    if len(runs.scenarios) < 2:
        raise BadInput("compare needs runs of at least two scenarios: simulate(base, other)")
    return runs.comparison


def play_plan(
    plan: Plan,
    workers: int,
    progress: Progress | None = None,
    shelf: Shelf | None = None,
    stopping: Callable[[], None] | None = None,
) -> Runs:
    """Play a plan, or what is missing of it on the shelf. ``progress`` counts what is played.

    After Ctrl-C, ``stopping`` is called at once; what is finished by then in every scenario is returned,
    marked as interrupted. Without it, and at the second Ctrl-C, nothing is waited for and nothing returned.
    """
    known = {} if shelf is None else shelf.known
    missing = [place for place in range(len(plan)) if place not in known]
    keep = None if shelf is None else lambda row, summary: shelf.keep(missing[row], summary)
    interrupted = False
    try:
        played: Sequence[Summary | None] = play_many(
            Part(plan, missing), reduce_job, workers, progress, plan.engine, keep, stopping
        )
    except Stopped as stop:
        played, interrupted = stop.results, True
    found = {**known, **dict(zip(missing, played, strict=True))}
    return _collect(plan, [found[place] for place in range(len(plan))], interrupted)


def check_comparable(scenarios: Mapping[str, Scenario]) -> None:
    """Refuse to set side by side what was measured over different periods or priced in different money.

    Raises
    ------
    BadInput
        Names the two scenarios, what differs, and what to do.
    """
    (first, base), *others = scenarios.items()
    hours, currency = base.model().horizon // HOUR, base.prices().currency
    for label, other in others:
        found = other.model().horizon // HOUR
        if found != hours:
            raise BadInput(
                f"{label} measures {found:,} hours and {first} {hours:,}: a comparison needs one period;"
                f" give both the same with --until {min(found, hours)}"
            )
        if other.prices().currency != currency:
            raise BadInput(
                f"{label} counts in {other.prices().currency} and {first} in {currency}:"
                " a comparison needs one currency"
            )


def processors() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _collect(plan: Plan, finished: Sequence[Summary | None], interrupted: bool) -> Runs:
    """Sort summaries by scenario; a replication counts if all scenarios have played it."""
    width = len(plan.labels)
    rows = [finished[first : first + width] for first in range(0, len(finished), width)]
    complete = [number for number, row in enumerate(rows) if len(row) == width and None not in row]
    return Runs(
        scenarios=dict(plan.scenarios),
        summaries={
            label: [summary for number in complete if (summary := rows[number][column]) is not None]
            for column, label in enumerate(plan.labels)
        },
        replications=[plan.replication(number * width) for number in complete],
        plan=plan,
        interrupted=interrupted,
    )
