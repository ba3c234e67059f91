"""From numbers to a verdict: reproduced, in range or not reached. No verdict is written down elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from results.statistics.bootstrap import ratio_interval
from results.statistics.intervals import mean_and_half_width
from sim.spec.calendars import Floats
from watermelon.claims.table import Check

REPRODUCED, IN_RANGE, NOT_REACHED = "reproduced", "in range", "not reached"
VERDICTS = (REPRODUCED, IN_RANGE, NOT_REACHED)
"""From the best to the worst."""


@dataclass(frozen=True, slots=True)
class Found:
    """What came out of a check: the value with its 95% interval, and both means. None is undefined."""

    value: float | None
    low: float | None
    high: float | None
    mean: float | None
    against: float | None
    replications: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with a few words of why."""

    verdict: str
    because: str


def estimate(check: Check, played: Floats, against: Floats) -> Found:
    """Measure a check: arrays [replications] of its outcome, paired; undefined ones are left out in pairs."""
    both = ~(np.isnan(played) | np.isnan(against))
    ours, theirs = played[both] / check.per, against[both] / check.per
    number = int(both.sum())
    if number < 2 or (check.measure == "ratio" and theirs.mean() == 0.0):
        return Found(None, None, None, None, None, number)
    mean, base = float(ours.mean()), float(theirs.mean())
    if check.measure == "ratio":
        interval = ratio_interval(ours, theirs)
        low, high = (None, None) if interval is None else interval
        return Found(mean / base, low, high, mean, base, number)
    value, half = mean_and_half_width(
        {"difference": ours - theirs, "saving": theirs - ours, "level": ours}[check.measure]
    )
    assert half is not None, "there are at least two"
    low, high = value - half, value + half
    if check.measure == "level" and check.outcome.endswith("_share"):
        low, high = max(low, 0.0), min(high, 1.0)
    return Found(value, low, high, mean, base, number)


def judge(check: Check, found: Found) -> Judgement:
    """The verdict on one check.

    A published *figure* is reproduced if the interval holds it and lies within the band; it is in range if
    the mean lies in the band and the interval is clear of no effect. A *limit* is reproduced if the whole
    interval keeps it, in range if the mean does.
    """
    if found.value is None or found.low is None or found.high is None:
        return Judgement(NOT_REACHED, "no value in so few replications")
    if check.figure is None:
        return _by_limit(check, found.value, found.low, found.high)
    return _by_figure(check, check.figure, found.value, found.low, found.high)


def worst(verdicts: Iterable[str]) -> str:
    """A claim is as good as its weakest check."""
    return max(verdicts, key=VERDICTS.index)


def _by_limit(check: Check, value: float, low: float, high: float) -> Judgement:
    if check.at_least is not None:
        limit, worst_case, kept = check.at_least, low >= check.at_least, value >= check.at_least
    else:
        assert check.at_most is not None, "a check has a figure or a limit"
        limit, worst_case, kept = check.at_most, high <= check.at_most, value <= check.at_most
    if worst_case:
        # A difference of nothing keeps the limit 'at least nothing', and shows nothing.
        if limit == check.neutral and low == high == limit:
            return Judgement(NOT_REACHED, "nothing changes")
        return Judgement(REPRODUCED, "the whole interval keeps the limit")
    if kept:
        return Judgement(IN_RANGE, "the mean keeps the limit, the interval does not wholly")
    return Judgement(NOT_REACHED, "the mean misses the limit")


def _by_figure(check: Check, figure: float, value: float, low: float, high: float) -> Judgement:
    band = check.band
    assert band is not None, "a figure has a band"
    origin = check.neutral
    if origin is not None and low <= origin <= high:
        return Judgement(NOT_REACHED, "can't be told from no effect")
    if low <= figure <= high and band[0] <= low and high <= band[1]:
        return Judgement(REPRODUCED, "the interval holds the published figure")
    share = "" if origin is None or figure == origin else f"{(value - origin) / (figure - origin):.0%}"
    of_it = f"{share} of the published effect" if share else "beside the published figure"
    if band[0] <= value <= band[1]:
        if low <= figure <= high:
            return Judgement(IN_RANGE, f"{of_it}, the interval is wider than the band")
        return Judgement(IN_RANGE, of_it)
    return Judgement(NOT_REACHED, of_it)
