"""Prices and business targets of a scenario."""

from __future__ import annotations

from datetime import timedelta

from pydantic import ValidationError

from results.catalogue import OUTCOMES
from results.prices import (
    CustomerBase,
    InitiativePrices,
    LeverCost,
    Prices,
    ServicePrices,
    Target,
    TeamPrices,
)
from scenarios.compile.numbers import Numbers
from scenarios.compile.planned import starts
from scenarios.compile.times import Axis
from scenarios.dimensions import AMOUNT, CHURN_RATE, DURATION, NUMBER, PERCENT
from scenarios.errors import BadInput, Problem, listed, nearest, shown
from scenarios.levers import moment
from scenarios.merged import Merged
from scenarios.quantities import Dimension, Quantity, RefusedError, message_of
from scenarios.read import Path_, dotted
from scenarios.schema.base import Target as TargetSpec
from scenarios.schema.base import Window
from scenarios.schema.people import Service
from scenarios.units import DAY, HOUR, MONTH

THRESHOLDS: dict[str, tuple[Dimension, float]] = {
    "hours": (DURATION, 1.0 / HOUR),
    "share": (PERCENT, 1.0),
    "money": (AMOUNT, 1.0),
    "per month": (CHURN_RATE, 1.0),
}
"""How a threshold is written and scaled, by the unit of its metric; counts are plain numbers."""

UNITS = {"share": "percent"}
"""How a unit of the catalogue is called in a sentence, where it has no name of its own."""


def prices(merged: Merged, axis: Axis, numbers: Numbers) -> Prices:
    """What a scenario's hours are worth."""
    base = merged.base

    def value(path: str) -> float:
        return numbers.value(path)

    services = tuple(
        ServicePrices(
            value(f"services.{name}.revenue"),
            value(f"services.{name}.margin_share"),
            value(f"services.{name}.recaptured"),
            value(f"services.{name}.customer_share"),
            round(value(f"services.{name}.users")),
            value(f"services.{name}.work_lost"),
            value(f"services.{name}.availability_target"),
            finding_penalty(numbers, name, base.services[name]),
        )
        for name in base.services
    )
    teams = tuple(
        TeamPrices(value(f"teams.{name}.cost"), value(f"teams.{name}.overtime_factor")) for name in base.teams
    )
    customers = CustomerBase(
        value("business.customers"),
        value("business.revenue_per_customer_month"),
        value("business.margin_per_customer_month"),
        value("business.background_churn"),
        value("business.churn_hazard"),
        value("business.churn_dose") / HOUR,
        value("business.churn_repeat_factor"),
        value("business.churn_memory") / DAY,
        value("business.customer_counted") / MONTH,
        acquisition(numbers),
    )
    return Prices(
        base.currency,
        services,
        teams,
        customers,
        value("business.employee_cost"),
        axis.calendar("work hours", axis.hours_of(base.business.work_hours)),
        tuple(value(f"requests.{name}.work_lost") for name in base.requests),
        value("business.tooling"),
        tuple(
            LeverCost(
                item.cost.name,
                item.start,
                numbers.cost(f"{item.draw} amount", item.cost.amount),
                numbers.cost(f"{item.draw} per_year", item.cost.per_year),
            )
            for item in merged.costs
        ),
        tuple(
            InitiativePrices(
                start.name,
                value(f"initiatives.{start.entry}.value"),
                base.initiatives[start.entry].rank or 0,
            )
            for start in starts(base, axis.warmup, axis.horizon)
        ),
    )


def acquisition(numbers: Numbers) -> float:
    """New customers a month: as many as leave anyway, unless something is said about them."""
    path, merged = "business.acquisition", numbers.merged
    if merged.leaves[path].quantity.given or merged.ops.get(path):
        return numbers.value(path) * MONTH / HOUR
    return numbers.value("business.customers") * numbers.value("business.background_churn")


def finding_penalty(numbers: Numbers, name: str, service: Service) -> float:
    """What an audit finding on a service costs."""
    if service.upkeep is None or service.upkeep.audit is None:
        return 0.0
    return numbers.value(f"services.{name}.upkeep.audit.penalty")


