"""From what is typed (``baseline+automation``, a path) to a resolved scenario."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

from scenarios.dimensions import LONGEST_RUN
from scenarios.errors import BadInput
from scenarios.merge import merge
from scenarios.merged import Layer
from scenarios.read import Document, Path_, check_there, read_file
from scenarios.scenario import Scenario
from scenarios.schema.files import ChangeFile, Override, ScenarioFile
from scenarios.shipped import Kind, document_of, find, kind_of
from scenarios.validate import validate
from sim.spec.calendars import HOUR

WITH_ARTICLE: dict[Kind, str] = {
    "base": "a base (a whole organisation)",
    "override": "an override",
    "scenario": "a scenario",
}


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
    return Path(name).stem if "/" in name or name.endswith((".yaml", ".yml")) else name


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
        raise BadInput(
            f"{name} is an override, not a whole organisation; write BASE+{name}, such as baseline+{name}"
        )
    file = validate(ScenarioFile, document)
    here = find(name, folder).parent
    inner = named_in(document, ("base",), file.base, here, "base")
    layers = []
    for number, item in enumerate(file.overrides):
        found = named_in(document, ("overrides", number), item, here, "override")
        layers.append(Layer(stem(item), validate(Override, found), found))
    own: ChangeFile = file
    return inner, [*layers, Layer(stem(name), own, document)]


def named_in(document: Document, key: Path_, name: str, folder: Path, wanted: Kind) -> Document:
    """What a key of a document names: a shipped scenario, or a file next to it.

    Raises
    ------
    BadInput
        If it is not there or something else, with the place of the key; if it holds mistakes, with theirs.
    """
    try:
        path = find(name, folder)
        check_there(path)
    except BadInput as mistake:
        text = mistake.problems[0].text
        raise BadInput(document.problem(key, name, text)) from None
    found = read_file(path)
    what = kind_of(found)
    if what != wanted:
        raise BadInput(
            document.problem(key, name, f"must be {WITH_ARTICLE[wanted]}; it is {WITH_ARTICLE[what]}")
        )
    return found


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
    document, layers = opened(name)
    return resolved(short_name(name), document, layers, sets, until_hours)


def short_name(name: str) -> str:
    """``BASE+a+b`` with files by their stems."""
    return "+".join(stem(part) for part in split_name(name))


def opened(name: str) -> tuple[Document, list[Layer]]:
    """The base of ``BASE+override+override``, and its layers in their order."""
    parts = split_name(name)
    if "" in parts:
        raise BadInput(f"{name!r}: must be a scenario, or BASE+override+override")
    document, layers = open_base(parts[0])
    layers += [layer_of(part, None) for part in parts[1:]]
    names = [layer.name for layer in layers]
    for repeated in {item for item in names if names.count(item) > 1}:
        raise BadInput(f"{name}: {repeated} is named twice")
    return document, layers


def resolved(
    name: str, document: Document, layers: Sequence[Layer], sets: Sequence[str], until_hours: float | None
) -> Scenario:
    """A base with layers, resolved to a scenario that is called ``name``."""
    merged = merge(document, layers, sets)
    horizon = round(merged.base.length)
    if until_hours is not None:
        if not math.isfinite(until_hours) or until_hours < 1 or until_hours * HOUR > LONGEST_RUN:
            raise BadInput(f"--until {until_hours:g}: must be hours, from 1 to {LONGEST_RUN // HOUR:.0f}")
        if abs(until_hours - round(until_hours)) > 1e-9:
            raise BadInput(f"--until {until_hours:g}: must be whole hours")
        horizon = round(until_hours) * HOUR
    return Scenario(name, merged, layers, horizon)


def load_against(
    base: str, other: str, sets: Sequence[str] = (), until_hours: float | None = None
) -> Scenario:
    """Load OTHER of ``compare BASE OTHER``: an override is applied to BASE, a scenario stays itself."""
    if kind(other) == "override":
        return load(f"{base}+{other}", sets, until_hours)
    return load(other, sets, until_hours)
