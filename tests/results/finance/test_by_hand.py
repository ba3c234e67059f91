"""The whole appraisal once more by plain loops, from the ledgers of the replications to the last figure."""

import math
from typing import Any

import numpy as np
import pytest

from results.finance.appraisal import Appraisal
from results.finance.document import roi_document
from results.finance.steps import TRIAL
from results.finance.terms import Terms
from results.finance.twoway import USED
from results.summary import Summary
from tests.results.finance.case import case, played

SCENARIOS = ("automation", "siloed_it")
SPEND = ("pay", "overtime", "tooling")
COSTS = ("levers_initial", "levers_once", "levers_running")
LOSSES = (
    "margin_lost",
    "customer_value_lost",
    "employee_cost_lost",
    "initiative_value_delayed",
    "audit_penalties",
)


def pairs(name: str) -> list[tuple[Summary, Summary, Terms]]:
    """Base, scenario and terms of every future."""
    found = case()[0].verdicts.appraisals[name]
    runs = played(())
    return list(zip(runs.summaries["small"], runs.summaries[name], found.terms, strict=False))


def cents(summary: Summary, lines: tuple[str, ...], first: int, last: int) -> int:
    total = 0
    for line in lines:
        for month in summary.ledger[line][first:last].tolist():
            assert month == int(month)
            total += int(month)
    return total


def flows(base: Summary, other: Summary, terms: Terms) -> list[float]:
    """Net cash flows after tax of one future, year 0 first: no arrays, no shared code."""
    found, capital, taxes = [], [], 0.0
    for year in range(4):
        months = (12 * year - 12, 12 * year) if year else (0, 0)

        def less(
            *lines: str, sides: tuple[Summary, Summary] = (base, other), at: tuple[int, int] = months
        ) -> int:
            return cents(sides[0], lines, *at) - cents(sides[1], lines, *at)

        benefits = less(*SPEND, "audit_penalties", "margin_lost", "customer_value_lost")
        hours = terms.reuse_employee_hours * less("employee_cost_lost")
        idle = -terms.reuse_it_hours * less("idle_pay")
        gain = (benefits + less("initiative_value_delayed") + hours + idle) / 100
        outlay = -less("levers_once") / 100
        if year == 0:
            outlay = (
                cents(other, ("levers_initial",), 0, 36) - cents(base, ("levers_initial",), 0, 36)
            ) / 100
        running = -less("levers_running") / 100
        moment = 0.0 if year == 0 else year - 0.5 * terms.mid_year
        gain, outlay, running = (x * (1 + terms.inflation) ** moment for x in (gain, outlay, running))
        capital.append(terms.capital_share * outlay)
        written = 0.0
        for spent, amount in enumerate(capital):
            if year and year - max(spent, 1) < terms.depreciation_years:
                written += amount / terms.depreciation_years
        taxes = terms.tax_rate * (gain - running - (outlay - capital[year]) - written)
        found.append(gain - outlay - running - taxes)
    return found


def worth(own: list[float], rate: float) -> float:
    return sum(flow / (1 + rate) ** year for year, flow in enumerate(own))


def between(ordered: list[float], share: float) -> float:
    """A quantile, linear between neighbours."""
    place = share * (len(ordered) - 1)
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


def appraisal(name: str) -> Appraisal:
    return case()[0].verdicts.appraisals[name]


def said(name: str) -> dict[str, Any]:
    found, _ = case()
    figures: dict[str, Any] = roi_document(found.verdicts, found.assumed)["scenarios"][name]
    return figures


