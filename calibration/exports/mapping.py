"""Mappings: which column of an export is which, and what its values mean."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, Self
from zoneinfo import available_timezones

from holidays.registry import EntityLoader
from pydantic import field_validator, model_validator

from scenarios.errors import BadInput, listed, nearest, shown
from scenarios.read import read_file, read_text
from scenarios.schema.parts import Day, Part, Text, described
from scenarios.validate import validate

CANONICAL = {
    "case": "identifier of the ticket",
    "time": "when the row was written (an audit log has one row per update)",
    "opened": "when the ticket was opened",
    "resolved": "when it was resolved for good",
    "closed": "when it was closed",
    "state": "state of the ticket in this row, or the activity of an event log",
    "substate": "more about the state (a sub-status, a reason to wait), put behind it: 'Open / Wait'",
    "priority": "priority",
    "impact": "impact",
    "urgency": "urgency",
    "category": "category",
    "subcategory": "subcategory",
    "symptom": "symptom",
    "item": "configuration item that is affected",
    "team": "team that holds the ticket",
    "person": "person that holds the ticket",
    "updated_by": "who wrote the row",
    "lifecycle": "start or complete, in an event log; other words are taken as `substate`",
    "reassignments": "how often the ticket has changed teams so far",
    "reopens": "how often it has been reopened so far, or whether it has been (yes, no)",
    "made_sla": "whether the service level has been kept so far",
    "handle_hours": "hours that the tool itself counts for the ticket",
    "caller": "who reported it",
    "channel": "how it was reported",
    "kind": "kind of ticket (see `requests`)",
    "problem": "problem it belongs to",
    "change": "change it belongs to",
    "history": "states it went through, with times, in one cell of a list: 'New 1.2.2026 10:05 | ...'",
}
"""Canonical columns and what they hold."""

FEWEST_FITTING = 5
"""A shipped mapping is recognised by more columns than these."""

PEOPLE = ("person", "updated_by", "caller")
"""Columns that hold people."""


EPOCHS = ("epoch", "epoch_ms")
"""Formats that count seconds, or milliseconds, from 1970 in UTC."""


class Dates(Part):
    """How times are written."""

    formats: list[str] = described(
        "Patterns as in strptime, tried in turn for every value, or epoch and epoch_ms for seconds and "
        "milliseconds since 1970 (UTC); left out, they are recognised.",
        list,
    )
    order: Literal["auto", "day_first", "month_first"] = described(
        "How 1/2/2026 is meant; auto goes by evidence (a day above 12) and refuses to guess without any.",
        "auto",
    )
    zone: str | None = described(
        "IANA zone of the organisation, as Europe/Lisbon, whose changes of the clock are followed; left out, "
        "times are taken as its wall clock.",
        None,
    )
    written_in: str | None = described(
        "IANA zone in which the times are written, if it is another one (UTC); they are turned into `zone`.",
        None,
    )

    @field_validator("formats")
    @classmethod
    def holds_a_day(cls, formats: list[str]) -> list[str]:
        """Each pattern must name day, month and year."""
        for pattern in formats:
            if pattern in EPOCHS:
                continue
            named = [
                any(code in pattern for code in codes)
                for codes in (("%d", "%j"), ("%m", "%b", "%B", "%j"), ("%y", "%Y"))
            ]
            if not all(named):
                raise ValueError(f"'{shown(pattern)}' must name day, month and year, like %d/%m/%Y %H:%M")
        return formats

    @field_validator("zone", "written_in")
    @classmethod
    def is_a_zone(cls, zone: str | None) -> str | None:
        """Zones are names of the IANA list."""
        if zone is not None and zone not in available_timezones():
            near = nearest(zone, available_timezones())
            raise ValueError(f"is not an IANA time zone{near}; write it like Europe/Lisbon or UTC")
        return zone

    @property
    def sure(self) -> bool:
        """Whether values tell their moment by an offset, or as they count from 1970: no local time does."""
        told = any(pattern.endswith("%z") or pattern in EPOCHS for pattern in self.formats)
        return told and self.written_in is None

    @model_validator(mode="after")
    def from_somewhere_to_somewhere(self) -> Self:
        """Times can't be turned into an unknown zone."""
        if self.written_in is not None and self.zone is None:
            raise ValueError("dates.written_in needs dates.zone, the zone of the organisation")
        return self


