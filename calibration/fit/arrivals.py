"""Arrivals: how many a week, by hour of the week, how they grow, and how days scatter."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtri, stdtrit

from calibration.cleaning.calendar import quiet_days
from calibration.findings import OVERRULED_HERE, Finding
from calibration.fit.window import DAY, WEEK, Window, daily_counts, days_of_week

Floats = NDArray[np.float64]

WEEKEND = 5
PSEUDO_DAYS = 2
"""Days' worth of the mean of its kind in the level of a weekday: one seen three times is not a law."""

CALM_WEEKS, CALM_PRIOR = 8, 4
"""Weeks whose weekends tell how weekends scatter, and days' worth of the scatter of working days in that."""

TREND_WEEKS = 52
"""Complete weeks below which growth can't be told from season: less than a year."""

FEWEST_TREND_WEEKS, WEEKS_A_YEAR = 4, 52.18
"""Complete weeks below which not even a slope is told, and weeks in a year."""

LEAST_TREND, MOST_TREND = -0.9, 9.0
"""Growth a year that a scenario can have."""

DEVIATES = 1.645
"""Half-width of 90% intervals, in standard errors."""

WITHIN, CLEAR = 0.95, 0.9772
"""Quantiles at the end of a 90% interval, and of what chance gives to a slope (two standard errors)."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Arrivals a week with a 90% interval.

    ``dispersion`` is the variance of the factor of a working day, ``calm`` that of a weekend day.
    """

    mode: float
    low: float
    high: float
    dispersion: float
    calm: float

    def times(self, factor: float) -> Rate:
        """The rate of so many times the tickets."""
        return Rate(factor * self.mode, factor * self.low, factor * self.high, self.dispersion, self.calm)


@dataclass(frozen=True, slots=True)
class Trend:
    """Growth a year, as a share, with a 90% interval; all 0 where none is learnt."""

    mode: float = 0.0
    low: float = 0.0
    high: float = 0.0

    def risen(self, years: float) -> float:
        """Rate at the end of so many years over its mean in them."""
        return risen(float(np.log1p(self.mode)), years)


def risen(slope: float, years: float) -> float:
    """Rate at the end of so many years over its mean in them; ``slope`` is that of its logarithm a year."""
    grown = slope * years
    return grown / -float(np.expm1(-grown)) if grown else 1.0


@dataclass(frozen=True, slots=True)
class ArrivalPattern:
    """What all streams share: ``profile[d, h]`` is expected on weekday d (0 is Monday) at hour h.

    ``fano`` is variance over mean of a working day's tickets, ``calm_fano`` that of a weekend day's.
    ``seen`` is on how many days what is expected of one rests.
    """

    profile: Floats
    trend: Trend
    fano: float
    quiet_days: tuple[pd.Timestamp, ...]
    calm_fano: float = 1.0
    seen: float = float("inf")

    def predicted(self, fano: float) -> float:
        """Variance over mean of a day to come: its scatter, and what is not known of its expectation."""
        return fano * (1 + 1 / self.seen)


def arrival_pattern(
    opened: pd.Series, window: Window, before: pd.Series | None = None, *, growing: bool = True
) -> tuple[ArrivalPattern, list[Finding]]:
    """The weekly rhythm of all arrivals in the window.

    ``before`` is when other tickets were opened, on complete days before the window: they tell how weekends
    scatter, of which a short window has few. ``growing`` is false where the mapping overrules the trend.
    """
    daily = daily_counts(opened).reindex(
        pd.date_range(window.start, window.trained - DAY, freq="D"), fill_value=0
    )
    weekday = days_of_week(daily)
    weekend = weekday >= WEEKEND
    quiet = quiet_days(daily)
    if window.quiet is not None:
        quiet = pd.Series(daily.index.isin(window.quiet), index=daily.index)
    profile = weekly_profile(opened, daily, quiet)
    expected = pd.Series(profile.sum(axis=1)[weekday], index=daily.index)
    normal = ~quiet & (expected > 0)
    fano = fano_factor(daily[normal & ~weekend], expected[normal & ~weekend])
    calm = calm_fano(opened if before is None else pd.concat([before, opened]), window, fano)
    each_weekday = pd.Series(weekday[~quiet & ~weekend]).value_counts()
    seen = float(each_weekday.mean()) + PSEUDO_DAYS if len(each_weekday) else float("inf")
    trend, findings = yearly_trend(daily[normal], expected[normal], window)
    if not growing and trend.mode:
        trend, findings = Trend(), [replace(item, text=f"{item.text} {OVERRULED_HERE}") for item in findings]
    dates = tuple(daily.index[quiet])
    if dates:
        shown = ", ".join(f"{day:%Y-%m-%d} ({daily[day]})" for day in dates[:6])
        one = len(dates) == 1
        text = (
            f"{len(dates)} working day{'' if one else 's'} with less than half the usual arrivals (public "
            f"holiday{'' if one else 's'}?): {shown}{', ...' if len(dates) > 6 else ''}. "
            f"{'It is' if one else 'They are'} left out of the weekly rhythm; holidays are played only where "
            "cleaning.country in the mapping names the country."
        )
        findings.append(Finding("quiet_days", text, len(dates)))
    findings.append(
        Finding(
            "dispersion",
            f"Arrivals of a working day scatter with {fano:.1f} times the variance of a Poisson stream "
            f"({daily[normal & ~weekend].mean():.0f} a working day), those of a weekend day with {calm:.1f} "
            f"times ({daily[weekend].mean():.0f} a day).",
        )
    )
    return ArrivalPattern(profile, trend, fano, dates, calm, seen), findings


