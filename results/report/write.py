"""The report: one HTML file that needs nothing else, has no script and prints well."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from results.aside import write_aside
from results.catalogue import OUTCOMES
from results.compare import ScenarioResult
from results.doubt import HEADINGS, DoubtRow, doubt_rows
from results.doubt import MEANING as SPLIT
from results.explain import explain
from results.explain.chain import Lever, Walk, walks
from results.headline import headline, period
from results.learnt import MEANING
from results.plots.differences import STORY
from results.plots.gallery import WEEKLY, Picture, gallery
from results.plots.svg import inline
from results.report import rows
from results.report.fit import LAGGING, LEADING, fits
from results.report.glossary import GLOSSARY, GRADES
from results.report.inputs import ReportInput, ScenarioInfo

TABLE = (
    "targets_met_share",
    *STORY,
    "revenue_lost",
    "customer_value_lost",
    "churn_rate_monthly",
    "sla_attainment_share",
    "first_contact_share",
    "incident_backlog_end",
    "firefighting_hours_share",
    "firefighting_cost",
    "firefighting_budget_share",
)
"""Outcomes of the difference tables; all others are in the appendix."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its title, and in words for those who can't see it."""

    title: str
    alt: str
    svg: str


@dataclass(frozen=True, slots=True)
class Section:
    """What the report says about one scenario other than the base; ``story`` without that of the base."""

    anchor: str
    info: ScenarioInfo
    story: str
    headline: list[str]
    reasons: list[str]
    rows: list[rows.OutcomeRow]
    doubts: list[DoubtRow]
    figure: Figure
    seen: Figure
    parts: Figure | None
    walks: list[Walk]


def write_report(path: Path, report: ReportInput) -> Path:
    """Write the report to ``path`` (aside, then renamed); returns ``path``.

    Raises
    ------
    ValueError
        If ``report.scenarios`` are not those of the comparison, in its order.
    OSError
        If the folder is missing or closed to us.
    """
    return write_aside(path, render(report))


def render(report: ReportInput) -> str:
    """The report as HTML text, the same bytes for the same input."""
    names = [info.name for info in report.scenarios]
    if names != list(report.comparison.scenarios):
        raise ValueError(f"the report describes {names}, the comparison {list(report.comparison.scenarios)}")
    environment = Environment(
        loader=PackageLoader("results.report", "template"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html").render(**_context(report))


def pictures_of(report: ReportInput) -> dict[str, Picture]:
    """Figures of a report by name."""
    names = {info.name: info.title for info in report.scenarios}
    return gallery(
        report.comparison, report.titles, names, report.target_titles, report.attributions, report.special
    )


def _context(report: ReportInput) -> dict[str, Any]:
    comparison = report.comparison
    figures = {name: figure(picture) for name, picture in pictures_of(report).items()}
    base, *others = report.scenarios
    sections = [
        Section(
            anchor=f"scenario-{number}",
            info=info,
            story=info.story.removeprefix(base.story).strip(),
            headline=headline(
                comparison, comparison.scenarios[info.name], info.title, report.scenarios[0].title
            ),
            reasons=explain(
                comparison.base,
                comparison.scenarios[info.name],
                report.titles,
                learnt=bool(comparison.assumed),
            ),
            rows=rows.outcome_rows(comparison, comparison.scenarios[info.name], TABLE),
            doubts=doubt_rows(comparison, comparison.scenarios[info.name]),
            figure=figures[f"differences-{number}"],
            seen=figures[f"seen-{number}"],
            parts=figures.get(f"attribution-{number}"),
            walks=walks(
                comparison,
                comparison.scenarios[info.name],
                [Lever(row.text, row.keys) for row in info.changes],
                report.attributions.get(info.name),
            ),
        )
        for number, info in enumerate(others, 1)
    ]
    return {
        "title": report.title or _title(report),
        "report": report,
        "base": base,
        "scenarios": report.scenarios,
        "period": period(comparison.base),
        "replications": comparison.replications,
        "sections": sections,
        "targets": rows.target_rows(report),
        "outside": rows.outside_rows(comparison),
        "inside": rows.inside_rows(comparison),
        "leading": rows.side_rows(comparison, LEADING),
        "lagging": rows.side_rows(comparison, LAGGING),
        "fits": fits(comparison, report.titles),
        "families": rows.all_rows(comparison),
        "figures": figures,
        "weekly": [figures[f"weekly-{series}"] for series in WEEKLY],
        "warnings": _warnings(report),
        "outcomes": OUTCOMES.values(),
        "currency": comparison.currency,
        "split": SPLIT,
        "split_headings": HEADINGS,
        "glossary": GLOSSARY,
        "grades": {grade: text for grade, text in GRADES.items() if _graded(report, grade)},
        "css": _style(),
    }


def figure(picture: Picture) -> Figure:
    """A picture drawn, to stand in the page."""
    return Figure(picture.title, picture.alt, inline(picture.svg(), picture.name))


def _title(report: ReportInput) -> str:
    base, *others = [info.title for info in report.scenarios]
    return f"{base} compared with {', '.join(others)}" if others else base


def _warnings(report: ReportInput) -> list[str]:
    found = list(report.warnings)
    for info in report.scenarios:
        found += [f"{info.title}: {text}" for text in info.warnings if text not in report.warnings]
        if info.shapes_warmup:
            found.append(
                f"{info.title}: {' and '.join(info.shapes_warmup)} always acted, which shapes the warm-up "
                "too: the measured period begins with the queues that it leads to."
            )
    if report.comparison.assumed:
        found.append(
            "The base was learnt from a log. These rest on assumptions, because no log holds them: "
            + ", ".join(report.comparison.assumed)
            + f". In figures and tables: {MEANING}; a 0 or 100% there is not a finding."
        )
    found += [_broken(result) for result in report.comparison.scenarios.values() if _broken(result)]
    if report.comparison.replications == 1:
        found.append("With one replication nothing can be said about chance: intervals are missing.")
    return list(dict.fromkeys(found))


def _broken(result: ScenarioResult) -> str:
    wrong = sorted({name for summary in result.summaries for name in summary.broken_checks})
    if not wrong:
        return ""
    return f"{result.name}: do not trust these results; tickets or hours do not add up ({', '.join(wrong)})."


def _graded(report: ReportInput, grade: str) -> bool:
    return any(row.grade == grade for row in report.assumptions)


def _style() -> str:
    return (Path(__file__).parent / "template" / "report.css").read_text(encoding="utf-8")
