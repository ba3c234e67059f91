"""What the teams are asked to do: categories of work, and the streams that bring it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from sim.spec.calendars import Calendar, Floats
from sim.spec.parameters import Param
from sim.spec.shapes import Shape, Variate


class Flow(IntEnum):
    """The flows of work. Their letters open the case ids of the event log."""

    INCIDENT = 0
    REQUEST = 1
    PROBLEM = 2
    CHANGE = 3
    INITIATIVE = 4


class Cause(IntEnum):
    """Why a case came into being. A change has the number of its ``Purpose`` added to PURPOSE."""

    DEMAND = 0
    BACKGROUND = 1
    FAULT = 2
    FAILED_CHANGE = 3
    OVERLOAD = 4
    STRATEGY = 5
    PURPOSE = 8


@dataclass(frozen=True, slots=True)
class Wait:
    """Time that is nobody's work: the ticket waits for the user or for a vendor.

    ``time`` passes on the clock ``calendar``: whoever is waited for answers in these hours; None is always.
    """

    share: Param
    time: Variate
    calendar: Calendar | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """One team's part in a category: a row of the routing matrix with the work of a visit.

    A visit ends the ticket's journey with probability ``resolves``; else the ticket goes on to one of
    ``next_teams`` (row numbers of teams) with the cumulative shares ``next_cumulative`` (last one 1.0).
    Visits that do not settle the matter may wait otherwise: ``onward_wait`` then stands for ``vendor_wait``,
    and ``onward_asks`` is a factor on the share of ``user_wait``; None changes nothing.
    """

    team: int
    work: Variate
    resolves: Param
    next_teams: tuple[int, ...]
    next_cumulative: tuple[float, ...]
    user_wait: Wait
    vendor_wait: Wait
    onward_wait: Wait | None = None
    onward_asks: Param | None = None


@dataclass(frozen=True, slots=True)
class SecondTeam:
    """Some tickets need a second team: with the first (swarming) or after it."""

    team: int
    share: Param
    swarming: Param
    work: Variate


@dataclass(frozen=True, slots=True)
class Category:
    """How a kind of ticket is handled. ``stages[t]`` is team t's stage, or None if it has none.

    ``misrouting``, plus ``misrouting_pressure`` x overload of the team that hands on, is the probability
    that a handoff goes to a team that does not own the cause; that team spends ``bounce_work`` to find
    out. A handoff takes ``handoff_delay`` and costs the receiver ``context_loss`` (share of the visit's
    work, done again). ``reopen_share`` of restorations do not hold and cost ``reopen_work`` (share of a
    normal visit). A ticket closes ``close_delay`` seconds after its restoration without anybody's work.
    """

    name: str
    key: int
    entry_teams: tuple[int, ...]
    entry_cumulative: tuple[float, ...]
    stages: tuple[Stage | None, ...]
    misrouting: Param
    misrouting_pressure: Param
    bounce_work: Variate
    handoff_delay: Variate
    context_loss: Param
    second: SecondTeam | None
    reopen_share: Param
    reopen_work: Param
    close_delay: int


@dataclass(frozen=True, slots=True)
class Impact:
    """A class of consequences: how likely, how urgent, how wide, how deep.

    ``scope`` (share of users or customers hit) and ``severity`` (share of function lost) are in parts per
    million; ``priority`` 1 to 4 is the true one.
    """

    name: str
    priority: int
    scope: int
    severity: int
    hits_employees: bool
    hits_customers: bool


@dataclass(frozen=True, slots=True)
class Arrivals:
    """A non-homogeneous Poisson stream.

    ``hourly`` is the base rate (expected arrivals) in every hour from ``-warmup`` on, never moved by a
    lever; ``day_factor`` is a distribution of mean 1 drawn once a day (over-dispersion), and ``calm_factor``
    stands for it on days on which fewer than ``calm_below`` are expected; None changes nothing. ``demand`` is
    a lever: below 1 it thins the base stream, above 1 it adds to it.
    """

    hourly: Floats
    day_factor: Shape
    demand: Param
    calm_factor: Shape | None = None
    calm_below: float = 0.0


@dataclass(frozen=True, slots=True)
class ServiceLevel:
    """Time allowed to restore or to fulfil: ``seconds`` on the clock ``calendar``."""

    seconds: int
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class IncidentStream:
    """Background incidents of one service and category.

    ``monitored`` is the share found by monitoring after ``monitoring_delay``; users report the others
    after ``report_delay``. ``priority_error`` is the probability that the desk misjudges the priority by
    one step.
    """

    name: str
    key: int
    service: int
    category: int
    arrivals: Arrivals
    impacts: tuple[Impact, ...]
    impact_cumulative: tuple[float, ...]
    monitored: Param
    monitoring_delay: Variate
    report_delay: Variate
    priority_error: Param


@dataclass(frozen=True, slots=True)
class RequestStream:
    """Routine demand of one kind.

    ``automation`` is the share fulfilled without an agent after ``automated_time``; of these
    ``automation_failures`` come back as ordinary requests. ``approval`` is a wait before the work.
    ``value_weight`` is the value lost in one hour of waiting, in the unit of the services' weights.
    """

    name: str
    key: int
    service: int
    category: int
    arrivals: Arrivals
    priority: int
    value_weight: Param
    service_level: ServiceLevel
    automation: Param
    automation_failures: Param
    automated_time: Variate
    approval: Wait
