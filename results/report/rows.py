"""The tables of the report, cell by cell as text."""

from __future__ import annotations

from dataclasses import dataclass, replace

from results.asks import asked
from results.catalogue import FAMILIES, OUTCOMES
from results.compare import Comparison, ScenarioResult
from results.naming import title_of
from results.plots.style import SIGNS
from results.report.inputs import ReportInput
from results.statistics.paired import Difference, Verdict
from results.told import told, told_percent
from results.wording import NOTHING, SPACE, outcome, part

OUTSIDE = (
    "sla_attainment_share",
    "tickets_closed_share",
    "first_contact_share",
    "first_response_hours_mean",
    "restore_hours_mean",
    "reopen_share",
    "work_hours_per_incident",
)
"""What a dashboard of IT usually shows."""
INSIDE = (
    "targets_met_share",
    "availability_weighted_share",
    "customers_lost",
    "employee_hours_lost",
    "business_loss_total",
)
"""What the business feels."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Text with a class for its look: better, worse, changed, even or plain."""

    text: str
    look: str = "plain"
    note: str = ""


LOOKS = {"better": "better", "worse": "worse", "changed": "changed"}
"""Looks of verdicts; all others look even."""


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target with the chain behind it, and its probability in every scenario."""

    title: str
    objective: str
    outcome: str
    process: str
    asks: str
    owner: str
    deadline: str
    depends_on: str
    assumes: str
    marks: str
    cells: tuple[Cell, ...]


def target_rows(report: ReportInput) -> list[TargetRow]:
    """One row a target of the base."""
    comparison = report.comparison
    return [
        TargetRow(
            title=title_of(report.target_titles, "", name),
            objective=item.target.objective,
            outcome=item.target.outcome,
            process=item.target.process,
            asks=asked(comparison, item.target, report.titles),
            owner=item.target.owner,
            deadline=item.target.deadline,
            depends_on="; ".join(item.target.depends_on),
            assumes="; ".join(item.target.assumes),
            marks="; ".join(item.target.marks),
            cells=tuple(_probability(result, name) for result in comparison.scenarios.values()),
        )
        for name, item in comparison.base.targets.items()
    ]


def _probability(result: ScenarioResult, name: str) -> Cell:
    item = result.targets.get(name)
    if item is None or item.met is None:
        return Cell(NOTHING, note="no value in this period")
    met = item.met
    if met.low is None or met.high is None:
        return Cell(part(met.share))
    note = f"{part(met.low)} to {part(met.high)}"
    if met.n < result.replications:
        note += f", {met.n} of {result.replications} replications"
    return Cell(part(met.share), note=note)


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """An outcome in base and other, and how they differ."""

    title: str
    base: str
    other: str
    change: Cell
    interval: str
    relative: str
    futures: str
    note: str


def outcome_rows(comparison: Comparison, other: ScenarioResult, names: tuple[str, ...]) -> list[OutcomeRow]:
    """Rows of a difference table; outcomes undefined in both scenarios are left out."""
    rows = []
    for name in names:
        found = comparison.differences[other.name][name]
        if found is None:
            continue
        first, second = comparison.base.outcomes[name], other.outcomes[name]
        words = told(found, OUTCOMES[name].unit, comparison.currency)
        rows.append(
            OutcomeRow(
                title=comparison.title(name),
                base=outcome(first.mean if first else None, name, comparison.currency),
                other=outcome(second.mean if second else None, name, comparison.currency),
                change=_verdict_cell(words.mean, found.verdict),
                interval=words.interval,
                relative=told_percent(found),
                futures=_futures(found, comparison.replications),
                note=found.note,
            )
        )
    return rows


def _verdict_cell(text: str, verdict: Verdict) -> Cell:
    return Cell(f"{SIGNS[verdict]}{SPACE}{text}", LOOKS.get(verdict, "even"), verdict)


def _futures(found: Difference, replications: int) -> str:
    if found.p_better is None or found.note:
        return NOTHING
    count = found.p_better * found.n
    text = f"{count:g} of {found.n}"
    return text if found.n == replications else f"{text} with a value"


@dataclass(frozen=True, slots=True)
class SideRow:
    """A row of the table 'IT dashboard beside the business'."""

    title: str
    cells: tuple[Cell, ...]
    note: str = ""


def side_rows(comparison: Comparison, names: tuple[str, ...]) -> list[SideRow]:
    """One row an outcome, one cell a scenario, shaded by its difference from the base."""
    return [
        SideRow(
            comparison.title(name),
            tuple(_side_cell(comparison, result, name) for result in comparison.scenarios.values()),
        )
        for name in names
    ]


def _side_cell(comparison: Comparison, result: ScenarioResult, name: str) -> Cell:
    text, verdict = shown(comparison, result, name)
    if verdict is None:
        return Cell(text)
    return _verdict_cell(text, verdict)


def shown(comparison: Comparison, result: ScenarioResult, name: str) -> tuple[str, Verdict | None]:
    """A mean as text, and how it compares with the base (None for the base itself).

    Two means that read alike are 'the same': a shade that the numbers don't show would only puzzle.
    """
    found, base = result.outcomes[name], comparison.base.outcomes[name]
    text = outcome(found.mean if found else None, name, comparison.currency)
    differs = comparison.differences.get(result.name, {}).get(name)
    if differs is None:
        return text, None
    alike = base is not None and text == outcome(base.mean, name, comparison.currency)
    return text, "the same" if alike else differs.verdict


def outside_rows(comparison: Comparison) -> list[SideRow]:
    """What the IT dashboard shows, and which objectives ask for it: what none asks for is a vanity metric."""
    targets = [item.target for item in comparison.base.targets.values()]
    found = []
    for name, row in zip(OUTSIDE, side_rows(comparison, OUTSIDE), strict=True):
        objectives = dict.fromkeys(item.objective for item in targets if item.metric == name)
        note = f"for {', '.join(objectives)}" if objectives else "no objective asks for it"
        found.append(replace(row, note=note if targets else ""))
    return found


def inside_rows(comparison: Comparison) -> list[SideRow]:
    """What the business feels."""
    return side_rows(comparison, INSIDE)


@dataclass(frozen=True, slots=True)
class FamilyRows:
    """All outcomes of a family, with the values of every scenario."""

    heading: str
    rows: list[SideRow]


def all_rows(comparison: Comparison) -> list[FamilyRows]:
    """Every outcome of the catalogue, family by family."""
    return [
        FamilyRows(
            heading,
            side_rows(comparison, tuple(name for name, item in OUTCOMES.items() if item.family == family)),
        )
        for family, heading in FAMILIES.items()
    ]
