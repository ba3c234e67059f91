"""Public holidays of a country that the mapping names."""

import numpy as np
import pandas as pd
import pytest

from calibration.fit.arrivals import arrival_pattern
from calibration.fit.holidays import HolidayLoad, holiday_load
from calibration.fit.window import Window

START, END = pd.Timestamp("2025-03-31"), pd.Timestamp("2025-06-02")


def opened() -> pd.Series:
    """20 tickets a working day, 2 on Good Friday and on Easter Monday, 1 May and Ascension Day."""
    off = pd.to_datetime(["2025-04-18", "2025-04-21", "2025-05-01", "2025-05-29"])
    days = [day for day in pd.date_range(START, END, freq="D", inclusive="left") if day.day_of_week < 5]
    times = [
        day + pd.Timedelta(minutes=int(minute))
        for day in days
        for minute in np.linspace(480, 1000, 2 if day in off else 20)
    ]
    return pd.Series(times)


def test_the_load_of_public_holidays_is_learnt_where_the_country_is_named() -> None:
    window = Window(START, END, END)
    pattern = arrival_pattern(opened(), window)[0]
    assert holiday_load(opened(), pattern, window, None) == (None, [])
    found, told = holiday_load(opened(), pattern, window, "DE")
    assert isinstance(found, HolidayLoad)
    assert found.share == pytest.approx(0.1, abs=0.01)
    assert found.low < 0.1 < found.high
    assert not found.assumed
    assert "4 that fell on working days 10%" in told[0].text


def test_without_a_holiday_in_the_log_they_are_assumed_to_be_like_weekends() -> None:
    window = Window(START, pd.Timestamp("2025-04-14"), pd.Timestamp("2025-04-14"))
    saturdays = pd.Series(pd.to_datetime(["2025-04-05 10:00"] * 6 + ["2025-04-12 10:00"] * 6))
    every = pd.concat([opened(), saturdays], ignore_index=True)
    pattern = arrival_pattern(every, window)[0]
    found, told = holiday_load(every, pattern, window, "DE")
    assert found is not None
    assert found.assumed
    # Six tickets a Saturday and none on a Sunday are three a day of the weekend, and twenty a working day.
    assert found.share == pytest.approx(0.15, abs=0.01)
    assert "assumed" in told[0].text
