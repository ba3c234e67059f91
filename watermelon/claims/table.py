"""What is checked, read from checks.yaml; and the whole list of items, from coverage.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

HERE = Path(__file__).resolve().parent
BASE = "baseline"
MEASURES = {"ratio": 1.0, "difference": 0.0, "saving": 0.0, "level": None}
"""How a check measures, and the value at which a scenario does nothing."""
HALF, MORE = 0.5, 1.5
"""Shares of the published effect between which a result is in range, but for checks with their own band."""


@dataclass(frozen=True, slots=True)
class Play:
    """A scenario to play: its name, changes as with --set, and how many weeks."""

    name: str
    sets: tuple[str, ...]
    weeks: int


@dataclass(frozen=True, slots=True)
class Check:
    """One figure of a claim.

    ``play`` with ``sets`` is set beside ``against`` without them; ``both`` holds changes of both. Measured
    are weeks [``first``, ``last``), of one ``service`` or of all. Either ``figure`` is published (then
    ``band`` is what counts as in range), or the least or the most. ``per`` divides what comes out, to make a
    share of it, and ``shows`` says of what.
    """

    outcome: str
    measure: str
    play: str
    against: str
    sets: tuple[str, ...]
    both: tuple[str, ...]
    service: str
    first: int
    last: int
    per: float
    shows: str
    figure: float | None
    at_least: float | None
    at_most: float | None
    own_band: tuple[float, float] | None
    why: str

    @property
    def plays(self) -> tuple[Play, Play]:
        """What is to be played: the scenario, and what it is set beside."""
        return Play(self.play, self.both + self.sets, self.last), Play(self.against, self.both, self.last)

    @property
    def neutral(self) -> float | None:
        """The value at which a scenario does nothing; None where there is no such value."""
        return MEASURES[self.measure]

    @property
    def band(self) -> tuple[float, float] | None:
        """What counts as in range of the published figure."""
        if self.figure is None or self.own_band is not None:
            return self.own_band
        origin = self.neutral or 0.0
        ends = [origin + part * (self.figure - origin) for part in (HALF, MORE)]
        return min(ends), max(ends)


@dataclass(frozen=True, slots=True)
class Reach:
    """Another setting that is tried where a check is not reached, and what is to be said of it."""

    check: int
    changed: Check
    says: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What the texts say, what is checked, what to be careful about, and how a sceptic checks it by hand.

    ``unreached`` says why no other setting is tried.
    """

    number: str
    says: str
    caution: str
    checks: tuple[Check, ...]
    reach: Reach | None
    unreached: str
    by_hand: str


@cache
def claims() -> dict[str, Claim]:
    """Claims that are checked, by number."""
    found: dict[str, dict[str, Any]] = _read("checks.yaml")
    return {number: _claim(number, text) for number, text in found.items()}


@cache
def items() -> dict[str, dict[str, str]]:
    """All items by number: ``what`` it is, ``in`` which state, ``where`` it is expressed."""
    found: dict[str, dict[str, str]] = _read("coverage.yaml")
    return found


def _read(name: str) -> Any:
    return YAML(typ="safe").load((HERE / name).read_text(encoding="utf-8"))


def _claim(number: str, text: dict[str, Any]) -> Claim:
    checks = tuple(_check(item) for item in text["checks"])
    reach = None
    if "reach" in text:
        other = dict(text["reach"])
        place, says = other.pop("check", 1) - 1, other.pop("says")
        changed = {key: tuple(value) if isinstance(value, list) else value for key, value in other.items()}
        reach = Reach(place, replace(checks[place], **changed), says)
    return Claim(
        number,
        text["says"],
        text["caution"],
        checks,
        reach,
        text.get("unreached", ""),
        " ".join(text.get("by_hand", "").split()),
    )


def _check(text: Mapping[str, Any]) -> Check:
    first, last = text["weeks"]
    band = text.get("band")
    return Check(
        outcome=text["outcome"],
        measure=text["measure"],
        play=text.get("play", BASE),
        against=text.get("against", BASE),
        sets=tuple(text.get("sets", ())),
        both=tuple(text.get("both", ())),
        service=text.get("service", ""),
        first=first,
        last=last,
        per=float(text.get("per", 1)),
        shows=text.get("shows", ""),
        figure=_number(text.get("figure")),
        at_least=_number(text.get("at_least")),
        at_most=_number(text.get("at_most")),
        own_band=None if band is None else (float(band[0]), float(band[1])),
        why=text["why"],
    )


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
