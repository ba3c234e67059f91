"""A difference taken apart: every way to have some of its parts in force and not the others.

Parts are the overrides that one scenario has and its base has not; where that is a single override, its
groups of levers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scenarios.errors import BadInput
from scenarios.merged import Layer
from scenarios.opening import kind, opened, resolved, short_name
from scenarios.scenario import Scenario
from scenarios.schema.files import Override

MOST = 6
"""Overrides of a combination: 2 to this power scenarios are played."""
REST = "the rest"
"""What is in no group of an override."""


@dataclass(frozen=True, slots=True)
class Player:
    """One part: its ``title`` in reports, and the layer that it puts into force, all or some ``levers``."""

    name: str
    title: str
    layer: int
    levers: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Coalitions:
    """All scenarios between a base and another: number ``b`` has the players whose bits are in ``b``."""

    players: tuple[Player, ...]
    scenarios: tuple[Scenario, ...]


def coalitions(
    base: str, other: str, sets: Sequence[str] = (), until_hours: float | None = None
) -> Coalitions:
    """Every scenario between BASE and OTHER of ``compare BASE OTHER``.

    Raises
    ------
    BadInput
        If OTHER is not BASE with more overrides, or there are no parts to tell apart, or too many.
    """
    name = f"{base}+{other}" if kind(other) == "override" else other
    document, layers = opened(name)
    first, before = opened(base)
    there = {layer.name for layer in before}
    added = [number for number, layer in enumerate(layers) if layer.name not in there]
    if document.data != first.data or not there <= {layer.name for layer in layers}:
        raise BadInput(f"--attribute: {other} must be {base} with overrides added to it")
    if not added:
        raise BadInput(f"--attribute: {other} adds no override to {base}, so there is nothing to split")
    players = _overrides(layers, added) if len(added) > 1 else _groups(layers[added[0]], added[0])
    if len(players) > MOST:
        raise BadInput(
            f"--attribute: {other} adds {len(players)} overrides; at most {MOST} can be told apart exactly"
        )
    scenarios = []
    for bits in range(2 ** len(players)):
        chosen = [player for number, player in enumerate(players) if bits >> number & 1]
        label = "+".join([short_name(base), *(player.name for player in chosen)])
        scenarios.append(resolved(label, document, _in_force(layers, added, chosen), sets, until_hours))
    return Coalitions(tuple(players), tuple(scenarios))


def _overrides(layers: Sequence[Layer], added: Sequence[int]) -> list[Player]:
    return [Player(layers[number].name, layers[number].file.title, number) for number in added]


def _groups(layer: Layer, number: int) -> list[Player]:
    file = layer.file
    groups = dict(file.groups) if isinstance(file, Override) else {}
    if not groups:
        raise BadInput(
            f"--attribute: {layer.name} has no `groups` and is the only override, so there is nothing to "
            "split; name several overrides (BASE+a+b), or write `groups` into the file"
        )
    known = [change.selector for change in file.changes] + [cost.name for cost in file.costs]
    named = {item for group in groups.values() for item in group}
    if rest := [item for item in known if item not in named]:
        groups[REST] = rest
    return [
        Player(name, name[:1].upper() + name[1:].replace("_", " "), number, frozenset(items))
        for name, items in groups.items()
    ]


def _in_force(layers: Sequence[Layer], added: Sequence[int], chosen: Sequence[Player]) -> list[Layer]:
    """Layers that every coalition has, and those of the chosen players."""
    found = []
    for number, layer in enumerate(layers):
        own = [player for player in chosen if player.layer == number]
        if number not in added or any(player.levers is None for player in own):
            found.append(layer)
        elif own:
            levers = frozenset().union(*(player.levers or frozenset() for player in own))
            found.append(replace(layer, levers=levers))
    return found
