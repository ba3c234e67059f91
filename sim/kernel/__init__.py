"""The one place that knows how a function becomes compiled code, and where that code is kept.

A *rule* is a scalar function without side effects on anything but the arrays it is handed: it runs as
plain Python in the process engine and compiled in the compiled one, and must give the same bits in both.
Importing a rule compiles nothing and does not even import numba.
"""

from __future__ import annotations

import gc
import hashlib
import os
import sys
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")

RULES: list[Callable[..., Any]] = []
"""Every rule of the package, in order of definition (tests compare each one compiled and plain)."""


def rule(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a function as a rule; it stays the plain function that it is."""
    RULES.append(function)
    return function


def make_compilable() -> None:
    """Let compiled code call every rule imported so far (numba turns each into machine code on first use)."""
    from numba.extending import overload, register_jitable

    from sim.kernel.parts import OF_A_PART, bare_in_compiled_code

    for function in RULES:
        register_jitable(**OF_A_PART)(function)
    overload(bare, inline="always")(bare_in_compiled_code)


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """A function of the compiled engine that compiled code calls; it runs without the GIL."""
    from numba import njit

    from sim.kernel.parts import OF_A_PART

    return cast("Callable[P, R]", njit(**OF_A_PART)(function))


def entry(function: Callable[P, R]) -> Callable[P, R]:
    """A function of the compiled engine that Python calls: its machine code is kept between runs.

    It should do no more than call a ``compiled`` function with ``bare`` arrays.
    """
    import numba

    from sim.kernel.parts import OF_A_WHOLE

    return cast("Callable[P, R]", numba.njit(cache=_has_a_place(), **OF_A_WHOLE)(function))


@cache
def _has_a_place() -> bool:
    """Whether machine code can be kept; numba is told where. Reading all sources once a process will do."""
    import numba

    folder = code_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    setattr(numba.config, "CACHE_DIR", str(folder))  # noqa: B010 - its stubs leave the name out
    return True


def bare(array: T) -> T:
    """An array as compiled code should see it: the address of its cells and nothing else.

    Then a call passes one word an array, and a cell is read without asking whether its place counts from
    the end. In plain Python it is the array itself.
    """
    return array


def code_folder() -> Path:
    """Where machine code is kept: a folder for this source code and these versions.

    Numba itself looks at the file of the entry function alone and would run stale code after a change
    elsewhere (its issue 1833), so that the folder carries a hash of all of ``sim``.
    """
    state = hashlib.sha256()
    for name in ("numba", "llvmlite", "numpy"):
        state.update(f"{name} {version(name)}\n".encode())
    state.update(sys.version.encode())
    room = Path(__file__).parents[1]
    for path in sorted(room.rglob("*.py")):
        state.update(str(path.relative_to(room)).encode())
        state.update(path.read_bytes())
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "watermelon" / state.hexdigest()[:16]


def has_compiled_code() -> bool:
    """Whether the compiled engine has been compiled before, for this code and these versions."""
    return any(code_folder().glob("**/*.nbc"))


def compile_for(function: Callable[..., Any], *arguments: Any) -> None:
    """Compile an ``entry`` for arguments of these types now, without calling it."""
    import numba

    typeof: Any = numba.typeof
    dispatcher: Any = function
    # The compiler makes millions of objects: looking for cycles among them takes a tenth of the time.
    looks_for_cycles = gc.isenabled()
    gc.disable()
    try:
        dispatcher.compile(tuple(typeof(argument) for argument in arguments))
    finally:
        if looks_for_cycles:
            gc.enable()
