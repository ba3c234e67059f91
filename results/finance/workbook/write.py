"""The workbook of an appraisal, sheet by sheet."""

from __future__ import annotations

from pathlib import Path

from results.finance.advice import advice
from results.finance.names import scenario_names
from results.finance.page import Page
from results.finance.workbook.book import Book, sheet_name
from results.finance.workbook.draws import Columns, write_draws
from results.finance.workbook.figures import Statement, write_scenario
from results.finance.workbook.front import write_front
from results.finance.workbook.inputs import write_inputs
from results.finance.workbook.lists import (
    write_assumptions,
    write_checks,
    write_drivers,
    write_months,
    write_tracking,
)
from results.finance.workbook.two_way import write_two_way

FIRST = ("Decision", "Inputs")
LAST = ("What matters", "Benefit tracking", "Assumptions", "Checks and sources", "Months")


def write_workbook(path: Path, page: Page) -> None:
    """Write the workbook to ``path``."""
    verdicts = page.verdicts
    told = {name: advice(verdicts, found, page.assumed) for name, found in verdicts.appraisals.items()}
    prefixes = scenario_names(list(verdicts.appraisals))
    taken = {name.lower() for name in (*FIRST, *LAST)}
    names = {name: sheet_name("", name, taken) for name in verdicts.appraisals}
    futures = {name: sheet_name("Futures", name, taken) for name in verdicts.appraisals}
    title = f"{verdicts.base_title}: what it is worth"
    book = Book(path, title, [*FIRST, *names.values(), *LAST, *futures.values()])
    inputs = write_inputs(book, page)
    draws: dict[str, Columns] = {}
    statements: dict[str, Statement] = {}
    for name, found in verdicts.appraisals.items():
        draws[name] = write_draws(book, futures[name], found, inputs)
        statements[name] = write_scenario(
            book, names[name], prefixes[name], found, draws[name], inputs, told[name]
        )
        write_two_way(statements[name], prefixes[name], found, inputs)
    write_drivers(book, page)
    write_tracking(book, page)
    write_assumptions(book, page)
    write_checks(book, page, statements, draws, write_months(book, page))
    write_front(book, page, told, statements)
    book.close()
