"""What a report is made of, in plain records: the comparison, and what scenarios say about themselves."""

from __future__ import annotations

from dataclasses import dataclass, field

from results.attribution import Attribution
from results.compare import Comparison
from results.documents import Provenance
from results.naming import NO_TITLES, Titles
from results.plots.special import NONE, SpecialDays


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change in a sentence, with old and new values and when it acts; or a cost.

    ``keys`` are the dotted names of what it changes, ``override`` names what brought it, ``why`` is its
    author's one line.
    """

    text: str
    keys: tuple[str, ...] = ()
    override: str = ""
    why: str = ""
    is_cost: bool = False


@dataclass(frozen=True, slots=True)
class AssumptionRow:
    """One assumption: ``value`` is its mode; all as text with units. ``source`` is a key of the sources."""

    path: str
    title: str
    value: str
    low: str
    high: str
    unit: str
    source: str
    grade: str


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source that assumptions name."""

    key: str
    text: str
    year: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class ScenarioInfo:
    """What a scenario says about itself; ``name`` is the one under which the comparison shows it.

    ``changes`` are those against the base of the comparison (of the base itself, those of its own).
    ``shapes_warmup`` names overrides that always acted, ``warnings`` are sentences to print.
    """

    name: str
    title: str
    story: str = ""
    digest: str = ""
    changes: tuple[ChangeRow, ...] = ()
    shapes_warmup: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportInput:
    """Everything that a report shows.

    ``scenarios`` are in the order of the comparison, the base first. ``titles`` gives titles by dotted name
    (``teams.desk``), ``target_titles`` of targets by name. ``attributions`` split the differences of
    scenarios by name, where that was asked for. ``special`` are days of the base that explain a month.
    """

    comparison: Comparison
    scenarios: tuple[ScenarioInfo, ...]
    provenance: Provenance
    title: str = ""
    assumptions: tuple[AssumptionRow, ...] = ()
    sources: tuple[SourceRow, ...] = ()
    warnings: tuple[str, ...] = ()
    titles: Titles = field(default_factory=lambda: dict(NO_TITLES))
    target_titles: Titles = field(default_factory=lambda: dict(NO_TITLES))
    attributions: dict[str, Attribution] = field(default_factory=dict)
    special: SpecialDays = NONE
