"""Where effort goes and where value lies: services and teams of every scenario, cell by cell as text."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from results.compare import Comparison, ScenarioResult
from results.metrics.breakdown import Breakdown
from results.naming import Titles, title_of
from results.wording import MINUS, NOTHING, part
from sim.spec.calendars import Floats

LEADING = (
    "overload_mean",
    "known_errors_end",
    "maintenance_overdue_end",
    "incident_backlog_end",
    "request_backlog_end",
    "problem_age_hours_mean",
    "change_lead_hours_mean",
    "planned_hours_share",
)
"""What warns early: work that piles up, and people who tire."""
LAGGING = (
    "availability_weighted_share",
    "customers_lost",
    "employee_hours_lost",
    "attrition_rate_yearly",
    "time_to_market_hours_mean",
    "business_loss_total",
)
"""What proves it afterwards."""


@dataclass(frozen=True, slots=True)
class FitRow:
    """A service or a team with one text for each scenario and column."""

    title: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """How effort fits value in one scenario."""

    services: list[FitRow]
    teams: list[FitRow]
    summary: str


def fit(result: ScenarioResult, titles: Titles) -> Fit:
    """Services by value and effort, teams by time that is idle or overloaded, and a sentence."""
    services = [summary.services for summary in result.summaries]
    teams = [summary.teams for summary in result.summaries]
    value, effort = _mean(services, "value_share"), _mean(services, "effort_hours")
    share = effort / effort.sum() if effort.sum() > 0 else np.full(len(effort), np.nan)
    unmet, above = _mean(services, "unmet_share"), _mean(services, "above_target")
    rows = [
        FitRow(
            title_of(titles, "services", name),
            (
                _percent(value[place]),
                _percent(share[place]),
                _percent(unmet[place]),
                _points(above[place]),
            ),
        )
        for place, name in enumerate(services[0].rows)
    ]
    idle, busy = _mean(teams, "idle_weeks"), _mean(teams, "overloaded_weeks")
    use = _mean(teams, "utilisation")
    people = [
        FitRow(
            title_of(titles, "teams", name),
            (_percent(use[place]), _percent(idle[place]), _percent(busy[place])),
        )
        for place, name in enumerate(teams[0].rows)
    ]
    return Fit(rows, people, _sentence(value, share))


def off_strategy(value: Floats, effort: Floats) -> float:
    """Share of the effort that goes into services beyond their share of the value."""
    return float(np.nansum(np.maximum(effort - value, 0.0)))


def rank_correlation(value: Floats, effort: Floats) -> float:
    """Rank correlation (Spearman) between value and effort of services; nan with fewer than three.

    Source: Spearman (1904), 'The proof and measurement of association between two things'.
    """
    known = ~(np.isnan(value) | np.isnan(effort))
    if np.count_nonzero(known) < 3:
        return float("nan")
    ranks = [np.argsort(np.argsort(each[known])).astype(np.float64) for each in (value, effort)]
    return float(np.corrcoef(ranks[0], ranks[1])[0, 1])


def _sentence(value: Floats, effort: Floats) -> str:
    rank = rank_correlation(value, effort)
    beyond = part(off_strategy(value, effort))
    text = f"{beyond} of the effort goes into services beyond their share of the value"
    if np.isnan(rank):
        return f"{text}."
    return f"{text}; rank correlation of effort and value {rank:.2f} (1: the most valuable gets most)."


def _percent(share: float) -> str:
    return NOTHING if np.isnan(share) else part(float(share))


def _points(share: float) -> str:
    return NOTHING if np.isnan(share) else f"{100 * share:+.2f} points".replace("-", MINUS)


def _mean(tables: list[Breakdown], column: str) -> Floats:
    """[rows] Mean over replications of a column, of those with a value."""
    values = np.array([table.columns[column] for table in tables])
    known = ~np.isnan(values)
    found: Floats = np.divide(
        np.where(known, values, 0.0).sum(axis=0),
        known.sum(axis=0),
        out=np.full(values.shape[1], np.nan),
        where=known.any(axis=0),
    )
    return found


def fits(comparison: Comparison, titles: Titles) -> dict[str, Fit]:
    """The fit of every scenario by its name."""
    return {name: fit(result, titles) for name, result in comparison.scenarios.items()}
