"""Which days are played: those after the last one that was learnt from, as far as the log covers them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from calibration.exports.log import TicketLog
from calibration.fit.window import DAY, whole_days
from scenarios.errors import BadInput

FEWEST_TICKETS = 20


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days [``start``, ``end``); ``seen_to`` is the last moment of which the log knows anything."""

    start: pd.Timestamp
    end: pd.Timestamp
    seen_to: pd.Timestamp

    @property
    def days(self) -> int:
        """How many days."""
        return (self.end - self.start).days

    @property
    def hours(self) -> float:
        """How many hours."""
        return 24.0 * self.days

    @property
    def last(self) -> date:
        """The last day."""
        return (self.end - DAY).date()

    @property
    def followed(self) -> float:
        """Hours from its start to the last moment that the log knows of."""
        return float((self.seen_to - self.start) / pd.Timedelta(hours=1))


def trained_days(name: str, learnt: Mapping[str, object]) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First day that a base was learnt from, and the day after the last one.

    Raises
    ------
    BadInput
        If the base was not learnt from a log.
    """
    try:
        return pd.Timestamp(str(learnt["from"])), pd.Timestamp(str(learnt["to"])) + DAY
    except (KeyError, ValueError):
        raise BadInput(
            f"{name}: was not learnt from a log (it has no `learnt` with the days from and to); "
            "make a base with `watermelon calibrate LOG -o FILE.yaml --holdout 0.3`"
        ) from None


def period_of(
    log: TicketLog, cases: pd.DataFrame, trained: pd.Timestamp, start: date | None, end: date | None
) -> Period:
    """The period to play.

    Parameters
    ----------
    log, cases
        The log and its cases.
    trained
        The day after the last one that was learnt from.
    start, end
        Override what would be found; ``end`` is the first day that is not played.

    Raises
    ------
    BadInput
        If the log has too few tickets in it.
    """
    first_day, after_last = whole_days(cases)
    begin = trained if start is None else pd.Timestamp(start)
    finish = after_last if end is None else pd.Timestamp(end)
    covered = f"{log.name} covers {first_day:%Y-%m-%d} to {after_last - DAY:%Y-%m-%d} in full"
    if begin >= finish:
        learnt = (
            "" if start is not None else f", the base was learnt from days up to {trained - DAY:%Y-%m-%d}"
        )
        raise BadInput(
            f"there is no day to play from {begin:%Y-%m-%d} to before {finish:%Y-%m-%d}: {covered}{learnt}; "
            "calibrate with --holdout, or name the days with --from and --to"
        )
    inside = cases["opened"].between(begin, finish, inclusive="left") & cases["hours"].notna()
    if inside.sum() < FEWEST_TICKETS:
        raise BadInput(
            f"{log.name}: {inside.sum()} tickets were opened from {begin:%Y-%m-%d} to before "
            f"{finish:%Y-%m-%d} and resolved; at least {FEWEST_TICKETS} are needed; {covered}"
        )
    return Period(begin, finish, max(finish, seen_to(log)))


def seen_to(log: TicketLog) -> pd.Timestamp:
    """The latest time in the log."""
    latest = [log.rows[name].max() for name in ("time", "opened", "resolved", "closed")]
    found: pd.Timestamp = max(time for time in latest if not pd.isna(time))
    return found
