"""The check at the start whether a file of the user's stands before one of our packages.

Watermelon's rooms are packages with plain names. Python looks in the current folder first when it is
started with ``python -m watermelon`` or from a notebook, and in the script's own folder when it runs a
script; the ``watermelon`` command looks in neither. A user's own ``results.py`` is then imported instead
of ours, which would end in a puzzling error much later.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

ROOMS = ("sim", "results", "scenarios", "calibration")


def hiding_file(home: Path | None = None) -> str | None:
    """Say in one sentence which file hides a package of ours; None if none does.

    Parameters
    ----------
    home
        The folder that holds our packages; by default the one that holds this package.
    """
    home = home or Path(__file__).resolve().parent.parent
    for room in ROOMS:
        found = _place(room)
        if found is None:
            return f"Watermelon is not installed completely: its package '{room}' is missing from {home}."
        if found.resolve() != (home / room / "__init__.py").resolve():
            return (
                f"{found} hides Watermelon's own package '{room}': "
                "rename it, or start from another folder (the command `watermelon` ignores the current one)."
            )
    return None


def _place(room: str) -> Path | None:
    """Return the file that ``import room`` would read, without importing it."""
    try:
        spec = importlib.util.find_spec(room)
    except (ImportError, ValueError):  # half-imported, or a module made by hand without a spec
        module = sys.modules.get(room)
        file = getattr(module, "__file__", None)
        return Path(file) if file else None
    return Path(spec.origin) if spec and spec.origin else None
