"""References: problems, changes, and tickets that come again."""

from __future__ import annotations

import pandas as pd

from calibration.exports.log import TicketLog
from calibration.findings import Finding

BURST = 10
"""Tickets of one change on one day from which it is a burst."""


def last_known(log: TicketLog, column: str) -> pd.Series:
    """The last value of a column that a case has."""
    known = log.rows[log.rows[column].notna()]
    return known[~known["case"].duplicated(keep="last")].set_index("case")[column]


def links(log: TicketLog) -> Finding | None:
    """How many tickets name a problem or a change."""
    cases = log.rows["case"].nunique()
    parts = []
    for name in ("problem", "change"):
        if log.has(name):
            values = last_known(log, name)
            parts.append(f"{len(values) / cases:.1%} name a {name} ({values.nunique():,} different ones)")
    if not parts:
        return None
    text = f"Of the tickets {' and '.join(parts)}. When these changes were made, the log does not say."
    return Finding("links", text)


def change_bursts(log: TicketLog) -> Finding | None:
    """Many tickets of one change within a day."""
    if not log.has("change"):
        return None
    values = last_known(log, "change")
    opened = log.rows[~log.rows["case"].duplicated()].set_index("case")["opened"].reindex(values.index)
    if values.empty:
        return None
    sizes = values.groupby([values.to_numpy(), opened.dt.normalize().to_numpy()]).size()
    bursts = sizes[sizes >= BURST]
    if bursts.empty:
        return None
    day = pd.Timestamp(bursts.index.get_level_values(1)[int(bursts.to_numpy().argmax())])
    text = (
        f"Tickets of a change come in bursts: {len(bursts)} times {BURST} or more of one change on a "
        "day (most: "
        f"{int(bursts.max())} on {day:%Y-%m-%d}). They are not independent of each other."
    )
    return Finding("change_bursts", text, int(bursts.sum()))


def repeats(log: TicketLog, cases: pd.DataFrame) -> Finding | None:
    """How strongly tickets gather on few items, and how soon one comes again."""
    values = last_known(log, "item") if log.has("item") else pd.Series(dtype=object)
    if len(values) >= 0.5 * len(cases):
        what, key = "configuration item", cases["case"].map(values)
    else:
        names = [name for name in ("category", "subcategory", "symptom") if log.has(name)]
        if not names:
            return None
        what = ", ".join(names)
        key = cases[names].fillna("").agg("|".join, axis=1)
    key = key.dropna()
    sizes = key.value_counts()
    if len(sizes) < 5:
        return None
    fifth = sizes.iloc[: max(1, len(sizes) // 5)].sum() / sizes.sum()
    before = cases.loc[key.index, "opened"].groupby(key, sort=False).diff()
    soon = float((before <= pd.Timedelta(days=1)).mean())
    text = (
        f"A fifth of the {len(sizes):,} different values of {what} carry {fifth:.0%} of the tickets, and in "
        f"{soon:.0%} the same one had another ticket within the day before."
    )
    return Finding("repeats", text)
