"""A scenario: a whole organisation with everything that changes it, ready to be compiled."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from results.prices import Prices, Target
from scenarios.check import endless
from scenarios.compile.model import ModelCompiler
from scenarios.compile.numbers import Numbers, assumptions
from scenarios.compile.prices import TargetCompiler, prices
from scenarios.compile.times import Axis
from scenarios.dimensions import LONGEST_RUN
from scenarios.errors import BadInput
from scenarios.merge import Layer, Merged, merge
from scenarios.quantities import Quantity
from scenarios.read import Document
from scenarios.schema.files import ChangeFile, Override, ScenarioFile
from scenarios.shipped import Kind, document_of, find, kind_of
from scenarios.validate import validate
from scenarios.wording import change_text, path_title
from sim.spec.calendars import HOUR
from sim.spec.model import Model


@dataclass(frozen=True, slots=True)
class Assumption:
    """A number somebody had to assume, in the unit as written; ``source`` is a key of ``Scenario.sources``.

    ``decided`` marks what the organisation decides (seats, service levels): it needs no interval.
    """

    path: str
    value: float
    low: float
    high: float
    unit: str
    source: str
    grade: str
    title: str
    decided: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One key that an override, a scenario file or ``--set`` changes; values as text with units."""

    path: str
    old: str
    new: str
    when: str
    override: str
    text: str
    why: str = ""


class Scenario:
    """A resolved scenario.

    Parameters
    ----------
    name
        As it is called in reports: ``baseline+automation``.
    merged
        The base and all that changes it.
    layers
        Overrides in force.
    horizon
        Measured seconds.
    """

    def __init__(self, name: str, merged: Merged, layers: Sequence[Layer], horizon: int) -> None:
        self.name = name
        self.merged = merged
        self.layers = tuple(layers)
        self.horizon = horizon
        self.axis = Axis(merged.base, horizon)
        self.warnings: list[str] = list(merged.warnings)
        self.check_routes()
        TargetCompiler(merged, self.axis).targets()
        for name_, target in zip(merged.base.targets, self.targets(), strict=True):
            if target.end > horizon:
                self.warnings.append(f"target {name_} needs {target.end / 604_800:g} weeks; this run is shorter")

    def __repr__(self) -> str:
        return f"<Scenario {self.name}: {self.title}, {self.horizon / 604_800:g} weeks>"

    @property
    def title(self) -> str:
        """Title of the base and of all that changes it."""
        return " + ".join([self.merged.base.title, *(layer.file.title for layer in self.layers)])

    @property
    def text(self) -> str:
        """Story of the base and of all that changes it, a paragraph each."""
        stories = [self.merged.base.story, *(layer.file.story for layer in self.layers)]
        return "\n\n".join(story for story in stories if story)

    @property
    def sources(self) -> dict[str, str]:
        """Sources by key: author, title, year, address."""
        return {
            key: " ".join(
                part
                for part in (
                    source.text,
                    f"({source.year})" if source.year and str(source.year) not in source.text else "",
                    source.url,
                )
                if part
            )
            for key, source in self.merged.sources.items()
        }

    @property
    def since_always(self) -> list[str]:
        """Names of the overrides that shape the warm-up too."""
        return [layer.name for layer in self.layers if layer.file.since == "always"]

    @property
    def assumed(self) -> list[str]:
        """What a learnt base could not get from its log."""
        return list(self.merged.base.assumed)

    @property
    def learnt(self) -> dict[str, object]:
        """How a learnt base was learnt; empty for others."""
        return dict(self.merged.base.learnt)

    @cached_property
    def assumptions(self) -> list[Assumption]:
        """Every number that was written down, base first."""
        return [self.assumption(item.name, item.quantity) for item in assumptions(self.merged)]

    def assumption(self, name: str, quantity: Quantity) -> Assumption:
        """One number in its own unit."""
        factor = quantity.factor
        leaf = self.merged.leaves.get(name)
        return Assumption(
            name,
            clean(quantity.mode / factor),
            clean(quantity.low / factor),
            clean(quantity.high / factor),
            quantity.unit,
            quantity.source,
            quantity.grade,
            path_title(self.merged.base, name),
            leaf.decided if leaf is not None else False,
            quantity.note,
        )

    @cached_property
    def changes(self) -> list[Change]:
        """Every applied change, old to new."""
        return [
            Change(
                item.path,
                item.before,
                item.after,
                item.when,
                item.origin,
                change_text(self.merged, item),
                item.why,
            )
            for item in self.merged.applied
        ]

    def numbers(self, draw: int | None, seed: int) -> Numbers:
        """Values of all keys."""
        return Numbers(self.merged, self.horizon, seed, draw)

    def model(self, draw: int | None = None, seed: int = 1) -> Model:
        """The model to play; ``draw`` None holds every assumption at its mode."""
        if draw is None:
            return self.plain_model
        return ModelCompiler(self.merged.base, self.axis, self.numbers(draw, seed)).model(self.name)

    @cached_property
    def plain_model(self) -> Model:
        """The model with every assumption at its mode."""
        return ModelCompiler(self.merged.base, self.axis, self.numbers(None, 1)).model(self.name)

    def prices(self, draw: int | None = None, seed: int = 1) -> Prices:
        """What its hours are worth."""
        return prices(self.merged, self.axis, self.numbers(draw, seed))

    def targets(self, draw: int | None = None, seed: int = 1) -> tuple[Target, ...]:
        """Business targets: decisions, the same in every draw."""
        del draw, seed
        return TargetCompiler(self.merged, self.axis).targets()

    @cached_property
    def digest(self) -> str:
        """Hex hash of model, prices, targets and intervals: equal for scenarios that mean the same."""
        found = hashlib.blake2b(digest_size=16)
        for part in (self.model(), self.prices(), self.targets()):
            feed(found, part, skip="name" if isinstance(part, Model) else "")
        for item in assumptions(self.merged):
            found.update(repr((item.name, item.quantity.low, item.quantity.mode, item.quantity.high)).encode())
        return found.hexdigest()

    def check_routes(self) -> None:
        """Refuse levers that leave a ticket no way to an end."""
        numbers = self.numbers(None, 1)
        for name, category in self.merged.base.categories.items():
            path = f"categories.{name}.stages"

            def lowest(team: str, _: Quantity, path: str = path) -> float:
                first, steps = numbers.path(f"{path}.{team}.resolves")
                return min([first, *(value for _, value in steps)])

            for team in endless(category, lowest):
                raise BadInput(
                    f"{self.name}: {path}.{team}.resolves falls to 0 % and no team after it resolves any ticket"
                )


