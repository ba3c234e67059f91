"""Merge a base with overrides, changes and ``--set`` into one resolved scenario.

Precedence in one sentence: base, then overrides in any order, then ``--set``.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from pydantic_core import PydanticCustomError, ValidationError

from scenarios.check import check
from scenarios.dimensions import FACTOR
from scenarios.errors import BadInput, Problem, nearest, shown
from scenarios.levers import Op, moment, ramp_seconds
from scenarios.quantities import Dimension, Quantity, family, refuse
from scenarios.read import Document, Path_, dotted, parse
from scenarios.schema.base import Base, Source
from scenarios.schema.files import Change, ChangeFile, Cost
from scenarios.selectors import BadSelector, select
from scenarios.tree import Leaf, leaves_of
from scenarios.units import CURRENCY
from scenarios.validate import validate


@dataclass(frozen=True, slots=True)
class Layer:
    """An override, or a scenario file's own changes, with the document it came from."""

    name: str
    file: ChangeFile
    document: Document


@dataclass(frozen=True, slots=True)
class Applied:
    """A change of one key: ``before`` and ``op`` for a lever, texts for what has no number."""

    path: str
    before: str
    after: str
    when: str
    origin: str
    why: str


@dataclass(frozen=True, slots=True)
class LayerCost:
    """A cost of a layer; ``start`` in seconds; ``draws`` are the names of its two assumptions."""

    origin: str
    cost: Cost
    start: int
    draw: str


@dataclass
class Merged:
    """A base with everything that changes it."""

    base: Base
    document: Document
    leaves: dict[str, Leaf]
    ops: dict[str, list[Op]] = field(default_factory=dict)
    applied: list[Applied] = field(default_factory=list)
    costs: list[LayerCost] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Site:
    """A change where it stands: for messages and records."""

    layer: Layer
    number: int
    change: Change

    def problem(self, key: str, text: str) -> Problem:
        """A problem with a key of the change."""
        path: Path_ = ("changes", self.number, key)
        name = {"begin": "from"}.get(key, key)
        value = getattr(self.change, key)
        return Problem(self.layer.document.place((*path[:2], name)), dotted((*path[:2], name)), shown(value), text)

    @property
    def place(self) -> str:
        return self.layer.document.place(("changes", self.number, self.change.kind))

    @property
    def draw(self) -> str:
        """Name of its assumption; the same on every base."""
        return f"{self.layer.name}: {self.change.kind} {self.change.selector} #{self.number + 1}"

    @property
    def when(self) -> str:
        """When it acts, in words."""
        if self.layer.file.since == "always":
            return "always"
        begin = self.change.begin
        text = "from the start" if begin in (None, "start") else f"from {begin}"
        if self.change.ramp is not None:
            text += f", growing over {self.change.ramp}"
        if self.change.until is not None:
            text += f", until {self.change.until}"
        return text


def put(data: dict[str, Any], path: Path_, value: Any) -> None:
    """Write a value into raw data, making the mappings on the way."""
    here: Any = data
    for key, after in zip(path[:-1], path[1:], strict=True):
        if isinstance(here, dict):
            if not isinstance(here.get(key), dict | list):
                here[key] = [] if isinstance(after, int) else {}
            here = here[key]
        elif isinstance(here, list) and isinstance(key, int) and key < len(here):
            here = here[key]
        else:
            return
    if isinstance(here, dict):
        here[path[-1]] = value


def base_with(document: Document, writes: Sequence[tuple[Path_, Any, str]]) -> tuple[Base, Document]:
    """Validate a base after writing values into it; errors name the place of the write."""
    data = copy.deepcopy(document.data)
    places = dict(document.places)
    for path, value, place in writes:
        put(data, path, value)
        for known in [known for known in places if known[: len(path)] == path]:
            del places[known]
        places[path] = place
    changed = Document(document.name, data, places, document.folder)
    base = validate(Base, changed)
    check(base, changed)
    return base, changed


