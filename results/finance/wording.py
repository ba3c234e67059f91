"""Figures of an appraisal in words."""

from __future__ import annotations

from results.wording import MINUS, NOTHING, SPACE, amount

CLASS_TITLES = {
    "cash": "Money that is not paid out",
    "capacity": "Hours that are freed, as far as they are used",
    "avoided": "Margin that is not lost",
    "growth": "Value that comes earlier",
}

CLASS_NOTES = {
    "cash": "IT spend of the base less that of the scenario (levers apart), and audit penalties",
    "capacity": "Working time regained and IT hours left over, each times its share of reuse",
    "avoided": "Contribution margin, not revenue, of outages and of customers who would have left",
    "growth": "Value of initiatives for the time that they are live earlier",
}

LINE_TITLES = {
    "spend": "IT spend saved (levers apart)",
    "penalties": "Audit penalties avoided",
    "employees": "Working time regained, at full pay",
    "it_hours": "IT hours left over, at full pay",
    "margin": "Margin of outages avoided",
    "customers": "Margin of customers kept",
    "initiatives": "Value of initiatives earlier",
    "initial": "Outlay at the start",
    "once": "Outlays later on",
    "running": "Running costs",
}


def rate(value: float | None) -> str:
    """A rate in percent: 23%, −4.1%, 1,250%."""
    if value is None:
        return NOTHING
    percent = 100 * value
    text = f"{abs(percent):,.0f}" if abs(percent) >= 10 else f"{abs(percent):.1f}"
    return f"{MINUS if percent < 0 else ''}{text}%"


def months(value: float | None) -> str:
    """A time in months."""
    if value is None:
        return "not in that time"
    return f"{value:.0f}{SPACE}months" if value >= 10 else f"{value:.1f}{SPACE}months"


def multiple(value: float | None) -> str:
    """How often one is in another: 2.4 times."""
    return NOTHING if value is None else f"{amount(value)}{SPACE}times"
