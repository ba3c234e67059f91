"""The backtest as a whole, on a log whose making is known."""

from datetime import date
from pathlib import Path

import pytest

from calibration import calibrate
from calibration.backtest import Backtest, Playing, Thresholds, backtest
from calibration.backtest.page import render
from scenarios import load
from scenarios.errors import BadInput
from tests.calibration.synthetic import synthetic_log, write_log

HOW = Playing(replications=4, workers=2)


@pytest.fixture(scope="module")
def base(plain_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("held out") / "real.yaml"
    calibrate(plain_path, "servicenow", path, holdout=1 / 3, replay=False)
    return path


@pytest.fixture(scope="module")
def found(base: Path, plain_path: Path) -> Backtest:
    return backtest(str(base), plain_path, wanted=HOW)


def test_the_base_remembers_what_a_backtest_needs(base: Path) -> None:
    learnt = load(str(base)).learnt
    assert str(learnt["to"]) == "2024-01-28"
    assert learnt["held_out_days"] == 14
    assert isinstance(learnt["mapping"], dict)
    assert learnt["mapping"]["columns"]["case"] == ["number"]
    assert isinstance(learnt["hours"], list)
    assert learnt["hours"] == sorted(learnt["hours"])


def test_the_days_after_the_last_one_learnt_are_played(found: Backtest) -> None:
    assert (found.period.start.date(), found.period.last) == (date(2024, 1, 29), date(2024, 2, 11))
    assert found.cases == pytest.approx(2 * (5 * 30 + 2 * 5), rel=0.2)
    assert found.resolved == found.cases


def test_a_model_of_the_same_organisation_is_near(found: Backtest) -> None:
    ks = found.distances["ks"]
    assert ks.value is not None
    assert ks.noise_floor is not None
    assert ks.value < 0.15
    assert found.distances["arrivals_daily_error"].value == pytest.approx(0.2, abs=0.2)
    assert found.series["backlog_daily"].log.mean() == pytest.approx(
        found.series["backlog_daily"].mean.mean(), rel=0.4
    )
    assert set(found.medians) == {0, 1, 2, 3}
    assert (found.medians[0].model or 9) < 1 < (found.medians[1].model or 0)


def test_the_document_has_the_names_that_scripts_know(found: Backtest) -> None:
    document = found.document()
    assert {"verdict", "from", "to", "cases", "distances", "coverage", "handoff_median_hours"} <= set(
        document
    )
    assert (document["from"], document["to"]) == ("2024-01-29", "2024-02-11")
    for name in ("ks", "wasserstein_hours", "wasserstein_log10_hours"):
        entry = document["distances"][name]
        assert set(entry) == {"value", "resampling", "noise_floor", "limit"}
        assert entry["limit"] == pytest.approx(max(1.1 * entry["resampling"], entry["noise_floor"]))
    assert {"arrivals_daily", "backlog_daily"} <= set(document["coverage"])
    assert {"model", "log"} <= set(document["handoff_median_hours"]["0"])
    assert list(document["handoff_median_hours"]) == ["0", "1", "2", "3"]


def test_workers_do_not_change_anything(base: Path, plain_path: Path, found: Backtest) -> None:
    alone = backtest(str(base), plain_path, wanted=Playing(replications=4, workers=1))
    assert alone.document() == found.document()


def test_the_period_can_be_chosen(base: Path, plain_path: Path) -> None:
    days = date(2024, 2, 1), date(2024, 2, 8)
    some = backtest(str(base), plain_path, wanted=Playing(2), start=days[0], end=days[1])
    assert (some.period.days, some.period.last) == (7, date(2024, 2, 7))
    assert some.opening > 0


def test_a_log_without_the_past_is_judged_by_what_the_base_remembers(
    base: Path, plain_path: Path, found: Backtest, tmp_path: Path
) -> None:
    header, *lines = plain_path.read_text(encoding="utf-8").splitlines()
    place = header.split(",").index("opened_at")
    later = [line for line in lines if line.split(",")[place].split(" ")[0].split("/")[1] == "2"]
    path = write_log(tmp_path, "\n".join([header, *later]))
    days = date(2024, 2, 2), date(2024, 2, 11)
    with pytest.raises(BadInput, match="at least 14 days"):
        backtest(str(base), path, wanted=Playing(2), start=days[0], end=days[1])
    # Most of what was learnt from is gone; what is left is not what is compared with.
    early = [line for line in lines if int(line.split(",")[place].split("/")[0]) >= 20 or line in later]
    other = backtest(
        str(base), write_log(tmp_path, "\n".join([header, *early])), wanted=Playing(2), start=days[0]
    )
    assert any("what the base remembers" in note for note in other.notes)
    whole = backtest(str(base), plain_path, wanted=Playing(2), start=days[0])
    assert other.distances["ks"].resampling == pytest.approx(whole.distances["ks"].resampling, abs=0.01)
    assert other.medians[0].resampling is None


def test_limits_can_be_stated(base: Path, plain_path: Path) -> None:
    strict = backtest(str(base), plain_path, wanted=Playing(2), thresholds=Thresholds(limits={"ks": 1e-6}))
    assert not strict.passed
    assert strict.distances["ks"].limit == 1e-6
    assert "Durations, Kolmogorov-Smirnov" in strict.verdict


def test_the_page_needs_nothing_else(found: Backtest) -> None:
    page = render(found, "1.0", "watermelon backtest real.yaml export.csv")
    assert "<script" not in page
    assert "http" not in page
    assert page.count("<svg") == 4
    assert ("Passed." if found.passed else "Failed.") in page
    assert page == render(found, "1.0", "watermelon backtest real.yaml export.csv")


def test_bases_that_were_not_learnt_are_refused(plain_path: Path) -> None:
    with pytest.raises(BadInput, match="was not learnt from a log"):
        backtest("small", plain_path)


def test_nothing_held_out_is_said(plain_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "all.yaml"
    calibrate(plain_path, "servicenow", path, replay=False)
    with pytest.raises(BadInput, match=r"no day to play.*--holdout"):
        backtest(str(path), plain_path)


def test_too_few_tickets_are_refused(base: Path, plain_path: Path) -> None:
    with pytest.raises(BadInput, match="at least 20 are needed"):
        backtest(str(base), plain_path, start=date(2024, 2, 10), end=date(2024, 2, 11))


def test_another_log_needs_its_own_mapping(base: Path, tmp_path: Path) -> None:
    path = write_log(tmp_path, synthetic_log(weeks=3).replace("number,", "xyz,", 1))
    with pytest.raises(BadInput, match="number"):
        backtest(str(base), path)
