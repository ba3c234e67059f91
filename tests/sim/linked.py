# mypy: disable-error-code="misc, no-untyped-call"
"""Compiling one function with the parts that it calls, for Python to call like any other of numba's."""

from numba.core.compiler_machinery import register_pass

from sim.kernel.parts import Begin, Linked, WholeCompiler


@register_pass(mutates_CFG=False, analysis_only=True)
class BeginLinked(Begin):
    """The function may call parts, and is no entry."""

    _name = "begin_linked"
    library = Linked


class LinkedCompiler(WholeCompiler):
    """Compiles such a function."""

    begin = BeginLinked
