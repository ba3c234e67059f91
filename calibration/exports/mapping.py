"""Mappings: which column of an export is which, and what its values mean."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from scenarios.errors import BadInput, Problem, listed, nearest, shown
from scenarios.read import Document, read_file, read_text

CANONICAL = {
    "case": "identifier of the ticket",
    "time": "when the row was written (an audit log has one row per update)",
    "opened": "when the ticket was opened",
    "resolved": "when it was resolved for good",
    "closed": "when it was closed",
    "state": "state of the ticket in this row",
    "priority": "priority",
    "category": "category",
    "subcategory": "subcategory",
    "symptom": "symptom",
    "team": "team that holds the ticket",
    "person": "person that holds the ticket",
    "updated_by": "who wrote the row",
    "reassignments": "how often the ticket has changed teams so far",
    "reopens": "how often it has been reopened so far",
    "made_sla": "whether the service level has been kept so far",
    "caller": "who reported it",
    "channel": "how it was reported",
    "kind": "kind of ticket (see `requests`)",
    "problem": "problem it belongs to",
    "change": "change it belongs to",
}
"""Canonical columns and what they hold."""

REQUIRED = ("case", "opened")


class Strict(BaseModel):
    """Unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Dates(Strict):
    """How times are written. ``formats`` are strptime patterns, tried in turn for every value."""

    formats: tuple[str, ...] = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d")
    zone: str | None = None

    @field_validator("formats")
    @classmethod
    def holds_a_day(cls, formats: tuple[str, ...]) -> tuple[str, ...]:
        """Each pattern must name day, month and year."""
        for pattern in formats:
            dated = all(any(code in pattern for code in codes) for codes in (("%d", "%j"), ("%y", "%Y")))
            if not dated and "%s" not in pattern:
                raise ValueError(f"'{pattern}' must name day, month and year, like %d/%m/%Y %H:%M")
        if not formats:
            raise ValueError("must hold at least one pattern, like %d/%m/%Y %H:%M")
        return formats


class States(Strict):
    """What the values of the state column mean; any other value is work under way."""

    user_wait: tuple[str, ...] = ()
    other_wait: tuple[str, ...] = ()
    resolved: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()


class Requests(Strict):
    """Values of the canonical column ``kind`` that mark service requests."""

    values: tuple[str, ...]


class Mapping(Strict):
    """A mapping file. ``keep`` names what is not renamed in the result (``teams``)."""

    watermelon: Literal[1]
    kind: Literal["mapping"]
    title: str
    text: str = ""
    delimiter: Literal["auto", ",", ";", "\t", "|"] = "auto"
    missing: tuple[str, ...] = ("",)
    dates: Dates = Dates()
    columns: dict[str, tuple[str, ...]]
    states: States = States()
    priorities: dict[str, int] = Field(default_factory=dict)
    yes: tuple[str, ...] = ("true", "True", "1", "yes")
    requests: Requests | None = None
    keep: tuple[Literal["teams"], ...] = ()

    @field_validator("columns", mode="before")
    @classmethod
    def one_or_several(cls, raw: Any) -> Any:
        """A single name is a list of one; empty entries are left out."""
        if not isinstance(raw, dict):
            return raw
        found = {key: [value] if isinstance(value, str) else value for key, value in raw.items()}
        return {key: value for key, value in found.items() if value is not None}

    @field_validator("priorities")
    @classmethod
    def from_one_to_four(cls, raw: dict[str, int]) -> dict[str, int]:
        """Priorities are 1 to 4."""
        for value, priority in raw.items():
            if priority not in (1, 2, 3, 4):
                raise ValueError(f"'{shown(value)}' must be 1, 2, 3 or 4")
        return raw

    @model_validator(mode="after")
    def can_be_used(self) -> Self:
        """The columns are known ones, and those without which nothing can be learnt are there."""
        for key in self.columns:
            if key not in CANONICAL:
                raise ValueError(
                    f"columns.{shown(key)} is not a canonical column{nearest(key, CANONICAL)}; "
                    f"there are {listed(CANONICAL, 30)}"
                )
        for key in REQUIRED:
            if not self.columns.get(key):
                raise ValueError(f"columns.{key} is missing ({CANONICAL[key]})")
        if "resolved" not in self.columns and not ("time" in self.columns and self.states.resolved):
            raise ValueError("columns.resolved is missing, or columns.time and states.resolved instead of it")
        if self.requests and "kind" not in self.columns:
            raise ValueError("requests.values needs columns.kind")
        return self


def shipped() -> list[str]:
    """Names of the mappings that come with the program."""
    folder = files("calibration") / "mappings"
    return sorted(item.name.removesuffix(".yaml") for item in folder.iterdir() if item.name.endswith(".yaml"))


def load_mapping(name: str) -> Mapping:
    """Mapping by shipped name or by path of a YAML file.

    Raises
    ------
    BadInput
        If there is no such mapping, or with everything that is wrong in the file.
    """
    if name in shipped():
        text = (files("calibration") / "mappings" / f"{name}.yaml").read_text(encoding="utf-8")
        return checked(read_text(text, f"{name}.yaml"))
    path = Path(name)
    if not name.endswith((".yaml", ".yml")) and not path.exists():
        known = shipped()
        raise BadInput(
            f"no mapping '{shown(name)}'{nearest(name, known)}: use {listed(known)}, "
            "or the path of a YAML file (kind: mapping)"
        )
    return checked(read_file(path))


def checked(document: Document) -> Mapping:
    """The mapping that a document holds."""
    try:
        return Mapping.model_validate(document.data)
    except ValidationError as error:
        raise BadInput(*(problem(document, dict(item)) for item in error.errors())) from None


def problem(document: Document, error: dict[str, Any]) -> Problem:
    """One of pydantic's complaints in our words."""
    path = tuple(part for part in error["loc"] if isinstance(part, str | int))
    kind = error["type"]
    if kind == "missing":
        return document.problem(path, None, "is missing")
    if kind == "extra_forbidden":
        above = {"dates": Dates, "states": States, "requests": Requests}.get(str(path[0]), Mapping)
        known = list(above.model_fields if len(path) > 1 else Mapping.model_fields)
        return document.problem(path, None, f"is not a known key{nearest(str(path[-1]), known)}; {listed(known, 20)}")
    text = str(error["msg"]).removeprefix("Value error, ").removeprefix("Input should be ")
    if kind == "value_error" or not path:
        return Problem(document.place(path), ".".join(str(part) for part in path), None, text)
    return document.problem(path, error["input"], f"must be {text.removeprefix('a valid ')}")
