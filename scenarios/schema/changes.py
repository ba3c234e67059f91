"""Changes: their kinds, how they are enabled, where they come from, and the initiatives they make up."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from scenarios.dimensions import DURATION, EFFORT, MONTHLY_MONEY, NUMBER, PERCENT, WHOLE
from scenarios.quantities import Quantity, default
from scenarios.schema.defaults import ALL, NO_SHARE, NOTHING, ONE
from scenarios.schema.parts import Name, Part, Text, described
from scenarios.schema.times import Meetings
from scenarios.schema.work import NONE, Arriving, Variate
from scenarios.units import DAY, HOUR


class ChangeKind(Part):
    """A kind of change: how it is approved, assessed and deployed, and how risky it is."""

    title: Text = described("Name in reports; left out, its key.", "", decided=True)
    type: Literal["standard", "normal", "emergency"] = described(
        "standard: pre-approved; normal: approved in a meeting; emergency: at once, in any window.",
        decided=True,
    )
    assess: Variate = described("Effort to assess it, before approval.", NONE)
    deploy: Variate = described("Effort to deploy and verify it.", NONE)
    risk: Annotated[Quantity, PERCENT] = described(
        "Probability that a change of reference size fails when nothing makes it worse.",
        NO_SHARE,
        lever=True,
    )


class Emergency(Part):
    """The emergency changes that follow incidents of priority 1."""

    kind: Name = described("Their kind: a name of `change_kinds`, of type emergency.", decided=True)
    share: Annotated[Quantity, PERCENT] = described(
        "Share of the incidents of priority 1 that one follows.", NO_SHARE, lever=True
    )
    work: Variate = described("Effort to build and test one.", NONE)


class ChangeEnablement(Part):
    """How changes get into production, and what makes them fail."""

    meetings: Meetings = described(
        'When normal changes are approved: weekly times such as {tue: "10:00", thu: "10:00"}.', decided=True
    )
    capacity: Annotated[Quantity, WHOLE] = described(
        "Changes that one meeting can approve without rigour; with it fewer (`rigour_work`).",
        default(1000.0),
        lever=True,
        decided=True,
    )
    rigour: Annotated[Quantity, PERCENT] = described(
        "How thoroughly changes are looked at before they are approved.", NO_SHARE, lever=True
    )
    rigour_effect: Annotated[Quantity, PERCENT] = described(
        "Share of the failures that full rigour prevents.", NO_SHARE, lever=True
    )
    rigour_work: Annotated[Quantity, NUMBER] = described(
        "How much longer full rigour looks at a change than none: 2 makes assessment three times as long, "
        "and a meeting approves a third.",
        NOTHING,
        lever=True,
    )
    reference: Annotated[Quantity, EFFORT] = described(
        "Effort of a change of reference size.", default(8 * HOUR, "h", HOUR), decided=True
    )
    size_effect: Annotated[Quantity, NUMBER] = described(
        "Risk grows with size to this power: 0 not at all, 1 in proportion.", NOTHING, lever=True
    )
    test_automation: Annotated[Quantity, PERCENT] = described(
        "Share of the failures that automated tests catch beforehand.", NO_SHARE, lever=True
    )
    collision_effect: Annotated[Quantity, NUMBER] = described(
        "What each other change in deployment on the service adds to the risk (1 doubles it).",
        NOTHING,
        lever=True,
    )
    haste_effect: Annotated[Quantity, NUMBER] = described(
        "What full overload of the team adds to the risk (1 doubles it).", NOTHING, lever=True
    )
    knowledge_effect: Annotated[Quantity, NUMBER] = described(
        "What the loss of all knowledge adds to the risk (1 doubles it).", NOTHING, lever=True
    )
    bypass: Annotated[Quantity, PERCENT] = described(
        "Share of the normal changes that skip assessment and approval in calm weeks.", NO_SHARE, lever=True
    )
    bypass_pressure: Annotated[Quantity, PERCENT] = described(
        "What full overload of the team adds to that share.", NO_SHARE, lever=True
    )
    bypass_effect: Annotated[Quantity, NUMBER] = described(
        "What skipping adds to the risk (1 doubles it).", NOTHING, lever=True
    )
    rolled_back: Annotated[Quantity, PERCENT] = described(
        "Share of the failed changes that are undone and built again; the others leave a fault.",
        ALL,
        lever=True,
    )
    rollback_work: Variate = described("Effort to undo one.", NONE)
    rebuild: Annotated[Quantity, PERCENT] = described(
        "Effort to build one again, in percent of the first time.", ALL, lever=True
    )
    batch_pressure: Annotated[Quantity, NUMBER] = described(
        "What full overload adds to the most effort that goes into one change of an initiative "
        "(1 doubles it).",
        NOTHING,
        lever=True,
    )
    emergency: Emergency = described("Emergency changes after incidents of priority 1.")


class Changes(Arriving):
    """Changes that come by themselves: maintenance (patches, upgrades) and routine (small wishes)."""

    profile: Name = described(
        "Weekly profile: constant, a name of `profiles`, or `service` for the service's load with its peaks.",
        "constant",
        decided=True,
    )
    team: Name = described("Team that builds and deploys them.", decided=True)
    kind: Name = described("Their kind: a name of `change_kinds`.", decided=True)
    purpose: Literal["maintenance", "routine"] = described(
        "maintenance: put off, it is overdue and ages the service; routine: it is not.",
        "routine",
        decided=True,
    )
    work: Variate = described("Effort to build and test one.")
    due: Annotated[Quantity, DURATION] = described(
        "Maintenance that is not live after this time is overdue; 0: never.",
        default(0.0, "days", DAY),
        decided=True,
    )
    worth: Annotated[Quantity, NUMBER] = described(
        "Value lost in an hour that one waits, as IT believes it, in the unit of the services' weights.",
        ONE,
        lever=True,
        decided=True,
    )


def read_start(value: object) -> str:
    """A moment, as text; it is checked against the start of the base later."""
    return value if isinstance(value, str) else repr(value)


Start = Annotated[str, BeforeValidator(read_start), WithJsonSchema({"type": "string"})]


class InitiativePart(Part):
    """One team's part of an initiative."""

    effort: Annotated[Quantity, EFFORT] = described("Effort of the team.", lever=True)
    batch: Annotated[Quantity, EFFORT] = described(
        "Most of it that goes into one change.", default(40 * HOUR, "h", HOUR), lever=True, decided=True
    )


