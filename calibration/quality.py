"""How good the learnt base is: the log beside the model, in a short table and plain words.

Every measure is one function, applied to the log's cases and to each replay. Its yardstick is the log
itself: what the measure comes to when the days of the log are drawn again, with replacement. Whole days are
drawn, because tickets of one day are alike.

Source: Efron (1979), 'Bootstrap methods: another look at the jackknife', Annals of Statistics 7(1), 1-26.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from calibration.exports.log import TicketLog
from calibration.fit.cases import counts_handoffs, counts_reopens, timed
from calibration.fit.organisation import Organisation
from calibration.fit.window import DAY, daily_counts, days_of_week
from calibration.replay import Floats, Replay
from calibration.score import LENIENT, Distance, distances

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SECONDS_A_DAY = 86_400
DRAWS, CERTAIN = 200, 95.0
FEWEST_DAYS, FEWEST_CASES = 3, 10
"""Days of one weekday, and cases with so many handoffs, below which drawing them again is no yardstick."""

FAR = 0.25
"""Relative difference from which a misfit is called a large one."""

SLIGHT, SLIGHT_SHARE = 0.05, 0.01
"""Relative difference (shares: difference) below which nothing is called a misfit."""


@dataclass(frozen=True, slots=True)
class FitRow:
    """One measure in the log and in the model, in ``unit``; None where it can't be measured.

    From ``low`` to ``high`` the log's own value lies in 95% of the draws when its days are drawn again.
    """

    measure: str
    log: float | None
    model: float | None
    unit: str
    low: float | None = None
    high: float | None = None

    @property
    def apart(self) -> float:
        """Model less log."""
        return 0.0 if self.log is None or self.model is None else self.model - self.log

    @property
    def far(self) -> bool:
        """Whether the model lies outside what the log's own days give, and not just slightly."""
        if self.log is None or self.model is None or self.low is None or self.high is None:
            return False
        slight = SLIGHT_SHARE if self.unit == "share" else SLIGHT * abs(self.log)
        return not self.low <= self.model <= self.high and abs(self.apart) > slight

    @property
    def large(self) -> bool:
        """Whether a misfit is of more than a quarter."""
        return self.far and abs(self.apart) > FAR * abs(self.log or 0.0)

    @property
    def drawn_again(self) -> str:
        """The yardstick in words: what the log's own days give when they are drawn again."""
        return "-" if self.low is None else f"{shown(self.low, self.unit)} to {shown(self.high, self.unit)}"

    @property
    def judgement(self) -> str:
        """How good it is, in a word or two; nothing where it can't be judged."""
        if self.low is None and self.unit == "tickets":
            return "too few days"
        if self.low is None and self.measure in {*AFTER, *OF_PRIORITY} and self.log is not None:
            return "too few tickets"
        if self.low is None or self.model is None:
            return ""
        return "far off" if self.large else "off" if self.far else "good"


@dataclass(frozen=True, slots=True)
class Fit:
    """The comparison as a whole."""

    table: list[FitRow]
    distances: list[Distance]

    @property
    def verdict(self) -> str:
        """The comparison in words."""
        ks = next((item for item in self.distances if item.name == "ks"), None)
        if ks is None:
            return "The model could not be compared with the log."
        text = f"Durations of model and log are {ks.value:.3f} apart (Kolmogorov-Smirnov)"
        if ks.resampling is not None:
            nearer = "no farther than" if ks.value <= ks.resampling else "farther than"
            if nearer == "farther than" and ks.value <= LENIENT * ks.resampling:
                nearer = "about as far as"
            past = f"the last third of the window is from the first two thirds ({ks.resampling:.3f})"
            text += f", {nearer} {past}; chance alone gives {ks.noise_floor:.3f}"
        learnt = "This compares with the tickets that were learnt from, not with later ones."
        return f"{text}. {self.misfits} {learnt}"

    @property
    def misfits(self) -> str:
        """Which measures the model misses, and by how much."""
        known = [row for row in self.table if row.low is not None and row.model is not None]
        far = [row for row in known if row.far]
        inside = (
            f"{len(known) - len(far)} of {len(known)} measures lie within what the log gives when its days "
            "are drawn again (95%)."
        )
        listed = ", ".join(
            f"{row.measure} {shown(row.model, row.unit)} against {shown(row.log, row.unit)} "
            f"({shown(row.low, row.unit)} to {shown(row.high, row.unit)})"
            + (", a large misfit" if row.large else "")
            for row in far
        )
        return f"{inside} Outside: {listed}." if far else inside


def fit_of(organisation: Organisation, played: list[Replay], weeks: int) -> Fit:
    """Compare the log's window with replays of ``weeks`` weeks."""
    cases = organisation.cases
    measured = told(organisation.log, case_rows(seen_in(organisation), played))
    rows = [*arrival_rows(organisation, played, weeks), *measured]
    finished = [replay.hours[~np.isnan(replay.hours)] for replay in played]
    return Fit(rows, distances(finished, cases, organisation.window))


