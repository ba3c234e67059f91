"""What merging yields: a base, the operations on its keys, and a record of every applied change."""

from __future__ import annotations

from dataclasses import dataclass, field

from scenarios.errors import Problem, shown
from scenarios.levers import Op
from scenarios.quantities import Quantity
from scenarios.read import Document, Path_, dotted
from scenarios.schema.base import Base, Source
from scenarios.schema.files import Change, ChangeFile, Cost
from scenarios.tree import Leaf


@dataclass(frozen=True, slots=True)
class Layer:
    """An override, or a scenario file's own changes, with the document it came from."""

    name: str
    file: ChangeFile
    document: Document
    levers: frozenset[str] | None = None
    """Selectors of changes and names of costs in force; None: all of them."""

    def has(self, lever: str) -> bool:
        """Whether a change (by its selector) or a cost (by its name) is in force."""
        return self.levers is None or lever in self.levers


@dataclass(frozen=True, slots=True)
class Applied:
    """A change of one key, with its values as text: ``after`` is what this change alone makes of it.

    ``origin`` is the override that brought it (or ``--set``); ``change`` is the same for all keys that one
    change of a file touches; ``by`` is what it does, whatever the value was before (``plus 5 %``).
    """

    path: str
    before: str
    after: str
    when: str
    origin: str
    why: str
    change: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class LayerCost:
    """A cost of a layer; ``start`` in seconds; ``draw`` begins the names of its two assumptions."""

    origin: str
    cost: Cost
    start: int
    draw: str


@dataclass
class Merged:
    """A base with everything that changes it.

    ``plain`` is the base with ``--set`` alone: what is written down, before overrides change it.
    """

    base: Base
    document: Document
    leaves: dict[str, Leaf]
    plain: Base
    ops: dict[str, list[Op]] = field(default_factory=dict)
    applied: list[Applied] = field(default_factory=list)
    costs: list[LayerCost] = field(default_factory=list)
    slips: dict[str, Quantity] = field(default_factory=dict)
    """How late milestones are, by the names of the assumptions."""
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
        return Problem(
            self.layer.document.place((*path[:2], name)), dotted((*path[:2], name)), shown(value), text
        )

    @property
    def place(self) -> str:
        """File and line of the change."""
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
        change = self.change
        text = "from the start" if change.begin in (None, "start") else f"from {self.moment(change.begin)}"
        if change.ramp is not None:
            text += f", growing over {change.ramp}"
        if change.half_life is not None:
            text += f", fading by half every {change.half_life}"
        if change.until is not None:
            text += f", until {self.moment(change.until)}"
        return text

    def moment(self, raw: object) -> str:
        """A moment in words; a milestone with the time for which it is planned, and how late it may be."""
        milestone = self.layer.file.milestones.get(raw) if isinstance(raw, str) else None
        if milestone is None:
            return str(raw)
        slip = milestone.slip
        late = f", most likely {slip.text()} late" if slip.mode else ""
        if not late and slip.high:
            late = f", or up to {slip.text(slip.high)} late"
        return f"{milestone.title or str(raw).replace('_', ' ')} ({milestone.at}{late})"
