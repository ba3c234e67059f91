"""Faults from repetition: how often the same thing breaks, how few cause most of it, and what is linked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from calibration.exports.log import TicketLog
from calibration.findings import Finding
from calibration.fit.durations import Share, wilson
from calibration.fit.window import DAY

WITHIN = pd.Timedelta(days=90)
"""A ticket recurs if the same thing had one in so many days before, as in `recurring_incident_share`."""

BUSIEST = 0.2
FEWEST_ITEMS = 10


@dataclass(frozen=True, slots=True)
class Repetition:
    """What a log tells of the faults behind its tickets.

    ``items`` kinds of things (category, subcategory and symptom), ``busiest`` the share of the tickets on the
    busiest fifth of them, ``recurring`` and ``next_day`` the shares that had one before within 90 days and a
    day, ``spread`` the standard deviation of the rates of things in units of their mean, chance apart, and
    the shares of tickets that are linked with a problem or a change.
    """

    items: int
    busiest: float
    recurring: Share
    next_day: Share
    spread: float
    problem: Share
    change: Share


def repetition(log: TicketLog, cases: pd.DataFrame) -> tuple[Repetition | None, list[Finding]]:
    """What repeats in the given cases; None where tickets are not told apart by what they are about."""
    linked = log.rows[log.rows["case"].isin(cases["case"])].groupby("case")[["problem", "change"]].last()
    links = {name: wilson(int(linked[name].notna().sum()), len(cases)) for name in ("problem", "change")}
    about = cases[["category", "subcategory", "symptom"]].fillna("")
    item = about["category"] + "\0" + about["subcategory"] + "\0" + about["symptom"]
    counts = np.asarray(item.value_counts(), dtype=np.float64)
    if len(counts) < FEWEST_ITEMS:
        return None, []
    ordered = cases.assign(item=item).sort_values("opened", kind="stable")
    gap = ordered.groupby("item", sort=False)["opened"].diff()
    found = Repetition(
        len(counts),
        float(counts[: max(1, round(BUSIEST * len(counts)))].sum() / counts.sum()),
        wilson(int((gap <= WITHIN).sum()), len(cases)),
        wilson(int((gap <= DAY).sum()), len(cases)),
        spread_of(counts),
        links["problem"],
        links["change"],
    )
    return found, [repetition_finding(found)]


def spread_of(counts: NDArray[np.float64]) -> float:
    """Spread of the rates behind counts: what is left of their variance when chance is taken off.

    Source: method of moments for mixed Poisson counts, variance = mean + (spread x mean)^2; Johnson, Kemp &
    Kotz (2005), 'Univariate Discrete Distributions', 3rd ed., section 8.3.
    """
    mean = float(counts.mean())
    return float(np.sqrt(max(0.0, counts.var() - mean)) / mean)


def repetition_finding(found: Repetition) -> Finding:
    """What repeats, in words, and what becomes of it."""
    return Finding(
        "repetition",
        f"Tickets are about {found.items:,} things (category, subcategory, symptom). The busiest fifth of "
        f"them has {found.busiest:.0%} of the tickets; rates spread by {found.spread:.1f} times their mean. "
        f"{found.recurring.mode:.0%} had another on the same thing within 90 days before (at least: the "
        f"window may be shorter), {found.next_day.mode:.0%} within a day. {found.problem.mode:.1%} are tied "
        f"to a problem, {found.change.mode:.1%} to a change. This is stated, not played: which faults "
        "there are and what removes them is in no log, so that the base has neither faults nor problems nor "
        "changes.",
        found.items,
    )
