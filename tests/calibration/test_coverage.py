"""The intervals of a backtest hold what happens as often as they say, on logs of a known organisation."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from calibration import calibrate
from calibration.backtest import Playing, backtest
from calibration.example import MAPPING, export_text
from sim.experiment.engines import play
from tests.calibration.recovery import model

EXPORTS = 20
DAILY = ("arrivals_daily", "backlog_daily")
LEAST, MOST = 0.84, 0.96
"""Share of the days: 90% is stated, and the days of one export are alike."""


@pytest.mark.verify
def test_nine_of_ten_days_lie_in_their_interval(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    played, inside, days = model(), Counter[str](), Counter[str]()
    for replication in range(EXPORTS):
        path = tmp_path / f"export-{replication}.csv"
        path.write_text(export_text(played, play(played, 1, replication, "compiled")), encoding="utf-8")
        base = tmp_path / f"base-{replication}.yaml"
        calibrate(path, str(MAPPING), base, holdout=0.3)
        found = backtest(str(base), path, wanted=Playing())
        for name, line in found.series.items():
            inside[name] += sum(line.inside)
            days[name] += len(line.log)
    shares = {name: inside[name] / days[name] for name in inside}
    told = "; ".join(f"{name} {inside[name]} of {days[name]} ({share:.0%})" for name, share in shares.items())
    record_property("found", told)
    assert {name: shares[name] for name in DAILY if not LEAST <= shares[name] <= MOST} == {}
