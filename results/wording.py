"""Numbers in words that a manager reads: rounded as far as they deserve, with their unit."""

from __future__ import annotations

import math

from results.catalogue import OUTCOMES, Unit

NOTHING = "–"
MINUS = "−"
SPACE = "\u00a0"
"""Keeps a number and its unit on one line."""


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
    elif 90 <= abs(percent) < 99:
        text = f"{abs(percent):.1f}%"
    elif abs(percent) >= 10 or percent == 0:
        text = f"{abs(percent):.0f}%"
    else:
        text = f"{abs(percent):.1f}%" if abs(percent) >= 0.1 else f"{abs(percent):.2g}%"
    return (MINUS if percent < 0 and text.strip("0.%") else "") + text


def money(value: float, currency: str) -> str:
    """An amount of money: 1.23 M USD, 456 k USD, 78 USD."""
    if not math.isfinite(value):
        return NOTHING
    divisor, letter = _scale(abs(value))
    return SPACE.join([amount(value / divisor), *letter, currency])


def _scale(size: float) -> tuple[float, list[str]]:
    """Divisor and letter of an amount of money."""
    if size >= 999_500:
        return 1e6, ["M"]
    return (1e3, ["k"]) if size >= 9_995 else (1.0, [])


def quantity(value: float | None, unit: Unit, currency: str) -> str:
    """A value with its unit."""
    if value is None or not math.isfinite(value):
        return NOTHING
    if unit == "share":
        return share(value)
    if unit == "per month":
        return f"{100 * value:.2f}%{SPACE}a{SPACE}month".replace("-", MINUS)
    if unit == "money":
        return money(value, currency)
    if unit == "hours":
        return f"{amount(value)}{SPACE}h"
    return amount(value)


def outcome(value: float | None, name: str, currency: str) -> str:
    """A value of a catalogue outcome with its unit."""
    return quantity(value, OUTCOMES[name].unit, currency)


def change(value: float | None, unit: Unit, currency: str) -> str:
    """A difference with its sign; of shares in percentage points."""
    if value is None or not math.isfinite(value):
        return NOTHING
    if value == 0:
        return "0"
    divisor, words = _change_unit(abs(value), unit, currency)
    return SPACE.join([_signed(value / divisor, unit), *words])


def change_range(low: float | None, high: float | None, unit: Unit, currency: str) -> str:
    """An interval of a difference with its unit once: −9.27 to +1.31 k USD."""
    if low is None or high is None or not (math.isfinite(low) and math.isfinite(high)):
        return NOTHING
    if low == high == 0:
        return "0"
    divisor, words = _change_unit(max(abs(low), abs(high)), unit, currency)
    ends = [_signed(end / divisor, unit) for end in (low, high)]
    if ends[0] == ends[1]:
        return SPACE.join([ends[0], *words])
    return SPACE.join([f"{ends[0]} to{SPACE}{ends[1]}", *words])


def _change_unit(size: float, unit: Unit, currency: str) -> tuple[float, list[str]]:
    if unit in ("share", "per month"):
        return 0.01, ["points"]
    if unit == "money":
        divisor, letter = _scale(size)
        return divisor, [*letter, currency]
    return 1.0, ["h"] if unit == "hours" else []


def _signed(value: float, unit: Unit) -> str:
    if value == 0:
        return "0"
    size = abs(value)
    if unit in ("share", "per month"):
        text = f"{size:.1f}" if size >= 1 else f"{size:.2f}" if size >= 0.01 else f"{size:.1g}"
    else:
        text = amount(size)
    return ("+" if value > 0 else MINUS) + text


def percent_change(value: float | None) -> str:
    """A relative change with its sign: +12%, −0.4%."""
    if value is None or not math.isfinite(value):
        return NOTHING
    size = abs(100 * value)
    if size == 0:
        return "0%"
    if size < 0.01:
        return "≈0%"
    text = f"{size:,.0f}" if size >= 10 else f"{size:.1f}" if size >= 0.1 else f"{size:.2f}"
    return ("+" if value > 0 else MINUS) + text + "%"


def count(value: float) -> str:
    """A mean number of things: whole from ten on."""
    return f"{value:,.0f}" if value >= 10 else amount(value, 2)


def plain(value: float) -> str:
    """A number as somebody wrote it: thousands apart, at most six digits of a fraction, never 1e+06."""
    return f"{value:,.0f}" if abs(value) >= 1e5 else f"{value:,.6g}"


def length(seconds: float) -> str:
    """A length of simulated time: '52 weeks', '1 week', '52.1 weeks', '3 days', '5 hours'."""
    sizes = {"week": 604_800, "day": 86_400}
    fits = (name for name, size in sizes.items() if seconds % size == 0 or seconds >= 8 * size)
    unit = next(fits, "hour") if seconds else "hour"
    text = f"{seconds / sizes.get(unit, 3600):,.4g}"
    return f"{text} {unit}" if text == "1" else f"{text} {unit}s"


def part(value: float) -> str:
    """A part of a whole in whole percent."""
    return f"{100 * value:.0f}%" if math.isfinite(value) else NOTHING


def listing(words: list[str]) -> str:
    """a; a and b; a, b and c."""
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]
