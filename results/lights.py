"""Green or red: what an IT dashboard would show, beside the business targets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from results.catalogue import OUTCOMES
from results.compare import Comparison, ScenarioResult, TargetResult
from results.statistics.intervals import Probability, defined, probability
from results.wording import outcome

State = Literal["met", "missed", "open", "none"]

LIKELY = 0.8
"""A target that is met in at least this share of the futures is green; in at most the rest, red."""

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


@dataclass(frozen=True, slots=True)
class Light:
    """One light: the mean of the metric as text, and how often the limit was kept."""

    value: str
    met: Probability | None

    @property
    def state(self) -> State:
        """Green (met), red (missed) or neither of them (open)."""
        if self.met is None:
            return "none"
        if self.met.share >= LIKELY:
            return "met"
        return "missed" if self.met.share <= 1.0 - LIKELY + 1e-9 else "open"

    @property
    def futures(self) -> str:
        """'met in 9 of 10'."""
        return "no value" if self.met is None else f"{round(self.met.share * self.met.n)} of {self.met.n}"


@dataclass(frozen=True, slots=True)
class Row:
    """One metric or target with its limit in words, and a light for each scenario, in their order."""

    title: str
    asks: str
    lights: tuple[Light, ...]


def dashboard_rows(comparison: Comparison) -> list[Row]:
    """What the IT dashboard shows: a row for each usual metric that has a limit."""
    rows = []
    for name in LIMITS:
        at_most, threshold = _limit_of(comparison.base, name)
        if threshold is None:
            continue
        lights = tuple(
            _judged(result, name, at_most, threshold, comparison.currency)
            for result in comparison.scenarios.values()
        )
        rows.append(Row(OUTCOMES[name].title, limit(name, at_most, threshold, comparison.currency), lights))
    return rows


def business_rows(comparison: Comparison) -> list[Row]:
    """What the business asked for: the targets of the base that are not on the IT dashboard."""
    rows = []
    for name, item in comparison.base.targets.items():
        target = item.target
        if target.metric in LIMITS and target.service < 0:
            continue
        lights = tuple(
            _light(result.targets.get(name), comparison.currency) for result in comparison.scenarios.values()
        )
        asks = limit(target.metric, target.at_most, target.threshold, comparison.currency)
        rows.append(Row(target.outcome or name, asks, lights))
    return rows


def limit(metric: str, at_most: bool, threshold: float, currency: str) -> str:
    """A limit in words: 'at most 15.0 h'."""
    return f"at {'most' if at_most else 'least'} {outcome(threshold, metric, currency)}"


def tally(rows: list[Row], place: int) -> tuple[int, int]:
    """How many lights of the scenario at ``place`` are green, of those that have a value."""
    states = [row.lights[place].state for row in rows]
    return states.count("met"), len(states) - states.count("none")


def most(rows: list[Row], place: int) -> State:
    """The colour that most lights of the scenario at ``place`` have; open where none leads."""
    states = [row.lights[place].state for row in rows if row.lights[place].state != "none"]
    if not states:
        return "none"
    counts = sorted(((states.count(state), state) for state in set(states)), reverse=True)
    return "open" if len(counts) > 1 and counts[0][0] == counts[1][0] else counts[0][1]


def _limit_of(base: ScenarioResult, metric: str) -> tuple[bool, float | None]:
    """Whether at most, and the threshold: of the base's target for the whole organisation, else the usual."""
    for item in base.targets.values():
        if item.target.metric == metric and item.target.service < 0:
            return item.target.at_most, item.target.threshold
    return LIMITS[metric]


def _judged(result: ScenarioResult, name: str, at_most: bool, threshold: float, currency: str) -> Light:
    values = defined(result.values(name))
    kept = values <= threshold if at_most else values >= threshold
    found = result.outcomes[name]
    return Light(outcome(found.mean if found else None, name, currency), probability(kept.astype(float)))


def _light(item: TargetResult | None, currency: str) -> Light:
    if item is None or item.met is None or item.value is None:
        return Light("", None)
    return Light(outcome(item.value.mean, item.target.metric, currency), item.met)
