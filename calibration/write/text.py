"""Plain data as YAML that reads well: blocks for what is long, one line for what is short, comments."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_%/.+ -]*[A-Za-z0-9%]|[A-Za-z]")
NOT_TEXT = re.compile(r"(?i)true|false|null|~|yes|no|on|off|[-+]?[0-9._]+([eE][-+]?[0-9]+)?")
COMMENT = "#"
WIDTH = 108


class Line(dict[str, Any]):
    """A mapping to be written on one line."""


def render(data: Mapping[str, Any], indent: int = 0) -> list[str]:
    """Lines of a mapping; a key that begins with # holds a comment to be written in its place."""
    pad = " " * indent
    lines: list[str] = []
    for key, value in data.items():
        if key.startswith(COMMENT):
            if indent == 0 and lines:
                lines.append("")
            lines += [f"{pad}# {line}" for line in folded(str(value), WIDTH - indent)]
        elif isinstance(value, Folded):
            lines.append(f"{pad}{scalar(key)}: >")
            lines += [f"{pad}  {line}" for line in folded(str(value), WIDTH - indent)]
        elif isinstance(value, Mapping) and not isinstance(value, Line) and value:
            if indent == 0 and lines and not lines[-1].startswith("#"):
                lines.append("")
            lines.append(f"{pad}{scalar(key)}:")
            lines += render(value, indent + 2)
        elif isinstance(value, list) and any(isinstance(item, str) and len(item) > 40 for item in value):
            lines.append(f"{pad}{scalar(key)}:")
            lines += [f"{pad}  - {scalar(item)}" for item in value]
        elif isinstance(value, list) and any(isinstance(item, list) for item in value):
            lines.append(f"{pad}{scalar(key)}:")
            lines += [f"{pad}  - {flow(item)}" for item in value]
        else:
            lines.append(f"{pad}{scalar(key)}: {flow(value)}")
    return lines


class Folded(str):
    """Text to be written in several lines that read as one."""

    __slots__ = ()


def flow(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(str(key))}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    return scalar(value)


def scalar(value: Any) -> str:
    """A scalar, in quotes where it could be read as something else."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return number(value)
    text = str(value)
    if PLAIN.fullmatch(text) and not NOT_TEXT.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=False)


def number(value: float, digits: int = 4) -> str:
    """A number with few digits, never in exponents that hide its size."""
    value = float(value)
    if value == 0 or abs(value) < 1e-9:
        return "0"
    if abs(value) >= 10**digits:
        return f"{value:.0f}"
    text = f"{value:.{digits}g}"
    return f"{value:.9f}".rstrip("0") if "e" in text else text


def folded(text: str, width: int) -> list[str]:
    """Text in lines of at most ``width`` letters."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            if line and len(line) + 1 + len(word) > width:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}" if line else word
        lines.append(line)
    return lines


# Quantities


def amount(value: float, unit: str) -> Any:
    """A number with its unit; without one, the bare number."""
    return f"{number(value)} {unit}" if unit else float(number(value))


def quantity(mode: float, low: float, high: float, unit: str, source: str, grade: str) -> Line:
    """A quantity with its interval, source and grade."""
    shown = [float(number(value)) for value in (mode, low, high)]
    low, high = min(shown), max(shown)
    between = Line() if low == high else Line(low=amount(low, unit), high=amount(high, unit))
    return Line({"mode": amount(shown[0], unit), **between, "source": source, "grade": grade})


def measured(mode: float, low: float, high: float, unit: str) -> Line:
    """A quantity that was estimated from the log."""
    return quantity(mode, low, high, unit, "log", "E")


def assumed(mode: float, low: float, high: float, unit: str) -> Line:
    """A quantity that the log does not give."""
    return quantity(mode, low, high, unit, "assumption", "D")


def percent(mode: float, low: float, high: float, *, source: str = "log", grade: str = "E") -> Line:
    """A share, given as 0 to 1."""
    values = [round(100 * min(1.0, max(0.0, value)), 2) for value in (mode, low, high)]
    return quantity(values[0], values[1], values[2], "%", source, grade)


def split(shares: Mapping[str, float]) -> Any:
    """Shares that make exactly 100 %; a single one is its name."""
    hundredths = {name: round(10_000 * share) for name, share in shares.items()}
    largest = max(hundredths, key=lambda name: hundredths[name])
    hundredths[largest] += 10_000 - sum(hundredths.values())
    kept = {name: share for name, share in hundredths.items() if share > 0}
    if len(kept) == 1:
        return next(iter(kept))
    return Line({name: f"{share / 100:g} %" for name, share in kept.items()})


def time(hours: float) -> tuple[float, str]:
    """Hours in the unit that reads best."""
    return (hours * 60, "min") if hours < 2 else (hours, "h")
