"""The two-way table of a scenario's sheet: by use of the regained time and by discount rate, as formulas."""

from __future__ import annotations

from results.finance.appraisal import Appraisal
from results.finance.names import FIGURES
from results.finance.statement import column as of_terms
from results.finance.twoway import RATES, USED
from results.finance.workbook.draws import regained
from results.finance.workbook.figures import TOP, Statement, average
from results.finance.workbook.inputs import Inputs


def write_two_way(s: Statement, prefix: str, found: Appraisal, inputs: Inputs) -> None:
    """The table below the figures; empty while losses are carried forward, when tax is not in proportion."""
    table, years = found.two_way[0], range(s.years + 1)
    names = {name: average(s.columns, inputs, name) for name in ("discount_rate", "mid_year", "losses_used")}
    full = regained(found)
    without = found.statement.net - of_terms(found.terms, "reuse_employee_hours") * full
    top = TOP + 5 + len(s.rows) + len(FIGURES)
    s.sheet.text(top, 0, "Net present value, if so much of the regained time is used", "section")
    rows = (
        ("without", "Net cash flow without any of it", without),
        ("regained", "Regained time at full pay, after tax", full),
    )
    for row, (key, title, values) in enumerate(rows, top + 1):
        s.sheet.text(row, 0, title)
        for year in years:
            mean = f"AVERAGE({s.columns.all(key, year)})"
            s.sheet.formula(row, 1 + year, mean, float(values[:, year].mean()))
    s.sheet.text(top + 3, 0, "used, and discount rate (0.5 to 1.5 times that above)", "head")
    for column, part in enumerate(RATES, 1):
        rate = f"{names['discount_rate']}*{part!r}"
        s.sheet.formula(top + 3, column, rate, table.column_values[column - 1], "percent_head")
    for row, used in enumerate(USED, top + 4):
        s.sheet.text(row, 0, used, "percent_left")
        for column in range(1, 1 + len(RATES)):
            share, rate = s.sheet.at(row, 0), s.sheet.at(top + 3, column)
            parts = []
            for year in years:
                when = f"({year}-0.5*{names['mid_year']})" if year else "0"
                flow = f"{s.sheet.at(top + 1, 1 + year)}+{share}*{s.sheet.at(top + 2, 1 + year)}"
                parts.append(f"({flow})*(1+{rate})^(-{when})")
            value = float(table.npv[row - top - 4, column - 1]) if _at_once(found) else None
            formula = f'IF({names["losses_used"]}>0,{"+".join(parts)},"")'
            s.sheet.formula(row, column, formula, value)
        s.sheet.named(f"{prefix}_two_way_{round(100 * used)}", row, 1, len(RATES))


def _at_once(found: Appraisal) -> bool:
    return all(item.losses_used > 0 for item in found.terms)
