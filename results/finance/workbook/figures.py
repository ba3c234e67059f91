"""The sheet of one scenario: its mean cash-flow statement, and every figure under its name."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from results.finance import formulas
from results.finance.advice import Advice
from results.finance.appraisal import Appraisal, mean_term
from results.finance.document import figures
from results.finance.flows import CLASSES
from results.finance.names import FIGURES
from results.finance.risk import TAIL
from results.finance.wording import CLASS_NOTES, CLASS_TITLES
from results.finance.workbook.book import Book, Sheet
from results.finance.workbook.draws import Columns
from results.finance.workbook.inputs import Inputs
from sim.spec.calendars import Floats

TOP = 5
"""Row of the years, from 0."""


@dataclass
class Statement:
    """The sheet as it grows: rows by key."""

    sheet: Sheet
    columns: Columns
    years: int
    rows: dict[str, int]

    def cells(self, key: str) -> str:
        """All years of a row."""
        return self.sheet.at(self.rows[key], 1, self.years + 1)

    def cell(self, key: str, year: int) -> str:
        """One year of a row."""
        return self.sheet.at(self.rows[key], 1 + year)


def write_scenario(
    book: Book, name: str, prefix: str, found: Appraisal, columns: Columns, inputs: Inputs, told: Advice
) -> Statement:
    """The sheet, with the names that start with ``prefix``."""
    years = found.found.years
    sheet = book.sheet(name, {"A:A": 46, "B:G": 15, "H:H": 60})
    sheet.text(0, 0, found.title, "title")
    sheet.sheet.merge_range(1, 0, 2, 7, told.sentence, book.formats["answer"])
    for row in (1, 2):
        sheet.sheet.set_row(row, 20)
    sheet.text(
        3,
        0,
        "Means of all futures, beside the base under the same luck; money paid is negative.",
        "note",
    )
    for column in range(years + 2):
        title = f"Year {column - 1}" if column else "Cash-flow statement"
        sheet.text(TOP, column, title, "head_right" if column else "head")
    found_rows = Statement(sheet, columns, years, {})
    _flows(found_rows, found)
    _present(found_rows, found, inputs)
    _figures(found_rows, found, prefix, inputs)
    sheet.sheet.freeze_panes(TOP + 1, 1)
    return found_rows


def _row(
    s: Statement, key: str, title: str, make: Any, values: Floats, form: str = "money", note: str = ""
) -> None:
    row = TOP + 1 + len(s.rows)
    s.rows[key] = row
    s.sheet.text(row, 0, title, "label_bold" if form == "money_bold" else "plain")
    for year in range(s.years + 1):
        s.sheet.formula(row, 1 + year, make(year), float(values[year]), form)
    if note:
        s.sheet.text(row, 2 + s.years, note, "note")


def _mean(s: Statement, key: str, sign: str = "") -> Any:
    return lambda year: (
        f"{sign}AVERAGE({s.columns.all(key, year)})" if (key, year) in s.columns.place else "0"
    )


def _flows(s: Statement, found: Appraisal) -> None:
    money = found.statement
    for key in CLASSES:
        _row(
            s, key, CLASS_TITLES[key], _mean(s, key), money.benefits[key].mean(axis=0), note=CLASS_NOTES[key]
        )
    _row(
        s,
        "benefits",
        "Benefits",
        lambda y: "+".join(s.cell(key, y) for key in CLASSES),
        money.all_benefits.mean(axis=0),
        "money_bold",
    )
    _row(s, "outlay", "Paid once", _mean(s, "outlay", "-"), -money.outlay.mean(axis=0))
    _row(s, "running cost", "Running costs", _mean(s, "running cost", "-"), -money.running.mean(axis=0))
    _row(
        s,
        "before tax",
        "Cash flow before tax",
        lambda y: f"{s.cell('benefits', y)}+{s.cell('outlay', y)}+{s.cell('running cost', y)}",
        (money.all_benefits - money.costs).mean(axis=0),
        "money_bold",
    )
    _row(
        s,
        "depreciation",
        "  Depreciation (no payment; lowers tax)",
        _mean(s, "depreciation", "-"),
        -money.depreciation.mean(axis=0),
    )
    _row(s, "tax", "Tax (positive: saved)", _mean(s, "tax", "-"), -money.tax.mean(axis=0))
    _row(
        s,
        "net",
        "Net cash flow",
        lambda y: f"{s.cell('before tax', y)}+{s.cell('tax', y)}",
        found.cash_flows,
        "money_bold",
    )
    added = np.cumsum(found.cash_flows)
    _row(
        s,
        "so far",
        "  so far",
        lambda y: s.cell("net", y) + (f"+{s.sheet.at(s.rows['net'] + 1, y)}" if y else ""),
        added,
    )


def _present(s: Statement, found: Appraisal, inputs: Inputs) -> None:
    rate, mid, inflation = (
        mean_term(found.terms, name) for name in ("discount_rate", "mid_year", "inflation")
    )
    factor = formulas.discount_factors(rate, s.years, mid)
    discounted = found.cash_flows * factor
    names = {name: average(s.columns, inputs, name) for name in ("discount_rate", "mid_year", "inflation")}

    def moment(year: int) -> str:
        return f"({year}-0.5*{names['mid_year']})" if year else "0"

    _row(
        s,
        "factor",
        "Discount factor",
        lambda y: f"(1+{names['discount_rate']})^(-{moment(y)})",
        factor,
        "factor",
    )
    _row(
        s,
        "discounted",
        "Net cash flow, discounted",
        lambda y: f"{s.cell('net', y)}*{s.cell('factor', y)}",
        discounted,
    )
    _row(
        s,
        "discounted so far",
        "  so far",
        lambda y: s.cell("discounted", y) + (f"+{s.sheet.at(s.rows['discounted'] + 1, y)}" if y else ""),
        np.cumsum(discounted),
    )
    prices = np.power(1.0 + inflation, formulas.times(s.years, mid))
    row = TOP + 1 + len(s.rows)
    s.rows["spend"] = row
    s.sheet.text(row, 0, "All IT spend of the scenario, before inflation (played)")
    for year in range(s.years + 1):
        s.sheet.text(row, 1 + year, float(found.spend[year]), "cents")
    _row(
        s,
        "spend discounted",
        "All IT spend, discounted",
        lambda y: f"{s.cell('spend', y)}*(1+{names['inflation']})^{moment(y)}*{s.cell('factor', y)}",
        found.spend * prices * factor,
    )
    signs = np.zeros(s.years + 1)
    for year in range(s.years + 1):
        signs[year] = np.sign(found.cash_flows[year]) or (signs[year - 1] if year else 0.0)
    _row(
        s,
        "sign",
        "Sign of the net cash flow (a zero takes that before it)",
        lambda y: f"IF({s.cell('net', y)}=0,{s.cell('sign', y - 1) if y else '0'},SIGN({s.cell('net', y)}))",
        signs,
        "general",
    )


def average(columns: Columns, inputs: Inputs, name: str) -> str:
    """A term that all futures share, or the mean of theirs."""
    return inputs.used[name] if inputs.same(name) else f"AVERAGE({columns.all(f'used {name}')})"


def _figures(s: Statement, found: Appraisal, prefix: str, inputs: Inputs) -> None:
    shown = figures(found)
    npv, n = s.columns.all("npv"), found.found.draws
    net, factors = s.cells("net"), s.cells("factor")
    rate = average(s.columns, inputs, "discount_rate")
    costs, benefits = s.columns.all("costs"), s.columns.all("benefits")
    last = f"{s.cell('net', s.years)}/12*{s.cell('factor', s.years)}"
    worth = f"SUMPRODUCT({net},{factors})"
    half = f"TINV(0.05,{n - 1})*STDEV({npv})/SQRT({n})" if n > 1 else ""
    first = s.sheet.at(s.rows["sign"], 1, s.years)
    second = s.sheet.at(s.rows["sign"], 2, s.years + 1)
    changes = f"SUMPRODUCT(({first}*{second}<0)*1)"
    lines: list[tuple[str, str, str, str]] = [
        ("npv.mean", "Net present value, mean of all futures", f"AVERAGE({npv})", "money"),
        ("npv.p5", "  one in twenty futures is worse than", f"PERCENTILE({npv},0.05)", "money"),
        ("npv.p50", "  half of the futures are worse than", f"PERCENTILE({npv},0.5)", "money"),
        ("npv.p95", "  one in twenty futures is better than", f"PERCENTILE({npv},0.95)", "money"),
        ("npv.ci_low", "  95% interval of the mean, from", f"AVERAGE({npv})-{half}" if half else "", "money"),
        ("npv.ci_high", "  to", f"AVERAGE({npv})+{half}" if half else "", "money"),
        ("p_loss", "Probability of a loss", f'COUNTIF({npv},"<0")/COUNT({npv})', "percent"),
        ("cvar", "Mean of the worst one in twenty", tail_formula(npv, n), "money"),
        (
            "npv_before_tax",
            "Net present value before tax",
            f"AVERAGE({s.columns.all('before tax')})",
            "money",
        ),
        ("npv_cash_only", "  with money saved alone", f"AVERAGE({s.columns.all('cash only')})", "money"),
        ("benefits_present", "Benefits, present value", f"AVERAGE({benefits})", "money"),
        ("costs_present", "Costs, present value", f"AVERAGE({costs})", "money"),
        (
            "roi",
            "Return on investment: net present value / costs",
            f'IF(AVERAGE({costs})>0,AVERAGE({npv})/AVERAGE({costs}),"")',
            "percent",
        ),
        (
            "benefit_cost_ratio",
            "Benefits / costs",
            f'IF(AVERAGE({costs})>0,AVERAGE({benefits})/AVERAGE({costs}),"")',
            "tenth",
        ),
        (
            "irr",
            "Internal rate of return (empty: none, or several)",
            f'IF({changes}=1,IFERROR(IRR({net},{found.irr if found.irr is not None else 0.1!r}),""),"")',
            "percent",
        ),
        (
            "mirr",
            "Modified internal rate of return",
            f'IF(AND(MIN({net})<0,MAX({net})>0),MIRR({net},{rate},{rate}),"")',
            "percent",
        ),
        (
            "payback_months",
            "Paid back after so many months (empty: not in that time)",
            _payback(s, "so far", "net"),
            "tenth",
        ),
        (
            "discounted_payback_months",
            "  discounted",
            _payback(s, "discounted so far", "discounted"),
            "tenth",
        ),
        (
            "cost_of_delay_month",
            "A month of delay costs",
            f"{worth}-(1+{rate})^(-1/12)*({worth}-{last})",
            "money",
        ),
        ("tco", "All IT spend, discounted", f"SUM({s.cells('spend discounted')})", "money"),
    ]
    top = TOP + 3 + len(s.rows)
    s.sheet.text(top - 1, 0, "Figures", "head")
    s.sheet.text(top - 1, 1, "", "head")
    s.sheet.text(top - 1, 2, "  Name of the cell", "head")
    s.sheet.text(top - 1, 3, "", "head")
    for place, (key, title, formula, form) in enumerate(lines):
        value = _value(shown, key)
        s.sheet.text(top + place, 0, title)
        if formula:
            s.sheet.formula(top + place, 1, formula, value, form)
        name = f"{prefix}_{FIGURES[key]}"
        s.sheet.named(name, top + place, 1)
        s.sheet.text(top + place, 2, name, "note")
    s.sheet.named(f"{prefix}_{FIGURES['cash_flows']}", s.rows["net"], 1, s.years + 1)


def tail_formula(cells: str, n: int) -> str:
    """Mean of the worst share of ``n`` values; one of them may count in part."""
    share = TAIL * n
    whole = min(math.floor(share + 1e-9), n - 1)
    parts = (
        [f"SUMPRODUCT(SMALL({cells},{{{';'.join(str(k) for k in range(1, whole + 1))}}}))"] if whole else []
    )
    parts.append(f"{share - whole!r}*SMALL({cells},{whole + 1})")
    return f"({'+'.join(parts)})/{share!r}"


def _payback(s: Statement, so_far: str, flow: str) -> str:
    """Months after which the sum is never negative again, from the last year backwards."""
    formula = "0"
    for year in range(s.years):
        here = f"12*({year}-{s.cell(so_far, year)}/{s.cell(flow, year + 1)})"
        formula = f"IF({s.cell(so_far, year)}<0,{here},{formula})"
    return f'IF({s.cell(so_far, s.years)}<0,"",{formula})'


def _value(shown: dict[str, Any], key: str) -> Any:
    value: Any = shown
    for part in key.split("."):
        value = value[part]
    return value
