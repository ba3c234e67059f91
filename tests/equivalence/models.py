"""Random valid models: every class, field and branch of ``sim.spec``, small enough for both engines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import strategies as st

from sim.spec.flows import (
    Category,
    Impact,
    IncidentStream,
    RequestStream,
    SecondTeam,
    ServiceLevel,
    Stage,
)
from sim.spec.model import Model
from tests.equivalence.arrivals import OF_FAULTS, arrivals
from tests.equivalence.drafts import Draft
from tests.equivalence.plans import Plans

SETTLES = (0.4, 0.6, 0.8, 1.0)


@st.composite
def models(draw: Callable[[st.SearchStrategy[Any]], Any]) -> Model:
    """Models of some hours or days and at most a few hundred tickets, on a coarse or a fine grid of time."""
    draft = Draft(draw)
    services = tuple(draft.service(number) for number in range(draft.whole(1, 3)))
    teams = tuple(draft.team(number) for number in range(draft.whole(1, 4)))
    categories = tuple(category(draft, number, len(teams)) for number in range(draft.whole(1, 3)))
    streams = draft.whole(2 if draft.urgent else 1, 4)
    asked = draft.whole(0, streams - 1 if draft.urgent else streams)
    found = tuple(
        incidents(draft, number, len(services), len(categories)) for number in range(streams - asked)
    )
    plans = Plans(draft, len(teams), len(services), found) if draft.chance(2) else None
    if plans is not None:
        services = tuple(plans.kept_up(service, number) for number, service in enumerate(services))
        teams = tuple(plans.staffed(team) for team in teams)
    return Model(
        name=f"{draft.grid.name} {draft.salt}",
        start=draft.one_of(("2026-01-05", "2027-01-04")),
        start_weekday=draft.whole(0, 6),
        warmup=draft.warmup,
        horizon=draft.horizon,
        services=services,
        teams=teams,
        categories=categories,
        incidents=found,
        requests=tuple(requests(draft, number, len(services), len(categories)) for number in range(asked)),
        service_levels=tuple(service_level(draft) for _ in range(4)),
        parameters=tuple(draft.parameters),
        tables=tuple(draft.tables),
        faults=plans.pools if plans else (),
        problem_management=plans.management if plans else None,
        change_kinds=plans.kinds if plans else (),
        change_enablement=plans.enablement if plans else None,
        changes=plans.changes if plans else (),
        initiatives=plans.initiatives if plans else (),
        satisfaction=plans.satisfaction if plans else None,
    )


# Categories


def category(draft: Draft, number: int, teams: int) -> Category:
    """A routing matrix as wild as the model's check allows."""
    members = draft.some(range(teams))
    entry = draft.some(members)
    settling = draft.one_of(members)
    stages: list[Stage | None] = [None] * teams
    for team in members:
        stages[team] = stage(draft, team, members, settling)
    return Category(
        name=f"category {number}",
        key=draft.key("category", number),
        entry_teams=tuple(entry),
        entry_cumulative=draft.cumulative(len(entry)),
        stages=tuple(stages),
        misrouting=draft.share("misrouting", (0.0, 0.0, 0.1, 0.4, 0.8) if draft.whole(0, 20) else (1.0,)),
        bounce_work=draft.time("bounce_work"),
        handoff_delay=draft.time("handoff_delay"),
        context_loss=draft.share("context_loss"),
        second=second_team(draft, teams),
        reopen_share=draft.share("reopen_share", (0.0, 0.2, 0.5)),
        reopen_work=draft.number("reopen_work", (1.0, 0.5, 0.0, 1.3)),
        close_delay=int(draft.one_of(draft.grid.durations)),
        misrouting_pressure=draft.share("misrouting_pressure", (0.0, 0.3, 0.8)),
    )


def stage(draft: Draft, team: int, members: list[int], settling: int) -> Stage:
    """A visit. A team that settles nothing sends at least some of its tickets to one that does."""
    onward = draft.some(members, least=0)
    if not onward:
        resolves = draft.share("always_resolves", (1.0,))
    elif team != settling and draft.chance(4):
        onward = sorted({*onward, settling})
        resolves = draft.share("never_resolves", (0.0,))
    else:
        resolves = draft.share("resolves", SETTLES)
    return Stage(
        team=team,
        work=draft.time("work"),
        resolves=resolves,
        next_teams=tuple(onward),
        next_cumulative=even(len(onward)) if draft.chance(2) else uneven(draft, len(onward)),
        user_wait=draft.wait("user_wait"),
        vendor_wait=draft.wait("vendor_wait"),
        onward_wait=draft.wait("onward_wait") if draft.chance(3) else None,
        onward_asks=draft.number("onward_asks", (1.0, 0.0, 0.3, 2.5)) if draft.chance(3) else None,
    )


def even(size: int) -> tuple[float, ...]:
    return tuple((row + 1) / size for row in range(size))


def uneven(draft: Draft, size: int) -> tuple[float, ...]:
    """Shares of which none is so small that tickets could go in circles for ever."""
    weights = np.cumsum([draft.one_of((1.0, 0.3, 2.5)) for _ in range(size)])
    return tuple((weights / weights[-1]).tolist()) if size else ()


def second_team(draft: Draft, teams: int) -> SecondTeam | None:
    if draft.chance(4):
        return None
    return SecondTeam(
        team=draft.whole(0, teams - 1),
        share=draft.share("second.share", (0.5, 1.0, 0.0)),
        swarming=draft.share("second.swarming", (0.5, 1.0, 0.0)),
        work=draft.time("second.work"),
    )


# Demand


def impact(draft: Draft, number: int) -> Impact:
    return Impact(
        name=f"impact {number}",
        priority=draft.one_of((3, 1, 4) if draft.urgent else (1, 3, 2, 4)),
        scope=draft.one_of((10_000, 0, 333_333, 1_000_000)),
        severity=draft.one_of((500_000, 1, 1_000_000)),
        hits_employees=draft.chance(2),
        hits_customers=draft.chance(2),
    )


def incidents(draft: Draft, number: int, services: int, categories: int) -> IncidentStream:
    impacts = tuple(impact(draft, row) for row in range(draft.whole(1, 3)))
    return IncidentStream(
        name=f"incidents {number}",
        key=draft.key("incidents", number),
        service=draft.whole(0, services - 1),
        category=draft.whole(0, categories - 1),
        arrivals=arrivals(draft, OF_FAULTS),
        impacts=impacts,
        impact_cumulative=draft.cumulative(len(impacts)),
        monitored=draft.share("monitored"),
        monitoring_delay=draft.time("monitoring_delay"),
        report_delay=draft.time("report_delay"),
        priority_error=draft.share("priority_error"),
    )


def requests(draft: Draft, number: int, services: int, categories: int) -> RequestStream:
    return RequestStream(
        name=f"requests {number}",
        key=draft.key("requests", number + 1),
        service=draft.whole(0, services - 1),
        category=draft.whole(0, categories - 1),
        arrivals=arrivals(draft),
        priority=draft.one_of((4, 3, 2, 1)),
        value_weight=draft.number("value_weight", (1.0, 40.0, 0.0)),
        service_level=service_level(draft),
        automation=draft.share("automation"),
        automation_failures=draft.share("automation_failures"),
        automated_time=draft.time("automated_time"),
        approval=draft.wait("approval"),
    )


def service_level(draft: Draft) -> ServiceLevel:
    return ServiceLevel(int(draft.one_of(draft.grid.durations)), draft.calendar())
