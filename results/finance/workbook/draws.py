"""The futures of one scenario, a row each: what was played as numbers, everything after that as formulas.

The steps are those of ``results.finance.statement``, column by column.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from xlsxwriter.utility import xl_col_to_name

from results.finance.appraisal import Appraisal
from results.finance.flows import CLASSES
from results.finance.formulas import times
from results.finance.statement import CENT
from results.finance.statement import column as of_terms
from results.finance.wording import CLASS_TITLES, LINE_TITLES
from results.finance.workbook.book import Book, Sheet
from results.finance.workbook.inputs import ROWS, Inputs
from sim.spec.calendars import Floats

Formula = Callable[[int, int], str]
"""A formula by row, as the spreadsheet counts it, and year."""
WHOLE = -1
"""Stands for the whole period in place of a year."""
FIRST = 4
"""Row of the first future, from 0."""
PRICED = {
    "employees": ("employee_hours", "employee_cost"),
    "customers": ("customer_months", "customer_margin"),
}
"""Lines that are a quantity times a price, which can be changed."""
REUSE = {"employees": "reuse_employee_hours", "it_hours": "reuse_it_hours"}
"""Lines of freed hours, and the share of them that is used."""
QUANTITY_TITLES = {"employee_hours": "hours lost", "customer_months": "customer-months missed"}


@dataclass
class Columns:
    """Columns of a sheet of futures: each a key with a year (``WHOLE``: of all), and where it is."""

    sheet: Sheet
    rows: int
    place: dict[tuple[str, int], int] = field(default_factory=dict)

    def number(self, key: str, year: int, title: str, values: Floats, form: str = "cents") -> None:
        """A column of numbers."""
        column = self._head(key, year, title)
        for row, value in enumerate(values):
            self.sheet.text(FIRST + row, column, float(value), form)

    def formula(
        self, key: str, year: int, title: str, make: Formula, values: Floats, form: str = "money"
    ) -> None:
        """A column of formulas; ``make`` gives that of a row as the spreadsheet counts it, and of the year.

        ``WHOLE`` as the year: of the whole period.
        """
        column = self._head(key, year, title)
        for row, value in enumerate(values):
            text = make(FIRST + row + 1, year)
            self.sheet.formula(FIRST + row, column, text, float(value), form)

    def at(self, key: str, year: int, row: int) -> str:
        """A cell of the same sheet."""
        return f"${xl_col_to_name(self.place[key, year])}{row}"

    def all(self, key: str, year: int = WHOLE) -> str:
        """A whole column, for other sheets."""
        return self.sheet.down(self.place[key, year], FIRST, FIRST + self.rows - 1)

    def _head(self, key: str, year: int, title: str) -> int:
        column = len(self.place) + 1
        self.place[key, year] = column
        self.sheet.text(FIRST - 2, column, "" if year == WHOLE else f"Year {year}", "head")
        self.sheet.text(FIRST - 1, column, title, "head")
        return column


def write_draws(book: Book, name: str, found: Appraisal, inputs: Inputs) -> Columns:
    """The sheet of one scenario's futures."""
    sheet = book.sheet(name, {"A:A": 9, "B:ZZ": 14}, grid=True)
    sheet.text(0, 0, f"{found.title}: every future", "title")
    sheet.text(
        1,
        0,
        "Grey numbers were played (cents, beside the base under the same luck); the rest is formulas.",
        "note",
    )
    draws = found.found.draws
    columns = Columns(sheet, draws)
    sheet.text(FIRST - 2, 0, "", "head")
    sheet.text(FIRST - 1, 0, "Future", "head")
    for row in range(draws):
        sheet.text(FIRST + row, 0, row, "general")
    _terms(columns, found, inputs)
    _played(columns, found)
    _formulas(columns, found, inputs)
    sheet.sheet.set_row(FIRST - 1, 45)
    sheet.sheet.freeze_panes(FIRST, 1)
    return columns


def _terms(columns: Columns, found: Appraisal, inputs: Inputs) -> None:
    for name, _, title, form in ROWS:
        if not inputs.same(name):
            drawn = of_terms(found.terms, name)[:, 0]
            columns.number(f"drawn {name}", WHOLE, f"{title}: drawn", drawn, "general")
            columns.formula(
                f"used {name}", WHOLE, f"{title}: used", _own_or_drawn(columns, name), drawn, form
            )


def _own_or_drawn(columns: Columns, name: str) -> Formula:
    return lambda row, _: f"IF(ISNUMBER(in_{name}),in_{name},{columns.at(f'drawn {name}', WHOLE, row)})"


