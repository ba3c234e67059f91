"""Numbers in words that a manager reads: rounded as far as they deserve, with their unit."""

from __future__ import annotations

import math
from typing import Literal

from results.catalogue import OUTCOMES, Unit

NOTHING = "–"
MINUS = "−"
Scale = Literal["plain", "thousand", "million"]


def amount(value: float, digits: int = 3) -> str:
    """A number with about ``digits`` significant digits and thousands separators: 1,234; 12.3; 0.045."""
    if not math.isfinite(value):
        return NOTHING
    if value == 0:
        return "0"
    places = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    rounded = round(value, places)
    text = f"{abs(rounded):,.{places}f}"
    if "." in text and places > digits - 1:
        text = text.rstrip("0").rstrip(".")
    return (MINUS if rounded < 0 else "") + text


def share(value: float) -> str:
    """A share as a percentage; close to 100% (availability) with the digits that tell nines apart."""
    if not math.isfinite(value):
        return NOTHING
    percent = 100 * value
    if 99 <= abs(percent) < 100:
        text = f"{abs(percent):.2f}%"
    elif abs(percent) >= 10 or percent == 0:
        text = f"{abs(percent):.0f}%"
    else:
        text = f"{abs(percent):.1f}%" if abs(percent) >= 0.1 else f"{abs(percent):.2g}%"
    return (MINUS if percent < 0 and text.strip("0.%") else "") + text


def money(value: float, currency: str) -> str:
    """An amount of money: 1.23 M USD, 456 k USD, 78 USD."""
    if not math.isfinite(value):
        return NOTHING
    size = abs(value)
    if size >= 999_500:
        return f"{amount(value / 1e6)} M {currency}"
    if size >= 9_995:
        return f"{amount(value / 1e3)} k {currency}"
    return f"{amount(value)} {currency}"


def quantity(value: float | None, unit: Unit, currency: str) -> str:
    """A value with its unit."""
    if value is None or not math.isfinite(value):
        return NOTHING
    if unit == "share":
        return share(value)
    if unit == "per month":
        return f"{100 * value:.2f}% a month".replace("-", MINUS)
    if unit == "money":
        return money(value, currency)
    if unit == "hours":
        return f"{amount(value)} h"
    return amount(value)


def outcome(value: float | None, name: str, currency: str) -> str:
    """A value of a catalogue outcome with its unit."""
    return quantity(value, OUTCOMES[name].unit, currency)


def change(value: float | None, unit: Unit, currency: str) -> str:
    """A difference with its sign; of shares in percentage points."""
    if value is None or not math.isfinite(value):
        return NOTHING
    sign = "+" if value > 0 else MINUS if value < 0 else ""
    if unit in ("share", "per month"):
        points = abs(100 * value)
        text = f"{points:.2g}" if points < 1 else f"{points:.1f}"
        return f"{sign}{text} points" if value else "0"
    return f"{sign}{quantity(abs(value), unit, currency)}" if value else "0"


def percent_change(value: float | None) -> str:
    """A relative change with its sign: +12%, −0.4%."""
    if value is None or not math.isfinite(value):
        return NOTHING
    size = abs(100 * value)
    text = f"{size:,.0f}" if size >= 10 else f"{size:.1f}" if size >= 0.1 or size == 0 else f"{size:.1g}"
    if float(text.replace(",", "")) == 0:
        return "0%"
    return ("+" if value > 0 else MINUS) + text + "%"


def listing(words: list[str]) -> str:
    """a; a and b; a, b and c."""
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]
