"""The report: one file, no script, nothing from outside, no NaN; readable without seeing."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from results.compare import compare_runs
from results.documents import Provenance
from results.plots.gallery import gallery, write_figures
from results.report import (
    AssumptionRow,
    ChangeRow,
    ReportInput,
    ScenarioInfo,
    SourceRow,
    render,
    write_report,
)
from results.report.rows import OUTSIDE, outside_rows
from tests.results.diary import Diary
from tests.results.organisation import runs

VOID = {"meta", "link", "br", "img", "hr", "path", "use"}


@pytest.fixture(scope="module")
def report() -> ReportInput:
    changes = (
        ChangeRow(
            "Misrouting is 60 % instead of 0 %", ("categories.all.misrouting",), "silos", "nobody knows"
        ),
        ChangeRow("Walls: 10 EUR once, at the start", override="silos", is_cost=True),
    )
    return ReportInput(
        comparison=compare_runs(runs("base", "silos", replications=3), ["customers"]),
        scenarios=(
            ScenarioInfo("base", "Today", digest="abc"),
            ScenarioInfo(
                "silos",
                "Silos & <walls>",
                "A story.",
                "def",
                changes,
                ("silos",),
                ("one seat is never used",),
            ),
        ),
        provenance=Provenance("0.1", "simpy", 1, 3, 672, 336, False, "abc", "watermelon compare base silos"),
        assumptions=(AssumptionRow("teams.desk.cost", "Cost", "50", "40", "60", "EUR/h", "own", "D"),),
        sources=(SourceRow("own", "Assumption of the authors"),),
        titles={"teams.desk": "Service desk"},
    )


@pytest.fixture(scope="module")
def html(report: ReportInput) -> str:
    return render(report)


class Outline(HTMLParser):
    """Headings, tables without caption, tags left open, ids and links."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.captions = self.tables = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = dict(attributes)
        self.tags.add(tag)
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self.tables += tag == "table"
        self.captions += tag == "caption"
        self.ids += [found["id"] or ""] if "id" in found else []
        self.links += [found["href"] or ""] if "href" in found else []

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag


def outline(html: str) -> Outline:
    parser = Outline()
    parser.feed(html)
    return parser


def test_it_needs_nothing_else(html: str) -> None:
    found = outline(html)
    assert "script" not in found.tags
    assert not {"link", "img", "iframe", "object"} & found.tags
    assert all(link.startswith("#") for link in found.links)
    assert "url(http" not in html
    assert "@import" not in html
    assert not re.search(r"\son[a-z]+=", html)


def test_no_value_is_never_nan(html: str) -> None:
    text = re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL)
    assert not re.search(r"\b(nan|NaN|inf|None|undefined)\b", text)


def test_its_outline_is_sound(html: str) -> None:
    found = outline(html)
    assert not found.open
    assert found.headings[0] == 1
    assert found.headings.count(1) == 1
    steps = zip(found.headings, found.headings[1:], strict=False)
    assert all(following <= before + 1 for before, following in steps)
    assert found.tables == found.captions
    assert len(found.ids) == len(set(found.ids))
    assert {link[1:] for link in found.links} <= set(found.ids)


def test_every_picture_has_words(html: str) -> None:
    texts = re.findall(r'role="img" aria-label="([^"]*)"', html)
    assert len(texts) == html.count("<svg")
    assert all(len(text) > 30 for text in texts)


def test_metrics_of_the_dashboard_name_the_objectives_that_ask_for_them(report: ReportInput) -> None:
    objective = next(iter(report.comparison.base.targets.values())).target.objective
    asked = {item.target.metric for item in report.comparison.base.targets.values()}
    for name, row in zip(OUTSIDE, outside_rows(report.comparison), strict=True):
        assert row.note == (f"for {objective}" if name in asked else "no objective asks for it")


def test_it_says_what_matters(html: str) -> None:
    for words in (
        "Silos &amp; &lt;walls&gt;",
        "Before you read on",
        "shapes the warm-up",
        "one seat is never used",
        "These rest on assumptions",
        "Service desk",
        "watermelon compare base silos",
        "Assumption of the authors",
        "nobody knows",
        "green outside",
        "95% interval",
    ):
        assert words in html, words


def test_the_same_input_gives_the_same_bytes(report: ReportInput, html: str) -> None:
    assert render(report) == html


def test_it_is_written_aside_and_renamed(report: ReportInput, tmp_path: Path) -> None:
    path = write_report(tmp_path / "report.html", report)
    assert path.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert [item.name for item in tmp_path.iterdir()] == ["report.html"]
    with pytest.raises(OSError, match="No such file"):
        write_report(tmp_path / "missing" / "report.html", report)


def test_scenarios_must_be_those_compared(report: ReportInput) -> None:
    with pytest.raises(ValueError, match="describes"):
        render(replace(report, scenarios=report.scenarios[:1]))


@pytest.mark.parametrize("replications", [1, 2])
def test_few_replications_make_a_report_too(report: ReportInput, replications: int) -> None:
    few = replace(report, comparison=compare_runs(runs("base", "silos", replications=replications)))
    text = render(few)
    assert ("With one replication" in text) == (replications == 1)


def test_a_scenario_alone_and_an_empty_run_make_a_report(report: ReportInput) -> None:
    alone = replace(
        report, comparison=compare_runs({"base": runs("base")["base"]}), scenarios=report.scenarios[:1]
    )
    assert "nothing to compare" in render(alone)
    empty = [Diary().summary()] * 2
    assert "differs from Today in nothing" in render(
        replace(report, comparison=compare_runs({"base": empty, "silos": empty}))
    )


def test_broken_hours_are_told_loudly(report: ReportInput) -> None:
    first, *rest = runs("base", replications=3)["base"]
    broken = replace(first, checks={"seconds_paid_twice": 5})
    played = {"base": [broken, *rest], "silos": runs("silos", replications=3)["silos"]}
    assert "do not trust these results" in render(replace(report, comparison=compare_runs(played)))


def test_figures_are_files_too(report: ReportInput, tmp_path: Path) -> None:
    pictures = gallery(report.comparison)
    paths = write_figures(pictures, tmp_path)
    assert {path.name for path in paths} >= {"targets.svg", "differences-1.svg", "dashboard.svg", "hours.svg"}
    for path in paths:
        ET.parse(path)
