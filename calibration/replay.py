"""Playing a learnt base for as long as its log, to see whether it looks like it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from scenarios import Scenario
from sim.experiment import Job, play_many
from sim.history.tables import NEVER, History
from sim.spec.calendars import HOUR, WEEK
from sim.spec.flows import Flow, IncidentStream, RequestStream
from sim.spec.model import Model

Floats = NDArray[np.float64]

FOLLOW_WEEKS = 26
"""Weeks for which cases are followed after the last arrival, so that long ones end too."""

MOST_WEEKS = 8
HOURS_A_WEEK = WEEK // HOUR


@dataclass(frozen=True, slots=True)
class Replay:
    """Cases opened in the measured weeks of one replication.

    ``hours`` is opened to restored (NaN where still open after half a year), ``opened`` in seconds since
    a Monday 00:00, ``kept`` whether the service level was kept (NaN where there is none), ``incident``
    whether it is no request, ``priority`` 1 to 4 (0 where the log has none).
    """

    opened: NDArray[np.int64]
    hours: Floats
    handoffs: NDArray[np.int64]
    reopened: NDArray[np.bool_]
    kept: Floats
    incident: NDArray[np.bool_]
    priority: NDArray[np.int64]

    def of(self, rows: NDArray[np.int64]) -> Replay:
        """Some of the cases, perhaps more than once."""
        return Replay(*(getattr(self, name)[rows] for name in Replay.__slots__))


def together(played: list[Replay]) -> Replay:
    """The cases of several replications as one."""
    return Replay(*(np.concatenate([getattr(one, name) for one in played]) for name in Replay.__slots__))


def replays(
    scenario: Scenario,
    weeks: int,
    replications: int,
    workers: int,
    progress: Callable[[int, int], None] | None,
) -> list[Replay]:
    """Play the scenario with arrivals for ``weeks`` weeks, and follow the cases to their end.

    ``scenario`` must measure ``weeks + FOLLOW_WEEKS`` weeks.
    """
    model = without_arrivals_after(scenario.model(), weeks * HOURS_A_WEEK)
    jobs = [Job("replay", model, 1, replication, whole=False) for replication in range(replications)]
    return play_many(jobs, cases_of, workers, progress)


def without_arrivals_after(model: Model, hours: int) -> Model:
    """The model whose streams dry up after ``hours`` measured hours."""
    last = model.warmup // HOUR + hours
    return replace(
        model,
        incidents=tuple(dried_incidents(stream, last) for stream in model.incidents),
        requests=tuple(dried_requests(stream, last) for stream in model.requests),
    )


def dried_incidents(stream: IncidentStream, last: int) -> IncidentStream:
    """A stream without arrivals from hour ``last`` on."""
    return replace(stream, arrivals=replace(stream.arrivals, hourly=cut(stream.arrivals.hourly, last)))


def dried_requests(stream: RequestStream, last: int) -> RequestStream:
    """A stream without arrivals from hour ``last`` on."""
    return replace(stream, arrivals=replace(stream.arrivals, hourly=cut(stream.arrivals.hourly, last)))


def cut(hourly: Floats, last: int) -> Floats:
    """Rates that are 0 from row ``last`` on."""
    found = hourly.copy()
    found[last:] = 0.0
    return found


def cases_of(job: Job, history: History) -> Replay:
    """What a replay keeps of a history."""
    del job
    cases = history.cases
    rows = (cases.opened != NEVER) & (cases.opened >= 0)
    hours = np.where(
        cases.restored[rows] != NEVER, (cases.restored[rows] - cases.opened[rows]) / HOUR, np.nan
    )
    in_time = (cases.restored[rows] != NEVER) & (cases.restored[rows] <= cases.due[rows])
    return Replay(
        cases.opened[rows],
        hours,
        cases.handoffs[rows],
        cases.reopens[rows] > 0,
        np.where(cases.due[rows] == NEVER, np.nan, in_time.astype(np.float64)),
        cases.flow[rows] == Flow.INCIDENT,
        cases.priority[rows].astype(np.int64),
    )
