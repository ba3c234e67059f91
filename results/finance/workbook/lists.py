"""Sheets that list: months, what matters, assumptions, the tracking of benefits, checks and sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from results.finance.advice import case_sentences
from results.finance.appraisal import Appraisal
from results.finance.checks import checks
from results.finance.names import scenario_names
from results.finance.page import Page
from results.finance.steps import STEPS
from results.finance.tracking import promises
from results.finance.twoway import TwoWay
from results.finance.wording import CLASS_TITLES, LINE_TITLES
from results.finance.workbook.book import Book, Sheet
from results.finance.workbook.draws import Columns
from results.finance.workbook.figures import Statement

FORMS = {0: "text", 4: "quiet_indented", 6: "text"}
"""How columns of the assumptions are shown, where not plainly."""


def write_months(book: Book, page: Page) -> list[tuple[str, str]]:
    """Means by month and line, as played; returns sums for the checks, each as two formulas."""
    sheet = book.sheet("Months", {"A:A": 30, "B:B": 30, "C:BZ": 11}, grid=True)
    sheet.text(
        0, 0, "Month by month, as played: means beside the base, before reuse, inflation and tax", "title"
    )
    months = 12 * page.verdicts.years
    for column, head in enumerate(
        ["Scenario", "Line", *(f"Month {month + 1}" for month in range(months)), "Sum"]
    ):
        sheet.text(2, column, head, "head")
    row, sums = 3, []
    for name, found in page.verdicts.appraisals.items():
        for line, values in found.months.items():
            sheet.text(row, 0, name)
            sheet.text(row, 1, LINE_TITLES[line])
            for month in range(months):
                sheet.text(row, 2 + month, float(values[month]), "money")
            total = float(values[:months].sum())
            sheet.formula(row, 2 + months, f"SUM({sheet.at(row, 2, 1 + months)})", total)
            row += 1
            sums.append((name, line, sheet.at(row - 1, 2 + months)))
    sheet.sheet.freeze_panes(3, 2)
    return [(f"{name}: {LINE_TITLES[line]}", cell) for name, line, cell in sums]


def write_drivers(book: Book, page: Page) -> None:
    """What each figure rests on."""
    sheet = book.sheet("What matters", {"A:A": 26, "B:B": 84, "C:D": 16, "E:H": 16, "I:I": 40})
    sheet.text(0, 0, "What matters: assumptions by how far they move the net present value", "title")
    sheet.text(
        1,
        0,
        "From regression on the futures, not by formulas; what is not clear can't be told from chance.",
        "note",
    )
    heads = (
        "Scenario",
        "Assumption",
        "From (P10)",
        "To (P90)",
        "Worth there, from",
        "Worth there, to",
        "Breaks even at",
        "Worth of knowing it",
        "Key",
    )
    for column, head in enumerate(heads):
        sheet.text(3, column, head, "head_right" if column in (4, 5, 7) else "head")
    row = 4
    for name, found in page.verdicts.appraisals.items():
        for item in found.clear_drivers or found.drivers[:5]:
            known = page.assumed[item.name]
            sheet.text(row, 0, name if item.clear else f"{name} (not clear)")
            sheet.text(row, 1, known.title, "text")
            sheet.text(row, 2, known.text(item.low))
            sheet.text(row, 3, known.text(item.high))
            sheet.text(row, 4, item.at_low, "money")
            sheet.text(row, 5, item.at_high, "money")
            turns = "not in its range" if item.turns is None else known.text(item.turns)
            sheet.text(row, 6, turns, "note")
            sheet.text(row, 7, item.known, "money")
            sheet.text(row, 8, item.name, "note")
            row += 1
    row += 2
    sheet.text(row, 0, "Bad, middling and good: whole futures, not the best of everything", "section")
    for found in page.verdicts.appraisals.values():
        for sentence in case_sentences(found, page.assumed, page.verdicts.currency):
            row += 1
            sheet.text(row, 0, found.name)
            sheet.text(row, 1, sentence)
    row = _swings(sheet, row + 3, page)
    row = _steps(sheet, row + 2, page)
    for found in page.verdicts.appraisals.values():
        for table in found.two_way:
            if not table.exact:
                row = _two_way(sheet, row + 2, found, table, page)


def _swings(sheet: Sheet, row: int, page: Page) -> int:
    """Every line a fifth lower and higher; returns the row below."""
    sheet.text(
        row,
        0,
        "If one line came out a fifth lower or higher (all futures reckoned anew, no formulas)",
        "section",
    )
    heads = ("Scenario", "Line", "Worth, a fifth less", "Worth, a fifth more")
    for column, head in enumerate(heads):
        sheet.text(row + 1, column, head, "head_right" if column > 1 else "head")
    row += 2
    for name, found in page.verdicts.appraisals.items():
        for item in found.swings:
            sheet.text(row, 0, name)
            sheet.text(row, 1, item.title, "text")
            sheet.text(row, 2, item.at_low, "money")
            sheet.text(row, 3, item.at_high, "money")
            row += 1
    return row


def _steps(sheet: Sheet, row: int, page: Page) -> int:
    """All at once, or in steps; returns the row below."""
    sheet.text(row, 0, "All at once, or in steps, by the cash flow of year 1 (no formulas)", "section")
    heads = ("Scenario", "Way to go about it", "Worth (mean)", "Loses money", "Worst 1 in 20", "Goes on")
    for column, head in enumerate(heads):
        sheet.text(row + 1, column, head, "head_right" if column > 1 else "head")
    row += 2
    for name, found in page.verdicts.appraisals.items():
        for item in found.steps if found.statement.costs.any() else ():
            sheet.text(row, 0, name)
            sheet.text(row, 1, STEPS[item.name], "text")
            for column, (value, form) in enumerate(
                (
                    (item.mean, "money"),
                    (item.p_loss.share, "percent"),
                    (item.cvar, "money"),
                    (item.goes_on, "percent"),
                ),
                2,
            ):
                sheet.text(row, column, value, form)
            row += 1
    return row


def _two_way(sheet: Sheet, row: int, found: Appraisal, item: TwoWay, page: Page) -> int:
    """The two strongest assumptions at once, by regression; returns the row below."""
    rows, columns = page.assumed[item.rows], page.assumed[item.columns]
    title = f"{found.name}: worth if two assumptions differ at once (by regression)"
    sheet.text(row, 0, title, "section")
    sheet.text(row + 1, 1, f"{rows.title} (down), {columns.title} (across)", "text")
    for column, value in enumerate(item.column_values, 2):
        sheet.text(row + 1, column, columns.text(value), "head_right")
    for place, (value, worths) in enumerate(zip(item.row_values, item.npv, strict=True), row + 2):
        sheet.text(place, 1, rows.text(value))
        for column, worth in enumerate(worths, 2):
            sheet.text(place, column, float(worth), "money")
    return row + 2 + len(item.row_values)


def write_assumptions(book: Book, page: Page) -> None:
    """Every assumption with low, most likely and high value, source and grade."""
    sheet = book.sheet("Assumptions", {"A:A": 62, "B:D": 13, "E:E": 14, "F:F": 7, "G:G": 70, "H:H": 46})
    sheet.text(0, 0, "Assumptions", "title")
    sheet.text(
        1,
        0,
        "Grades: A primary source, B quoted, C vendor or anecdote, D assumed, E computed from data; "
        "claim: stated in the defining texts.",
        "note",
    )
    for column, head in enumerate(
        ("Assumption", "Low", "Most likely", "High", "Unit", "Grade", "Source", "Key")
    ):
        sheet.text(3, column, head, "head_right" if 1 <= column <= 3 else "head")
    for row, item in enumerate(page.assumed.values(), 4):
        for column, value in enumerate(
            (item.title, item.low, item.mode, item.high, item.unit, item.grade, item.source, item.name)
        ):
            sheet.text(row, column, value, FORMS.get(column, "plain"))
    sheet.sheet.autofilter(3, 0, 3 + len(page.assumed), 7)
    sheet.sheet.freeze_panes(4, 1)


def write_tracking(book: Book, page: Page) -> None:
    """What was promised, with dates and owners; actual figures are typed in later."""
    sheet = book.sheet(
        "Benefit tracking",
        {
            "A:A": 20,
            "B:B": 34,
            "C:C": 42,
            "D:D": 56,
            "E:E": 20,
            "F:F": 11,
            "G:G": 22,
            "H:M": 13,
            "N:Q": 15,
        },
    )
    sheet.text(0, 0, "Benefit tracking: what was promised, and what came of it", "title")
    sheet.text(
        1,
        0,
        "When a line is due, type what was measured in that year into its yellow cell, in its unit. "
        "'Without it' is what the base would have come to; money is before tax, hours at full pay.",
        "note",
    )
    heads = (
        "Scenario",
        "Line",
        "Kind",
        "Measured by",
        "Owner",
        "Due",
        "Unit",
        "Without it",
        "With it",
        "Planned (mean)",
        "9 of 10 futures from",
        "to",
        "Worth as planned",
        "Measured",
        "What came of it",
        "Gap to plan",
        "State",
    )
    sheet.sheet.set_row(3, 30)
    for column, head in enumerate(heads):
        sheet.text(3, column, head, "head_right" if 7 <= column <= 15 else "head")
    row = 4
    for found in page.verdicts.appraisals.values():
        if not found.statement.costs.any():
            continue  # nothing is paid for it, so nothing was promised
        for item in promises(found, page.targets, page.start, page.verdicts.currency):
            kind = CLASS_TITLES.get(item.kind, "Cost")
            for column, value in enumerate((item.scenario, item.title, kind, item.measured_by, item.owner)):
                sheet.text(row, column, value, "text")
            sheet.sheet.write_datetime(row, 5, _midnight(item.due), book.formats["date"])
            sheet.text(row, 6, item.unit, "text")
            for column, amount in enumerate(
                (item.without, item.with_it, item.planned, item.low, item.high, item.worth), 7
            ):
                sheet.text(row, column, amount, "money")
            sheet.blank(row, 13, "input_money")
            typed, without, planned, low, high, came = (
                sheet.at(row, column) for column in (13, 7, 9, 10, 11, 14)
            )
            less = f"{without}-{typed}" if item.falls else f"{typed}-{without}"
            sheet.formula(row, 14, f'IF(ISNUMBER({typed}),{less},"")', None)
            sheet.formula(row, 15, f'IF(ISNUMBER({typed}),{came}-{planned},"")', None)
            worse, better = f"{came}<{low}", f"{came}>{high}"
            if item.kind == "cost":
                worse, better = better, worse
            sheet.formula(
                row,
                16,
                f'IF(ISNUMBER({typed}),IF({worse},"worse than said",'
                f'IF({better},"better than said","as said")),"open")',
                "open",
                "plain",
            )
            row += 1
    sheet.sheet.autofilter(3, 0, max(row - 1, 4), 16)
    sheet.sheet.freeze_panes(4, 2)


def write_checks(
    book: Book,
    page: Page,
    statements: dict[str, Statement],
    draws: dict[str, Columns],
    sums: list[tuple[str, str]],
) -> None:
    """Check cells, and where all of it comes from."""
    sheet = book.sheet("Checks and sources", {"A:A": 70, "B:B": 16, "C:C": 60})
    sheet.text(0, 0, "Checks", "title")
    row = 2
    states = list[str]()
    prefixes = scenario_names(list(page.verdicts.appraisals))
    for name, found in page.verdicts.appraisals.items():
        own = len(states)
        for title, formula in _live(name, statements[name], draws[name], sums):
            sheet.text(row, 0, f"{name}: {title}")
            sheet.formula(row, 1, f'IF({formula},"OK","CHECK")', "OK", "good")
            states.append(sheet.at(row, 1))
            row += 1
        for item in checks(found):
            sheet.text(row, 0, f"{name}: {item.text} (as played)")
            sheet.text(row, 1, "OK" if item.passed else "CHECK", "good")
            states.append(sheet.at(row, 1))
            row += 1
        sheet.text(row, 0, f"{name}: all of these", "bold")
        sheet.formula(row, 1, _none_fails(states[own:]), state([found]), "good")
        sheet.named(f"{prefixes[name]}_checks", row, 1)
        row += 1
    sheet.text(row, 0, "All checks", "bold")
    sheet.formula(row, 1, _none_fails(states), state(page.verdicts.appraisals.values()), "good")
    sheet.named("all_checks", row, 1)
    sheet.alarm(1, 2, row)
    _sources(sheet, row + 3, page)


def state(appraisals: Iterable[Appraisal]) -> str:
    """What the cell of all their checks says."""
    passed = all(item.passed for found in appraisals for item in checks(found))
    return "OK" if passed else "CHECK"


def _none_fails(states: Sequence[str]) -> str:
    failed = "+".join(f'({cell}<>"OK")' for cell in states)
    return f'IF({failed}=0,"OK","CHECK")'


def _live(
    name: str, statement: Statement, columns: Columns, sums: list[tuple[str, str]]
) -> list[tuple[str, str]]:
    years = range(statement.years + 1)
    net = f"SUMPRODUCT({statement.cells('net')},{statement.cells('factor')})"
    found = [
        ("every future is there", f"COUNT({columns.all('npv')})={columns.rows}"),
        (
            "net present value of the mean flows is the mean net present value",
            f"ABS({net}-AVERAGE({columns.all('npv')}))<=0.000001*(1+ABS({net}))",
        ),
        (
            "benefits less costs less tax are the net cash flow",
            (
                f"ABS(SUM({statement.cells('net')})-SUM({statement.cells('benefits')})-SUM({statement.cells('outlay')})"
                f"-SUM({statement.cells('running cost')})-SUM({statement.cells('tax')}))<0.01"
            ),
        ),
    ]
    for line in ("spend", "margin", "penalties", "initiatives", "it_hours", "running", "once"):
        cell = next(cell for title, cell in sums if title == f"{name}: {LINE_TITLES[line]}")
        total = "+".join(
            f"AVERAGE({columns.all(line, year)})" for year in years if (line, year) in columns.place
        )
        found.append(
            (f"months of '{LINE_TITLES[line]}' add up to the years", f"ABS(({total})/100-{cell})<0.01")
        )
    return found


def _sources(sheet: Sheet, row: int, page: Page) -> None:
    provenance = page.provenance
    sheet.text(row, 0, "Where this comes from", "title")
    lines = [
        ("Command", provenance.command),
        ("Version of Watermelon", provenance.version),
        ("Scenario digest (run id)", provenance.model_hash),
        ("Seed", provenance.seed),
        ("Futures", page.verdicts.draws),
        ("Currency", page.verdicts.currency),
        *provenance.details,
        ("TEI and risk adjustment", "Forrester, The Total Economic Impact methodology"),
        (
            "NPV, IRR, payback, depreciation and tax",
            "Brealey, Myers & Allen (2020), Principles of Corporate Finance, 13th ed.",
        ),
        ("MIRR", "Lin (1976), Engineering Economist 21:237"),
        (
            "Mean of the worst futures (CVaR)",
            "Rockafellar & Uryasev (2002), Journal of Banking & Finance 26:1443",
        ),
        ("Every formula with an example", "docs/finance.md"),
    ]
    for place, (title, value) in enumerate(lines, 2):
        sheet.text(row + place, 0, title)
        sheet.text(row + place, 2, value, "text")


def _midnight(day: object) -> object:
    from datetime import date, datetime, time

    assert isinstance(day, date)
    return datetime.combine(day, time())
