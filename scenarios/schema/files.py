"""Overrides (changes that fit any base) and scenario files (a base with overrides)."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, model_validator
from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from scenarios.dimensions import AMOUNT, DURATION, HEADCOUNT, YEARLY_MONEY
from scenarios.quantities import Quantity, default, refuse
from scenarios.schema.base import Base, Source
from scenarios.schema.parts import Name, Part, Text, described
from scenarios.units import written

KINDS = ("set", "times", "plus")
MOST_GROUPS = 4
"""Groups of one override: 2 to this power scenarios are played to split a difference over them."""


class Change(Part):
    """One change: exactly one of `set`, `times` and `plus` names what it changes."""

    set: str | None = described("Selector of the keys to set.", None, decided=True)
    times: str | None = described("Selector of the keys to multiply.", None, decided=True)
    plus: str | None = described("Selector of the keys to add to.", None, decided=True)
    to: Any = described("New value, for `set`.", None)
    by: Any = described("Factor for `times`, amount for `plus`.", None)
    begin: Any = described(
        "When it begins: start (default), week 4, day 30, month 6, a date, or a name of `milestones`.",
        None,
        alias="from",
        decided=True,
    )
    ramp: Any = described("Time over which it grows in daily steps, such as 26 weeks.", None, decided=True)
    half_life: Any = described(
        "Time in which it fades by half once it has grown, in weekly steps; left out, it does not fade.",
        None,
        decided=True,
    )
    until: Any = described(
        "When it ends, written like `from`; then the key is back to what it was.", None, decided=True
    )
    why: Text = described("One line for the report.", "", decided=True)

    @model_validator(mode="after")
    def check(self) -> Change:
        """Refuse what no single key shows."""
        used = [kind for kind in KINDS if getattr(self, kind) is not None]
        if len(used) != 1:
            raise refuse("must have exactly one of `set`, `times` and `plus`, which names what is changed")
        needed, other = ("to", "by") if used[0] == "set" else ("by", "to")
        if getattr(self, needed) is None or getattr(self, other) is not None:
            raise refuse(f"`{used[0]}` goes with `{needed}`")
        return self

    @property
    def kind(self) -> str:
        """``set``, ``times`` or ``plus``."""
        return next(kind for kind in KINDS if getattr(self, kind) is not None)

    @property
    def selector(self) -> str:
        """What is changed."""
        return str(getattr(self, self.kind))


class Milestone(Part):
    """A moment of a plan at which changes begin or end, and how late it may be."""

    title: Text = described("Name in reports; left out, its key.", "", decided=True)
    at: Any = described("When it is planned: week 4, day 30, month 6 or a date.", decided=True)
    slip: Annotated[Quantity, DURATION] = described(
        "How late it is, in whole days; all that hangs on it moves together.", default(0.0, "days", 86_400.0)
    )


class Cost(Part):
    """What a change costs, once or every year; with `per`, in proportion to the size of the base."""

    name: Text = described("What is paid.", decided=True)
    at: Any = described("When: start (default), week 4, month 6 or a date.", None, decided=True)
    begin: Any = described("The same as `at`, for yearly costs.", None, alias="from", decided=True)
    amount: Annotated[Quantity, AMOUNT] | None = described("Paid once.", None)
    per_year: Annotated[Quantity, YEARLY_MONEY] | None = described("Paid every year from then on.", None)
    per: Annotated[Quantity, HEADCOUNT] | None = described(
        "Size that both are given for, such as 3000 employees: a base with half as many (users of the "
        "service that most use) pays half. Left out, every base pays the same.",
        None,
        decided=True,
    )

    @model_validator(mode="after")
    def check(self) -> Cost:
        """Refuse what no single key shows."""
        if self.amount is None and self.per_year is None:
            raise refuse("must have `amount`, `per_year` or both")
        if self.at is not None and self.begin is not None:
            raise refuse("must have one of `at` and `from`")
        if self.per is not None and self.per.low != self.per.high:
            raise refuse("must have one number as `per`; put what is uncertain into the amount")
        return self

    def paid_with(self, employees: float) -> Cost:
        """What a base with so many employees pays."""
        if self.per is None:
            return self
        share, size = employees / self.per.mode, self.per.text()
        amounts = {key: getattr(self, key) for key in ("amount", "per_year")}
        known = {key: sized(value, share, size) for key, value in amounts.items() if value is not None}
        return self.model_copy(update=known)


def sized(amount: Quantity, share: float, size: str) -> Quantity:
    """An amount given for a ``size`` as a base pays it that is ``share`` times as large."""
    return replace(
        amount,
        mode=share * amount.mode,
        low=share * amount.low,
        high=share * amount.high,
        unit=f"{amount.unit} ({written(amount.mode, '')} per {size})",
    )


class ChangeFile(Part):
    """What overrides and scenario files have in common."""

    watermelon: Literal[1] = described("Version of the file format: 1.", decided=True)
    title: Text = described("What it is, in a few words.", decided=True)
    story: Text = described("What it is, in a few sentences.", "", decided=True)
    since: Literal["start", "always"] = described(
        "start: acts from t = 0 on; always: a steady state that shapes the warm-up too.",
        "start",
        decided=True,
    )
    milestones: dict[Name, Milestone] = described(
        "Moments of the plan by name; changes begin `from` them or last `until` them.", dict
    )
    changes: list[Change] = described("The changes.", list)
    costs: list[Cost] = described("What they cost.", list)
    sources: dict[Name, Source] = described("Sources of the numbers, by a short name.", dict)


class Override(ChangeFile):
    """A set of changes that names no base."""

    kind: Literal["override"] = described("override", decided=True)
    groups: dict[Name, list[Text]] = described(
        "Up to four groups of levers by name, over which `compare --attribute` splits what this override "
        "does: selectors as in `changes`, and names of `costs`. What is in none of them is the rest, one "
        "more group.",
        dict,
        decided=True,
    )

    @model_validator(mode="after")
    def check_groups(self) -> Override:
        """Refuse groups that don't part the levers."""
        known = {change.selector for change in self.changes} | {cost.name for cost in self.costs}
        named = [item for group in self.groups.values() for item in group]
        for item in named:
            if item not in known:
                raise refuse(f"has `groups` that name {item}, which is no selector of `changes` and no cost")
            if named.count(item) > 1:
                raise refuse(f"has `groups` that name {item} twice; a lever belongs to one group")
        if len(self.groups) + (set(named) != known) > MOST_GROUPS:
            raise refuse(
                f"must have at most {MOST_GROUPS} `groups`; levers that are in none of them count as one more"
            )
        return self


class ScenarioFile(ChangeFile):
    """A base with overrides, and changes of its own."""

    kind: Literal["scenario"] = described("scenario", decided=True)
    base: str = described("A shipped base, or a file next to this one.", decided=True)
    overrides: list[Annotated[str, Field(min_length=1)]] = described(
        "Shipped overrides, or files next to this one.", list, decided=True
    )


class FileSchema(GenerateJsonSchema):
    """Shows defaults as a file would say them."""

    def encode_default(self, dft: Any) -> Any:
        """A default as a plain value."""
        if isinstance(dft, Quantity):
            if dft.name:
                return {"true": True, "false": False}.get(dft.name, dft.name)
            return dft.text() if dft.unit else dft.mode
        return {} if isinstance(dft, BaseModel) else super().encode_default(dft)


def json_schema() -> dict[str, Any]:
    """JSON schema of scenario files: base, override or scenario, told apart by ``kind``."""
    models: tuple[type[BaseModel], ...] = (Base, Override, ScenarioFile)
    places, schema = models_json_schema(
        [(model, "validation") for model in models], schema_generator=FileSchema
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Watermelon scenario file",
        "oneOf": [places[model, "validation"] for model in models],
        **schema,
    }
