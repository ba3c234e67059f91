"""From runs to what the report prints: what scenarios say about themselves, in plain records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from results.report.inputs import AssumptionRow, ChangeRow, ReportInput, ScenarioInfo, SourceRow
from results.wording import plain
from scenarios.describe import changes_in_words, differences
from scenarios.special_days import special_days
from watermelon.naming import titles

if TYPE_CHECKING:
    from results.attribution import Attribution
    from results.documents import Provenance
    from scenarios import Assumption, Scenario
    from watermelon.runs import Runs


def report_input(
    runs: Runs, provenance: Provenance, attributions: Mapping[str, Attribution] | None = None
) -> ReportInput:
    """Everything that the report of a comparison shows."""
    base = next(iter(runs.scenarios.values()))
    names = scenario_titles(runs.scenarios)
    return ReportInput(
        comparison=runs.comparison,
        scenarios=tuple(
            scenario_info(label, names[label], scenario, base) for label, scenario in runs.scenarios.items()
        ),
        provenance=provenance,
        assumptions=assumption_rows(runs),
        sources=source_rows(runs),
        warnings=warnings(runs),
        titles=titles(base),
        target_titles={target.name: target.outcome for target in base.targets()},
        attributions=dict(attributions or {}),
        special=special_days(base),
    )


def warnings(runs: Runs) -> tuple[str, ...]:
    """What a reader must know first: that it was cut short, and what scenarios warn of, each once."""
    found = [text for item in runs.scenarios.values() for text in item.warnings]
    if runs.interrupted:
        told = cut_short(runs)
        found.insert(0, f"{told[0].upper()}{told[1:]}.")
    return tuple(dict.fromkeys(found))


def cut_short(runs: Runs) -> str:
    """That a run was interrupted, and what its results are then."""
    return (
        f"interrupted after {len(runs.replications)} of {runs.plan.replications} replications: "
        "the results are those of the finished ones"
    )


def scenario_titles(scenarios: Mapping[str, Scenario]) -> dict[str, str]:
    """Short titles, all different: a scenario on the base of the first is called by what it adds to it."""
    base = next(iter(scenarios.values()))
    titles: dict[str, str] = {}
    for label, scenario in scenarios.items():
        title = scenario.title.removeprefix(f"{base.title} + ")
        titles[label] = title if title not in titles.values() else f"{title} ({label})"
    return titles


def scenario_info(label: str, title: str, scenario: Scenario, base: Scenario) -> ScenarioInfo:
    """What a scenario says about itself, and how it differs from the base of the comparison."""
    found = changes_in_words(base) if scenario is base else differences(scenario, base)
    return ScenarioInfo(
        name=label,
        title=title,
        story=scenario.text,
        digest=scenario.digest,
        changes=tuple(
            ChangeRow(item.text, item.paths, item.override, item.why, item.is_cost) for item in found
        ),
        shapes_warmup=tuple(scenario.since_always),
        warnings=tuple(scenario.warnings),
    )


def assumption_rows(runs: Runs) -> tuple[AssumptionRow, ...]:
    """Assumptions of the base, then those that only other scenarios make."""
    found: dict[str, Assumption] = {}
    for scenario in runs.scenarios.values():
        for item in scenario.assumptions:
            found.setdefault(item.path, item)
    return tuple(
        AssumptionRow(
            path=item.path,
            title=item.title,
            value=plain(item.value),
            low=plain(item.low),
            high=plain(item.high),
            unit=item.unit,
            source=item.source,
            grade=item.grade,
        )
        for item in found.values()
        if not item.decided
    )


def source_rows(runs: Runs) -> tuple[SourceRow, ...]:
    """Sources that any of the scenarios names."""
    texts: dict[str, str] = {}
    for scenario in runs.scenarios.values():
        texts |= scenario.sources
    return tuple(SourceRow(key=key, text=text) for key, text in texts.items())
