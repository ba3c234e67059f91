"""Rows: what stands in them too early, twice, or in bulk."""

from __future__ import annotations

import pandas as pd

from calibration.exports.log import TicketLog
from calibration.findings import Finding, first_rows

BULK = 50
"""Tickets that are written in one minute by one and the same, from which it is a script or a mass update."""

AT_MIDNIGHT = 0.95
"""Share of the times at midnight from which they are taken as days."""


def leaking(log: TicketLog, cases: pd.DataFrame, name: str) -> Finding | None:
    """Times of resolution or closing that are known from the first row on."""
    whole = log.layout == "list" or log.has("history")
    if not log.has(name) or not log.has("time") or whole or name in log.derived:
        return None
    opening = log.rows[~log.rows["case"].duplicated()]
    ahead = opening[name].notna() & (opening[name] > opening["time"])
    if ahead.mean() < 0.2:
        return None
    what = "resolution" if name == "resolved" else "closing"
    return Finding(
        f"constant_{name}",
        f"In {ahead.mean():.0%} of the cases the time of {what} stands in the first row already: the "
        "column is "
        "constant over a case and tells the future. It is used as the outcome of the case only.",
        int(ahead.sum()),
        first_rows(cases["row"].head(1)),
    )


def same_minute(log: TicketLog) -> Finding | None:
    """Rows of a ticket with one and the same time: their order is the one of the file."""
    if not log.has("time") or log.layout == "list":
        return None
    again = log.rows.duplicated(["case", "time"])
    share = float(again.mean())
    if share < 0.01:
        return None
    text = (
        f"{int(again.sum()):,} rows ({share:.0%}) have the same ticket and time as another one: the "
        "clock is too "
        "coarse, or one step wrote several rows. They stand in the order of the file, and no time passes "
        "between them."
    )
    return Finding("same_time", text, int(again.sum()), first_rows(log.rows.loc[again, "row"]))


def bulk_updates(log: TicketLog) -> Finding | None:
    """Many tickets written in the same minute by one and the same: a script, not work."""
    if not log.has("time") or log.layout == "list":
        return None
    who = log.rows["updated_by"] if log.has("updated_by") else log.rows["person"]
    minute = log.rows["time"].dt.floor("min")
    writer = who.astype(object).where(who.notna(), "")
    sizes = log.rows.groupby([minute, writer], sort=False)["case"].transform("nunique")
    bulk = sizes >= BULK
    if not bulk.any():
        return None
    moments = minute[bulk].nunique()
    worst = sizes.idxmax()
    text = (
        f"{int(bulk.sum()):,} rows were written to {BULK} tickets or more in one minute by one and the "
        "same (or "
        f"nobody), in {moments:,} such minutes (most: {int(sizes.max()):,} tickets at "
        f"{minute[worst]:%Y-%m-%d %H:%M}): "
        "a script or a mass update. Times of such rows say nothing about work."
    )
    return Finding("bulk_updates", text, int(bulk.sum()), first_rows(log.rows.loc[bulk, "row"]))


def service_level_flips(log: TicketLog) -> Finding | None:
    """A flag that turns when the level is missed: only the last row of a ticket counts."""
    if not log.has("made_sla"):
        return None
    rows = log.rows[log.rows["made_sla"].notna()]
    kept = rows["made_sla"].isin(log.mapping.yes)
    by_case = kept.groupby(rows["case"], sort=False).agg(["first", "last"])
    flips = by_case["first"] & ~by_case["last"]
    if not len(rows) or flips.mean() < 0.01:
        return None
    text = (
        f"The flag of the service level turns to no while a ticket is open, in {flips.mean():.0%} of "
        "the cases: by "
        f"row {kept.mean():.0%} are within, by the last row of each case {by_case['last'].mean():.0%}. "
        "The last "
        "row was taken."
    )
    return Finding("sla_flips", text, int(flips.sum()))


def whole_days(cases: pd.DataFrame) -> Finding | None:
    """Times without a time of day: what takes less than a day is not known."""
    parts = []
    for name, what in (("opened", "openings"), ("resolved", "resolutions")):
        times = cases[name].dropna()
        share = float((times == times.dt.normalize()).mean()) if len(times) else 0.0
        if share >= AT_MIDNIGHT:
            parts.append(f"{share:.0%} of the {what}")
    if not parts:
        return None
    return Finding(
        "whole_days",
        f"Days without a time of day, it seems: {' and '.join(parts)} are at midnight. Hours of the day and "
        "durations of less than a day are not known, and the base takes them as they stand (a ticket that "
        "ends on its first day takes no time): an export with times shows more.",
        len(cases),
    )
