"""Waiting in teams' queues: who waited where, and for how long."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from results.metrics.loops import fast, stand_in_line
from results.metrics.record import Record
from results.metrics.scope import Scope
from sim.spec.calendars import HOUR, Ints


@dataclass(frozen=True, slots=True)
class Queues:
    """What became of the tickets in the teams' queues in a window; interruptions wait too.

    [teams] ``visits`` are the entries into a team's queue, ``handed_over`` those of tickets that were with
    another team before, ``begun`` the seconds until the window's end of waits that began in it, ``by_team``
    the seconds within it. [cases] ``by_ticket`` are the seconds within it, ``first_work`` the moment at which
    somebody first worked on a ticket, in the whole run; beyond the horizon if nobody did.
    """

    visits: Ints
    handed_over: Ints
    begun: Ints
    by_team: Ints
    by_ticket: Ints
    first_work: Ints


def queues(record: Record, scope: Scope) -> Queues:
    """The queues in the scope's window, of all services."""
    return record.keep(("queues", scope.start, scope.end), lambda: _queues(record, scope))


def _queues(record: Record, scope: Scope) -> Queues:
    rows, horizon = record.history.activities, record.history.horizon
    teams, tickets = len(record.model.teams), len(record.cases)
    visits, handed_over, begun, by_team = np.zeros((4, teams), dtype=np.int64)
    by_ticket, first_work = np.zeros(tickets, dtype=np.int64), np.full(tickets, horizon + 1)
    previous = np.full(tickets, -1)
    fast(stand_in_line)(
        rows.activity,
        rows.case,
        rows.start,
        rows.complete,
        rows.team,
        (scope.start, scope.end),
        horizon,
        visits,
        handed_over,
        begun,
        by_team,
        by_ticket,
        first_work,
        previous,
    )
    return Queues(visits, handed_over, begun, by_team, by_ticket, first_work)


def queue_hours(record: Record, scope: Scope) -> float:
    """Calendar hours that incidents and requests of the scope's service spent in queues in its window."""
    waited = queues(record, scope).by_ticket
    return float(waited[record.is_ticket & record.in_service(scope)].sum()) / HOUR
