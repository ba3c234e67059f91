"""The page of all keys of mapping files."""

from typing import Any

from pydantic import BaseModel

from calibration.exports import mapping

PARTS: dict[str, type[BaseModel]] = {
    "": mapping.Mapping,
    "dates": mapping.Dates,
    "states": mapping.States,
    "activities": mapping.Activities,
    "requests": mapping.Requests,
    "names": mapping.Names,
    "cleaning": mapping.Cleaning,
}

BEGIN = """# Mapping files

A mapping says which column of a ticket export is which, and what its values mean. `watermelon calibrate LOG`
recognises most exports by itself (`--mapping auto`) and writes the mapping that was used beside the base, as
`BASE.mapping.yaml`: that file is the best start for one of your own, and a second run with it gives the same
base. Shipped mappings: {shipped}. How a calibration goes is told in [its guide](calibration.md).

    watermelon: 1
    kind: mapping
    title: Tickets of our own tool
    dates: {{order: day_first, zone: Europe/Lisbon}}
    columns:
      case: Ticket no
      opened: Created
      resolved: Solved
      state: Status
      team: [Queue, Group]        # the first that exists is taken
    states:
      user_wait: [Asked the user]
    cleaning:
      start: 2026-02-02
      overrule: [auto_close]

A mistake in a mapping is told in one sentence with its line, and the command ends with exit code 2.
"""


NEEDED = (
    "`case` is needed, and `opened` with `resolved` or `closed`, or `time` (an event log: its first event "
    "opens the case, its last one ends it unless a state says so)."
)


def default(field: Any) -> str:
    """What holds if a key is left out."""
    if field.is_required():
        return "required"
    value = field.get_default(call_default_factory=True)
    if isinstance(value, BaseModel):
        return "see below"
    if value is None or value in ("", [], {}):
        return "-"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def table(part: type[BaseModel], prefix: str) -> list[str]:
    lines = ["| key | what it says | left out |", "| --- | --- | --- |"]
    for name, field in part.model_fields.items():
        key = f"{prefix}.{name}" if prefix else name
        lines.append(
            f"| `{key}` | {(field.description or '').replace('|', chr(92) + '|')} | {default(field)} |"
        )
    return lines


def page() -> str:
    shipped = ", ".join(f"`{name}`" for name in mapping.shipped())
    lines = [BEGIN.format(shipped=shipped)]
    for prefix, part in PARTS.items():
        lines += [f"## `{prefix}`" if prefix else "## All keys", "", *table(part, prefix), ""]
    lines += ["## Canonical columns", "", "| column | what it holds |", "| --- | --- |"]
    lines += [f"| `{name}` | {text} |" for name, text in mapping.CANONICAL.items()]
    lines += [
        "",
        NEEDED,
        "",
        "## Findings that are acted upon",
        "",
        "Each can be overruled by its name in `cleaning.overrule`; the report then says that it was.",
        "",
        "| finding | what is done |",
        "| --- | --- |",
    ]
    lines += [f"| `{name}` | {text} |" for name, text in mapping.OVERRULED.items()]
    return "\n".join(lines)
