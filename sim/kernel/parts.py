# mypy: disable-error-code="misc, no-untyped-call"
"""How numba compiles the engine as one program: its functions as parts, which an entry puts together.

By itself numba optimises every function together with copies of all that it calls, once for each caller up
to the entry, and makes machine code of each. A *part* is translated only; the *whole* of an entry is
optimised once, with all its parts in sight. That takes a fraction of the time and gives faster code.

Imported only when something is compiled.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import llvmlite.binding as llvm
import numba
from numba.core import compiler, sigutils, typed_passes, types, untyped_passes
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler_machinery import FunctionPass, PassManager, register_pass
from numba.extending import intrinsic, overload, register_jitable

from sim import kernel
from sim.kernel.kept import Code


class _Silent:
    """The code generator as a part sees it: what has no machine code needs no environment either."""

    def __init__(self, generator: Any) -> None:
        self.generator = generator

    def __getattr__(self, name: str) -> Any:
        return getattr(self.generator, name)

    def set_env(self, name: str, env: Any) -> None:
        """Nothing to be done."""


class Part(JITCodeLibrary):
    """A function as it was translated, neither optimised nor turned into machine code."""

    @property
    def codegen(self) -> Any:
        """The code generator, for whoever wants to set an environment."""
        return _Silent(self._codegen)

    def _optimize_functions(self, module: Any) -> None:
        module.data_layout = self.codegen._data_layout  # noqa: SLF001 - as the method it replaces

    def finalize(self) -> None:
        """Leave it at that; what it calls is linked by the whole."""
        self._finalize_dynamic_globals()
        self._finalized = True

    def get_pointer_to_function(self, _: str) -> int:
        """No address: only compiled code calls it."""
        return 0


class Linked(JITCodeLibrary):
    """A function with everything that it calls, directly or not."""

    def add_linking_library(self, library: Any) -> None:
        """Link a part and, once each, all parts that it calls."""
        if library not in self._linking_libraries:
            super().add_linking_library(library)
            if isinstance(library, Part):
                for called in library._linking_libraries:  # noqa: SLF001 - of a relative
                    self.add_linking_library(called)


def beginning(function: Callable[..., Any]) -> str:
    """What the name that numba gives to the code of a function begins with."""
    return "_ZN" + "".join(
        f"{len(part)}{part}" for part in (*function.__module__.split("."), function.__name__)
    )


class Whole(Linked):
    """An entry, as a program of its own."""

    def _optimize_final_module(self) -> None:
        """Optimise, knowing that nobody outside can call what was linked."""
        in_place, apart = (tuple(map(beginning, marked)) for marked in (kernel.IN_PLACE, kernel.APART))
        for function in self._final_module.functions:
            if function.linkage == llvm.Linkage.linkonce_odr:
                function.linkage = llvm.Linkage.internal
                if function.name.startswith(in_place):
                    function.add_function_attribute("alwaysinline")
                if function.name.startswith(apart):
                    function.add_function_attribute("noinline")
        super()._optimize_final_module()

    def _finalize_final_module(self) -> None:
        """Machine code in a file's form; ``linking`` puts it into memory, like what was kept."""
        self._finalize_dynamic_globals()
        self.image = _machine().emit_object(self._final_module)
        self._finalized = True

    @property
    def codegen(self) -> Any:
        """The code generator, for whoever wants to set an environment."""
        return _Silent(self._codegen)

    def get_pointer_to_function(self, _: str) -> int:
        """No address yet, but the code, which is made when somebody asks for it."""
        self._ensure_finalized()
        return 0


@cache
def _machine() -> Any:
    """Numba's settings, but for code that lies together: a call then takes one instruction instead of two."""
    generator = numba.core.registry.cpu_target.target_context.codegen()
    return llvm.Target.from_triple(llvm.get_process_triple()).create_target_machine(
        cpu=generator._get_host_cpu_name(),  # noqa: SLF001 - as numba itself compiles
        features=generator._get_host_cpu_features(),  # noqa: SLF001
        opt=3,
        reloc="pic",
        codemodel="small",
    )


