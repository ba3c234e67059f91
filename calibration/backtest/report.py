"""What a backtest found, as plain data and in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from calibration.backtest.period import Period
from calibration.backtest.scores import Distance, Figure
from calibration.backtest.series import Series
from calibration.backtest.thresholds import Check, verdict
from calibration.backtest.tickets import Tickets


@dataclass(frozen=True, slots=True)
class PriorityScore:
    """How one priority came out."""

    cases: int
    distances: Mapping[str, Distance]
    quantiles: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Backtest:
    """What ``backtest`` found.

    Parameters
    ----------
    base, log
        What was played, and against what.
    period
        The days played.
    trained
        First and last day that the base was learnt from.
    replications, seed, uncertainty
        How it was played.
    cases, resolved, opening
        Tickets opened in the period, those of them that were resolved, and tickets open at its start.
    distances, quantiles, medians, reassignments, reopen_share
        Scores over all tickets.
    by_priority
        Scores of each priority with enough tickets.
    series
        Arrivals and open tickets by day and by week.
    checks
        What was judged.
    notes
        What a reader should know.
    seen, played, past
        Tickets of the period in the log and in each replication, and those learnt from.
    """

    base: str
    title: str
    log: str
    period: Period
    trained: tuple[date, date]
    replications: int
    seed: int
    uncertainty: bool | None
    cases: int
    resolved: int
    opening: int
    distances: Mapping[str, Distance]
    quantiles: Mapping[str, Figure]
    medians: Mapping[int, Figure]
    reassignments: Mapping[str, Figure]
    reopen_share: Figure
    by_priority: Mapping[int, PriorityScore]
    series: Mapping[str, Series]
    checks: list[Check]
    notes: list[str]
    seen: Tickets
    played: list[Tickets]
    past: Tickets | None

    @property
    def passed(self) -> bool:
        """Whether no threshold is missed."""
        return all(check.kept for check in self.checks)

    @property
    def verdict(self) -> str:
        """The outcome in words."""
        return verdict(self.checks)

    def document(self) -> dict[str, Any]:
        """The same as plain data, for JSON."""
        return {
            "verdict": self.verdict,
            "passed": self.passed,
            "failed": [check.name for check in self.checks if not check.kept],
            "base": self.base,
            "log": self.log,
            "from": str(self.period.start.date()),
            "to": str(self.period.last),
            "learnt_from": str(self.trained[0]),
            "learnt_to": str(self.trained[1]),
            "replications": self.replications,
            "seed": self.seed,
            "uncertainty": self.uncertainty,
            "cases": self.cases,
            "resolved": self.resolved,
            "opening_backlog": self.opening,
            "distances": {name: distance_document(item) for name, item in self.distances.items()},
            "coverage": {name: item.coverage for name, item in self.series.items()},
            "handoff_median_hours": {
                str(count): figure_document(item) | {"low": item.least, "high": item.most}
                for count, item in self.medians.items()
            },
            "reassignment_share": {name: figure_document(item) for name, item in self.reassignments.items()},
            "reopen_share": figure_document(self.reopen_share),
            "quantile_hours": {name: figure_document(item) for name, item in self.quantiles.items()},
            "priorities": {
                str(priority): {
                    "cases": item.cases,
                    "distances": {
                        name: distance_document(distance) for name, distance in item.distances.items()
                    },
                    "quantile_hours": {
                        name: figure_document(figure) for name, figure in item.quantiles.items()
                    },
                }
                for priority, item in self.by_priority.items()
            },
            "series": {name: series_document(item) for name, item in self.series.items()},
            "notes": list(self.notes),
        }


def distance_document(item: Distance) -> dict[str, float | None]:
    """A distance as plain data."""
    return {
        "value": item.value,
        "resampling": item.resampling,
        "noise_floor": item.noise_floor,
        "limit": item.limit,
    }


def figure_document(item: Figure) -> dict[str, float | None]:
    """A figure as plain data; the interval is that of the log."""
    found = {"model": item.model, "log": item.log, "resampling": item.resampling}
    if item.low is not None:
        found |= {"log_low": item.low, "log_high": item.high}
    return found


def series_document(item: Series) -> dict[str, list[float]]:
    """A series as plain data."""
    return {
        "log": item.log.tolist(),
        "mean": item.mean.tolist(),
        "low": item.low.tolist(),
        "high": item.high.tolist(),
    }
