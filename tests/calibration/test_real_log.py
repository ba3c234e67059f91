"""The ServiceNow log of UCI 498: its traps are found, and the model comes near it."""

from datetime import date
from pathlib import Path

import pytest

from calibration import Calibration, calibrate

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def learnt(watermelon_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Calibration:
    log = watermelon_data / "servicenow_incidents" / "incident_event_log.csv.gz"
    return calibrate(log, "servicenow", tmp_path_factory.mktemp("learnt") / "real.yaml")


def test_the_stable_window_is_found(learnt: Calibration) -> None:
    assert abs((learnt.first_day - date(2016, 4, 11)).days) <= 7
    assert learnt.last_day == date(2016, 5, 1)


def test_the_known_traps_are_named(learnt: Calibration) -> None:
    found = {finding.name: finding for finding in learnt.findings}
    assert set(found) >= {
        "transient",
        "thinned_ids",
        "constant_resolved",
        "never_resolved",
        "auto_close",
        "priority_not_faster",
        "quiet_days",
        "dispersion",
        "service_levels",
        "second_look",
    }
    assert "1.4 times" in found["thinned_ids"].text
    assert "2016-04-21" in found["quiet_days"].text
    assert found["never_resolved"].count == 1234


def test_the_model_is_as_near_as_the_past(learnt: Calibration) -> None:
    distance = {item.name: item for item in learnt.distances}
    for item in distance.values():
        assert item.resampling is not None
        assert item.value <= 1.1 * item.resampling
    rows = {row.measure: row for row in learnt.table}
    medians = [
        rows[f"Median hours, {words}"].model
        for words in ("no handoff", "1 handoff", "2 handoffs", "3 handoffs")
    ]
    assert all(value is not None for value in medians)
    assert medians == sorted(medians, key=lambda value: value or 0.0)
    assert (medians[0] or 9.0) < 1.0 < 10.0 < (medians[1] or 0.0)


def test_two_thirds_of_the_window_are_enough(watermelon_data: Path, tmp_path: Path) -> None:
    log = watermelon_data / "servicenow_incidents" / "incident_event_log.csv.gz"
    found = calibrate(log, "servicenow", tmp_path / "real.yaml", holdout=1 / 3, replay=False)
    assert (found.first_day, found.last_day) == (date(2016, 4, 11), date(2016, 4, 24))
