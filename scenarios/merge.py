"""Merge a base with overrides, changes and ``--set`` into one resolved scenario.

Precedence in one sentence: base, then overrides in any order, then ``--set``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from scenarios.dimensions import FACTOR
from scenarios.errors import BadInput, Problem, listed, nearest, shown
from scenarios.fences import excesses, fence_problems, fence_warnings
from scenarios.levers import Op, Slip, Timing, half_life_seconds, moment, ramp_seconds, value_at
from scenarios.merged import Applied, Layer, LayerCost, Merged, Site
from scenarios.overwrite import base_with, set_records, set_writes
from scenarios.quantities import Dimension, Quantity, RefusedError, family, message_of, refuse
from scenarios.read import Document, Path_, dotted
from scenarios.schema.base import Base
from scenarios.schema.files import Cost, Override
from scenarios.selection import SelectorError, select
from scenarios.tree import Leaf, leaves_of


class Merger:
    """Applies layers to a base and collects problems on the way."""

    def __init__(self, base: Base, document: Document, fixed: set[str]) -> None:
        self.base = base
        self.document = document
        self.fixed = fixed
        self.merged = Merged(base, document, leaves_of(base), base, sources=dict(base.sources))
        self.problems: list[Problem] = []
        self.set_by: dict[str, Site] = {}
        self.writes: list[tuple[Path_, Any, str]] = []
        self.missed: list[str] = []
        self.unplayed: list[str] = []

    def layer(self, layer: Layer) -> None:
        """Apply one layer."""
        names = self.adopt(layer)
        milestones = self.milestones(layer, names)
        self.missed, self.unplayed = [], []
        # What is not in force keeps its number: the draws of the others are named by theirs.
        changes = [item for item in enumerate(layer.file.changes) if layer.has(item[1].selector)]
        for number, change in changes:
            self.change(Site(layer, number, change), names, milestones)
        all_of = len(changes)
        done = all_of - len(self.missed) - len(self.unplayed)
        if self.missed or (all_of and not done):
            what = f"makes {done} of {all_of} changes" if done else "changes nothing"
            reasons = list(self.missed)
            if self.unplayed:
                parts = " and ".join(sorted({section.replace("_", " ") for section in self.unplayed}))
                many = f"{len(self.unplayed)} {'is' if len(self.unplayed) == 1 else 'are'}"
                reasons.insert(0, f"{many} about {parts}, which it does not play")
            self.merged.warnings.append(f"{layer.name} {what} in {self.document.name}; {'; '.join(reasons)}")
        if isinstance(layer.file, Override) and not layer.file.changes and not layer.file.costs:
            self.merged.warnings.append(f"{layer.name} changes nothing: it has no `changes` and no `costs`")
        for number, cost in enumerate(layer.file.costs):
            if layer.has(cost.name):
                self.cost(layer, number, cost, names)

    def adopt(self, layer: Layer) -> dict[str, str]:
        """Take over the sources of a layer; a name that is taken for something else gets the layer's name."""
        names = {}
        for key, source in layer.file.sources.items():
            known = self.merged.sources.get(key)
            names[key] = key if known in (None, source) else f"{layer.name} {key}"
            self.merged.sources[names[key]] = source
        return names

    def quantity(self, quantity: Quantity, names: dict[str, str], currency_bound: bool = True) -> Quantity:
        """A quantity of a layer with its source adopted."""
        if quantity.source and quantity.source not in names:
            near = nearest(quantity.source, names)
            known = listed(sorted(names))
            raise refuse(f"has the unknown source `{quantity.source}`{near}; known in `sources`: {known}")
        if currency_bound and quantity.currency and quantity.currency != self.base.currency:
            raise refuse(f"must be in {self.base.currency}, the currency of {self.document.name}")
        return replace(quantity, source=names.get(quantity.source, ""))

    def change(self, site: Site, names: dict[str, str], milestones: dict[str, Slip]) -> None:
        """Apply one change."""
        change = site.change
        try:
            found, hint = select(self.base, change.selector, unset=change.kind == "set")
        except SelectorError as error:
            self.problems.append(site.problem(change.kind, str(error)))
            return
        if not found:
            section = re.split(r"[.\[]", change.selector.strip())[0]
            if not getattr(self.base, section, True):
                # A whole part of the model that this base does not play.
                self.unplayed.append(section)
            else:
                self.missed.append(f"{site.place} {change.selector}: {hint or 'it has no value there'}")
            return
        timing = self.times(site, milestones)
        if timing is None:
            return
        for path, value in found:
            if change.kind == "set" and not self.first_set(dotted(path), site):
                continue
            leaf = self.merged.leaves.get(dotted(path))
            if leaf is None:
                self.write(path, value, site)
            else:
                self.operate(leaf, site, names, timing)

    def milestones(self, layer: Layer, names: dict[str, str]) -> dict[str, Slip]:
        """Milestones of a layer by name; those that are wrong are noted and left out."""
        found = {}
        for name, milestone in layer.file.milestones.items():
            path: Path_ = ("milestones", name)
            key, value = "at", milestone.at
            try:
                planned = moment(milestone.at, self.base.start)
                key, value = "slip", milestone.slip.text()
                slip = self.quantity(milestone.slip, names)
            except RefusedError as error:
                self.problems.append(layer.document.problem((*path, key), value, str(error)))
                continue
            draw = f"{layer.name}: milestone {name}"
            self.merged.slips[draw] = slip
            found[name] = Slip(planned, slip.mode, draw)
        return found

    def times(self, site: Site, milestones: dict[str, Slip]) -> Timing | None:
        """When a change acts; None if that is wrong."""
        change = site.change
        if site.layer.file.since == "always":
            for key in ("begin", "ramp", "half_life", "until"):
                if getattr(change, key) is not None:
                    self.problems.append(
                        site.problem(key, "must be left out where the file says `since: always`")
                    )
                    return None
            return Timing(None)
        key = "begin"
        try:
            begin, at = self.instant(change.begin, milestones)
            key = "ramp"
            ramp = ramp_seconds(change.ramp)
            key = "half_life"
            half_life = half_life_seconds(change.half_life)
            key = "until"
            until, to = (None, None) if change.until is None else self.instant(change.until, milestones)
        except RefusedError as error:
            near = nearest(str(getattr(change, key)), milestones) if key in ("begin", "until") else ""
            self.problems.append(site.problem(key, f"{error}{near}"))
            return None
        if until is not None and until <= begin:
            self.problems.append(site.problem("until", "must be after `from`"))
            return None
        if begin >= self.base.length:
            self.merged.warnings.append(f"{site.place} {change.selector}: begins after the end of the run")
        return Timing(begin, ramp, half_life, until, at, to)

    def instant(self, raw: object, milestones: dict[str, Slip]) -> tuple[int, Slip | None]:
        """A moment, and the milestone that it hangs on."""
        slip = milestones.get(raw) if isinstance(raw, str) else None
        return (moment(raw, self.base.start), None) if slip is None else (slip.time({}), slip)

    def first_set(self, path: str, site: Site) -> bool:
        """Whether this is the one `set` of a key."""
        other = self.set_by.setdefault(path, site)
        if other is not site:
            text = (
                f"sets {path}, which {other.layer.name} sets too ({other.place}); "
                "one key can have one `set` only, use `times` or `plus` for one of them"
            )
            self.problems.append(site.problem("set", text))
            return False
        if path in self.fixed:
            self.merged.warnings.append(f"--set {path} replaces what {site.layer.name} sets ({site.place})")
            return False
        return True

    def write(self, path: Path_, value: Any, site: Site) -> None:
        """Change something that is not a number: only for the whole run."""
        name = dotted(path)
        if site.change.kind != "set":
            self.problems.append(
                site.problem(site.change.kind, f"cannot be used on {name}, which is not a number")
            )
        elif site.layer.file.since != "always":
            text = f"changes {name}, which is fixed for a whole run: use `since: always` or --set"
            self.problems.append(site.problem("set", text))
        else:
            place = site.layer.document.place(("changes", site.number, "to"))
            self.writes.append((path, site.change.to, place))
            new = shown(site.change.to)
            self.merged.applied.append(self.record(site, name, shown(value), new, f"set {new}"))

    def operate(self, leaf: Leaf, site: Site, names: dict[str, str], timing: Timing) -> None:
        """Change a number."""
        name = dotted(leaf.path)
        key = "to" if site.change.kind == "set" else "by"
        try:
            amount = self.quantity(self.amount(leaf, site), names)
        except (RefusedError, ValidationError) as error:
            self.problems.append(site.problem(key, f"for {name} {message_of(error)}"))
            return
        for key in ("ramp", "half_life"):
            if leaf.dimension.choices and getattr(site.change, key) is not None:
                self.problems.append(site.problem(key, f"cannot be used on {name}, which is a choice"))
                return
        if timing.begin is not None and not leaf.lever:
            text = f"changes {name}, which is fixed for a whole run: use `since: always` or --set"
            self.problems.append(site.problem(site.change.kind, text))
            return
        if site.change.kind == "set" and not leaf.lever:
            place = site.layer.document.place(("changes", site.number, "to"))
            self.writes.append((leaf.path, amount, place))
        else:
            self.merged.ops.setdefault(name, []).append(
                Op(
                    site.change.kind,
                    amount,
                    leaf.dimension,
                    timing,
                    site.layer.name,
                    site.draw,
                    site.place,
                    site.change.why,
                    site.when,
                )
            )
        before = leaf.quantity.text()
        after = after_text(leaf, site.change.kind, amount)
        by = f"{site.change.kind} {amount.text()}"
        self.merged.applied.append(self.record(site, name, before, after, by))

    @staticmethod
    def record(site: Site, path: str, before: str, after: str, by: str) -> Applied:
        """One applied change."""
        return Applied(path, before, after, site.when, site.layer.name, site.change.why, site.draw, by)

    def amount(self, leaf: Leaf, site: Site) -> Quantity:
        """The number of a change, read in the dimension of the key it changes."""
        if site.change.kind == "set":
            return leaf.dimension.read(site.change.to)
        if leaf.dimension.choices:
            raise refuse("must be a `set`: it is a choice, not a number")
        if site.change.kind == "times":
            return FACTOR.read(site.change.by)
        open_ended = replace_bounds(leaf.dimension)
        amount = open_ended.read(site.change.by)
        if family(amount.unit) != family(leaf.quantity.unit):
            raise refuse(f"must be in the unit of {leaf.quantity.text()}")
        return amount

    def cost(self, layer: Layer, number: int, cost: Cost, names: dict[str, str]) -> None:
        """Note a cost of a layer."""
        path: Path_ = ("costs", number)
        key = "from" if cost.begin is not None else "at"
        value: object = cost.begin if cost.begin is not None else cost.at
        try:
            start = moment(value, self.base.start)
            for key in ("amount", "per_year"):
                value = getattr(cost, key)
                if isinstance(value, Quantity):
                    cost = cost.model_copy(update={key: self.quantity(value, names)})
        except RefusedError as error:
            text = value.text() if isinstance(value, Quantity) else value
            self.problems.append(layer.document.problem((*path, key), text, str(error)))
            return
        employees = max(service.users.mode for service in self.base.services.values())
        cost = cost.paid_with(employees)
        self.merged.costs.append(LayerCost(layer.name, cost, start, f"{layer.name}: cost {cost.name}"))


