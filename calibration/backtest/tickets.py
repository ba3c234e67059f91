"""Tickets in one shape, from a log or from a simulation; hours count from the start of the period."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from calibration.cleaning.durations import in_hours
from calibration.exports.log import TicketLog
from calibration.fit.cases import resolved_by_state
from sim.history.tables import NEVER, History
from sim.spec.calendars import HOUR
from sim.spec.flows import Flow

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
HOURS_A_DAY = 24


@dataclass(frozen=True, slots=True)
class Tickets:
    """Tickets, one a row, in no special order.

    ``opened`` is in hours since the start of the period (negative before it), ``hours`` is opened to
    resolved (NaN where never), ``gone`` is when it no longer is open (infinite where it still is),
    ``priority`` is 1 to 4 (0 where unknown), ``handoffs`` is the final count.
    """

    opened: Floats
    hours: Floats
    gone: Floats
    priority: Ints
    handoffs: Ints
    reopened: Bools

    def __len__(self) -> int:
        return len(self.opened)

    def where(self, rows: Bools) -> Tickets:
        """Some of them."""
        return Tickets(*(getattr(self, name)[rows] for name in Tickets.__slots__))

    def opened_in(self, begin: float, end: float) -> Tickets:
        """Those that were opened from hour ``begin`` to before hour ``end``."""
        return self.where((self.opened >= begin) & (self.opened < end))

    def open_at(self, hour: float) -> Tickets:
        """Those that are open at an hour."""
        return self.where((self.opened < hour) & (self.gone >= hour))

    def known_by(self, hour: float) -> Tickets:
        """The same as somebody knows them who looks at that hour: what ends later has not ended."""
        late = ~np.isnan(self.hours) & (self.opened + self.hours > hour)
        return Tickets(
            self.opened,
            np.where(late, np.nan, self.hours),
            np.where(self.gone > hour, np.inf, self.gone),
            self.priority,
            self.handoffs,
            self.reopened,
        )

    @property
    def finished(self) -> Floats:
        """Hours from opened to resolved of those that were resolved."""
        return self.hours[~np.isnan(self.hours)]

    def open_by(self, hours: Floats) -> Floats:
        """How many are open at each of some hours."""
        begun = np.searchsorted(np.sort(self.opened), hours, side="left")
        gone = np.searchsorted(np.sort(self.gone), hours, side="left")
        return (begun - gone).astype(np.float64)


def tickets_of_history(history: History) -> Tickets:
    """Incidents and requests of a replication, those of the warm-up too."""
    cases = history.cases
    rows = (cases.opened != NEVER) & np.isin(cases.flow, (int(Flow.INCIDENT), int(Flow.REQUEST)))
    opened, restored = cases.opened[rows] / HOUR, cases.restored[rows]
    ended = restored != NEVER
    return Tickets(
        opened,
        np.where(ended, restored / HOUR - opened, np.nan),
        np.where(ended, restored / HOUR, np.inf),
        cases.priority[rows],
        cases.handoffs[rows],
        cases.reopens[rows] > 0,
    )


def tickets_of_log(log: TicketLog, cases: pd.DataFrame, start: pd.Timestamp) -> Tickets:
    """Every case of a log; ``cases`` as ``calibration.fit.cases.cases_of`` returns them."""
    return Tickets(
        hours_since(cases["opened"], start),
        cases["hours"].to_numpy(dtype=float, na_value=np.nan),
        np.nan_to_num(hours_since(ends(log, cases), start), nan=np.inf),
        cases["priority"].fillna(0).to_numpy(dtype=np.int64),
        cases["handoffs"].fillna(0).to_numpy(dtype=np.int64),
        cases["reopens"].fillna(0).to_numpy(dtype=float) > 0,
    )


def ends(log: TicketLog, cases: pd.DataFrame) -> pd.Series:
    """When each case is no longer open, NaT where it still is.

    That is its resolution. Where an export lacks it: when its state became resolved, else its closing
    less the usual time from resolved to closed, which is a clock's and nobody's work.
    """
    end = cases["resolved"]
    if log.has("state") and log.has("time"):
        became = resolved_by_state(log).reindex(cases["case"])
        end = end.fillna(became.set_axis(end.index))
    lag = in_hours(cases["closed"] - cases["resolved"]).to_numpy(dtype=float)
    known = lag[lag >= 0]
    usual = float(np.median(known)) if len(known) else 0.0
    closed = cases["closed"] - pd.Timedelta(hours=usual)
    end = end.fillna(closed)
    return end.where(~(end < cases["opened"]), cases["opened"])


def hours_since(times: pd.Series, start: pd.Timestamp) -> Floats:
    """Times as hours since the start of the period."""
    found: Floats = in_hours(times - start).to_numpy(dtype=np.float64, na_value=np.nan)
    return found
