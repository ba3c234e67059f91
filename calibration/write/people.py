"""Calendars and teams of the base."""

from __future__ import annotations

import math
from typing import Any

from calibration.fit.hours import ABSENCE, SEAT_HOURS, SPLIT_SEATS, Seats, TeamHours
from calibration.fit.organisation import Organisation
from calibration.fit.teams import TeamGroup
from calibration.write.business import BusinessSide
from calibration.write.text import Line, amount, assumed

COST = {"desk": (38.0, 25.0, 55.0), "operations": (55.0, 35.0, 80.0), "application": (65.0, 45.0, 95.0)}
"""Loaded cost of an hour by role where the default has none: assumptions."""


FULL = 0.85
"""Share of a team's time beyond which tickets can't go if most are over in minutes: the fewest seats."""


def clock(minutes: int) -> str:
    """Minutes of a day as ``08:30``."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def calendars(organisation: Organisation, side: BusinessSide) -> dict[str, Any]:
    """The office hours that most of the activity shows."""
    hours = organisation.hours[organisation.teams[0].key]
    days = "mon-sun" if hours.weekend else "mon-fri"
    office = Line({days: f"{hours.begin:02d}:00-{hours.end:02d}:00"})
    return {
        "office": office,
        **{key: Line(value) for key, value in side.sections.get("calendars", {}).items()},
    }


def shifts(hours: TeamHours, seats: Seats) -> dict[str, Any]:
    """An early and a late shift that span the working day, and posts for the rest of the week if covered."""
    days = "mon-sun" if hours.weekend else "mon-fri"
    begin, end = 60 * hours.begin, 60 * hours.end
    shift = min(round(60 * SEAT_HOURS), end - begin)
    found: dict[str, Any] = {}
    if end - begin <= shift or seats.day < SPLIT_SEATS:
        found["day"] = pattern({days: f"{clock(begin)}-{clock(end)}"}, seats.day)
    else:
        found["early"] = pattern({days: f"{clock(begin)}-{clock(begin + shift)}"}, (seats.day + 1) // 2)
        found["late"] = pattern({days: f"{clock(end - shift)}-{clock(end)}"}, seats.day // 2)
    if hours.nights and begin > 0:
        found["night"] = pattern({"mon-sun": f"00:00-{clock(begin)}"}, seats.cover)
    if hours.nights and end < 24 * 60:
        found["evening"] = pattern({"mon-sun": f"{clock(end)}-24:00"}, seats.cover)
    if hours.weekend_days:
        found["weekend"] = pattern({"sat-sun": f"{clock(begin)}-{clock(end)}"}, seats.cover)
    return found


def pattern(hours: dict[str, str], share: int) -> Line:
    """One shift."""
    return Line(hours=Line(hours), share=share)


def teams(organisation: Organisation, side: BusinessSide) -> dict[str, Any]:
    """Teams with their seats."""
    return {team.key: one_team(team, organisation, side) for team in organisation.teams}


def taken_by_tickets(organisation: Organisation, team: TeamGroup) -> float:
    """Share of the time of a team's first guess of seats that tickets take."""
    seats, hours = organisation.seats[team.key], organisation.hours[team.key]
    worked = organisation.factor("desk_work" if team.role == "desk" else "work_behind")
    return worked * seats.work / seats.present(hours)


def one_team(team: TeamGroup, organisation: Organisation, side: BusinessSide) -> dict[str, Any]:
    """A team of the base."""
    hours, seats = organisation.hours[team.key], organisation.seats[team.key]
    worked = shifts(hours, seats)
    shares = sum(int(shift["share"]) for shift in worked.values())
    total = max(len(worked), round(shares * organisation.factor("seats")))
    taken = taken_by_tickets(organisation, team) * shares / total
    fewest = max(len(worked), math.ceil(total * taken / FULL))
    same = sum(
        organisation.seats[other.key].work for other in organisation.teams if other.names == team.names
    )
    people = seats.people_a_day * (seats.work / same if same else 1.0)
    most = max(total, math.ceil(people / (1 - ABSENCE)))
    role = next((side.roles[name] for name in team.names if name in side.roles), team.role)
    mode, low, high = side.team_cost.get(role) or COST.get(role) or COST["operations"]
    cost = assumed(mode, min(low, 0.7 * mode), max(high, 1.5 * mode), f"{side.currency}/h")
    return {
        "title": team.title,
        "role": role,
        f"#{team.key}": f"{seats.people_a_day:.0f} people held its tickets on a working day. Tickets of "
        f"the log take {taken:.0%} of the time of {total} seats; the rest is work that it does not show.",
        "seats": assumed(total, min(fewest, total), most, ""),
        "shifts": worked,
        "absence": assumed(20, 15, 30, "%"),
        "cost": cost,
        "overtime_factor": 1.5,
        "policy": "severity",
        "preempts": True,
        "switch_loss": assumed(10, 2, 23, "min"),
        "on_call": 0 if hours.nights else 1,
    }


def service_levels(organisation: Organisation) -> dict[str, Any]:
    """Time allowed by priority, where the log tells it."""
    found: dict[str, Any] = {"clock": "always"}
    for priority, hours in sorted(organisation.levels.items()):
        found[f"p{priority}"] = amount(hours * 60, "min") if hours < 2 else amount(hours, "h")
    return found
