"""What-if as files: bases, overrides and scenarios in YAML, resolved and compiled to what is simulated.

The names below are loaded on first use, so that commands which need none of them start fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scenarios.opening import kind, load, load_against
    from scenarios.scenario import Assumption, Change, Scenario
    from scenarios.shipped import Entry, catalogue

__all__ = ["Assumption", "Change", "Entry", "Scenario", "catalogue", "kind", "load", "load_against"]


def __getattr__(name: str) -> object:
    if name in ("Entry", "catalogue"):
        return getattr(import_module("scenarios.shipped"), name)
    if name in ("kind", "load", "load_against"):
        return getattr(import_module("scenarios.opening"), name)
    if name in __all__:
        return getattr(import_module("scenarios.scenario"), name)
    raise AttributeError(f"module 'scenarios' has no attribute {name!r}")
