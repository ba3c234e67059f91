"""Watermelon: what misalignment between IT and the business costs, and what fixing it is worth.

>>> from watermelon import load, simulate, compare
>>> runs = simulate(load("small"), load("small+automation"), replications=30, seed=1)  # doctest: +SKIP
>>> print(compare(runs))  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from watermelon._version import __version__

if TYPE_CHECKING:
    from scenarios import load
    from watermelon.simulation import compare, simulate

__all__ = ["__version__", "compare", "load", "simulate"]

# What is fetched on first use, so that `import watermelon` takes no time.
_PLACES = {"load": "scenarios", "simulate": "watermelon.simulation", "compare": "watermelon.simulation"}


def __getattr__(name: str) -> Any:
    """Fetch a public function on first use."""
    if name not in _PLACES:
        raise AttributeError(f"module 'watermelon' has no attribute {name!r}")
    from importlib import import_module

    from watermelon.startup import hiding_file

    if sentence := hiding_file():
        raise ImportError(sentence)
    value = getattr(import_module(_PLACES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Names for completion, those not yet fetched included."""
    return sorted(__all__)