class TargetCompiler:
    """Compiles targets and collects what is wrong with them."""

    def __init__(self, merged: Merged, axis: Axis) -> None:
        self.merged = merged
        self.base = merged.base
        self.axis = axis
        self.problems: list[Problem] = []

    def refuse(self, path: Path_, value: object, text: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(self.merged.document.place(path), dotted(path), shown(value), text))

    def targets(self) -> tuple[Target, ...]:
        """All targets.

        Raises
        ------
        BadInput
            With everything that is wrong with them.
        """
        services = {name: row for row, name in enumerate(self.base.services)}
        found = [self.target(name, spec, services) for name, spec in self.base.targets.items()]
        if self.problems:
            raise BadInput(*self.problems)
        return tuple(target for target in found if target is not None)

    def metric(self, path: Path_, spec: TargetSpec) -> bool:
        """Check that the metric can be a target."""
        from results.targets import fault_of

        if spec.metric not in OUTCOMES:
            near = nearest(spec.metric, OUTCOMES) or f"; there is {listed(OUTCOMES, 40)}"
            self.refuse((*path, "metric"), spec.metric, f"is not an outcome of the catalogue{near}")
            return False
        fault = fault_of(spec.metric, -1 if spec.service is None else 0)
        if fault is not None:
            self.refuse((*path, "metric"), spec.metric, fault)
        return fault is None

    def threshold(self, path: Path_, spec: TargetSpec) -> float:
        """Threshold in the unit of the metric."""
        key = "at_most" if spec.at_least is None else "at_least"
        raw = getattr(spec, key)
        unit = OUTCOMES[spec.metric].unit
        dimension, factor = THRESHOLDS.get(unit, (NUMBER, 1.0))
        try:
            quantity = dimension.read(raw)
        except (RefusedError, ValidationError) as error:
            self.refuse(
                (*path, key),
                raw,
                f"{message_of(error)} ({spec.metric} is measured in {UNITS.get(unit, unit)})",
            )
            return 0.0
        if quantity.currency and quantity.currency != self.base.currency:
            self.refuse((*path, key), raw, f"must be in {self.base.currency}")
        return quantity.mode * factor

    def window(self, path: Path_, spec: TargetSpec) -> tuple[int, int]:
        """Window in seconds; it need not lie within the run."""
        length = round(self.base.length)
        if spec.within is None:
            return 0, length
        if isinstance(spec.within, Quantity):
            return 0, round(spec.within.mode)
        ends = [0, 0]
        if isinstance(spec.within, Window):
            for place, (key, raw) in enumerate((("from", spec.within.begin), ("to", spec.within.end))):
                try:
                    ends[place] = moment(raw, self.base.start)
                except RefusedError as error:
                    self.refuse((*path, "within", key), raw, str(error))
                    return 0, length
        return ends[0], ends[1]

    def target(self, name: str, spec: TargetSpec, services: dict[str, int]) -> Target | None:
        """One target; None if its metric cannot be one."""
        path: Path_ = ("targets", name)
        if not self.metric(path, spec):
            return None
        threshold = self.threshold(path, spec)
        start, end = self.window(path, spec)
        if end <= start:
            text = "must end after it starts"
            self.refuse((*path, "within"), f"{start / DAY:g} to {end / DAY:g} days", text)
        deadline = spec.deadline or self.base.start + timedelta(seconds=end) - timedelta(days=1)
        return Target(
            name,
            spec.objective,
            spec.outcome,
            spec.process,
            spec.metric,
            -1 if spec.service is None else services[spec.service],
            spec.at_most is not None,
            threshold,
            start,
            end,
            spec.owner,
            deadline.isoformat(),
            tuple(spec.depends_on),
            tuple(spec.assumes),
            self.marks(spec),
        )

    def marks(self, spec: TargetSpec) -> tuple[str, ...]:
        """What an objective lacks: without a date or a service it makes noise, not alignment.

        One that is not measurable is refused: every target has a metric and a threshold.
        """
        own = [item for item in self.base.targets.values() if item.objective == spec.objective]
        found = []
        if spec.within is None and spec.deadline is None:
            found.append("no date: it holds for the whole period")
        if all(item.service is None for item in own):
            found.append("no target of this objective names a service")
        return tuple(found)
