"""Changes that are asked for: raised at once, as events of their own in the order of that instant."""

from __future__ import annotations

from sim.engines.compiled import plans as p
from sim.engines.compiled.events import schedule
from sim.engines.compiled.memory import Ints
from sim.kernel import compiled
from sim.rules import order


@compiled
def place_order(
    a: Ints,
    purpose: int,
    stream: int,
    service: int,
    team: int,
    kind: int,
    effort: int,
    worth: int,
    origin: int,
    fault: int,
    due: int,
    ordinal: int,
    key: int,
) -> None:
    """Ask for a change; the numbers are those of ``Order`` in the process engine."""
    number = a[p.ORDERS]
    a[p.ORDERS] += 1
    row = a[p.ORDERS_AT] + number * p.ORD_COLUMNS
    a[row + p.ORD_PURPOSE] = purpose
    a[row + p.ORD_STREAM] = stream
    a[row + p.ORD_SERVICE] = service
    a[row + p.ORD_TEAM] = team
    a[row + p.ORD_KIND] = kind
    a[row + p.ORD_EFFORT] = effort
    a[row + p.ORD_WORTH] = worth
    a[row + p.ORD_ORIGIN] = origin
    a[row + p.ORD_FAULT] = fault
    a[row + p.ORD_DUE] = due
    a[row + p.ORD_ORDINAL] = ordinal
    schedule(a, 0, order.RAISED, key, number)


@compiled
def raise_problem(a: Ints, fault_row: int, fault: int, key: int) -> None:
    """Somebody asks why this keeps happening; problems are told from orders by a negative number."""
    a[fault_row + p.F_PROBLEMS] += 1
    schedule(a, 0, order.RAISED, key, -1 - fault)
