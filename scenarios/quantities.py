"""Quantities: numbers with a unit, an interval, a source and a grade.

Written as ``20 %``, as ``20 % (15 to 30) own D`` or as ``{mode: 20 %, low: 15 %, high: 30 %, source: own,
grade: D}``; the second is short for the third.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, PlainValidator, ValidationError

from scenarios.errors import listed, nearest, shown
from scenarios.units import BARE, Measured, UnitError, factor_of, measure, plain_unit, written

GRADES = ("A", "B", "C", "D", "E", "claim")
"""How well a number is founded: A primary source, read; B a source that quotes another; C vendor or
anecdote; D assumption without a public source; E computed from data; claim = stated in the texts that
define the project."""

PARTS = ("mode", "low", "high", "source", "grade", "note")
SHORT = re.compile(r"\s*([^()]+?)\s*\(\s*([^()]+?)\s+to\s+([^()]+?)\s*\)\s*(?:([\w-]+)(?:\s+(\w+))?)?\s*")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its uncertainty, in inner units (seconds, shares 0 to 1, rates per hour).

    ``unit`` is as written and ``factor`` the inner value of one unit. ``given`` is False for defaults of
    the schema. ``name`` is the word of a choice (a dispatch policy).
    """

    mode: float
    low: float
    high: float
    unit: str = ""
    factor: float = 1.0
    source: str = ""
    grade: str = ""
    note: str = ""
    given: bool = True
    name: str = ""
    currency: str = ""

    def text(self, value: float | None = None) -> str:
        """The mode, or another value, as written with its unit."""
        if self.name and (value is None or value == self.mode):
            return self.name
        return written(self.mode if value is None else value, self.unit, self.factor)


def default(value: float, unit: str = "", factor: float = 1.0, name: str = "") -> Quantity:
    """A default of the schema, in inner units."""
    return Quantity(value, value, value, unit, factor, given=False, name=name)


class RefusedError(ValueError):
    """A value that is not allowed; the message says what is. Pydantic carries it to the report."""


def refuse(text: str) -> RefusedError:
    """The error that says what is allowed."""
    return RefusedError(text)


def refuse_at(key: str, value: object, text: str) -> ValidationError:
    """An error one key below the value being validated."""
    error = {"type": "value_error", "loc": (key,), "input": value, "ctx": {"error": refuse(text)}}
    lines: list[Any] = [error]
    return ValidationError.from_exception_data("quantity", lines)


