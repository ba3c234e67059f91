"""Extras: packages that only some users need."""

from __future__ import annotations

from importlib.util import find_spec

from scenarios.errors import BadInput


def need(package: str, extra: str, option: str) -> None:
    """Ask that a package is there.

    Raises
    ------
    BadInput
        With the line that installs it.
    """
    if find_spec(package) is None:
        raise BadInput(
            f"{option} needs {package}, which is not installed; "
            f"install it with: pip install 'watermelon-itsm[{extra}]'"
        )
