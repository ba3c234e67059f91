"""What a scenario is worth beside the base: every figure, from the futures that were played."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from results.finance import formulas
from results.finance.drivers import Driver, drivers, value_of_knowing_all
from results.finance.flows import MORE, SAVED, Differences, differences, monthly
from results.finance.risk import Pair, pair, tail_interval, tail_mean
from results.finance.statement import CENT, Statement, statement
from results.finance.steps import Course, courses
from results.finance.swings import Swing, swings
from results.finance.terms import Terms
from results.finance.twoway import TwoWay, of_drivers, of_terms
from results.statistics.intervals import Estimate, Probability, estimate, probability
from results.statistics.luck import Luck, luck_share
from results.statistics.quantiles import quantiles
from results.summary import Summary
from sim.spec.calendars import Floats

SPEND = ("pay", "overtime", "tooling", "levers_once", "levers_running")
HOURS_OF_EMPLOYEE = 2_080
"""Hours that an employee works in a year at most: 52 weeks of 40 hours."""
CASES = 10
"""So many futures make good and bad cases, which one in ten is better or worse than."""
TOLD = 5
"""Drivers whose values a case tells."""
LOSSES = (
    "margin_lost",
    "customer_value_lost",
    "employee_cost_lost",
    "initiative_value_delayed",
    "audit_penalties",
)


@dataclass(frozen=True, slots=True)
class Futures:
    """What was played of one scenario: one replication a draw of the assumptions, in the same order for all.

    ``again`` are the second replications of the first draws; ``terms`` and ``drawn`` are those of each draw.
    """

    name: str
    title: str
    summaries: Sequence[Summary]
    again: Sequence[Summary]
    terms: Sequence[Terms]
    drawn: Mapping[str, Floats]
    employees: int = 0
    """Employees who can lose working time; 0 if nobody says."""


@dataclass(frozen=True, slots=True)
class Case:
    """One whole future: that at which one in ten (``bad``), half or nine in ten are worse.

    ``values`` are those of the clear drivers in it, as drawn.
    """

    title: str
    draw: int
    npv: float
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class PaidBack:
    """In which share of the futures it is paid back for good, and in those after how many months."""

    share: float
    p5: float | None
    p50: float | None
    p95: float | None


@dataclass(frozen=True, slots=True)
class Level:
    """[years + 1] Mean money of a line in each year, without the scenario and with it; year 0 first."""

    base: Floats
    other: Floats


@dataclass(frozen=True, slots=True)
class Appraisal:
    """One scenario beside the base. Money is net present value after tax unless a name says otherwise.

    ``cash_flows`` are the means of all futures, year 0 first; IRR, MIRR, payback, ROI, benefit-cost ratio and
    cost of delay are of the mean flows.
    """

    name: str
    title: str
    found: Differences
    terms: Sequence[Terms]
    statement: Statement
    npv: Estimate
    p5: float
    p95: float
    p_loss: Probability
    cvar: float
    cvar_interval: tuple[float, float] | None
    cash_flows: Floats
    irr: float | None
    irr_several: bool
    mirr: float | None
    payback_months: float | None
    discounted_payback_months: float | None
    paid_back: PaidBack
    roi: float | None
    benefit_cost_ratio: float | None
    cost_of_delay_month: float
    spend: Floats
    tco: float
    luck: Luck | None
    drivers: Sequence[Driver]
    knowing_all: float
    cases: Sequence[Case]
    swings: Sequence[Swing]
    steps: Sequence[Course]
    two_way: Sequence[TwoWay]
    levels: Mapping[str, Level]
    """By line of ``flows``."""
    months: Mapping[str, Floats]
    beyond: int
    """Futures in which employees would lose more hours in a year than they have, in the base or with it."""
    varies: bool
    """Whether any assumption was drawn."""
    priced: bool
    """Whether base and scenario have the same prices in every future, so that both can be changed."""

    @property
    def clear_drivers(self) -> list[Driver]:
        """Assumptions that stand out from chance, the one that matters most in front."""
        return [item for item in self.drivers if item.clear]

    @property
    def discount_rate(self) -> float:
        """The mean of the futures' rates; all have the same unless it has a range."""
        return mean_term(self.terms, "discount_rate")


