"""Business targets: whether one is well posed, and whether it was met in a replication."""

from __future__ import annotations

import math
from dataclasses import dataclass

from results.catalogue import OUTCOMES
from results.metrics.measures import MEASURES, measure
from results.metrics.record import Record
from results.metrics.scope import ALL, Scope
from results.prices import Target


@dataclass(frozen=True, slots=True)
class TargetValue:
    """A target in one replication: the ``value`` of its metric (nan = undefined) and whether it was met."""

    target: Target
    value: float

    @property
    def met(self) -> float:
        """1 met, 0 missed, nan undefined."""
        if math.isnan(self.value):
            return math.nan
        if self.target.at_most:
            return float(self.value <= self.target.threshold)
        return float(self.value >= self.target.threshold)


def fault_of(metric: str, service: int = ALL) -> str | None:
    """What is wrong with asking for ``metric`` (of one service) as a target; None if it can be measured."""
    if metric not in OUTCOMES:
        return f"{metric} is not an outcome"
    if metric not in MEASURES:
        return f"{metric} is made of the targets and can't be one"
    if service != ALL and not OUTCOMES[metric].by_service:
        return f"{metric} belongs to the whole organisation and can't be asked of one service"
    return None


def judge(record: Record, target: Target) -> TargetValue:
    """The target's metric over the target's window.

    Undefined if the run ends before the window does: a sum over half a year says nothing about a year.
    """
    if target.end > record.history.horizon or target.start >= target.end:
        return TargetValue(target, math.nan)
    value = measure(record, target.metric, Scope(target.start, target.end, target.service))
    return TargetValue(target, value)


def met_share(values: tuple[TargetValue, ...]) -> float:
    """Targets met / targets that have a value; nan if none has."""
    met = [value.met for value in values if not math.isnan(value.met)]
    return sum(met) / len(met) if met else math.nan
