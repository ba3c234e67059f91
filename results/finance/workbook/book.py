"""A workbook as we write it: every formula with its value, every figure with its name.

Viewers that do not calculate show the values; spreadsheets calculate them again when an input changes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

INK, QUIET, BLUE, PAPER, INPUT = "#222222", "#6b6b6b", "#0072B2", "#EAF1F7", "#FFF4CC"
MONEY, MONEY_CENTS, PERCENT, NUMBER = "#,##0;[Red]-#,##0", "#,##0.00;[Red]-#,##0.00", "0.0%", "#,##0.0###"

FORMATS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "font_color": INK},
    "head": {"bold": True, "font_color": "#FFFFFF", "bg_color": BLUE, "text_wrap": True, "valign": "vcenter"},
    "head_right": {
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": BLUE,
        "text_wrap": True,
        "valign": "vcenter",
        "align": "right",
    },
    "section": {"bold": True, "font_size": 12, "font_color": BLUE},
    "text": {"text_wrap": True, "valign": "top"},
    "plain": {},
    "bold": {"bold": True},
    "quiet": {"font_color": QUIET},
    "quiet_right": {"font_color": QUIET, "align": "right"},
    "quiet_indented": {"font_color": QUIET, "indent": 1},
    "note": {"font_color": QUIET, "italic": True, "indent": 1},
    "money": {"num_format": MONEY},
    "money_bold": {"num_format": MONEY, "bold": True, "top": 1, "bg_color": PAPER},
    "label_bold": {"bold": True, "top": 1, "bg_color": PAPER},
    "cents": {"num_format": "#,##0;[Red]-#,##0", "font_color": QUIET},
    "percent": {"num_format": PERCENT},
    "percent_left": {"num_format": "0%", "align": "left", "indent": 1},
    "percent_head": {
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": BLUE,
        "num_format": PERCENT,
        "align": "right",
    },
    "number": {"num_format": NUMBER},
    "tenth": {"num_format": "#,##0.0"},
    "factor": {"num_format": "0.0000"},
    "general": {"num_format": "General", "font_color": QUIET},
    "input": {"bg_color": INPUT, "border": 1, "border_color": "#C9A400", "locked": False},
    "input_percent": {"bg_color": INPUT, "border": 1, "border_color": "#C9A400", "num_format": PERCENT},
    "input_number": {"bg_color": INPUT, "border": 1, "border_color": "#C9A400", "num_format": "#,##0.00"},
    "input_money": {"bg_color": INPUT, "border": 1, "border_color": "#C9A400", "num_format": MONEY},
    "date": {"num_format": "yyyy-mm-dd", "align": "left"},
    "good": {"bold": True, "font_color": "#00704F"},
    "answer": {
        "bold": True,
        "font_size": 13,
        "text_wrap": True,
        "valign": "top",
        "bg_color": PAPER,
        "border": 1,
        "border_color": "#C5D6E4",
    },
}


class Book:
    """A workbook under construction; ``sheets`` are the names of its sheets in their order."""

    def __init__(self, path: Path, title: str, sheets: Sequence[str]) -> None:
        self.book = xlsxwriter.Workbook(str(path), {"in_memory": True, "strings_to_formulas": False})
        self.book.set_properties({"title": title, "author": "Watermelon"})
        self.book.set_calc_mode("auto")
        self.formats = {
            name: self.book.add_format({"font_name": "Arial", "font_size": 10, **more})
            for name, more in FORMATS.items()
        }

        self.alarm = self.book.add_format({"font_color": "#C00000"})

        # Sheets know their place from the start: what is written first need not come first.
        self.sheets = {name: self.book.add_worksheet(name) for name in sheets}

    def sheet(self, name: str, widths: dict[str, float] | None = None, *, grid: bool = False) -> Sheet:
        """A sheet to write; ``widths`` by columns such as ``B:D``."""
        sheet = self.sheets[name]
        if not grid:
            sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        for columns, width in (widths or {}).items():
            sheet.set_column(columns, width, self.formats["plain"])
        return Sheet(self, sheet, name)

    def close(self) -> None:
        """Write the file."""
        self.book.close()


class Sheet:
    """A sheet, with cells by row and column from 0."""

    def __init__(self, book: Book, sheet: Any, name: str) -> None:
        self.book, self.sheet, self.name = book, sheet, name

    def text(self, row: int, column: int, text: object, form: str = "plain") -> None:
        """A text or a number."""
        value = text if isinstance(text, int | float) else str(text)
        if isinstance(value, float) and not math.isfinite(value):
            value = ""
        self.sheet.write(row, column, value, self.book.formats[form])

    def blank(self, row: int, column: int, form: str) -> None:
        """An empty cell that looks like something."""
        self.sheet.write_blank(row, column, None, self.book.formats[form])

    def formula(self, row: int, column: int, formula: str, value: Any, form: str = "money") -> None:
        """A formula and its value; nothing where there is none."""
        shown = "" if value is None else value
        self.sheet.write_formula(row, column, f"={formula}", self.book.formats[form], shown)

    def alarm(self, column: int, first: int, last: int) -> None:
        """Cells of a column that are red where they say CHECK."""
        says = {"type": "cell", "criteria": "==", "value": '"CHECK"', "format": self.book.alarm}
        self.sheet.conditional_format(first, column, last, column, says)

    def named(self, name: str, row: int, column: int, last_column: int | None = None) -> None:
        """Give a cell, or cells of a row, a name."""
        self.book.book.define_name(name, f"={self.at(row, column, last_column)}")

    def at(self, row: int, column: int, last_column: int | None = None) -> str:
        """Address of a cell, or of cells of a row, for other sheets."""
        first = xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
        if last_column is None or last_column == column:
            return f"'{self.name}'!{first}"
        return f"'{self.name}'!{first}:{xl_rowcol_to_cell(row, last_column, row_abs=True, col_abs=True)}"

    def down(self, column: int, first: int, last: int) -> str:
        """Address of a part of a column, for other sheets."""
        letters = xl_col_to_name(column, col_abs=True)
        return f"'{self.name}'!{letters}${first + 1}:{letters}${last + 1}"


def sheet_name(prefix: str, label: str, taken: set[str]) -> str:
    """A name for a sheet: at most 31 letters, none of those that spreadsheets refuse, not yet taken."""
    clean = "".join("_" if letter in "[]:*?/\\'" else letter for letter in f"{prefix} {label}")[:31].strip()
    name, place = clean, 1
    while name.lower() in taken:
        place += 1
        name = f"{clean[: 31 - len(str(place)) - 1]}~{place}"
    taken.add(name.lower())
    return name
