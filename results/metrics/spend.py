"""IT spend: pay, overtime, tooling and the cost of levers."""

from __future__ import annotations

import numpy as np

from results.metrics.ledger import firefighting_seconds, ledger
from results.metrics.record import Record
from results.metrics.scope import YEAR, Scope
from sim.history.kinds import SeatState
from sim.spec.calendars import HOUR, Floats

IN_SHIFT = [SeatState.WORKING, SeatState.IDLE, SeatState.ABSENT]


def pay_rates(record: Record) -> tuple[Floats, Floats]:
    """[teams] Cost of an hour in shift, and of an hour of overtime."""
    rate = np.array([team.cost_per_hour for team in record.prices.teams])
    return rate, rate * np.array([team.overtime_factor for team in record.prices.teams])


def pay_in_shift(record: Record, scope: Scope) -> float:
    """Pay for all hours in shift: worked, idle and absent."""
    seconds = ledger(record, scope.edges)[:, IN_SHIFT].sum(axis=(1, 2, 3))
    return float(seconds @ pay_rates(record)[0]) / HOUR


def overtime_cost(record: Record, scope: Scope) -> float:
    """Pay for overtime, on the tickets of the scope's service."""
    seconds = ledger(record, scope.edges, scope.service)[:, SeatState.OVERTIME].sum(axis=(1, 2))
    return float(seconds @ pay_rates(record)[1]) / HOUR


def lever_cost(record: Record, scope: Scope) -> float:
    """Cost of levers in the scope: one-off amounts that fall into it, and running costs pro rata."""
    cost = 0.0
    for lever in record.prices.levers:
        if scope.start <= lever.start < scope.end:
            cost += lever.amount
        cost += lever.per_year * max(0, scope.end - max(scope.start, lever.start)) / YEAR
    return cost


def cost_total(record: Record, scope: Scope) -> float:
    """IT spend of the whole organisation in the window."""
    whole = Scope(scope.start, scope.end)
    return (
        pay_in_shift(record, whole)
        + overtime_cost(record, whole)
        + record.prices.tooling_per_year * whole.seconds / YEAR
        + lever_cost(record, whole)
    )


def firefighting_cost(record: Record, scope: Scope) -> float:
    """Firefighting hours at their team's cost, overtime with its factor."""
    seconds = firefighting_seconds(record, scope.edges, scope.service)[:, :, 0]
    rate, overtime_rate = pay_rates(record)
    return float(seconds[:, 0] @ rate + seconds[:, 1] @ overtime_rate) / HOUR