def told(log: TicketLog, rows: list[FitRow]) -> list[FitRow]:
    """The rows, without values of the log for what it does not tell: none of them can be judged."""
    silent: set[str] = set()
    if not counts_handoffs(log):
        silent |= {*HANDED_OVER, FIRST_CONTACT}
    if not counts_reopens(log):
        silent |= {REOPENED, FIRST_CONTACT}
    return [replace(item, log=None, low=None, high=None) if item.measure in silent else item for item in rows]


def seen_in(organisation: Organisation) -> Replay:
    """The log's cases in the shape of a replay; days count from the start of the window.

    Those that are closed without a time of resolution are left out, as they are where the base is learnt.
    """
    cases = timed(organisation.cases)
    opened = (cases["opened"] - organisation.window.start) / pd.Timedelta(seconds=1)
    return Replay(
        opened=opened.to_numpy(dtype=float).astype(np.int64),
        hours=cases["hours"].to_numpy(dtype=float),
        handoffs=cases["handoffs"].to_numpy(dtype=np.int64),
        reopened=cases["reopens"].to_numpy(dtype=float) > 0,
        kept=cases["made_sla"].to_numpy(dtype=float, na_value=np.nan),
        incident=~cases["group"].eq("routine").to_numpy(dtype=bool),
        priority=cases["priority"].fillna(0).to_numpy(dtype=np.int64),
    )


def incident_levels(played: Replay) -> dict[str, float]:
    """What targets of incidents are about, as a replay has it, by outcome."""
    own = played.of(np.flatnonzero(played.incident))
    return {
        "restore_hours_p90": quantile(own.hours, 0.9),
        "handoffs_per_incident": mean(own.handoffs),
        "sla_attainment_share": mean(own.kept),
    }


# What is measured


def quantile_of_hours(share: float) -> Callable[[Replay], float]:
    """Quantile of the hours from opened to resolved."""
    return lambda seen: quantile(seen.hours, share)


def quantile(hours: Floats, share: float) -> float:
    """Quantile of those that are known."""
    known = hours[~np.isnan(hours)]
    return float(np.quantile(known, share)) if len(known) else float("nan")


def mean(values: Floats | NDArray[np.int64] | NDArray[np.bool_]) -> float:
    """Mean of those that are known."""
    numbers = values.astype(np.float64)
    known = numbers[~np.isnan(numbers)]
    return float(known.mean()) if len(known) else float("nan")


def median_after(count: int) -> Callable[[Replay], float]:
    """Median hours of the cases with so many handoffs."""
    return lambda seen: quantile(seen.hours[seen.handoffs == count], 0.5)


AFTER = {
    "Median hours, no handoff": 0,
    "Median hours, 1 handoff": 1,
    "Median hours, 2 handoffs": 2,
    "Median hours, 3 handoffs": 3,
}
"""Measures of the cases with so many handoffs."""

FIRST_CONTACT, REOPENED = "Settled at first contact", "Reopened"


OF_PRIORITY = {f"Median hours, priority {number}": number for number in (1, 2, 3, 4)}
"""Measures of the cases with this priority."""


def median_of(priority: int) -> Callable[[Replay], float]:
    """Median hours of the cases with this priority."""
    return lambda seen: quantile(seen.hours[seen.priority == priority], 0.5)


def few(name: str, seen: Replay) -> bool:
    """Whether a measure rests on too few cases of the log to judge a model by."""
    if name in OF_PRIORITY:
        return int((seen.priority == OF_PRIORITY[name]).sum()) < FEWEST_CASES
    return name in AFTER and int((seen.handoffs == AFTER[name]).sum()) < FEWEST_CASES


def share_with(count: int) -> Callable[[Replay], float]:
    """Share of the cases with so many handoffs."""
    return lambda seen: mean(seen.handoffs == count)


def first_contact(seen: Replay) -> float:
    """Share of the resolved cases that the first team settled for good."""
    return mean(((seen.handoffs == 0) & ~seen.reopened)[~np.isnan(seen.hours)])