@pytest.mark.parametrize("name", SCENARIOS)
def test_lines_are_the_ledgers_apart_to_the_cent_and_none_is_missing(name: str) -> None:
    lines = appraisal(name).found.lines
    for draw, (base, other, _) in enumerate(pairs(name)):
        months = len(base.ledger["pay"])
        total = sum(
            cents(base, (line,), 0, months) - cents(other, (line,), 0, months)
            for line in (*SPEND, *COSTS, *LOSSES)
        )
        counted = sum(
            int(lines[line][draw].sum())
            for line in ("spend", "penalties", "margin", "customers", "initiatives", "employees")
        ) - sum(int(lines[line][draw].sum()) for line in ("initial", "once", "running"))
        # IT hours left over stand apart: they are a part of pay, and no part of this sum.
        assert counted == total
        for year in range(1, 4):
            own = (12 * year - 12, 12 * year)
            assert lines["spend"][draw, year] == cents(base, SPEND, *own) - cents(other, SPEND, *own)
            assert lines["it_hours"][draw, year] == cents(other, ("idle_pay",), *own) - cents(
                base, ("idle_pay",), *own
            )


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_figure_from_the_ledgers_by_plain_loops(name: str) -> None:
    own = [flows(*pair) for pair in pairs(name)]
    rate = appraisal(name).terms[0].discount_rate
    npv = [worth(item, rate) for item in own]
    mean = [sum(item[year] for item in own) / len(own) for year in range(4)]
    figures, ordered = said(name), sorted(npv)
    assert appraisal(name).statement.npv.tolist() == pytest.approx(npv, rel=1e-9)
    assert figures["cash_flows"] == pytest.approx(mean, rel=1e-9)
    assert figures["npv"]["mean"] == pytest.approx(sum(npv) / len(npv), rel=1e-9)
    for key, share in (("p5", 0.05), ("p50", 0.5), ("p95", 0.95)):
        assert figures["npv"][key] == pytest.approx(between(ordered, share), rel=1e-9)
    assert figures["p_loss"] == sum(value < 0 for value in npv) / len(npv)
    # One in twenty of 12 futures is 0.6 of the worst one.
    assert figures["cvar"] == pytest.approx(ordered[0], rel=1e-9)
    assert figures["value_of_knowing_all"] == pytest.approx(
        sum(max(0.0, value) for value in npv) / len(npv) - max(0.0, sum(npv) / len(npv)), rel=1e-9, abs=1e-6
    )
    for case_, share in (("bad", 0.1), ("middle", 0.5), ("good", 0.9)):
        (found,) = [item for item in figures["cases"] if item["case"] == case_]
        assert found["npv"] == pytest.approx(ordered[round(share * (len(npv) - 1))])
        assert npv[found["draw"]] == pytest.approx(found["npv"])  # one whole future


@pytest.mark.parametrize("name", SCENARIOS)
def test_rates_and_payback_from_the_cash_flows(name: str) -> None:
    figures, rate = said(name), appraisal(name).terms[0].discount_rate
    own = figures["cash_flows"]
    if figures["irr"] is not None:
        assert worth(own, figures["irr"]) == pytest.approx(0.0, abs=1e-6 * max(map(abs, own)))
        assert worth(own, figures["irr"] - 0.01) * worth(own, figures["irr"] + 0.01) < 0
    outlay = -sum(min(0.0, flow) / (1 + rate) ** year for year, flow in enumerate(own))
    back = sum(max(0.0, flow) * (1 + rate) ** (3 - year) for year, flow in enumerate(own))
    if figures["mirr"] is not None:
        assert figures["mirr"] == pytest.approx((back / outlay) ** (1 / 3) - 1, rel=1e-9)
    for key, factor in (("payback_months", 0.0), ("discounted_payback_months", rate)):
        so_far, months = np.cumsum([flow / (1 + factor) ** year for year, flow in enumerate(own)]), None
        for month in range(12 * 100 * 3, -1, -1):  # hundredths of a month, from the end backwards
            year, part = divmod(month / 1200, 1)
            after = so_far[min(int(year) + 1, 3)]
            if so_far[int(year)] + part * (after - so_far[int(year)]) < 0:
                months = (month + 1) / 100
                break
        if so_far[-1] < 0:
            assert figures[key] is None
        else:
            assert figures[key] == pytest.approx(months or 0.0, abs=0.02)


def test_the_two_way_table_is_reckoned_anew() -> None:
    item, table = appraisal("automation"), said("automation")["two_way"][0]
    assert table["columns"]["values"] == pytest.approx([5, 7.5, 10, 12.5, 15])
    for row, used in enumerate(USED):
        own = [
            flows(base, other, Terms(**{**fields(terms), "reuse_employee_hours": used}))
            for base, other, terms in pairs("automation")
        ]
        for column, rate in enumerate((0.05, 0.075, 0.10, 0.125, 0.15)):
            mean = sum(worth(flow, rate) for flow in own) / len(own)
            assert table["npv"][row][column] == pytest.approx(mean, rel=1e-9)
    # Nothing of the regained time used, at the rate of the appraisal: less than with half of it.
    assert table["npv"][0][2] < item.npv.mean


def fields(terms: Terms) -> dict[str, Any]:
    return {name: getattr(terms, name) for name in Terms.__slots__}


def test_steps_pay_what_the_course_says() -> None:
    item = appraisal("automation")
    everything, stop, trial = item.steps
    assert everything.npv.tolist() == item.statement.npv.tolist()
    for draw, pair in enumerate(pairs("automation")):
        own, rate = flows(*pair), pair[2].discount_rate
        first = own[0] + own[1] / (1 + rate)
        assert stop.npv[draw] in (pytest.approx(worth(own, rate)), pytest.approx(first))
        later = sum(own[year] / (1 + rate) ** (year + 1) for year in range(3))
        grown = TRIAL * worth(own, rate) + (1 - TRIAL) * later
        assert trial.npv[draw] in (pytest.approx(grown), pytest.approx(TRIAL * first))
