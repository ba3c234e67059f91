"""Histories written by hand, entry by entry, so that every outcome can be checked on paper.

Times are hours; t = 0 is a Monday, 00:00. Unless told otherwise there are two services with 100 users and
1,000 customers, revenue 100 an hour, a margin of 40%, nothing recaptured; employees work Monday to Friday
from 9 to 17 and lose half of their work in an outage; desk hours cost 50, those of operations 80.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from results.metrics.measures import measure
from results.metrics.record import Record
from results.metrics.scope import ALL, Scope
from results.prices import CustomerBase, Prices, ServicePrices, Target, TeamPrices
from results.summary import Summary, summarise
from sim.history.kinds import Activity, SeatState, WorkKind
from sim.history.tables import NEVER, Activities, Cases, Faults, History, SeatTime, Spells, Staff, Stocks
from sim.spec.calendars import DAY, HOUR, Calendar
from sim.spec.flows import Flow, Impact
from sim.spec.model import Model
from tests.sim.organisations import Builder

DESK, OPERATIONS = 0, 1
WEB, OFFICE = 0, 1
LATER = 2**62
HITS = {
    "both": (True, True),
    "employees": (True, False),
    "customers": (False, True),
    "nobody": (False, False),
}


def seconds(hours: float | None) -> int:
    return NEVER if hours is None else round(hours * HOUR)


def daily(begin: float, end: float, days: int, weekdays: range = range(5)) -> Calendar:
    open_days = [day for day in range(days) if day % 7 in weekdays]
    return Calendar(
        "daily",
        np.array([day * DAY + seconds(begin) for day in open_days], dtype=np.int64),
        np.array([day * DAY + seconds(end) for day in open_days], dtype=np.int64),
    )


@dataclass
class Diary:
    """Write entries, then ``measure`` an outcome over hours [start, end)."""

    days: int = 14
    warmup_days: int = 0
    load: Any = None
    planned: tuple[float, float] | None = None
    cases: list[list[int]] = field(default_factory=list)
    activities: list[tuple[int, ...]] = field(default_factory=list)
    spells: list[tuple[int, ...]] = field(default_factory=list)
    seat_time: list[tuple[int, ...]] = field(default_factory=list)
    impacts: list[Impact] = field(default_factory=list)
    prices_changed: dict[str, Any] = field(default_factory=dict)

    # Tickets

    def incident(
        self,
        start: float,
        end: float | None,
        *again: tuple[float, float | None],
        service: int = WEB,
        scope: float = 1.0,
        severity: float = 1.0,
        hits: str = "both",
        priority: int = 3,
        opened: float | None = -1.0,
        due: float | None = None,
        **columns: int,
    ) -> int:
        """An incident unresolved from ``start`` to ``end`` (None: still), and ``again`` after reopening."""
        self.impacts.append(
            Impact("impact", priority, round(scope * 1e6), round(severity * 1e6), *HITS[hits])
        )
        known = start if opened == -1.0 else opened
        case = self._case(Flow.INCIDENT, start, known, service, len(self.impacts) - 1, priority, due)
        depth = round(scope * severity * 1e6)
        self._spells(case, [(start, end), *again], service, depth, HITS[hits])
        self._set(case, columns)
        return case

    def request(
        self,
        opened: float,
        end: float | None,
        *again: tuple[float, float | None],
        service: int = OFFICE,
        due: float | None = None,
        **columns: int,
    ) -> int:
        """A request unfulfilled from ``opened`` to ``end`` (None: still)."""
        case = self._case(Flow.REQUEST, opened, opened, service, -1, 4, due)
        self._spells(case, [(opened, end), *again], service, 0, (True, False))
        self._set(case, columns)
        return case

    def _case(
        self,
        flow: Flow,
        start: float,
        opened: float | None,
        service: int,
        impact: int,
        priority: int,
        due: float | None,
    ) -> int:
        row = len(self.cases)
        known = dict.fromkeys(Cases.__dataclass_fields__, 0)
        known |= {"key": row, "flow": flow, "ordinal": row, "service": service, "impact": impact}
        known |= {"priority": priority, "perceived": priority, "team": -1}
        known |= {"origin": -1, "fault": -1, "change_kind": -1}
        known |= {"occurred": seconds(start), "opened": seconds(opened), "restored": NEVER, "closed": NEVER}
        known |= {"due": LATER if due is None else seconds(due)}
        self.cases.append(list(known.values()))
        self.note(row, Activity.SUBMIT if flow == Flow.REQUEST else Activity.OCCUR, start)
        return row

    def _spells(
        self,
        case: int,
        spells: list[tuple[float, float | None]],
        service: int,
        depth: int,
        hits: tuple[bool, bool],
    ) -> None:
        for number, (start, end) in enumerate(spells):
            self.spells.append((case, service, seconds(start), seconds(end), depth, *map(int, hits)))
            if number:
                self.note(case, Activity.REOPEN, start)
            if end is not None:
                self.note(case, Activity.RESTORE, end)
            self._set(case, {"restored": seconds(end), "reopens": number})

    def close(self, case: int, at: float) -> None:
        """The ticket is closed for good."""
        self._set(case, {"closed": seconds(at)})
        self.note(case, Activity.CLOSE, at)

    def _set(self, case: int, columns: dict[str, int]) -> None:
        names = list(Cases.__dataclass_fields__)
        for name, value in columns.items():
            self.cases[case][names.index(name)] = value

    def note(
        self, case: int, activity: Activity, start: float, end: float | None = -1.0, team: int = -1
    ) -> None:
        """An activity of a ticket (instant without ``end``, unfinished with None)."""
        complete = seconds(start) if end == -1.0 else seconds(end)
        self.activities.append((case, activity, seconds(start), complete, team))

    def queue(self, case: int, start: float, end: float | None, team: int = DESK) -> None:
        """The ticket waits in a team's queue."""
        self.note(case, Activity.QUEUE, start, end, team)

    # Seats

    def work(
        self,
        start: float,
        end: float,
        case: int,
        kind: WorkKind = WorkKind.INCIDENT,
        *,
        team: int = DESK,
        overtime: bool = False,
        switch_loss: float = 0,
        rework: float = 0,
    ) -> None:
        """A seat works on a ticket."""
        state = SeatState.OVERTIME if overtime else SeatState.WORKING
        self._seat(team, state, kind, case, start, end, switch_loss, rework)

    def idle(self, start: float, end: float, team: int = DESK) -> None:
        """A seat has nothing to do."""
        self._seat(team, SeatState.IDLE, WorkKind.NONE, -1, start, end, 0, 0)

    def absent(self, start: float, end: float, team: int = DESK) -> None:
        """A seat is away."""
        self._seat(team, SeatState.ABSENT, WorkKind.NONE, -1, start, end, 0, 0)

    def _seat(
        self, team: int, state: int, kind: int, case: int, start: float, end: float, *lost: float
    ) -> None:
        row = (team, 0, state, kind, case, seconds(start), seconds(end), *map(seconds, lost))
        self.seat_time.append(row)

    # What comes of it

    @property
    def model(self) -> Model:
        builder = Builder(warmup_days=self.warmup_days, days=self.days)
        desk = builder.team("desk", shifts=(builder.shift(builder.daily(9, 17, range(5))),))
        builder.team("operations", shifts=(builder.shift(builder.daily(9, 17, range(5))),))
        builder.service("web", value=300)
        builder.service("office", value=100)
        category = builder.category([builder.stage(desk)])
        impacts = [(1.0, impact) for impact in self.impacts] or [(1.0, Impact("none", 4, 0, 0, False, False))]
        builder.incident_stream(category, impacts=impacts, name="faults")
        builder.request_stream(category, name="access")
        model = builder.model()
        web, office = model.services
        if self.load is not None:
            hourly = np.broadcast_to(np.asarray(self.load, dtype=np.float64), (builder.hours,))
            steps = np.round(hourly * 1000).astype(np.int64) * HOUR
            web = replace(web, cumulative_load=np.concatenate([[0], np.cumsum(steps)]))
        if self.planned is not None:
            start, end = (np.array([seconds(hour)]) for hour in self.planned)
            web = replace(web, planned=Calendar("planned", start, end))
        return replace(model, services=(web, office))

    @property
    def prices(self) -> Prices:
        service = ServicePrices(100, 0.4, 0, 1, 100, 0.5, 0.99)
        prices = Prices(
            currency="EUR",
            services=(service, service),
            teams=(TeamPrices(50, 1.5), TeamPrices(80, 2)),
            customers=CustomerBase(1000, 30, 10, 0.01, 0.05, 8, 0, 90, 12, 10),
            employee_cost_per_hour=40,
            work_hours=daily(9, 17, self.days),
            request_lost_share=(0.25,),
            tooling_per_year=8760,
        )
        return replace(prices, **self.prices_changed)

    def history(self) -> History:
        spells = Spells.from_rows(self.spells)
        horizon = self.days * DAY
        cases = Cases.from_rows([tuple(row) for row in self.cases])
        inside = np.clip(np.where(spells.end == NEVER, horizon, spells.end), 0, horizon) - np.clip(
            spells.start, 0, horizon
        )
        area = tuple(int(inside[cases.flow[spells.case] == flow].sum()) for flow in Flow)
        return History(
            seed=1,
            replication=0,
            warmup=self.warmup_days * DAY,
            horizon=horizon,
            cases=cases,
            activities=Activities.from_rows(self.activities),
            spells=spells,
            seat_time=SeatTime.from_rows(self.seat_time),
            faults=Faults.from_rows([]),
            staff=Staff.from_rows([]),
            stocks=Stocks.from_rows([]),
            in_system_seconds=area,
        )

    @property
    def record(self) -> Record:
        return Record(self.model, self.prices, self.history())

    def measure(self, name: str, start: float = 0, end: float | None = None, service: int = ALL) -> float:
        """An outcome over hours [start, end), by default the whole measured period."""
        end_seconds = self.days * DAY if end is None else seconds(end)
        return measure(self.record, name, Scope(seconds(start), end_seconds, service))

    def summary(self, targets: tuple[Target, ...] = ()) -> Summary:
        return summarise(self.model, self.prices, targets, self.history())


def target(metric: str, threshold: float, **changes: Any) -> Target:
    """A target over the first week, unless told otherwise."""
    first_week = Target(
        "t",
        "objective",
        "outcome",
        "process",
        metric,
        ALL,
        True,
        threshold,
        0,
        7 * DAY,
        "owner",
        "2026-12-31",
    )
    return replace(first_week, **changes)
