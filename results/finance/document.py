"""The document of ``roi --json``: every figure of the appraisal, null where one does not exist."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from results.documents import Document, luck_document, number
from results.finance.advice import advice, present
from results.finance.appraisal import Appraisal, Verdicts
from results.finance.assumed import Assumed
from results.finance.checks import checks
from results.finance.drivers import Driver
from results.finance.flows import CLASSES
from results.finance.names import FIGURES, scenario_names
from results.finance.risk import Pair
from results.finance.steps import STEPS, Course
from results.finance.twoway import TwoWay

MOST_DRIVERS = 20


def roi_document(verdicts: Verdicts, assumed: Mapping[str, Assumed]) -> Document:
    """Figures by scenario as typed; ``names`` are the defined names of the workbook."""
    rates = {name: item.discount_rate for name, item in verdicts.appraisals.items()}
    prefixes = scenario_names(list(verdicts.appraisals))
    return {
        "years": verdicts.years,
        "currency": verdicts.currency,
        "discount_rate": number(next(iter(rates.values()))),
        "base": verdicts.base,
        "draws": verdicts.draws,
        "do_nothing": {
            "tco": number(verdicts.base_tco),
            "it_spend": _list(verdicts.base_spend),
            "business_loss": _list(verdicts.base_losses),
        },
        "scenarios": {
            name: _scenario(verdicts, item, assumed, prefixes[name])
            for name, item in verdicts.appraisals.items()
        },
        "pairs": [_pair(item) for item in verdicts.pairs],
    }


def _scenario(verdicts: Verdicts, found: Appraisal, assumed: Mapping[str, Assumed], prefix: str) -> Document:
    told = advice(verdicts, found, assumed)
    money = found.statement
    return {
        **figures(found),
        "p_loss_ci": [number(found.p_loss.low), number(found.p_loss.high)],
        "cvar_ci": [number(end) for end in found.cvar_interval or (None, None)],
        "irr_several": found.irr_several,
        "answer": told.answer,
        "recommendation": told.sentence,
        "condition": told.condition,
        "decision": told.decision,
        "statement": {
            "benefits": {name: _list(rows.mean(axis=0)) for name, rows in money.benefits.items()},
            "outlay": _list(money.outlay.mean(axis=0)),
            "running_costs": _list(money.running.mean(axis=0)),
            "capitalised": _list(money.capital.mean(axis=0)),
            "depreciation": _list(money.depreciation.mean(axis=0)),
            "tax": _list(money.tax.mean(axis=0)),
        },
        "present_values": {name: number(present(found, name)) for name in CLASSES},
        "cases": [
            {
                "case": item.title,
                "draw": item.draw,
                "npv": number(item.npv),
                "assumptions": {
                    name: number(value / (assumed[name].factor if name in assumed else 1.0))
                    for name, value in item.values.items()
                },
            }
            for item in found.cases
        ],
        "paid_back": {
            "share": number(found.paid_back.share),
            "months": {name: number(getattr(found.paid_back, name)) for name in ("p5", "p50", "p95")},
        },
        "swings": [
            {"line": item.name, "title": item.title, "npv_less": item.at_low, "npv_more": item.at_high}
            for item in found.swings
        ],
        "steps": [_course(item) for item in found.steps],
        "two_way": [_two_way(item, assumed) for item in found.two_way],
        "luck": luck_document(found.luck),
        "value_of_knowing_all": number(found.knowing_all),
        "drivers": [_driver(item, assumed) for item in found.drivers[:MOST_DRIVERS]],
        "futures_beyond_hours": found.beyond,
        "checks": {item.name: item.passed for item in checks(found)},
        "workbook_names": {name: f"{prefix}_{suffix}" for name, suffix in FIGURES.items()},
    }


def figures(found: Appraisal) -> dict[str, Any]:
    """The figures that the workbook holds too, under their defined names."""
    return {
        "npv": {
            "mean": number(found.npv.mean),
            "p5": number(found.p5),
            "p50": number(found.npv.p50),
            "p95": number(found.p95),
            "ci_low": number(found.npv.low),
            "ci_high": number(found.npv.high),
        },
        "p_loss": number(found.p_loss.share),
        "cvar": number(found.cvar),
        "irr": number(found.irr),
        "mirr": number(found.mirr),
        "payback_months": number(found.payback_months),
        "discounted_payback_months": number(found.discounted_payback_months),
        "roi": number(found.roi),
        "benefit_cost_ratio": number(found.benefit_cost_ratio),
        "npv_before_tax": number(float(found.statement.npv_before_tax.mean())),
        "npv_cash_only": number(float(found.statement.npv_cash_only.mean())),
        "costs_present": number(float(found.statement.costs_present.mean())),
        "benefits_present": number(float(found.statement.benefits_present.mean())),
        "cost_of_delay_month": number(found.cost_of_delay_month),
        "tco": number(found.tco),
        "cash_flows": _list(found.cash_flows),
    }


def _driver(item: Driver, assumed: Mapping[str, Assumed]) -> Document:
    known = assumed.get(item.name)
    factor = known.factor if known else 1.0
    return {
        "assumption": item.name,
        "title": known.title if known else item.name,
        "unit": known.unit if known else "",
        "p10": number(item.low / factor),
        "p90": number(item.high / factor),
        "npv_at_p10": number(item.at_low),
        "npv_at_p90": number(item.at_high),
        "share_of_variance": number(item.share),
        "value_of_knowing": number(item.known),
        "break_even": None if item.turns is None else number(item.turns / factor),
        "clear": item.clear,
    }


def _course(item: Course) -> Document:
    return {
        "course": item.name,
        "title": STEPS[item.name],
        "npv": {"mean": number(item.mean), "p50": number(float(np.median(item.npv)))},
        "p_loss": number(item.p_loss.share),
        "cvar": number(item.cvar),
        "goes_on_share": number(item.goes_on),
        "more_than_all": {
            "mean": number(item.more),
            "ci_low": number(item.low),
            "ci_high": number(item.high),
        },
    }


def _two_way(item: TwoWay, assumed: Mapping[str, Assumed]) -> Document:
    def side(name: str, values: tuple[float, ...]) -> Document:
        known = assumed.get(name)
        factor = known.factor if known else 1.0
        return {
            "assumption": name,
            "title": known.title if known else name,
            "unit": known.unit if known else "",
            "values": _list(value / factor for value in values),
        }

    return {
        "rows": side(item.rows, item.row_values),
        "columns": side(item.columns, item.column_values),
        "npv": [_list(row) for row in item.npv],
        "from": "all futures reckoned anew" if item.exact else "regression",
    }


def _pair(item: Pair) -> Document:
    return {
        "a": item.a,
        "b": item.b,
        "npv_difference": {
            "mean": number(item.mean),
            "ci_low": number(item.low),
            "ci_high": number(item.high),
        },
        "p_a_beats_b": number(item.beats.share),
    }


def _list(values: Any) -> list[float | None]:
    return [number(float(value)) for value in values]