def read_set(text: str) -> tuple[str, Any]:
    """``PATH=VALUE`` of the command line."""
    selector, sign, value = text.partition("=")
    while sign and selector.count("[") > selector.count("]"):
        more, sign, value = value.partition("=")
        selector += "=" + more
    if not sign or not selector.strip() or not value.strip():
        raise BadInput(f"--set {shown(text)}: must be PATH=VALUE, such as --set teams.desk.seats=12")
    raw, _ = parse(value.strip(), f"--set {selector.strip()}")
    return selector.strip(), raw


def set_writes(base: Base, sets: Sequence[str]) -> list[tuple[Path_, Any, str]]:
    """Writes for all ``--set``; later ones win."""
    writes: list[tuple[Path_, Any, str]] = []
    for text in sets:
        selector, raw = read_set(text)
        try:
            found, hint = select(base, selector)
        except BadSelector as error:
            raise BadInput(f"--set {shown(selector)}: {error}") from None
        if not found:
            why = hint or "it matches nothing in this base"
            raise BadInput(f"--set {shown(selector)}: {why}")
        writes += [(path, raw, "--set") for path, _ in found]
    return writes


class Merger:
    """Applies layers to a base and collects problems on the way."""

    def __init__(self, base: Base, document: Document, fixed: set[str]) -> None:
        self.base = base
        self.document = document
        self.fixed = fixed
        self.merged = Merged(base, document, leaves_of(base), sources=dict(base.sources))
        self.problems: list[Problem] = []
        self.set_by: dict[str, Site] = {}
        self.writes: list[tuple[Path_, Any, str]] = []

    def layer(self, layer: Layer) -> None:
        """Apply one layer."""
        names = self.adopt(layer)
        touched = 0
        for number, change in enumerate(layer.file.changes):
            touched += self.change(Site(layer, number, change), names)
        if not touched and layer.file.changes:
            self.merged.warnings.append(f"{layer.name} changes nothing in {self.document.name}")
        for number, cost in enumerate(layer.file.costs):
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
            raise refuse(f"has the unknown source `{quantity.source}`{nearest(quantity.source, names)}")
        if currency_bound and quantity.currency and quantity.currency != self.base.currency:
            raise refuse(f"must be in {self.base.currency}, the currency of {self.document.name}")
        return replace(quantity, source=names.get(quantity.source, ""))

    def change(self, site: Site, names: dict[str, str]) -> int:
        """Apply one change; returns the number of keys it touches."""
        change = site.change
        try:
            found, hint = select(self.base, change.selector)
        except BadSelector as error:
            self.problems.append(site.problem(change.kind, str(error)))
            return 0
        if not found:
            text = f": {hint}" if hint else ""
            if "[" not in change.selector and site.layer.document is not self.document:
                self.merged.warnings.append(f"{site.place} {change.selector} is not in {self.document.name}{text}")
            return 0
        times = self.times(site)
        if times is None:
            return 0
        for path, value in found:
            if change.kind == "set" and not self.first_set(dotted(path), site):
                continue
            leaf = self.merged.leaves.get(dotted(path))
            if leaf is None:
                self.write(path, value, site)
            else:
                self.operate(leaf, site, names, times)
        return len(found)

    def times(self, site: Site) -> tuple[int | None, int, int | None] | None:
        """Begin, ramp and end of a change; None if they are wrong."""
        change = site.change
        if site.layer.file.since == "always":
            for key in ("begin", "ramp", "until"):
                if getattr(change, key) is not None:
                    self.problems.append(site.problem(key, "must be left out where the file says `since: always`"))
                    return None
            return None, 0, None
        key = "begin"
        try:
            begin = moment(change.begin, self.base.start)
            key = "ramp"
            ramp = ramp_seconds(change.ramp)
            key = "until"
            until = None if change.until is None else moment(change.until, self.base.start)
        except PydanticCustomError as error:
            self.problems.append(site.problem(key, error.message()))
            return None
        if until is not None and until <= begin:
            self.problems.append(site.problem("until", "must be after `from`"))
            return None
        if begin >= self.base.length:
            self.merged.warnings.append(f"{site.place} {change.selector}: begins after the end of the run")
        return begin, ramp, until

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
            self.problems.append(site.problem(site.change.kind, f"cannot be used on {name}, which is not a number"))
        elif site.layer.file.since != "always":
            text = f"changes {name}, which is fixed for a whole run: use `since: always` or --set"
            self.problems.append(site.problem("set", text))
        else:
            place = site.layer.document.place(("changes", site.number, "to"))
            self.writes.append((path, site.change.to, place))
            self.merged.applied.append(
                Applied(name, shown(value), shown(site.change.to), site.when, site.layer.name, site.change.why)
            )

    def operate(
        self, leaf: Leaf, site: Site, names: dict[str, str], times: tuple[int | None, int, int | None]
    ) -> None:
        """Change a number."""
        name = dotted(leaf.path)
        begin, ramp, until = times
        key = "to" if site.change.kind == "set" else "by"
        try:
            amount = self.quantity(self.amount(leaf, site), names)
        except (PydanticCustomError, ValidationError) as error:
            self.problems.append(site.problem(key, f"for {name} {message_of(error)}"))
            return
        if leaf.dimension.choices and site.change.ramp is not None:
            self.problems.append(site.problem("ramp", f"cannot be used on {name}, which is a choice"))
            return
        if begin is not None and not leaf.lever:
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
                    begin,
                    ramp,
                    until,
                    site.layer.name,
                    site.draw,
                    site.place,
                    site.change.why,
                    site.when,
                )
            )
        before = leaf.quantity.text()
        after = after_text(leaf, site.change.kind, amount)
        self.merged.applied.append(Applied(name, before, after, site.when, site.layer.name, site.change.why))

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
        except PydanticCustomError as error:
            text = value.text() if isinstance(value, Quantity) else value
            self.problems.append(layer.document.problem((*path, key), text, error.message()))
            return
        self.merged.costs.append(LayerCost(layer.name, cost, start, f"{layer.name}: cost {cost.name}"))


