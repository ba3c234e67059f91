"""Differences in words: with as many digits as their interval allows, and no more."""

from __future__ import annotations

import math
from dataclasses import dataclass

from results.catalogue import Unit
from results.statistics.paired import Difference
from results.wording import MINUS, NOTHING, SPACE, amount, money_scale

STEPS = 3
"""The last digit shown is worth at most a third of an interval's half-width, more than a thirtieth."""
FINEST = 3
"""Nor is it worth less than so many powers of ten below what the difference is weighed against."""
ROUGH = 0.0995
"""From here on relative changes are told in whole percent."""


@dataclass(frozen=True, slots=True)
class Told:
    """A difference as text; ``interval`` has its unit once, ``low`` and ``high`` are its ends without."""

    mean: str
    interval: str
    low: str
    high: str


def told(found: Difference, unit: Unit, currency: str, *, signed: bool = True) -> Told:
    """The mean of a difference and its interval, in the same unit and with the same last digit.

    Of shares in percentage points. Without ``signed`` sizes alone, for sentences that say which way.
    """
    if not math.isfinite(found.mean):
        return Told(NOTHING, NOTHING, "", "")
    values = [value for value in (found.mean, found.low, found.high) if value is not None]
    divisor, words = _unit_of(max(map(abs, values)), unit, currency)
    step, tight = step_of(found) / divisor, found.low == found.high
    if not signed:
        values = [abs(values[0]), *sorted(map(abs, values[1:]))]
    mean, *ends = [_number(value / divisor, step, signed=signed, short=tight) for value in values]
    text = SPACE.join([mean, *(words if values[0] else [])])
    if not ends:
        return Told(text, NOTHING, "", "")
    low, high = (end.lstrip("≈") for end in ends)
    span = low if low == high else f"{low} to{SPACE}{high}"
    return Told(text, SPACE.join([span, *(words if span != "0" else [])]), low, high)


def told_percent(found: Difference) -> str:
    """The mean of a difference in percent of the base: +12%, −0.4%."""
    if found.relative is None:
        return NOTHING
    low, high = found.relative_low, found.relative_high
    half = 0.0 if low is None or high is None else (high - low) / 2
    return percent(found.relative, 10.0 ** math.floor(math.log10(100 * half / STEPS)) if half > 0 else 0.0)


def percent(value: float, step: float = 0.0) -> str:
    """A relative change with its sign: to a tenth of a percent, to whole ones from ten on, or to ``step``."""
    if not math.isfinite(value):
        return NOTHING
    rough = 1.0 if abs(value) >= ROUGH else 0.1
    return _number(100 * value, max(rough, min(step, 1.0)), signed=True) + "%"


def step_of(found: Difference) -> float:
    """What the last digit of a difference is worth: a power of ten, or 0 if nothing tells.

    An interval that is clear of 0 keeps enough digits to show it.

    Source: at most two digits of an uncertainty; JCGM 100:2008 (GUM), section 7.2.6.
    """
    powers = [math.floor(math.log10(found.size)) - FINEST] if found.size > 0 else []
    nearest = 0.0
    if found.low is not None and found.high is not None and found.low < found.high:
        powers.append(math.floor(math.log10((found.high - found.low) / 2 / STEPS)))
        nearest = max(found.low, -found.high, 0.0)
    if not powers:
        return 0.0
    step = 10.0 ** max(powers)
    return step / 10 if found.verdict != "negligible" and 0 < nearest < step / 2 else step


def _unit_of(size: float, unit: Unit, currency: str) -> tuple[float, list[str]]:
    if unit in ("share", "per month"):
        return 0.01, ["points"]
    if unit == "money":
        divisor, letter = money_scale(size)
        return divisor, [*letter, currency]
    return 1.0, ["h"] if unit == "hours" else []


def _number(value: float, step: float, *, signed: bool, short: bool = False) -> str:
    """``value`` to the nearest multiple of ``step``, a power of ten; '≈0' where nothing is left of it.

    ``short`` leaves out zeros at the end of a fraction.
    """
    if value == 0:
        return "0"
    if step > 0:
        places = max(0, -round(math.log10(step)))
        rounded = round(value / step) * step
        text = f"{abs(rounded):,.{places}f}"
        text = text.rstrip("0").rstrip(".") if short and places else text
    else:
        rounded, text = value, amount(abs(value))
    if rounded == 0:
        return "≈0"
    return (("+" if value > 0 else MINUS) if signed else "") + text