def _played(columns: Columns, found: Appraisal) -> None:
    lines, years = found.found.lines, found.found.years
    columns.number("initial", 0, LINE_TITLES["initial"], lines["initial"][:, 0])
    for year in range(1, years + 1):
        for key in ("spend", "penalties", "margin", "initiatives", "it_hours", "once", "running"):
            columns.number(key, year, LINE_TITLES[key], lines[key][:, year])
        for line, (quantity, _) in PRICED.items():
            if not found.priced:
                columns.number(line, year, LINE_TITLES[line], lines[line][:, year])
                continue
            for side, amounts in (("base", found.found.base), ("with it", found.found.other)):
                so_far = np.cumsum(amounts[quantity], axis=1)[:, year]
                title = f"{QUANTITY_TITLES[quantity].capitalize()} so far, {side}"
                columns.number(f"{quantity} {side}", year, title, so_far, "general")


class Steps:
    """The formulas of a row, by row and year."""

    def __init__(self, columns: Columns, inputs: Inputs) -> None:
        self.at, self.columns, self.inputs = columns.at, columns, inputs

    def term(self, name: str, row: int) -> str:
        """A term: the input that all futures share, or the column of this future's own."""
        return self.inputs.used[name] if self.inputs.same(name) else self.at(f"used {name}", WHOLE, row)

    def moment(self, row: int, year: int) -> str:
        """When the flows of a year come."""
        return f"({year}-0.5*{self.term('mid_year', row)})" if year else "0"

    def price(self, row: int, year: int) -> str:
        """Money of a cent."""
        return f"0.01*(1+{self.term('inflation', row)})^{self.moment(row, year)}"

    def factor(self, row: int, year: int) -> str:
        """What one unit of a year is worth today."""
        return f"(1+{self.term('discount_rate', row)})^(-{self.moment(row, year)})"

    def priced(self, line: str) -> Formula:
        """What both sides lose in a year, in whole cents that add up: base less scenario."""
        quantity, price = PRICED[line]

        def so_far(side: str, row: int, year: int) -> str:
            amount = self.at(f"{quantity} {side}", year, row) if year else ""
            return f"ROUND(100*{self.term(price, row)}*{amount},0)" if year else "0"

        def make(row: int, year: int) -> str:
            base, other = (
                f"({so_far(side, row, year)}-{so_far(side, row, year - 1)})" for side in ("base", "with it")
            )
            return f"{base}-{other}"

        return make

    def benefit(self, lines: tuple[str, ...]) -> Formula:
        """Benefits of a class: its lines, those of freed hours as far as they are used."""

        def make(row: int, year: int) -> str:
            parts = [
                self.at(line, year, row) + (f"*{self.term(REUSE[line], row)}" if line in REUSE else "")
                for line in lines
            ]
            adjusted = f"(1-{self.term('benefit_adjustment', row)})"
            return f"({'+'.join(parts)})*{self.at('price', year, row)}*{adjusted}"

        return make

    def benefits(self, row: int, year: int) -> str:
        """Benefits of all classes."""
        return "+".join(self.at(key, year, row) for key in CLASSES) if year else "0"

    def cost(self, row: int, year: int, line: str) -> str:
        """A line of costs."""
        if (line, year) not in self.columns.place:
            return "0"
        return (
            f"{self.at(line, year, row)}*{self.at('price', year, row)}"
            f"*(1+{self.term('cost_adjustment', row)})"
        )

    def outlay(self, row: int, year: int) -> str:
        """What is paid once."""
        return self.cost(row, year, "once" if year else "initial")

    def running(self, row: int, year: int) -> str:
        """Running costs."""
        return self.cost(row, year, "running")

    def regained(self, row: int, year: int) -> str:
        """Regained working time at full pay, after tax."""
        if not year:
            return "0"
        adjusted = f"(1-{self.term('benefit_adjustment', row)})*(1-{self.term('tax_rate', row)})"
        return f"{self.at('employees', year, row)}*{self.at('price', year, row)}*{adjusted}"

    def depreciation(self, row: int, year: int) -> str:
        """In straight lines, from the year of the outlay on."""
        life = self.term("depreciation_years", row)
        parts = [
            f"IF({year - max(spent, 1)}<{life},{self.at('outlay', spent, row)},0)"
            for spent in range(year + 1)
            if year
        ]
        return f"({'+'.join(parts)})*{self.term('capital_share', row)}/{life}" if parts else "0"

    def profit(self, row: int, year: int) -> str:
        """What would be taxed if losses counted at once."""
        expensed = f"{self.at('outlay', year, row)}*(1-{self.term('capital_share', row)})"
        return (
            f"{self.benefits(row, year)}-{self.at('running cost', year, row)}-{expensed}"
            f"-{self.at('depreciation', year, row)}"
        )

    def carried(self, row: int, year: int) -> str:
        """Highest profit so far, nothing at least: what has been taxed if losses are carried forward."""
        so_far = "+".join(self.at("profit", before, row) for before in range(year + 1))
        before = f"{self.at('carried', year - 1, row)}," if year else ""
        return f"MAX(0,{before}{so_far})"

    def tax(self, row: int, year: int) -> str:
        """Tax; below 0 it is saved."""
        before = self.at("carried", year - 1, row) if year else "0"
        return (
            f"{self.term('tax_rate', row)}*IF({self.term('losses_used', row)}>0,"
            f"{self.at('profit', year, row)},{self.at('carried', year, row)}-{before})"
        )

    def net(self, row: int, year: int) -> str:
        """Net cash flow."""
        less = "".join(f"-{self.at(key, year, row)}" for key in ("outlay", "running cost", "tax"))
        return f"{self.benefits(row, year)}{less}"

    def worth(self, keys: tuple[str, ...], years: int) -> Formula:
        """Present value of some columns."""
        known = [year for year in range(years + 1) if (keys[0], year) in self.columns.place]

        def make(row: int, _: int) -> str:
            return "+".join(
                f"({'+'.join(self.at(key, year, row) for key in keys)})*{self.at('factor', year, row)}"
                for year in known
            )

        return make


