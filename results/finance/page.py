"""What workbook and board page are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from results.documents import Provenance
from results.finance.appraisal import Appraisal, Verdicts
from results.finance.assumed import Assumed
from results.prices import Target


@dataclass(frozen=True, slots=True)
class Page:
    """An appraisal with the words of its assumptions and with what was played."""

    verdicts: Verdicts
    assumed: Mapping[str, Assumed]
    provenance: Provenance
    targets: tuple[Target, ...]
    start: date
    """Date of t = 0."""


def best(page: Page) -> Appraisal:
    """The scenario that is worth most on average: the one that the page is about."""
    return max(page.verdicts.appraisals.values(), key=lambda item: item.npv.mean)