class States(Part):
    """What the values of the state column mean; any other value is work under way."""

    user_wait: list[str] = described("Waits for the user.", list)
    other_wait: list[str] = described("Waits for others (a vendor, a problem, evidence).", list)
    resolved: list[str] = described("Restored.", list)
    closed: list[str] = described("Closed for good.", list)
    work: list[str] = described("Work under way, although the name sounds like waiting.", list)


class Activities(Part):
    """A second file with one row an activity, beside a first one with one row a ticket."""

    file: list[str] = described("Its name beside the first file, or patterns such as *activity*.csv.gz.")
    columns: dict[str, list[str]] = described(
        "As `columns`, of the second file; `case` and `time` are needed."
    )
    handoff: list[str] = described("Values of `state` that hand the ticket to another team.", list)
    reopen: list[str] = described("Values of `state` that open the ticket again.", list)

    @field_validator("columns", "file", mode="before")
    @classmethod
    def one_or_several(cls, raw: Any) -> Any:
        """A single name is a list of one."""
        return [raw] if isinstance(raw, str) else listed_columns(raw)

    @field_validator("columns")
    @classmethod
    def are_canonical(cls, raw: dict[str, list[str]]) -> dict[str, list[str]]:
        """The columns are known ones."""
        return known_columns(raw, ("case", "time"))


class Names(Part):
    """What becomes of names of people."""

    people: Literal["hash", "drop", "keep"] = described(
        "hash: counted, but never shown; drop: not read at all; keep: read as they are. None is written "
        "into a base.",
        "hash",
    )
    teams: Literal["number", "hash", "keep"] = described(
        "How teams are called in the base: Team 1, Team 2, ... by volume; a hash; or their name.", "number"
    )


class Cleaning(Part):
    """What overrules the findings; `docs/calibration.md` lists them."""

    start: Day | None = described("First day that is learnt from.", None)
    end: Day | None = described("First day that is not learnt from any more.", None)
    overrule: list[str] = described("Names of findings that are not to be acted upon.", list)
    quiet_days: list[Day] | None = described(
        "Days that are out of line (public holidays, bridge days), instead of those that are found.", None
    )
    country: str | None = described(
        "Country code, as PT or BR, whose public holidays are named, and played as the log shows them.", None
    )
    arrivals_times: float = described(
        "By how much arrivals are to be multiplied, because the log holds only a part of the tickets.",
        1.0,
        gt=0,
        le=1000,
    )
    list_routes: bool = described(
        "Whether the way through the teams is assumed for tickets of a list that only counts reassignments "
        "(finding `list_route`).",
        True,
    )

    @field_validator("overrule")
    @classmethod
    def can_be_overruled(cls, raw: list[str]) -> list[str]:
        """Only findings that are acted upon can be overruled."""
        for name in raw:
            if name not in OVERRULED:
                raise ValueError(
                    f"'{shown(name)}' is not a finding that is acted upon{nearest(name, OVERRULED)}; "
                    f"there are {listed(OVERRULED, 30)}"
                )
        return raw

    @field_validator("country")
    @classmethod
    def is_known(cls, raw: str | None) -> str | None:
        """Only countries whose holidays are known."""
        known = list(EntityLoader.get_country_codes())
        if raw is not None and raw not in known:
            raise ValueError(f"'{shown(raw)}' must be a country code such as PT or BR{nearest(raw, known)}")
        return raw


