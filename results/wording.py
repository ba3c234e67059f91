"""Numbers in words that a manager reads: rounded as far as they deserve, with their unit."""

from __future__ import annotations

import itertools
import math

from results.catalogue import OUTCOMES, Unit
from sim.spec.calendars import DAY, WEEK

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
    elif percent in (0, 100):
        text = f"{abs(percent):.0f}%"
    else:
        text = f"{abs(percent):.1f}%" if abs(percent) >= 0.1 else f"{abs(percent):.2g}%"
    return (MINUS if percent < 0 and text.strip("0.%") else "") + text


def money(value: float, currency: str) -> str:
    """An amount of money: 1.23 M USD, 456 k USD, 78 USD."""
    if not math.isfinite(value):
        return NOTHING
    divisor, letter = money_scale(abs(value))
    return SPACE.join([amount(value / divisor), *letter, currency])


def money_scale(size: float) -> tuple[float, list[str]]:
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


def count(value: float) -> str:
    """A mean number of things: whole from ten on."""
    return f"{value:,.0f}" if value >= 10 else amount(value, 2)


def exact(value: float, unit: Unit, currency: str) -> str:
    """A limit as somebody set it, not rounded: 12.5%, 99.95%, 2 M USD, 15 h."""
    if unit in ("share", "per month"):
        return f"{100 * value:.10g}%" + (f"{SPACE}a{SPACE}month" if unit == "per month" else "")
    if unit == "money":
        divisor, letter = money_scale(abs(value))
        return SPACE.join([f"{value / divisor:,.10g}", *letter, currency])
    return f"{value:,.10g}" + (f"{SPACE}h" if unit == "hours" else "")


def window(start: int, end: int) -> str:
    """A window of the measured period: 'weeks 1 to 52', or days where its ends are not those of weeks."""
    if start % WEEK == 0 and end % WEEK == 0:
        first, last = start // WEEK + 1, end // WEEK
        return f"week {first}" if first == last else f"weeks {first} to {last}"
    first, last = start // DAY + 1, -(-end // DAY)
    return f"day {first}" if first == last else f"days {first} to {last}"


def plain(value: float) -> str:
    """A number as somebody wrote it: thousands apart, at most six digits of a fraction, never 1e+06."""
    return f"{value:,.0f}" if abs(value) >= 1e5 else f"{value:,.6g}"


def length(seconds: float) -> str:
    """A length of simulated time: '52 weeks', '1 week', '365 days', '52.1 weeks', '5 hours'."""
    sizes = {"week": WEEK, "day": DAY}
    whole = (name for name, size in sizes.items() if seconds % size == 0)
    fits = itertools.chain(whole, (name for name, size in sizes.items() if seconds >= 8 * size))
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
