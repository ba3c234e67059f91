"""The base as a file: every number with its source, and what the log could not give marked as assumed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from calibration.backtest.past import remembered
from calibration.exports.mapping import Mapping
from calibration.fit import growth
from calibration.fit.growth import GROWING, RISING, growth_factors, risen_factors, years_of
from calibration.fit.level import WAITING
from calibration.fit.organisation import Organisation
from calibration.fit.repetition import Repetition
from calibration.fit.unseen import DRAWS, FACTORS
from calibration.fit.window import DAY
from calibration.write.blanks import left_blank
from calibration.write.business import BusinessSide
from calibration.write.people import calendars, service_levels, taken_by_tickets, teams
from calibration.write.targets import targets
from calibration.write.text import Folded, Line, assumed, measured, number, render
from calibration.write.work import (
    WORK_HIGH,
    WORK_LOW,
    categories,
    impacts,
    incidents,
    profile_of,
    requests,
)
from results.learnt import ABANDONED
from scenarios.errors import BadInput

WEEKS = 52
WARMUP_WEEKS = 8

SOURCES = {
    "assumption": Line(text="Assumption: a ticket log does not tell"),
    "happysignals": Line(text="HappySignals, global IT experience benchmark, Q4 2019", year=2020),
}


def base_text(organisation: Organisation, side: BusinessSide, *, as_seen: bool = False) -> str:
    """The YAML text of a learnt base, at the level to which it grew by the end of the days learnt from.

    ``as_seen`` it is comparable with these days: at their mean level, without growth and public holidays.
    """
    organisation = growth.as_seen(organisation) if as_seen else growth.as_grown(organisation)
    window, log = organisation.window, organisation.log
    last = window.trained - DAY
    span = f"{window.start:%Y-%m-%d} to {last:%Y-%m-%d}"
    base: dict[str, Any] = {
        "# made": (
            f"Learnt by `watermelon calibrate` from {log.name}. Numbers with `source: log, grade: E` were "
            "estimated from "
            "it; those with `source: assumption, grade: D` are not in the log: check them, or give them "
            "with --business."
        ),
        "watermelon": 1,
        "kind": "base",
        "title": f"Learnt from {log.name.split('.')[0]}",
        "story": Folded(story(organisation, span)),
        "start": start_of(organisation),
        "zone": log.mapping.dates.zone or "UTC",
        "currency": side.currency,
        "weeks": WEEKS,
        "warmup": f"{WARMUP_WEEKS} weeks",
        "learnt": learnt(organisation, side),
        "# rests": "Outcomes that rest on assumptions, because no log holds them.",
        "assumed": assumed_families(organisation, side),
        "business": {**side.business, "work_hours": side.business.get("work_hours", "office")},
        "calendars": calendars(organisation, side),
        "# profile": "Expected tickets by hour, from the days that are not out of line.",
        "profiles": profiles(organisation, side),
    }
    if (off := organisation.holidays) is not None:
        base["holidays"] = {"country": off.country}
    if side.sections.get("peaks"):
        base["peaks"] = {key: Line(value) for key, value in side.sections["peaks"].items()}
    base |= {
        "# levels": levels_text(organisation),
        "service_levels": service_levels(organisation),
        "services": side.services,
        "# teams": (
            "Names go by volume, hours by the log's activity; roles are guessed from the flow. Seats are an "
            "assumption: from those that the tickets would keep busy to all people who were seen with one."
        ),
        "teams": teams(organisation, side),
        "# categories": (
            "Entry, routing and waits are the log's. Work is what visits took that were over quickly; "
            "vendor_wait is the "
            "rest of the time a team held a ticket that neither the user, nor closed hours, nor the queue "
            "explain."
        ),
        "categories": categories(organisation),
        "# impacts": "Priorities are the log's. How many are hit, and how badly, is assumed.",
        "impacts": impacts(organisation, side),
        "incidents": incidents(organisation, side),
    }
    if found := requests(organisation, side):
        base["requests"] = found
    base["targets"] = targets(organisation, side)
    if organisation.unseen is not None or organisation.arrivals.trend.mode:
        base["# posterior"] = (
            "What the log can't tell directly was inferred by simulation: factors that belong together, one "
            "row a draw, in units of the values above. With --uncertainty each draw takes one row."
        )
        base["posterior"] = posterior(organisation)
    base["sources"] = {
        "log": Line(text=f"{log.name}, tickets opened {span}, sha256 {log.sha256[:16]}", year=last.year),
        **SOURCES,
        **{key: Line(value) for key, value in side.sources.items()},
    }
    return "\n".join(render(base)) + "\n"


def posterior(organisation: Organisation) -> dict[str, Any]:
    """Draws of the factors, in units of their medians, which stand in the base itself.

    ``level`` multiplies the share of visits that wait: the level of a later week is not that of the log.
    ``growth`` multiplies the growth of all streams, of which the log tells one number, and ``risen`` the
    rates to which it led: only beside what was inferred of the rates, which have no other interval then.
    """
    unseen, trend = organisation.unseen, organisation.arrivals.trend
    so_far = risen_factors(trend, DRAWS, years_of(organisation)) if unseen is not None else None
    factors: dict[str, list[str]] = {}
    draws = np.empty((DRAWS, 0))
    if unseen is not None:
        factors |= {name: list(selectors) for name, selectors in FACTORS.items()}
        draws = unseen.draws / np.array(list(unseen.medians.values()))
    for name, selectors, more in (
        ("level", WAITING, organisation.level),
        ("growth", GROWING, growth_factors(trend, DRAWS)),
        ("risen", RISING, so_far),
    ):
        if more is not None:
            factors[name] = selectors
            draws = np.column_stack([draws, more])
    return {
        "factors": factors,
        "draws": [[float(number(value, 3)) for value in row] for row in draws.tolist()],
    }


def story(organisation: Organisation, span: str) -> str:
    """What the base is, in a few sentences."""
    cases = len(organisation.cases)
    return (
        f"{cases:,} tickets opened {span}, {len(organisation.teams)} teams, {len(organisation.groups)} "
        "kinds of tickets. "
        "How tickets arrive, travel and wait is learnt from the log. How long people work on them, what a "
        "ticket costs "
        "the business, and who does what under which name is not in a log: these are assumptions with wide "
        "intervals."
    )


def start_of(organisation: Organisation) -> str:
    """The first Monday after the last day that was learnt from."""
    first = organisation.window.trained
    return f"{first + (-first.day_of_week % 7) * DAY:%Y-%m-%d}"


def learnt(organisation: Organisation, side: BusinessSide) -> dict[str, Any]:
    """How the base was learnt: enough to do it again, and to play what was held out."""
    log, window = organisation.log, organisation.window
    return {
        "log": log.name,
        "sha256": log.sha256,
        "# mapping": "How the log was read: the backtest reads later exports in the same way.",
        "mapping": mapping_without_people(log.mapping),
        "rows": log.read,
        "cases": len(organisation.cases),
        "from": f"{window.start:%Y-%m-%d}",
        "to": f"{window.trained - DAY:%Y-%m-%d}",
        "held_out_days": (window.end - window.trained).days,
        "business": side.origin,
        "# hours": "Hours from opened to resolved: quantiles by percent, a yardstick for the backtest.",
        "hours": remembered(organisation.cases["hours"]),
        **({} if organisation.repetition is None else {"repetition": repeated(organisation.repetition)}),
    }


def repeated(found: Repetition) -> Line:
    """What repeats in the log; it is stated, not played."""
    return Line(
        things=found.items,
        on_busiest_fifth=round(found.busiest, 3),
        recurring_in_90_days=round(found.recurring.mode, 3),
        recurring_in_a_day=round(found.next_day.mode, 3),
        spread_of_rates=round(found.spread, 2),
        linked_with_problem=round(found.problem.mode, 4),
        linked_with_change=round(found.change.mode, 4),
    )


PEOPLE = ("person", "updated_by", "caller")


def mapping_without_people(mapping: Mapping) -> dict[str, Any]:
    """The mapping as far as a backtest needs it: columns that hold people are not in it."""
    found: dict[str, Any] = mapping.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    found["columns"] = {key: names for key, names in found["columns"].items() if key not in PEOPLE}
    return found


def assumed_families(organisation: Organisation, side: BusinessSide) -> list[str]:
    """Outcomes that rest on assumptions, and on which."""
    whose = f"business side as in {side.origin}, by size" if side.assumed else f"given in {side.origin}"
    found = [
        f"outcomes in money ({whose})",
        "downtime and lost customers and lost working hours (whom an incident hits, and how badly)",
        f"hours worked and utilisation and firefighting ({time_text(organisation)})",
    ]
    found.append("recurring incidents and problems and changes (no log tells faults or what removes them)")
    if any(group.request for group in organisation.groups) and organisation.log.mapping.requests is None:
        found.append("effects of automation (which tickets are routine requests)")
    if (trend := organisation.arrivals.trend).mode:
        found.append(
            f"that tickets grow on as in the log (by {trend.mode:+.0%} a year, {trend.low:+.0%} to "
            f"{trend.high:+.0%}; what hangs on their number moves with it and bears no mark for that, being "
            "learnt; cleaning.overrule: [trend] plays none)"
        )
    found += left_blank(organisation)
    if (left := organisation.left_open) is not None:
        found.append(
            f"open tickets and mean times to resolve and shares closed and in time ({ABANDONED}, "
            f"{left.share:.1%} or {left.a_year:,.0f} a year: here all are ended)"
        )
    return found


def levels_text(organisation: Organisation) -> str:
    """Where the times allowed come from."""
    if organisation.levels:
        return "Time allowed by priority such that the share that keeps it is the log's."
    return "Time allowed by priority is assumed (p1 to p4, left out): the log does not tell which were kept."


def time_text(organisation: Organisation) -> str:
    """What share of the teams' time the log's tickets take, and what the rest is."""
    taken = ticket_time(organisation)
    low, high = WORK_LOW * taken, min(1.0, WORK_HIGH * taken)
    return (
        f"minutes of work, seats and absence: these tickets are taken to fill {taken:.0%} of the teams' "
        f"hours, it may be {low:.0%} to {high:.0%}; the rest is work the log does not show, not idleness"
    )


def ticket_time(organisation: Organisation) -> float:
    """Work of the log's tickets in hours of the seats assumed, absence apart."""
    seats, hours = organisation.seats, organisation.hours
    present = {team.key: seats[team.key].present(hours[team.key]) for team in organisation.teams}
    work = sum(taken_by_tickets(organisation, team) * present[team.key] for team in organisation.teams)
    return work / (sum(present.values()) * organisation.factor("seats"))


