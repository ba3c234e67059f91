"""Changes of the clock: hours of the day stay local, durations are those that passed, order is kept.

Europe/Berlin: on 2026-03-29 the clock goes from 02:00 to 03:00, on 2026-10-25 from 03:00 to 02:00.
"""

from pathlib import Path

import pandas as pd
import pytest

from calibration.exports.clock import clock_of, hours_passed
from calibration.exports.log import TicketLog, read_log
from calibration.exports.mapping import Dates, load_mapping
from calibration.fit.cases import cases_of
from calibration.fit.visits import visits_of
from tests.calibration.test_layouts import written

BERLIN = "Europe/Berlin"
ZONES = (BERLIN, "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kolkata", "UTC")


def texts(*times: str) -> pd.Series:
    return pd.Series([pd.Timestamp(time) for time in times])


@pytest.mark.parametrize("zone", ZONES)
def test_local_times_keep_order_and_hour_and_lead_back(zone: str) -> None:
    moments = pd.Series(pd.date_range("2024-01-01", "2027-01-01", freq="7min"))
    clock = clock_of(zone)
    local = clock.local(moments)
    assert local.is_monotonic_increasing
    assert (clock.utc(local) == moments).all()
    seen = moments.dt.tz_localize("UTC").dt.tz_convert(zone)
    assert (local.dt.hour == seen.dt.hour).all()
    assert (local.dt.day_of_week == seen.dt.day_of_week).all()


def test_hours_over_a_change_are_those_that_passed() -> None:
    start = texts("2026-10-24 12:00", "2026-03-28 12:00", "2026-07-01 12:00")
    end = texts("2026-10-25 12:00", "2026-03-29 12:00", "2026-07-02 12:00")
    assert hours_passed(start, end, BERLIN).tolist() == [25.0, 23.0, 24.0]
    assert hours_passed(start, end, None).tolist() == [24.0, 24.0, 24.0]


def log_of(folder: Path, rows: list[list[str]], zone: str | None, written_in: str | None = None) -> TicketLog:
    """A history of enough tickets, with some of its own before."""
    days = pd.date_range("2026-03-01", "2026-11-10", freq="2D")
    usual = [
        [f"U{number}", f"{day + pd.Timedelta(hours=hour):%Y-%m-%d %H:%M}", state, "Desk"]
        for number, day in enumerate(days)
        for hour, state in ((10, "New"), (12, "Resolved"))
    ]
    path = written(folder / "log.csv", ["case", "timestamp", "state", "team"], [*rows, *usual])
    mapping = load_mapping("auto")
    return read_log(path, mapping.model_copy(update={"dates": Dates(zone=zone, written_in=written_in)}))


def told(log: TicketLog) -> dict[str, str]:
    return {item.name: item.text for item in log.findings}


def test_the_hour_that_comes_twice_goes_by_order(tmp_path: Path) -> None:
    rows = [
        ["A", "2026-10-25 02:50", "New", "Desk"],
        ["A", "2026-10-25 02:10", "Active", "Net"],
        ["A", "2026-10-25 02:40", "Resolved", "Net"],
        ["B", "2026-10-25 01:50", "New", "Desk"],
        ["B", "2026-10-25 02:20", "Resolved", "Desk"],
    ]
    log = log_of(tmp_path, rows, BERLIN)
    own = log.rows[log.rows["case"] == "A"]
    assert own["state"].tolist() == ["New", "Active", "Resolved"]
    assert (own["time"].dt.hour == 2).all()
    hours = cases_of(log).set_index("case")["hours"]
    assert hours["A"] == pytest.approx(50 / 60)
    assert hours["B"] == pytest.approx(0.5)
    visits = visits_of(log, cases_of(log)).set_index("case")
    assert visits.loc["A", "hours"].tolist() == pytest.approx([20 / 60, 30 / 60])
    assert "4. Of these 2 were taken as the second pass" in told(log)["clock_twice"]


def test_without_the_zone_such_a_ticket_ends_before_it_begins(tmp_path: Path) -> None:
    rows = [["A", "2026-10-25 02:50", "New", "Desk"], ["A", "2026-10-25 02:10", "Resolved", "Desk"]]
    log = log_of(tmp_path, rows, None)
    assert cases_of(log).set_index("case").loc["A", "hours"] != pytest.approx(20 / 60)
    assert "clock_twice" not in told(log)


def test_the_hour_that_is_skipped_is_told(tmp_path: Path) -> None:
    rows = [["A", "2026-03-29 02:30", "New", "Desk"], ["A", "2026-03-29 04:00", "Resolved", "Desk"]]
    log = log_of(tmp_path, rows, BERLIN)
    assert str(log.rows.loc[log.rows["case"] == "A", "time"].iloc[0]) == "2026-03-29 03:30:00"
    assert cases_of(log).set_index("case").loc["A", "hours"] == pytest.approx(0.5)
    assert told(log)["clock_skips"].startswith("Times in the hour that the clock skips")


def test_a_list_goes_by_opening_and_end(tmp_path: Path) -> None:
    rows = [
        [f"T{number}", f"{day:%Y-%m-%d} 10:00", f"{day:%Y-%m-%d} 11:00"]
        for number, day in enumerate(pd.date_range("2026-08-01", "2026-11-20"))
    ]
    rows += [["A", "2026-10-25 02:50", "2026-10-25 02:10"], ["B", "2026-10-24 10:00", "2026-10-26 10:00"]]
    path = written(tmp_path / "list.csv", ["id", "created", "resolved"], rows)
    mapping = load_mapping("auto").model_copy(update={"dates": Dates(zone=BERLIN)})
    log = read_log(path, mapping)
    hours = cases_of(log).set_index("case")["hours"]
    assert hours["A"] == pytest.approx(20 / 60)
    assert hours["B"] == pytest.approx(49)
    assert "2026-10-25" in told(log)["clock_changes"]
    assert "lasted over a change: 1)" in told(log)["clock_changes"]


@pytest.mark.parametrize("how", ["offsets", "UTC", "New York"])
def test_what_is_sure_is_not_asked(tmp_path: Path, how: str) -> None:
    """In UTC (and in New York's time on that night) every moment has a time of its own."""
    moments = pd.to_datetime(["2026-10-25 00:50", "2026-10-25 01:10"]).tz_localize("UTC")
    zone, form = {
        "offsets": (BERLIN, "%Y-%m-%d %H:%M%z"), "UTC": ("UTC", "%Y-%m-%d %H:%M"),
        "New York": ("America/New_York", "%Y-%m-%d %H:%M"),
    }[how]  # fmt: skip
    days = pd.date_range("2026-08-01 08:00", "2026-11-20", freq="D", tz="UTC")
    pairs = [("A", *moments), *((f"T{n}", day, day + pd.Timedelta(hours=1)) for n, day in enumerate(days))]
    rows = [[case, *(time.tz_convert(zone).strftime(form) for time in times)] for case, *times in pairs]
    path = written(tmp_path / "list.csv", ["id", "created", "resolved"], rows)
    dates = Dates(zone=BERLIN, written_in=None if how == "offsets" else zone)
    log = read_log(path, load_mapping("auto").model_copy(update={"dates": dates}))
    cases = cases_of(log).set_index("case")
    assert cases.loc["A", "hours"] == pytest.approx(20 / 60)
    assert (cases.loc["A", ["opened", "resolved"]].map(lambda time: time.hour) == 2).all()
    assert "clock_twice" not in told(log)
