"""What was found in a log, in plain words: each with its evidence, none of them silent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

OVERRULED_HERE = "The mapping overrules this finding (cleaning.overrule): it was not acted upon."

FIRST_ROWS = 5
"""Rows that are named as examples of a finding."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a reader of the result should know.

    Parameters
    ----------
    name
        Stable identifier, ``thinned_ids``.
    text
        A sentence or two, with the figures that support it.
    count
        Rows or cases concerned; 0 where counting makes no sense.
    rows
        The first rows concerned, as a spreadsheet numbers them (the header is row 1).
    """

    name: str
    text: str
    count: int = 0
    rows: tuple[int, ...] = ()

    def __str__(self) -> str:
        if not self.rows:
            return self.text
        shown = ", ".join(str(row) for row in self.rows)
        more = ", ..." if self.count > len(self.rows) else ""
        return f"{self.text} (row{'s' if len(self.rows) > 1 else ''} {shown}{more})"


def shown(value: float, digits: int = 3) -> str:
    """A number for a reader: so many digits, and whole from a hundred on."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.{digits}g}"


def first_rows(rows: Iterable[int]) -> tuple[int, ...]:
    """The first few of some row numbers."""
    return tuple(sorted(int(row) for row in rows)[:FIRST_ROWS])
