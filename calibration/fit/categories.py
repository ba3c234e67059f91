"""Few categories: the large ones by themselves, the small ones together, and what looks routine."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from calibration.findings import Finding, shown

MOST_CATEGORIES = 8
FEWEST, LEAST_SHARE = 50, 0.03
"""Cases, and share of all, from which a category stands by itself."""

SURELY, APART, FEWEST_OF_PRIORITY = 4.0, 0.08, 50
"""Standard errors by which the mean rank of a priority within its categories must differ from a half, the
least such difference, and its fewest tickets, for it to be a kind of its own."""

OF_PRIORITY = "priority_"
"""What the keys of such kinds begin with."""

ROUTINE_SHARE, ROUTINE_HOURS, ROUTINE_CASES = 0.75, 0.5, 20
"""A kind of ticket is routine if this share of it ends at its entry team, within this median time."""


@dataclass(frozen=True, slots=True)
class CategoryGroup:
    """A category of the model. ``request`` marks routine demand, which is played as service requests."""

    key: str
    title: str
    names: tuple[str, ...]
    request: bool = False


def group_categories(cases: pd.DataFrame) -> tuple[pd.Series, list[CategoryGroup], list[Finding]]:
    """Category key of every case, and the categories, the largest first."""
    routine, findings = routine_cases(cases)
    name = cases["category"]
    keys = pd.Series("other", index=cases.index)
    keys[routine] = "routine"
    of_priority, kinds, found = kinds_by_priority(cases, routine)
    keys[of_priority.notna()] = of_priority.dropna()
    findings += found
    usual = ~routine & of_priority.isna()
    rest = name[usual].value_counts()
    least = max(FEWEST, LEAST_SHARE * len(cases))
    groups = []
    for number, value in enumerate(
        [value for value in rest.index if rest[value] >= least][: MOST_CATEGORIES - 2], 1
    ):
        keys[(name == value) & usual] = f"category_{number}"
        groups.append(CategoryGroup(f"category_{number}", str(value), (str(value),)))
    if (keys == "other").any():
        small = tuple(sorted({str(value) for value in name[keys == "other"].dropna()}))
        title = (
            f"{len(small)} smaller categories"
            if groups and len(small) > 1
            else "All other tickets"
            if groups
            else "All tickets"
        )
        groups.append(CategoryGroup("other", title, small))
    groups += kinds
    if routine.any():
        names = sorted(
            {
                shown_kind(row)
                for row in cases.loc[routine, ["category", "subcategory"]].itertuples(index=False)
            }
        )
        groups.append(CategoryGroup("routine", "Routine requests", tuple(names), request=True))
    return keys, groups, findings


def kinds_by_priority(
    cases: pd.DataFrame, routine: pd.Series
) -> tuple[pd.Series, list[CategoryGroup], list[Finding]]:
    """Priorities whose tickets are quicker or slower than others of their category: keys of cases, and kinds.

    The most common priority stays with its categories, and routine requests do.
    Source: van Elteren (1960), 'On the combination of independent two-sample tests of Wilcoxon', Bulletin of
    the International Statistical Institute 37, 351-361 (ranks within strata).
    """
    keys = pd.Series(None, index=cases.index, dtype=object)
    known = cases[~routine & cases["priority"].notna() & cases["hours"].notna()]
    if known["priority"].nunique() < 2:
        return keys, [], []
    hours = known["hours"].groupby(known["category"].fillna(""))
    rank = (hours.rank() - 0.5) / hours.transform("size")
    kinds, told = [], []
    common = known["priority"].mode().iloc[0]
    for priority, ranks in rank.groupby(known["priority"]):
        beyond = float(ranks.mean()) - 0.5
        enough = len(ranks) >= FEWEST_OF_PRIORITY and priority != common
        if not enough or abs(beyond) < max(APART, SURELY / float(np.sqrt(12 * len(ranks)))):
            continue
        key = f"{OF_PRIORITY}{priority:.0f}"
        of_it = ~routine & (cases["priority"] == priority)
        keys[of_it] = key
        names = sorted({str(value) for value in cases.loc[of_it, "category"].dropna()})
        kinds.append(CategoryGroup(key, f"Priority {priority:.0f}", tuple(names)))
        own, others = (float(known.loc[rows, "hours"].median()) for rows in (ranks.index, rank.index))
        told.append(
            f"P{priority:.0f} ({len(ranks):,} tickets, median {shown(own)} h; all {shown(others)} h) "
            f"{'slower' if beyond > 0 else 'faster'}"
        )
    if not told:
        return keys, [], []
    text = (
        "Within their categories tickets of some priorities take another time, beyond chance: "
        f"{'; '.join(told)}. They are kinds of tickets of their own in the base."
    )
    return keys, kinds, [Finding("priority_kinds", text)]


def shown_kind(row: tuple[object, ...]) -> str:
    """Category and subcategory as one name."""
    return " / ".join(str(part) for part in row if isinstance(part, str))


def routine_cases(cases: pd.DataFrame) -> tuple[pd.Series, list[Finding]]:
    """Cases to be played as service requests."""
    if cases["request"].any():
        share = cases["request"].mean()
        text = f"{share:.0%} of the cases are marked as service requests."
        return cases["request"], [Finding("requests", text, int(cases["request"].sum()))]
    kind = cases["category"].fillna("") + "\0" + cases["subcategory"].fillna("")
    table = (
        cases.assign(kind=kind, direct=cases["handoffs"] == 0)
        .groupby("kind")
        .agg(size=("case", "size"), direct=("direct", "mean"), hours=("hours", "median"))
    )
    least = max(ROUTINE_CASES, 0.005 * len(cases))
    chosen = table[
        (table["size"] >= least) & (table["direct"] >= ROUTINE_SHARE) & (table["hours"] <= ROUTINE_HOURS)
    ]
    routine = kind.isin(chosen.index)
    if routine.all() or not routine.any():
        text = "The log does not tell requests from incidents, and no kind of ticket looks routine."
        return pd.Series(False, index=cases.index), [Finding("requests", text)]
    return routine, [
        Finding(
            "requests",
            "The log does not tell requests from incidents. Kinds of tickets (category and subcategory) "
            f"that end at their entry team in {ROUTINE_SHARE:.0%} of the cases or more, and within "
            f"{60 * ROUTINE_HOURS:.0f} minutes at the median, are assumed to be routine requests, "
            f"which can be automated: {len(chosen)} of {len(table)} kinds, {routine.mean():.0%} of cases.",
            int(routine.sum()),
        )
    ]