OVERRULED = {
    "transient": "the start of the log is left out",
    "selected_on_closing": "days before the first closing are left out",
    "cut_at_the_end": "the last days, whose slow tickets are missing, are left out",
    "duplicates": "rows that are the same as an earlier one are dropped",
    "auto_close": "closing is played as a clock",
    "waiting_states": "states that sound like waiting are taken as waiting",
    "quiet_days": "days out of line are left out of the weekly rhythm",
    "trend": "growth that a year or more of arrivals shows is played on",
}
"""Findings that are acted upon, and how."""


def listed_columns(raw: Any) -> Any:
    """Columns with a single name as a list of one; empty entries are left out."""
    if not isinstance(raw, dict):
        return raw
    found = {key: [value] if isinstance(value, str) else value for key, value in raw.items()}
    return {key: value for key, value in found.items() if value is not None}


def known_columns(raw: dict[str, list[str]], needed: tuple[str, ...]) -> dict[str, list[str]]:
    """Refuse columns that are not canonical, and the lack of needed ones."""
    for key in raw:
        if key not in CANONICAL:
            raise ValueError(
                f"columns.{shown(key)} is not a canonical column{nearest(key, CANONICAL)}; "
                f"there are {listed(CANONICAL, 40)}"
            )
    for key in needed:
        if not raw.get(key):
            raise ValueError(f"columns.{key} is missing ({CANONICAL[key]})")
    return raw


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
    layout: Literal["auto", "list", "updates"] = described(
        "list: one row a ticket; updates: one row an update or event of a ticket.", "auto"
    )
    columns: dict[str, list[str]] = described(
        "Canonical column: its name in the export, or several to try; left out, they go by their names.", dict
    )
    activities: Activities | None = described("A second file with the activities.", None)
    states: States = described("What the states mean.", States)
    priorities: dict[str, int] = described("Value of `priority`: 1 (highest) to 4.", dict)
    yes: list[str] = described("Values of `made_sla` that mean yes.", lambda: ["true", "True", "1", "yes"])
    requests: Requests | None = described("How requests are told from incidents.", None)
    names: Names = described("What becomes of names.", Names)
    cleaning: Cleaning = described("What overrules the findings.", Cleaning)

    @field_validator("columns", mode="before")
    @classmethod
    def one_or_several(cls, raw: Any) -> Any:
        """A single name is a list of one; empty entries are left out."""
        return listed_columns(raw)

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
        if not self.columns:
            return self
        known_columns(self.columns, ("case",))
        if not self.columns.get("time") and not self.activities:
            if not self.columns.get("opened"):
                raise ValueError(f"columns.opened is missing ({CANONICAL['opened']})")
            if not any(self.columns.get(name) for name in ("resolved", "closed", "history")):
                raise ValueError(
                    "columns.resolved is missing, or columns.time and columns.state instead of it"
                )
        if self.requests and "kind" not in self.columns:
            raise ValueError("requests.values needs columns.kind")
        return self


def shipped() -> list[str]:
    """Names of the mappings that come with the program."""
    folder = files("calibration") / "mappings"
    return sorted(item.name.removesuffix(".yaml") for item in folder.iterdir() if item.name.endswith(".yaml"))


def recognised(mapping: Mapping, present: Iterable[str]) -> Mapping:
    """The shipped mapping whose columns an export has, with what ``mapping`` says besides columns.

    None of them fits where fewer than most of its columns, or of those of the export, are matched;
    ``mapping`` is then returned, and columns go by what tools call them.
    """
    there = set(present)
    best, most = mapping, FEWEST_FITTING
    for name in shipped():
        other = load_mapping(name)
        found = {key for key, names in other.columns.items() if there & set(names)}
        if (
            len(found) > most
            and len(found) >= 0.6 * min(len(other.columns), len(there))
            and {"case", "opened"} <= found
        ):
            best, most = other, len(found)
    kept = mapping.model_fields_set - {"watermelon", "kind", "title", "text", "columns"}
    said = {key: getattr(mapping, key) for key in kept}
    if "missing" in said:
        said["missing"] = list(dict.fromkeys([*best.missing, *mapping.missing]))
    return best.model_copy(update=said)


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
