"""The money of a replication month by month, in whole cents: what cash flows are made of.

A line is rounded where it has added up, not month by month: its months sum to its total to the cent.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from results.metrics.customers import leavers
from results.metrics.employees import employee_hours_lost
from results.metrics.ledger import ledger
from results.metrics.losses import margin_lost
from results.metrics.planned import audit_penalties, initiative_value_delayed
from results.metrics.record import Record
from results.metrics.scope import MONTH, YEAR, Scope
from results.metrics.spend import IN_SHIFT, pay_rates
from sim.history.kinds import SeatState
from sim.spec.calendars import HOUR, Floats, Ints

CENTS = (
    "pay",
    "overtime",
    "tooling",
    "levers_initial",
    "levers_once",
    "levers_running",
    "margin_lost",
    "customer_value_lost",
    "employee_cost_lost",
    "initiative_value_delayed",
    "audit_penalties",
    "idle_pay",
)
"""Lines in cents. ``levers_initial`` is what is paid at t = 0; ``idle_pay`` is a part of ``pay``."""
QUANTITIES = ("employee_hours", "customer_months", "idle_hours", "paid_hours")
"""Lines that are no money: hours, and months in which a lost customer is missed."""


def month_edges(horizon: int) -> Ints:
    """Edges of the months (730 h) from 0; the last may be cut short."""
    return np.append(np.arange(0, horizon, MONTH, dtype=np.int64), horizon)


def in_cents(amounts: Floats) -> Floats:
    """[months] Money as whole cents whose sums are the sums of the money, rounded."""
    added = np.floor(100.0 * np.cumsum(amounts) + 0.5)
    return np.diff(added, prepend=0.0)


def monthly_ledger(record: Record) -> dict[str, Floats]:
    """[months] Every line of ``CENTS`` in whole cents, and of ``QUANTITIES``.

    Customers who were lost are missed month after month, from when they left, for as long as they count;
    the outcome ``customer_value_lost`` is the same sum at the moment they leave.
    """
    edges = month_edges(record.history.horizon)
    seconds = ledger(record, edges).sum(axis=2)
    rate, overtime_rate = pay_rates(record)
    hours = employee_hours_lost(record, edges).sum(axis=0)
    months = customer_months(record, edges)
    money = {
        "pay": rate @ seconds[:, IN_SHIFT].sum(axis=1) / HOUR,
        "overtime": overtime_rate @ seconds[:, SeatState.OVERTIME] / HOUR,
        "tooling": record.prices.tooling_per_year * np.diff(edges) / YEAR,
        **_levers(record, edges),
        "margin_lost": margin_lost(record, edges).sum(axis=0),
        "customer_value_lost": months * record.prices.customers.margin_per_month,
        "employee_cost_lost": hours * record.prices.employee_cost_per_hour,
        "initiative_value_delayed": _by_month(record, edges, initiative_value_delayed),
        "audit_penalties": _by_month(record, edges, audit_penalties),
        "idle_pay": rate @ seconds[:, SeatState.IDLE] / HOUR,
    }
    return {
        **{name: in_cents(money[name]) for name in CENTS},
        "employee_hours": hours,
        "customer_months": months,
        "idle_hours": seconds[:, SeatState.IDLE].sum(axis=0) / HOUR,
        "paid_hours": seconds[:, IN_SHIFT].sum(axis=(0, 1)) / HOUR,
    }


def customer_months(record: Record, edges: Ints) -> Floats:
    """[bins] Lost customers x months in which each is missed and counted.

    Missed at an edge by who left at t is clip(edge - t, 0, counted): what has run since t, less what has run
    since the counting ended. Both are sums over who has left so far, which are added up once for all edges.
    """
    gone = leavers(record)
    counted = record.prices.customers.counted_months * MONTH
    own = gone.time >= 0
    order = np.argsort(gone.time[own], kind="stable")
    time, customers = gone.time[own][order], gone.customers[own][order]
    gone_so_far, since = (
        np.concatenate([[0.0], np.cumsum(amount)]) for amount in (customers, customers * time)
    )

    def run_since(at: Floats) -> Floats:
        left = np.searchsorted(time, at)
        run: Floats = at * gone_so_far[left] - since[left]
        return run

    at = edges.astype(np.float64)
    found: Floats = np.diff(run_since(at) - run_since(at - counted)) / MONTH
    return found


def _levers(record: Record, edges: Ints) -> dict[str, Floats]:
    """[bins] What levers cost: at t = 0, once later on, and running."""
    initial, once, running = np.zeros((3, len(edges) - 1))
    for lever in record.prices.levers:
        if lever.start == 0:
            initial[0] += lever.amount
        elif 0 < lever.start < edges[-1]:
            once[int(np.searchsorted(edges, lever.start, side="right")) - 1] += lever.amount
        since = np.maximum(edges, lever.start)
        running += lever.per_year * np.diff(since) / YEAR
    return {"levers_initial": initial, "levers_once": once, "levers_running": running}


def _by_month(record: Record, edges: Ints, measure: Callable[[Record, Scope], float]) -> Floats:
    """[bins] A measure of single windows; one that is undefined is no money."""
    windows = zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)
    found: Floats = np.nan_to_num([measure(record, Scope(start, end)) for start, end in windows])
    return found
