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
from results.finance.statement import column as of_terms
from results.finance.wording import CLASS_TITLES, LINE_TITLES
from results.finance.workbook.book import Book, Sheet
from results.finance.workbook.inputs import ROWS, Inputs
from sim.spec.calendars import Floats

FIRST = 4
"""Row of the first future, from 0."""
PRICED = {
    "employees": ("employee_hours", "employee_cost"),
    "customers": ("customer_months", "customer_margin"),
}
"""Lines that are a quantity times a price, which can be changed."""
QUANTITY_TITLES = {"employee_hours": "hours lost", "customer_months": "customer-months missed"}


@dataclass
class Columns:
    """Columns of a sheet of futures: each a key with a year (None: of the whole), and where it is."""

    sheet: Sheet
    rows: int
    place: dict[tuple[str, int | None], int] = field(default_factory=dict)

    def number(self, key: str, year: int | None, title: str, values: Floats, form: str = "cents") -> None:
        """A column of numbers."""
        column = self._head(key, year, title)
        for row, value in enumerate(values):
            self.sheet.text(FIRST + row, column, float(value), form)

    def formula(
        self,
        key: str,
        year: int | None,
        title: str,
        make: Callable[[int], str],
        values: Floats,
        form: str = "money",
    ) -> None:
        """A column of formulas; ``make`` gives that of a row as the spreadsheet counts it."""
        column = self._head(key, year, title)
        for row, value in enumerate(values):
            self.sheet.formula(FIRST + row, column, make(FIRST + row + 1), float(value), form)

    def at(self, key: str, year: int | None, row: int) -> str:
        """A cell of the same sheet."""
        return f"${xl_col_to_name(self.place[key, year])}{row}"

    def all(self, key: str, year: int | None = None) -> str:
        """A whole column, for other sheets."""
        return self.sheet.down(self.place[key, year], FIRST, FIRST + self.rows - 1)

    def _head(self, key: str, year: int | None, title: str) -> int:
        column = len(self.place) + 1
        self.place[key, year] = column
        self.sheet.text(FIRST - 2, column, "" if year is None else f"Year {year}", "head")
        self.sheet.text(FIRST - 1, column, title, "head")
        return column


