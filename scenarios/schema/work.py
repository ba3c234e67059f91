"""Work: how tickets are handled (categories), what they do (impacts), where they come from (streams)."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from scenarios.dimensions import (
    ARRIVAL_RATE,
    DURATION,
    FACTOR,
    NUMBER,
    PERCENT,
    POSITIVE,
    REACH,
    SERVICE_TIME,
    SPREAD,
    TREND,
)
from scenarios.quantities import Quantity, default, refuse
from scenarios.schema.defaults import ALL, NO_SHARE, NO_TIME, NOTHING, ONE
from scenarios.schema.parts import Name, Part, Text, described
from scenarios.schema.times import HoursOrName
from scenarios.units import HOUR

SHAPES = Literal[
    "constant", "exponential", "lognormal", "weibull", "triangular", "pert", "empirical", "mixture", "scipy"
]
Positive = Annotated[float, Field(ge=0, le=1e12, allow_inf_nan=False)]


class Spread(Part):
    """The shape of a random quantity, whatever its mean. What each shape needs stands with the keys."""

    shape: SHAPES = described(
        "constant; exponential; lognormal (needs cv); weibull (needs k); triangular and pert (need low, "
        "mode, high); "
        "empirical (needs values or quantiles); mixture (needs of); scipy (needs name and parameters).",
        "constant",
        decided=True,
    )
    cv: Annotated[Quantity, SPREAD] | None = described("Standard deviation in units of the mean.", None)
    k: Annotated[Quantity, POSITIVE] | None = described("Shape parameter of the Weibull distribution.", None)
    low: Positive | None = described(
        "Smallest value, in any unit: only ratios to mode and high count.", None, decided=True
    )
    mode: Positive | None = described("Most likely value, in the unit of low.", None, decided=True)
    high: Positive | None = described("Largest value, in the unit of low.", None, decided=True)
    values: list[Positive] | None = described(
        "Observed values; the mean is taken out of them.", None, decided=True
    )
    quantiles: dict[str, Positive] | None = described(
        "Quantiles by percent, from 0 to 100, such as {0: 1, 50: 4, 100: 60}; straight lines between.",
        None,
        decided=True,
    )
    of: list[Component] | None = described("Components of a mixture.", None, decided=True)
    scipy: str | None = described(
        "Name of a continuous distribution of scipy.stats, such as gamma.", None, decided=True
    )
    parameters: dict[str, Annotated[float, Field(allow_inf_nan=False)]] = described(
        "Its shape parameters, such as {a: 2}.", dict, decided=True
    )

    @model_validator(mode="before")
    @classmethod
    def spread_out(cls, raw: Any) -> Any:
        """``shape: {scipy: gamma, a: 2}`` is short for three keys."""
        if isinstance(raw, dict) and isinstance(raw.get("shape"), dict):
            inner = dict(raw["shape"])
            if "scipy" not in inner:
                raise refuse("has a `shape` that is neither a word nor {scipy: NAME, parameter: number, ...}")
            return {**raw, "shape": "scipy", "scipy": inner.pop("scipy"), "parameters": inner}
        return raw

    @model_validator(mode="after")
    def check(self) -> Spread:
        """Refuse what no single key shows."""
        needs = {
            "lognormal": ["cv"],
            "weibull": ["k"],
            "triangular": ["low", "mode", "high"],
            "pert": ["low", "mode", "high"],
            "mixture": ["of"],
            "scipy": ["scipy"],
        }.get(self.shape, [])
        optional = {"empirical": ["values", "quantiles"], "scipy": ["parameters"]}.get(self.shape, [])
        for key in needs:
            if getattr(self, key) is None:
                raise refuse(f"needs `{key}` for the shape {self.shape}")
        for key in SPREAD_KEYS:
            if key not in needs and key not in optional and getattr(self, key):
                raise refuse(f"has `{key}`, which the shape {self.shape} does not use")
        if self.shape == "empirical" and (self.values is None) == (self.quantiles is None):
            raise refuse("needs either `values` or `quantiles` for the shape empirical")
        if self.shape in ("triangular", "pert"):
            low, mode, high = (value or 0.0 for value in (self.low, self.mode, self.high))
            if not low <= mode <= high or low == high:
                raise refuse("must have low <= mode <= high, and low below high")
        if self.values is not None and (not self.values or sum(self.values) <= 0):
            raise refuse("needs `values` with at least one above 0")
        if self.quantiles is not None:
            check_quantiles(self.quantiles)
        if self.of is not None and abs(sum(part.weight.mode for part in self.of) - 1.0) > 1e-6:
            raise refuse("needs components in `of` whose weights make 100 %")
        return self


SPREAD_KEYS = ("cv", "k", "low", "mode", "high", "values", "quantiles", "of", "scipy", "parameters")


def check_quantiles(quantiles: dict[str, float]) -> None:
    """Refuse quantiles that do not rise from 0 to 100 percent."""
    try:
        percents = [float(key) for key in quantiles]
    except ValueError:
        raise refuse("needs `quantiles` by percent, such as {0: 1, 50: 4, 100: 60}") from None
    values = list(quantiles.values())
    rising = all(a < b for a, b in pairwise(percents)) and values == sorted(values)
    if len(percents) < 2 or percents[0] != 0 or percents[-1] != 100 or not rising or values[-1] <= 0:
        raise refuse("needs `quantiles` from 0 to 100 percent, both percents and values in rising order")


class Component(Spread):
    """One component of a mixture."""

    weight: Annotated[Quantity, PERCENT] = described("Share of the cases.", decided=True)
    mean: Positive = described(
        "Mean of the component, in any unit: only ratios between components count.", decided=True
    )


class Variate(Spread):
    """A random time or effort: a mean, which levers may move, and a shape."""

    mean: Annotated[Quantity, DURATION] = described("Mean time.", NO_TIME, lever=True)


NONE = Variate()


class Wait(Part):
    """Time that is nobody's work."""

    share: Annotated[Quantity, PERCENT] = described(
        "Share of the visits (or requests) that wait.", NO_SHARE, lever=True
    )
    time: Variate = described("How long.", NONE)
    clock: HoursOrName = described(
        "Hours in which this time passes, because whoever is waited for answers then: the name of a "
        "calendar, or hours.",
        "always",
        decided=True,
    )


