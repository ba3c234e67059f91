"""A base: a whole organisation, with its targets and the sources of its numbers."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from scenarios.dimensions import DURATION, LONGEST_RUN, SHORTEST_RUN
from scenarios.quantities import Quantity, default, refuse
from scenarios.schema.changes import ChangeEnablement, ChangeKind, Changes, Initiative
from scenarios.schema.faults import FaultPool, Problems
from scenarios.schema.finance import Finance
from scenarios.schema.parts import Day, Name, Part, Text, described
from scenarios.schema.people import Business, Service, Team
from scenarios.schema.posterior import Posterior
from scenarios.schema.staff import Satisfaction
from scenarios.schema.times import Calendars, Holidays, Moment, Peak, Profiles
from scenarios.schema.work import Category, Impact, Incidents, Requests, ServiceLevels

__all__ = ["Base", "Moment", "Source", "Target", "Window"]


class Source(Part):
    """Where a number comes from."""

    text: Text = described("Author, title, page: enough to find it.", decided=True)
    year: Annotated[int, Field(ge=1900, le=2100)] | None = described(
        "Year of publication.", None, decided=True
    )
    url: Text = described("Web address.", "", decided=True)


class Window(Part):
    """A part of the measured period."""

    begin: str = described(
        "Start: start, week 13, day 30, month 6 or a date.", "start", alias="from", decided=True
    )
    end: str = described("End, written likewise.", alias="to", decided=True)

    def text(self) -> str:
        """The window in words."""
        return f"{self.begin} to {self.end}"


def read_window(value: object) -> Window | Quantity:
    """``52 weeks`` from the start, or a window."""
    if isinstance(value, dict):
        return Window.model_validate(value)
    return DURATION.read(value)


class Target(Part):
    """A business target: objective, service outcome, process, metric, threshold, deadline and owner."""

    objective: Text = described("What the business wants.", decided=True)
    outcome: Text = described("Service outcome that serves it.", "", decided=True)
    process: Text = described("ITSM process that brings it about.", "", decided=True)
    metric: str = described("Name of an outcome of the catalogue.", decided=True)
    service: Name | None = described("Service it is measured on; left out, all.", None, decided=True)
    at_least: Any = described("Threshold that has to be reached, in the metric's unit.", None, decided=True)
    at_most: Any = described("Threshold that must not be exceeded, in the metric's unit.", None, decided=True)
    within: Annotated[
        Any,
        BeforeValidator(read_window),
        WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "object"}]}),
    ] = described(
        "Window: `52 weeks` from the start, or {from: week 13, to: week 26}; left out, all.",
        None,
        decided=True,
    )
    deadline: Day | None = described(
        "Date by which it counts; left out, the end of the window.", None, decided=True
    )
    owner: Text = described("Who answers for it.", "", decided=True)
    depends_on: list[Text] = described("What it depends on besides IT.", list, decided=True)
    assumes: list[Text] = described("What has to hold for it to make sense.", list, decided=True)
    why: Text = described("Where the threshold comes from.", "", decided=True)

    @model_validator(mode="after")
    def check(self) -> Target:
        """Refuse what no single key shows."""
        if (self.at_least is None) == (self.at_most is None):
            raise refuse("must have either `at_least` or `at_most`")
        return self


class Base(Part):
    """A whole organisation."""

    watermelon: Literal[1] = described("Version of the file format: 1.", decided=True)
    kind: Literal["base"] = described("base", decided=True)
    title: Text = described("What it is, in a few words.", decided=True)
    story: Text = described("What it is, in a few sentences.", "", decided=True)
    start: Day = described("Date of t = 0, the start of the measured period.", date(2026, 1, 5), decided=True)
    zone: str = described(
        "IANA time zone of the hours in this file (there are no clock changes).", "UTC", decided=True
    )
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = described("ISO 4217 code.", "USD", decided=True)
    weeks: Annotated[float, Field(gt=0, le=1040)] | None = described(
        "Measured weeks (or `hours`).", None, decided=True
    )
    hours: Annotated[float, Field(ge=1, le=175_000)] | None = described(
        "Measured hours (instead of `weeks`).", None, decided=True
    )
    warmup: Annotated[Quantity, DURATION] = described(
        "Time that is simulated before t = 0 and not measured.",
        default(0.0, "weeks", 604_800.0),
        decided=True,
    )
    holidays: Holidays = described("Public holidays.", Holidays)
    business: Business = described("The business side.", Business)
    finance: Finance = described("How investments are appraised (`watermelon roi`).", Finance)
    calendars: Calendars = described("Weekly opening hours by name; `always` is known.", dict)
    profiles: Profiles = described("Weekly patterns of demand by name; `constant` is known.", dict)
    peaks: dict[Name, Peak] = described("Yearly peaks of load by name.", dict)
    service_levels: ServiceLevels = described("Time allowed by priority.", ServiceLevels)
    services: dict[Name, Service] = described("Business services by name.")
    teams: dict[Name, Team] = described("Teams by name.")
    categories: dict[Name, Category] = described("How kinds of tickets are handled.")
    impacts: dict[Name, dict[Name, Impact]] = described("Mixes of consequences by name.", dict)
    incidents: dict[Name, Incidents] = described("Streams of incidents.", dict)
    requests: dict[Name, Requests] = described("Streams of requests.", dict)
    problems: Problems | None = described("Problem management; left out, faults stay unnoticed.", None)
    faults: dict[Name, FaultPool] = described("Faults behind streams of incidents.", dict)
    change_kinds: dict[Name, ChangeKind] = described("Kinds of changes.", dict)
    change_enablement: ChangeEnablement | None = described(
        "How changes get into production; needed where there are any.", None
    )
    changes: dict[Name, Changes] = described("Streams of changes.", dict)
    initiatives: dict[Name, Initiative] = described("What the business asked for.", dict)
    satisfaction: Satisfaction | None = described(
        "How users come to judge IT; left out, nobody asks them.", None
    )
    targets: dict[Name, Target] = described("Business targets.", dict)
    sources: dict[Name, Source] = described("Sources of the numbers, by a short name.", dict)
    assumed: list[Text] = described(
        "For a base learnt from a log: what the log could not give and is assumed.", list, decided=True
    )
    learnt: dict[str, Any] = described("For a base learnt from a log: how it was learnt.", dict, decided=True)
    posterior: Posterior | None = described(
        "For a base learnt from a log: draws of what only simulation could tell.", None, decided=True
    )

    @model_validator(mode="after")
    def check(self) -> Base:
        """Refuse what no single key shows."""
        if (self.weeks is None) == (self.hours is None):
            raise refuse("must have either `weeks` or `hours`, the length of the measured period")
        if not SHORTEST_RUN <= self.length <= LONGEST_RUN:
            raise refuse("must measure at least one hour and at most 20 years")
        if self.warmup.mode > LONGEST_RUN:
            raise refuse("must have a warmup of at most 20 years")
        return self

    @property
    def length(self) -> float:
        """Measured seconds."""
        return self.weeks * 604_800.0 if self.weeks is not None else (self.hours or 0.0) * 3600.0
