"""Latent defects: where repeated incidents come from, and what is done about them."""

from __future__ import annotations

from dataclasses import dataclass

from sim.spec.calendars import Floats
from sim.spec.parameters import Param
from sim.spec.shapes import Shape, Variate


@dataclass(frozen=True, slots=True)
class FaultPool:
    """The faults of one service and kind of incident.

    Every fault emits incidents of ``stream`` (row in ``Model.incidents``: its category, impacts, detection
    and demand lever) until a fix removes it. ``hourly`` is what the mean fault emits in every hour from
    ``-warmup`` on; ``spread`` (mean 1) makes faults unequal. ``initial`` faults are there at the start of
    the run; ``births`` more are expected each day, each overdue maintenance change of the service adding
    the share ``ageing``.

    ``team`` investigates: ``investigation`` is the effort of a round, which finds the cause with
    probability ``finds_cause``. A found cause yields a workaround with probability ``workaround``: from
    then on visits for its incidents take ``workaround_work`` of their effort, and the share
    ``workaround_resolves`` of the visits that would have sent them on settle them instead. The fix is a
    change of kind ``fix`` (row in ``Model.change_kinds``) with the effort ``fix_work``. ``worth`` is the
    value lost in an hour of waiting for it, as IT believes it.
    """

    name: str
    key: int
    stream: int
    initial: int
    hourly: Floats
    spread: Shape
    births: Param
    ageing: Param
    team: int
    investigation: Variate
    finds_cause: Param
    workaround: Param
    workaround_work: Param
    workaround_resolves: Param
    fix: int
    fix_work: Variate
    worth: Param


@dataclass(frozen=True, slots=True)
class ProblemManagement:
    """When a fault becomes a problem.

    A fault whose incidents repeat (``repeats`` of them, each within ``window`` seconds of the one before)
    becomes one with probability ``maturity`` at each further incident; one that caused an incident of true
    priority 1 with probability ``majors``.
    """

    maturity: Param
    majors: Param
    repeats: int
    window: int