def weekly_profile(opened: pd.Series, daily: pd.Series, quiet: pd.Series) -> Floats:
    """Expected arrivals by weekday and hour: the level of each weekday times the rhythm of its kind of day.

    The rhythm within a day is pooled over the working days, because single hours of single weekdays are few.
    """
    days = opened.dt.normalize()
    used = opened[days.isin(daily.index[~quiet])]
    hours = np.zeros((2, 24))
    np.add.at(hours, ((used.dt.day_of_week >= WEEKEND).to_numpy(dtype=int), used.dt.hour.to_numpy()), 1.0)
    rhythm = hours / np.maximum(hours.sum(axis=1, keepdims=True), 1.0)
    level = np.zeros(7)
    kind = (np.arange(7) >= WEEKEND).astype(int)
    for weekday in range(7):
        of_day = daily[(days_of_week(daily) == weekday) & ~quiet]
        alike = daily[((days_of_week(daily) >= WEEKEND) == bool(kind[weekday])) & ~quiet]
        pooled = float(alike.mean()) if len(alike) else 0.0
        level[weekday] = (float(of_day.sum()) + PSEUDO_DAYS * pooled) / (len(of_day) + PSEUDO_DAYS)
    profile: Floats = level[:, None] * rhythm[kind]
    return profile


def calm_fano(opened: pd.Series, window: Window, usual: float) -> float:
    """Variance over mean of a weekend day's tickets, from the last weekends up to the end of the window.

    Around the means of Saturdays and of Sundays; ``usual``, that of working days, counts as some days' worth,
    because few weekends tell little.
    """
    first = min(window.start, max(window.trained - CALM_WEEKS * WEEK, opened.min().normalize()))
    days = pd.date_range(first, window.trained - DAY, freq="D")
    daily = daily_counts(opened).reindex(days, fill_value=0)
    squares, free = 0.0, 0
    for weekday in range(WEEKEND, 7):
        counts = daily[days_of_week(daily) == weekday].to_numpy(dtype=float)
        if len(counts) > 1 and counts.mean() > 0:
            squares += float(((counts - counts.mean()) ** 2).sum() / counts.mean())
            free += len(counts) - 1
    return max(1.0, (CALM_PRIOR * usual + squares) / (CALM_PRIOR + free))


def fano_factor(daily: pd.Series, expected: pd.Series) -> float:
    """Variance over mean of the counts around their expectation, at least 1."""
    if len(daily) < FEWEST_DAYS_FOR_SCATTER or expected.sum() <= 0:
        return 1.0
    squares = float(((daily - expected) ** 2 / expected).sum())
    parameters = min(5, len(daily) - 1)
    return max(1.0, squares / max(1, len(daily) - parameters))


FEWEST_DAYS_FOR_SCATTER = 8
MOST_SCATTER = 4.0
"""Largest variance of the factor of a day that is believed."""