NO_WAIT = Wait()


def read_split(value: object) -> object:
    """A single name is all of it."""
    return {value: ALL} if isinstance(value, str) else value


Split = Annotated[
    dict[str, Annotated[Quantity, PERCENT]],
    BeforeValidator(read_split),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "object"}]}),
]


class Stage(Part):
    """A team's part in a category."""

    work: Variate = described("Effort of one visit.")
    resolves: Annotated[Quantity, PERCENT] = described(
        "Share of the visits after which the ticket is done.", ALL, lever=True
    )
    then: Split = described(
        "Where the others go: a team, or {team: share, ...} making 100 %. Left out, this stage is the last.",
        dict,
    )
    user_wait: Wait = described("Waiting for an answer of the user.", NO_WAIT)
    vendor_wait: Wait = described("Waiting for a vendor.", NO_WAIT)
    onward_wait: Wait | None = described(
        "The same in visits after which the ticket goes on to another team; left out, as in vendor_wait.",
        None,
    )
    onward_asks: Annotated[Quantity, FACTOR] | None = described(
        "How often such visits ask the user, 1 is as often as user_wait says.", None
    )


class SecondTeam(Part):
    """A second team that some tickets need."""

    team: Name = described("Which team.", decided=True)
    share: Annotated[Quantity, PERCENT] = described("Share of the tickets that need it.", lever=True)
    swarming: Annotated[Quantity, PERCENT] = described(
        "Share of these on which both teams work at once; the others go from one to the other.",
        NO_SHARE,
        lever=True,
    )
    work: Variate = described("Its effort.")


class Category(Part):
    """How a kind of ticket is handled: who sees it first, how much work a visit is, who is next."""

    title: Text = described("Name in reports; left out, its key.", "", decided=True)
    entry: Split = described("Who sees it first: a team, or {team: share, ...} that make 100 %.")
    stages: dict[Name, Stage] = described("Teams that can work on it.")
    misrouting: Annotated[Quantity, PERCENT] = described(
        "Share of handoffs that go to a team which does not own the cause.", NO_SHARE, lever=True
    )
    misrouting_pressure: Annotated[Quantity, PERCENT] = described(
        "What full overload of the team that hands on adds to that share.", NO_SHARE, lever=True
    )
    bounce_work: Variate = described("Effort of the wrong team until it passes the ticket on.", NONE)
    handoff_delay: Variate = described("Time of a handoff between two teams.", NONE)
    context_loss: Annotated[Quantity, PERCENT] = described(
        "Share of a visit's work that is done again after a handoff.", NO_SHARE, lever=True
    )
    second_team: SecondTeam | None = described("A second team that some tickets need.", None)
    reopen: Annotated[Quantity, PERCENT] = described(
        "Share of restorations that do not hold.", NO_SHARE, lever=True
    )
    reopen_work: Annotated[Quantity, PERCENT] = described(
        "Effort of a reopened ticket, in percent of a normal visit.", ALL, lever=True
    )
    close_after: Annotated[Quantity, DURATION] = described(
        "Time from restored to closed, without work.", NO_TIME, decided=True
    )


