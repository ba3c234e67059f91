"""Public holidays of the country that the mapping names: how many tickets come on them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from calibration.cleaning.calendar import public_holidays
from calibration.findings import Finding
from calibration.fit.arrivals import WEEKEND, ArrivalPattern
from calibration.fit.window import DAY, Window, daily_counts, days_of_week


@dataclass(frozen=True, slots=True)
class HolidayLoad:
    """Tickets on public holidays of a country, as a share of the same weekday's."""

    country: str
    share: float


def holiday_load(
    opened: pd.Series, pattern: ArrivalPattern, window: Window, country: str | None
) -> tuple[HolidayLoad | None, list[Finding]]:
    """The load of public holidays on working days; None without a country, or without such a day."""
    if country is None:
        return None, []
    days = pd.date_range(window.start, window.trained - DAY, freq="D")
    names = public_holidays(country, {day.year for day in days})
    daily = daily_counts(opened).reindex(days, fill_value=0)
    weekday = days_of_week(daily)
    off = np.array([day.date() in names for day in days]) & (weekday < WEEKEND)
    expected = float(pattern.profile.sum(axis=1)[weekday][off].sum())
    if expected <= 0:
        text = (
            f"No public holiday of {country} is among the working days learnt from: how many tickets come on "
            "one is not known, and the base has none."
        )
        return None, [Finding("holiday_load", text)]
    share = float(min(1.0, daily[off].sum() / expected))
    text = (
        f"Public holidays of {country} are played: on the {int(off.sum())} that fell on working days "
        f"{share:.0%} of the usual tickets came, and nobody is there but round the clock."
    )
    return HolidayLoad(country, share), [Finding("holiday_load", text, int(off.sum()))]