def replace_bounds(dimension: Dimension) -> Dimension:
    """The same dimension for an amount that is added: of any sign and size."""
    allowed = f"an amount to add, in the units of {dimension.allowed}"
    return replace(dimension, lower=-math.inf, upper=math.inf, whole=False, allowed=allowed)


def after_text(leaf: Leaf, kind: str, amount: Quantity) -> str:
    """Value of a key after one change alone, as text; with its range where the mode does not change."""
    base = leaf.quantity
    if kind == "set":
        return amount.text()

    def value(by: float) -> str:
        held = leaf.dimension.clip(base.mode * by if kind == "times" else base.mode + by)
        # Whole things are counted when their decision falls, rounded half up.
        return base.text(math.floor(held + 0.5) if leaf.dimension.whole else held)

    text, low, high = (value(by) for by in (amount.mode, amount.low, amount.high))
    return text if text != base.text() or low == high else f"{text} ({low} to {high})"


def clippings(merged: Merged) -> Iterator[str]:
    """A warning for changes that push a key beyond what it can be, at the most likely values.

    No error: each change is sound by itself, and it is the base or another override that leaves no room.
    """
    found: dict[str, list[str]] = {}
    for name, ops in merged.ops.items():
        leaf = merged.leaves[name]
        times = [None, *sorted({time for op in ops for time in op.timing.moments(round(merged.base.length))})]
        values = [value_at(leaf.quantity.mode, ops, lambda op: op.amount.mode, time) for time in times]
        value = max(values, key=lambda value: abs(value - leaf.dimension.clip(value)))
        held = leaf.dimension.clip(value)
        if abs(value - held) > 1e-9 * max(1.0, abs(held)):
            places = ", ".join(f"{op.place} {op.kind} {op.amount.text()}" for op in ops)
            text = leaf.quantity.text
            found.setdefault(places, []).append(
                f"would make {name} = {text(value)} (it is {text()} in the base); it is held at "
                f"{text(held)}, for it must be {leaf.dimension.allowed}"
            )
    for places, (first, *others) in found.items():
        yield f"{places}: {first}" + (f"; so for {len(others)} more" if others else "")


