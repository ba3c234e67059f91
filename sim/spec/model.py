"""A model: everything one replication needs to know, and nothing about files, money or pictures."""

from __future__ import annotations

from dataclasses import dataclass

from sim.spec.calendars import Floats
from sim.spec.changes import ChangeEnablement, ChangeKind, ChangeStream, Initiative
from sim.spec.faults import FaultPool, ProblemManagement
from sim.spec.flows import Category, IncidentStream, RequestStream, ServiceLevel
from sim.spec.organisation import Service, Team
from sim.spec.parameters import Parameter
from sim.spec.people import Satisfaction


@dataclass(frozen=True, slots=True)
class Table:
    """A quantile function as a table: ``value[i]`` at probability ``probability[i]``, linear between.

    Both increase from probability 0 to 1; the mean of the piecewise linear function is 1.
    """

    probability: Floats
    value: Floats


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Model:
    """An organisation over time, compiled: int64 seconds, row numbers, cumulative shares.

    t = 0 is the start of the measured period, midnight of a Monday when ``start_weekday`` is 0; warm-up
    is the negative time before it. Both ``warmup`` and ``horizon`` are whole hours in seconds.
    ``service_levels[p - 1]`` is the incident target of perceived priority p (1 to 4). What is left out is
    not played: without ``problem_management`` faults stay unnoticed, without ``change_enablement`` there are
    no changes.
    """

    name: str
    start: str
    start_weekday: int
    warmup: int
    horizon: int
    parameters: tuple[Parameter, ...]
    tables: tuple[Table, ...]
    services: tuple[Service, ...]
    teams: tuple[Team, ...]
    categories: tuple[Category, ...]
    incidents: tuple[IncidentStream, ...]
    requests: tuple[RequestStream, ...]
    service_levels: tuple[ServiceLevel, ...]
    faults: tuple[FaultPool, ...] = ()
    problem_management: ProblemManagement | None = None
    change_kinds: tuple[ChangeKind, ...] = ()
    change_enablement: ChangeEnablement | None = None
    changes: tuple[ChangeStream, ...] = ()
    initiatives: tuple[Initiative, ...] = ()
    satisfaction: Satisfaction | None = None
