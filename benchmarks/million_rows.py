"""How long the import of a log of a million rows takes, and how much memory: 60 s and 4 GiB are promised.

    python -m benchmarks.million_rows [ROWS]

Writes a synthetic audit log with the columns of a ServiceNow export into a temporary folder, reads it and
looks for traps. Times are processor seconds of this process; memory is its largest resident size.
"""

import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd

from calibration.cleaning import log_findings
from calibration.exports.log import read_log
from calibration.exports.mapping import load_mapping
from calibration.fit.cases import cases_of
from calibration.fit.window import stable_window

ROWS_A_CASE = 5
STATES = ("New", "Active", "Awaiting User Info", "Resolved", "Closed")
EXTRA = 10
"""Columns that no mapping names."""


def synthetic(rows: int) -> pd.DataFrame:
    """A log of so many rows in two years."""
    chance = np.random.default_rng(1)
    count = rows // ROWS_A_CASE
    opened = np.sort(chance.integers(0, 2 * 365 * 1440, count))
    steps = np.cumsum(chance.exponential(300, (count, ROWS_A_CASE)), axis=1).astype(np.int64)
    steps[:, 0] = 0
    start = pd.Timestamp("2024-01-01")

    def written(minutes: np.ndarray) -> np.ndarray:
        times = pd.Series(start + pd.to_timedelta(minutes, unit="min"))
        return times.dt.strftime("%d/%m/%Y %H:%M").to_numpy()

    case = np.repeat(np.arange(count), ROWS_A_CASE)
    times = opened[:, None] + steps
    words = {
        "number": [f"INC{number:07d}" for number in case],
        "incident_state": np.tile(STATES, count),
        "sys_updated_at": written(times.ravel()),
        "opened_at": np.repeat(written(opened), ROWS_A_CASE),
        "resolved_at": np.repeat(written(times[:, 3]), ROWS_A_CASE),
        "closed_at": np.repeat(written(times[:, 4]), ROWS_A_CASE),
        "priority": np.repeat(chance.choice(["1 - Critical", "3 - Moderate", "4 - Low"], count), ROWS_A_CASE),
        "reassignment_count": np.tile(np.arange(ROWS_A_CASE) // 2, count),
        "made_sla": np.repeat(chance.choice(["true", "false"], count), ROWS_A_CASE),
    }
    sizes = {"caller_id": 5000, "sys_updated_by": 600, "category": 40, "subcategory": 200, "u_symptom": 400}
    sizes |= {"assignment_group": 70, "assigned_to": 200, "impact": 3, "urgency": 3}
    sizes |= {f"extra_{number}": 1000 for number in range(EXTRA)}
    for name, size in sizes.items():
        levels = np.array([f"{name} {value}" for value in range(size)])
        words[name] = levels[chance.integers(0, size, rows)]
    return pd.DataFrame(words)


def main() -> None:
    """Write, read, look."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with TemporaryDirectory() as folder:
        path = Path(folder) / "log.csv"
        synthetic(rows).to_csv(path, index=False)
        print(f"{rows:,} rows, {path.stat().st_size / 1e6:.0f} MB")
        measured(path)


def measured(path: Path) -> None:
    """Print processor seconds of every step and the memory of the whole process."""
    begin = time.process_time()
    log = read_log(path, load_mapping("auto"))
    print(f"read: {time.process_time() - begin:.1f} s")
    begin = time.process_time()
    cases = cases_of(log)
    found = [*log.findings, *log_findings(log, cases), *stable_window(cases)[1]]
    print(f"cases and findings: {time.process_time() - begin:.1f} s ({len(found)} findings)")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(f"memory, the making of the log included: {peak:.2f} GiB")


if __name__ == "__main__":
    main()
