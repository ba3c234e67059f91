"""The page for the board: one page, plain words, the same as HTML."""

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg

from results.finance.advice import ANSWERS, advice, turning_use
from results.finance.drivers import Driver
from results.finance.page import best
from results.finance.statement import statement
from results.finance.swings import RATES, SWING
from results.finance.tracking import UNNAMED, promises
from results.finance.twoway import of_terms
from results.plots.finance import cash_flow_bars, exceedance, waterfall, worth_histogram
from results.plots.finance_detail import cash_and_hours, delay_curve, swing_bars
from results.plots.style import canvas, styled
from results.report.board import board, render_html, write_pdf
from results.statistics.intervals import Probability
from tests.results.finance.case import DRAWS, case
from tests.results.test_plots import assert_no_words_are_cut_off

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


@pytest.mark.parametrize("others", [1, 12])
def test_the_page_fits_on_one_page(others: int, tmp_path: Path) -> None:
    pytest.importorskip("typst", reason="needs the extra report")
    path = tmp_path / "board.pdf"
    page = case()[1]
    (name, first), (_, other) = page.verdicts.appraisals.items()
    longest = sorted(page.assumed, key=lambda key: -len(page.assumed[key].title))[:8]
    drivers = [Driver(key, 1.0, 2.0, 0.0, 3.0, -9e4, 9e4, 0.1, 1.0, 1.5, clear=True) for key in longest]
    shown = {name: replace(first, drivers=drivers if others > 1 else first.drivers)}
    shown |= {f"other {place}": other for place in range(others)}
    write_pdf(path, replace(page, verdicts=replace(page.verdicts, appraisals=shown)))
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


def test_a_condition_never_contradicts_its_answer() -> None:
    found, _ = case()
    item = found.verdicts.appraisals["automation"]
    turns = Driver("x", 0.0, 1.0, 0.0, 1.0, -5.0, 5.0, 0.5, 1.0, 0.4, clear=True)
    mostly = {share: Probability(128, share, share - 0.05, share + 0.05) for share in (0.1, 0.5, 0.8)}

    def sentence(mean: float, loss: float) -> str:
        worth = replace(item.npv, mean=mean)
        other = replace(item, npv=worth, p_loss=mostly[loss], drivers=[turns])
        return advice(found.verdicts, other, found.assumed).sentence

    assert "pays, unless 'x' stays below 0.4" in sentence(10.0, 0.1)
    assert "does not pay; it would, on average, with 'x' above 0.4" in sentence(-10.0, 0.8)
    assert "nobody can tell yet; on average it pays with 'x' above 0.4" in sentence(-10.0, 0.5)
    # The line crosses nothing, but no futures bear it out: both places say so.
    unborne = replace(turns, turns=None)
    # `siloed_it` costs nothing, so that no use of hours turns it.
    free = found.verdicts.appraisals["siloed_it"]
    told = advice(found.verdicts, replace(free, drivers=[unborne]), found.assumed)
    assert "no single assumption turns that in the futures that were played" in told.sentence
    assert "do not bear it out" in told.rests_on[0]
    # Few futures carry the mean: there is no condition on which the answer turns.
    assert "does not pay; a few futures that gain very much make its mean a gain" in sentence(10.0, 0.8)
    assert "pays; a few futures that lose very much make its mean a loss" in sentence(-10.0, 0.1)


def test_a_trial_that_loses_is_never_advised() -> None:
    found, _ = case()
    item = found.verdicts.appraisals["automation"]
    open_, many = Probability(128, 0.5, 0.42, 0.58), replace(found.verdicts, draws=128)

    def decision(mean: float, stop: float, trial: float, goes_on: float = 0.9) -> str:
        worths = {"all": mean, "stop": stop, "trial": trial}
        ways = [replace(way, mean=worths[way.name], goes_on=goes_on) for way in item.steps]
        worth = replace(item.npv, mean=mean)
        other = replace(item, npv=worth, p_loss=open_, drivers=[], steps=ways, p5=-70.0)
        return advice(many, other, found.assumed).decision

    assert (
        decision(10.0, 10.0, -5.0)
        == "A close call: go ahead only if a result of −70.0\N{NO-BREAK SPACE}USD can be borne."
    )
    assert decision(-10.0, -10.0, -5.0).startswith("Leave it")
    assert decision(10.0, 10.0, 20.0).startswith("Do not decide on all of it yet: do a fifth")
    assert decision(-10.0, 5.0, -5.0).startswith("Go ahead for a year, and stop")
    # Where no first year speaks against going on, to stop is no other way, whatever the last digit says.
    assert decision(10.0, 10.000001, -5.0, goes_on=1.0).startswith("A close call")


