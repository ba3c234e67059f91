"""The closed list of units, and numbers that carry one.

Inside, time is in seconds, shares are 0 to 1, rates are per hour and money is in the currency of the file.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from scenarios.errors import nearest

HOUR = 3_600.0
DAY = 86_400.0
WEEK = 604_800.0
YEAR = 365.25 * DAY
MONTH = YEAR / 12

TIME = {
    "s": 1.0,
    "min": 60.0,
    "h": HOUR,
    "day": DAY,
    "days": DAY,
    "week": WEEK,
    "weeks": WEEK,
    "month": MONTH,
    "months": MONTH,
    "year": YEAR,
    "years": YEAR,
}
BUSINESS_TIME = {"bh": HOUR, "bd": 1.0}
RATE = {f"/{name}": HOUR / TIME[name] for name in ("h", "day", "week", "month", "year")}
SHARE = {"%": 0.01}
GROWTH = {"%/year": 0.01}
CHURN = {"%/month": 0.01}
HEADS = {"employee": 1.0, "employees": 1.0}
SCOPE = {"%": 0.01, "user": 1.0, "users": 1.0, "customer": 1.0, "customers": 1.0}
BARE = {"": 1.0}
MONEY = {"CUR": 1.0}
MONEY_PER_HOUR = {"CUR/h": 1.0}
MONEY_PER_MONTH = {"CUR/month": 1.0}
MONEY_PER_YEAR = {"CUR/year": 1.0}

ALL_UNITS = sorted({*TIME, *BUSINESS_TIME, *RATE, *SHARE, *GROWTH, *CHURN, *SCOPE, *HEADS} - {""})

NUMBER = re.compile(
    r"\s*([-+]?(?:[0-9][0-9_]*(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)\s*(.*?)\s*", re.DOTALL
)
CURRENCY = re.compile(r"[A-Z]{3}")
PLURALS = {
    "day": "days",
    "week": "weeks",
    "month": "months",
    "year": "years",
    "user": "users",
    "employee": "employees",
}


@dataclass(frozen=True, slots=True)
class Measured:
    """A number as written: ``value`` in inner units, ``unit`` as written, ``currency`` if it is money."""

    value: float
    unit: str
    currency: str = ""


class UnitError(ValueError):
    """The text is not a number with one of the units; the message says what is wrong with the unit."""


def plain_unit(unit: str) -> tuple[str, str]:
    """Split ``USD/h`` into (``CUR/h``, ``USD``); other units come back as they are."""
    match = CURRENCY.match(unit)
    if match and (len(unit) == 3 or unit[3] == "/"):
        return "CUR" + unit[3:], match.group()
    return unit, ""


def measure(raw: object, units: dict[str, float]) -> Measured:
    """Read ``90 min``, ``12 %``, ``35 USD/h``, or a bare number where ``units`` is ``BARE``.

    Raises
    ------
    UnitError
        With a hint (possibly empty) on what is wrong.
    """
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        raise UnitError("")
    match = (
        NUMBER.fullmatch(str(raw) if isinstance(raw, str) else repr(raw)) if len(repr(raw)) < 200 else None
    )
    if match is None:
        raise UnitError(nearest(str(raw), ()) if isinstance(raw, str) else "")
    number = float(match.group(1).replace("_", ""))
    unit, currency = plain_unit(match.group(2))
    if not math.isfinite(number):
        raise UnitError("")
    if unit not in units:
        if not unit:
            raise UnitError("; a bare number is not enough, name the unit")
        known = [name.replace("CUR", "USD") for name in units if name]
        raise UnitError(nearest(match.group(2), known) if known else "; leave the unit out")
    return Measured(number * units[unit], match.group(2), currency)


def factor_of(unit: str, units: dict[str, float]) -> float:
    """Inner value of one ``unit`` as written."""
    return units[plain_unit(unit)[0]]


def written(value: float, unit: str, factor: float = 1.0) -> str:
    """An inner value as text in its unit: ``0.25`` and ``%`` give ``25 %``."""
    number = value / factor
    digits = f"{number:,.0f}" if abs(number) >= 1000 or number == round(number) else f"{number:.4g}"
    if unit in PLURALS and digits != "1":
        unit = PLURALS[unit]
    elif digits == "1":
        unit = {plural: single for single, plural in PLURALS.items()}.get(unit, unit)
    return f"{digits} {unit}".strip()