class Impact(Part):
    """A class of consequences of an incident."""

    share: Annotated[Quantity, PERCENT] = described("Share of the incidents; the classes make 100 %.")
    priority: Annotated[int, Field(ge=1, le=4)] = described("True priority, 1 (highest) to 4.", decided=True)
    scope: Annotated[Quantity, REACH] = described(
        "Who is hit: a share of the service's users or customers, or a number such as 1 user.", NO_SHARE
    )
    severity: Annotated[Quantity, PERCENT] = described(
        "Share of the function that is lost for them.", NO_SHARE
    )
    hits: Literal["employees", "customers", "both", "nobody"] = described(
        "Whom it hits.", "employees", decided=True
    )


class Arriving(Part):
    """What comes by itself: when, and how much of it."""

    title: Text = described("Name in reports; left out, its key.", "", decided=True)
    service: Name = described("Service it belongs to.", decided=True)
    rate: Annotated[Quantity, ARRIVAL_RATE] = described("Mean arrivals, at t = 0, without peaks.")
    profile: Name = described(
        "Weekly profile: `service` for the service's load with its peaks, a name of `profiles`, or constant.",
        "service",
        decided=True,
    )
    peaks: list[Name] = described("Yearly peaks (with a named profile).", list, decided=True)
    dispersion: Annotated[Quantity, SPREAD] = described(
        "Variance of the random factor of a day (mean 1, lognormal): 0 is a Poisson stream.", NOTHING
    )
    calm_dispersion: Annotated[Quantity, SPREAD] | None = described(
        "The same on days that bring less than half of what a mean day does, such as weekends; left out, as "
        "on the others.",
        None,
    )
    trend: Annotated[Quantity, TREND] = described("Growth of the rate.", default(0.0, "%/year", 0.01))
    demand: Annotated[Quantity, FACTOR] = described(
        "Lever on demand: 0.8 takes a fifth of the tickets away, 1.2 adds a fifth. At most 2 where faults "
        "cause incidents.",
        ONE,
        lever=True,
        decided=True,
    )


class Stream(Arriving):
    """What incidents and requests have in common."""

    category: Name = described("How it is handled: a name of `categories`.", decided=True)


class Incidents(Stream):
    """Incidents of one service and category."""

    impacts: Name = described("Mix of consequences: a name of `impacts`.", decided=True)
    monitored: Annotated[Quantity, PERCENT] = described(
        "Share that monitoring notices; users report the others.", NO_SHARE, lever=True
    )
    monitoring_delay: Variate = described("Time until monitoring notices.", NONE)
    report_delay: Variate = described("Time until users report.", NONE)
    priority_error: Annotated[Quantity, PERCENT] = described(
        "Share whose priority the desk misjudges by one step.", NO_SHARE, lever=True
    )


class Requests(Stream):
    """Service requests of one kind."""

    automatable: bool = described(
        "Whether it can be automated at all; overrides select requests by it.", False, decided=True
    )
    priority: Annotated[int, Field(ge=1, le=4)] = described("Priority, 1 (highest) to 4.", 4, decided=True)
    within: Annotated[Quantity, SERVICE_TIME] | None = described(
        "Service level; left out, that of its priority.", None, decided=True
    )
    value_weight: Annotated[Quantity, NUMBER] = described(
        "Value lost in an hour of waiting, in the unit of the services' weights.",
        ONE,
        lever=True,
        decided=True,
    )
    work_lost: Annotated[Quantity, PERCENT] = described(
        "Share of the requester's work that is lost while the request waits.", NO_SHARE
    )
    automation: Annotated[Quantity, PERCENT] = described(
        "Share that is fulfilled without an agent.", NO_SHARE, lever=True
    )
    automation_failures: Annotated[Quantity, PERCENT] = described(
        "Share of the automated ones that fail and come back to people.", NO_SHARE, lever=True
    )
    automated_time: Variate = described("Time that automation takes.", NONE)
    approval: Wait = described("Wait for an approval before the work.", NO_WAIT)


class ServiceLevels(Part):
    """Time allowed until restored or fulfilled, by priority as IT sees it."""

    clock: Name = described("Calendar that counts business hours (bh) and days (bd).", "always", decided=True)
    p1: Annotated[Quantity, SERVICE_TIME] = described(
        "Priority 1.", default(4 * HOUR, "h", HOUR), decided=True
    )
    p2: Annotated[Quantity, SERVICE_TIME] = described(
        "Priority 2.", default(8 * HOUR, "h", HOUR), decided=True
    )
    p3: Annotated[Quantity, SERVICE_TIME] = described(
        "Priority 3.", default(24 * HOUR, "h", HOUR), decided=True
    )
    p4: Annotated[Quantity, SERVICE_TIME] = described(
        "Priority 4.", default(120 * HOUR, "h", HOUR), decided=True
    )


Spread.model_rebuild()
