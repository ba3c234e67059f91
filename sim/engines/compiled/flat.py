"""A model as flat arrays: what the compiled engine reads."""

from __future__ import annotations

import math
import weakref
from dataclasses import dataclass, fields
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.chance import keyed
from sim.chance.streams import KIN_LAYER
from sim.engines.compiled import layout as c
from sim.engines.compiled.collector import Collector
from sim.engines.compiled.flat_plans import planned_facts, planned_segments
from sim.history.tables import NEVER, Cases
from sim.rules import seats
from sim.spec.calendars import sums_of_days
from sim.spec.flows import Arrivals, Flow, SecondTeam
from sim.spec.model import Model

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


BLANK_CASE = {
    "impact": -1,
    "opened": NEVER,
    "restored": NEVER,
    "closed": NEVER,
    "due": 2**62,
    "team": -1,
    "origin": -1,
    "fault": -1,
    "change_kind": -1,
}
"""What a case is before anything is known of it; 0 in every other column."""


LEAST_BUCKETS = 1024
BUCKETS_A_TICKET = 2


@dataclass(frozen=True)
class Flat:
    """A model as segments of the block (name without _AT -> values in row order) and facts of the header."""

    segments: dict[str, Ints | Floats]
    facts: dict[int, int]
    tickets: float
    """Expected number of tickets at base demand."""
    first_faults: int
    """Faults that are there at the start."""


_laid_out: dict[int, tuple[weakref.ref[Model], Flat]] = {}


def flat_of(model: Model) -> Flat:
    """The model in arrays, laid out once for all its replications: that takes a twentieth of one."""
    known = _laid_out.get(id(model))
    if known is None or known[0]() is not model:
        gone = partial(_laid_out.pop, id(model), None)
        known = _laid_out[id(model)] = (weakref.ref(model, lambda _: gone()), flatten(model))
    return known[1]


def flatten(model: Model) -> Flat:
    """Lay a model out in arrays."""
    collect = Collector(model)
    teams, seat_rows = _teams(model, collect)
    categories, stages = _categories(model, collect)
    incidents, impacts, impact_cumulative = _incidents(model, collect)
    requests = _requests(model, collect)
    levels = [[level.seconds, *collect.calendar(level.calendar)] for level in model.service_levels]
    layers, calm_below = _layers(model, collect)
    planned = planned_segments(model, collect)
    levers = sorted(
        (time, row, value)
        for row, parameter in enumerate(model.parameters)
        for time, value in parameter.steps
    )
    days = (model.warmup + model.horizon) // 86_400 + 1
    tickets = sum(float(arrivals.hourly.sum()) for _, _, _, arrivals in _streams(model))
    tickets += sum(pool.initial * float(pool.hourly.sum()) for pool in model.faults)
    bits, buckets = _buckets(model.warmup + model.horizon, tickets)
    segments: dict[str, Ints | Floats] = {
        "PARAMETERS": _floats([parameter.value for parameter in model.parameters]),
        "SHAPES": _floats(collect.numbers),
        "PROBABILITIES": _floats([value for table in model.tables for value in table.probability]),
        "TABLE_VALUES": _floats([value for table in model.tables for value in table.value]),
        "CUMULATIVE": _floats(collect.shares),
        "IMPACT_CUMULATIVE": _floats(impact_cumulative),
        "HOURLY": _floats(np.concatenate([*collect.rates, np.zeros(0)])),
        "DAILY": _floats(np.concatenate([*map(sums_of_days, collect.rates), np.zeros(0)])),
        "CALM_BELOW": _floats(calm_below),
        "DAY_FACTORS": np.ones(len(layers) * days),
        "LEVER_VALUES": _floats([value for _, _, value in levers]),
        "LAYER_SECONDS": np.zeros(len(layers)),
        "SHAPE_KINDS": _ints(collect.kinds),
        "TEAMS": _ints(teams),
        "SEATS": _ints(seat_rows),
        "EDGES": _ints(collect.edges),
        "HOLIDAYS": _ints(collect.holidays),
        "CATEGORIES": _ints(categories),
        "STAGES": _ints(stages),
        "CHOICES": _ints(collect.targets),
        "INCIDENTS": _ints(incidents),
        "REQUESTS": _ints(requests),
        "IMPACTS": _ints(impacts),
        "WEIGHTS": _ints([[service.value_weight, service.believed_weight] for service in model.services]),
        "LEVELS": _ints(levels),
        "LAYERS": _ints(layers),
        "LEVERS": _ints([[time, row] for time, row, _ in levers]),
        "LISTS": np.full(2 * c.LISTS, -1),
        "BLANK_CASE": _ints([BLANK_CASE.get(field.name, 0) for field in fields(Cases)]),
        **planned,
    }
    facts = {
        c.WARMUP: model.warmup,
        c.HORIZON: model.horizon,
        c.END: model.warmup + model.horizon,
        c.TEAM_COUNT: len(teams),
        c.SEAT_COUNT: len(seat_rows),
        c.LAYER_COUNT: len(layers),
        c.LEVER_COUNT: len(levers),
        c.DAYS: days,
        c.BUCKET_BITS: bits,
        c.BUCKET_COUNT: buckets,
        c.HOURS: (model.warmup + model.horizon) // 3600,
        **planned_facts(model),
    }
    return Flat(segments, facts, tickets, sum(pool.initial for pool in model.faults))


def _buckets(seconds: int, tickets: float) -> tuple[int, int]:
    """Bits and number of the buckets of the calendar: about as many as there are pairs of events."""
    bits = max(0, round(math.log2(max(1.0, seconds / max(LEAST_BUCKETS, BUCKETS_A_TICKET * tickets)))))
    return bits, (seconds >> bits) + 1


