"""Faults, changes, initiatives and people of a model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scenarios.compile.loads import Loads
from scenarios.compile.numbers import Numbers
from scenarios.compile.shapes import CONSTANT, Shapes, lognormal
from scenarios.compile.times import Axis
from scenarios.levers import moment
from scenarios.schema import changes, faults, staff
from scenarios.schema.base import Base
from scenarios.schema.upkeep import Upkeep as UpkeepSpec
from scenarios.schema.work import Arriving
from sim.chance.keyed import name_key
from sim.spec.calendars import WEEK, Calendar
from sim.spec.changes import (
    ChangeEnablement,
    ChangeKind,
    ChangeStream,
    ChangeType,
    Initiative,
    Part,
    Purpose,
    Upkeep,
)
from sim.spec.check_planned import FAULT_BOUND
from sim.spec.faults import FaultPool, ProblemManagement
from sim.spec.flows import Arrivals
from sim.spec.parameters import Param
from sim.spec.people import People, Satisfaction
from sim.spec.shapes import Variate

A_DAY = 24.0
"""Rates are per hour in a file and per day where the model decides once a day."""

TYPES = {
    "standard": ChangeType.STANDARD,
    "normal": ChangeType.NORMAL,
    "emergency": ChangeType.EMERGENCY,
}
PURPOSES = {"maintenance": Purpose.MAINTENANCE, "routine": Purpose.ROUTINE}


def key_of(section: str, name: str) -> int:
    """Entity key of a named thing: the same in every scenario that has it."""
    return name_key(f"{section}/{name}")


@dataclass(frozen=True, slots=True)
class Start:
    """One start of an initiative: the name of this repetition, of the entry, and when (seconds)."""

    name: str
    entry: str
    time: int


def starts(base: Base, warmup: int, horizon: int) -> Iterator[Start]:
    """Every initiative that starts within a run, repetitions one after the other."""
    for entry, spec in base.initiatives.items():
        time, number = moment(spec.start, base.start, before=True), 1
        while time < horizon:
            if time >= -warmup:
                yield Start(entry if number == 1 else f"{entry}-{number}", entry, time)
            if spec.every is None:
                break
            time += spec.every * WEEK
            number += 1


CALM = 0.5
"""A day is calm that is expected to bring less than this part of a mean day."""


class PlannedCompiler:
    """Builds what is planned, and what wears out, for one set of numbers."""

    def __init__(self, base: Base, axis: Axis, numbers: Numbers, shapes: Shapes, loads: Loads) -> None:
        self.base = base
        self.axis = axis
        self.numbers = numbers
        self.shapes = shapes
        self.loads = loads
        self.services = {name: row for row, name in enumerate(base.services)}
        self.teams = {name: row for row, name in enumerate(base.teams)}
        self.incidents = {name: row for row, name in enumerate(base.incidents)}
        self.pools = {name: row for row, name in enumerate(base.faults)}
        self.kinds = {name: row for row, name in enumerate(base.change_kinds)}

    def arrivals(self, path: str, spec: Arriving, *, most: float | None = None) -> Arrivals:
        """Rates by hour, random factor of the day, lever on demand."""
        # A random factor of variance v and mean 1 has the coefficient of variation sqrt(v).
        spread = self.numbers.value(f"{path}.dispersion") ** 0.5
        demand = self.numbers.param(f"{path}.demand", at_most=most)
        hourly = self.loads.hourly(path, spec)
        if spec.calm_dispersion is None:
            return Arrivals(hourly, lognormal(spread), demand)
        calm = lognormal(self.numbers.value(f"{path}.calm_dispersion") ** 0.5)
        below = CALM * 24 * float(hourly.mean())
        return Arrivals(hourly, lognormal(spread), demand, calm, below)

    def most_demand(self, stream: str) -> float | None:
        """Highest demand on a stream of incidents, if faults cause some of them."""
        return FAULT_BOUND if any(pool.incidents == stream for pool in self.base.faults.values()) else None

    # Faults and problems

    def problem_management(self) -> ProblemManagement | None:
        """When a fault becomes a problem."""
        spec = self.base.problems
        if spec is None:
            return None
        param = self.numbers.param
        window = round(self.numbers.value("problems.window"))
        return ProblemManagement(param("problems.maturity"), param("problems.majors"), spec.repeats, window)

    def pool(self, name: str, spec: faults.FaultPool) -> FaultPool:
        """The faults behind a stream of incidents."""
        path = f"faults.{name}"
        param, variate = self.numbers.param, self.shapes.variate
        return FaultPool(
            name=name,
            key=key_of("faults", name),
            stream=self.incidents[spec.incidents],
            initial=round(self.numbers.value(f"{path}.initial")),
            hourly=self.numbers.value(f"{path}.rate")
            * self.loads.factor(self.base.incidents[spec.incidents]),
            spread=self.shapes.shape(f"{path}.spread", spec.spread),
            births=param(f"{path}.births", scale=A_DAY),
            ageing=param(f"{path}.ageing"),
            team=self.teams[spec.team],
            investigation=variate(f"{path}.investigation", spec.investigation),
            finds_cause=param(f"{path}.finds_cause"),
            workaround=param(f"{path}.workaround"),
            workaround_work=param(f"{path}.workaround_work"),
            workaround_resolves=param(f"{path}.workaround_resolves"),
            fix=self.kinds[spec.fix],
            fix_work=variate(f"{path}.fix_work", spec.fix_work),
            worth=param(f"{path}.worth"),
        )

    # Changes

    def kind(self, name: str, spec: changes.ChangeKind) -> ChangeKind:
        """A kind of change."""
        path = f"change_kinds.{name}"
        return ChangeKind(
            name,
            key_of("change_kinds", name),
            TYPES[spec.type],
            self.shapes.variate(f"{path}.assess", spec.assess),
            self.shapes.variate(f"{path}.deploy", spec.deploy),
            self.numbers.param(f"{path}.risk"),
        )

    def enablement(self) -> ChangeEnablement | None:
        """How changes get into production."""
        spec = self.base.change_enablement
        if spec is None:
            return None

        def param(key: str) -> Param:
            return self.numbers.param(f"change_enablement.{key}")

        variate = self.shapes.variate
        return ChangeEnablement(
            meetings=self.axis.meetings(spec.meetings),
            capacity=param("capacity"),
            rigour=param("rigour"),
            rigour_effect=param("rigour_effect"),
            rigour_work=param("rigour_work"),
            reference=round(self.numbers.value("change_enablement.reference")),
            size_effect=param("size_effect"),
            test_automation=param("test_automation"),
            collision_effect=param("collision_effect"),
            haste_effect=param("haste_effect"),
            knowledge_effect=param("knowledge_effect"),
            bypass=param("bypass"),
            bypass_pressure=param("bypass_pressure"),
            bypass_effect=param("bypass_effect"),
            rolled_back=param("rolled_back"),
            rollback_work=variate("change_enablement.rollback_work", spec.rollback_work),
            rebuild=param("rebuild"),
            emergency=self.kinds[spec.emergency.kind],
            emergency_share=param("emergency.share"),
            emergency_work=variate("change_enablement.emergency.work", spec.emergency.work),
            batch_pressure=param("batch_pressure"),
        )

    def change_stream(self, name: str, spec: changes.Changes) -> ChangeStream:
        """A stream of changes."""
        path = f"changes.{name}"
        return ChangeStream(
            name=name,
            key=key_of("changes", name),
            service=self.services[spec.service],
            team=self.teams[spec.team],
            kind=self.kinds[spec.kind],
            purpose=PURPOSES[spec.purpose],
            arrivals=self.arrivals(path, spec),
            work=self.shapes.variate(f"{path}.work", spec.work),
            due=round(self.numbers.value(f"{path}.due")),
            worth=self.numbers.param(f"{path}.worth"),
        )

    def initiative(self, start: Start) -> Initiative:
        """One initiative; repetitions of it share their levers."""
        path, spec = f"initiatives.{start.entry}", self.base.initiatives[start.entry]
        param = self.numbers.param
        parts = tuple(
            Part(
                self.teams[team],
                param(f"{path}.parts.{team}.effort"),
                param(f"{path}.parts.{team}.batch"),
            )
            for team in spec.parts
        )
        return Initiative(
            name=start.name,
            key=key_of("initiatives", start.name),
            service=self.services[spec.service],
            kind=self.kinds[spec.kind],
            start=start.time,
            due=start.time + round(self.numbers.value(f"{path}.due")),
            parts=parts,
            believed_weight=param(f"{path}.believed_weight"),
        )

    def initiatives(self) -> tuple[Initiative, ...]:
        """All that start within the run."""
        return tuple(self.initiative(it) for it in starts(self.base, self.axis.warmup, self.axis.horizon))

    # What changes and age do to a service

    def upkeep(self, name: str) -> Upkeep | None:
        """What changes meet on a service, and what wears it out."""
        service = self.base.services[name]
        spec, path = service.upkeep, f"services.{name}.upkeep"
        if spec is None:
            return None
        audit = spec.audit
        if audit is None:
            never = self.numbers.constant(f"{path}.audit.findings", 0.0)
            findings, work = never, Variate(never, CONSTANT)
        else:
            findings = self.numbers.param(f"{path}.audit.findings", scale=A_DAY)
            work = self.shapes.variate(f"{path}.audit.work", audit.work)
        return Upkeep(
            windows=self.windows(f"{name} windows", spec),
            failures=-1 if spec.failures is None else self.incidents[spec.failures],
            pool=-1 if spec.faults is None else self.pools[spec.faults],
            findings=findings,
            finding_kind=0 if audit is None else self.kinds[audit.kind],
            finding_team=0 if audit is None else self.teams[audit.team],
            finding_work=work,
            load=self.numbers.param(f"services.{name}.load"),
            peak_capacity=self.numbers.param(f"services.{name}.peak_capacity"),
            overload=-1 if spec.overload is None else self.incidents[spec.overload],
        )

    def windows(self, name: str, spec: UpkeepSpec) -> Calendar:
        """When changes may be deployed: windows without freezes."""
        calendar = self.axis.calendar(name, self.axis.hours_of(spec.windows))
        return self.axis.without(calendar, self.axis.frozen(spec.freezes))

    # People

    def people(self, team: str, spec: staff.People | None) -> People | None:
        """How the people of a team tire, leave, are replaced and learn."""
        if spec is None:
            return None

        def param(key: str) -> Param:
            return self.numbers.param(f"teams.{team}.people.{key}")

        return People(
            attrition=param("attrition"),
            strain_effect=param("strain_effect"),
            strain_from=param("strain_from"),
            strain_weight=param("strain_weight"),
            vacancy=self.shapes.variate(f"teams.{team}.people.vacancy", spec.vacancy),
            newcomer_speed=param("newcomer_speed"),
            learning=param("learning"),
            written_down=param("written_down"),
            recovery=param("recovery"),
            knowledge_effect=param("knowledge_effect"),
        )

    def satisfaction(self) -> Satisfaction | None:
        """How users come to judge IT."""
        if self.base.satisfaction is None:
            return None
        param = self.numbers.param
        return Satisfaction(
            param("satisfaction.patience"),
            param("satisfaction.handoff_loss"),
            param("satisfaction.reopen_loss"),
            param("satisfaction.weight"),
        )