class Initiative(Part):
    """What the business asked for: live when the last change of all parts is."""

    title: Text = described("Name in reports; left out, its key.", "", decided=True)
    service: Name = described("Service that it changes.", decided=True)
    kind: Name = described("Kind of its changes: a name of `change_kinds`.", decided=True)
    start: Start = described(
        "When work on it may begin: start, week 4, month 6 or a date; week -8 lies in the warm-up.",
        "start",
        decided=True,
    )
    due: Annotated[Quantity, DURATION] = described(
        "Time from its start until it should be live.", default(182 * DAY, "weeks", 7 * DAY), decided=True
    )
    every: Annotated[int, Field(ge=1, le=1040)] | None = described(
        "Another one like it starts every so many weeks, to the end of the run: NAME-2, NAME-3, ...",
        None,
        decided=True,
    )
    value: Annotated[Quantity, MONTHLY_MONEY] = described(
        "What it is worth to the business in each month once it is live.", NOTHING
    )
    believed_weight: Annotated[Quantity, NUMBER] = described(
        "Value lost in an hour that it waits, as IT believes it, in the unit of the services' weights.",
        ONE,
        lever=True,
        decided=True,
    )
    rank: Annotated[int, Field(ge=1, le=1000)] | None = described(
        "Strategic rank, 1 is the highest (for reports).", None, decided=True
    )
    parts: dict[Name, InitiativePart] = described("Effort by team.", decided=True)
