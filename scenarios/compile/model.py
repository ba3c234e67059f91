"""The model of a scenario: row numbers, cumulative shares, int64 seconds."""

from __future__ import annotations

from itertools import accumulate

from scenarios.compile.loads import Loads
from scenarios.compile.numbers import Numbers
from scenarios.compile.planned import PlannedCompiler, key_of
from scenarios.compile.shapes import Shapes
from scenarios.compile.times import Axis, day_length
from scenarios.quantities import Quantity
from scenarios.schema import work
from scenarios.schema.base import Base
from scenarios.schema.people import Service as ServiceSpec
from scenarios.schema.people import Team as TeamSpec
from scenarios.schema.times import ALWAYS, Hours
from sim.spec.calendars import Calendar
from sim.spec.flows import (
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
from sim.spec.organisation import Service, Team

MILLION = 1_000_000


def cumulative(shares: list[float]) -> tuple[float, ...]:
    """Cumulative shares of the total; the last is exactly 1."""
    total = sum(shares)
    found = [part / total for part in accumulate(shares)]
    return (*found[:-1], 1.0) if found else ()


class ModelCompiler:
    """Builds the model of a base for one set of numbers."""

    def __init__(self, base: Base, axis: Axis, numbers: Numbers) -> None:
        self.base = base
        self.axis = axis
        self.numbers = numbers
        self.shapes = Shapes(numbers)
        self.loads = Loads(axis, numbers)
        self.planned = PlannedCompiler(base, axis, numbers, self.shapes, self.loads)
        self.services = {name: row for row, name in enumerate(base.services)}
        self.teams = {name: row for row, name in enumerate(base.teams)}
        self.categories = {name: row for row, name in enumerate(base.categories)}
        clock = axis.hours_of(base.service_levels.clock)
        self.business_day = day_length(clock)
        self.clock = axis.calendar(base.service_levels.clock, clock)
        self.calendars: dict[str, Calendar] = {}
        self.always = axis.calendar("always", axis.hours_of("always"), every_day=True)

    def model(self, name: str) -> Model:
        """All of it."""
        base = self.base
        services = tuple(self.service(*item) for item in base.services.items())
        teams = tuple(self.team(*item) for item in base.teams.items())
        categories = tuple(self.category(*item) for item in base.categories.items())
        incidents = tuple(self.incidents(*item) for item in base.incidents.items())
        requests = tuple(self.requests(*item) for item in base.requests.items())
        levels = tuple(
            self.service_level(f"service_levels.p{priority}", getattr(base.service_levels, f"p{priority}"))
            for priority in range(1, 5)
        )
        planned = self.planned
        pools = tuple(planned.pool(*item) for item in base.faults.items())
        problems = planned.problem_management()
        kinds = tuple(planned.kind(*item) for item in base.change_kinds.items())
        enablement = planned.enablement()
        changes = tuple(planned.change_stream(*item) for item in base.changes.items())
        initiatives, satisfaction = planned.initiatives(), planned.satisfaction()
        return Model(
            name=name,
            start=base.start.isoformat(),
            start_weekday=self.axis.weekday,
            warmup=self.axis.warmup,
            horizon=self.axis.horizon,
            parameters=tuple(self.numbers.parameters),
            tables=tuple(self.shapes.tables),
            services=services,
            teams=teams,
            categories=categories,
            incidents=incidents,
            requests=requests,
            service_levels=levels,
            faults=pools,
            problem_management=problems,
            change_kinds=kinds,
            change_enablement=enablement,
            changes=changes,
            initiatives=initiatives,
            satisfaction=satisfaction,
        )

    def service(self, name: str, spec: ServiceSpec) -> Service:
        """A service with its load."""
        path = f"services.{name}"
        if spec.planned is None:
            planned = self.axis.nowhere(f"{name} maintenance")
        else:
            planned = self.axis.calendar(f"{name} maintenance", spec.planned, every_day=True)
        return Service(
            name,
            key_of("services", name),
            self.numbers.param(f"{path}.value_weight"),
            self.numbers.param(f"{path}.believed_weight"),
            round(self.numbers.value(f"{path}.users")),
            spec.customer_facing,
            self.loads.cumulative(name),
            planned,
            self.planned.upkeep(name),
        )

    def team(self, name: str, spec: TeamSpec) -> Team:
        """A team with its shifts."""
        path = f"teams.{name}"
        param = self.numbers.param
        return Team(
            name,
            key_of("teams", name),
            spec.role,
            param(f"{path}.seats"),
            param(f"{path}.on_call"),
            param(f"{path}.absence"),
            param(f"{path}.policy"),
            param(f"{path}.preempts"),
            param(f"{path}.switch_loss"),
            tuple(self.axis.shift(label, shift.hours, shift.share) for label, shift in spec.shifts.items()),
            tuple(
                round(1000 * self.numbers.value(f"{path}.speeds[{row + 1}]"))
                for row in range(len(spec.speeds))
            ),
            # A team without ring-fenced seats, and without a lever on them, plays as it always did.
            param(f"{path}.ring_fenced"),
            self.planned.people(name, spec.people),
        )

    def split(self, path: str, shares: dict[str, Quantity]) -> tuple[tuple[int, ...], tuple[float, ...]]:
        """Teams and cumulative shares."""
        rows = tuple(self.teams[team] for team in shares)
        return rows, cumulative([self.numbers.value(f"{path}.{team}") for team in shares])

    def wait(self, path: str, spec: work.Wait) -> Wait:
        """A wait that some tickets have."""
        share, time = self.numbers.param(f"{path}.share"), self.shapes.variate(f"{path}.time", spec.time)
        hours = self.axis.hours_of(spec.clock)
        return Wait(share, time, None if hours == ALWAYS else self.open_hours(hours))

    def open_hours(self, hours: Hours) -> Calendar:
        """A calendar of opening hours, made once."""
        label = repr(hours)
        if label not in self.calendars:
            self.calendars[label] = self.axis.calendar("answers", hours)
        return self.calendars[label]

    def stage(self, path: str, team: str, spec: work.Stage) -> Stage:
        """A team's part in a category."""
        after, shares = self.split(f"{path}.then", spec.then)
        return Stage(
            self.teams[team],
            self.shapes.variate(f"{path}.work", spec.work),
            # A last stage ends everything, whatever a lever says.
            self.numbers.param(f"{path}.resolves", None if spec.then else 1.0),
            after,
            shares,
            self.wait(f"{path}.user_wait", spec.user_wait),
            self.wait(f"{path}.vendor_wait", spec.vendor_wait),
            None if spec.onward_wait is None else self.wait(f"{path}.onward_wait", spec.onward_wait),
            None if spec.onward_asks is None else self.numbers.param(f"{path}.onward_asks"),
        )

    def category(self, name: str, spec: work.Category) -> Category:
        """A category with a stage or None for each team."""
        path = f"categories.{name}"
        param, variate = self.numbers.param, self.shapes.variate
        entry, entry_shares = self.split(f"{path}.entry", spec.entry)
        stages: list[Stage | None] = [None] * len(self.teams)
        for team, stage in spec.stages.items():
            stages[self.teams[team]] = self.stage(f"{path}.stages.{team}", team, stage)
        second = None
        if spec.second_team is not None:
            second = SecondTeam(
                self.teams[spec.second_team.team],
                param(f"{path}.second_team.share"),
                param(f"{path}.second_team.swarming"),
                variate(f"{path}.second_team.work", spec.second_team.work),
            )
        return Category(
            name,
            key_of("categories", name),
            entry,
            entry_shares,
            tuple(stages),
            param(f"{path}.misrouting"),
            param(f"{path}.misrouting_pressure"),
            variate(f"{path}.bounce_work", spec.bounce_work),
            variate(f"{path}.handoff_delay", spec.handoff_delay),
            param(f"{path}.context_loss"),
            second,
            param(f"{path}.reopen"),
            param(f"{path}.reopen_work"),
            round(self.numbers.value(f"{path}.close_after")),
        )

    def impact(self, mix: str, name: str, spec: work.Impact, service: str) -> Impact:
        """A class of consequences for the users and customers of a service."""
        path = f"impacts.{mix}.{name}"
        scope = self.numbers.value(f"{path}.scope")
        users = self.numbers.value(f"services.{service}.users")
        customers = self.numbers.value("business.customers") * self.numbers.value(
            f"services.{service}.customer_share"
        )
        whole = {"user": users, "customer": customers}.get(spec.scope.unit.rstrip("s"), 1.0)
        return Impact(
            name,
            spec.priority,
            min(MILLION, round(MILLION * scope / whole)) if whole > 0 else 0,
            round(MILLION * self.numbers.value(f"{path}.severity")),
            spec.hits in ("employees", "both"),
            spec.hits in ("customers", "both"),
        )

    def incidents(self, name: str, spec: work.Incidents) -> IncidentStream:
        """A stream of incidents."""
        path = f"incidents.{name}"
        mix = self.base.impacts[spec.impacts]
        shares = [self.numbers.value(f"impacts.{spec.impacts}.{label}.share") for label in mix]
        return IncidentStream(
            name,
            key_of("incidents", name),
            self.services[spec.service],
            self.categories[spec.category],
            self.planned.arrivals(path, spec, most=self.planned.most_demand(name)),
            tuple(self.impact(spec.impacts, *item, spec.service) for item in mix.items()),
            cumulative(shares),
            self.numbers.param(f"{path}.monitored"),
            self.shapes.variate(f"{path}.monitoring_delay", spec.monitoring_delay),
            self.shapes.variate(f"{path}.report_delay", spec.report_delay),
            self.numbers.param(f"{path}.priority_error"),
        )

    def service_level(self, path: str, quantity: Quantity) -> ServiceLevel:
        """Time allowed, on the clock that its unit names."""
        value = self.numbers.value(path)
        if quantity.unit == "bd":
            return ServiceLevel(round(value * self.business_day), self.clock)
        return ServiceLevel(round(value), self.clock if quantity.unit == "bh" else self.always)

    def requests(self, name: str, spec: work.Requests) -> RequestStream:
        """A stream of requests."""
        path = f"requests.{name}"
        param = self.numbers.param
        if spec.within is None:
            priority = f"p{spec.priority}"
            level = self.service_level(
                f"service_levels.{priority}", getattr(self.base.service_levels, priority)
            )
        else:
            level = self.service_level(f"{path}.within", spec.within)
        return RequestStream(
            name,
            key_of("requests", name),
            self.services[spec.service],
            self.categories[spec.category],
            self.planned.arrivals(path, spec),
            spec.priority,
            param(f"{path}.value_weight"),
            level,
            param(f"{path}.automation"),
            param(f"{path}.automation_failures"),
            self.shapes.variate(f"{path}.automated_time", spec.automated_time),
            self.wait(f"{path}.approval", spec.approval),
        )