MEASURES: tuple[tuple[str, str, Callable[[Replay], float]], ...] = (
    ("25 % hours to resolve", "hours", quantile_of_hours(0.25)),
    ("Median hours to resolve", "hours", quantile_of_hours(0.5)),
    ("75 % hours to resolve", "hours", quantile_of_hours(0.75)),
    ("90 % hours to resolve", "hours", quantile_of_hours(0.9)),
    ("Resolved within an hour", "share", lambda seen: mean((seen.hours <= 1.0)[~np.isnan(seen.hours)])),
    *((name, "hours", median_after(count)) for name, count in AFTER.items()),
    *((name, "hours", median_of(priority)) for name, priority in OF_PRIORITY.items()),
    ("Tickets with no handoff", "share", share_with(0)),
    ("Tickets with 1 handoff", "share", share_with(1)),
    ("Tickets with 2 handoffs", "share", share_with(2)),
    ("Handoffs a ticket", "handoffs", lambda seen: mean(seen.handoffs)),
    (FIRST_CONTACT, "share", first_contact),
    (REOPENED, "share", lambda seen: mean(seen.reopened)),
    ("Within the service level", "share", lambda seen: mean(seen.kept)),
)
"""Name, unit and value of every measure of the cases."""

HANDED_OVER = [name for name, *_ in MEASURES if "handoff" in name.casefold()]


def arrival_rows(organisation: Organisation, played: list[Replay], weeks: int) -> list[FitRow]:
    """Tickets by day of the week, without the days that were out of line."""
    window, quiet = organisation.window, organisation.arrivals.quiet_days
    days = pd.date_range(window.start, window.trained - DAY, freq="D")
    daily = daily_counts(organisation.cases["opened"]).reindex(days, fill_value=0)
    usual = daily[~daily.index.isin(quiet)]
    whole = organisation.log.mapping.cleaning.arrivals_times
    rows = []
    for number, name in enumerate(DAYS):
        of_day = whole * usual[days_of_week(usual) == number].to_numpy(dtype=float)
        counts = [float(((replay.opened // SECONDS_A_DAY) % 7 == number).sum()) / weeks for replay in played]
        enough = len(of_day) >= FEWEST_DAYS
        drawn = [float(of_day[pick].mean()) for pick in draws(len(of_day))] if enough else []
        rows.append(row(f"Tickets on a {name}", "tickets", mean(of_day), counts, drawn))
    return rows


def case_rows(seen: Replay, played: list[Replay]) -> list[FitRow]:
    """Every measure of the cases in the log, in the replays, and in the log with its days drawn again."""
    day = seen.opened // SECONDS_A_DAY
    by_day = [np.flatnonzero(day == number) for number in np.unique(day)]
    again = [seen.of(np.concatenate([by_day[number] for number in pick])) for pick in draws(len(by_day))]
    return [
        row(
            name,
            unit,
            value(seen),
            [value(replay) for replay in played],
            [] if few(name, seen) else [value(part) for part in again],
        )
        for name, unit, value in MEASURES
        if name not in OF_PRIORITY or OF_PRIORITY[name] in seen.priority
    ]


def draws(count: int) -> list[NDArray[np.int64]]:
    """Row numbers of days drawn with replacement, as many as there are."""
    generator = np.random.default_rng(1)
    return [generator.integers(0, count, count) for _ in range(DRAWS)] if count else []


def row(measure: str, unit: str, log: float, model: list[float], drawn: list[float]) -> FitRow:
    """A row: the mean over replications, and the middle of the draws."""
    modelled, again = ([value for value in values if not np.isnan(value)] for values in (model, drawn))
    low, high = np.percentile(again, [50 - CERTAIN / 2, 50 + CERTAIN / 2]) if again else (None, None)
    return FitRow(
        measure,
        None if np.isnan(log) else log,
        float(np.mean(modelled)) if modelled else None,
        unit,
        None if low is None else float(low),
        None if high is None else float(high),
    )


# In words


def shown(value: float | None, unit: str) -> str:
    """A value for the table."""
    if value is None:
        return "-"
    if unit == "share":
        return f"{value:.1%}"
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def table_text(fit: Fit) -> str:
    """The table as aligned text."""
    rows = [
        (
            item.measure,
            shown(item.log, item.unit),
            item.drawn_again,
            shown(item.model, item.unit),
            item.judgement,
        )
        for item in fit.table
    ]
    wide = max(len(name) for name, *_ in rows)
    lines = [f"{'':{wide}}  {'log':>9}  {'drawn again':>16}  {'model':>9}"]
    lines += [
        f"{name:{wide}}  {log:>9}  {again:>16}  {model:>9}  {mark}".rstrip()
        for name, log, again, model, mark in rows
    ]
    lines += ["", f"{'Distance of durations':{wide}}  {'model':>9}  {'log itself':>10}  {'chance':>9}"]
    for item in fit.distances:
        past = "-" if item.resampling is None else f"{item.resampling:.3g}"
        lines.append(
            f"{TITLES[item.name]:{wide}}  {item.value:>9.3g}  {past:>10}  {item.noise_floor:>9.3g}  "
            f"{item.judgement}".rstrip()
        )
    return "\n".join(lines)


TITLES = {
    "ks": "Kolmogorov-Smirnov",
    "wasserstein_hours": "Wasserstein, hours",
    "wasserstein_log10_hours": "Wasserstein, log10 hours",
}
