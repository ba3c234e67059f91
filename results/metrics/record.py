"""One replication with its model and prices, prepared once for all measures."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from results.metrics.scope import ALL, Scope, week_edges
from results.prices import Prices
from sim.history.tables import NEVER, Cases, History
from sim.spec.calendars import Floats, Ints
from sim.spec.flows import Flow
from sim.spec.model import Model

T = TypeVar("T")
Bools = NDArray[np.bool_]


class Record:
    """What measures read: the history's tables, and columns derived from them on first use.

    Parameters
    ----------
    model, prices, history
        They must belong together: row numbers of services, teams and streams are shared.
    scopes
        Windows that will be asked for besides the weeks and the whole; others may be too, and take longer.
    """

    def __init__(self, model: Model, prices: Prices, history: History, scopes: Iterable[Scope] = ()) -> None:
        self.model = model
        self.prices = prices
        self.history = history
        edges = {edge for scope in scopes for edge in (scope.start, scope.end)}
        self._finest = np.array(sorted(edges.union(week_edges(0, history.horizon).tolist())))
        self._kept: dict[Hashable, Any] = {}

    def keep(self, key: Hashable, compute: Callable[[], T]) -> T:
        """``compute()``, done once for each ``key``."""
        if key not in self._kept:
            self._kept[key] = compute()
        value: T = self._kept[key]
        return value

    def amounts(self, name: Hashable, edges: Ints, compute: Callable[[Ints], Floats]) -> Floats:
        """[..., bins] ``compute(edges)``, for what adds up over time and is in whole numbers (below 2**53).

        The history is read once, for bins as narrow as anybody asks for. Wider bins are added up from these,
        which is exact because the numbers are whole.
        """
        return self.keep((name, edges.tobytes()), lambda: self._amounts(name, edges, compute))

    def _amounts(self, name: Hashable, edges: Ints, compute: Callable[[Ints], Floats]) -> Floats:
        finest = self._finest
        first = np.searchsorted(finest, edges)
        if first[-1] == len(finest) or np.any(finest[first] != edges):
            return compute(edges)
        narrow = self.keep((name, "finest"), lambda: compute(finest))
        wider: Floats = np.add.reduceat(narrow[..., : first[-1]], first[:-1], axis=-1)
        return wider

    @property
    def cases(self) -> Cases:
        """The tickets."""
        return self.history.cases

    @cached_property
    def is_incident(self) -> Bools:
        """[cases] Whether a ticket is an incident."""
        return np.equal(self.cases.flow, Flow.INCIDENT)

    @cached_property
    def is_ticket(self) -> Bools:
        """[cases] Whether a case is an incident or a request; the others are planned work."""
        return np.less_equal(self.cases.flow, Flow.REQUEST)

    @cached_property
    def spell_end(self) -> Ints:
        """[spells] End of each spell, the horizon for unresolved ones."""
        end = self.history.spells.end
        return np.where(end == NEVER, self.history.horizon, end)

    @cached_property
    def opened(self) -> Ints:
        """[cases] When IT learnt of a ticket; beyond the horizon if it has not."""
        opened = self.cases.opened
        return np.where(opened == NEVER, self.history.horizon + 1, opened)

    @cached_property
    def hits_customers(self) -> Bools:
        """[cases] Whether an incident's impact hits customers."""
        hit = np.zeros(len(self.cases), dtype=np.bool_)
        hit[self.history.spells.case[self.history.spells.hits_customers == 1]] = True
        return hit

    @cached_property
    def spell_flow(self) -> Ints:
        """[spells] Flow of the ticket."""
        return self.cases.flow[self.history.spells.case]

    @cached_property
    def spell_begin(self) -> Ints:
        """[spells] From when each spell counts: that of a request not before its opening."""
        spells = self.history.spells
        opened = np.maximum(spells.start, self.opened[spells.case])
        return np.where(self.spell_flow == Flow.REQUEST, opened, spells.start)

    @cached_property
    def seat_flow(self) -> Ints:
        """[seat_time] Flow of the ticket worked on, -1 without one."""
        return self._of_case(self.cases.flow)

    @cached_property
    def seat_service(self) -> Ints:
        """[seat_time] Service of the ticket worked on, -1 without one."""
        return self._of_case(self.cases.service)

    @cached_property
    def load(self) -> Ints:
        """[services, hour boundaries] Cumulative load."""
        hours = min(len(service.cumulative_load) for service in self.model.services)
        return np.vstack([service.cumulative_load[:hours] for service in self.model.services])

    def _of_case(self, column: Ints) -> Ints:
        # The last place is that of no ticket: row -1.
        return np.append(column, -1)[self.history.seat_time.case]

    def began(self, scope: Scope, flow: Flow) -> Ints:
        """Rows of the tickets of ``flow`` that began (occurred, or were requested) in the scope."""
        return self.keep(("began", scope, flow), lambda: self._began(scope, flow))

    def _began(self, scope: Scope, flow: Flow) -> Ints:
        time = self.cases.occurred
        return np.flatnonzero(
            (self.cases.flow == flow) & (time >= scope.start) & (time < scope.end) & self.in_service(scope)
        )

    def reached_it(self, scope: Scope) -> Ints:
        """Rows of the incidents and requests that IT learnt of in the scope."""
        time = self.opened
        return self.keep(
            ("reached", scope),
            lambda: np.flatnonzero(
                (time >= scope.start) & (time < scope.end) & self.is_ticket & self.in_service(scope)
            ),
        )

    def in_service(self, scope: Scope) -> Bools:
        """[cases] Whether a ticket belongs to the scope's service."""
        if scope.service == ALL:
            return np.ones(len(self.cases), dtype=np.bool_)
        return np.equal(self.cases.service, scope.service)
