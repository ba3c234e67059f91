"""Cases: one row a ticket, and what the log as a whole gives away about how it was made."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from calibration.exports.log import TicketLog
from calibration.findings import Finding, first_rows
from calibration.fit.window import in_hours
from scenarios.errors import BadInput

FEWEST_CASES = 100
FEWEST_DAYS = 14


def cases_of(log: TicketLog) -> pd.DataFrame:
    """One row a case, in the order of opening.

    Columns: case, row (first row in the file), opened, resolved, closed, hours (opened to resolved, NaN
    where never resolved), priority, category, subcategory, symptom (as they stood last), handoffs (final
    count), reopens, made_sla (1, 0, NaN), request.

    Raises
    ------
    BadInput
        If there are too few cases, or too few days, to learn anything from.
    """
    rows = log.rows
    grouped = rows.groupby("case", sort=False)
    last = grouped.last()
    cases = pd.DataFrame({"row": grouped["row"].min(), "opened": grouped["opened"].first()})
    cases["resolved"] = last["resolved"] if log.has("resolved") else resolved_by_state(log)
    cases["closed"] = last["closed"] if log.has("closed") else pd.NaT
    cases["hours"] = in_hours(cases["resolved"] - cases["opened"])
    for name in ("priority", "category", "subcategory", "symptom"):
        cases[name] = last[name]
    cases["handoffs"] = handoffs_of(log)
    cases["reopens"] = grouped["reopens"].max().fillna(0)
    yes = last["made_sla"].isin(log.mapping.yes).astype(float)
    cases["made_sla"] = yes.where(last["made_sla"].notna())
    kinds = log.mapping.requests.values if log.mapping.requests else []
    cases["request"] = last["kind"].isin(kinds)
    cases = cases.reset_index().sort_values(["opened", "case"], kind="stable").reset_index(drop=True)
    enough(log, cases)
    return cases


def enough(log: TicketLog, cases: pd.DataFrame) -> None:
    """Refuse logs from which nothing can be learnt."""
    first, last = cases["opened"].iloc[0], cases["opened"].iloc[-1]
    days = (last.normalize() - first.normalize()).days + 1
    span = f"{first:%Y-%m-%d} to {last:%Y-%m-%d}" if days > 1 else f"{first:%Y-%m-%d}"
    if days < FEWEST_DAYS:
        raise BadInput(
            f"{log.name}: its tickets were opened on {days} day{'s' if days > 1 else ''} ({span}); "
            f"at least {FEWEST_DAYS} days are needed to learn a weekly rhythm"
        )
    if len(cases) < FEWEST_CASES:
        raise BadInput(f"{log.name}: has {len(cases)} tickets ({span}); at least {FEWEST_CASES} are needed")
    if cases["hours"].notna().sum() < FEWEST_CASES / 2:
        raise BadInput(
            f"{log.name}: only {cases['hours'].notna().sum()} of {len(cases):,} tickets have a time of "
            "resolution; "
            f"at least {FEWEST_CASES // 2} are needed"
        )


def resolved_by_state(log: TicketLog) -> pd.Series:
    """Start of the last spell in a resolved state, for logs without such a column."""
    rows = log.rows
    resolved = rows["state"].isin(log.mapping.states.resolved)
    before = resolved.groupby(rows["case"], sort=False).shift(fill_value=False)
    starts = rows[resolved & ~before]
    return starts.groupby("case", sort=False)["time"].last()


def handoffs_of(log: TicketLog) -> pd.Series:
    """Final number of handoffs: the log's own count, else the changes of team that its rows show."""
    rows = log.rows
    if log.has("reassignments"):
        return rows.groupby("case", sort=False)["reassignments"].max().fillna(0)
    known = rows[rows["team"].notna()]
    changed = known["team"] != known.groupby("case", sort=False)["team"].shift()
    counts = changed.groupby(known["case"], sort=False).sum() - 1
    return counts.reindex(rows["case"].unique(), fill_value=0).astype(float)


# What the log as a whole gives away