def _formulas(columns: Columns, found: Appraisal, inputs: Inputs) -> None:
    years, money, steps = found.found.years, found.statement, Steps(columns, inputs)
    if found.priced:
        for line in PRICED:
            for year in range(1, years + 1):
                values = found.found.lines[line][:, year]
                columns.formula(
                    line, year, f"{LINE_TITLES[line]} (cents)", steps.priced(line), values, "cents"
                )
    when = np.vstack([times(years, item.mid_year) for item in found.terms])
    prices = np.power(1.0 + of_terms(found.terms, "inflation"), when) * CENT
    for year in range(years + 1):
        columns.formula("price", year, "Money of a cent", steps.price, prices[:, year], "general")
        columns.formula("factor", year, "Discount factor", steps.factor, money.factor[:, year], "factor")
    for year in range(1, years + 1):
        for key, lines in CLASSES.items():
            columns.formula(key, year, CLASS_TITLES[key], steps.benefit(lines), money.benefits[key][:, year])
    profit = money.all_benefits - money.running - (money.outlay - money.capital) - money.depreciation
    carried = np.maximum(np.maximum.accumulate(np.cumsum(profit, axis=1), axis=1), 0.0)
    rows: tuple[tuple[str, str, Formula, Floats], ...] = (
        ("outlay", "Paid once", steps.outlay, money.outlay),
        ("running cost", "Running costs", steps.running, money.running),
        ("depreciation", "Depreciation", steps.depreciation, money.depreciation),
        ("profit", "Profit before tax", steps.profit, profit),
        ("carried", "Profit so far, losses made good", steps.carried, carried),
        ("tax", "Tax", steps.tax, money.tax),
        ("net", "Net cash flow", steps.net, money.net),
        ("regained", "Regained time at full pay, after tax", steps.regained, regained(found)),
        (
            "without",
            "Net cash flow without regained time",
            lambda row, year: (
                f"{steps.at('net', year, row)}"
                f"-{steps.term('reuse_employee_hours', row)}*{steps.at('regained', year, row)}"
            ),
            money.net - of_terms(found.terms, "reuse_employee_hours") * regained(found),
        ),
    )
    for year in range(years + 1):
        for key, title, make, values in rows:
            columns.formula(key, year, title, make, values[:, year])
    _totals(columns, steps, found)


def regained(found: Appraisal) -> Floats:
    """[draws, years + 1] Regained working time at full pay, after tax at once."""
    when = np.vstack([times(found.found.years, item.mid_year) for item in found.terms])
    prices = np.power(1.0 + of_terms(found.terms, "inflation"), when) * CENT
    left = (1.0 - of_terms(found.terms, "benefit_adjustment")) * (1.0 - of_terms(found.terms, "tax_rate"))
    return np.asarray(found.found.lines["employees"] * prices * left)


def _totals(columns: Columns, steps: Steps, found: Appraisal) -> None:
    years, money = found.found.years, found.statement
    cash = steps.worth(("cash",), years)

    def less_costs(benefits: Formula) -> Formula:
        return lambda row, year: f"{benefits(row, year)}-{steps.at('costs', WHOLE, row)}"

    def all_benefits(row: int, _: int) -> str:
        return steps.at("benefits", WHOLE, row)

    rows: tuple[tuple[str, str, Formula, Floats], ...] = (
        ("npv", "Net present value", steps.worth(("net",), years), money.npv),
        ("benefits", "Benefits, present value", steps.worth(tuple(CLASSES), years), money.benefits_present),
        (
            "costs",
            "Costs, present value",
            steps.worth(("outlay", "running cost"), years),
            money.costs_present,
        ),
        ("before tax", "Net present value before tax", less_costs(all_benefits), money.npv_before_tax),
        ("cash only", "With money saved alone, before tax", less_costs(cash), money.npv_cash_only),
    )
    for key, title, make, values in rows:
        columns.formula(key, WHOLE, title, make, values)
