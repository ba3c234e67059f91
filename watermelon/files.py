"""Writing files: written aside and renamed, so that nobody ever finds half a file.

Whether a place can be written to is asked before anything is played, not after an hour of it.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import results.aside
from scenarios.errors import BadInput


@contextlib.contextmanager
def aside(path: Path) -> Iterator[Path]:
    """Like ``results.aside.aside``, for paths that a user has named."""
    try:
        with results.aside.aside(path) as beside:
            yield beside
    except IsADirectoryError as mistake:
        raise BadInput(f"{path}: is a folder; name a file") from mistake


def write_text(path: Path, text: str) -> None:
    """Write ``text`` as UTF-8 with newlines as they are."""
    with aside(path) as beside, beside.open("w", encoding="utf-8", newline="") as file:
        file.write(text)


def check_file(path: Path, option: str) -> None:
    """Ask that a file can be written at ``path``.

    Raises
    ------
    BadInput
        If its folder is missing or closed to us, or ``path`` is a folder.
    """
    folder = path.parent
    if path.is_dir():
        raise BadInput(f"{option} {path}: is a folder; name a file in it")
    if not folder.exists():
        raise BadInput(f"{option} {path}: the folder {folder} does not exist; make it first")
    if not folder.is_dir():
        raise BadInput(f"{option} {path}: {folder} is a file, not a folder")
    if path.exists() and not os.access(path, os.W_OK):
        raise BadInput(f"{option} {path}: the file is there and may not be written to")
    _probe(folder, f"{option} {path}")


def ready_folder(path: Path, option: str) -> Path:
    """Make the folder ``path`` and those above it, and see that files can be written in it.

    Raises
    ------
    BadInput
        If it can't be made, is a file, or is closed to us.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        blocking = next(part for part in (path, *path.parents) if part.exists())
        raise BadInput(f"{option} {path}: {blocking} is a file, not a folder; name another folder") from None
    except OSError as mistake:
        raise BadInput(f"{option} {path}: can't be made ({reason(mistake)}); name another") from None
    _probe(path, f"{option} {path}")
    return path


@contextlib.contextmanager
def folder_for(path: Path, option: str) -> Iterator[Path]:
    """Yield ``path`` as a folder to write in; one made for it goes away again if nothing came of it."""
    was_there = path.is_dir()
    try:
        yield ready_folder(path, option)
    finally:
        if not was_there:
            with contextlib.suppress(OSError):  # not empty: that is what it was made for
                path.rmdir()


def fresh_folder(parent: Path, name: str) -> Path:
    """Return a path in ``parent`` that is not there yet: ``name``, or ``name-2`` and so on."""
    number = 1
    path = parent / name
    while path.exists():
        number += 1
        path = parent / f"{name}-{number}"
    return path


def reason(mistake: OSError) -> str:
    """What the operating system said, in its own words, without path and number."""
    return (mistake.strerror or str(mistake) or type(mistake).__name__).lower()


def _probe(folder: Path, what: str) -> None:
    """Write an empty file and take it away again: the only answer that holds on every system."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as mistake:
        raise BadInput(f"{what}: can't write in {folder} ({reason(mistake)}); name another") from None
