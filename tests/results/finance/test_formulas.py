"""Formulas of investment appraisal: published examples, hand-made cases, another implementation."""

import math

import numpy as np
import pytest

from results.finance import formulas

# Forrester, The Total Economic Impact of SalesLoft: three years at 10%.
COSTS = [-53_150, -666_715, -636_772, -647_783]
BENEFITS = [0, 1_606_511, 3_061_331, 4_229_760]


def test_the_tei_table() -> None:
    costs, benefits = formulas.npv(0.10, COSTS), formulas.npv(0.10, BENEFITS)
    net = formulas.npv(0.10, np.add(COSTS, BENEFITS))
    assert round(costs, 2) == -1_672_201.35
    assert round(benefits, 2) == 7_168_371.46
    assert round(net, 2) == 5_496_170.11
    roi = formulas.per_cost(net, -costs)
    assert roi is not None
    assert round(100 * roi, 1) == 328.7


def test_the_rate_that_numpy_financial_documents() -> None:
    found = formulas.irr([-250_000, 100_000, 150_000, 200_000, 250_000, 300_000])
    assert found == pytest.approx(0.5672303344358536, rel=1e-14)


@pytest.mark.parametrize(
    ("benefits", "worth", "rate"),
    [
        ([2_000_000, 0, 0], 1_318_182, 3.00),
        ([2_000_000 / 3] * 3, 1_157_901, 1.21),
        ([400_000, 800_000, 800_000], 1_125_845, 1.00),
        ([500_000, 1_500_000, 2_000_000], 2_696_844, 1.68),
    ],
    ids=["all in year 1", "even", "20/40/40", "2 M a year, ramp 25/75/100"],
)
def test_the_four_readings_of_half_a_million_for_two(
    benefits: list[float], worth: float, rate: float
) -> None:
    flows = [-500_000, *benefits]
    assert round(formulas.npv(0.10, flows)) == worth
    found = formulas.irr(flows)
    assert found is not None
    assert round(found, 2) == rate


def test_several_rates_are_found_and_none_is_given() -> None:
    flows = [-1_000, 2_300, -1_320]  # worth nothing at 10% and at 20%
    assert formulas.irrs(flows) == pytest.approx([0.10, 0.20], rel=1e-9)
    assert formulas.sign_changes(flows) == 2
    assert formulas.irr(flows) is None
    assert formulas.mirr(flows, 0.10) is not None


@pytest.mark.parametrize("flows", [[-5, -1, -2], [0, 0, 0], [0, 1, 2]])
def test_without_a_change_of_sign_there_is_no_rate(flows: list[float]) -> None:
    assert formulas.irr(flows) is None
    assert formulas.mirr(flows, 0.1) is None


def test_a_thousand_random_flows_against_pyxirr() -> None:
    pyxirr = pytest.importorskip("pyxirr", reason="needs pyxirr, a second implementation")
    draw = np.random.default_rng(7)
    for _ in range(1_000):
        years = int(draw.integers(2, 11))
        outlays = int(draw.integers(1, years))
        flows = np.concatenate([-draw.uniform(1, 1e6, outlays), draw.uniform(1, 1e6, years + 1 - outlays)])
        rate = float(draw.uniform(0.0, 0.4))
        assert formulas.npv(rate, flows) == pytest.approx(pyxirr.npv(rate, flows), rel=1e-10, abs=1e-6)
        assert formulas.mirr(flows, rate) == pytest.approx(pyxirr.mirr(flows, rate, rate), rel=1e-10)
        found = formulas.irr(flows)
        assert found is not None
        assert (
            abs(formulas.npv(found, flows))
            <= 1e-9 * np.abs(flows * formulas.discount_factors(found, years)).sum()
        )
        theirs = pyxirr.irr(flows)
        if theirs is not None:  # it gives up on some extreme ones
            assert found == pytest.approx(theirs, rel=1e-7, abs=1e-9)


def test_payback_by_hand() -> None:
    # 100 out, 60 a year: 40 are missing after the first year, which is two thirds of the second.
    assert formulas.payback_months([-100, 60, 60]) == pytest.approx(12 + 12 * 40 / 60)
    # Back above zero and below again: it is the last time that counts.
    assert formulas.payback_months([-100, 150, -100, 100]) == pytest.approx(24 + 12 * 50 / 100)
    assert formulas.payback_months([-100, 60, 39]) is None
    assert formulas.payback_months([0, 1, 1]) == 0.0


def test_year_0_is_never_discounted_and_mid_year_is_half_a_year_nearer() -> None:
    late, early = formulas.discount_factors(0.1, 2), formulas.discount_factors(0.1, 2, 1.0)
    assert late.tolist() == pytest.approx([1.0, 1 / 1.1, 1 / 1.21])
    assert early.tolist() == pytest.approx([1.0, 1 / math.sqrt(1.1), 1 / 1.1 / math.sqrt(1.1)])


def test_a_month_of_delay_by_hand() -> None:
    # Without discounting a month later is a month of the last year lost, no more.
    assert formulas.cost_of_delay(np.array([-100.0, 60.0, 120.0]), 0.0) == pytest.approx(10.0)


def test_nothing_is_divided_by_costs_that_are_not_there() -> None:
    assert formulas.per_cost(5.0, 0.0) is None
    assert formulas.per_cost(5.0, 2.0) == 2.5
