"""Every key of scenario files as a page: made from the schema, so that it can't be out of date."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from scenarios.quantities import GRADES, Dimension, Quantity
from scenarios.schema.base import Base, Source, Target, Window
from scenarios.schema.changes import (
    ChangeEnablement,
    ChangeKind,
    Changes,
    Emergency,
    Initiative,
    InitiativePart,
)
from scenarios.schema.faults import FaultPool, Problems
from scenarios.schema.files import Change, Cost, Milestone, Override, ScenarioFile
from scenarios.schema.finance import Finance
from scenarios.schema.people import Business, Service, Shift, Team
from scenarios.schema.posterior import Posterior
from scenarios.schema.staff import People, Satisfaction
from scenarios.schema.times import Holidays, Hours, Meetings, Peak, Profile, YearlyDays
from scenarios.schema.upkeep import Audit, Upkeep
from scenarios.schema.work import (
    Category,
    Component,
    Impact,
    Incidents,
    Requests,
    SecondTeam,
    ServiceLevels,
    Spread,
    Stage,
    Variate,
    Wait,
)
from scenarios.tree import field_dimension, flag
from scenarios.units import ALL_UNITS

SECTIONS: tuple[tuple[str, type[BaseModel]], ...] = (
    ("Base", Base),
    ("holidays", Holidays),
    ("business", Business),
    ("finance", Finance),
    ("calendars.NAME, and hours written in place", Hours),
    ("profiles.NAME", Profile),
    ("peaks.NAME", Peak),
    ("service_levels", ServiceLevels),
    ("services.NAME", Service),
    ("services.NAME.upkeep", Upkeep),
    ("services.NAME.upkeep.freezes[], as days", YearlyDays),
    ("services.NAME.upkeep.audit", Audit),
    ("teams.NAME", Team),
    ("teams.NAME.shifts.NAME", Shift),
    ("teams.NAME.people", People),
    ("categories.NAME", Category),
    ("categories.NAME.stages.TEAM", Stage),
    ("categories.NAME.second_team", SecondTeam),
    ("Waits: user_wait, vendor_wait, onward_wait, approval", Wait),
    ("Times and efforts: work, handoff_delay, time, ...", Variate),
    ("Component of a mixture (`of`)", Component),
    ("impacts.NAME.NAME", Impact),
    ("incidents.NAME", Incidents),
    ("requests.NAME", Requests),
    ("problems", Problems),
    ("faults.NAME", FaultPool),
    ("faults.NAME.spread", Spread),
    ("change_kinds.NAME", ChangeKind),
    ("change_enablement", ChangeEnablement),
    ("change_enablement.meetings", Meetings),
    ("change_enablement.emergency", Emergency),
    ("changes.NAME", Changes),
    ("initiatives.NAME", Initiative),
    ("initiatives.NAME.parts.TEAM", InitiativePart),
    ("satisfaction", Satisfaction),
    ("targets.NAME", Target),
    ("targets.NAME.within, as a window", Window),
    ("sources.NAME", Source),
    ("posterior", Posterior),
    ("Override", Override),
    ("Scenario file", ScenarioFile),
    ("milestones.NAME", Milestone),
    ("changes[]", Change),
    ("costs[]", Cost),
)
"""Headings and the models below them, in the order of a file."""


def page() -> str:
    """The page as Markdown."""
    lines = [
        "# All keys of scenario files",
        "",
        "A guide with examples is in [scenarios.md](scenarios.md). *Lever* marks what overrides may move on",
        "the timeline; all else is fixed for a whole run (`since: always` and `--set` reach it). A key",
        "without a default has to be there.",
        "",
        f"Units: {', '.join(f'`{unit}`' for unit in ALL_UNITS)}, and money as a code of three letters with",
        f"nothing, `/h`, `/month` or `/year` after it (`35 USD/h`). Grades: {', '.join(GRADES)}.",
    ]
    for heading, model in SECTIONS:
        lines += ["", f"## {heading}", "", f"{(model.__doc__ or '').strip().splitlines()[0]}", ""]
        lines += ["| key | what | value | default | lever |", "| --- | --- | --- | --- | --- |"]
        lines += list(rows(model))
    return "\n".join(lines)


def rows(model: type[BaseModel]) -> Iterator[str]:
    """Table rows of a model."""
    for name, field in model.model_fields.items():
        dimension = field_dimension(model, name)
        cells = (
            f"`{field.alias or name}`",
            field.description or "",
            value_text(dimension),
            default_text(field.get_default(call_default_factory=True) if not field.is_required() else ...),
            "lever" if flag(field, "lever") else "",
        )
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def value_text(dimension: Dimension | None) -> str:
    """What a quantity may be."""
    if dimension is None:
        return ""
    if dimension.choices:
        return " or ".join(f"`{word}`" for word, _ in dimension.choices)
    return dimension.allowed


def default_text(value: object) -> str:
    """A default as it would be written."""
    if value is ...:
        return ""
    if isinstance(value, Quantity):
        return f"`{value.text()}`"
    if value is None:
        return "left out"
    if isinstance(value, BaseModel):
        return "its own defaults"
    if value in ("", [], {}):
        return "empty"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"
