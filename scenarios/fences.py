"""Changes that keep more seats for planned work than a team has at that time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scenarios.errors import Problem
from scenarios.levers import Op, value_at
from scenarios.merged import Merged
from scenarios.tree import Leaf
from sim.rules.seats import seat_count


@dataclass(frozen=True, slots=True)
class Excess:
    """The first moment at which a team has fewer seats than are kept; ``ops`` are the changes in force."""

    path: str
    kept: int
    seats: int
    ops: tuple[Op, ...]


def excesses(merged: Merged) -> Iterator[Excess]:
    """Teams whose changes leave fewer seats than are kept, at the most likely values.

    A team without anybody keeps nothing, whatever is kept in all teams: somebody may come later.
    """
    horizon = round(merged.base.length)
    for team in merged.base.teams:
        paths = [f"teams.{team}.{key}" for key in ("ring_fenced", "seats")]
        (fence, fence_ops), (seats, seat_ops) = (
            (merged.leaves[path], merged.ops.get(path, [])) for path in paths
        )
        ops = [*fence_ops, *seat_ops]
        times = [None, *sorted({time for op in ops for time in op.timing.moments(horizon)})]
        for time in times if ops else []:
            kept, there = whole(fence, fence_ops, time), whole(seats, seat_ops, time)
            if kept > there > 0:
                yield Excess(paths[0], kept, there, tuple(op for op in ops if op.share(time) > 0))
                break


def whole(leaf: Leaf, ops: list[Op], time: int | None) -> int:
    """Seats at a time, counted as they are when played."""
    value = value_at(leaf.quantity.mode, ops, lambda op: op.amount.mode, time)
    return seat_count(leaf.dimension.clip(value))


def fence_problems(merged: Merged, too_many: Iterable[Excess]) -> Iterator[Problem]:
    """A problem for every `set` that says itself what a team does not have."""
    for found in too_many:
        for op in found.ops:
            if op.kind == "set" and op in merged.ops.get(found.path, []):
                text = f"must be at most the seats that the team has then ({found.seats})"
                yield Problem(op.place, found.path, op.amount.text(), text)


def fence_warnings(too_many: Iterable[Excess]) -> Iterator[str]:
    """A warning for changes that are sound by themselves and leave too few seats on this base."""
    for found in too_many:
        places = ", ".join(f"{op.place} {op.kind} {op.amount.text()}" for op in found.ops)
        seats = found.path.replace("ring_fenced", "seats")
        yield (
            f"{places}: would make {found.path} = {found.kept} where {seats} = {found.seats}; "
            f"it is held at {found.seats}"
        )