def yearly_trend(daily: pd.Series, expected: pd.Series, window: Window) -> tuple[Trend, list[Finding]]:
    """Growth a year, if a year or more shows it clear of chance and season, else none.

    A straight line is fitted to the logarithm of each complete week over its expectation; from a year on
    together with a season (one sine a year), so that a high summer is no growth.
    ``daily`` are the days in line.
    """
    weeks = pd.Series((pd.DatetimeIndex(daily.index) - window.start) // WEEK, index=daily.index)
    weeks = weeks[weeks < int(window.weeks)]
    if weeks.nunique() < FEWEST_TREND_WEEKS:
        return Trend(), [Finding("trend", f"No trend is learnt: {window.weeks:.0f} weeks are too few.")]
    counts, usual = (days.loc[weeks.index].groupby(weeks).sum() for days in (daily, expected))
    enough = int(window.weeks) >= TREND_WEEKS
    years = counts.index.to_numpy(dtype=float) / WEEKS_A_YEAR
    slope, reach, clear = slope_of(counts.to_numpy(float), usual.to_numpy(float), years, season=enough)
    low, mode, high = (float(np.expm1(value)) for value in (slope - reach, slope, slope + reach))
    said = f"{mode:+.0%} a year (90% interval {low:+.0%} to {high:+.0%})"
    if not enough:
        text = (
            f"Within {window.weeks:.0f} weeks arrivals change at a rate of {said}. This is not played: less "
            "than a year can't tell growth from season."
        )
        return Trend(), [Finding("trend", text)]
    if abs(slope) < clear or not LEAST_TREND < mode < MOST_TREND:
        return Trend(), [Finding("trend", f"No trend is learnt: {said} is not clear of chance and season.")]
    trend = Trend(mode, max(LEAST_TREND, low), min(MOST_TREND, high))
    text = (
        f"Arrivals grow by {said}: this is played. A season of one sine a year is fitted beside it, so that "
        "it is not taken for growth; the season is not played."
    )
    return trend, [Finding("trend", text)]


def slope_of(counts: Floats, usual: Floats, years: Floats, *, season: bool) -> tuple[float, float, float]:
    """Slope of the logarithm a year, half of its 90% interval, and the slope that is clear of chance.

    Few weeks tell their own scatter badly: hence Student's t, and never less than what chance gives in
    counts, which is known.
    """
    ratio = np.log((counts + 0.5) / usual)
    yearly = [np.sin(2 * np.pi * years), np.cos(2 * np.pi * years)] if season else []
    terms = np.column_stack([np.ones_like(years), years - years.mean(), *yearly])
    fitted, *_ = np.linalg.lstsq(terms, ratio, rcond=None)
    free = len(ratio) - terms.shape[1]
    place = np.linalg.inv(terms.T @ terms)[1, 1]
    error = np.sqrt(((ratio - terms @ fitted) ** 2).sum() / free * place)
    chance = np.sqrt((1 / (counts + 0.5)).mean() * place)
    reach, clear = (float(max(stdtrit(free, p) * error, ndtri(p) * chance)) for p in (WITHIN, CLEAR))
    return float(fitted[1]), reach, clear


def stream_rates(
    keys: pd.Series, opened: pd.Series, pattern: ArrivalPattern, window: Window
) -> dict[str, Rate]:
    """Weekly rate and dispersion of each stream, from the days that are not quiet.

    The day factors of the streams are drawn apart, so that their variances are scaled together to give the
    scatter of all arrivals: the sum over streams of mean^2 x variance must be (fano - 1) x mean. Tickets come
    in batches, so that the factor of weekend days, which are few, varies more.
    """
    weekly = pattern.profile.sum()
    quiet = opened.dt.normalize().isin(pattern.quiet_days)
    used = keys[~quiet]
    counts = used.value_counts()
    total = int(counts.sum())
    levels = pattern.profile.sum(axis=1)
    working, weekend = float(levels[:WEEKEND].mean()), float(levels[WEEKEND:].mean())
    weights = counts / total
    together = float((weights**2).sum())
    excess, calm = (
        min(MOST_SCATTER, max(0.0, (pattern.predicted(fano) - 1.0) / max(1e-9, level * together)))
        for level, fano in ((working, pattern.fano), (weekend, pattern.calm_fano))
    )
    rates = {}
    for key, count in counts.items():
        mode = weekly * count / total
        error = DEVIATES * np.sqrt(pattern.fano * mode / max(window.weeks, 1.0))
        rates[str(key)] = Rate(mode, max(0.1 * mode, mode - error), mode + error, excess, calm)
    return rates
