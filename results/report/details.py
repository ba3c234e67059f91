"""What the HTML page has below the board's page: steps, two-way tables, whole futures, assumptions."""

from __future__ import annotations

from typing import Any

from results.finance.advice import case_sentences
from results.finance.appraisal import Appraisal
from results.finance.page import Page, best
from results.finance.steps import STEPS
from results.finance.twoway import TwoWay
from results.wording import money, part, plain

MOST = 10
"""Assumptions that are listed."""
MONEY_TERMS = (
    "finance.reuse_employee_hours",
    "finance.reuse_it_hours",
    "business.employee_cost",
    "finance.discount_rate",
    "finance.tax_rate",
)
"""They are listed whatever else matters."""
GRADES = {
    "A": "primary source",
    "B": "quoted",
    "C": "vendor or anecdote",
    "D": "assumed",
    "E": "computed from data",
    "claim": "stated in the defining texts",
}


def details(page: Page) -> dict[str, Any]:
    """Tables in words and numbers, of the scenario that the page is about."""
    found, currency = best(page), page.verdicts.currency
    return {
        "courses": [
            {
                "title": STEPS[item.name],
                "worth": money(item.mean, currency),
                "loss": part(item.p_loss.share),
                "worst": money(item.cvar, currency),
                "goes_on": part(item.goes_on),
            }
            for item in found.steps
        ],
        "tables": [_table(item, page) for item in found.two_way],
        "cases": case_sentences(found, page.assumed, currency),
        "assumptions_title": (
            "Assumptions that it rests on"
            if found.clear_drivers
            else "Assumptions on money (no other stands out)"
        ),
        "assumptions": _assumptions(found, page),
    }


def value_text(name: str, value: float, page: Page) -> str:
    """A value of an assumption as drawn, with its unit."""
    return page.assumed[name].text(value) if name in page.assumed else f"{value:.3g}"


def title_of(name: str, page: Page) -> str:
    """What an assumption is called."""
    return page.assumed[name].title if name in page.assumed else name


def _table(item: TwoWay, page: Page) -> dict[str, Any]:
    how = (
        "All futures reckoned anew with both values."
        if item.exact
        else "Not played with these values: averages of a surface fitted to all futures."
    )
    return {
        "rows": title_of(item.rows, page),
        "columns": title_of(item.columns, page),
        "heads": [value_text(item.columns, value, page) for value in item.column_values],
        "cells": [
            {
                "head": value_text(item.rows, value, page),
                "values": [
                    {"text": money(float(worth), page.verdicts.currency), "loss": bool(worth < 0)}
                    for worth in row
                ],
            }
            for value, row in zip(item.row_values, item.npv, strict=True)
        ],
        "how": how,
    }


def _assumptions(found: Appraisal, page: Page) -> list[dict[str, str]]:
    shown = found.clear_drivers
    named = [item.name for item in shown[:MOST]]
    names = dict.fromkeys([*named, *MONEY_TERMS])
    return [
        {
            "title": known.title,
            "low": plain(known.low),
            "mode": plain(known.mode),
            "high": plain(known.high),
            "unit": known.unit,
            "grade": f"{known.grade}: {GRADES[known.grade]}" if known.grade in GRADES else known.grade,
            "source": known.source or "yours to decide",
        }
        for name in names
        if (known := page.assumed.get(name)) is not None
    ]
