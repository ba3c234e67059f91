"""Days that are out of line, and whether a public holiday explains them."""

from __future__ import annotations

from datetime import date

import holidays
import numpy as np
import pandas as pd
from scipy.special import betainc, pdtr

from calibration.cleaning.edges import first_closing
from calibration.findings import Finding

QUIET, UNLIKELY = 0.5, 0.001
"""A working day with less than half the usual arrivals is out of line (a public holiday), if chance alone
would hardly give so few: where there are few tickets, half of them is nothing unusual."""

FEWEST_STEPS, POISSON, LEAST = 5, 1.01, 1e-9
"""Steps below which nothing is known of scatter, scatter that is taken as a Poisson's, and a mean for 0."""

LIKELY = [
    "BR",
    "PT",
    "ES",
    "US",
    "GB",
    "DE",
    "FR",
    "NL",
    "BE",
    "IT",
    "AT",
    "CH",
    "IN",
    "PL",
    "SE",
    "NO",
    "DK",
    "FI",
    "IE",
    "CZ",
    "HU",
    "RO",
    "GR",
    "TR",
    "MX",
    "AR",
    "CL",
    "CO",
    "PE",
    "CA",
    "AU",
    "NZ",
    "JP",
    "SG",
    "ZA",
]
"""Countries whose public holidays are tried; `cleaning.country` may name any other."""

FRIDAY = 4


def quiet_days(daily: pd.Series) -> pd.Series:
    """Whether a day (of a series by day) is a working day out of line with the others."""
    weekend = pd.Series(pd.DatetimeIndex(daily.index).day_of_week > FRIDAY, index=daily.index)
    usual = daily.groupby(weekend).transform("median")
    few = (daily < QUIET * usual) & ~weekend
    chance = so_few(daily, usual, scatter(daily[~few & ~weekend]))
    return few & (chance < UNLIKELY)


def scatter(daily: pd.Series) -> float:
    """Variance of a day's arrivals as a multiple of their mean, at least 1, from one week to the next.

    Steps between the same days of two weeks leave rhythm and slow growth out of it.
    """
    week_before = daily.reindex(pd.DatetimeIndex(daily.index) - pd.Timedelta(weeks=1)).to_numpy(dtype=float)
    steps = daily.to_numpy(dtype=float) - week_before
    steps = steps[~np.isnan(steps)]
    if len(steps) < FEWEST_STEPS or not daily.mean() > 0:
        return 1.0
    return max(1.0, float(np.mean(steps**2)) / 2 / float(daily.mean()))


def so_few(daily: pd.Series, usual: pd.Series, times: float) -> pd.Series:
    """Chance of so few arrivals or fewer: a negative binomial whose variance is a multiple of its mean."""
    counts, means = daily.to_numpy(dtype=float), usual.to_numpy(dtype=float)
    if times <= POISSON:
        return pd.Series(pdtr(counts, means), index=daily.index)
    found = betainc(np.maximum(means, LEAST) / (times - 1), counts + 1, 1 / times)
    return pd.Series(found, index=daily.index)


def public_holidays(country: str, years: set[int]) -> dict[date, str]:
    """Public holidays of a country by day; none where the country is not known."""
    try:
        found = holidays.country_holidays(country, years=years)
    except (NotImplementedError, KeyError):
        return {}
    return {day: str(name) for day, name in found.items()}


def explained(quiet: list[date], country: str, days: pd.DatetimeIndex) -> tuple[int, int, dict[date, str]]:
    """Quiet days that are holidays of a country, its holidays on other working days, and their names."""
    names = public_holidays(country, {day.year for day in days})
    span = {day.date() for day in days if day.day_of_week <= FRIDAY}
    inside = {day for day in names if day in span}
    return len(inside & set(quiet)), len(inside - set(quiet)), names


def holiday_findings(cases: pd.DataFrame, country: str | None) -> Finding | None:
    """Quiet working days, with the holiday that explains them or the day between that bridges."""
    start = first_closing(cases)
    opened = cases["opened"] if start is None else cases.loc[cases["opened"] >= start, "opened"]
    counts = opened.dt.normalize().value_counts().sort_index()
    days = pd.date_range(counts.index[0], counts.index[-1], freq="D")
    daily = counts.reindex(days, fill_value=0)
    marks = quiet_days(daily)
    quiet = [day.date() for day in days[marks.to_numpy()]]
    if not quiet or len(quiet) > 0.2 * len(days):
        return None
    likely = [country] if country else likely_countries(quiet, days)
    names = explained(quiet, likely[0], days)[2] if likely else {}
    usual = float(np.median(daily[pd.DatetimeIndex(daily.index).day_of_week <= FRIDAY]))
    parts = [f"{day} ({daily[pd.Timestamp(day)]}{meaning(day, quiet, names)})" for day in quiet[:8]]
    whose = ""
    if country:
        whose = f" Holidays are those of {country}."
    elif likely:
        which = f"{', '.join(likely[:3])}{' and others' if len(likely) > 3 else ''}"
        whose = f" Public holidays of {which} fit them best (cleaning.country in the mapping names one)."
    text = (
        f"{len(quiet)} working day{'s' if len(quiet) > 1 else ''} with less than half the usual {usual:.0f} "
        f"arrivals: {', '.join(parts)}{', ...' if len(quiet) > 8 else ''}.{whose}"
    )
    return Finding("holidays", text, len(quiet))


def likely_countries(quiet: list[date], days: pd.DatetimeIndex) -> list[str]:
    """The countries whose holidays explain most quiet days, if they fall on few others."""
    scores = {}
    for country in LIKELY:
        hits, misses, _ = explained(quiet, country, days)
        scores[country] = hits - misses
    best = max(scores.values())
    return [country for country, score in scores.items() if score == best] if best > 0 else []


def meaning(day: date, quiet: list[date], names: dict[date, str]) -> str:
    """What a quiet day is, as far as one can say."""
    if day in names:
        return f", {names[day]}"
    beside = [other for other in quiet if abs((other - day).days) == 1]
    if beside and day.weekday() in (0, FRIDAY):
        return ", a bridge day"
    return ""
