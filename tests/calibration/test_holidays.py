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
    assert "4 that fell on working days 10%" in told[0].text


def test_without_a_holiday_in_the_log_none_is_played() -> None:
    window = Window(START, pd.Timestamp("2025-04-14"), pd.Timestamp("2025-04-14"))
    pattern = arrival_pattern(opened(), window)[0]
    found, told = holiday_load(opened(), pattern, window, "DE")
    assert found is None
    assert "not known" in told[0].text
