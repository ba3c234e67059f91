"""Building blocks of the schema: the strict model, names, dates, and fields that document themselves."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from scenarios.quantities import refuse

NAME = re.compile(r"[^\W_][\w \-]{0,59}")


class Part(BaseModel):
    """A mapping with known keys. Nothing else is allowed in it, and nothing is converted silently."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


def described(
    text: str, fallback: Any = ..., *, lever: bool = False, decided: bool = False, **more: Any
) -> Any:
    """A field of the schema.

    Parameters
    ----------
    text
        What it means, for the guide and for editors.
    fallback
        Its value if it is left out; without one it is required.
    lever
        Overrides may move it on the timeline.
    decided
        Somebody decides it, so it needs no interval and no source (a number of seats, a policy).
    """
    extra: dict[str, Any] = {"lever": lever, "decided": decided}
    if callable(fallback):
        return Field(default_factory=fallback, description=text, json_schema_extra=extra, **more)
    return Field(fallback, description=text, json_schema_extra=extra, **more)


def check_name(value: str) -> str:
    """Names of things: letters, digits, spaces, ``_`` and ``-``; no dots, because paths are dotted."""
    if not NAME.fullmatch(value):
        raise refuse(
            "is not a name: use up to 60 letters, digits, spaces, _ and -, beginning with a letter or digit"
        )
    return value


def read_date(value: object) -> date:
    """A date as ``2026-01-05``."""
    if isinstance(value, date):
        return value
    try:
        found = date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        found = None
    if found is None or not 1950 <= found.year <= 2090:
        raise refuse("must be a date from 1950 to 2090, written as 2026-01-05")
    return found


def read_text(value: object) -> str:
    """Text of one or more words; numbers are taken as text."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise refuse("must be text")
    return " ".join(str(value).split()) if len(repr(value)) < 20_000 else refuse_long()


def refuse_long() -> str:
    """Refuse a text that is too long."""
    raise refuse("must be a text of at most 20,000 letters")


Name = Annotated[str, AfterValidator(check_name)]
Text = Annotated[str, BeforeValidator(read_text)]
Day = Annotated[
    date, BeforeValidator(read_date), WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"})
]
