"""A cash-flow statement by hand: every step on numbers small enough to check."""

from dataclasses import replace

import numpy as np
import pytest

from results.finance.flows import LINES, Differences
from results.finance.statement import statement, taxable, written_off
from results.finance.terms import Terms

PLAIN = Terms(tax_rate=0.0, reuse_employee_hours=1.0, reuse_it_hours=1.0)


def played(**lines: list[float]) -> Differences:
    """One future over two years; amounts in money."""
    found = {name: np.zeros((1, 3)) for name in LINES}
    for name, values in lines.items():
        found[name] = 100.0 * np.array([values])
    return Differences(found, {}, {})


def test_the_example_of_the_guide() -> None:
    # docs/finance.md works this by hand.
    found = played(
        initial=[1_000, 0, 0],
        running=[0, 50, 100],
        spend=[0, 200, 300],
        employees=[0, 400, 800],
        margin=[0, 100, 100],
        initiatives=[0, 0, 200],
    )
    terms = Terms(
        discount_rate=0.10, tax_rate=0.25, capital_share=0.6, depreciation_years=3.0, reuse_employee_hours=0.5
    )
    money = statement(found, [terms])
    assert money.all_benefits[0].tolist() == [0, 500, 1_000]
    assert money.depreciation[0].tolist() == [0, 200, 200]
    assert money.tax[0].tolist() == [-100, 62.5, 175]
    assert money.net[0].tolist() == pytest.approx([-900, 387.5, 725])
    assert money.npv[0] == pytest.approx(-900 + 387.5 / 1.1 + 725 / 1.21)
    assert money.npv_before_tax[0] == pytest.approx(-1_000 + 450 / 1.1 + 900 / 1.21)
    assert money.npv_cash_only[0] == pytest.approx(-1_000 + 150 / 1.1 + 200 / 1.21)


def test_classes_are_kept_apart_and_only_hours_are_reused() -> None:
    found = played(
        spend=[0, 8, 0],
        penalties=[0, 4, 0],
        employees=[0, 20, 0],
        it_hours=[0, 10, 0],
        margin=[0, 3, 0],
        customers=[0, 5, 0],
        initiatives=[0, 7, 0],
    )
    money = statement(found, [replace(PLAIN, reuse_employee_hours=0.5, reuse_it_hours=0.2)])
    first = {name: rows[0, 1] for name, rows in money.benefits.items()}
    assert first == pytest.approx({"cash": 12, "capacity": 10 + 2, "avoided": 8, "growth": 7})


def test_inflation_moves_flows_but_not_what_is_paid_at_the_start() -> None:
    found = played(initial=[100, 0, 0], spend=[0, 100, 100])
    money = statement(found, [replace(PLAIN, inflation=0.05)])
    assert money.net[0].tolist() == pytest.approx([-100, 105, 110.25])


def test_straight_lines_from_the_year_of_the_outlay() -> None:
    capital = np.array([[90.0, 0.0, 30.0, 0.0]])
    assert written_off(capital, np.array([[3.0]]))[0].tolist() == [0, 30, 40, 40]
    assert written_off(capital, np.array([[1.0]]))[0].tolist() == [0, 90, 30, 0]


def test_losses_wait_for_profit_if_they_save_no_tax_at_once() -> None:
    profit = np.array([[-100.0, 60.0, 70.0, 10.0, -20.0, 30.0]])
    waiting = taxable(profit, np.array([[0.0]]))
    assert waiting[0].tolist() == [0, 0, 30, 10, 0, 10]
    assert taxable(profit, np.array([[1.0]]))[0].tolist() == profit[0].tolist()


def test_tei_adjusts_benefits_down_and_costs_up() -> None:
    # TEI's example: an impact of 66% with a likelihood of 30% lowers a benefit by about 20%.
    assert pytest.approx(0.20, abs=0.005) == 0.66 * 0.30
    found = played(initial=[100, 0, 0], spend=[0, 100, 100])
    money = statement(found, [replace(PLAIN, benefit_adjustment=0.2, cost_adjustment=0.1)])
    assert money.net[0].tolist() == pytest.approx([-110, 80, 80])


def test_every_future_has_its_own_terms() -> None:
    found = played(spend=[0, 100, 0])
    both = Differences({name: np.vstack([rows, rows]) for name, rows in found.lines.items()}, {}, {})
    money = statement(both, [replace(PLAIN, discount_rate=0.0), replace(PLAIN, discount_rate=1.0)])
    assert money.npv.tolist() == pytest.approx([100, 50])
