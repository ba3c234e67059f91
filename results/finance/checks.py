"""What must hold of every appraisal: nothing is promised that is not there, and nothing is counted twice."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from results.finance.appraisal import Appraisal
from results.finance.flows import LINES
from results.finance.statement import CENT
from sim.spec.calendars import Floats


@dataclass(frozen=True, slots=True)
class Check:
    """One check in words; ``passed`` in every future."""

    name: str
    text: str
    passed: bool


def checks(found: Appraisal) -> list[Check]:
    """All checks of one appraisal."""
    base, other, money = found.found.base, found.found.other, found.statement
    total = sum(float(found.found.lines[name].sum(axis=1).mean()) for name in LINES) * CENT
    months = sum(float(rows.sum()) for rows in found.months.values())
    parts = money.benefits_present - money.costs_present - (money.tax * money.factor).sum(axis=1)
    return [
        Check(
            "employee_hours",
            "Employees get back no more hours than they lose in the base",
            over_promised(base["employee_hours"] - other["employee_hours"], base["employee_hours"]) == 0,
        ),
        Check(
            "it_hours",
            "IT has no more hours left over than are paid",
            over_promised(other["idle_hours"], other["paid_hours"]) == 0,
        ),
        Check(
            "hours_exist",
            "Employees lose no more hours in a year than they have",
            found.beyond == 0,
        ),
        Check("months", "Months add up to years", abs(total - months) <= 1e-6 * max(1.0, abs(total))),
        Check(
            "parts",
            "Benefits less costs less tax are the net present value",
            bool(np.all(np.abs(parts - money.npv) <= 1e-9 * (1.0 + np.abs(money.benefits_present)))),
        ),
    ]


def over_promised(freed: Floats, there: Floats) -> int:
    """In how many years of all futures more hours are promised than exist; seconds are dust."""
    return int(np.count_nonzero(freed > there + 1e-3))
