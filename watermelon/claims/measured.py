"""Outcomes as claims ask for them: over any weeks, of one service, and a few that are made for claims."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from results.alignment import judge_months
from results.metrics.measures import MEASURES
from results.metrics.record import Record
from results.metrics.scope import ALL, Scope
from results.metrics.tickets import unresolved_hours
from results.prices import Target
from results.targets import judge, met_share
from sim.spec.calendars import WEEK
from sim.spec.flows import Flow
from watermelon.claims.table import Check

Own = Callable[[Record, Scope, tuple[Target, ...]], float]


def tickets_handled(record: Record, scope: Scope, _: tuple[Target, ...]) -> float:
    """Incidents, and requests that people work on."""
    automated = MEASURES["automated_request_share"](record, scope)
    return MEASURES["incidents"](record, scope) + MEASURES["requests"](record, scope) * (1 - automated)


def password_reset_minutes(record: Record, scope: Scope, _: tuple[Target, ...]) -> float:
    """Mean minutes from request to fulfilment of the stream ``password_reset``."""
    names = [stream.name for stream in record.model.requests]
    if "password_reset" not in names:
        return float("nan")
    rows = record.began(scope, Flow.REQUEST)
    hours = unresolved_hours(record, scope, Flow.REQUEST)
    own = record.cases.stream[rows] == names.index("password_reset")
    return float(hours[own].mean()) * 60 if np.any(own) else float("nan")


def targets_met_share(record: Record, _: Scope, targets: tuple[Target, ...]) -> float:
    """Targets met, of those whose window has ended, each over its own window."""
    return met_share(tuple(judge(record, target) for target in targets))


def watermelon_index(record: Record, _: Scope, targets: tuple[Target, ...]) -> float:
    """Over all that was played."""
    return judge_months(record, targets).index()


OWN: dict[str, Own] = {
    "tickets_handled": tickets_handled,
    "password_reset_minutes": password_reset_minutes,
    "targets_met_share": targets_met_share,
    "watermelon_index": watermelon_index,
}


@dataclass(frozen=True, slots=True)
class Ask:
    """An outcome of a service (or of all with "") over weeks [``first``, ``last``)."""

    outcome: str
    service: str
    first: int
    last: int


def ask_of(check: Check) -> Ask:
    """What a check asks of each scenario that it plays."""
    return Ask(check.outcome, check.service, check.first, check.last)


def measured(record: Record, targets: tuple[Target, ...], asks: Sequence[Ask]) -> list[float]:
    """The values of what was asked, in one replication; nan is undefined."""
    places = {service.name: number for number, service in enumerate(record.model.services)} | {"": ALL}
    found = []
    for ask in asks:
        scope = Scope(ask.first * WEEK, ask.last * WEEK, places[ask.service])
        if ask.outcome in OWN:
            found.append(OWN[ask.outcome](record, scope, targets))
        else:
            found.append(MEASURES[ask.outcome](record, scope))
    return found
