"""What a backtest has to keep, and the verdict in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from calibration.backtest.scores import DURATIONS, Distance, Figure
from calibration.backtest.series import Series
from calibration.findings import shown

FACTOR = 1.1
LEAST_COVERAGE = 0.8
WIDEN = 0.25
JUDGED_SERIES = ("arrivals_daily", "backlog_daily")
SERIES_TITLES = {
    "arrivals_daily": "tickets a day",
    "backlog_daily": "open tickets at the end of the day",
    "arrivals_weekly": "tickets a week",
    "backlog_weekly": "open tickets at the end of the week",
}


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What has to be kept.

    Parameters
    ----------
    factor
        Distances of durations may be so many times as large as those of resampling the past, and as large
        as between two halves of what happened (the noise floor): well below it the organisation itself
        would miss its limit.
    coverage
        Least share of the days on which arrivals and open tickets lie in their 90% interval.
    widen
        By how much the interval of the log's medians is made wider.
    limits
        Limits of single distances by name, instead of what ``factor`` gives.
    """

    factor: float = FACTOR
    coverage: float = LEAST_COVERAGE
    widen: float = WIDEN
    limits: Mapping[str, float] = field(default_factory=dict)

    def limited(self, distance: Distance) -> Distance:
        """The distance with its limit, if it has one."""
        if distance.name in self.limits:
            return replace(distance, limit=self.limits[distance.name])
        if distance.name in DURATIONS and distance.resampling is not None:
            return replace(
                distance, limit=max(self.factor * distance.resampling, distance.noise_floor or 0.0)
            )
        return distance


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was judged: ``text`` says how it came out."""

    name: str
    kept: bool
    text: str


def checks(
    thresholds: Thresholds,
    distances: Mapping[str, Distance],
    coverage: Mapping[str, Series],
    medians: Mapping[int, Figure],
) -> list[Check]:
    """Everything that has a threshold and can be judged."""
    found = []
    for item in distances.values():
        if item.kept is not None:
            text = f"{item.title} {item.value:.3g} (limit {item.limit:.3g}{reason(thresholds, item)})"
            found.append(Check(item.name, item.kept, text))
    for name in JUDGED_SERIES:
        line = coverage[name]
        share = line.coverage
        if share is not None:
            text = (
                f"{SERIES_TITLES[name]} in the 90% interval on {sum(line.inside)} of {len(line.log)} days "
                f"({share:.1%}; at least {thresholds.coverage:.0%})"
            )
            found.append(Check(name, share >= thresholds.coverage - 1e-9, text))
    for count, figure in medians.items():
        if figure.kept is not None:
            found.append(Check(f"handoff_median_hours_{count}", figure.kept, median_text(count, figure)))
    return found


def reason(thresholds: Thresholds, item: Distance) -> str:
    """Where a limit comes from; and a miss that chance alone may have made deserves a word."""
    if item.name not in thresholds.limits and item.resampling is not None:
        past = thresholds.factor * item.resampling
        if item.limit == past:
            return f", {thresholds.factor:g} times resampling the past"
        return f", the noise floor; {thresholds.factor:g} times resampling the past is {past:.3g}"
    floor = item.noise_floor
    if item.kept is not False or item.value is None or floor is None or item.value > floor:
        return ""
    return f"; yet below the noise floor {floor:.3g}, so that chance may have done it"


def median_text(count: int, item: Figure) -> str:
    """A median by number of reassignments in words."""
    times = {0: "no reassignment", 1: "1 reassignment"}.get(count, f"{count} reassignments")
    model = "none" if item.model is None else f"{shown(item.model)} h"
    least, log, most = (0.0 if value is None else value for value in (item.least, item.log, item.most))
    allowed = f"allowed {shown(least)} to {shown(most)} h"
    return f"median with {times} {model} (in the log {shown(log)} h; {allowed})"


def verdict(found: list[Check]) -> str:
    """The outcome in a few sentences."""
    if not found:
        return "Nothing could be judged: there is neither a past to compare with nor a threshold."
    failed = [check for check in found if not check.kept]
    if not failed:
        return f"Passed: all {len(found)} thresholds are kept. The model looks like what happened."
    listed = "; ".join(check.text for check in failed)
    return f"Failed: {len(failed)} of {len(found)} thresholds are missed. Missed: {listed}."
