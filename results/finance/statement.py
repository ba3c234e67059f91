"""From yearly differences to the cash flows of every future: inflation, depreciation, tax, discounting.

The workbook holds the same steps as formulas (``results.finance.workbook``), line by line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from results.finance.flows import CLASSES, COSTS, Differences
from results.finance.formulas import times
from results.finance.terms import Terms
from sim.spec.calendars import Floats

CENT = 0.01


@dataclass(frozen=True, slots=True)
class Statement:
    """[draws, years + 1] Money of every future, year 0 first; [draws] ``npv`` and the like.

    ``benefits`` by class; ``freed`` are all hours that are freed, at full pay. ``outlay`` is what is paid
    once, of which ``capital`` is capitalised and written off as ``depreciation``; ``running`` costs.
    ``net`` = benefits - outlay - running - tax.
    """

    benefits: dict[str, Floats]
    freed: Floats
    outlay: Floats
    running: Floats
    capital: Floats
    depreciation: Floats
    taxed: Floats
    tax: Floats
    net: Floats
    factor: Floats
    npv: Floats
    npv_before_tax: Floats
    npv_cash_only: Floats
    benefits_present: Floats
    costs_present: Floats

    @property
    def all_benefits(self) -> Floats:
        """[draws, years + 1] Benefits of all classes."""
        found: Floats = np.sum(list(self.benefits.values()), axis=0)
        return found

    @property
    def costs(self) -> Floats:
        """[draws, years + 1] Costs of the levers, before tax."""
        found: Floats = self.outlay + self.running
        return found


def column(terms: Sequence[Terms], name: str) -> Floats:
    """[draws, 1] One of the terms."""
    return np.array([[float(getattr(item, name))] for item in terms])


def statement(found: Differences, terms: Sequence[Terms]) -> Statement:
    """The statement of every future, each with its own terms.

    Tax is on benefits less running costs, expensed outlays and depreciation: in straight lines over whole
    years, from the year of the outlay on (year 1 for one of year 0). What is not written off by the end has
    no value there. Losses save tax at once, or later, when there is profit again.
    """
    t = np.vstack([times(found.years, item.mid_year) for item in terms])
    prices = np.power(1.0 + column(terms, "inflation"), t) * CENT
    up, down = 1.0 + column(terms, "cost_adjustment"), 1.0 - column(terms, "benefit_adjustment")
    share = {
        "employees": column(terms, "reuse_employee_hours"),
        "it_hours": column(terms, "reuse_it_hours"),
    }
    benefits = {
        name: sum((found.lines[line] * share.get(line, 1.0) for line in lines), np.zeros(1)) * prices * down
        for name, lines in CLASSES.items()
    }
    freed = sum((found.lines[line] for line in share), np.zeros(1)) * prices * down
    initial, once, running = (found.lines[name] * prices * up for name in COSTS)
    outlay = initial + once
    capital = column(terms, "capital_share") * outlay
    depreciation = written_off(capital, column(terms, "depreciation_years"))
    everything = np.sum(list(benefits.values()), axis=0)
    profit = everything - running - (outlay - capital) - depreciation
    taxed = taxable(profit, column(terms, "losses_used"))
    tax = column(terms, "tax_rate") * taxed
    net = everything - outlay - running - tax
    factor = np.power(1.0 + column(terms, "discount_rate"), -t)
    costs_present = ((outlay + running) * factor).sum(axis=1)
    benefits_present = (everything * factor).sum(axis=1)
    return Statement(
        benefits,
        freed,
        outlay,
        running,
        capital,
        depreciation,
        taxed,
        tax,
        net,
        factor,
        npv=(net * factor).sum(axis=1),
        npv_before_tax=benefits_present - costs_present,
        npv_cash_only=(benefits["cash"] * factor).sum(axis=1) - costs_present,
        benefits_present=benefits_present,
        costs_present=costs_present,
    )


def written_off(capital: Floats, years: Floats) -> Floats:
    """[draws, years + 1] Straight-line depreciation of what is capitalised in each year over ``years``."""
    found = np.zeros_like(capital)
    for spent in range(capital.shape[1]):
        for year in range(max(spent, 1), capital.shape[1]):
            running = year - max(spent, 1) < years[:, 0]
            found[:, year] += np.where(running, capital[:, spent] / years[:, 0], 0.0)
    return found


def taxable(profit: Floats, losses_used: Floats) -> Floats:
    """[draws, years + 1] What tax is paid on: the profit, or without the losses still carried forward."""
    carried = np.maximum(np.maximum.accumulate(np.cumsum(profit, axis=1), axis=1), 0.0)
    return np.where(losses_used > 0, profit, np.diff(carried, axis=1, prepend=0.0))
