# mypy: disable-error-code="no-untyped-call"
"""Putting kept machine code into memory, with LLVM's linker alone."""

from __future__ import annotations

from functools import cache
from typing import Any

from sim.kernel.kept import Code

_loaded: list[Any] = []
"""What was loaded stays until the process ends."""


def address(code: Code) -> int:
    """Load code and return the address of its symbol; raises ``RuntimeError`` if it can't be linked.

    Code may call what the process has under a name of its own (``log``, say), and none of numba's helpers.
    """
    from llvmlite.binding import orcjit

    library = orcjit.JITLibraryBuilder().add_object_img(code.image).add_current_process()
    loaded = library.export_symbol(code.symbol).link(_linker(), f"{len(_loaded)} {code.symbol}")
    _loaded.append(loaded)
    return int(loaded[code.symbol])


@cache
def _linker() -> Any:
    import llvmlite.binding as llvm

    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    return llvm.create_lljit_compiler(use_jit_link=True)
