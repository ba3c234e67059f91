"""Writing a file aside and renaming it, so that nobody ever reads half of one."""

from __future__ import annotations

import os
from pathlib import Path


def write_aside(path: Path, text: str) -> Path:
    """Write ``text`` (UTF-8) to ``path``; on failure the old file stays as it was.

    Raises
    ------
    OSError
        If the folder is missing or closed to us.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        beside.write_text(text, encoding="utf-8", newline="\n")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return path