def message_of(error: PydanticCustomError | ValidationError) -> str:
    """The sentence in an error of a quantity."""
    if isinstance(error, PydanticCustomError):
        return error.message()
    first = error.errors(include_url=False)[0]
    return f"{dotted(tuple(first['loc']))} = {shown(first['input'])} {first['msg']}"


def replace_bounds(dimension: Dimension) -> Dimension:
    """The same dimension for an amount that is added: of any sign and size."""
    allowed = f"an amount to add, in the units of {dimension.allowed}"
    return replace(dimension, lower=-math.inf, upper=math.inf, whole=False, allowed=allowed)


def after_text(leaf: Leaf, kind: str, amount: Quantity) -> str:
    """Value of a key after one change alone, as text."""
    base = leaf.quantity
    if kind == "set":
        return amount.text()
    value = base.mode * amount.mode if kind == "times" else base.mode + amount.mode
    return base.text(leaf.dimension.clip(value))


def currency_of(text: str) -> bool:
    """Whether a text is a currency code."""
    return bool(CURRENCY.fullmatch(text))


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
    if merger.writes:
        known = {"sources": {key: source.model_dump() for key, source in merged.sources.items()}}
        document.data.update(known)
        merged.base, merged.document = base_with(document, merger.writes)
        merged.leaves = leaves_of(merged.base)
    return merged


def set_records(before: Base, after: Base, writes: Sequence[tuple[Path_, Any, str]]) -> Iterator[Applied]:
    """Old and new values of ``--set``."""
    old, new = leaves_of(before), leaves_of(after)
    for path, raw, _ in writes:
        name = dotted(path)
        was = old[name].quantity.text() if name in old else shown(value_of(before, path))
        now = new[name].quantity.text() if name in new else shown(raw)
        yield Applied(name, was, now, "always", "--set", "")


def value_of(base: Base, path: Path_) -> object:
    """Value of a key that is not a quantity."""
    found, _ = select(base, dotted(path))
    value = found[0][1] if found else None
    return value.isoformat() if isinstance(value, date) else value
