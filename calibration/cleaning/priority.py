"""Priority: whether it says anything of its own, and whether it makes tickets faster."""

from __future__ import annotations

import itertools
import math

import pandas as pd

from calibration.exports.log import TicketLog
from calibration.findings import Finding, shown

GIVEN_BY = ("impact", "urgency", "category", "subcategory", "kind", "channel")
FEWEST, SURE = 20, 2.58
"""Fewest tickets of a priority, and standard errors beyond which something is no chance (1 in 100)."""

ALWAYS = 0.995
"""Share of the tickets in which other columns give the priority, from which it counts as their function."""


def priority_order(cases: pd.DataFrame) -> Finding | None:
    """Whether a higher priority is restored faster, on the whole and from each to the next, beyond chance."""
    known = cases.dropna(subset=["hours", "priority"])
    medians = known.groupby("priority")["hours"].agg(["median", "size"])
    medians = medians[medians["size"] >= FEWEST]
    known = known[known["priority"].isin(medians.index)]
    pairs = [
        pair
        for pair in itertools.pairwise(medians.index)
        if slower_by_number(known[known["priority"].isin(pair)]) < -SURE
    ]
    slower = slower_by_number(known)
    if len(medians) < 2 or (slower > SURE and not pairs):
        return None
    listed = ", ".join(
        f"P{priority:.0f} {shown(hours)} h" for priority, hours in medians["median"].to_dict().items()
    )
    if slower < -SURE:
        what, why = "is slower", "priority carries how hard a case is"
    elif pairs:
        which = ", ".join(f"P{higher:.0f} is slower than P{lower:.0f}" for higher, lower in pairs)
        what, why = "is not faster throughout", f"{which}, where it carries how hard a case is"
    else:
        what, why = "is not faster", "beyond chance, priority says nothing about durations"
    return Finding(
        "priority_not_faster",
        f"Higher priority {what} here (median opened to resolved: {listed}): {why}. In the model, priority "
        "orders the queues, and is a kind of tickets of its own where its times differ (priority_kinds).",
    )


def slower_by_number(cases: pd.DataFrame) -> float:
    """How sure it is that tickets of a lower priority (a larger number) take longer, in standard errors.

    Source: Spearman's rank correlation times the root of n - 1, normal if there is none.
    """
    ranked = float(cases["priority"].corr(cases["hours"], method="spearman"))
    return ranked * math.sqrt(max(0, len(cases) - 1))


def priority_function(log: TicketLog) -> Finding | None:
    """Whether priority follows from one or two other columns."""
    columns = [name for name in GIVEN_BY if log.has(name)]
    last = log.rows[~log.rows["case"].duplicated(keep="last")]
    last = last[last["priority"].notna()]
    if len(last) < 100 or last["priority"].nunique() < 2:
        return None
    plain = float(last["priority"].value_counts(normalize=True).iloc[0])
    for names in [*((name,) for name in columns), *itertools.combinations(columns, 2)]:
        known = last.dropna(subset=list(names))
        groups = known.groupby(list(names))["priority"]
        if len(known) < 0.9 * len(last) or groups.ngroups > 0.02 * len(known):
            continue
        most = groups.transform(lambda values: values.mode().iloc[0])
        share = float((most == known["priority"]).mean())
        # Where nearly all tickets have one priority anything gives it.
        if share >= ALWAYS and 1 - share <= 0.1 * (1 - plain):
            whose = " and ".join(names)
            text = (
                f"Priority is a function of {whose}: in {share:.1%} of the tickets the same {whose} "
                f"{'give' if len(names) > 1 else 'gives'} the same priority. It carries no information "
                "of its own."
            )
            return Finding("priority_function", text)
    return None
