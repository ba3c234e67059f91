"""One draw of what a log left open, for the keys that it moves."""

from __future__ import annotations

from scenarios.merged import Merged
from scenarios.read import dotted
from scenarios.schema.base import Base
from scenarios.selection import select
from sim.chance.keyed import name_key, uniform
from sim.chance.streams import ASSUMPTION


def moved(base: Base) -> dict[str, list[int]]:
    """Keys that the factors of a base's posterior multiply, each with the columns of its factors."""
    found: dict[str, list[int]] = {}
    if base.posterior is None:
        return found
    for column, selectors in enumerate(base.posterior.factors.values()):
        for key in keys_of(base, selectors):
            found.setdefault(key, []).append(column)
    return found


def keys_of(base: Base, selectors: list[str]) -> list[str]:
    """Keys that selectors mean in a base."""
    return [dotted(path) for selector in selectors for path, _ in select(base, selector)[0]]


def posterior_values(merged: Merged, seed: int, draw: int) -> dict[str, float]:
    """Values of the keys that the posterior moves, in inner units, for draw number ``draw``.

    The rows are taken in turn from a keyed one on, so that few draws are spread over all of them. A key stays
    within its bounds, and whole where it is a number of heads.
    """
    posterior = merged.plain.posterior
    if posterior is None:
        return {}
    count = len(posterior.draws)
    first = int(uniform(seed, 0, ASSUMPTION, name_key("posterior"), 0) * count)
    row = posterior.draws[(first + draw) % count]
    found = {}
    for path, columns in moved(merged.plain).items():
        leaf = merged.leaves[path]
        value = leaf.quantity.mode
        for column in columns:
            value *= row[column]
        value = leaf.dimension.clip(value)
        found[path] = float(max(1, round(value))) if leaf.dimension.whole else value
    return found
