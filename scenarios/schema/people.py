"""Services, teams and the business around them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from scenarios.dimensions import (
    ARRIVAL_RATE,
    CHURN_RATE,
    DURATION,
    FACTOR,
    HOURLY_MONEY,
    NUMBER,
    PERCENT,
    POLICY,
    PRICE,
    SEATS,
    SPEED,
    SWITCH,
    WHOLE,
    YEARLY_MONEY,
)
from scenarios.quantities import Quantity, default
from scenarios.schema.defaults import NO_SHARE, NO_TIME, NOTHING, OFF, ONE
from scenarios.schema.parts import Name, Part, Text, described
from scenarios.schema.staff import People
from scenarios.schema.times import Hours, HoursOrName
from scenarios.schema.upkeep import Upkeep
from scenarios.units import DAY, HOUR, MONTH


class Business(Part):
    """The business side: customers, what an employee's hour costs, IT spend that is not pay.

    All of it may be left out; then losses are counted in hours and not in money.
    """

    customers: Annotated[Quantity, WHOLE] = described("Customers at the start.", NOTHING)
    revenue_per_customer_month: Annotated[Quantity, PRICE] = described(
        "Revenue of a customer in a month.", NOTHING
    )
    margin_per_customer_month: Annotated[Quantity, PRICE] = described(
        "Contribution margin of a customer in a month.", NOTHING
    )
    background_churn: Annotated[Quantity, CHURN_RATE] = described(
        "Customers who leave anyway, whatever IT does.", default(0.0, "%/month", 0.01)
    )
    acquisition: Annotated[Quantity, ARRIVAL_RATE] = described(
        "New customers who come anyway, whatever IT does; as many as leave anyway if nothing is said.",
        default(0.0, "/month", HOUR / MONTH),
    )
    churn_hazard: Annotated[Quantity, NUMBER] = described(
        "Strength of the reaction to a bad experience: -ln(1 - share that leaves after a full dose).", NOTHING
    )
    churn_dose: Annotated[Quantity, DURATION] = described(
        "Length of an outage by which 63 % of the customers it reaches have felt it fully; for a shop "
        "about the time between two visits.",
        default(8 * HOUR, "h", HOUR),
    )
    churn_repeat_factor: Annotated[Quantity, NUMBER] = described(
        "How much a remembered full dose adds to the reaction to the next (1 doubles it).", NOTHING
    )
    churn_memory: Annotated[Quantity, DURATION] = described(
        "Half-life of the memory of bad experiences.", default(90 * DAY, "days", DAY)
    )
    customer_counted: Annotated[Quantity, DURATION] = described(
        "How long a lost customer's margin is counted (at most to the end of the run).",
        default(12 * MONTH, "months", MONTH),
        decided=True,
    )
    employee_cost: Annotated[Quantity, HOURLY_MONEY] = described(
        "Loaded cost of an hour of a business employee.", NOTHING
    )
    tooling: Annotated[Quantity, YEARLY_MONEY] = described("IT spend of a year that is not pay.", NOTHING)
    work_hours: HoursOrName = described(
        "When employees work, and so lose work: the name of a calendar, or hours.", "always", decided=True
    )


class Service(Part):
    """A business service: who depends on it, and what it is worth."""

    title: Text = described("Name in reports; left out, its key.", "", decided=True)
    customer_facing: bool = described(
        "Whether customers use it (for selectors and reports).", False, decided=True
    )
    users: Annotated[Quantity, WHOLE] = described("Employees who use it.", ONE)
    customer_share: Annotated[Quantity, PERCENT] = described(
        "Share of the customers who depend on it.", NO_SHARE
    )
    revenue: Annotated[Quantity, HOURLY_MONEY] = described(
        "Revenue that runs through it: mean of all hours of a week without peaks.", NOTHING
    )
    margin_share: Annotated[Quantity, PERCENT] = described(
        "Contribution margin in percent of that revenue.", NO_SHARE
    )
    recaptured: Annotated[Quantity, PERCENT] = described(
        "Share of the revenue missed in an outage that comes back later.", NO_SHARE
    )
    work_lost: Annotated[Quantity, PERCENT] = described(
        "Share of an affected employee's work that is lost while it is down.", NO_SHARE
    )
    availability_target: Annotated[Quantity, PERCENT] = described(
        "Availability that was agreed.", default(0.995, "%", 0.01), decided=True
    )
    value_weight: Annotated[Quantity, NUMBER] = described(
        "Value lost in an hour of full outage; only ratios between services and requests matter.",
        ONE,
        lever=True,
        decided=True,
    )
    believed_weight: Annotated[Quantity, NUMBER] = described(
        "The value weight that IT believes it has; another than `value_weight` misplaces priorities.",
        ONE,
        lever=True,
        decided=True,
    )
    profile: Name = described(
        "Weekly profile of its load: a name of `profiles`, or constant.", "constant", decided=True
    )
    peaks: list[Name] = described("Yearly peaks of its load: names of `peaks`.", list, decided=True)
    planned: Hours | None = described(
        "Weekly maintenance window, which does not count as downtime.", None, decided=True
    )

    peak_capacity: Annotated[Quantity, FACTOR] = described(
        "Load it can carry, in units of the mean load of a week without peaks; above it the service "
        "degrades (see `upkeep.overload`). Left out: more than ever comes.",
        default(1000.0),
        lever=True,
    )
    load: Annotated[Quantity, FACTOR] = described(
        "Lever on its load, as far as peak capacity is concerned: 1.2 is a fifth more.",
        ONE,
        lever=True,
        decided=True,
    )
    upkeep: Upkeep | None = described(
        "What changes and age do to it; left out, nothing is changed and nothing wears out.", None
    )


class Shift(Part):
    """A pattern of work of some of a team's seats."""

    hours: HoursOrName = described(
        'Working hours: name of a calendar, or hours such as {mon-fri: "08:00-16:30"}.', decided=True
    )
    share: Annotated[float, Field(gt=0, le=1e6, allow_inf_nan=False)] = described(
        "Weight with which the team's seats are dealt out to its shifts.", 1.0, decided=True
    )


