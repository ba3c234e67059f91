"""Days and shares as options."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import click


class Day(click.ParamType[date]):
    """A day, as YYYY-MM-DD."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Turn text into the day."""
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(str(value), "%Y-%m-%d").date()
        except ValueError:
            self.fail(f"{value}: must be a day, as 2026-03-31", param, ctx)


def check_order(start: date | None, end: date | None) -> None:
    """Refuse a period that ends before it begins."""
    from scenarios.errors import BadInput

    if start is not None and end is not None and start >= end:
        raise BadInput(f"--from {start}: must be before --to {end}")


class Share(click.ParamType[float]):
    """A share as 0.2 or 20%."""

    name = "share"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Turn text into a number between 0 and 1."""
        text = str(value).strip()
        try:
            number = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
        except ValueError:
            number = -1.0
        if not 0 < number < 1:
            self.fail(f"{value}: must be a share between 0 and 1, such as 0.2 or 20%", param, ctx)
        return number
