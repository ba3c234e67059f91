"""The one place that knows how a rule becomes compiled code.

A rule is a scalar function without side effects on anything but the arrays it is handed: it runs as
plain Python in the process engine and compiled in the compiled one, and must give the same bits in both.
Importing a rule compiles nothing and does not even import numba.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

RULES: list[Callable[..., Any]] = []
"""Every rule of the package, in order of definition (tests compare each one compiled and plain)."""


def rule(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a function as a rule; it stays the plain function that it is."""
    RULES.append(function)
    return function


def make_compilable() -> None:
    """Let compiled code call every rule imported so far (numba turns each into machine code on first use)."""
    from numba.extending import register_jitable

    for function in RULES:
        register_jitable(function)
