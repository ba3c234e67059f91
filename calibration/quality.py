"""How good the learnt base is: the log beside the model, in a short table and plain words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from calibration.fit.organisation import Organisation
from calibration.fit.window import DAY, daily_counts, days_of_week
from calibration.replay import Replay
from calibration.score import Distance, distances

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SECONDS_A_DAY = 86_400
FAR = 0.25
"""Relative difference from which a row of the table is called a misfit."""

CLOSE_SHARE = 0.03


@dataclass(frozen=True, slots=True)
class FitRow:
    """One measure in the log and in the model, in ``unit``; None where it can't be measured."""

    measure: str
    log: float | None
    model: float | None
    unit: str

    @property
    def far(self) -> bool:
        """Whether model and log differ by more than a quarter (shares: and by more than 3 points)."""
        if self.log is None or self.model is None:
            return False
        apart = abs(self.model - self.log)
        return apart > FAR * abs(self.log) and not (self.unit == "share" and apart < CLOSE_SHARE)


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
        if ks.resampling is None:
            return f"Durations of model and log are {ks.value:.3f} apart (Kolmogorov-Smirnov)."
        nearer = ks.value <= 1.1 * ks.resampling
        past = f"the last third of the window is from the first two thirds ({ks.resampling:.3f})"
        text = (
            f"Durations of the model are {ks.value:.3f} from the log's (Kolmogorov-Smirnov), "
            f"{'no farther than' if nearer else 'farther than'} {past}; chance alone gives "
            f"{ks.noise_floor:.3f}. "
            "The model is compared with the tickets that it was learnt from, not with later ones."
        )
        odd = [row.measure for row in self.table if row.far]
        return text + (f" Misfits of more than a quarter: {', '.join(odd)}." if odd else "")


def fit_of(organisation: Organisation, played: list[Replay], weeks: int) -> Fit:
    """Compare the log's window with replays of ``weeks`` weeks."""
    cases = organisation.cases
    rows = [
        *arrival_rows(organisation, played, weeks),
        *duration_rows(cases, played),
        *handoff_rows(cases, played),
    ]
    rows.append(
        row(
            "Reopened",
            share_in_log(cases["reopens"] > 0),
            [float(p.reopened.mean()) for p in played],
            "share",
        )
    )
    finished = [replay.hours[~np.isnan(replay.hours)] for replay in played]
    return Fit(rows, distances(finished, cases, organisation.window))


def row(measure: str, log: float | None, model: list[float], unit: str) -> FitRow:
    """A row with the mean over replications."""
    known = [value for value in model if not np.isnan(value)]
    value = None if log is None or np.isnan(log) else float(log)
    return FitRow(measure, value, float(np.mean(known)) if known else None, unit)


def share_in_log(flags: pd.Series) -> float:
    """Share of cases with a mark."""
    return float(flags.mean())


def arrival_rows(organisation: Organisation, played: list[Replay], weeks: int) -> list[FitRow]:
    """Tickets by day of the week, without the days that were out of line."""
    window, quiet = organisation.window, organisation.arrivals.quiet_days
    days = pd.date_range(window.start, window.trained - DAY, freq="D")
    daily = daily_counts(organisation.cases["opened"]).reindex(days, fill_value=0)
    usual = daily[~daily.index.isin(quiet)]
    rows = []
    for number, name in enumerate(DAYS):
        of_day = usual[days_of_week(usual) == number]
        counts = [float(((replay.opened // SECONDS_A_DAY) % 7 == number).sum()) / weeks for replay in played]
        rows.append(
            row(f"Tickets on a {name}", float(of_day.mean()) if len(of_day) else None, counts, "tickets")
        )
    return rows


def duration_rows(cases: pd.DataFrame, played: list[Replay]) -> list[FitRow]:
    """Hours from opened to resolved."""
    log = cases["hours"].dropna().to_numpy(dtype=float)
    rows = [
        row(
            f"{name} hours to resolve",
            float(np.quantile(log, p)),
            [float(np.nanquantile(replay.hours, p)) for replay in played if len(replay.hours)],
            "hours",
        )
        for name, p in (("25 %", 0.25), ("Median", 0.5), ("75 %", 0.75), ("90 %", 0.9))
    ]
    quick = [finished_share(replay.hours, 1.0) for replay in played]
    return [*rows, row("Resolved within an hour", float((log <= 1.0).mean()), quick, "share")]


def finished_share(hours: np.ndarray[tuple[int], np.dtype[np.float64]], limit: float) -> float:
    """Share of the resolved cases that were resolved within ``limit`` hours."""
    known = hours[~np.isnan(hours)]
    return float((known <= limit).mean()) if len(known) else float("nan")


def handoff_rows(cases: pd.DataFrame, played: list[Replay]) -> list[FitRow]:
    """Median hours and shares by the number of handoffs."""
    rows = []
    for count in range(4):
        hours = cases.loc[cases["handoffs"] == count, "hours"].dropna()
        model = [replay.hours[(replay.handoffs == count) & ~np.isnan(replay.hours)] for replay in played]
        medians = [float(np.median(part)) for part in model if len(part)]
        rows.append(
            row(
                f"Median hours, {counted(count)}",
                float(hours.median()) if len(hours) else None,
                medians,
                "hours",
            )
        )
    for count in range(3):
        shares = [float((replay.handoffs == count).mean()) for replay in played if len(replay.handoffs)]
        rows.append(
            row(f"Tickets with {counted(count)}", share_in_log(cases["handoffs"] == count), shares, "share")
        )
    return rows


def counted(count: int) -> str:
    """``no handoff``, ``1 handoff``, ``2 handoffs``."""
    return "no handoff" if count == 0 else f"{count} handoff{'s' if count > 1 else ''}"


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
        (item.measure, shown(item.log, item.unit), shown(item.model, item.unit), "<" if item.far else "")
        for item in fit.table
    ]
    wide = max(len(name) for name, *_ in rows)
    lines = [f"{'':{wide}}  {'log':>9}  {'model':>9}"]
    lines += [f"{name:{wide}}  {log:>9}  {model:>9}  {mark}".rstrip() for name, log, model, mark in rows]
    lines += ["", f"{'Distance of durations':{wide}}  {'model':>9}  {'past':>9}  {'chance':>9}"]
    for item in fit.distances:
        past = "-" if item.resampling is None else f"{item.resampling:.3g}"
        lines.append(f"{TITLES[item.name]:{wide}}  {item.value:>9.3g}  {past:>9}  {item.noise_floor:>9.3g}")
    return "\n".join(lines)


TITLES = {
    "ks": "Kolmogorov-Smirnov",
    "wasserstein_hours": "Wasserstein, hours",
    "wasserstein_log10_hours": "Wasserstein, log10 hours",
}
