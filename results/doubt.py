"""What the spread of an answer comes from: that we do not know the organisation, or luck."""

from __future__ import annotations

from dataclasses import dataclass

from results.catalogue import OUTCOMES
from results.compare import Comparison, ScenarioResult
from results.statistics.luck import Luck
from results.wording import part

DOUBTED = (
    "restore_hours_mean",
    "restore_hours_p90",
    "incident_backlog_end",
    "sla_attainment_share",
    "firefighting_hours_share",
    "business_loss_total",
    "cost_total",
)
"""Outcomes of which it is told; the others are in the JSON document."""

HEADINGS = ("We do not know the organisation", "Luck")
MEANING = (
    "Every draw of what is not known was played twice: where the two differ it is luck, which nobody can "
    "know beforehand; the rest is what we do not know of the organisation, which can be measured."
)


@dataclass(frozen=True, slots=True)
class DoubtRow:
    """Of one answer: the shares of its variance, as text with 95% intervals."""

    title: str
    unknown: str
    luck: str


def doubt_rows(comparison: Comparison, result: ScenarioResult) -> list[DoubtRow]:
    """Rows of the base's outcomes, or of the differences of another scenario; none without repeats."""
    found = comparison.luck.get(result.name, result.luck)
    return [
        DoubtRow(comparison.title(name), shares(1 - luck.share, 1 - luck.high, 1 - luck.low), of_luck(luck))
        for name in DOUBTED
        if (luck := found.get(name)) is not None and name in OUTCOMES
    ]


def of_luck(luck: Luck) -> str:
    """The share of luck with its interval."""
    return shares(luck.share, luck.low, luck.high)


def shares(middle: float, low: float, high: float) -> str:
    """A share with its interval, as text."""
    return f"{part(middle)} ({part(low)} to {part(high)})"
