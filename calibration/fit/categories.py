"""Few categories: the large ones by themselves, the small ones together, and what looks routine."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from calibration.findings import Finding

MOST_CATEGORIES = 8
FEWEST, LEAST_SHARE = 50, 0.03
"""Cases, and share of all, from which a category stands by itself."""

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
    rest = name[~routine].value_counts()
    least = max(FEWEST, LEAST_SHARE * len(cases))
    groups = []
    for number, value in enumerate(
        [value for value in rest.index if rest[value] >= least][: MOST_CATEGORIES - 2], 1
    ):
        keys[(name == value) & ~routine] = f"category_{number}"
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
    if routine.any():
        kinds = sorted(
            {
                shown_kind(row)
                for row in cases.loc[routine, ["category", "subcategory"]].itertuples(index=False)
            }
        )
        groups.append(CategoryGroup("routine", "Routine requests", tuple(kinds), request=True))
    return keys, groups, findings


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