def test_a_condition_on_the_regained_time_is_where_the_worth_is_nothing() -> None:
    found, _ = case()
    item = found.verdicts.appraisals["automation"]
    # At four times its price it pays only if most of the time is used.
    dear = replace(item.found, lines=item.found.lines | {"initial": 4 * item.found.lines["initial"]})
    used = turning_use(replace(item, two_way=[of_terms(dear, item.terms, 0.1)]))
    assert used is not None
    terms = [replace(own, reuse_employee_hours=used) for own in item.terms]
    assert statement(dear, terms).npv.mean() == pytest.approx(0.0, abs=1e-6)


def test_few_futures_are_told_as_few() -> None:
    found, _ = case()
    told = advice(found.verdicts, found.verdicts.appraisals["automation"], found.assumed)
    assert told.how_sure[-1] == f"{DRAWS} futures give a first impression: play 128 to decide on it."


def test_a_fifth_more_of_everything_is_a_fifth_more() -> None:
    found, _ = case()
    item = found.verdicts.appraisals["automation"]
    lines = [swing for swing in item.swings if swing.name not in RATES]
    for end, part in (("at_low", -SWING), ("at_high", SWING)):
        moved = sum(getattr(swing, end) - item.npv.mean for swing in lines)
        assert moved == pytest.approx(part * item.npv.mean)


def test_what_nothing_is_paid_for_does_not_pay_or_fail_to_pay() -> None:
    found, _ = case()
    told = advice(found.verdicts, found.verdicts.appraisals["siloed_it"], found.assumed)
    assert "money" in told.sentence
    assert " pay" not in told.sentence
    assert told.steps == ""


def test_steps_are_not_praised_where_leaving_it_is_better() -> None:
    found, _ = case()
    item = found.verdicts.appraisals["automation"]

    def told(mean: float, low: float) -> str:
        ways = [replace(way, mean=mean - place, low=low) for place, way in enumerate(item.steps)]
        return advice(found.verdicts, replace(item, steps=ways), found.assumed).steps

    assert "does not make it worth doing" in told(-100.0, 5.0)
    assert told(100.0, 5.0).startswith("In steps it is worth more")
    assert told(100.0, -5.0).startswith("Going in steps is not clearly worth more")


@pytest.mark.parametrize(
    ("worths", "words"),
    [
        ((-60, -20, 20, 60, 100), "breaks even if 38% of the working time"),
        ((-60, -50, -40, -30, -20), "were used, it would come to −20.0"),
        ((5, 10, 15, 20, 25), "even if none of the working time"),
    ],
)
def test_the_page_says_how_much_of_the_regained_time_must_be_used(
    worths: tuple[float, ...], words: str
) -> None:
    found, _ = case()
    item = found.verdicts.appraisals["automation"]
    table = replace(item.two_way[0], npv=np.repeat(np.array([worths], dtype=float).T, 5, axis=1))
    told = advice(found.verdicts, replace(item, two_way=[table]), found.assumed)
    assert words in " ".join(told.rests_on)


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


@pytest.mark.parametrize("npv", [[-2006.0, 900, 15_000, 221_000], [5e4, 5e4, 5e4, 5e4], [-1e6, -9.9e5, 3e3]])
def test_marks_on_what_it_may_come_to_do_not_lie_on_each_other(npv: list[float]) -> None:
    found = case()[0].verdicts.appraisals["automation"]
    worth = np.array(npv)
    low, middle, high = np.quantile(worth, [0.05, 0.5, 0.95])
    few = replace(
        found,
        statement=replace(found.statement, npv=worth),
        npv=replace(found.npv, mean=float(worth.mean()), p50=float(middle)),
        p5=float(low),
        p95=float(high),
    )
    with styled():
        figure, ax = canvas(6.0, 2.9)
        worth_histogram(few, "USD", ax)
        FigureCanvasAgg(figure).draw()
        boxes = [text.get_window_extent().padded(-1) for text in ax.texts]
    assert len(boxes) == 4
    assert not [pair for pair in combinations(boxes, 2) if pair[0].overlaps(pair[1])]


@pytest.mark.parametrize(
    "draw", [cash_flow_bars, worth_histogram, waterfall, cash_and_hours, swing_bars, delay_curve]
)
@pytest.mark.parametrize("name", ["automation", "siloed_it"])
def test_no_words_of_a_figure_are_cut_off(draw: Callable[..., Axes], name: str) -> None:
    with styled():
        figure, ax = canvas(6.0, 2.9)
        draw(case()[0].verdicts.appraisals[name], "USD", ax)
        FigureCanvasAgg(figure).draw()
        whole = figure.bbox.padded(1)
        for text in assert_no_words_are_cut_off(figure, ax):
            assert whole.containsy(text.get_window_extent().y1), text.get_text()
