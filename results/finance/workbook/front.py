"""The first sheet: one scenario at a time, chosen from a list."""

from __future__ import annotations

from typing import Any

from results.finance.advice import Advice
from results.finance.document import figures
from results.finance.names import FIGURES, scenario_names
from results.finance.page import Page
from results.finance.workbook.book import Book, Sheet
from results.finance.workbook.figures import Statement
from results.finance.workbook.lists import state

SHOWN: tuple[tuple[str, str, str], ...] = (
    ("npv.mean", "Worth today, after tax (mean of all futures)", "money"),
    ("npv.p5", "  one in twenty futures is worse than", "money"),
    ("npv.p95", "  one in twenty futures is better than", "money"),
    ("p_loss", "Probability of a loss", "percent"),
    ("cvar", "Mean of the worst one in twenty", "money"),
    ("npv_cash_only", "With money saved alone, before tax", "money"),
    ("irr", "Internal rate of return", "percent"),
    ("payback_months", "Paid back after, months", "tenth"),
    ("roi", "Return on investment", "percent"),
    ("benefit_cost_ratio", "Benefits / costs", "tenth"),
    ("cost_of_delay_month", "A month of delay costs", "money"),
)
CHOICE = (3, 1)
FLOWS = 20
"""Row of the cash flows, from 0."""


def write_front(book: Book, page: Page, told: dict[str, Advice], statements: dict[str, Statement]) -> None:
    """The switch, the figures of the chosen scenario, and its cash flows as a chart."""
    sheet = book.sheet("Decision", {"A:A": 48, "B:G": 17})
    verdicts = page.verdicts
    sheet.text(0, 0, f"What it is worth, over {verdicts.years} years", "title")
    sheet.text(
        1,
        0,
        f"{verdicts.base_title}; beside doing nothing, in {verdicts.draws} futures, in {verdicts.currency}",
        "note",
    )
    labels = list(page.verdicts.appraisals)
    found = page.verdicts.appraisals[labels[0]]
    prefixes = scenario_names(labels)
    sheet.text(CHOICE[0], 0, "Scenario (choose from the list)", "bold")
    sheet.text(*CHOICE, labels[0], "input")
    sheet.named("scenario", *CHOICE)
    for place, label in enumerate(labels):
        sheet.text(place, 9, label, "note")
        sheet.text(place, 10, f"{told[label].decision} {told[label].sentence}", "note")
    sheet.sheet.set_column("J:K", None, None, {"hidden": True})
    choices = sheet.at(0, 9).replace("$J$1", f"$J$1:$J${len(labels)}")
    sheet.sheet.data_validation(*CHOICE, *CHOICE, {"validate": "list", "source": f"={choices}"})
    sentences = sheet.at(0, 10).replace("$K$1", f"$K$1:$K${len(labels)}")
    sheet.sheet.merge_range(4, 0, 5, 6, "", book.formats["answer"])
    for row in (4, 5):
        sheet.sheet.set_row(row, 28)
    first = told[labels[0]]
    said = f"{first.decision} {first.sentence}"
    sheet.formula(4, 0, f"INDEX({sentences},MATCH(scenario,{choices},0))", said, "answer")
    sheet.text(6, 0, "The answer above is of the run; figures follow the inputs.", "note")
    shown = figures(found)
    for row, (key, title, form) in enumerate(SHOWN, 7):
        sheet.text(row, 0, title, "bold" if key == "npv.mean" else "plain")
        cells = ",".join(f"{prefixes[label]}_{FIGURES[key]}" for label in labels)
        sheet.formula(row, 1, f"CHOOSE(MATCH(scenario,{choices},0),{cells})", _value(shown, key), form)
    for year in range(page.verdicts.years + 1):
        sheet.text(FLOWS - 1, 1 + year, f"Year {year}", "head_right")
        for row, key in ((FLOWS, "net"), (FLOWS + 1, "so far")):
            cells = ",".join(statements[label].cell(key, year) for label in labels)
            value = found.cash_flows[year] if key == "net" else found.cash_flows[: year + 1].sum()
            sheet.formula(row, 1 + year, f"CHOOSE(MATCH(scenario,{choices},0),{cells})", float(value))
    sheet.text(FLOWS - 1, 0, "Cash flow after tax", "head")
    sheet.text(FLOWS, 0, "Net cash flow")
    sheet.text(FLOWS + 1, 0, "  so far")
    sheet.text(FLOWS + 2, 0, "Checks of this scenario", "bold")
    cells = ",".join(f"{prefixes[label]}_checks" for label in labels)
    says = state([found])
    sheet.formula(FLOWS + 2, 1, f"CHOOSE(MATCH(scenario,{choices},0),{cells})", says, "good")
    sheet.alarm(1, FLOWS + 2, FLOWS + 2)
    sheet.formula(
        FLOWS + 2,
        2,
        f'IF({sheet.at(FLOWS + 2, 1)}="OK","","one says no: see Checks and sources")',
        None if says == "OK" else "one says no: see Checks and sources",
        "note",
    )
    _chart(book, sheet, page)


def _chart(book: Book, sheet: Sheet, page: Page) -> None:
    last = page.verdicts.years + 1
    bars: Any = book.book.add_chart({"type": "column"})
    line: Any = book.book.add_chart({"type": "line"})
    heads = f"={sheet.at(FLOWS - 1, 1, last)}"
    bars.add_series(
        {
            "name": "Net cash flow",
            "categories": heads,
            "values": f"={sheet.at(FLOWS, 1, last)}",
            "fill": {"color": "#0072B2"},
            "invert_if_negative": True,
            "invert_if_negative_color": "#D55E00",
        }
    )
    line.add_series(
        {
            "name": "So far",
            "categories": heads,
            "values": f"={sheet.at(FLOWS + 1, 1, last)}",
            "line": {"color": "#222222", "width": 1.75},
            "marker": {"type": "circle"},
        }
    )
    bars.combine(line)
    bars.set_title({"name": "Cash flow after tax, mean of all futures", "name_font": {"size": 11}})
    bars.set_legend({"position": "bottom"})
    bars.set_y_axis(
        {"num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": "#DDDDDD"}}}
    )
    bars.set_x_axis({"label_position": "low"})
    bars.set_size({"width": 760, "height": 300})
    sheet.sheet.insert_chart(FLOWS + 4, 0, bars)


def _value(shown: dict[str, Any], key: str) -> Any:
    value: Any = shown
    for part in key.split("."):
        value = value[part]
    return value
