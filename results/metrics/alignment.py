"""How well demand, capability and results fit together: the alignment index and its four parts."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np

from results.metrics.bins import bin_of, divide, passed, sums
from results.metrics.impairment import agreed_hours, downtime_hours
from results.metrics.ledger import ledger
from results.metrics.record import Record
from results.metrics.scope import Scope, week_edges
from results.metrics.tickets import within_service_level
from sim.history.kinds import SeatState, Stock
from sim.history.tables import NEVER
from sim.spec.calendars import Floats, Ints
from sim.spec.flows import Flow

IDLE = 0.4
"""A team is idle in a week in which it has work in hand for less than this share of its time.

Source: assumption (grade D); service desks are said to work on tickets for 40 to 60% of their hours.
"""
OVERLOADED = 0.85
"""It is overloaded from this share on.

Source: assumption (grade D); from about here on queues grow faster than work (any queueing text), and the
shipped bases let people tire from 85% on.
"""


@dataclass(frozen=True, slots=True)
class Parts:
    """[bins] The four parts of the alignment index, each from 0 to 1; nan where undefined.

    ``attained``: services that reach their availability target, by their true value weights. ``met``: demand
    met as agreed. ``satisfied``: users' satisfaction. ``fitting``: capability that is neither idle nor
    overloaded.
    """

    attained: Floats
    met: Floats
    satisfied: Floats
    fitting: Floats

    @property
    def index(self) -> Floats:
        """[bins] Mean of the four."""
        mean: Floats = (self.attained + self.met + self.satisfied + self.fitting) / 4.0
        return mean


def alignment_index(record: Record, scope: Scope) -> float:
    """Mean of the four parts over a window; a part that is judged week by week is their mean by length."""
    weeks = week_edges(scope.start, scope.end)
    length = np.diff(weeks).astype(np.float64)
    by_week = (_mean(attained(record, weeks), length), _mean(fitting(record, weeks), length))
    once = (met(record, scope.edges)[0], satisfied(record, scope.edges)[0])
    return float(by_week[0] + once[0] + once[1] + by_week[1]) / 4.0


def alignment_parts(record: Record, edges: Ints) -> Parts:
    """[bins] The parts, bin by bin."""
    return Parts(
        attained(record, edges), met(record, edges), satisfied(record, edges), fitting(record, edges)
    )


def attained(record: Record, edges: Ints) -> Floats:
    """[bins] Value weight of the services that reach their availability target / that of all."""
    agreed = agreed_hours(record, edges)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = 1.0 - downtime_hours(record, edges) / agreed
    wanted = np.array([price.availability_target for price in record.prices.services])[:, None]
    weights = np.array(
        [record.model.parameters[item.value_weight].at(0) for item in record.model.services], dtype=np.float64
    )[:, None] * (agreed > 0)
    return divide((weights * (share >= wanted)).sum(axis=0), weights.sum(axis=0))


def met(record: Record, edges: Ints) -> Floats:
    """[bins] Demand met as agreed: mean of the share of requests and the value share of initiatives.

    Requests made in a bin that are fulfilled within their service level (as known at the last edge), and
    initiatives due in it that are live by then, by their value. Where one of the two is missing, the other.
    """
    both = np.vstack([_requests_met(record, edges), _initiatives_met(record, edges)])
    with warnings.catch_warnings():
        # A bin without any demand has no mean.
        warnings.simplefilter("ignore", RuntimeWarning)
        mean: Floats = np.nanmean(both, axis=0)
    return mean


def _requests_met(record: Record, edges: Ints) -> Floats:
    whole, cases = Scope(int(edges[0]), int(edges[-1])), record.cases
    rows = record.reached_it(whole)
    rows = rows[(cases.flow[rows] == Flow.REQUEST) & (cases.due[rows] != NEVER)]
    kept = within_service_level(record, whole, rows).astype(np.float64)
    bins, width = passed(record.opened[rows], edges) - 1, len(edges) - 1
    return divide(sums(bins, width, kept), sums(bins, width))


def _initiatives_met(record: Record, edges: Ints) -> Floats:
    cases, width = record.cases, len(edges) - 1
    worth = np.array([item.value_per_month for item in record.prices.initiatives])
    if len(worth) == 0:
        return np.full(width, np.nan)
    inside = (cases.due >= edges[0]) & (cases.due < edges[-1])
    rows = np.flatnonzero((cases.flow == Flow.INITIATIVE) & inside)
    on_time = (cases.restored[rows] != NEVER) & (cases.restored[rows] <= cases.due[rows])
    value, bins = worth[cases.stream[rows]], passed(cases.due[rows], edges) - 1
    return divide(sums(bins, width, value * on_time), sums(bins, width, value))


def satisfied(record: Record, edges: Ints) -> Floats:
    """[bins] Mean of the weekly satisfaction."""
    stocks = record.history.stocks
    rows, bins = bin_of(stocks.time, edges)
    own = np.flatnonzero(stocks.stock[rows] == Stock.SATISFACTION)
    values, width = stocks.value[rows][own] / 1_000_000, len(edges) - 1
    return divide(sums(bins[own], width, values), sums(bins[own], width))


def fitting(record: Record, edges: Ints) -> Floats:
    """[bins] 1 - seat time of teams that are idle or overloaded / seat time of all, absence apart."""
    idle, overloaded = misfits(record, edges)
    present: Floats = _present(record, edges).sum(axis=0)
    return divide(present - (idle + overloaded).sum(axis=0), present)


def misfits(record: Record, edges: Ints) -> tuple[Floats, Floats]:
    """[teams, bins] Seat seconds of teams in bins in which they are idle, and in which overloaded."""
    seconds = ledger(record, edges).sum(axis=2)
    worked, present = seconds[:, SeatState.WORKING], _present(record, edges)
    return present * (worked < IDLE * present), present * (worked >= OVERLOADED * present)


def _present(record: Record, edges: Ints) -> Floats:
    seconds = ledger(record, edges).sum(axis=2)
    found: Floats = seconds[:, SeatState.WORKING] + seconds[:, SeatState.IDLE]
    return found


def _mean(values: Floats, length: Floats) -> float:
    """Mean by length of the bins that have a value; nan if none has."""
    known = ~np.isnan(values)
    return float(values[known] @ length[known] / length[known].sum()) if known.any() else float("nan")
