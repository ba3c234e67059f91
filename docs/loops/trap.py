"""The firefighting trap: where it tips, how single futures go, and worse before better.

All of it with the one team of ``team.yaml``.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from docs.loops.experiments import HERE
from results.summary import Summary
from sim.spec.calendars import Floats
from watermelon import load, simulate

TEAM = str(HERE / "team.yaml")
BAD_QUARTER = str(HERE / "bad_quarter.yaml")
RING_FENCE = str(HERE / "ring_fence.yaml")
REQUESTS = 40
"""Requests a week in ``team.yaml``."""
LAST_HALF_YEAR = slice(-26, None)
LEAST_PLANNED = 5.0
"""Hours a week: a team that gets to less planned work than this is trapped. Others get to 20 and more."""

AT_THE_EDGE = 52
"""Requests a week at which a bad quarter decides."""
CONGESTED = 62
"""Requests a week at which the team is about to be trapped by itself."""


def futures(requests: float, overrides: Sequence[str], weeks: int, replications: int) -> list[list[Summary]]:
    """The team with and without each override in turn: [scenario][replication]."""
    settings = [f"requests.wishes.demand={requests / REQUESTS}", f"weeks={weeks}"]
    names = [TEAM, *(f"{TEAM}+{override}" for override in overrides)]
    runs = simulate(*(load(name, settings) for name in names), replications=replications, seed=1)
    return list(runs.summaries.values())


def planned_hours(summaries: Sequence[Summary]) -> Floats:
    """[replications, weeks] Hours of problems, fixes and maintenance."""
    kinds = ("problem", "change", "maintenance")
    return np.array([sum(one.weekly[f"{kind}_work_hours"] for kind in kinds) for one in summaries])


def trapped(summaries: Sequence[Summary]) -> Floats:
    """[replications] 1 where the team no longer gets to planned work in the last half-year, else 0."""
    last = planned_hours(summaries)[:, LAST_HALF_YEAR].mean(axis=1)
    return (last < LEAST_PLANNED).astype(np.float64)


def after_a_bad_quarter(requests: float, replications: int) -> tuple[Floats, Floats]:
    """Who is trapped three years on: [replications] without and with the bad quarter at the beginning."""
    calm, shaken = futures(requests, [BAD_QUARTER], 156, replications)
    return trapped(calm), trapped(shaken)


def backlog_after_ring_fencing(replications: int) -> Floats:
    """[replications, weeks] Open incidents and requests with the ring-fence less those without it."""
    before, after = futures(CONGESTED, [RING_FENCE], 104, replications)
    return np.array(
        [open_tickets(other) - open_tickets(one) for one, other in zip(before, after, strict=True)]
    )


def open_tickets(summary: Summary) -> Floats:
    """[weeks] Incidents and requests open at the end of each week."""
    return summary.weekly["incident_backlog_end"] + summary.weekly["request_backlog_end"]