def clean(value: float) -> float:
    """A number without the dust of unit conversion."""
    return float(f"{value:.12g}")


def feed(found: hashlib.blake2b, value: object, skip: str = "") -> None:
    """Add a value to a hash, whatever it is made of."""
    if isinstance(value, np.ndarray):
        found.update(f"{value.dtype}{value.shape}".encode())
        found.update(np.ascontiguousarray(value).tobytes())
    elif is_dataclass(value):
        for field in fields(value):
            if field.name != skip:
                found.update(field.name.encode())
                feed(found, getattr(value, field.name))
    elif isinstance(value, tuple | list):
        found.update(f"[{len(value)}".encode())
        for item in value:
            feed(found, item)
    else:
        found.update(repr(value).encode() + b";")


def split_name(name: str) -> list[str]:
    """``BASE+a+b`` in parts; a + within the path of an existing file is left alone."""
    if name.strip().endswith((".yaml", ".yml")) and Path(name).is_file():
        return [name]
    return [part.strip() for part in name.split("+")]


def layer_of(name: str, folder: Path | None) -> Layer:
    """An override by name."""
    document = document_of(name, folder)
    kind = kind_of(document)
    if kind != "override":
        raise BadInput(f"{name} is a {kind}; after the + (and in `overrides`) stands an override")
    return Layer(stem(name), validate(Override, document), document)


def stem(name: str) -> str:
    """Short name of a scenario: a file's name without folder and ending."""
    return find_stem(name) if "/" in name or name.endswith((".yaml", ".yml")) else name


def find_stem(name: str) -> str:
    """Name of a file without folder and ending."""
    return Path(name).stem


def kind(name: str) -> Kind:
    """What a name on the command line is; ``a+b`` is what ``a`` is.

    Raises
    ------
    BadInput
        If there is no such scenario.
    """
    return kind_of(document_of(split_name(name)[0]))


def open_base(name: str, folder: Path | None = None) -> tuple[Document, list[Layer]]:
    """The base of a name, with the layers of a scenario file."""
    document = document_of(name, folder)
    what = kind_of(document)
    if what == "base":
        return document, []
    if what == "override":
        raise BadInput(f"{name} is an override, not a whole organisation; write BASE+{name}, such as baseline+{name}")
    file = validate(ScenarioFile, document)
    here = find(name, folder).parent
    inner = document_of(file.base, here)
    if kind_of(inner) != "base":
        text = "must be a base: a whole organisation"
        raise BadInput(document.problem(("base",), file.base, text))
    layers = [layer_of(item, here) for item in file.overrides]
    own: ChangeFile = file
    return inner, [*layers, Layer(stem(name), own, document)]


def load(name: str, sets: Sequence[str] = (), until_hours: float | None = None) -> Scenario:
    """Load a scenario.

    Parameters
    ----------
    name
        A shipped name, a path to a YAML file, or ``BASE+override+override`` of either.
    sets
        ``PATH=VALUE`` each: changes of the base itself, warm-up included.
    until_hours
        Measured hours, instead of what the base says.

    Raises
    ------
    BadInput
        With one sentence for every mistake found.
    """
    parts = split_name(name)
    if "" in parts:
        raise BadInput(f"{name!r}: must be a scenario, or BASE+override+override")
    document, layers = open_base(parts[0])
    layers += [layer_of(part, None) for part in parts[1:]]
    names = [layer.name for layer in layers]
    for repeated in {item for item in names if names.count(item) > 1}:
        raise BadInput(f"{name}: {repeated} is named twice")
    merged = merge(document, layers, sets)
    horizon = round(merged.base.length)
    if until_hours is not None:
        if not math.isfinite(until_hours) or until_hours < 1 or until_hours * HOUR > LONGEST_RUN:
            raise BadInput(f"--until {until_hours:g}: must be hours, from 1 to {LONGEST_RUN // HOUR:.0f}")
        if abs(until_hours - round(until_hours)) > 1e-9:
            raise BadInput(f"--until {until_hours:g}: must be whole hours")
        horizon = round(until_hours) * HOUR
    short = "+".join(stem(part) for part in parts)
    return Scenario(short, merged, layers, horizon)


def load_against(base: str, other: str, sets: Sequence[str] = (), until_hours: float | None = None) -> Scenario:
    """Load what ``compare BASE OTHER`` means by OTHER: an override is applied to BASE, a scenario stays itself."""
    if kind(other) == "override":
        return load(f"{base}+{other}", sets, until_hours)
    return load(other, sets, until_hours)


__all__ = ["Assumption", "Change", "Scenario", "kind", "load", "load_against"]
