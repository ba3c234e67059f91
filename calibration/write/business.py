"""The business side, which no ticket log holds: from a file of the user, or the default."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from calibration.write.text import Line, amount, assumed
from scenarios.errors import BadInput, listed, nearest
from scenarios.quantities import Quantity
from scenarios.read import Document, read_file
from scenarios.schema.base import Base, Source, Target
from scenarios.schema.parts import Name, Part, Text, described
from scenarios.schema.people import Business, Service
from scenarios.schema.times import Calendars, Peak, Profiles
from scenarios.shipped import document_of, shipped
from scenarios.validate import validate

DEFAULTS = ("baseline", "small")
"""Shipped bases whose business side is taken where the user gives none: the first that exists."""

WITH_SIZE = ("customers", "tooling")
"""Numbers that grow with the organisation."""

HOURS_A_MONTH = 730.5
WIDEST = 2.0


class BusinessFile(Part):
    """What a user knows about the business behind a log; sections as in a base."""

    watermelon: Literal[1] = described("Version of the file format: 1.")
    kind: Literal["business"] = described("business")
    title: Text = described("Whose business it is.", "")
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = described("ISO 4217 code.", "USD")
    employees: Annotated[int, Field(ge=1, le=10_000_000)] | None = described("Employees who use IT.", None)
    business: Business = described("The business side.", Business)
    services: dict[Name, Service] = described("Business services.", dict)
    serves: dict[str, Name] = described(
        "Category of the log: the service it belongs to; '*' for all others.", dict
    )
    roles: dict[str, str] = described("Name of a team in the log: its role.", dict)
    calendars: Calendars = described("Calendars that the sections name.", dict)
    profiles: Profiles = described("Profiles that the services name.", dict)
    peaks: dict[Name, Peak] = described("Peaks that the services name.", dict)
    targets: dict[Name, Target] = described("Business targets.", dict)
    sources: dict[Name, Source] = described("Sources that the sections name.", dict)


@dataclass
class BusinessSide:
    """Sections of the base that no log fills, as plain data, and where they come from.

    ``assumed`` tells whether they are defaults. ``service_of`` maps a category of the log to a service.
    """

    currency: str
    origin: str
    assumed: bool
    business: dict[str, Any]
    services: dict[str, Any]
    service_of: dict[str, str] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    sections: dict[str, dict[str, Any]] = field(default_factory=dict)
    targets: dict[str, Any] = field(default_factory=dict)
    sources: dict[str, Any] = field(default_factory=dict)
    employees: float = 1.0
    employee_cost: float = 0.0
    team_cost: dict[str, tuple[float, float, float]] = field(default_factory=dict)

    def service(self, categories: tuple[str, ...]) -> str:
        """Service of a group of categories."""
        found = [self.service_of[name] for name in categories if name in self.service_of]
        return found[0] if found else self.service_of.get("*", next(iter(self.services)))


def business_side(path: Path | None, employees: float) -> BusinessSide:
    """Business side from a file, or the default scaled to ``employees``.

    Raises
    ------
    BadInput
        If the file has mistakes.
    """
    if path is None:
        name = next(name for name in DEFAULTS if name in shipped())
        return from_base(document_of(name), employees, name)
    document = read_file(path)
    kind = document.data.get("kind")
    if kind == "base":
        return from_base(document, employees, path.name)
    if kind != "business":
        text = f"must be business (or base){nearest(str(kind), ['business', 'base'])}"
        raise BadInput(document.problem(("kind",), kind, text))
    return from_file(document, employees)


def from_file(document: Document, employees: float) -> BusinessSide:
    """Business side from a file of kind business."""
    file = validate(BusinessFile, document)
    raw = document.data
    staff = float(file.employees or employees)
    default = from_base(document_of(next(name for name in DEFAULTS if name in shipped())), staff, "")
    for category, service in file.serves.items():
        if service not in file.services:
            near = nearest(service, file.services)
            text = f"is not in `services`; there is {listed(file.services)}{near}"
            raise BadInput(document.problem(("serves", category), service, text))
    return BusinessSide(
        currency=file.currency,
        origin=document.name,
        assumed=False,
        business=dict(raw.get("business", {})),
        services=dict(raw.get("services", {})) or default.services,
        service_of=dict(file.serves),
        roles=dict(file.roles),
        sections={key: dict(raw.get(key, {})) for key in ("calendars", "profiles", "peaks")},
        targets=dict(raw.get("targets", {})),
        sources=dict(raw.get("sources", {})),
        employees=staff,
        employee_cost=file.business.employee_cost.mode or default.employee_cost,
        team_cost=default.team_cost if file.currency == default.currency else {},
    )


def from_base(document: Document, employees: float, origin: str) -> BusinessSide:
    """Business side of another organisation, scaled by employees, and marked as assumed throughout."""
    base = validate(Base, document)
    staff = max([service.users.mode for service in base.services.values()], default=1.0)
    scale = employees / max(staff, 1.0)
    business: dict[str, Any] = {}
    for name in Business.model_fields:
        value = getattr(base.business, name)
        if isinstance(value, Quantity) and value.given:
            business[name] = widened(value, scale if name in WITH_SIZE else 1.0, whole=name == "customers")
    return BusinessSide(
        currency=base.currency,
        origin=origin,
        assumed=True,
        business=business,
        services={"it_services": one_service(base, employees, scale)},
        employees=employees,
        employee_cost=base.business.employee_cost.mode,
        team_cost={
            team.role: (team.cost.mode, team.cost.low, team.cost.high)
            for team in reversed(base.teams.values())
            if team.cost.given
        },
    )


def widened(value: Quantity, scale: float, *, whole: bool = False) -> Any:
    """A quantity of another organisation as an assumption, with at least a factor of two either way."""
    if value.low == value.high and value.factor >= 3600:
        return amount(value.mode / value.factor, value.unit)
    numbers = [
        scale * part / value.factor
        for part in (value.mode, min(value.low, value.mode / WIDEST), max(value.high, value.mode * WIDEST))
    ]
    if value.unit.startswith("%"):
        numbers = [min(100.0, part) for part in numbers]
    if scale != 1.0:
        numbers = [float(f"{part:.2g}") for part in numbers]
    if whole:
        numbers = [float(round(part)) for part in numbers]
    return assumed(numbers[0], numbers[1], numbers[2], value.unit)


def one_service(base: Base, employees: float, scale: float) -> dict[str, Any]:
    """All services of another organisation as one, because a log does not tell them apart."""
    earning = [service for service in base.services.values() if service.revenue.mode > 0]
    revenue = float(f"{scale * sum(service.revenue.mode for service in earning):.2g}")
    margin = sum(service.revenue.mode * service.margin_share.mode for service in earning) * scale
    lost = max((service.work_lost.mode for service in base.services.values()), default=0.3)
    weight = revenue and margin + employees * lost * base.business.employee_cost.mode
    per_hour = f"{base.currency}/h"
    service: dict[str, Any] = {
        "title": "IT services",
        "customer_facing": True,
        "users": assumed(round(employees), round(employees / 2), round(employees * 2), ""),
        "customer_share": assumed(50, 20, 90, "%"),
        "revenue": assumed(revenue, revenue / WIDEST, revenue * WIDEST, per_hour),
        "margin_share": assumed(100 * margin / revenue if revenue else 30, 20, 60, "%"),
        "recaptured": assumed(50, 20, 80, "%"),
        "work_lost": assumed(100 * lost, 50 * lost, min(100, 200 * lost), "%"),
        "availability_target": "99.5 %",
        "value_weight": float(round(weight or 1.0)),
        "believed_weight": float(round(weight or 1.0)),
        "profile": "tickets",
    }
    return {key: Line(value) if isinstance(value, dict) else value for key, value in service.items()}
