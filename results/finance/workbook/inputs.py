"""The inputs: a number typed here holds in all futures, as ``--set`` would."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from results.finance.appraisal import Verdicts
from results.finance.page import Page
from results.finance.workbook.book import Book, Sheet

ROWS: tuple[tuple[str, str, str, str], ...] = (
    ("discount_rate", "finance.discount_rate", "Discount rate of a year", "percent"),
    ("mid_year", "finance.mid_year", "Flows at the middle of a year: 1 yes, 0 no", "number"),
    ("inflation", "finance.inflation", "Inflation of a year", "percent"),
    ("tax_rate", "finance.tax_rate", "Tax on profit", "percent"),
    ("losses_used", "finance.losses_used", "Losses save tax at once: 1 yes, 0 carried forward", "number"),
    ("capital_share", "finance.capital_share", "Share of one-off costs that is capitalised", "percent"),
    ("depreciation_years", "finance.depreciation_years", "Years of depreciation", "number"),
    ("reuse_employee_hours", "finance.reuse_employee_hours", "Regained working time that is used", "percent"),
    ("reuse_it_hours", "finance.reuse_it_hours", "IT hours left over that are used", "percent"),
    ("benefit_adjustment", "finance.benefit_adjustment", "Risk adjustment: benefits down", "percent"),
    ("cost_adjustment", "finance.cost_adjustment", "Risk adjustment: costs up", "percent"),
    ("employee_cost", "business.employee_cost", "Cost of an employee's hour", "number"),
    ("customer_margin", "business.margin_per_customer_month", "Margin of a customer in a month", "number"),
)
"""Term, key of the scenario, what it is, and how it is shown."""

MOST = 1_000_000_000
LIMITS = {
    "discount_rate": (0, 2),
    "inflation": (0, 2),
    "depreciation_years": (1, 20),
    "employee_cost": (0, MOST),
    "customer_margin": (0, MOST),
}
"""Least and most that may be typed; the others are shares or switches, 0 to 1."""
WHOLE = ("mid_year", "losses_used", "depreciation_years")
TWICE = (
    "Futures are drawn from the ranges of the assumptions: adjusting for risk too would count the same doubt "
    "twice. `roi --modes` plays without drawing."
)


@dataclass(frozen=True, slots=True)
class Inputs:
    """``typed`` are the cells for one's own value, ``used`` those of terms that all futures share."""

    typed: dict[str, str]
    used: dict[str, str]

    def same(self, name: str) -> bool:
        """Whether all futures of all scenarios have the same value."""
        return name in self.used


def write_inputs(book: Book, page: Page) -> Inputs:
    """The sheet of inputs."""
    sheet = book.sheet("Inputs", {"A:A": 46, "B:D": 12, "E:F": 13, "G:G": 36, "H:H": 8, "I:I": 44})
    sheet.text(0, 0, "Inputs", "title")
    sheet.text(
        1,
        0,
        "A number in a yellow cell holds in all futures, as --set would; left empty, each future has its "
        "own draw from low to high.",
        "note",
    )
    for column, head in enumerate(
        ("Input", "Low", "Most likely", "High", "Your value", "Used", "Key (for --set)", "Grade", "Source")
    ):
        sheet.text(3, column, head, "head_right" if 1 <= column <= 5 else "head")
    inputs = Inputs({}, {})
    for place, (name, key, title, form) in enumerate(ROWS):
        _row(sheet, 4 + place, page, inputs, name, key, title, form)
    sheet.sheet.freeze_panes(4, 1)
    return inputs


def _row(
    sheet: Sheet, row: int, page: Page, inputs: Inputs, name: str, key: str, title: str, form: str
) -> None:
    known, drawn = page.assumed.get(key), values(page.verdicts, name)
    mode = known.mode * known.factor if known else drawn[0]
    low, high = (known.low * known.factor, known.high * known.factor) if known else (mode, mode)
    sheet.text(row, 0, title)
    for column, value in enumerate((low, mode, high), 1):
        sheet.text(row, column, value, form)
    sheet.blank(row, 4, "input_percent" if form == "percent" else "input_number")
    sheet.sheet.data_validation(row, 4, row, 4, _allowed(name, drawn=_drawn(page)))
    sheet.named(f"in_{name}", row, 4)
    inputs.typed[name] = f"in_{name}"
    if min(drawn) == max(drawn):
        sheet.formula(row, 5, f"IF(ISNUMBER(in_{name}),in_{name},{drawn[0]!r})", drawn[0], form)
        sheet.named(f"used_{name}", row, 5)
        inputs.used[name] = f"used_{name}"
    else:
        sheet.text(row, 5, "by future", "quiet_right")
    sheet.text(row, 6, key, "quiet_indented")
    sheet.text(row, 7, known.grade if known else "", "quiet")
    source = (known.source or "yours to decide") if known else "yours to decide (the default)"
    sheet.text(row, 8, source, "quiet")


def _allowed(name: str, *, drawn: bool) -> dict[str, Any]:
    """What may be typed: what ``--set`` takes. Risk is not adjusted for where futures are drawn."""
    twice = drawn and name in ("benefit_adjustment", "cost_adjustment")
    low, high = (0, 0) if twice else LIMITS.get(name, (0, 1))
    kind = "a whole number" if name in WHOLE else "a number"
    says = (
        f"Must be {kind} of at least 0, or empty."
        if high == MOST
        else f"Must be {kind} from {low} to {high}, or empty."
    )
    return {
        "validate": "integer" if name in WHOLE else "decimal",
        "criteria": "between",
        "minimum": low,
        "maximum": high,
        "error_title": "Not possible",
        "error_message": TWICE if twice else says,
    }


def _drawn(page: Page) -> bool:
    return any(found.varies for found in page.verdicts.appraisals.values())


def values(verdicts: Verdicts, name: str) -> Sequence[float]:
    """A term in all futures of all scenarios."""
    return [float(getattr(item, name)) for found in verdicts.appraisals.values() for item in found.terms]