def log_findings(log: TicketLog, cases: pd.DataFrame) -> list[Finding]:
    """Traps that a reader of the numbers should know of."""
    found = [thinned(cases), leaking(log, cases), unresolved(cases), auto_close(cases), priority_order(cases)]
    return [finding for finding in found if finding is not None]


def thinned(cases: pd.DataFrame) -> Finding | None:
    """Gaps in running ticket numbers: the export may hold only a part of the tickets."""
    numbers = cases["case"].astype(str).str.extract(re.compile(r"(\d{1,15})$"))[0].dropna().astype(np.int64)
    if len(numbers) < 0.95 * len(cases):
        return None
    low, high = int(numbers.min()), int(numbers.max())
    share = numbers.nunique() / (high - low + 1)
    rising = numbers.corr(cases.loc[numbers.index, "opened"].astype(np.int64), method="spearman")
    if share > 0.95 or share < 0.02 or not rising > 0.9:
        return None
    return Finding(
        "thinned_ids",
        f"Ticket numbers run from {low:,} to {high:,} and {share:.0%} of them are in the log: arrivals look "
        f"thinned about {1 / share:.1f} times (filtered, deleted, or other kinds of tickets share the "
        "numbers). "
        "Arrivals were not inflated.",
        high - low + 1 - numbers.nunique(),
    )


def leaking(log: TicketLog, cases: pd.DataFrame) -> Finding | None:
    """Resolution times that are known from the first row on."""
    if not log.has("resolved") or not log.has("time"):
        return None
    first = log.rows.groupby("case", sort=False).first()
    ahead = first["resolved"].notna() & (first["resolved"] > first["time"])
    if ahead.mean() < 0.2:
        return None
    return Finding(
        "constant_resolved",
        f"In {ahead.mean():.0%} of the cases the resolution time stands in the first row already: the "
        "column is "
        "constant over a case and tells the future. It is used as the outcome of the case only.",
        int(ahead.sum()),
        first_rows(cases["row"].head(1)),
    )


def unresolved(cases: pd.DataFrame) -> Finding | None:
    """Cases without a resolution time."""
    bad = cases["hours"].isna()
    if not bad.any():
        return None
    return Finding(
        "never_resolved",
        f"{bad.sum():,} of {len(cases):,} cases ({bad.mean():.1%}) have no resolution time; they count as "
        "arrivals, "
        "not in any duration.",
        int(bad.sum()),
        first_rows(cases.loc[bad, "row"]),
    )


def auto_close(cases: pd.DataFrame) -> Finding | None:
    """A closing clock that runs by itself."""
    days = close_days(cases)
    if days is None:
        return None
    return Finding(
        "auto_close",
        f"Tickets close {days:g} days after their resolution by themselves: closing is a clock, not work, "
        "and the "
        "time to close says nothing about the work.",
    )


def close_days(cases: pd.DataFrame) -> float | None:
    """Days from resolved to closed where most cases agree on them to within an hour or two."""
    gap = in_hours(cases["closed"] - cases["resolved"]).dropna() / 24
    gap = gap[gap >= 0]
    if len(gap) < FEWEST_CASES / 2:
        return None
    middle = float(gap.median())
    agreed = (gap - middle).abs() <= 2 / 24
    return round(middle, 1) if agreed.mean() > 0.7 and middle > 0.25 else None


def priority_order(cases: pd.DataFrame) -> Finding | None:
    """Whether a higher priority is restored faster."""
    medians = cases.dropna(subset=["hours", "priority"]).groupby("priority")["hours"].agg(["median", "size"])
    medians = medians[medians["size"] >= 20]
    if len(medians) < 2 or medians["median"].is_monotonic_increasing:
        return None
    shown = ", ".join(
        f"P{priority:.0f} {hours:.3g} h" for priority, hours in medians["median"].to_dict().items()
    )
    return Finding(
        "priority_not_faster",
        f"Higher priority is not faster here (median opened to resolved: {shown}): priority carries how "
        "hard a case "
        "is. In the model, priority only orders the queues.",
    )