def write_draws(book: Book, name: str, found: Appraisal, inputs: Inputs) -> Columns:
    """The sheet of one scenario's futures."""
    sheet = book.sheet(name, {"A:A": 9, "B:ZZ": 14}, grid=True)
    sheet.text(0, 0, f"{found.title}: every future", "title")
    sheet.text(
        1,
        0,
        "Grey numbers were played (money in cents, beside the base under the same luck); the rest is formulas.",
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


def term(columns: Columns, inputs: Inputs, name: str, row: int) -> str:
    """A term in a row: the input that all futures share, or the column of this future's own."""
    return inputs.used[name] if inputs.same(name) else columns.at(f"used {name}", None, row)


def _terms(columns: Columns, found: Appraisal, inputs: Inputs) -> None:
    for name, _, title, form in ROWS:
        if inputs.same(name):
            continue
        drawn = of_terms(found.terms, name)[:, 0]
        columns.number(f"drawn {name}", None, f"{title}: drawn", drawn, "general")
        columns.formula(
            f"used {name}",
            None,
            f"{title}: used",
            lambda row, name=name: (
                f"IF(ISNUMBER(in_{name}),in_{name},{columns.at(f'drawn {name}', None, row)})"
            ),  # type: ignore[misc]
            drawn,
            form,
        )


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


def _formulas(columns: Columns, found: Appraisal, inputs: Inputs) -> None:
    years, money = found.found.years, found.statement

    def t(name: str, row: int) -> str:
        return term(columns, inputs, name, row)

    def at(key: str, year: int | None, row: int) -> str:
        return columns.at(key, year, row)

    if found.priced:
        for line, (quantity, price) in PRICED.items():
            for year in range(1, years + 1):
                columns.formula(
                    line,
                    year,
                    f"{LINE_TITLES[line]} (cents)",
                    lambda r, q=quantity, p=price, y=year: _priced(columns, q, t(p, r), y, r),  # type: ignore[misc]
                    found.found.lines[line][:, year],
                )
    when = np.vstack([times(years, item.mid_year) for item in found.terms])
    prices = np.power(1.0 + of_terms(found.terms, "inflation"), when) * 0.01
    for year in range(years + 1):
        moment = (lambda _r: "0") if year == 0 else (lambda r, y=year: f"({y}-0.5*{t('mid_year', r)})")  # type: ignore[misc]
        columns.formula(
            "price",
            year,
            "Money of a cent, with inflation",
            lambda r, m=moment: f"0.01*(1+{t('inflation', r)})^{m(r)}",
            prices[:, year],
            "general",  # type: ignore[misc]
        )
        columns.formula(
            "factor",
            year,
            "Discount factor",
            lambda r, m=moment: f"(1+{t('discount_rate', r)})^(-{m(r)})",
            money.factor[:, year],
            "factor",  # type: ignore[misc]
        )
    share = {"employees": "reuse_employee_hours", "it_hours": "reuse_it_hours"}
    for year in range(1, years + 1):
        for key, lines in CLASSES.items():
            columns.formula(
                key,
                year,
                CLASS_TITLES[key],
                lambda r, y=year, ls=lines: (
                    "("
                    + "+".join(  # type: ignore[misc]
                        at(line, y, r) + (f"*{t(share[line], r)}" if line in share else "") for line in ls
                    )
                    + f")*{at('price', y, r)}*(1-{t('benefit_adjustment', r)})"
                ),
                money.benefits[key][:, year],
            )
    _costs_and_tax(columns, found, t)
    _totals(columns, found)


def _priced(columns: Columns, quantity: str, price: str, year: int, row: int) -> str:
    """What both sides lose in a year, in whole cents that add up: base less scenario."""

    def so_far(side: str, year: int) -> str:
        return f"ROUND(100*{price}*{columns.at(f'{quantity} {side}', year, row)},0)" if year else "0"

    return (
        f"({so_far('base', year)}-{so_far('base', year - 1)})"
        f"-({so_far('with it', year)}-{so_far('with it', year - 1)})"
    )


def _costs_and_tax(columns: Columns, found: Appraisal, t: Callable[[str, int], str]) -> None:
    years, money, at = found.found.years, found.statement, columns.at
    everything = money.all_benefits
    profit = everything - money.running - (money.outlay - money.capital) - money.depreciation
    carried = np.maximum(np.maximum.accumulate(np.cumsum(profit, axis=1), axis=1), 0.0)

    def benefits(year: int, row: int) -> str:
        return "+".join(at(key, year, row) for key in CLASSES) if year else "0"

    for year in range(years + 1):
        key = "once" if year else "initial"
        columns.formula(
            "outlay",
            year,
            "Paid once",
            lambda r, y=year, k=key: f"{at(k, y, r)}*{at('price', y, r)}*(1+{t('cost_adjustment', r)})",  # type: ignore[misc]
            money.outlay[:, year],
        )
        columns.formula(
            "running cost",
            year,
            "Running costs",
            lambda r, y=year: (
                f"{at('running', y, r)}*{at('price', y, r)}*(1+{t('cost_adjustment', r)})" if y else "0"
            ),  # type: ignore[misc]
            money.running[:, year],
        )
        columns.formula(
            "depreciation",
            year,
            "Depreciation",
            lambda r, y=year: _depreciation(columns, t, y, r),
            money.depreciation[:, year],  # type: ignore[misc]
        )
        columns.formula(
            "profit",
            year,
            "Profit before tax",
            lambda r, y=year: (  # type: ignore[misc]
                f"{benefits(y, r)}-{at('running cost', y, r)}"
                f"-{at('outlay', y, r)}*(1-{t('capital_share', r)})-{at('depreciation', y, r)}"
            ),
            profit[:, year],
        )
        columns.formula(
            "carried",
            year,
            "Profit so far, losses made good",
            lambda r, y=year: (
                "MAX(0,"
                + (f"{at('carried', y - 1, r)}," if y else "")
                + "+".join(  # type: ignore[misc]
                    at("profit", before, r) for before in range(y + 1)
                )
                + ")"
            ),
            carried[:, year],
        )
        columns.formula(
            "tax",
            year,
            "Tax",
            lambda r, y=year: (  # type: ignore[misc]
                f"{t('tax_rate', r)}*IF({t('losses_used', r)}>0,{at('profit', y, r)},"
                f"{at('carried', y, r)}-{at('carried', y - 1, r) if y else '0'})"
            ),
            money.tax[:, year],
        )
        columns.formula(
            "net",
            year,
            "Net cash flow",
            lambda r, y=year: (  # type: ignore[misc]
                f"{benefits(y, r)}-{at('outlay', y, r)}-{at('running cost', y, r)}-{at('tax', y, r)}"
            ),
            money.net[:, year],
        )


def _depreciation(columns: Columns, t: Callable[[str, int], str], year: int, row: int) -> str:
    life = t("depreciation_years", row)
    parts = [
        f"IF({year - max(spent, 1)}<{life},{columns.at('outlay', spent, row)},0)"
        for spent in range(year + 1)
        if year
    ]
    return f"({'+'.join(parts)})*{t('capital_share', row)}/{life}" if parts else "0"


def _totals(columns: Columns, found: Appraisal) -> None:
    years, money, at = range(found.found.years + 1), found.statement, columns.at

    def worth(keys: tuple[str, ...], row: int) -> str:
        return "+".join(
            f"({'+'.join(at(key, year, row) for key in keys)})*{at('factor', year, row)}"
            for year in years
            if (keys[0], year) in columns.place
        )

    costs = ("outlay", "running cost")
    columns.formula("npv", None, "Net present value", lambda r: worth(("net",), r), money.npv)
    columns.formula(
        "benefits",
        None,
        "Benefits, present value",
        lambda r: worth(tuple(CLASSES), r),
        money.benefits_present,
    )
    columns.formula("costs", None, "Costs, present value", lambda r: worth(costs, r), money.costs_present)
    columns.formula(
        "before tax",
        None,
        "Net present value before tax",
        lambda r: f"{at('benefits', None, r)}-{at('costs', None, r)}",
        money.npv_before_tax,
    )
    columns.formula(
        "cash only",
        None,
        "With money saved alone, before tax",
        lambda r: f"{worth(('cash',), r)}-{at('costs', None, r)}",
        money.npv_cash_only,
    )
