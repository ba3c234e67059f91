"""Whether a model can be played: every fault of a spec at once, in plain words.

Scenario files are checked where they are read, with line numbers; this is the last net, for models that
are built in code.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from sim.spec.calendars import DAY, HOUR, Calendar
from sim.spec.check_planned import planned_faults
from sim.spec.flows import Arrivals, Category
from sim.spec.model import Model


def faults(model: Model) -> list[str]:
    """All reasons why ``model`` can't be played; empty if it can."""
    return [
        *_time(model),
        *_parameters(model),
        *_tables(model),
        *_organisation(model),
        *_categories(model),
        *_streams(model),
        *planned_faults(model),
    ]


def _time(model: Model) -> Iterator[str]:
    if model.warmup < 0 or model.warmup % DAY:
        yield f"warmup = {model.warmup} s: must be whole days of at least 0"
    if model.horizon <= 0 or model.horizon % HOUR:
        yield f"horizon = {model.horizon} s: must be whole hours above 0"
    if len(model.service_levels) != 4:
        yield f"service_levels: {len(model.service_levels)} given, must be one for each priority from 1 to 4"


def _parameters(model: Model) -> Iterator[str]:
    for parameter in model.parameters:
        times = [time for time, _ in parameter.steps]
        if times != sorted(set(times)):
            yield f"{parameter.path}: steps must come in strictly increasing time"
        if times and not (-model.warmup <= times[0] and times[-1] < model.horizon):
            yield f"{parameter.path}: steps must lie between the start of the warm-up and the horizon"
        for value in (parameter.value, *(value for _, value in parameter.steps)):
            if not parameter.lower <= value <= parameter.upper:
                yield f"{parameter.path} = {value}: must be from {parameter.lower} to {parameter.upper}"


def _tables(model: Model) -> Iterator[str]:
    for number, table in enumerate(model.tables):
        probability, value = table.probability, table.value
        if len(probability) < 2 or probability[0] != 0.0 or probability[-1] != 1.0:
            yield f"tables[{number}]: probabilities must run from 0 to 1"
        if np.any(np.diff(probability) <= 0) or np.any(np.diff(value) < 0) or value[0] < 0:
            yield f"tables[{number}]: probabilities must increase and values must not decrease or be negative"


def _organisation(model: Model) -> Iterator[str]:
    hours = (model.warmup + model.horizon) // HOUR
    for service in model.services:
        if len(service.cumulative_load) != hours + 1:
            yield f"services.{service.name}: load must have {hours + 1} hour boundaries"
        yield from _calendar(f"services.{service.name}.planned", service.planned)
    for team in model.teams:
        if not team.shifts or min(shift.share for shift in team.shifts) < 0:
            yield f"teams.{team.name}: must have shifts with shares of at least 0"
        if model.parameters[team.seats].highest > 65_535:
            yield f"teams.{team.name}.seats: must be at most 65535"
        if any(speed <= 0 for speed in team.speeds):
            yield f"teams.{team.name}.speeds: must be above 0"
        for shift in team.shifts:
            yield from _calendar(f"teams.{team.name}.shifts.{shift.name}", shift.calendar)
            if len(shift.holiday) != len(shift.calendar.starts):
                yield f"teams.{team.name}.shifts.{shift.name}: holidays must match the intervals"


def _calendar(place: str, calendar: Calendar) -> Iterator[str]:
    if np.any(calendar.ends <= calendar.starts) or np.any(calendar.starts[1:] <= calendar.ends[:-1]):
        yield f"{place}: intervals must be sorted, apart from each other and not empty"


def _categories(model: Model) -> Iterator[str]:
    teams = len(model.teams)
    for category in model.categories:
        place = f"categories.{category.name}"
        if len(category.stages) != teams:
            yield f"{place}: must have a stage or None for each of the {teams} teams"
            continue
        routes = [("entry", category.entry_teams, category.entry_cumulative)] + [
            (f"stages.{model.teams[stage.team].name}", stage.next_teams, stage.next_cumulative)
            for stage in category.stages
            if stage is not None
        ]
        for name, targets, cumulative in routes:
            yield from _cumulative(f"{place}.{name}", len(targets), cumulative)
            for team in targets:
                if not 0 <= team < teams or category.stages[team] is None:
                    yield f"{place}.{name}: sends tickets to team {team}, which has no stage there"
        yield from _endless(model, category, place)
        if category.close_delay < 0:
            yield f"{place}.close_delay = {category.close_delay}: must be at least 0"


def _endless(model: Model, category: Category, place: str) -> Iterator[str]:
    """A stage without a way on must always settle; every stage must have some way to an end."""
    ends = set()
    for _ in category.stages:
        for stage in category.stages:
            if stage is None:
                continue
            settles = model.parameters[stage.resolves].value > 0
            if settles or any(team in ends for team in stage.next_teams):
                ends.add(stage.team)
    for stage in category.stages:
        if stage is None:
            continue
        lowest = min(
            v
            for v in (
                model.parameters[stage.resolves].value,
                *(v for _, v in model.parameters[stage.resolves].steps),
            )
        )
        if not stage.next_teams and lowest < 1.0:
            yield f"{place}.stages.{model.teams[stage.team].name}: does not settle all and sends on to nobody"
        if stage.team not in ends:
            yield f"{place}.stages.{model.teams[stage.team].name}: its tickets never end"


def _cumulative(place: str, size: int, cumulative: Sequence[float]) -> Iterator[str]:
    if len(cumulative) != size or any(b < a for a, b in zip((0.0, *cumulative), cumulative, strict=False)):
        yield f"{place}: cumulative shares must not decrease, one for each target"
    elif size and abs(cumulative[-1] - 1.0) > 1e-9:
        yield f"{place}: shares add up to {cumulative[-1]:.6g}, must be 1"


def _streams(model: Model) -> Iterator[str]:
    for stream in model.incidents:
        place = f"incidents.{stream.name}"
        yield from _arrivals(model, place, stream.service, stream.category, stream.arrivals)
        yield from _cumulative(f"{place}.impacts", len(stream.impacts), stream.impact_cumulative)
        for impact in stream.impacts:
            if not 1 <= impact.priority <= 4:
                yield f"{place}.impacts.{impact.name}: priority {impact.priority} must be from 1 to 4"
            if not (0 <= impact.scope <= 1_000_000 and 0 <= impact.severity <= 1_000_000):
                yield f"{place}.impacts.{impact.name}: scope and severity must be from 0 to 1000000"
    for request in model.requests:
        place = f"requests.{request.name}"
        yield from _arrivals(model, place, request.service, request.category, request.arrivals)
        if not 1 <= request.priority <= 4:
            yield f"{place}: priority {request.priority} must be from 1 to 4"


def _arrivals(model: Model, place: str, service: int, category: int, arrivals: Arrivals) -> Iterator[str]:
    hours = (model.warmup + model.horizon) // HOUR
    if not 0 <= service < len(model.services):
        yield f"{place}: service {service} does not exist"
    if not 0 <= category < len(model.categories):
        yield f"{place}: category {category} does not exist"
    if len(arrivals.hourly) != hours:
        yield f"{place}: must have a rate for each of the {hours} hours"
    elif np.any(~np.isfinite(arrivals.hourly)) or np.any(arrivals.hourly < 0):
        yield f"{place}: rates must be numbers of at least 0"
