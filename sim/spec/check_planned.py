"""What can be wrong with faults, changes, initiatives and people of a model, in plain words."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.spec.calendars import HOUR, WEEK
from sim.spec.changes import ChangeEnablement, ChangeType
from sim.spec.model import Model

FAULT_BOUND = 2.0
"""Highest demand on a stream whose incidents come from faults (``sim.rules.faults.BOUND``)."""


def planned_faults(model: Model) -> Iterator[str]:
    """All faults of the planned flows and of what wears out."""
    yield from _pools(model)
    yield from _changes(model)
    yield from _upkeep(model)
    yield from _initiatives(model)


def _row(place: str, word: str, row: int, size: int, least: int = 0) -> Iterator[str]:
    if not least <= row < size:
        yield f"{place}: {word} {row} does not exist"


def _pools(model: Model) -> Iterator[str]:
    hours = (model.warmup + model.horizon) // HOUR
    for pool in model.faults:
        place = f"faults.{pool.name}"
        yield from _row(place, "incident stream", pool.stream, len(model.incidents))
        yield from _row(place, "team", pool.team, len(model.teams))
        yield from _row(place, "change kind", pool.fix, len(model.change_kinds))
        if len(pool.hourly) != hours or np.any(~np.isfinite(pool.hourly)) or np.any(pool.hourly < 0):
            yield f"{place}: must have a rate of at least 0 for each of the {hours} hours"
        if pool.initial < 0:
            yield f"{place}.initial = {pool.initial}: must be at least 0"
        if model.parameters[pool.finds_cause].lowest <= 0.0:
            yield f"{place}.finds_cause: must be above 0, else investigations never end"
        if 0 <= pool.stream < len(model.incidents):
            stream = model.incidents[pool.stream]
            if model.parameters[stream.arrivals.demand].highest > FAULT_BOUND:
                yield (
                    f"incidents.{stream.name}.demand: must be at most {FAULT_BOUND:g} where faults cause"
                    " incidents"
                )
            if model.services[stream.service].upkeep is None:
                yield f"{place}: its service {model.services[stream.service].name} has no upkeep"


def _changes(model: Model) -> Iterator[str]:
    enablement = model.change_enablement
    if enablement is None:
        if model.faults or model.changes or model.initiatives:
            yield "change_enablement: missing, although there are faults, changes or initiatives"
        return
    yield from _enablement(model, enablement)
    for stream in model.changes:
        place = f"changes.{stream.name}"
        yield from _row(place, "service", stream.service, len(model.services))
        yield from _row(place, "team", stream.team, len(model.teams))
        yield from _row(place, "change kind", stream.kind, len(model.change_kinds))
        if 0 <= stream.service < len(model.services) and model.services[stream.service].upkeep is None:
            yield f"{place}: its service has no upkeep"


def _enablement(model: Model, enablement: ChangeEnablement) -> Iterator[str]:
    meetings = enablement.meetings
    if len(meetings) and (meetings[0] < -model.warmup or np.any(np.diff(meetings) <= 0)):
        yield "change_enablement.meetings: must increase, from the start of the warm-up on"
    if enablement.reference <= 0:
        yield "change_enablement.reference: must be above 0"
    yield from _row("change_enablement", "change kind", enablement.emergency, len(model.change_kinds))
    if 0 <= enablement.emergency < len(model.change_kinds):
        if model.change_kinds[enablement.emergency].type != ChangeType.EMERGENCY:
            yield "change_enablement.emergency: must be of type emergency"


def _upkeep(model: Model) -> Iterator[str]:
    for service in model.services:
        upkeep, place = service.upkeep, f"services.{service.name}.upkeep"
        if upkeep is None:
            continue
        for word, row in (("failures", upkeep.failures), ("overload", upkeep.overload)):
            yield from _row(place, f"incident stream of {word}", row, len(model.incidents), -1)
        yield from _row(place, "fault pool", upkeep.pool, len(model.faults), -1)
        yield from _row(place, "team", upkeep.finding_team, len(model.teams))
        yield from _row(place, "change kind", upkeep.finding_kind, len(model.change_kinds))
        if model.change_enablement is None:
            yield f"{place}: needs change_enablement"
        windows = upkeep.windows
        if np.any(windows.ends <= windows.starts) or np.any(windows.starts[1:] <= windows.ends[:-1]):
            yield f"{place}.windows: intervals must be sorted, apart from each other and not empty"


def _initiatives(model: Model) -> Iterator[str]:
    for wanted in model.initiatives:
        place = f"initiatives.{wanted.name}"
        yield from _row(place, "service", wanted.service, len(model.services))
        yield from _row(place, "change kind", wanted.kind, len(model.change_kinds))
        if not -model.warmup <= wanted.start < model.horizon:
            yield f"{place}: must start between the start of the warm-up and the horizon"
        if not wanted.parts:
            yield f"{place}: must have at least one part"
        for part in wanted.parts:
            yield from _row(place, "team", part.team, len(model.teams))
            if (
                model.parameters[part.batch].lowest <= 0
                or model.parameters[part.effort].highest > 52 * WEEK * 100
            ):
                yield f"{place}: batches must be above 0 and efforts at most 100 years"
        if 0 <= wanted.service < len(model.services) and model.services[wanted.service].upkeep is None:
            yield f"{place}: its service has no upkeep"
