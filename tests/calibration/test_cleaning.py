"""What is found out about a log before anything is learnt from it."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from calibration.cleaning import log_findings
from calibration.cleaning.durations import close_days
from calibration.cleaning.priority import priority_order
from calibration.exports.log import TicketLog, read_log
from calibration.exports.mapping import Dates, Mapping
from calibration.fit.cases import cases_of
from calibration.fit.window import change_point, stable_window
from scenarios.errors import BadInput
from tests.calibration.synthetic import synthetic_log, write_log


def cases(tmp_path: Path, mapping: Mapping, **options: float) -> tuple[TicketLog, pd.DataFrame]:
    log = read_log(write_log(tmp_path, synthetic_log(**options)), mapping)  # type: ignore[arg-type]
    return log, cases_of(log)


def names(log: TicketLog, table: pd.DataFrame) -> set[str]:
    return {finding.name for finding in log_findings(log, table)}


def test_planted_traps_are_found_by_name(tmp_path: Path, servicenow: Mapping) -> None:
    log, table = cases(tmp_path, servicenow, keep=0.7)
    assert names(log, table) >= {"thinned_ids", "constant_resolved", "auto_close", "priority_not_faster"}
    thinned = next(finding for finding in log_findings(log, table) if finding.name == "thinned_ids")
    assert "1.4 times" in thinned.text


def test_traps_that_are_not_there_are_not_found(tmp_path: Path, servicenow: Mapping) -> None:
    log, table = cases(tmp_path, servicenow, close_days=0.0)
    assert not names(log, table) & {"thinned_ids", "auto_close", "never_resolved"}
    assert close_days(table) is None


@pytest.mark.parametrize(
    ("medians", "said"),
    [
        ((8.0, 4.0, 2.0), "Higher priority is slower here"),
        ((4.0, 4.0, 4.0), "beyond chance, priority says nothing about durations"),
        ((4.0, 1.0, 16.0), "P1 is slower than P2, where it carries how hard a case is"),
        ((2.0, 4.0, 8.0), None),
    ],
)
def test_priority_carries_how_hard_a_case_is_only_where_that_shows(
    medians: tuple[float, ...], said: str | None
) -> None:
    chance = np.random.default_rng(2)
    priority = np.repeat([1.0, 2.0, 3.0], 300)
    hours = np.repeat(medians, 300) * chance.lognormal(0, 1, 900)
    found = priority_order(pd.DataFrame({"priority": priority, "hours": hours}))
    if said is None:
        assert found is None
        return
    assert found is not None
    assert said in found.text
    assert ("how hard" in found.text) == ("nothing" not in said)


def test_a_transient_is_cut_off_within_a_week(tmp_path: Path, servicenow: Mapping) -> None:
    _, table = cases(tmp_path, servicenow, weeks=10, transient_weeks=5)
    window, findings = stable_window(table)
    assert abs((window.start.date() - date(2024, 2, 5)).days) <= 7
    assert [finding.name for finding in findings] == ["transient"]
    assert f"{window.start:%Y-%m-%d}" in findings[0].text


def test_a_steady_log_is_used_whole(tmp_path: Path, servicenow: Mapping) -> None:
    for seed in range(1, 6):
        _, table = cases(tmp_path, servicenow, weeks=9, seed=seed)
        window, findings = stable_window(table)
        assert window.start.date() == date(2024, 1, 1), seed
        # A last Sunday without any ticket can't be seen.
        assert window.weeks > 8.8
        assert findings == []


def test_the_window_can_be_overruled(tmp_path: Path, servicenow: Mapping) -> None:
    _, table = cases(tmp_path, servicenow, weeks=9)
    window, _ = stable_window(table, date(2024, 1, 15), date(2024, 2, 12))
    assert (window.days, window.start.date()) == (28, date(2024, 1, 15))
    with pytest.raises(BadInput, match="at least 7 days"):
        stable_window(table, date(2024, 1, 15), date(2024, 1, 18))


def test_the_holdout_is_a_share_of_whole_days(tmp_path: Path, servicenow: Mapping) -> None:
    _, table = cases(tmp_path, servicenow, weeks=6)
    window, _ = stable_window(table, holdout=1 / 3)
    assert (window.days, (window.end - window.trained).days) == (28, 14)


def test_change_points() -> None:
    rng = np.random.default_rng(1)
    noise = rng.normal(0, 0.05, 12)
    drift = np.concatenate([np.linspace(2, 0.6, 6), np.full(6, 0.5)]) + noise
    error = np.full(12, 0.05)
    assert change_point(drift, error) in (5, 6, 7)
    assert change_point(np.full(12, 1.0) + noise, error) is None
    assert change_point(np.array([1.0, 2.0, 3.0]), error[:3]) is None


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"weeks": 1}, "at least 14 days"),
        ({"weeks": 3, "per_day": 2}, "at least 100 are needed"),
    ],
)
def test_too_small_logs_are_refused(
    tmp_path: Path, servicenow: Mapping, options: dict[str, float], said: str
) -> None:
    with pytest.raises(BadInput, match=said):
        cases(tmp_path, servicenow, **options)


def test_a_log_of_one_day_is_refused(tmp_path: Path, servicenow: Mapping) -> None:
    lines = synthetic_log(weeks=1, per_day=200).splitlines()
    day = [lines[0], *(line for line in lines[1:] if ",1/1/2024 " in line)]
    dated = servicenow.model_copy(update={"dates": Dates(order="day_first")})
    with pytest.raises(BadInput, match=r"opened on 1 day \(2024-01-01\)"):
        cases_of(read_log(write_log(tmp_path, "\n".join(day)), dated))
