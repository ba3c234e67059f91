"""Entries: functions that Python calls and that run as machine code.

Machine code that was kept is loaded with nothing but LLVM's linker and called by its address. Numba, which
takes a second to load, is only asked for code that nobody has kept.
"""

from __future__ import annotations

import ctypes
import gc
import os
import threading
from collections.abc import Callable
from functools import update_wrapper
from pathlib import Path
from typing import Any, Generic, ParamSpec, TypeVar, cast

import numpy as np

from sim.kernel import kept, linking

P = ParamSpec("P")
R = TypeVar("R")

RESULTS: dict[str, Any] = {
    "none": ctypes.c_void_p,
    "int64": ctypes.c_int64,
    "float64": ctypes.c_double,
    "bool": ctypes.c_bool,
}
"""What numba calls the type of a result, and the room for it."""
_making = threading.RLock()


class Entry(Generic[P, R]):
    """``function`` as machine code, which is made or loaded when it is first called."""

    def __init__(self, function: Callable[P, R]) -> None:
        self.function = function
        self._machines: dict[str, tuple[Callable[..., int], Any]] = {}
        update_wrapper(self, function)

    def __call__(self, *arguments: P.args, **named: P.kwargs) -> R:
        """Call the machine code for arguments of these types; other threads go on meanwhile."""
        if _is_switched_off():
            return self.function(*arguments, **named)
        assert not named, "arguments go by their places"
        machine, room = self._machine(arguments)
        result, raised = room(), ctypes.c_void_p()
        if machine(ctypes.byref(result), ctypes.byref(raised), *_words(arguments)) != 0:
            raise RuntimeError(f"machine code of {self.function.__name__} raised an exception")
        return cast("R", result.value)

    def prepare(self, *arguments: P.args, **_: P.kwargs) -> None:
        """Make or load the machine code for arguments of these types now, without calling it."""
        if not _is_switched_off():
            self._machine(arguments)

    def _machine(self, arguments: tuple[Any, ...]) -> tuple[Callable[..., int], Any]:
        signature = _signature(arguments)
        if signature not in self._machines:
            with _making:
                code, address = _machine_code(self.function, signature)
                types = [ctypes.c_void_p, ctypes.c_void_p, *map(type, _words(arguments))]
                machine = ctypes.CFUNCTYPE(ctypes.c_int32, *types)(address)
                self._machines[signature] = machine, RESULTS[code.returns]
        return self._machines[signature]


def _is_switched_off() -> bool:
    """Numba's own switch has functions run as plain Python."""
    return os.environ.get("NUMBA_DISABLE_JIT", "0") not in ("", "0")


def _signature(arguments: tuple[Any, ...]) -> str:
    """Types of arguments in numba's words."""
    return "".join([f"{_type(argument)}, " for argument in arguments])


def _type(argument: Any) -> str:
    if isinstance(argument, np.ndarray):
        cells = "boolean" if argument.dtype == np.bool_ else argument.dtype.name
        return f"Array({cells}, {argument.ndim}, '{'C' if argument.flags.c_contiguous else 'A'}')"
    if isinstance(argument, tuple):
        return f"UniTuple(int64, {len(argument)})"
    return "float64" if isinstance(argument, float) else "int64"


def _words(arguments: tuple[Any, ...]) -> list[Any]:
    """Arguments as numba's code takes them: an array's fields one by one, and so with tuples."""
    found: list[Any] = []
    for argument in arguments:
        if isinstance(argument, np.ndarray):
            # Two owners, which code that allocates nothing does not ask for; then what there is and where.
            found += (ctypes.c_void_p(), ctypes.c_void_p())
            found += (ctypes.c_int64(argument.size), ctypes.c_int64(argument.itemsize))
            found.append(ctypes.c_void_p(argument.ctypes.data))
            found += map(ctypes.c_int64, argument.shape + argument.strides)
        elif isinstance(argument, tuple):
            found += map(ctypes.c_int64, argument)
        elif isinstance(argument, float):
            found.append(ctypes.c_double(argument))
        else:
            found.append(ctypes.c_int64(int(argument)))
    return found


def _machine_code(function: Callable[..., Any], signature: str) -> tuple[kept.Code, int]:
    """Machine code of a function and its address: what was kept, or else what the compiler makes."""
    source = Path(function.__code__.co_filename)
    code = kept.find(function.__name__, source, signature)
    if code is not None:
        try:
            return code, linking.address(code)
        except RuntimeError:
            pass  # It needs something that this process lacks; the compiler knows what to do.
    # The compiler makes millions of objects: looking for cycles among them takes a tenth of the time.
    looks_for_cycles = gc.isenabled()
    gc.disable()
    try:
        from sim.kernel.parts import machine_code

        code = machine_code(function, signature)
    finally:
        if looks_for_cycles:
            gc.enable()
    kept.keep(function.__name__, source, signature, code)
    return code, linking.address(code)
