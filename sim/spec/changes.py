"""Changes: kinds, how they are enabled, where they come from, and the initiatives they make up."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from sim.spec.calendars import Calendar, Ints
from sim.spec.flows import Arrivals
from sim.spec.parameters import Param
from sim.spec.shapes import Variate


class ChangeType(IntEnum):
    """ITIL's three types: pre-approved, approved in a meeting, or at once."""

    STANDARD = 0
    NORMAL = 1
    EMERGENCY = 2


class Purpose(IntEnum):
    """What a change is for."""

    ROUTINE = 0
    MAINTENANCE = 1
    FIX = 2
    INITIATIVE = 3
    EMERGENCY = 4
    FINDING = 5


@dataclass(frozen=True, slots=True)
class ChangeKind:
    """A model of change: its ``type``, the effort to ``assess`` and to ``deploy`` (and verify) it.

    ``risk`` is the probability that a change of reference size fails when nothing makes it worse.
    """

    name: str
    key: int
    type: ChangeType
    assess: Variate
    deploy: Variate
    risk: Param


@dataclass(frozen=True, slots=True)
class ChangeEnablement:
    """How changes get into production, and what makes them fail (``sim.rules.changes``).

    The board meets at ``meetings`` (seconds, increasing) and approves up to ``capacity`` changes each
    time. ``rigour`` (0 to 1) takes the share ``rigour_effect`` of failures away; full rigour makes
    assessment and approval longer by ``rigour_work`` times what they take without, so that a meeting
    approves fewer. ``reference`` is the effort of a change of size 1; risk grows with size to the power
    ``size_effect``. ``test_automation`` is the share of failures that tests catch beforehand. A change
    already in deployment on the service, an overloaded team and lost knowledge add their effects.
    ``bypass`` plus ``bypass_pressure`` x overload is the probability that a normal change skips
    approval. Of failed deployments the share ``rolled_back`` is undone with ``rollback_work`` and built
    again with the share ``rebuild`` of its effort; the others stay and leave a latent fault. An incident
    of true priority 1 is followed by an emergency change of kind ``emergency`` and effort
    ``emergency_work`` with probability ``emergency_share``. Teams under pressure put more into one
    change: batches grow by ``batch_pressure`` x overload.
    """

    meetings: Ints
    capacity: Param
    rigour: Param
    rigour_effect: Param
    rigour_work: Param
    reference: int
    size_effect: Param
    test_automation: Param
    collision_effect: Param
    haste_effect: Param
    knowledge_effect: Param
    bypass: Param
    bypass_pressure: Param
    bypass_effect: Param
    rolled_back: Param
    rollback_work: Variate
    rebuild: Param
    emergency: int
    emergency_share: Param
    emergency_work: Variate
    batch_pressure: Param


@dataclass(frozen=True, slots=True)
class ChangeStream:
    """Changes that come by themselves: patches and upgrades (MAINTENANCE), small wishes (ROUTINE).

    ``work`` is the effort to build and test one. Maintenance that is not live ``due`` seconds after it was
    raised is overdue. ``worth`` as in ``FaultPool``.
    """

    name: str
    key: int
    service: int
    team: int
    kind: int
    purpose: Purpose
    arrivals: Arrivals
    work: Variate
    due: int
    worth: Param


@dataclass(frozen=True, slots=True)
class Part:
    """One team's part of an initiative: its effort, and at most how much of it goes into one change."""

    team: int
    effort: Param
    batch: Param


@dataclass(frozen=True, slots=True)
class Initiative:
    """What the business asked for: live when the last change of all ``parts`` is.

    It starts at ``start`` and is due at ``due`` (seconds). ``believed_weight`` is the value lost in an hour
    of waiting as IT believes it: it orders the work under the policy of business impact.
    """

    name: str
    key: int
    service: int
    kind: int
    start: int
    due: int
    parts: tuple[Part, ...]
    believed_weight: Param


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What changes meet on one service.

    ``windows`` are open for deployment (freezes taken out). A failed change causes an incident of the
    stream ``failures`` (row, -1 none) and may leave a fault in ``pool`` (row, -1 none). Audit ``findings``
    are expected a day for each overdue maintenance change; each is a change of kind ``finding_kind`` and
    effort ``finding_work`` for ``finding_team``. On a day whose load, times the lever ``load``, exceeds
    ``peak_capacity`` (1 = mean load) the service degrades: an incident of the stream ``overload`` (row, -1
    none).
    """

    windows: Calendar
    failures: int
    pool: int
    findings: Param
    finding_kind: int
    finding_team: int
    finding_work: Variate
    load: Param
    peak_capacity: Param
    overload: int