@dataclass(frozen=True, eq=False)
class Dimension:
    """What kind of quantity a key takes; used as an annotation: ``Annotated[Quantity, SHARE]``.

    ``choices`` makes it a choice of words that stand for numbers. ``lower`` and ``upper`` are in inner units.
    """

    name: str
    units: dict[str, float]
    allowed: str
    lower: float = 0.0
    upper: float = math.inf
    whole: bool = False
    choices: tuple[tuple[str, float], ...] = ()

    def read(self, raw: Any) -> Quantity:
        """Read what a file says.

        Raises
        ------
        RefusedError, ValidationError
            With a sentence on what is allowed.
        """
        if isinstance(raw, Quantity):
            return raw
        if self.choices:
            return self.choice(raw)
        if isinstance(raw, dict):
            return self.long(raw)
        if isinstance(raw, str) and (short := SHORT.fullmatch(raw)):
            mode, low, high, source, grade = short.groups()
            unit = self.one(mode).unit
            parts = {"mode": mode, "low": with_unit(low, unit), "high": with_unit(high, unit)}
            return self.long(
                parts | ({"source": source} if source else {}) | ({"grade": grade} if grade else {})
            )
        found = self.one(raw)
        return self.quantity(found, found, found)

    def choice(self, raw: Any) -> Quantity:
        """One of a few words."""
        for word, value in self.choices:
            if raw == word or (isinstance(raw, bool) and word == str(raw).lower()):
                return Quantity(value, value, value, name=word)
        words = [word for word, _ in self.choices]
        raise refuse(f"must be {listed(words)}{nearest(str(raw), words)}")

    def one(self, raw: Any) -> Measured:
        """One number within the bounds."""
        try:
            found = measure(raw, self.units)
        except UnitError as error:
            raise refuse(f"must be {self.allowed}{error}") from None
        if not self.lower <= found.value <= self.upper or (self.whole and found.value != round(found.value)):
            raise refuse(f"must be {self.allowed}")
        return found

    def long(self, raw: dict[str, Any]) -> Quantity:
        """A mapping with mode, low, high, source and grade."""
        for key, value in raw.items():
            if key not in PARTS:
                raise refuse_at(
                    key, value, f"is not a known key; allowed: {listed(PARTS)}{nearest(key, PARTS)}"
                )
        if "mode" not in raw:
            raise refuse("must have `mode`, the most likely value, besides low, high, source and grade")
        mode = self.part(raw, "mode")
        low = self.part(raw, "low") if "low" in raw else mode
        high = self.part(raw, "high") if "high" in raw else mode
        if len({family(part.unit) for part in (mode, low, high)}) > 1:
            raise refuse("must have low, mode and high in the same kind of unit")
        if not low.value <= mode.value <= high.value:
            raise refuse("must have low <= mode <= high")
        source, grade, note = raw.get("source", ""), raw.get("grade", ""), raw.get("note", "")
        if not isinstance(source, str):
            raise refuse_at("source", source, "must be the name of an entry of `sources`")
        if grade and grade not in GRADES:
            raise refuse_at("grade", grade, f"must be {listed(GRADES)}")
        if not isinstance(note, str):
            raise refuse_at("note", note, "must be text")
        return replace(self.quantity(mode, low, high), source=source, grade=grade, note=note)

    def part(self, raw: dict[str, Any], key: str) -> Measured:
        """One number of the mapping."""
        try:
            return self.one(raw[key])
        except RefusedError as error:
            raise refuse_at(key, raw[key], str(error)) from None

    def quantity(self, mode: Measured, low: Measured, high: Measured) -> Quantity:
        """Three numbers of one kind as a quantity."""
        if len({part.currency for part in (mode, low, high)}) > 1:
            raise refuse("must have low, mode and high in the same currency")
        factor = factor_of(mode.unit, self.units)
        return Quantity(mode.value, low.value, high.value, mode.unit, factor, currency=mode.currency)

    def clip(self, value: float) -> float:
        """Value within the bounds of the dimension."""
        return min(self.upper, max(self.lower, value))

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> Any:
        return PlainValidator(self.read).__get_pydantic_core_schema__(source, handler)

    def __get_pydantic_json_schema__(self, schema: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        if self.choices:
            return {"enum": [{"true": True, "false": False}.get(word, word) for word, _ in self.choices]}
        bare = self.units == BARE
        one: dict[str, Any] = {
            "type": ["number", "string"] if bare else "string",
            "description": self.allowed,
        }
        known = [re.escape(unit).replace("CUR", "[A-Z]{3}") for unit in self.units]
        if not bare:
            one["pattern"] = rf"^\s*[-+]?[0-9._eE+-]+\s*({'|'.join(known)})\s*(\(.*\).*)?$"
        text = {"type": "string"}
        parts = {
            "mode": one,
            "low": one,
            "high": one,
            "source": text,
            "grade": {"enum": list(GRADES)},
            "note": text,
        }
        long = {"type": "object", "properties": parts, "required": ["mode"], "additionalProperties": False}
        return {"anyOf": [one, long]}


def with_unit(text: str, unit: str) -> str:
    """A bare number gets the unit of the mode."""
    return f"{text} {unit}" if re.fullmatch(r"[-+0-9._eE]+", text) else text


def family(unit: str) -> str:
    """Units that can be mixed within one quantity have one family."""
    bare = plain_unit(unit)[0]
    if bare in ("bh", "bd"):
        return bare
    if bare.rstrip("s") in ("user", "customer"):
        return bare.rstrip("s")
    return "%" if bare == "%" else ""


def show_quantity(value: Quantity) -> str:
    """``20 % (15 to 30)`` for messages and tables."""
    if value.low == value.high:
        return value.text()
    return f"{value.text()} ({shown(value.text(value.low))} to {value.text(value.high)})"


def message_of(error: RefusedError | ValidationError) -> str:
    """The sentence in an error of a quantity."""
    if isinstance(error, RefusedError):
        return str(error)
    first = error.errors(include_url=False)[0]
    path = ".".join(str(key) for key in first["loc"])
    return f"{path} = {shown(first['input'])} {plain_message(first['msg'])}"


def plain_message(text: str) -> str:
    """A message without what pydantic puts before it."""
    return text.removeprefix("Value error, ")
