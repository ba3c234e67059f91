"""A tiny organisation in which everything happens: faults, problems, changes, initiatives, leavers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from sim.chance.keyed import name_key
from sim.spec.calendars import DAY, HOUR
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
from sim.spec.faults import FaultPool, ProblemManagement
from sim.spec.model import Model
from sim.spec.organisation import Service
from sim.spec.people import People, Satisfaction
from tests.sim.organisations import FIXED, Builder


class Estate(Builder):
    """A builder that knows faults, changes and people. Hours in, seconds out."""

    STANDARD, NORMAL, EMERGENCY = range(3)

    def kinds(self, risk: float = 0.0, assess: float = 0.0, deploy: float = 1.0) -> tuple[ChangeKind, ...]:
        return tuple(
            ChangeKind(
                f"kind {type_.name}",
                name_key(f"kind/{type_}"),
                type_,
                self.time(assess),
                self.time(deploy),
                self.number("risk", risk),
            )
            for type_ in ChangeType
        )

    def enablement(self, **more: Any) -> ChangeEnablement:
        every, hour = more.pop("every_days", 1), more.pop("at", 10)
        meetings = [
            day * DAY + hour * HOUR for day in range(-self.warmup_days, self.days) if day % every == 0
        ]
        values = {
            "capacity": 99,
            "rigour": 0,
            "rigour_effect": 0,
            "rigour_work": 0,
            "size_effect": 0,
            "test_automation": 0,
            "collision_effect": 0,
            "haste_effect": 0,
            "knowledge_effect": 0,
            "bypass": 0,
            "bypass_pressure": 0,
            "bypass_effect": 0,
            "rolled_back": 1,
            "rebuild": 1,
            "emergency_share": 0,
            "batch_pressure": 0,
        }
        found = ChangeEnablement(
            meetings=np.array(meetings, dtype=np.int64),
            reference=more.pop("reference", 4) * HOUR,
            rollback_work=self.time(more.pop("rollback_work", 0.5)),
            emergency=self.EMERGENCY,
            emergency_work=self.time(more.pop("emergency_work", 1.0)),
            **{name: self.number(name, more.pop(name, value)) for name, value in values.items()},
        )
        assert not more, f"unknown: {more}"
        return found

    def upkeep(self, **more: Any) -> Upkeep:
        return Upkeep(
            windows=more.get("windows") or self.always(),
            failures=more.get("failures", -1),
            pool=more.get("pool", -1),
            findings=self.number("findings", more.get("findings", 0)),
            finding_kind=self.STANDARD,
            finding_team=more.get("team", 0),
            finding_work=self.time(more.get("finding_work", 2.0)),
            load=self.number("load", more.get("load", 1)),
            peak_capacity=self.number("peak_capacity", more.get("peak_capacity", 9)),
            overload=more.get("overload", -1),
        )

    def pool(self, stream: int = 0, per_hour: float = 0, **more: Any) -> FaultPool:
        return FaultPool(
            name="defects",
            key=name_key("faults/defects"),
            stream=stream,
            initial=more.get("initial", 1),
            hourly=np.full(self.hours, float(per_hour)),
            spread=more.get("spread", FIXED),
            births=self.number("births", more.get("births", 0)),
            ageing=self.number("ageing", more.get("ageing", 0)),
            team=more.get("team", 0),
            investigation=self.time(more.get("investigation", 2.0)),
            finds_cause=self.number("finds_cause", more.get("finds_cause", 1)),
            workaround=self.number("workaround", more.get("workaround", 1)),
            workaround_work=self.number("workaround_work", more.get("workaround_work", 1)),
            workaround_resolves=self.number("workaround_resolves", more.get("workaround_resolves", 0)),
            fix=more.get("fix", self.STANDARD),
            fix_work=self.time(more.get("fix_work", 3.0)),
            worth=self.number("worth", more.get("worth", 1)),
        )

    def management(self, **more: Any) -> ProblemManagement:
        return ProblemManagement(
            self.number("maturity", more.get("maturity", 1)),
            self.number("majors", more.get("majors", 1)),
            more.get("repeats", 2),
            int(more.get("window", 90 * 24) * HOUR),
        )

    def changes(self, per_hour: float = 0, **more: Any) -> ChangeStream:
        name = more.get("name", "patches")
        return ChangeStream(
            name=name,
            key=name_key(f"changes/{name}"),
            service=more.get("service", 0),
            team=more.get("team", 0),
            kind=more.get("kind", self.STANDARD),
            purpose=more.get("purpose", Purpose.MAINTENANCE),
            arrivals=self.arrivals(per_hour),
            work=self.time(more.get("work", 2.0)),
            due=int(more.get("due", 48) * HOUR),
            worth=self.number("worth", more.get("worth", 1)),
        )

    def initiative(self, start: float, efforts: list[tuple[int, float]], **more: Any) -> Initiative:
        return Initiative(
            name=more.get("name", "app"),
            key=name_key(f"initiatives/{more.get('name', 'app')}"),
            service=0,
            kind=more.get("kind", self.STANDARD),
            start=int(start * HOUR),
            due=int(more.get("due", 1000) * HOUR),
            parts=tuple(
                Part(
                    team,
                    self.number("effort", hours * HOUR),
                    self.number("batch", more.get("batch", 8) * HOUR),
                )
                for team, hours in efforts
            ),
            believed_weight=self.number("believed", more.get("believed", 10)),
        )

    def people(self, **more: Any) -> People:
        return People(
            attrition=self.number("attrition", more.get("attrition", 0)),
            strain_effect=self.number("strain_effect", more.get("strain_effect", 0)),
            strain_from=self.number("strain_from", more.get("strain_from", 0.5)),
            strain_weight=self.number("strain_weight", more.get("strain_weight", 0.5)),
            vacancy=self.time(more.get("vacancy", 48.0)),
            newcomer_speed=self.number("newcomer_speed", more.get("newcomer_speed", 0.5)),
            learning=self.number("learning", more.get("learning", 24 * 14) * HOUR),
            written_down=self.number("written_down", more.get("written_down", 0.5)),
            recovery=self.number("recovery", more.get("recovery", 0.1)),
            knowledge_effect=self.number("knowledge_effect", more.get("knowledge_effect", 0.5)),
        )

    def satisfaction(self) -> Satisfaction:
        return Satisfaction(
            self.number("patience", 8 * HOUR),
            self.number("handoff_loss", 0.1),
            self.number("reopen_loss", 0.3),
            self.number("weight", 0.5),
        )

    def estate(self, **parts: Any) -> Model:
        """The model with planned flows; every service has the upkeep that it is given, or a plain one."""
        upkeep = parts.pop("upkeep", None) or self.upkeep()
        kinds = parts.pop("change_kinds", None) or self.kinds()
        enablement = parts.pop("change_enablement", None) or self.enablement()
        services = tuple(replace(service, upkeep=upkeep) for service in self.services or [self._service()])
        whole = replace(
            self.model(), services=services, change_kinds=kinds, change_enablement=enablement, **parts
        )
        return replace(whole, parameters=tuple(self.parameters))

    def _service(self) -> Service:
        return self.services[self.service()]
