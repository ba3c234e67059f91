"""The planned flows of a model as flat arrays: faults, changes, initiatives, upkeep and people."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.engines.compiled import plans as p
from sim.engines.compiled.collector import Collector
from sim.spec.calendars import DAY, WEEK, Floats, Ints
from sim.spec.model import Model
from sim.spec.organisation import Service, Team

ROOM = 64


def planned_segments(model: Model, collect: Collector) -> dict[str, Ints | Floats]:
    """The tables that never grow."""
    loads, services = _services(model, collect)
    parts: list[list[int]] = []
    initiatives = []
    for wanted in model.initiatives:
        initiatives.append(
            [
                wanted.key,
                wanted.service,
                wanted.kind,
                wanted.start,
                wanted.due,
                wanted.believed_weight,
                len(parts),
                len(wanted.parts),
            ]
        )
        parts += [[part.team, part.effort, part.batch] for part in wanted.parts]
    enablement = model.change_enablement
    tables: dict[str, Any] = {
        "POOLS": [_pool(model, number, collect) for number in range(len(model.faults))],
        "KINDS": [
            [kind.type, *collect.variate(kind.assess), *collect.variate(kind.deploy), kind.risk]
            for kind in model.change_kinds
        ],
        "ENABLEMENT": _enablement(model, collect),
        "CHANGES": [
            [
                stream.service,
                stream.team,
                stream.kind,
                stream.purpose,
                *collect.variate(stream.work),
                stream.due,
                stream.worth,
            ]
            for stream in model.changes
        ],
        "INITIATIVES": initiatives,
        "PARTS": parts,
        "SERVICES": services,
        "PEOPLE": [_people(team, collect) for team in model.teams],
        "MEETINGS": enablement.meetings if enablement else [],
        "LOADS": np.concatenate([*loads, np.zeros(0, dtype=np.int64)]),
    }
    segments: dict[str, Ints | Floats] = {
        name: np.array(rows, dtype=np.int64).ravel() for name, rows in tables.items()
    }
    segments["EVEN"] = np.ones((model.warmup + model.horizon) // DAY + 1)
    return segments


def planned_facts(model: Model) -> dict[int, int]:
    """Counts and single parameters, for the header."""
    management, satisfaction, enablement = (
        model.problem_management,
        model.satisfaction,
        model.change_enablement,
    )
    facts = {
        p.POOL_COUNT: len(model.faults),
        p.SERVICE_COUNT: len(model.services),
        p.INITIATIVE_COUNT: len(model.initiatives),
        p.MEETING_COUNT: len(enablement.meetings) if enablement else 0,
        p.HAS_ENABLEMENT: int(enablement is not None),
        p.NEXT_WEEK: (model.warmup - model.start_weekday * DAY) % WEEK - model.warmup,
        p.SPARE_ROWS: spare_rows(model),
    }
    if management is not None:
        facts |= {
            p.HAS_MANAGEMENT: 1,
            p.MANAGEMENT_MATURITY: management.maturity,
            p.MANAGEMENT_MAJORS: management.majors,
            p.MANAGEMENT_REPEATS: management.repeats,
            p.MANAGEMENT_WINDOW: management.window,
        }
    if satisfaction is not None:
        facts |= {
            p.HAS_SATISFACTION: 1,
            p.PATIENCE: satisfaction.patience,
            p.HANDOFF_LOSS: satisfaction.handoff_loss,
            p.REOPEN_LOSS: satisfaction.reopen_loss,
            p.SATISFACTION_WEIGHT: satisfaction.weight,
        }
    return facts


def spare_rows(model: Model) -> int:
    """Rows that one event may add at most, besides those for seats and for changes that are approved."""
    owners = 2 * len(model.teams) + 4 * len(model.services) + len(model.faults)
    return ROOM + owners + 2 * most_changes(model)


def most_changes(model: Model) -> int:
    """Most changes that one initiative can be split into."""
    parameters = model.parameters
    return max(
        (
            sum(
                int(parameters[part.effort].highest / parameters[part.batch].lowest) + 2
                for part in wanted.parts
            )
            for wanted in model.initiatives
        ),
        default=0,
    )


def _pool(model: Model, number: int, collect: Collector) -> list[int]:
    pool = model.faults[number]
    stream = model.incidents[pool.stream]
    return [
        pool.key,
        pool.stream,
        collect.hourly(pool.hourly),
        collect.shape(pool.spread),
        pool.births,
        pool.ageing,
        pool.team,
        *collect.variate(pool.investigation),
        pool.finds_cause,
        pool.workaround,
        pool.workaround_work,
        pool.workaround_resolves,
        pool.fix,
        *collect.variate(pool.fix_work),
        pool.worth,
        stream.service,
        stream.arrivals.demand,
        pool.initial,
    ]


def _enablement(model: Model, collect: Collector) -> list[int]:
    it = model.change_enablement
    if it is None:
        return [0] * p.CE_COLUMNS
    return [
        it.capacity,
        it.rigour,
        it.rigour_effect,
        it.reference,
        it.size_effect,
        it.test_automation,
        it.collision_effect,
        it.haste_effect,
        it.knowledge_effect,
        it.bypass,
        it.bypass_pressure,
        it.bypass_effect,
        it.rolled_back,
        *collect.variate(it.rollback_work),
        it.rebuild,
        it.emergency,
        it.emergency_share,
        *collect.variate(it.emergency_work),
        it.batch_pressure,
        it.rigour_work,
    ]


def _services(model: Model, collect: Collector) -> tuple[list[Ints], list[list[int]]]:
    loads: list[Ints] = []
    rows = []
    for service in model.services:
        place = sum(len(load) for load in loads)
        if service.upkeep is not None and service.upkeep.overload >= 0:
            loads.append(service.cumulative_load)
        rows.append(_service(service, place, collect))
    return loads, rows


def _service(service: Service, place: int, collect: Collector) -> list[int]:
    upkeep = service.upkeep
    if upkeep is None:
        return [service.key, *[0] * (p.SRV_COLUMNS - 1)]
    return [
        service.key,
        1,
        *collect.calendar(upkeep.windows),
        upkeep.failures,
        upkeep.pool,
        upkeep.findings,
        upkeep.finding_kind,
        upkeep.finding_team,
        *collect.variate(upkeep.finding_work),
        upkeep.load,
        upkeep.peak_capacity,
        upkeep.overload,
        place,
        0,
        0,
        0,
    ]


def _people(team: Team, collect: Collector) -> list[int]:
    people = team.people
    if people is None:
        return [0] * p.PP_COLUMNS
    row: list[int] = [
        1,
        people.attrition,
        people.strain_effect,
        people.strain_from,
        people.strain_weight,
        *collect.variate(people.vacancy),
        people.newcomer_speed,
        people.learning,
        people.written_down,
        people.recovery,
        people.knowledge_effect,
    ]
    return [*row, *[0] * (p.PP_COLUMNS - len(row))]
