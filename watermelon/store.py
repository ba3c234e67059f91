"""A folder with the results of a run: tables, and ``run.json``, which says what was played with what."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from results.files import FIGURES, TABLES, files_of_ours
from results.runs import forget_others
from results.tables import estimates_frame, outcomes_frame, weekly_frame
from watermelon._version import __version__
from watermelon.files import aside, write_text
from watermelon.provenance import provenance
from watermelon.shelf import replication_key

if TYPE_CHECKING:
    import pandas as pd

    from watermelon.runs import Runs

RECORD = "run.json"


def write_tables(folder: Path, runs: Runs) -> list[Path]:
    """Write the tables of a run; returns what was written.

    ``outcomes.csv`` has a row a scenario and outcome with intervals and differences,
    ``replications.csv`` a row a scenario and replication, ``weekly.csv`` a row a week besides.
    """
    frames: tuple[pd.DataFrame, ...] = (
        estimates_frame(runs.comparison),
        outcomes_frame(runs.summaries).reset_index(),
        weekly_frame(runs.summaries).reset_index(),
    )
    for name, frame in zip(TABLES, frames, strict=True):
        with aside(folder / name) as beside:
            frame.to_csv(beside, index=False, lineterminator="\n", encoding="utf-8")
    return [folder / name for name in TABLES]


def write_record(folder: Path, runs: Runs, document: dict[str, Any], written: Collection[Path]) -> Path:
    """Write ``run.json``, last of all files: a folder that has one is complete.

    What earlier commands left there and this one has not ``written`` goes away first: no file in the folder
    is then of another run. Only files by the names that Watermelon writes are touched.
    """
    _remove_stale(folder, written)
    if not runs.interrupted:  # else it may have been stopped because it was the wrong one
        forget_others(folder, [replication_key(runs.plan, label) for label in runs.plan.labels])
    record = {
        "key": run_key(runs),
        "replications": len(runs.replications),
        "interrupted": runs.interrupted,
        "scenarios": {label: described(runs, label) for label in runs.scenarios},
        "provenance": provenance(),
        "result": document,
    }
    path = folder / RECORD
    write_text(path, json.dumps(record, indent=2, ensure_ascii=False, allow_nan=False) + "\n")
    return path


def _remove_stale(folder: Path, written: Collection[Path]) -> None:
    for path in files_of_ours(folder):
        if path not in written:
            path.unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # not empty, or not there
        (folder / FIGURES).rmdir()


def run_key(runs: Runs) -> dict[str, Any]:
    """What makes two runs the same, so that replications of one could stand in for those of the other."""
    return {
        "digests": {label: scenario.digest for label, scenario in runs.scenarios.items()},
        "seed": runs.seed,
        "engine": runs.engine,
        "horizon_hours": runs.plan.model(runs.plan.labels[0]).horizon / 3600,
        "warmup_hours": runs.plan.model(runs.plan.labels[0]).warmup / 3600,
        "uncertainty": runs.uncertainty,
        "version": __version__,
    }


def described(runs: Runs, label: str) -> dict[str, Any]:
    """A scenario as it was played: its digest and every change that was applied to its base."""
    scenario = runs.scenarios[label]
    return {
        "scenario": scenario.name,
        "title": scenario.title,
        "digest": scenario.digest,
        "since_always": list(scenario.since_always),
        "warnings": list(scenario.warnings),
        "changes": [
            {
                "path": change.path,
                "old": str(change.old),
                "new": str(change.new),
                "when": str(change.when),
                "override": change.override,
            }
            for change in scenario.changes
        ],
    }


def other_run(folder: Path, runs: Runs) -> bool:
    """Whether the folder holds a run that was played differently, which is about to be replaced."""
    try:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return not isinstance(record, dict) or record.get("key") != run_key(runs)
