"""Mappings: which column of an export is which, and what its values mean."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import field_validator, model_validator

from scenarios.errors import BadInput, listed, nearest, shown
from scenarios.read import read_file, read_text
from scenarios.schema.parts import Part, Text, described
from scenarios.validate import validate

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


class Dates(Part):
    """How times are written."""

    formats: list[str] = described(
        "Patterns as in strptime, tried in turn for every value.",
        lambda: ["%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d"],
    )
    zone: str | None = described("IANA zone of the wall-clock times; left out, it is not known.", None)

    @field_validator("formats")
    @classmethod
    def holds_a_day(cls, formats: list[str]) -> list[str]:
        """Each pattern must name day, month and year."""
        for pattern in formats:
            named = [
                any(code in pattern for code in codes)
                for codes in (("%d", "%j"), ("%m", "%b", "%B", "%j"), ("%y", "%Y"))
            ]
            if not all(named):
                raise ValueError(f"'{shown(pattern)}' must name day, month and year, like %d/%m/%Y %H:%M")
        if not formats:
            raise ValueError("must hold at least one pattern, like %d/%m/%Y %H:%M")
        return formats


class States(Part):
    """What the values of the state column mean; any other value is work under way."""

    user_wait: list[str] = described("Waits for the user.", list)
    other_wait: list[str] = described("Waits for others.", list)
    resolved: list[str] = described("Restored.", list)
    closed: list[str] = described("Closed for good.", list)


class Requests(Part):
    """How service requests are told from incidents."""

    values: list[str] = described("Values of the canonical column `kind` that mark service requests.")


class Mapping(Part):
    """A mapping file."""

    watermelon: Literal[1] = described("Version of the file format: 1.")
    kind: Literal["mapping"] = described("mapping")
    title: Text = described("What kind of export it reads.")
    text: Text = described("More about it.", "")
    delimiter: Literal["auto", ",", ";", "\t", "|"] = described("What stands between cells.", "auto")
    missing: list[str] = described("What stands for nothing.", lambda: [""])
    dates: Dates = described("How times are written.", Dates)
    columns: dict[str, list[str]] = described("Canonical column: its name in the export, or several to try.")
    states: States = described("What the states mean.", States)
    priorities: dict[str, int] = described("Value of `priority`: 1 (highest) to 4.", dict)
    yes: list[str] = described("Values of `made_sla` that mean yes.", lambda: ["true", "True", "1", "yes"])
    requests: Requests | None = described("How requests are told from incidents.", None)
    keep: list[Literal["teams"]] = described("What is not renamed in the result.", list)

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
        return validate(Mapping, read_text(text, f"{name}.yaml"))
    path = Path(name)
    if not name.endswith((".yaml", ".yml")) and not ("/" in name and path.is_file()):
        known = shipped()
        raise BadInput(
            f"no mapping '{shown(name)}'{nearest(name, known)}: use {listed(known)}, "
            "or the path of a YAML file (kind: mapping)"
        )
    document = read_file(path)
    kind = document.data.get("kind")
    if kind != "mapping":
        text = "must be mapping, which says what the columns of an export are"
        raise BadInput(document.problem(("kind",), kind, text))
    return validate(Mapping, document)
