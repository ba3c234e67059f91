"""Where the organisation stands at the end of the days learnt from, if it moved away from their mean.

The share of long tickets by week is taken as a level that wanders (a random walk), with scatter of its own
in every week and the known noise of counting (a local level model). Whether it wanders at all is asked of
the likelihood, with scatter as the other explanation: weeks that come and go around one mean are no move.
Where it does, the level at the end is what the Kalman filter says of the last week.

Source: Harvey (1989), 'Forecasting, structural time series models and the Kalman filter', sections 2.3 and
5.1; Self & Liang (1987), Journal of the American Statistical Association 82:605, on tests at a bound.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from calibration.findings import OVERRULED_HERE, Finding
from calibration.fit.drift import LONG_HOURS

Floats = NDArray[np.float64]

NAME = "level"
FEWEST_WEEKS = 5
CLEAR = 2.71
"""Likelihood ratio of a wandering level at 5%: half of chi-square with one degree of freedom is 0."""

SPREADS = np.concatenate([[0.0], np.geomspace(0.005, 0.5, 30)])
"""Standard deviations of steps and of scatter that are tried, of the logarithm of the share."""


@dataclass(frozen=True, slots=True)
class Filtered:
    """Logarithm of the likelihood of the weeks, and level and its variance at the last one."""

    likelihood: float
    level: float
    variance: float


def recent_level(table: pd.DataFrame, days: float, *, overruled: bool = False) -> tuple[float, list[Finding]]:
    """Logarithm of the share of long tickets at the end, less that of the days learnt from; 0 without a move.

    ``table`` is of ``weekly_shares``; ``days`` are those learnt from, at its end.
    """
    if len(table) < FEWEST_WEEKS:
        return 0.0, []
    weeks = table.sort_index(ascending=False)
    share, count = weeks["mean"].to_numpy(dtype=float), weeks["size"].to_numpy(dtype=float)
    gaps = -np.diff(weeks.index.to_numpy(dtype=float), prepend=weeks.index[0])
    noise = (1 - share) / (share * count)
    logs = np.log(share)
    still = max(local_level(logs, noise, gaps, 0.0, scatter).likelihood for scatter in SPREADS)
    tries = [local_level(logs, noise, gaps, step, scatter) for step in SPREADS for scatter in SPREADS]
    best = max(tries, key=lambda found: found.likelihood)
    if 2 * (best.likelihood - still) < CLEAR:
        return 0.0, []
    learnt = weeks[weeks.index < np.ceil(days / 7)]
    mean = float((learnt["mean"] * learnt["size"]).sum() / learnt["size"].sum())
    text = (
        f"The level moves: of {len(weeks)} weeks the likelihood prefers one that wanders to one that stays "
        f"(ratio {2 * (best.likelihood - still):.1f}, {CLEAR} would be chance in 1 of 20). {mean:.0%} of the "
        f"tickets learnt from took longer than {LONG_HOURS:g} hours, at their end it is "
        f"{np.exp(best.level):.0%}: the base stands at that level, by how many visits wait. The table that "
        "compares log and model is made at the level of the days learnt from, where "
        "cleaning.overrule: [level] leaves the base, too."
    )
    if overruled:
        return 0.0, [Finding(NAME, f"{text} {OVERRULED_HERE}")]
    return best.level - float(np.log(mean)), [Finding(NAME, text)]


def local_level(logs: Floats, noise: Floats, gaps: Floats, step: float, scatter: float) -> Filtered:
    """Kalman filter of a random walk with ``step`` a week, seen with ``noise`` and ``scatter``."""
    variances = noise + scatter**2
    level, variance, likelihood = float(logs[0]), float(variances[0]), 0.0
    for value, seen, gap in zip(logs[1:], variances[1:], gaps[1:], strict=True):
        variance += step**2 * gap
        total = variance + seen
        error = value - level
        likelihood -= 0.5 * (np.log(total) + error**2 / total)
        level += variance / total * error
        variance *= seen / total
    return Filtered(float(likelihood), float(level), float(variance))
