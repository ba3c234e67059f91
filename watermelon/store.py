"""A folder with the results of a run: tables, and ``run.json``, which says what was played with what."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from results.tables import estimates_frame, outcomes_frame, weekly_frame
from watermelon._version import __version__
from watermelon.files import aside, write_text
from watermelon.provenance import provenance

if TYPE_CHECKING:
    import pandas as pd

    from watermelon.runs import Runs

RECORD = "run.json"


def write_tables(folder: Path, runs: Runs) -> list[Path]:
    """Write the tables of a run; returns what was written.

    ``outcomes.csv`` has a row a scenario and outcome with intervals and differences,
    ``replications.csv`` a row a scenario and replication, ``weekly.csv`` a row a week besides.
    """
    tables: dict[str, pd.DataFrame] = {
        "outcomes.csv": estimates_frame(runs.comparison),
        "replications.csv": outcomes_frame(runs.summaries).reset_index(),
        "weekly.csv": weekly_frame(runs.summaries).reset_index(),
    }
    for name, table in tables.items():
        with aside(folder / name) as beside:
            table.to_csv(beside, index=False, lineterminator="\n", encoding="utf-8")
    return [folder / name for name in tables]


def write_record(folder: Path, runs: Runs, document: dict[str, Any]) -> Path:
    """Write ``run.json``, last of all files: a folder that has one is complete."""
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
