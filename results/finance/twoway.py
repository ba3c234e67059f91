"""Two-way tables: what becomes of the net present value if two things differ at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from results.finance.drivers import Driver
from results.finance.flows import Differences
from results.finance.statement import statement
from results.finance.terms import Terms
from results.statistics.quantiles import quantiles
from sim.spec.calendars import Floats

RATES = (0.5, 0.75, 1.0, 1.25, 1.5)
"""Discount rates of the table, in those of the appraisal."""
USED = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Shares of the regained working time that are used."""
QUANTILES = (0.1, 0.3, 0.5, 0.7, 0.9)


@dataclass(frozen=True, slots=True)
class TwoWay:
    """Mean net present value by row and column; values as drawn.

    ``exact`` if all futures were reckoned anew; it is by regression otherwise.
    """

    rows: str
    columns: str
    row_values: tuple[float, ...]
    column_values: tuple[float, ...]
    npv: Floats
    exact: bool


def of_terms(found: Differences, terms: Sequence[Terms], rate: float) -> TwoWay:
    """By how much of the regained time is used and by discount rate: all futures reckoned anew with both."""
    rates = tuple(rate * part for part in RATES)
    npv = [
        [
            statement(
                found, [replace(item, reuse_employee_hours=used, discount_rate=each) for item in terms]
            ).npv.mean()
            for each in rates
        ]
        for used in USED
    ]
    names = ("finance.reuse_employee_hours", "finance.discount_rate")
    return TwoWay(*names, USED, rates, np.array(npv), exact=True)


def of_drivers(ranked: Sequence[Driver], drawn: Mapping[str, Floats], npv: Floats) -> TwoWay | None:
    """By the two assumptions that move it most, by regression on both and their product; None without two."""
    clear = [item.name for item in ranked if item.clear][:2]
    if len(clear) < 2:
        return None
    first, second = (drawn[name] for name in clear)
    own = [tuple(quantiles(values, list(QUANTILES))) for values in (first, second)]

    def design(a: Floats, b: Floats) -> Floats:
        x, y = (a - first.mean()) / first.std(), (b - second.mean()) / second.std()
        return np.array([np.ones_like(x), x, y, x * y]).T

    slopes = np.linalg.lstsq(design(first, second), npv, rcond=None)[0]
    a, b = np.meshgrid(*map(np.array, own), indexing="ij")
    table = design(a.ravel(), b.ravel()) @ slopes
    return TwoWay(clear[0], clear[1], own[0], own[1], table.reshape(a.shape), exact=False)