def merge(document: Document, layers: Sequence[Layer], sets: Sequence[str]) -> Merged:
    """Resolve a base, its layers and ``--set``.

    Raises
    ------
    BadInput
        With every problem found at the first stage that has one: the base, the ``--set``, the changes.
    """
    base, document = base_with(document, [])
    writes = set_writes(base, sets)
    if writes:
        plain = base
        base, document = base_with(document, writes)
    fixed = {dotted(path) for path, _, _ in writes}
    merger = Merger(base, document, fixed)
    if writes:
        merger.merged.applied += set_records(plain, base, writes)
    for layer in layers:
        merger.layer(layer)
    if merger.problems:
        raise BadInput(*merger.problems)
    merged = merger.merged
    # The order of overrides must not matter, not even for the last bit of a product.
    for ops in merged.ops.values():
        ops.sort(key=lambda op: op.draw)
    merged.costs.sort(key=lambda item: item.draw)
    too_many = list(excesses(merged))
    if problems := list(fence_problems(merged, too_many)):
        raise BadInput(*problems)
    merged.warnings += [*clippings(merged), *fence_warnings(too_many)]
    if merger.writes:
        known = {"sources": {key: source.model_dump() for key, source in merged.sources.items()}}
        document.data.update(known)
        merged.base, merged.document = base_with(document, merger.writes)
        merged.leaves = leaves_of(merged.base)
    return merged
