"""Writing a file aside and renaming it, so that nobody ever reads half of one."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def aside(path: Path) -> Iterator[Path]:
    """Yield a path beside ``path`` to write to; it takes its place if all went well, and goes away if not."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield beside
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def write_aside(path: Path, text: str) -> Path:
    """Write ``text`` (UTF-8) to ``path``; on failure the old file stays as it was.

    Raises
    ------
    OSError
        If the folder is missing or closed to us.
    """
    with aside(path) as beside:
        beside.write_text(text, encoding="utf-8", newline="\n")
    return path
