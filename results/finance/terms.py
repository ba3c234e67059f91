"""How money is reckoned: discounting, tax, inflation, depreciation, and what freed hours are worth."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms of one future. Shares and rates are 0 to 1, rates a year.

    ``reuse_employee_hours`` and ``reuse_it_hours`` are the shares of freed hours that become useful work;
    ``capital_share`` of the one-off costs of levers is capitalised and written off over
    ``depreciation_years``. ``mid_year`` puts the flows of a year at its middle, ``losses_used`` sets losses
    off against other profit at once instead of carrying them forward; both are 1 or 0. The adjustments are
    those of Forrester's TEI: benefits down, costs up. ``employee_cost`` (an hour) and ``customer_margin``
    (a month) are prices of this future, kept here so that a workbook can change them.
    """

    discount_rate: float = 0.10
    tax_rate: float = 0.0
    inflation: float = 0.0
    depreciation_years: float = 3.0
    capital_share: float = 0.0
    mid_year: float = 0.0
    losses_used: float = 1.0
    reuse_employee_hours: float = 0.5
    reuse_it_hours: float = 0.5
    benefit_adjustment: float = 0.0
    cost_adjustment: float = 0.0
    employee_cost: float = 0.0
    customer_margin: float = 0.0
