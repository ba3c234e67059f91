"""The one place that knows how a function becomes compiled code, and where that code is kept.

A *rule* is a scalar function without side effects on anything but the arrays it is handed: it runs as
plain Python in the process engine and compiled in the compiled one, and must give the same bits in both.
Importing a rule or the compiled engine compiles nothing and does not even import numba: a program whose code
is kept runs without it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from sim.kernel.entries import Entry
from sim.kernel.kept import code_folder, has_compiled_code

__all__ = [
    "APART",
    "IN_PLACE",
    "PARTS",
    "RULES",
    "apart",
    "bare",
    "code_folder",
    "compiled",
    "entry",
    "has_compiled_code",
    "in_place",
    "rule",
]

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")

RULES: list[Callable[..., Any]] = []
"""Every rule of the package, in order of definition (tests compare each one compiled and plain)."""
PARTS: list[Callable[..., Any]] = []
"""Every function of the compiled engine that compiled code calls."""
IN_PLACE: list[Callable[..., Any]] = []
"""Those whose code is copied to wherever they are called."""
APART: list[Callable[..., Any]] = []
"""Those whose code is copied nowhere."""


def rule(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a function as a rule; it stays the plain function that it is."""
    RULES.append(function)
    return function


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a function of the compiled engine that compiled code calls; it stays plain as well."""
    PARTS.append(function)
    return function


def in_place(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a rule or compiled function that every ticket needs: its code is copied to where it is called."""
    IN_PLACE.append(function)
    return function


def apart(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a compiled function that most of its callers need seldom: they are shorter without its code."""
    APART.append(function)
    return function


def entry(function: Callable[P, R]) -> Entry[P, R]:
    """A function that Python calls and that runs as machine code without the GIL.

    It may call rules and ``compiled`` functions. Its arguments are whole numbers, float numbers, tuples of
    whole numbers and arrays; what it returns is one number, or nothing. It must not raise anything.
    """
    return Entry(function)


def bare(array: T) -> T:
    """An array as compiled code should see it: the address of its cells and nothing else.

    Then a call passes one word an array, and a cell is read without asking whether its place counts from
    the end. In plain Python it is the array itself.
    """
    return array
