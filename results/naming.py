"""Titles of teams, services and streams, where the scenario has them; else the name made readable."""

from __future__ import annotations

from collections.abc import Mapping

Titles = Mapping[str, str]
"""Title by dotted name: ``teams.desk`` -> ``Service desk``."""

NO_TITLES: Titles = {}


def title_of(titles: Titles, section: str, name: str) -> str:
    """Title of ``section.name``; without one, the name with spaces for underscores and a capital."""
    path = f"{section}.{name}" if section else name
    if path in titles:
        return titles[path]
    bare = name.rpartition(".")[2].replace("_", " ")
    return bare[:1].upper() + bare[1:]
