"""Tiny organisations for tests, built in code: one service, as many teams as asked for, no demand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from sim.chance.keyed import name_key
from sim.spec.calendars import DAY, HOUR, Calendar, Shift
from sim.spec.flows import (
    Arrivals,
    Category,
    Impact,
    IncidentStream,
    RequestStream,
    SecondTeam,
    ServiceLevel,
    Stage,
    Wait,
)
from sim.spec.model import Model
from sim.spec.organisation import Policy, Service, Team
from sim.spec.parameters import Param, Parameter
from sim.spec.shapes import Shape, ShapeKind, Variate

FIXED = Shape(ShapeKind.CONSTANT)
RANDOM = Shape(ShapeKind.EXPONENTIAL)
ONE_USER = Impact("one", 3, 10_000, 500_000, True, False)


@dataclass
class Builder:
    """Collects parameters while a model is put together. Times are hours in, seconds out."""

    warmup_days: int = 0
    days: int = 7
    parameters: list[Parameter] = field(default_factory=list)
    teams: list[Team] = field(default_factory=list)
    services: list[Service] = field(default_factory=list)
    categories: list[Category] = field(default_factory=list)
    incidents: list[IncidentStream] = field(default_factory=list)
    requests: list[RequestStream] = field(default_factory=list)

    @property
    def start(self) -> int:
        return -self.warmup_days * DAY

    @property
    def end(self) -> int:
        return self.days * DAY

    @property
    def hours(self) -> int:
        return (self.end - self.start) // HOUR

    def number(self, path: str, value: float, steps: Sequence[tuple[int, float]] = ()) -> Param:
        self.parameters.append(Parameter(path, float(value), tuple(steps)))
        return Param(len(self.parameters) - 1)

    def time(self, hours: float, shape: Shape = FIXED, path: str = "time") -> Variate:
        return Variate(self.number(path, hours * HOUR), shape)

    def always(self) -> Calendar:
        return Calendar("always", np.array([self.start]), np.array([self.end]))

    def daily(self, begin: float, end: float, days: Sequence[int] = range(7)) -> Calendar:
        starts = [day * DAY for day in range(-self.warmup_days, self.days) if day % 7 in days]
        return Calendar(
            "daily",
            np.array([int(day + begin * HOUR) for day in starts], dtype=np.int64),
            np.array([int(day + end * HOUR) for day in starts], dtype=np.int64),
        )

    def shift(
        self, calendar: Calendar | None = None, share: float = 1.0, holidays: Sequence[int] = ()
    ) -> Shift:
        calendar = calendar or self.always()
        off = [int(row in holidays) for row in range(len(calendar.starts))]
        return Shift("shift", calendar, np.array(off, dtype=np.int64), share)

    def team(self, name: str = "desk", seats: float = 1, **more: Any) -> int:
        defaults: dict[str, Any] = {
            "name": name,
            "key": name_key(f"team/{name}"),
            "role": name,
            "seats": self.number(f"teams.{name}.seats", seats, more.pop("seat_steps", ())),
            "on_call": self.number(f"teams.{name}.on_call", more.pop("on_call", 0)),
            "absence": self.number(f"teams.{name}.absence", more.pop("absence", 0)),
            "policy": self.number(f"teams.{name}.policy", more.pop("policy", Policy.SEVERITY)),
            "preempts": self.number(f"teams.{name}.preempts", more.pop("preempts", 1)),
            "switch_loss": self.number(f"teams.{name}.switch_loss", more.pop("switch_loss", 0) * HOUR),
            "shifts": more.pop("shifts", (self.shift(),)),
        }
        self.teams.append(Team(**defaults, **more))
        return len(self.teams) - 1

    def service(self, name: str = "shop", value: float = 100, believed: float = 100) -> int:
        load = np.arange(self.hours + 1) * HOUR * 1000
        none = Calendar("none", np.array([], dtype=np.int64), np.array([], dtype=np.int64))
        self.services.append(
            Service(
                name,
                name_key(f"service/{name}"),
                self.number(f"services.{name}.value_weight", value),
                self.number(f"services.{name}.believed_weight", believed),
                100,
                True,
                load,
                none,
            )
        )
        return len(self.services) - 1

    def wait(
        self, share: float = 0, hours: float = 0, shape: Shape = FIXED, clock: Calendar | None = None
    ) -> Wait:
        return Wait(self.number("wait.share", share), self.time(hours, shape), clock)

    def stage(
        self,
        team: int,
        work: float = 1.0,
        resolves: float = 1.0,
        then: Sequence[tuple[int, float]] = (),
        *,
        shape: Shape = FIXED,
        user_wait: Wait | None = None,
        vendor_wait: Wait | None = None,
    ) -> Stage:
        return Stage(
            team,
            self.time(work, shape, "work"),
            self.number("resolves", resolves),
            tuple(target for target, _ in then),
            tuple(np.cumsum([share for _, share in then]).tolist()),
            user_wait or self.wait(),
            vendor_wait or self.wait(),
        )

    def category(self, stages: Sequence[Stage], entry: Sequence[tuple[int, float]] = (), **more: Any) -> int:
        entry = entry or [(stages[0].team, 1.0)]
        rows: list[Stage | None] = [None] * len(self.teams)
        for stage in stages:
            rows[stage.team] = stage
        name = more.pop("name", f"kind{len(self.categories)}")
        self.categories.append(
            Category(
                name=name,
                key=name_key(f"category/{name}"),
                entry_teams=tuple(team for team, _ in entry),
                entry_cumulative=tuple(np.cumsum([share for _, share in entry]).tolist()),
                stages=tuple(rows),
                misrouting=self.number("misrouting", more.pop("misrouting", 0)),
                misrouting_pressure=self.number("misrouting_pressure", more.pop("misrouting_pressure", 0)),
                bounce_work=self.time(more.pop("bounce_work", 0)),
                handoff_delay=self.time(more.pop("handoff_delay", 0)),
                context_loss=self.number("context_loss", more.pop("context_loss", 0)),
                second=more.pop("second", None),
                reopen_share=self.number("reopen_share", more.pop("reopen_share", 0)),
                reopen_work=self.number("reopen_work", more.pop("reopen_work", 1)),
                close_delay=int(more.pop("close_delay", 0) * HOUR),
            )
        )
        assert not more, f"unknown: {more}"
        return len(self.categories) - 1

    def second(self, team: int, share: float, swarming: float, work: float) -> SecondTeam:
        return SecondTeam(
            team, self.number("share", share), self.number("swarming", swarming), self.time(work)
        )

    def arrivals(
        self,
        per_hour: float | np.ndarray[Any, Any],
        demand: float = 1,
        steps: Sequence[tuple[int, float]] = (),
        day_factor: Shape = FIXED,
    ) -> Arrivals:
        hourly = np.broadcast_to(np.asarray(per_hour, dtype=np.float64), (self.hours,)).copy()
        return Arrivals(hourly, day_factor, self.number("demand", demand, steps))

    def incident_stream(self, category: int = 0, per_hour: float = 0, **more: Any) -> int:
        impacts = more.pop("impacts", [(1.0, ONE_USER)])
        name = more.pop("name", f"stream{len(self.incidents)}")
        self.incidents.append(
            IncidentStream(
                name=name,
                key=name_key(f"incident/{name}"),
                service=more.pop("service", 0),
                category=category,
                arrivals=self.arrivals(per_hour, more.pop("demand", 1), more.pop("steps", ())),
                impacts=tuple(impact for _, impact in impacts),
                impact_cumulative=tuple(np.cumsum([share for share, _ in impacts]).tolist()),
                monitored=self.number("monitored", more.pop("monitored", 1)),
                monitoring_delay=self.time(more.pop("monitoring_delay", 0)),
                report_delay=self.time(more.pop("report_delay", 0)),
                priority_error=self.number("priority_error", more.pop("priority_error", 0)),
            )
        )
        assert not more, f"unknown: {more}"
        return len(self.incidents) - 1

    def request_stream(self, category: int = 0, per_hour: float = 0, **more: Any) -> int:
        name = more.pop("name", f"asks{len(self.requests)}")
        self.requests.append(
            RequestStream(
                name=name,
                key=name_key(f"request/{name}"),
                service=0,
                category=category,
                arrivals=self.arrivals(per_hour, more.pop("demand", 1), more.pop("steps", ())),
                priority=more.pop("priority", 4),
                value_weight=self.number("value_weight", more.pop("value", 1)),
                service_level=ServiceLevel(24 * HOUR, self.always()),
                automation=self.number("automation", more.pop("automation", 0), more.pop("ramp", ())),
                automation_failures=self.number("failures", more.pop("failures", 0)),
                automated_time=self.time(more.pop("automated_time", 0)),
                approval=self.wait(more.pop("approval", 0), more.pop("approval_time", 0)),
            )
        )
        assert not more, f"unknown: {more}"
        return len(self.requests) - 1

    def model(self, sla_hours: float = 24) -> Model:
        if not self.services:
            self.service()
        level = ServiceLevel(int(sla_hours * HOUR), self.always())
        return Model(
            name="test",
            start="2026-01-05",
            start_weekday=0,
            warmup=-self.start,
            horizon=self.end,
            parameters=tuple(self.parameters),
            tables=(),
            services=tuple(self.services),
            teams=tuple(self.teams),
            categories=tuple(self.categories),
            incidents=tuple(self.incidents),
            requests=tuple(self.requests),
            service_levels=(level,) * 4,
        )


def impact(priority: int, scope: int = 10_000, severity: int = 500_000) -> Impact:
    """An impact class of the given priority."""
    return replace(ONE_USER, name=f"p{priority}", priority=priority, scope=scope, severity=severity)
