"""Distances, the replay and the table that sets the log beside the model."""

import json
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from calibration import Calibration, calibrate
from calibration.quality import FitRow, case_rows, shown
from calibration.replay import Replay
from calibration.score import Distance, ks, wasserstein
from scenarios.errors import BadInput
from tests.calibration.synthetic import synthetic_log, write_log


@pytest.fixture(scope="module")
def learnt(plain_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Calibration:
    return calibrate(plain_path, "servicenow", tmp_path_factory.mktemp("learnt") / "real.yaml")


def test_distances_are_scipys() -> None:
    chance = np.random.default_rng(1)
    a, b = chance.exponential(3, 501), np.round(chance.exponential(4, 333), 1)
    assert ks(a, b) == pytest.approx(stats.ks_2samp(a, b).statistic)
    assert wasserstein(a, b) == pytest.approx(stats.wasserstein_distance(a, b))
    assert ks(a, a) == wasserstein(a, a) == 0


def test_the_model_looks_like_its_log(learnt: Calibration) -> None:
    assert learnt.fit is not None
    distance = {item.name: item for item in learnt.distances}
    assert distance["ks"].value < 0.12
    rows = {row.measure: row for row in learnt.table}
    for name in ("Tickets on a Monday", "Tickets with no handoff", "90 % hours to resolve"):
        assert rows[name].judgement == "good", rows[name]
    # Between a day and the next hardly any ticket ends: the median lies at the edge of that gap.
    once = rows["Median hours, 1 handoff"]
    assert once.model == pytest.approx(once.log, rel=0.1)


def test_the_report_is_plain_words_and_the_document_json(learnt: Calibration) -> None:
    text = learnt.report()
    assert "What rests on assumptions" in text
    assert "Kolmogorov-Smirnov" in text
    document = json.loads(json.dumps(learnt.document(), allow_nan=False))
    assert document["cases"] == learnt.cases
    assert document["distances"]["ks"]["value"] == pytest.approx(learnt.distances[0].value)


def test_the_same_log_gives_the_same_base(plain_path: Path, tmp_path: Path) -> None:
    texts = []
    for name in ("a.yaml", "b.yaml"):
        calibrate(plain_path, "servicenow", tmp_path / name, replay=False)
        texts.append((tmp_path / name).read_text(encoding="utf-8"))
    assert texts[0] == texts[1]


def test_held_out_days_are_not_learnt_from(plain_path: Path, tmp_path: Path) -> None:
    found = calibrate(plain_path, "servicenow", tmp_path / "real.yaml", holdout=1 / 3, replay=False)
    assert (found.last_day - found.first_day).days + 1 == 28
    assert "held_out_days: 14" in found.path.read_text(encoding="utf-8")


def test_rejects_are_listed_beside_the_base(tmp_path: Path) -> None:
    lines = synthetic_log().splitlines()
    lines[7] += ",too,many"
    log = write_log(tmp_path, "\n".join(lines))
    found = calibrate(log, "servicenow", tmp_path / "real.yaml", replay=False)
    assert found.rejects_path == tmp_path / "real.rejects.csv"
    assert found.rejects_path.read_text(encoding="utf-8").splitlines() == [
        "row,reason",
        "8,have more cells than the header",
    ]


def test_progress_counts_up_to_the_end(plain_path: Path, tmp_path: Path) -> None:
    steps: list[tuple[int, int, str]] = []
    calibrate(
        plain_path,
        "servicenow",
        tmp_path / "real.yaml",
        progress=lambda *step: steps.append(step),
        replay=False,
    )
    assert [done for done, _, _ in steps] == [0, 1, 2, 3]
    assert steps[-1] == (3, 3, "done")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"mapping": "servicenou"}, "did you mean servicenow?"),
        ({"holdout": 1.5}, "must be a share"),
        ({"out": Path("nowhere/real.yaml")}, "there is no folder"),
        ({"business": Path("none.yaml")}, "no such file"),
    ],
)
def test_mistakes_end_before_anything_is_written(
    plain_path: Path, tmp_path: Path, options: dict[str, object], said: str
) -> None:
    given = {"mapping": "servicenow", "out": tmp_path / "real.yaml", **options}
    with pytest.raises(BadInput) as caught:
        calibrate(plain_path, replay=False, **given)  # type: ignore[arg-type]
    assert said in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def seen(*cases: tuple[int, float, int, bool, float]) -> Replay:
    day, hours, handoffs, reopened, kept = (np.array(column) for column in zip(*cases, strict=True))
    return Replay(day * 86_400, hours, handoffs, reopened, kept, np.ones(len(day), dtype=bool), 3 + day % 2)


