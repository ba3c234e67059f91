"""Random planned flows for a random model: faults, problems, changes, initiatives, people."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

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
from sim.spec.flows import IncidentStream
from sim.spec.organisation import Service, Team
from sim.spec.people import People, Satisfaction
from tests.equivalence.arrivals import arrivals
from tests.equivalence.drafts import Draft

EFFECTS = (0.0, 0.5, 2.0)
TYPES = (
    (ChangeType.STANDARD, ChangeType.NORMAL, ChangeType.EMERGENCY),
    (ChangeType.EMERGENCY, ChangeType.NORMAL, ChangeType.STANDARD, ChangeType.NORMAL),
)


class Plans:
    """Everything that a model may hold besides incidents, requests and those who handle them."""

    def __init__(
        self, draft: Draft, teams: int, services: int, incidents: tuple[IncidentStream, ...]
    ) -> None:
        self.draft = draft
        self.teams = teams
        self.incidents = incidents
        self.types = draft.one_of(TYPES)
        self.kinds = tuple(self.kind(number) for number in range(len(self.types)))
        self.enablement = self.change_enablement()
        self.pools = tuple(self.pool(number) for number in range(draft.whole(0, 2) if incidents else 0))
        self.changes = tuple(self.stream(number, services) for number in range(draft.whole(0, 2)))
        self.initiatives = tuple(self.initiative(number, services) for number in range(draft.whole(0, 2)))
        self.management = self.problem_management() if draft.whole(0, 3) else None
        self.satisfaction = self.judgement() if draft.whole(0, 2) else None

    def anybody(self) -> int:
        return self.draft.whole(0, self.teams - 1)

    def kind(self, number: int) -> ChangeKind:
        return ChangeKind(
            name=f"kind {number}",
            key=self.draft.key("kind", number + 1),
            type=self.types[number],
            assess=self.draft.time("assess"),
            deploy=self.draft.time("deploy"),
            risk=self.draft.share("risk", (0.9, 0.3, 0.0, 0.9)),
        )

    def times(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        draft = self.draft
        start = -min(draft.warmup, draft.grid.before)
        step = draft.grid.moments * draft.one_of((1, 3, 7))
        return np.arange(start, draft.horizon, step, dtype=np.int64)[: draft.whole(0, 60)]

    def change_enablement(self) -> ChangeEnablement:
        draft = self.draft
        return ChangeEnablement(
            meetings=self.times(),
            capacity=draft.number("capacity", (2.0, 1.0, 0.0, 9.0)),
            rigour=draft.share("rigour"),
            rigour_effect=draft.share("rigour_effect"),
            rigour_work=draft.share("rigour_work"),
            reference=int(draft.one_of((HOUR, 60, 40 * HOUR))),
            size_effect=draft.number("size_effect", EFFECTS),
            test_automation=draft.share("test_automation"),
            collision_effect=draft.number("collision_effect", EFFECTS),
            haste_effect=draft.number("haste_effect", EFFECTS),
            knowledge_effect=draft.number("knowledge_effect", EFFECTS),
            bypass=draft.share("bypass"),
            bypass_pressure=draft.number("bypass_pressure", EFFECTS),
            bypass_effect=draft.number("bypass_effect", EFFECTS),
            rolled_back=draft.share("rolled_back", (1.0, 0.5, 0.0)),
            rollback_work=draft.time("rollback_work"),
            rebuild=draft.number("rebuild", (1.0, 0.3, 0.0)),
            emergency=self.types.index(ChangeType.EMERGENCY),
            emergency_share=draft.share("emergency_share", (1.0, 0.5, 0.0)),
            emergency_work=draft.time("emergency_work"),
            batch_pressure=draft.number("batch_pressure", EFFECTS),
        )

    def pool(self, number: int) -> FaultPool:
        draft = self.draft
        hours = (draft.warmup + draft.horizon) // HOUR
        first = hours - (min(draft.warmup, draft.grid.before) + draft.horizon + HOUR - 1) // HOUR
        hourly = np.zeros(hours)
        hourly[first:] = draft.one_of((3.0, 8.0)) / (hours - first)
        return FaultPool(
            name=f"pool {number}",
            key=draft.key("pool", number + 1),
            stream=draft.whole(0, len(self.incidents) - 1),
            initial=draft.whole(0, 4),
            hourly=hourly,
            spread=draft.shape(),
            births=draft.number("births", (0.5, 0.0, 20.0)),
            ageing=draft.number("ageing", EFFECTS),
            team=self.anybody(),
            investigation=draft.time("investigation"),
            finds_cause=draft.share("finds_cause", (1.0, 0.4)),
            workaround=draft.share("workaround", (1.0, 0.5, 0.0)),
            workaround_work=draft.number("workaround_work", (0.5, 0.0, 1.0)),
            workaround_resolves=draft.share("workaround_resolves"),
            fix=draft.whole(0, len(self.kinds) - 1),
            fix_work=draft.time("fix_work"),
            worth=draft.number("worth", (1.0, 0.0, 70.0)),
        )

    def stream(self, number: int, services: int) -> ChangeStream:
        draft = self.draft
        return ChangeStream(
            name=f"changes {number}",
            key=draft.key("changes", number + 1),
            service=draft.whole(0, services - 1),
            team=self.anybody(),
            kind=draft.whole(0, len(self.kinds) - 1),
            purpose=draft.one_of((Purpose.MAINTENANCE, Purpose.ROUTINE)),
            arrivals=arrivals(draft),
            work=draft.time("change.work"),
            due=int(draft.one_of(draft.grid.durations)),
            worth=draft.number("worth", (1.0, 0.0, 70.0)),
        )

    def initiative(self, number: int, services: int) -> Initiative:
        draft = self.draft
        start = -min(draft.warmup, draft.grid.before)
        marks = range(start, draft.horizon, draft.grid.moments)
        return Initiative(
            name=f"initiative {number}",
            key=draft.key("initiative", number + 1),
            service=draft.whole(0, services - 1),
            kind=draft.whole(0, len(self.kinds) - 1),
            start=marks[draft.whole(0, len(marks) - 1)],
            due=draft.one_of((draft.horizon, draft.horizon // 2)),
            parts=tuple(self.part() for _ in range(draft.whole(1, 3))),
            believed_weight=draft.number("believed", (10.0, 0.0, 300.0)),
        )

    def part(self) -> Part:
        longest = max(self.draft.grid.durations)
        effort = self.draft.number("effort", (longest, longest / 3, 0.0))
        return Part(self.anybody(), effort, self.draft.number("batch", (longest / 4, longest)))

    def problem_management(self) -> ProblemManagement:
        draft = self.draft
        return ProblemManagement(
            maturity=draft.share("maturity", (1.0, 0.5, 0.0)),
            majors=draft.share("majors", (1.0, 0.5, 0.0)),
            repeats=draft.whole(1, 3),
            window=int(draft.one_of((90 * DAY, max(draft.grid.durations)))),
        )

    def judgement(self) -> Satisfaction:
        draft = self.draft
        return Satisfaction(
            patience=draft.number("patience", (max(draft.grid.durations), 0.0)),
            handoff_loss=draft.share("handoff_loss", (0.1, 0.0, 1.0)),
            reopen_loss=draft.share("reopen_loss", (0.3, 0.0)),
            weight=draft.share("weight", (0.5, 1.0)),
        )

    def kept_up(self, service: Service, number: int) -> Service:
        """A service with upkeep, which those that nothing is planned for may lack."""
        draft = self.draft
        planned = {stream.service for stream in self.changes} | {item.service for item in self.initiatives}
        planned |= {self.incidents[pool.stream].service for pool in self.pools}
        if number not in planned and draft.chance(2):
            return service
        streams = [row for row, stream in enumerate(self.incidents) if stream.service == number]
        pools = [row for row, pool in enumerate(self.pools) if self.incidents[pool.stream].service == number]
        upkeep = Upkeep(
            windows=draft.calendar(),
            failures=draft.one_of([*streams, -1]),
            pool=draft.one_of([*pools, -1]),
            findings=draft.number("findings", (1.0, 0.0, 9.0)),
            finding_kind=draft.whole(0, len(self.kinds) - 1),
            finding_team=self.anybody(),
            finding_work=draft.time("finding_work"),
            load=draft.number("load", (1.0, 1.7)),
            peak_capacity=draft.number("peak_capacity", (5.0, 15.5, 30.0)),
            overload=draft.one_of([*streams, -1]),
        )
        return replace(service, upkeep=upkeep)

    def staffed(self, team: Team) -> Team:
        """A team whose people tire, leave and learn; part of it may be ring-fenced."""
        draft = self.draft
        fence = draft.number("ring_fenced", (1.0, 0.0, 2.0), lively=4) if draft.chance(2) else None
        if draft.chance(3):
            return replace(team, ring_fenced=fence)
        people = People(
            attrition=draft.number("attrition", (300.0, 0.0, 40.0)),
            strain_effect=draft.number("strain_effect", EFFECTS),
            strain_from=draft.share("strain_from", (0.0, 0.5, 1.0)),
            strain_weight=draft.share("strain_weight", (0.5, 1.0)),
            vacancy=draft.time("vacancy"),
            newcomer_speed=draft.share("newcomer_speed", (0.5, 0.0, 1.0)),
            learning=draft.number("learning", draft.grid.durations),
            written_down=draft.share("written_down"),
            recovery=draft.share("recovery", (0.1, 1.0)),
            knowledge_effect=draft.number("knowledge_effect", EFFECTS),
        )
        return replace(team, ring_fenced=fence, people=people)
