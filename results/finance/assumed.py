"""Assumptions as an appraisal names them: in words, in the unit as written, with source and grade."""

from __future__ import annotations

from dataclasses import dataclass

from results.wording import SPACE, plain


@dataclass(frozen=True, slots=True)
class Assumed:
    """One assumption; values are in ``unit``, of which one is ``factor`` as drawn."""

    name: str
    title: str
    mode: float
    low: float
    high: float
    unit: str
    factor: float
    source: str
    grade: str

    def text(self, drawn: float) -> str:
        """A value as drawn, in the unit as written: 22%, 1.04, 650,000 USD."""
        value = drawn / self.factor
        digits = float(f"{value:.3g}")
        unit = self.unit.split(" (", maxsplit=1)[0]
        gap = "" if unit.startswith("%") or not unit else SPACE
        return f"{plain(digits)}{gap}{unit}"