def _ints(rows: Any) -> Ints:
    return np.array(rows, dtype=np.int64).ravel()


def _floats(rows: Any) -> Floats:
    return np.array(rows, dtype=np.float64).ravel()


def _teams(model: Model, collect: Collector) -> tuple[list[list[int]], list[list[int]]]:
    teams: list[list[int]] = []
    rows: list[list[int]] = []
    for number, team in enumerate(model.teams):
        most = seats.seat_count(model.parameters[team.seats].highest)
        shares = [shift.share for shift in team.shifts]
        first = len(rows)
        for place in range(most):
            shift = team.shifts[seats.shift_of(place, shares)]
            speed = team.speeds[place] if place < len(team.speeds) else 1000
            key = seats.seat_key(team.key, place)
            rows.append(
                [number, place, key, speed, *collect.shift(shift), *[0] * (c.SEAT_COLUMNS - 8), speed]
            )
        teams.append(
            [
                team.key,
                team.seats,
                team.on_call,
                team.absence,
                team.policy,
                team.preempts,
                team.switch_loss,
                first,
                most,
                -1 if team.ring_fenced is None else team.ring_fenced,
                *[0] * 4,
                *[first] * 2,
                max((row[c.SEAT_SPEED] for row in rows[first:]), default=0),
            ]
        )
    return teams, rows


def _categories(model: Model, collect: Collector) -> tuple[list[list[int]], list[list[int]]]:
    rows: list[list[int]] = []
    stages: list[list[int]] = []
    for category in model.categories:
        second = category.second
        rows.append(
            [
                *collect.choice(category.entry_teams, category.entry_cumulative),
                category.misrouting,
                *collect.variate(category.bounce_work),
                *collect.variate(category.handoff_delay),
                category.context_loss,
                *_second(second, collect),
                category.reopen_share,
                category.reopen_work,
                category.close_delay,
                *[-1, -1],
                category.misrouting_pressure,
            ]
        )
        for stage in category.stages:
            if stage is None:
                stages.append([-1] * c.STAGE_COLUMNS)
                continue
            onward = stage.onward_wait or stage.vendor_wait
            shares = (stage.user_wait.share, stage.vendor_wait.share, onward.share)
            stages.append(
                [
                    *collect.variate(stage.work),
                    stage.resolves,
                    *collect.choice(stage.next_teams, stage.next_cumulative),
                    *collect.wait(stage.user_wait),
                    *collect.wait(stage.vendor_wait),
                    *collect.wait(onward),
                    -1 if stage.onward_asks is None else stage.onward_asks,
                    int(any(model.parameters[share].highest > 0.0 for share in shares)),
                ]
            )
    return rows, stages


def _second(second: SecondTeam | None, collect: Collector) -> list[int]:
    if second is None:
        return [-1, 0, 0, 0, 0]
    return [second.team, second.share, second.swarming, *collect.variate(second.work)]


def _incidents(model: Model, collect: Collector) -> tuple[list[list[int]], list[list[int]], list[float]]:
    rows: list[list[int]] = []
    impacts: list[list[int]] = []
    cumulative: list[float] = []
    for stream in model.incidents:
        rows.append(
            [
                stream.service,
                stream.category,
                len(impacts),
                len(stream.impacts),
                stream.monitored,
                *collect.variate(stream.monitoring_delay),
                *collect.variate(stream.report_delay),
                stream.priority_error,
                *[0] * (c.STREAM_COLUMNS - 10),
            ]
        )
        cumulative += stream.impact_cumulative
        for impact in stream.impacts:
            depth = impact.scope * impact.severity // 1_000_000
            impacts.append([impact.priority, depth, int(impact.hits_employees), int(impact.hits_customers)])
    return rows, impacts, cumulative


def _requests(model: Model, collect: Collector) -> list[list[int]]:
    return [
        [
            stream.service,
            stream.category,
            stream.priority,
            stream.value_weight,
            stream.service_level.seconds,
            *collect.calendar(stream.service_level.calendar),
            stream.automation,
            stream.automation_failures,
            *collect.variate(stream.automated_time),
            *collect.wait(stream.approval),
        ]
        for stream in model.requests
    ]


def _streams(model: Model) -> list[tuple[Flow, int, int, Arrivals]]:
    """Flow, number, key and arrivals of every stream."""
    incidents = [
        (Flow.INCIDENT, row, stream.key, stream.arrivals) for row, stream in enumerate(model.incidents)
    ]
    requests = [(Flow.REQUEST, row, stream.key, stream.arrivals) for row, stream in enumerate(model.requests)]
    changes = [(Flow.CHANGE, row, stream.key, stream.arrivals) for row, stream in enumerate(model.changes)]
    return [*incidents, *requests, *changes]


def _layers(model: Model, collect: Collector) -> tuple[list[list[int]], list[float]]:
    rows: list[list[int]] = []
    calm_below: list[float] = []
    ahead = [0] * 2 * c.AHEAD
    for flow, number, key, arrivals in _streams(model):
        for layer in range(max(1, math.ceil(model.parameters[arrivals.demand].highest))):
            layer_key = key if layer == 0 else keyed.child(key, KIN_LAYER, layer)
            rates = collect.hourly(arrivals.hourly)
            shape = collect.shape(arrivals.day_factor)
            calm = collect.shape(arrivals.calm_factor or arrivals.day_factor)
            row = [int(flow), number, layer, layer_key, arrivals.demand, rates, shape, 0, 0, *ahead, calm]
            row += [0] * (c.LAYER_COLUMNS - len(row))
            rows.append(row)
            calm_below.append(arrivals.calm_below)
    return rows, calm_below
