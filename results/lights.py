"""Green or red: what an IT dashboard would show, beside the business targets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from results.alignment import HALF, LIMITS, is_indicator
from results.asks import bound, limit, service_of
from results.compare import Comparison, ScenarioResult, TargetResult
from results.learnt import MARK
from results.naming import NO_TITLES, Titles
from results.statistics.intervals import Probability, defined, probability
from results.wording import outcome, window

State = Literal["met", "missed", "open", "none"]

LIKELY = 0.8
"""A target that is met in at least this share of the futures is green; in at most the rest, red."""
MANY = 0.8
"""A half of the picture is green if at least this share of its limits is kept in more than ``HALF`` of the
futures, and red if fewer than ``HALF`` of them are."""


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
    def is_kept(self) -> bool:
        """Whether the limit is kept in more than half of the futures."""
        return self.met is not None and self.met.share > HALF

    @property
    def futures(self) -> str:
        """'met in 9 of 10'."""
        return "no value" if self.met is None else f"{round(self.met.share * self.met.n)} of {self.met.n}"


@dataclass(frozen=True, slots=True)
class Row:
    """One metric or target, its limit and window in words, and a light for each scenario, in their order."""

    title: str
    asks: str
    lights: tuple[Light, ...]


def dashboard_rows(comparison: Comparison) -> list[Row]:
    """What the IT dashboard shows: a row for each usual metric that has a limit.

    A metric that the base has a target for is judged as that target, over its window, so that it looks the
    same wherever it stands; the usual limits go by the whole measured period.
    """
    base, currency, rows = comparison.base, comparison.currency, []
    for metric, (at_most, threshold) in LIMITS.items():
        own = [
            name
            for name, item in base.targets.items()
            if is_indicator(item.target) and item.target.metric == metric
        ]
        own = [name for name in own if base.targets[name].met is not None]
        rows += [
            Row(
                comparison.title(metric),
                bound(comparison, base.targets[name].target),
                _target_lights(comparison, name),
            )
            for name in own
        ]
        if own or threshold is None:
            continue
        period = window(0, base.summaries[0].horizon)
        asks = f"{limit(metric, at_most, threshold, currency)} in {period} (all that is measured)"
        lights = tuple(
            _judged(result, metric, at_most, threshold, currency) for result in comparison.scenarios.values()
        )
        rows.append(Row(comparison.title(metric), asks, lights))
    return rows


def business_rows(comparison: Comparison, titles: Titles = NO_TITLES) -> list[Row]:
    """What the business asked for: the targets of the base that are not on the IT dashboard."""
    base = comparison.base
    rows = []
    for name, item in base.targets.items():
        if is_indicator(item.target):
            continue
        of = service_of(comparison, item.target, titles)
        asks = f"{of}: {bound(comparison, item.target)}" if of else bound(comparison, item.target)
        mark = f" {MARK}" if comparison.is_assumed(item.target.metric) else ""
        rows.append(Row(f"{item.target.outcome or name}{mark}", asks, _target_lights(comparison, name)))
    return rows


def tally(rows: list[Row], place: int) -> tuple[int, int]:
    """How many limits a scenario keeps in more than half of the futures, of those with a value."""
    lights = [row.lights[place] for row in rows if row.lights[place].met is not None]
    return sum(light.is_kept for light in lights), len(lights)


def state_of(rows: list[Row], place: int) -> State:
    """The colour of one half for the scenario at ``place``, by ``MANY`` and ``HALF`` of its tally."""
    kept, of = tally(rows, place)
    if not of:
        return "none"
    if kept >= MANY * of:
        return "met"
    return "missed" if kept < HALF * of else "open"


def _target_lights(comparison: Comparison, name: str) -> tuple[Light, ...]:
    return tuple(
        _light(result.targets.get(name), comparison.currency) for result in comparison.scenarios.values()
    )


def _judged(result: ScenarioResult, name: str, at_most: bool, threshold: float, currency: str) -> Light:
    values = defined(result.values(name))
    kept = values <= threshold if at_most else values >= threshold
    found = result.outcomes[name]
    return Light(outcome(found.mean if found else None, name, currency), probability(kept.astype(float)))


def _light(item: TargetResult | None, currency: str) -> Light:
    if item is None or item.met is None or item.value is None:
        return Light("", None)
    return Light(outcome(item.value.mean, item.target.metric, currency), item.met)