@dataclass(frozen=True, slots=True)
class Verdicts:
    """All scenarios beside the base, and beside each other."""

    base: str
    base_title: str
    currency: str
    years: int
    draws: int
    appraisals: dict[str, Appraisal]
    pairs: Sequence[Pair]
    base_tco: float
    base_spend: Floats
    base_losses: Floats
    """[years + 1] IT spend and [years] loss to the business of the base, means: what doing nothing costs."""


def appraise(base: Futures, others: Sequence[Futures], years: int) -> Verdicts:
    """Appraise every scenario beside the base."""
    found = {other.name: _appraise(base, other) for other in others}
    names = list(found)
    pairs = [
        pair(a, b, found[a].statement.npv, found[b].statement.npv)
        for place, a in enumerate(names)
        for b in names[place + 1 :]
    ]
    return Verdicts(
        base.name,
        base.title,
        base.summaries[0].currency,
        years,
        len(base.summaries),
        found,
        pairs,
        _tco(_spend(base, years), base.terms),
        _spend(base, years),
        _yearly(base, LOSSES, years),
    )


def mean_term(terms: Sequence[Terms], name: str) -> float:
    """Mean of one of the terms; exactly itself where all futures have the same."""
    values = [float(getattr(item, name)) for item in terms]
    return values[0] if min(values) == max(values) else float(np.mean(values))


def _appraise(base: Futures, other: Futures) -> Appraisal:
    found = differences(base.summaries, other.summaries)
    money = statement(found, other.terms)
    npv = estimate(money.npv)
    assert npv is not None
    p5, p95 = quantiles(money.npv, [0.05, 0.95])
    loss = probability((money.npv < 0).astype(np.float64))
    assert loss is not None
    flows = money.net.mean(axis=0)
    rate, mid = mean_term(other.terms, "discount_rate"), mean_term(other.terms, "mid_year")
    costs = float(money.costs_present.mean())
    changes = formulas.sign_changes(flows)
    ranked = drivers(other.drawn, money.npv)
    spend = _spend(other, found.years)
    return Appraisal(
        name=other.name,
        title=other.title,
        found=found,
        terms=other.terms,
        statement=money,
        npv=npv,
        p5=p5,
        p95=p95,
        p_loss=loss,
        cvar=tail_mean(money.npv),
        cvar_interval=tail_interval(money.npv),
        cash_flows=flows,
        irr=formulas.irr(flows),
        irr_several=changes > 1,
        mirr=formulas.mirr(flows, rate),
        payback_months=formulas.payback_months(flows),
        discounted_payback_months=formulas.payback_months(
            flows * formulas.discount_factors(rate, len(flows) - 1, mid)
        ),
        paid_back=_paid_back(money.net),
        roi=formulas.per_cost(npv.mean, costs),
        benefit_cost_ratio=formulas.per_cost(float(money.benefits_present.mean()), costs),
        cost_of_delay_month=formulas.cost_of_delay(flows, rate, mid),
        spend=spend,
        tco=_tco(spend, other.terms),
        luck=_luck(base, other, money),
        drivers=ranked,
        knowing_all=value_of_knowing_all(money.npv),
        cases=_cases(money.npv, ranked, other.drawn),
        swings=swings(found, other.terms),
        steps=courses(money, other.terms),
        two_way=[
            of_terms(found, other.terms, rate),
            *([both] if (both := of_drivers(ranked, other.drawn, money.npv)) else []),
        ],
        levels={
            line: Level(_level(base, line, found.years), _level(other, line, found.years))
            for line in (*SAVED, *MORE)
        },
        months=_months(base, other),
        beyond=_beyond(found, base.employees),
        varies=any(float(np.ptp(values)) > 0 for values in other.drawn.values()),
        priced=all(
            (mine.employee_cost, mine.customer_margin) == (theirs.employee_cost, theirs.customer_margin)
            for mine, theirs in zip(base.terms, other.terms, strict=True)
        ),
    )


