"""The page for the board: what is recommended, how sure that is, what it rests on. As HTML and as PDF."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from matplotlib.axes import Axes

from results.finance.advice import advice
from results.finance.appraisal import Appraisal
from results.finance.page import Page, best
from results.finance.wording import months, rate
from results.plots.finance import cash_flow_bars, exceedance, tornado, waterfall, worth_histogram
from results.plots.finance_detail import cash_and_hours, delay_curve, swing_bars
from results.plots.svg import inline, svg
from results.report.details import details
from results.wording import money, part

FIGURES = ("flows", "worth", "parts", "tornado")
TEMPLATE = "template"


def render_html(page: Page) -> str:
    """The page as HTML that needs nothing else."""
    environment = Environment(
        loader=PackageLoader("results.report", TEMPLATE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    context, drawn = board(page) | details(page), pictures(page) | more_pictures(page)
    figures = {name: inline(document, f"board-{name}") for name, document in drawn.items()}
    return environment.get_template("board.html").render(**context, figures=figures)


def write_pdf(path: Path, page: Page) -> None:
    """Write the page as PDF; needs the extra ``report`` (typst)."""
    import matplotlib as mpl
    import typst

    fonts = Path(mpl.get_data_path()) / "fonts" / "ttf"
    template = resources.files("results.report").joinpath(TEMPLATE, "board.typ").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "board.typ").write_text(template, encoding="utf-8")
        (place / "board.json").write_text(json.dumps(board(page)), encoding="utf-8")
        for name, document in pictures(page).items():
            (place / f"{name}.svg").write_text(document, encoding="utf-8")
        made = typst.compile(str(place / "board.typ"), root=folder, font_paths=[str(fonts)])
    path.write_bytes(made)


def pictures(page: Page) -> dict[str, str]:
    """Figures of the page as SVG documents."""
    found, currency = best(page), page.verdicts.currency
    rows = min(8, len(found.clear_drivers))
    draw: dict[str, tuple[Callable[[Axes], object], float]] = {
        "flows": (lambda ax: cash_flow_bars(found, currency, ax), 2.9),
        "worth": (lambda ax: worth_histogram(found, currency, ax), 2.9),
        "parts": (lambda ax: waterfall(found, currency, ax), 2.9),
        "tornado": (lambda ax: tornado(found, page.assumed, currency, ax), max(2.9, 0.9 + 0.42 * rows)),
    }
    if not found.clear_drivers:
        draw["tornado"] = (lambda ax: swing_bars(found, currency, ax), 2.9)
    made = {name: svg(figure, 6.0, height) for name, (figure, height) in draw.items()}
    if len(page.verdicts.appraisals) > 1:
        titles = {name: item.title for name, item in page.verdicts.appraisals.items()}
        made["exceedance"] = svg(lambda ax: exceedance(page.verdicts, titles, ax), 6.0, 2.9)
    return made


def more_pictures(page: Page) -> dict[str, str]:
    """Figures that only the HTML page has room for."""
    found, currency = best(page), page.verdicts.currency
    return {
        "freed": svg(lambda ax: cash_and_hours(found, currency, ax), 6.0, 2.9),
        "delay": svg(lambda ax: delay_curve(found, currency, ax), 6.0, 2.9),
    } | ({"swings": svg(lambda ax: swing_bars(found, currency, ax), 6.0, 2.9)} if found.clear_drivers else {})


def board(page: Page) -> dict[str, Any]:
    """What the page says, in plain words."""
    verdicts, found = page.verdicts, best(page)
    currency = verdicts.currency
    told = {name: advice(verdicts, item, page.assumed) for name, item in verdicts.appraisals.items()}
    mine = told[found.name]
    others = [
        {
            "title": item.title,
            "answer": told[name].words,
            "worth": money(item.npv.mean, currency),
            "range": f"{money(item.p5, currency)} to {money(item.p95, currency)}",
            "loss": part(item.p_loss.share),
            "payback": months(item.payback_months),
        }
        for name, item in verdicts.appraisals.items()
    ]
    return {
        "title": found.title,
        "base": verdicts.base_title,
        "years": verdicts.years,
        "draws": verdicts.draws,
        "decision": mine.decision,
        "sentence": mine.sentence,
        "how_sure": list(mine.how_sure),
        "steps": mine.steps,
        "moves": "Which assumptions move it"
        if found.clear_drivers
        else "If one line came out a fifth lower or higher",
        "rests_on": list(mine.rests_on),
        "facts": _facts(found, currency),
        "others": others,
        "nothing": _nothing(page),
        "compared": len(others) > 1,
        "foot": f"Watermelon {page.provenance.version}, seed {page.provenance.seed}, scenario digest "
        f"{page.provenance.model_hash}. {page.provenance.command}",
    }


def _facts(found: Appraisal, currency: str) -> list[dict[str, str]]:
    pairs = [
        ("Worth today", money(found.npv.mean, currency)),
        ("Nine in ten futures", f"{money(found.p5, currency)} to {money(found.p95, currency)}"),
        ("Loses money", f"in {round(found.p_loss.share * found.p_loss.n)} of {found.p_loss.n} futures"),
        ("Costs", money(float(found.statement.costs_present.mean()), currency)),
        ("Paid back after", months(found.payback_months)),
        ("Rate of return", "several" if found.irr_several else rate(found.irr)),
    ]
    return [{"label": label, "value": value} for label, value in pairs]


def _nothing(page: Page) -> str:
    """What happens if nothing is done."""
    losses = page.verdicts.base_losses
    currency, last = page.verdicts.currency, page.verdicts.years
    return (
        f"Doing nothing has its price too: IT trouble costs the business {money(float(losses[0]), currency)} "
        f"in year 1 and {money(float(losses[-1]), currency)} in year {last}, IT spend apart. All figures "
        "here are differences from that."
    )