class Team(Part):
    """People who work one queue."""

    title: Text = described("Name in reports; left out, its key.", "", decided=True)
    role: Literal["desk", "field", "operations", "network", "application", "data", "security", "other"] = (
        described("What kind of team it is; overrides select teams by it.", "other", decided=True)
    )
    seats: Annotated[Quantity, SEATS] = described(
        "People, each with one item of work at a time.", lever=True, decided=True
    )
    shifts: dict[Name, Shift] = described("When they work: shifts by name.", decided=True)
    absence: Annotated[Quantity, PERCENT] = described(
        "Share of shift days on which a person is away: leave, sickness, training.", NO_SHARE, lever=True
    )
    cost: Annotated[Quantity, HOURLY_MONEY] = described("Loaded cost of a paid hour.", NOTHING)
    overtime_factor: Annotated[Quantity, FACTOR] = described(
        "Price of an hour of overtime, in hours of normal time.", default(1.5), decided=True
    )
    policy: Annotated[Quantity, POLICY] = described(
        "Which waiting item is next.", default(0.0, name="first_come"), lever=True, decided=True
    )
    preempts: Annotated[Quantity, SWITCH] = described(
        "Whether priority 1 interrupts less important work.", OFF, lever=True, decided=True
    )
    switch_loss: Annotated[Quantity, DURATION] = described(
        "Time an interruption costs whoever is interrupted.", NO_TIME, lever=True
    )
    on_call: Annotated[Quantity, SEATS] = described(
        "Seats that can be called for priority 1 outside their shift.", NOTHING, lever=True, decided=True
    )
    speeds: list[Annotated[Quantity, SPEED]] = described(
        "Speed of single seats, first to last; 100 % for seats beyond the list.", list, decided=True
    )
    ring_fenced: Annotated[Quantity, SEATS] = described(
        "Seats that take planned work first (problems, changes, initiatives) and help out for priority 1 "
        "only.",
        NOTHING,
        lever=True,
        decided=True,
    )
    people: People | None = described(
        "How people tire, leave, are replaced and learn; left out, nobody ever leaves.", None
    )
