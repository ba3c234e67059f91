"""Green outside, red inside: month by month, whether IT's dashboard is fine while an objective is missed."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from results.catalogue import OUTCOMES
from results.metrics.measures import measure
from results.metrics.monthly import month_edges
from results.metrics.record import Record
from results.metrics.scope import ALL, Scope
from results.prices import Target
from sim.spec.calendars import HOUR, WEEK, Floats

LIMITS: dict[str, tuple[bool, float | None]] = {
    "sla_attainment_share": (False, 0.95),
    "tickets_closed_share": (False, 0.95),
    "first_contact_share": (False, None),
    "reopen_share": (True, 0.08),
}
"""What an IT dashboard usually shows: whether at most, and the limit, unless the base has a target for it.

Source: limits are assumptions (grade D). Reopened: 3 to 8% are usual in service desks. First contact has no
usual limit (41 to 94% at MetricNet): it is shown where the base has a target.
"""
HALF = 0.5
"""Business is red in a month in which fewer than this share of an objective's limits are kept."""
ADDS_UP = ("total", "count")
"""Kinds of outcomes whose limit for a part of the window is that part of the limit."""


@dataclass(frozen=True, slots=True)
class Months:
    """How the two sides stood, by objective: arrays of one number a month of 730 h, nan where not judged.

    ``dashboard`` is the share of the mapped IT metrics that keep their limit, ``business`` that of the
    objective's business limits. ``hours`` is where each month begins.
    """

    hours: Floats
    dashboard: dict[str, Floats]
    business: dict[str, Floats]

    def pairs(self) -> tuple[int, int]:
        """Pairs of month and objective that are green outside and red inside, and all that are judged."""
        found = of = 0
        for objective, outside in self.dashboard.items():
            inside = self.business[objective]
            judged = ~(np.isnan(outside) | np.isnan(inside))
            of += int(np.count_nonzero(judged))
            found += int(np.count_nonzero(judged & (outside == 1.0) & (inside < HALF)))
        return found, of

    def index(self) -> float:
        """Watermelon index: the share of such pairs; nan without any."""
        found, of = self.pairs()
        return found / of if of else math.nan


def is_indicator(target: Target) -> bool:
    """Whether a target is about what IT dashboards show anyway, for the whole organisation."""
    return target.metric in LIMITS and target.service == ALL


def watched(targets: tuple[Target, ...], objective: str) -> list[tuple[str, bool, float]]:
    """IT metrics mapped to an objective: name, whether at most, limit.

    Those of the usual dashboard; a metric that the base has targets for is judged by the objective's own of
    these, else by its usual limit.
    """
    found = []
    for name, (at_most, usual) in LIMITS.items():
        own = [item for item in targets if is_indicator(item) and item.metric == name]
        mine = [item for item in own if item.objective == objective]
        if mine:
            found += [(name, item.at_most, item.threshold) for item in mine]
        elif usual is not None:
            found.append((name, at_most, usual))
    return found


def judge_months(record: Record, targets: tuple[Target, ...]) -> Months:
    """Judge every objective that has a business target, month by month of that target's window.

    A window that covers a month in part is judged over that part if it is at least a week long; a limit on
    what adds up (hours, money, counts) is taken for that part in proportion.
    """
    edges = month_edges(record.history.horizon)
    wide = [number for number in range(len(edges) - 1) if edges[number + 1] - edges[number] >= WEEK]
    months = [Scope(int(edges[number]), int(edges[number + 1])) for number in wide]
    business: dict[str, Floats] = {}
    for objective in dict.fromkeys(item.objective for item in targets if not is_indicator(item)):
        own = [item for item in targets if item.objective == objective and not is_indicator(item)]
        kept = [[_kept_in(record, item, month) for item in own] for month in months]
        business[objective] = np.array([_share(row) for row in kept])
    # The dashboard is the same for most objectives: each metric of a month is measured once.
    values: dict[tuple[str, Scope], float] = {}
    dashboard = {}
    for objective, inside in business.items():
        shares = []
        for month, found in zip(months, inside.tolist(), strict=True):
            lights = []
            for name, at_most, limit in watched(targets, objective):
                if math.isnan(found):
                    break
                if (name, month) not in values:
                    values[name, month] = measure(record, name, month)
                lights.append(kept_limit(values[name, month], at_most, limit))
            shares.append(_share(lights))
        dashboard[objective] = np.array(shares)
    return Months(np.array([month.start / HOUR for month in months]), dashboard, business)


def kept_limit(value: float, at_most: bool, limit: float) -> float:
    """1 kept, 0 missed, nan undefined."""
    if math.isnan(value):
        return math.nan
    return float(value <= limit if at_most else value >= limit)


def _kept_in(record: Record, target: Target, month: Scope) -> float:
    scope = Scope(max(month.start, target.start), min(month.end, target.end), target.service)
    if scope.seconds < WEEK:
        return math.nan
    limit = target.threshold
    if OUTCOMES[target.metric].kind in ADDS_UP:
        limit *= scope.seconds / (target.end - target.start)
    return kept_limit(measure(record, target.metric, scope), target.at_most, limit)


def _share(kept: list[float]) -> float:
    known = [value for value in kept if not math.isnan(value)]
    return sum(known) / len(known) if known else math.nan