def _paid_back(net: Floats) -> PaidBack:
    months = [formulas.payback_months(row) for row in net]
    known = np.array([value for value in months if value is not None])
    if len(known) == 0:
        return PaidBack(0.0, None, None, None)
    return PaidBack(len(known) / len(months), *quantiles(known, [0.05, 0.5, 0.95]))


def _beyond(found: Differences, employees: int) -> int:
    """In how many futures more hours are lost in some year than exist."""
    if employees == 0:
        return 0
    most = np.maximum(found.base["employee_hours"], found.other["employee_hours"]).max(axis=1)
    return int(np.count_nonzero(most > employees * HOURS_OF_EMPLOYEE))


def _luck(base: Futures, other: Futures, money: Statement) -> Luck | None:
    count = len(other.again)
    if count == 0:
        return None
    second = statement(differences(base.again, other.again), other.terms[:count])
    return luck_share(money.npv[:count], second.npv)


def _cases(npv: Floats, ranked: Sequence[Driver], drawn: Mapping[str, Floats]) -> list[Case]:
    """The futures at which one in ten is worse, half are, and one in ten is better; of ten at least."""
    if len(npv) < CASES:
        return []
    told = [item.name for item in ranked if item.clear]
    order = np.argsort(npv, kind="stable")
    named = (("bad", 0.1), ("middle", 0.5), ("good", 0.9))
    places = [(title, int(order[round(share * (len(npv) - 1))])) for title, share in named]
    return [
        Case(title, draw, float(npv[draw]), {name: float(drawn[name][draw]) for name in told[:TOLD]})
        for title, draw in places
    ]


def _months(base: Futures, other: Futures) -> dict[str, Floats]:
    """[months] Mean differences by line, in money: freed hours in full, before anything is made of them."""
    pairs = [monthly(mine, theirs) for mine, theirs in zip(base.summaries, other.summaries, strict=True)]
    return {name: np.mean([item[name] for item in pairs], axis=0) * CENT for name in pairs[0]}


def _yearly(futures: Futures, lines: Sequence[str], years: int) -> Floats:
    """[years] Mean money of some lines in each year."""
    months = formulas.MONTHS
    each = [
        np.sum([item.ledger[line] for line in lines], axis=0)[: years * months].reshape(years, months).sum(1)
        for item in futures.summaries
    ]
    return np.asarray(np.mean(each, axis=0) * CENT)


def _level(futures: Futures, line: str, years: int) -> Floats:
    """[years + 1] Mean money of a line; what is paid at t = 0 is that of year 0."""
    yearly = _yearly(futures, (SAVED | MORE)[line], years)
    return np.concatenate([[yearly.sum()], 0 * yearly] if line == "initial" else [[0.0], yearly])


def _tco(spend: Floats, terms: Sequence[Terms]) -> float:
    """Total cost of ownership: all IT spend of the period, discounted, before tax."""
    rate, inflation, mid = (mean_term(terms, name) for name in ("discount_rate", "inflation", "mid_year"))
    years = len(spend) - 1
    prices = np.power(1.0 + inflation, formulas.times(years, mid))
    return formulas.npv(rate, spend * prices, mid)


def _spend(futures: Futures, years: int) -> Floats:
    """[years + 1] Mean IT spend of each year; what is paid at t = 0 is that of year 0."""
    initial = _yearly(futures, ("levers_initial",), years).sum()
    return np.concatenate([[initial], _yearly(futures, SPEND, years)])
