"""Names of the files in the folder of a run: whatever else lies there belongs to the user."""

from __future__ import annotations

import re
from pathlib import Path

TABLES = ("outcomes.csv", "replications.csv", "weekly.csv")
REPORT = "report.html"
FIGURES = "figures"
_FIGURE = re.compile(
    r"(targets|melon|dashboard|hours|teams|queues|differences-\d+|seen-\d+|attribution-\d+|weekly-\w+)\.svg"
)


def files_of_ours(folder: Path) -> list[Path]:
    """The files in a run's folder that carry names which a command gives: tables, report and figures."""
    named = [folder / name for name in (*TABLES, REPORT)]
    named += [path for path in sorted((folder / FIGURES).glob("*.svg")) if _FIGURE.fullmatch(path.name)]
    return [path for path in named if path.is_file() or path.is_symlink()]
