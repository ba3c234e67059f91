"""The page for the board: one page, plain words, the same as HTML."""

import re
from pathlib import Path

import pytest

from results.finance.advice import ANSWERS, advice
from results.finance.page import best
from results.finance.tracking import UNNAMED, promises
from results.plots.finance import exceedance
from results.report.board import board, render_html, write_pdf
from tests.results.finance.case import DRAWS, case

JARGON = (
    "NPV",
    "IRR",
    "CVaR",
    "EVPPI",
    "MTTR",
    "SLA",
    "stochastic",
    "regression",
    "percentile",
    "replication",
)


def test_the_page_says_what_how_sure_and_why() -> None:
    _, page = case()
    text = re.sub(r"<svg.*?</svg>|<style.*?</style>", "", render_html(page), flags=re.DOTALL)
    shown = board(page)
    for sentence in (shown["decision"], *shown["how_sure"]):
        assert sentence.split("'")[0] in text.replace("&#39;", "'")
    assert "How sure is that?" in text
    assert "What does it rest on?" in text
    assert "Doing nothing has its price too" in text
    assert not [word for word in JARGON if word in text]


def test_the_page_is_about_what_is_worth_most() -> None:
    found, page = case()
    worth = {name: item.npv.mean for name, item in found.verdicts.appraisals.items()}
    assert best(page).name == max(worth, key=lambda name: worth[name])


def test_the_page_fits_on_one_page(tmp_path: Path) -> None:
    pytest.importorskip("typst", reason="needs the extra report")
    path = tmp_path / "board.pdf"
    write_pdf(path, case()[1])
    made = path.read_bytes()
    assert made.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", made)) == 1


def test_the_page_is_the_same_twice() -> None:
    _, page = case()
    assert render_html(page) == render_html(page)


def test_an_answer_is_as_sure_as_its_interval() -> None:
    found, _ = case()
    for item in found.verdicts.appraisals.values():
        told = advice(found.verdicts, item, found.assumed)
        assert told.answer in ANSWERS
        assert f"of {DRAWS} simulated futures" in told.how_sure[1]
        if item.p_loss.share == 1.0:
            assert told.answer in ("does not pay", "probably does not pay")


def test_promises_have_dates_owners_and_what_shows_them() -> None:
    found, page = case()
    made = list(promises(found.verdicts.appraisals["automation"], page.targets, page.start, "USD"))
    assert {item.line for item in made} >= {"employees", "initial", "running"}
    owners = {target.owner for target in page.targets} | {UNNAMED}
    for item in made:
        assert item.owner in owners
        assert item.due >= page.start
        assert item.low <= item.high
        planned = item.without - item.with_it if item.falls else item.with_it - item.without
        assert item.planned == pytest.approx(planned, abs=1e-6)
    total = sum(item.worth for item in made if item.line == "employees")
    lines = found.verdicts.appraisals["automation"].found.lines["employees"]
    assert total == pytest.approx(lines.sum() / DRAWS / 100)


def test_curves_fall_from_certain_to_impossible() -> None:
    found, _ = case()
    ax = exceedance(found.verdicts, {})
    shares = ax.lines[0].get_ydata()
    assert shares[0] == 1.0
    assert list(shares) == sorted(shares, reverse=True)