def profiles(organisation: Organisation, side: BusinessSide) -> dict[str, Any]:
    """The weekly rhythms of tickets: of all, and of each stream where they differ."""
    return {
        **rhythm(organisation),
        **{key: dict(value) for key, value in side.sections.get("profiles", {}).items()},
    }


def rhythm(organisation: Organisation) -> dict[str, dict[str, Any]]:
    """Profiles learnt from the log, by name."""
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    learnt = {"tickets": organisation.arrivals.profile}
    learnt |= {profile_of(key, organisation): found for key, found in organisation.rhythms.items()}
    off = organisation.holidays
    given = assumed if off is not None and off.assumed else measured
    share = {} if off is None else {"holidays": given(100 * off.share, 100 * off.low, 100 * off.high, "%")}
    return {
        name: {day: [float(number(value, 3)) for value in row] for day, row in zip(days, found, strict=True)}
        | share
        for name, found in learnt.items()
    }


def write_base(path: Path, text: str) -> None:
    """Write aside, then rename, so that there never is half a file.

    Raises
    ------
    BadInput
        If the folder does not exist or can't be written to.
    """
    aside = path.with_name(f".{path.name}.part")
    try:
        aside.write_text(text, encoding="utf-8")
        aside.replace(path)
    except OSError as error:
        aside.unlink(missing_ok=True) if aside.parent.is_dir() else None
        raise BadInput(f"{path}: cannot be written: {(error.strerror or str(error)).lower()}") from None