def test_log_and_model_are_measured_alike() -> None:
    log = seen((0, 1, 0, False, 1), (0, 3, 1, False, 1), (1, 2, 0, True, 0), (1, np.nan, 0, False, np.nan))
    rows = {row.measure: row for row in case_rows(log, [log, log])}
    assert rows["Median hours to resolve"].log == 2
    assert rows["Median hours, no handoff"].log == 1.5
    assert rows["Settled at first contact"].log == pytest.approx(1 / 3)
    assert rows["Tickets with no handoff"].log == 0.75
    assert rows["Handoffs a ticket"].log == 0.25
    assert rows["Reopened"].log == 0.25
    assert rows["Within the service level"].log == pytest.approx(2 / 3)
    assert all(row.model == row.log and not row.far for row in rows.values())
    assert rows["Median hours, 3 handoffs"].log is None


def test_the_yardstick_is_the_log_with_its_days_drawn_again() -> None:
    # Two kinds of days, ten of each: what a day gives is all that scatters.
    days = [(day, 1.0 + day % 2, 0, False, 1.0) for day in range(20) for _ in range(5)]
    rows = {row.measure: row for row in case_rows(seen(*days), [seen(*days)])}
    quick = rows["Resolved within an hour"]
    assert quick.log == 0.5
    assert quick.low is not None
    assert quick.high is not None
    # Binomial, 20 days: 2.5% and 97.5% lie at 6 and 14 of them.
    assert quick.low == pytest.approx(0.3, abs=0.051)
    assert quick.high == pytest.approx(0.7, abs=0.051)
    settled = rows["Settled at first contact"]
    assert (settled.low, settled.high) == (1, 1)


def test_misfits_are_marked() -> None:
    assert FitRow("x", 10.0, 12.0, "hours", 9.0, 11.0).far
    assert not FitRow("x", 10.0, 12.0, "hours", 9.0, 11.0).large
    assert FitRow("x", 10.0, 13.0, "hours", 9.0, 11.0).large
    assert not FitRow("x", 10.0, 13.0, "hours", 9.0, 14.0).far
    # Many tickets make the range narrow: what hardly differs is no misfit.
    assert not FitRow("x", 0.5, 0.505, "share", 0.499, 0.501).far
    assert not FitRow("x", None, 1.0, "hours", 0.0, 0.5).far
    assert not FitRow("x", 10.0, 99.0, "hours").far
    assert shown(0.1234, "share") == "12.3%"


def test_a_handful_of_tickets_is_no_yardstick() -> None:
    assert FitRow("Median hours, 3 handoffs", 86.4, 19.0, "hours").judgement == "too few tickets"
    assert not FitRow("Median hours, 3 handoffs", 86.4, 19.0, "hours").large


def test_a_reader_can_judge_the_fit() -> None:
    """Good within what the log's own days give, off outside, far off by more than a quarter."""
    words = [
        FitRow("inside", 2.0, 2.4, "hours", 1.5, 2.5).judgement,
        FitRow("outside", 2.0, 2.4, "hours", 1.8, 2.2).judgement,
        FitRow("twice", 2.0, 4.0, "hours", 1.5, 2.5).judgement,
        FitRow("no yardstick", 2.0, 4.0, "hours").judgement,
        FitRow("not measured", 2.0, None, "hours", 1.5, 2.5).judgement,
    ]
    assert words == ["good", "off", "far off", "", ""]
    assert FitRow("inside", 2.0, 2.4, "hours", 1.5, 2.5).drawn_again == "1.5 to 2.5"
    assert FitRow("no yardstick", 2.0, 4.0, "hours").drawn_again == "-"
    distances = [
        Distance("ks", 0.03, 0.09, 0.03).judgement,
        Distance("ks", 0.05, 0.09, 0.03).judgement,
        Distance("ks", 0.12, 0.09, 0.03).judgement,
        Distance("ks", 0.12, None, 0.03).judgement,
    ]
    assert distances == ["as good as chance", "good", "poor", ""]


@pytest.mark.parametrize("width", [80, 120])
def test_the_terminal_shows_every_yardstick(
    width: int, learnt: Calibration, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from watermelon.cli.calibrate import show

    monkeypatch.setenv("COLUMNS", str(width))
    show(learnt)
    lines = capsys.readouterr().out.splitlines()
    for row in learnt.table:
        (line,) = [line for line in lines if line.strip().startswith(f"{row.measure} ")]
        assert row.drawn_again in line
        assert line.rstrip().endswith(row.judgement)
    for item in learnt.distances:
        (line,) = [line for line in lines if f"{item.noise_floor:.3g}" in line and item.judgement in line]
        assert item.resampling is not None
        assert f"{item.resampling:.3g}" in line
    assert max(map(len, lines)) <= width
