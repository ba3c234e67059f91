"""The numbers of a scenario: every assumption at its mode, or at a random draw, with its levers over time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from scenarios.levers import Op, trajectory
from scenarios.merged import Merged
from scenarios.posterior import posterior_values
from scenarios.quantities import Dimension, Quantity
from sim.chance.keyed import name_key, uniform
from sim.chance.streams import ASSUMPTION
from sim.spec.parameters import Param, Parameter


@dataclass(frozen=True, slots=True)
class Uncertain:
    """An assumption by the name that keys its draw."""

    name: str
    quantity: Quantity
    dimension: Dimension | None


def assumptions(merged: Merged) -> Iterator[Uncertain]:
    """Every number of a scenario that was written down, base first, then changes and their costs."""
    for path, leaf in merged.leaves.items():
        if leaf.quantity.given:
            yield Uncertain(path, leaf.quantity, leaf.dimension)
    seen = set()
    for ops in merged.ops.values():
        for op in ops:
            if op.draw not in seen:
                seen.add(op.draw)
                yield Uncertain(op.draw, op.amount, op.dimension if op.kind == "set" else None)
    for name, slip in merged.slips.items():
        yield Uncertain(name, slip, None)
    for cost in merged.costs:
        for part in ("amount", "per_year"):
            quantity = getattr(cost.cost, part)
            if quantity is not None:
                yield Uncertain(f"{cost.draw} {part}", quantity, None)


def pert(low: float, mode: float, high: float, u: float) -> float:
    """Quantile at ``u`` of the PERT distribution: a beta on [low, high] with the given mode.

    Source: Malcolm, Roseboom, Clark, Fazar (1959), 'Application of a technique for research and
    development program evaluation', Operations Research 7(5), 646-669 (weight 4 of the mode).
    """
    from scipy.special import betaincinv

    width = high - low
    if width <= 0:
        return mode
    a, b = 1 + 4 * (mode - low) / width, 1 + 4 * (high - mode) / width
    return float(low + width * betaincinv(a, b, u))


def draw_all(merged: Merged, seed: int, draw: int) -> dict[str, float]:
    """PERT draw number ``draw`` of every uncertain assumption, keyed by its name."""
    from scipy.special import betaincinv

    uncertain = [item for item in assumptions(merged) if item.quantity.low < item.quantity.high]
    low = np.array([item.quantity.low for item in uncertain])
    mode = np.array([item.quantity.mode for item in uncertain])
    width = np.array([item.quantity.high for item in uncertain]) - low
    u = np.array([uniform(seed, draw, ASSUMPTION, name_key(item.name), 0) for item in uncertain])
    value = low + width * betaincinv(1 + 4 * (mode - low) / width, 1 + 4 * (low + width - mode) / width, u)
    return {
        item.name: round(float(number))
        if item.dimension is not None and item.dimension.whole
        else float(number)
        for item, number in zip(uncertain, value, strict=True)
    }


def drawn(merged: Merged, seed: int, draw: int) -> dict[str, float]:
    """Draw number ``draw`` of all that is not known: each by itself, and together what a log left open."""
    return draw_all(merged, seed, draw) | posterior_values(merged, seed, draw)


class Numbers:
    """Values of all keys for one draw, and the table of parameters as it grows.

    ``draw`` None holds every assumption at its mode; a mapping does too, but for those that it names.
    """

    def __init__(
        self, merged: Merged, horizon: int, seed: int, draw: int | Mapping[str, float] | None
    ) -> None:
        self.merged = merged
        self.horizon = horizon
        self.drawn = dict(draw or {}) if not isinstance(draw, int) else drawn(merged, seed, draw)
        self.parameters: list[Parameter] = []
        self.rows: dict[str, Param] = {}

    def amount(self, op: Op) -> float:
        """Size of a change."""
        return self.drawn.get(op.draw, op.amount.mode)

    def cost(self, name: str, quantity: Quantity | None) -> float:
        """Amount of money of a cost of a change."""
        return 0.0 if quantity is None else self.drawn.get(name, quantity.mode)

    def path(self, path: str) -> tuple[float, tuple[tuple[int, float], ...]]:
        """Value of a key from the start of the warm-up on, and its steps."""
        leaf = self.merged.leaves[path]
        base = self.drawn.get(path, leaf.quantity.mode)
        found = self.merged.ops.get(path)
        if not found:
            return base, ()
        ops = [replace(op, timing=op.timing.drawn(self.drawn)) for op in found] if self.drawn else found
        return trajectory(base, ops, self.amount, (leaf.dimension.lower, leaf.dimension.upper), self.horizon)

    def value(self, path: str) -> float:
        """Value of a key that is fixed for a whole run."""
        return self.path(path)[0]

    def param(
        self, path: str, at_least: float | None = None, at_most: float | None = None, scale: float = 1.0
    ) -> Param:
        """Row of a key in the table of parameters.

        ``at_least`` and ``at_most`` narrow its bounds; ``scale`` is the model's value of one inner unit.
        """
        if path in self.rows:
            return self.rows[path]
        leaf = self.merged.leaves[path]
        lower = leaf.dimension.lower if at_least is None else at_least
        upper = leaf.dimension.upper if at_most is None else at_most
        if leaf.dimension.choices:
            lower, upper = 0.0, max(value for _, value in leaf.dimension.choices)
        first, steps = self.path(path)
        row = Param(len(self.parameters))
        self.parameters.append(
            Parameter(
                path,
                scale * min(upper, max(lower, first)),
                tuple((time, scale * min(upper, max(lower, value))) for time, value in steps),
                scale * lower,
                scale * upper,
            )
        )
        self.rows[path] = row
        return row

    def constant(self, path: str, value: float) -> Param:
        """Row of something that the file leaves out."""
        row = Param(len(self.parameters))
        self.parameters.append(Parameter(path, value))
        return row
