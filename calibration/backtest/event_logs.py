"""Distances between event logs as the literature on simulating processes has them.

A log and a simulation know different steps under different names. What both have is compared: opened, handed
over, waiting for the user begins, resolved.

Source: Chapela-Campa et al., 'A framework for measuring the quality of business process simulation models',
Information Systems, doi 10.1016/j.is.2024.102447.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from importlib.util import find_spec
from typing import Any

import numpy as np
import pandas as pd

from calibration.backtest.scores import SEED, Distance, mean_of
from calibration.exports.log import TicketLog
from sim.history.kinds import Activity
from sim.history.tables import NEVER, History
from sim.spec.flows import Flow

PACKAGE = "log_distance_measures"
MISSING = (
    "Distances between event logs (n-gram, absolute, circadian, relative, cycle time) were left out: "
    "pip install 'watermelon-itsm[calibrate]' (Python 3.11 or 3.12)"
)
REPLICATIONS = 3
"""Replications that are compared: each takes seconds."""

GRAM = 3
OPENED, HANDED_OVER, WAITS, RESOLVED = "opened", "handed over", "waits for the user", "resolved"
COLUMNS = ("case", "activity", "start_time", "end_time")


def available() -> bool:
    """Whether the optional package is there."""
    return find_spec(PACKAGE) is not None


def steps(case: Any, activity: str, time: Any) -> pd.DataFrame:
    """Instants of one kind as rows of an event log."""
    rows = pd.DataFrame({"case": case, "activity": activity, "start_time": time})
    rows = rows[rows["start_time"].notna()]
    return rows.assign(end_time=rows["start_time"])


def steps_of_log(log: TicketLog, cases: pd.DataFrame, begin: pd.Timestamp, end: pd.Timestamp) -> pd.DataFrame:
    """Steps of the cases that were opened from ``begin`` to before ``end``."""
    inside = cases[cases["opened"].between(begin, end, inclusive="left")]
    parts = [
        steps(inside["case"], OPENED, inside["opened"]),
        steps(inside["case"], RESOLVED, inside["resolved"]),
    ]
    kinds = kinds_of(log)
    rows = log.rows[log.rows["case"].isin(inside["case"])]
    ended = rows["case"].map(inside.set_index("case")["resolved"])
    rows = rows[~(rows["time"] > ended)]
    before = rows.groupby("case", sort=False)
    if HANDED_OVER in kinds:
        if log.has("reassignments"):
            count = before["reassignments"].cummax().fillna(0)
            moved = count > count.groupby(rows["case"], sort=False).shift(fill_value=0)
        else:
            known = rows["team"].notna()
            last = before["team"].ffill().groupby(rows["case"], sort=False).shift()
            moved = known & last.notna() & (rows["team"] != last)
        parts.append(steps(rows.loc[moved, "case"], HANDED_OVER, rows.loc[moved, "time"]))
    if WAITS in kinds:
        waits = rows["state"].isin(log.mapping.states.user_wait)
        begun = waits & ~waits.groupby(rows["case"], sort=False).shift(fill_value=False)
        parts.append(steps(rows.loc[begun, "case"], WAITS, rows.loc[begun, "time"]))
    return pd.concat(parts, ignore_index=True)


def kinds_of(log: TicketLog) -> set[str]:
    """Steps that a log can show: a list of tickets knows beginning and end alone."""
    found = {OPENED, RESOLVED}
    if log.has("time") and (log.has("reassignments") or log.has("team")):
        found.add(HANDED_OVER)
    if log.has("time") and log.has("state") and log.mapping.states.user_wait:
        found.add(WAITS)
    return found


def steps_of_history(history: History, start: pd.Timestamp, hours: float, kinds: set[str]) -> pd.DataFrame:
    """Steps of the simulated cases that were opened in the first ``hours`` after t = 0."""
    cases, acts = history.cases, history.activities
    tickets = np.isin(cases.flow, (int(Flow.INCIDENT), int(Flow.REQUEST)))
    inside = tickets & (cases.opened >= 0) & (cases.opened < hours * 3600)
    rows = np.flatnonzero(inside)
    ended = cases.restored[rows] != NEVER

    def at(seconds: Any) -> Any:
        return start + pd.to_timedelta(seconds, unit="s")

    parts = [
        steps(rows, OPENED, at(cases.opened[rows])),
        steps(rows[ended], RESOLVED, at(cases.restored[rows][ended])),
    ]
    for kind, activity in ((HANDED_OVER, Activity.HAND_OFF), (WAITS, Activity.WAIT_FOR_USER)):
        if kind in kinds:
            own = (acts.activity == int(activity)) & (acts.case >= 0)
            own &= inside[np.where(acts.case >= 0, acts.case, 0)]
            parts.append(steps(acts.case[own], kind, at(acts.start[own])))
    return pd.concat(parts, ignore_index=True)


def shifted(rows: pd.DataFrame, by: timedelta) -> pd.DataFrame:
    """The same steps at another time."""
    return rows.assign(start_time=rows["start_time"] + by, end_time=rows["end_time"] + by)


def distances_of_logs(
    model: list[pd.DataFrame], log: pd.DataFrame, past: pd.DataFrame | None
) -> list[Distance]:
    """Every distance: mean over replications, that of the past, and that of two halves of the log."""
    cases = np.random.default_rng(SEED).permutation(log["case"].unique())
    first = log["case"].isin(cases[: len(cases) // 2])
    found = []
    for name, measure in measures().items():
        found.append(
            Distance(
                name,
                mean_of([measure(log, rows) for rows in model]),
                None if past is None or past.empty else measure(log, past),
                measure(log[first], log[~first]),
            )
        )
    return found


def measures() -> dict[str, Callable[[pd.DataFrame, pd.DataFrame], float]]:
    """Distances by name."""
    from log_distance_measures.absolute_event_distribution import absolute_event_distribution_distance
    from log_distance_measures.circadian_event_distribution import circadian_event_distribution_distance
    from log_distance_measures.config import EventLogIDs
    from log_distance_measures.cycle_time_distribution import cycle_time_distribution_distance
    from log_distance_measures.n_gram_distribution import n_gram_distribution_distance
    from log_distance_measures.relative_event_distribution import relative_event_distribution_distance

    ids = EventLogIDs(*COLUMNS)

    def ngram(a: pd.DataFrame, b: pd.DataFrame) -> float:
        return float(n_gram_distribution_distance(a, ids, b, ids, n=GRAM))

    def absolute(a: pd.DataFrame, b: pd.DataFrame) -> float:
        return float(absolute_event_distribution_distance(a, ids, b, ids))

    def circadian(a: pd.DataFrame, b: pd.DataFrame) -> float:
        return float(circadian_event_distribution_distance(a, ids, b, ids))

    def relative(a: pd.DataFrame, b: pd.DataFrame) -> float:
        return float(relative_event_distribution_distance(a, ids, b, ids))

    def cycle(a: pd.DataFrame, b: pd.DataFrame) -> float:
        return float(cycle_time_distribution_distance(a, ids, b, ids, bin_size=timedelta(hours=1)))

    return {
        "ngram": ngram,
        "absolute_event": absolute,
        "circadian_event": circadian,
        "relative_event": relative,
        "cycle_time": cycle,
    }
