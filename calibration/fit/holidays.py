"""Public holidays of the country that the mapping names: how many tickets come on them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from calibration.cleaning.calendar import public_holidays
from calibration.findings import Finding
from calibration.fit.arrivals import DEVIATES, WEEKEND, ArrivalPattern
from calibration.fit.window import DAY, Window, daily_counts, days_of_week


@dataclass(frozen=True, slots=True)
class HolidayLoad:
    """Tickets on public holidays of a country, as a share of the same weekday's, with a 90% interval.

    ``assumed`` says that no such day was seen, and that holidays are taken to be like weekends.
    """

    country: str
    share: float
    low: float
    high: float
    assumed: bool = False


def holiday_load(
    opened: pd.Series, pattern: ArrivalPattern, window: Window, country: str | None
) -> tuple[HolidayLoad | None, list[Finding]]:
    """The load of public holidays on working days; None without a country."""
    if country is None:
        return None, []
    days = pd.date_range(window.start, window.trained - DAY, freq="D")
    names = public_holidays(country, {day.year for day in days})
    daily = daily_counts(opened).reindex(days, fill_value=0)
    weekday = days_of_week(daily)
    off = np.array([day.date() in names for day in days]) & (weekday < WEEKEND)
    levels = pattern.profile.sum(axis=1)
    expected = float(levels[weekday][off].sum())
    if expected <= 0:
        share = float(min(1.0, levels[WEEKEND:].mean() / max(1e-9, levels[:WEEKEND].mean())))
        text = (
            f"No public holiday of {country} is among the working days learnt from: they are assumed to be "
            f"like weekends, with {share:.0%} of the usual tickets and nobody there but round the clock."
        )
        found = HolidayLoad(country, share, share / 3, min(1.0, 3 * share + 0.05), assumed=True)
        return found, [Finding("holiday_load", text)]
    count = float(daily[off].sum())
    share, reach = count / expected, DEVIATES * float(np.sqrt(pattern.fano * max(1.0, count))) / expected
    found = HolidayLoad(country, min(1.0, share), min(1.0, max(0.0, share - reach)), min(1.0, share + reach))
    text = (
        f"Public holidays of {country} are played: on the {int(off.sum())} that fell on working days "
        f"{found.share:.0%} of the usual tickets came, and nobody is there but round the clock."
    )
    return found, [Finding("holiday_load", text, int(off.sum()))]