class Begin(FunctionPass):
    """Says what kind of library the function about to be translated goes to."""

    library: type[JITCodeLibrary]

    def __init__(self) -> None:
        FunctionPass.__init__(self)

    def run_pass(self, state: Any) -> bool:
        """Make the library."""
        state.library = self.library(state.targetctx.codegen(), state.func_id.func_qualname)
        state.library.enable_object_caching()
        return False


@register_pass(mutates_CFG=False, analysis_only=True)
class BeginPart(Begin):
    """The function becomes a part."""

    _name = "begin_part"
    library = Part


@register_pass(mutates_CFG=False, analysis_only=True)
class BeginWhole(Begin):
    """The function becomes a whole."""

    _name = "begin_whole"
    library = Whole


class PartCompiler(compiler.CompilerBase):
    """Translates plain scalar code, with no more of numba's passes than that needs."""

    def define_pipelines(self) -> list[PassManager]:
        """One pipeline."""
        passes = PassManager("part")
        for step in (
            untyped_passes.TranslateByteCode,
            untyped_passes.FixupArgs,
            untyped_passes.IRProcessing,
            untyped_passes.ReconstructSSA,
            typed_passes.NopythonTypeInference,
            typed_passes.PreLowerStripPhis,
            BeginPart,
            typed_passes.IRLegalization,
            typed_passes.AnnotateTypes,
            typed_passes.NativeLowering,
            typed_passes.NoPythonBackend,
        ):
            passes.add_pass(step, step.__name__)
        passes.finalize()
        return [passes]


class WholeCompiler(compiler.CompilerBase):
    """Compiles an entry."""

    begin: type[Begin] = BeginWhole

    def define_pipelines(self) -> list[PassManager]:
        """One pipeline."""
        passes = compiler.DefaultPassBuilder.define_nopython_pipeline(self.state)
        passes.add_pass_after(self.begin, typed_passes.PreLowerStripPhis)
        passes.finalize()
        return [passes]


OF_A_PART: dict[str, Any] = {
    "pipeline_class": PartCompiler,
    "nogil": True,
    "error_model": "numpy",
    "no_cpython_wrapper": True,
    "no_cfunc_wrapper": True,
    "_nrt": False,
}
OF_A_WHOLE = OF_A_PART | {"pipeline_class": WholeCompiler}


def machine_code(function: Callable[..., Any], signature: str) -> Code:
    """Compile an entry for arguments of these types."""
    make_compilable()
    arguments, _ = sigutils.normalize_signature(f"({signature})")
    dispatcher = numba.njit(**OF_A_WHOLE)(function)
    dispatcher.compile(arguments)
    made = dispatcher.overloads[arguments]
    return Code(made.fndesc.llvm_func_name, str(made.signature.return_type), bytes(made.library.image))


_compilable: set[Callable[..., Any]] = set()


def make_compilable() -> None:
    """Let compiled code call every rule and part imported so far (they are compiled on first use)."""
    if not _compilable:
        overload(kernel.bare, inline="always")(bare_in_compiled_code)
        _compilable.add(kernel.bare)
    for function in (*kernel.RULES, *kernel.PARTS):
        if function not in _compilable:
            register_jitable(**OF_A_PART)(function)
            _compilable.add(function)


@intrinsic
def address_of(_typing: Any, array: Any) -> Any:
    """Address of an array's first cell."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return context.make_array(signature.args[0])(context, builder, arguments[0]).data

    return types.CPointer(array.dtype)(array), generate


def bare_in_compiled_code(array: Any) -> Any:
    """What ``sim.kernel.bare`` is there."""

    def bare(array: Any) -> Any:
        return address_of(array)  # type: ignore[call-arg]  # numba adds its own

    return bare if isinstance(array, types.Array) else None
