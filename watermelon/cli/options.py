"""Options that commands share, each checked before anything is played."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

MOST_REPLICATIONS = 100_000
MOST_HOURS = 24 * 366 * 50
HIGHEST_SEED = 2**32 - 1


@dataclass(frozen=True, slots=True)
class Playing:
    """How a scenario is to be played: the options that `run` and `compare` share."""

    replications: int
    seed: int
    engine: str
    sets: tuple[str, ...]
    until: float | None
    jobs: int
    uncertainty: bool


class Whole(click.ParamType[int]):
    """A whole number between two bounds, refused with both of them."""

    name = "whole number"

    def __init__(self, low: int, high: int, why: str = "") -> None:
        self.low, self.high, self.why = low, high, why

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Turn text into the number."""
        try:
            number = int(str(value))
        except ValueError:
            number = None
        if number is None or not self.low <= number <= self.high:
            self.fail(f"{value}: must be a whole number from {self.low} to {self.high}{self.why}", param, ctx)
        return number


class Hours(click.ParamType[float]):
    """A whole number of simulated hours."""

    name = "hours"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Turn text into hours."""
        try:
            hours = float(str(value))
        except ValueError:
            hours = math.nan
        if not (1 <= hours <= MOST_HOURS and hours == int(hours)):
            self.fail(f"{value}: must be a whole number of hours from 1 to {MOST_HOURS}", param, ctx)
        return hours


class Change(click.ParamType[str]):
    """PATH=VALUE, of which the scenario then judges both parts."""

    name = "path=value"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """See that there is a path and a value."""
        path, equals, new = str(value).partition("=")
        if not (path.strip() and equals and new.strip()):
            self.fail(f"{value}: must be PATH=VALUE, for example teams.desk.seats=4", param, ctx)
        return str(value)


class Place(click.ParamType[Path]):
    """A path, of which the command then sees whether it can be written to."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Turn text into a path; an empty text would mean the current folder."""
        if not str(value).strip() or "\0" in str(value):
            self.fail("must name a file or folder", param, ctx)
        return Path(value)


def processors() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def most_jobs() -> int:
    """Above four processes a processor (or sixteen) memory goes and nothing is won."""
    return max(16, 4 * processors())


def seed_option() -> Callable[[Command], Command]:
    """Add --seed."""
    return click.option(
        "--seed",
        type=Whole(0, HIGHEST_SEED),
        default=1,
        show_default=True,
        metavar="N",
        help="The same seed meets the same luck again.",
    )


def jobs_option(what: str) -> Callable[[Command], Command]:
    """Add --jobs, of ``what`` there may be several."""
    return click.option(
        "--jobs",
        type=Whole(1, most_jobs(), " on this machine"),
        default=processors(),
        show_default="one a processor",
        metavar="N",
        help=f"{what} to play with; the results do not depend on it.",
    )


def playing(replications: int, without: Sequence[str] = ()) -> Callable[[Command], Command]:
    """Add the options of a command that plays, and hand them over as one ``Playing``.

    The command answers for those it does ``without``, by their names in ``Playing``.
    """
    options = [
        click.option(
            "-r",
            "--replications",
            type=Whole(1, MOST_REPLICATIONS),
            default=replications,
            show_default=True,
            metavar="N",
            help="How often to play, each time with other luck.",
        ),
        seed_option(),
        click.option(
            "--engine",
            type=click.Choice(["compiled", "simpy"]),
            default="compiled",
            show_default=True,
            help="Which engine plays. They give the same; simpy is slower and easier to read.",
        ),
        click.option(
            "--set",
            "sets",
            type=Change(),
            multiple=True,
            metavar="PATH=VALUE",
            help="Change the base itself, warm-up included; may be repeated.",
        ),
        click.option(
            "--until",
            type=Hours(),
            metavar="HOURS",
            help="Measure this many hours instead of the scenario's own period.",
        ),
        jobs_option("Threads (processes with simpy)"),
        click.option(
            "--uncertainty",
            is_flag=True,
            help="Draw every assumption from its low-high range in each replication, "
            "instead of holding it at its most likely value.",
        ),
    ]

    wanted = [option for name, option in zip(Playing.__slots__, options, strict=True) if name not in without]

    def decorate(command: Command) -> Command:
        for option in reversed(wanted):
            command = option(command)
        return command

    return decorate


def as_playing(values: dict[str, Any]) -> Playing:
    """Take the shared options out of what click hands over."""
    return Playing(**{name: values.pop(name) for name in Playing.__slots__})


def as_json() -> Callable[[Command], Command]:
    """Add --json."""
    return click.option(
        "--json",
        "json_wanted",
        is_flag=True,
        help="Print one JSON document and nothing else on standard output.",
    )


def out_folder(default: str) -> Callable[[Command], Command]:
    """Add --out."""
    return click.option(
        "--out",
        type=Place(),
        metavar="DIR",
        help=f"Folder for the results; it is made if need be. Replications of the same run that it holds are "
        f"read instead of played. {default}",
    )
