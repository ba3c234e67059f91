"""What the simulation's hours are worth: the business side of an organisation, which `sim` never sees.

Rows follow the model: ``services[i]`` prices ``Model.services[i]``, and so on.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.spec.calendars import Calendar


@dataclass(frozen=True, slots=True)
class ServicePrices:
    """``revenue_per_hour`` is the mean over all hours of a week without peaks; shares are 0 to 1.

    ``recaptured_share`` of the revenue of an outage comes back later. ``customer_share`` of the customers
    depend on the service. ``work_lost_share`` of an affected employee's work is lost while it is down.
    """

    revenue_per_hour: float
    margin_share: float
    recaptured_share: float
    customer_share: float
    users: int
    work_lost_share: float
    availability_target: float
    finding_penalty: float = 0.0
    """What an audit finding costs."""


@dataclass(frozen=True, slots=True)
class TeamPrices:
    """``cost_per_hour`` is the loaded cost of a paid hour; overtime costs ``overtime_factor`` times that."""

    cost_per_hour: float
    overtime_factor: float


@dataclass(frozen=True, slots=True)
class CustomerBase:
    """Customers and how they react to a bad experience (the churn proxy).

    Excess leavers of an experience = reached x (1 - exp(-``hazard`` x dose x (1 + ``repeat_factor`` x M))),
    dose = severity x (1 - exp(-duration / ``dose_hours``)), M the service's past doses, each weighted with
    its scope and halved every ``memory_days``. Reached are customers who are still there. They leave at the
    restoration, and while it is open at the end of every week for what the dose has grown by. New customers
    (``acquisition_per_month``) come, and a share of those there leaves, whatever IT does. A lost customer is
    counted for ``counted_months`` months, at most to the horizon.
    """

    customers: float
    revenue_per_month: float
    margin_per_month: float
    background_churn_per_month: float
    hazard: float
    dose_hours: float
    repeat_factor: float
    memory_days: float
    counted_months: float
    acquisition_per_month: float = 0.0


@dataclass(frozen=True, slots=True)
class InitiativePrices:
    """``value_per_month`` once it is live; ``rank`` is strategic: 1 the highest, 0 none."""

    name: str
    value_per_month: float
    rank: int


@dataclass(frozen=True, slots=True)
class LeverCost:
    """What a lever costs: ``amount`` once at ``start`` (seconds), and ``per_year`` from start to end."""

    name: str
    start: int
    amount: float
    per_year: float


@dataclass(frozen=True, slots=True)
class Prices:
    """All prices of a scenario in one currency (ISO 4217 code).

    ``request_lost_share[i]`` is the share of an employee's work lost while a request of
    ``Model.requests[i]`` waits, within ``work_hours`` (when employees work; model time).
    ``employee_cost_per_hour`` is loaded. ``tooling_per_year`` is the IT spend that is not pay.
    """

    currency: str
    services: tuple[ServicePrices, ...]
    teams: tuple[TeamPrices, ...]
    customers: CustomerBase
    employee_cost_per_hour: float
    work_hours: Calendar
    request_lost_share: tuple[float, ...]
    tooling_per_year: float
    levers: tuple[LeverCost, ...] = ()
    initiatives: tuple[InitiativePrices, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A business target: objective -> service outcome -> ITSM process -> metric with threshold and owner.

    ``metric`` is an outcome name of the catalogue, optionally of one ``service`` (row number, -1 all);
    met if metric ``at_most`` (or at least) ``threshold`` over the window [``start``, ``end``) in seconds.
    """

    name: str
    objective: str
    outcome: str
    process: str
    metric: str
    service: int
    at_most: bool
    threshold: float
    start: int
    end: int
    owner: str
    deadline: str
    depends_on: tuple[str, ...] = ()
    assumes: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    """What its objective lacks to be measurable, dated and tied to a service."""
