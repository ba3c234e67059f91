"""What stands beside a base: the mapping that was used, and the rows that were not."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from calibration.exports.log import Reject
from calibration.exports.mapping import Mapping
from calibration.write.text import Line, render


def mapping_text(mapping: Mapping) -> str:
    """A mapping as YAML; what it leaves at its default is left out."""
    data = mapping.model_dump(mode="json", exclude_defaults=True)
    ordered: dict[str, Any] = {"watermelon": 1, "kind": "mapping", "title": mapping.title}
    ordered |= {key: value for key, value in data.items() if key not in ordered}
    for key in ("dates", "names", "cleaning"):
        if key in ordered:
            ordered[key] = dict(ordered[key])
    if "priorities" in ordered:
        ordered["priorities"] = Line(ordered["priorities"])
    lines = [
        "# The mapping that was used for the base beside this file: what was recognised is written out.",
        *render(ordered),
    ]
    return "\n".join(lines) + "\n"


def write_mapping(out: Path, mapping: Mapping) -> Path:
    """Write the mapping beside a base."""
    path = out.with_name(f"{out.stem}.mapping.yaml")
    aside = path.with_name(f".{path.name}.part")
    aside.write_text(mapping_text(mapping), encoding="utf-8")
    aside.replace(path)
    return path


def write_rejects(path: Path, rejects: list[Reject]) -> Path | None:
    """List the rows that were dropped: row number and reason, nothing of their content."""
    if not rejects:
        path.unlink(missing_ok=True)
        return None
    several = any(item.file for item in rejects)
    aside = path.with_name(f".{path.name}.part")
    with aside.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("row", "reason", "file") if several else ("row", "reason"))
        for item in sorted(rejects, key=lambda item: (item.file, item.row)):
            writer.writerow((item.row, item.reason, item.file) if several else (item.row, item.reason))
    aside.replace(path)
    return path
