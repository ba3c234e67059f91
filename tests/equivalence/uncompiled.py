"""Plays random cases while the compiled engine runs as plain Python: ``uncompiled NUMBER [lines]``.

With ``lines``, lines of the engines that no case reaches are named. Start it with NUMBA_DISABLE_JIT=1.
"""

from __future__ import annotations

import inspect
import sys
import tempfile
import warnings
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from numba import config

import sim.engines
import tests.conftest  # noqa: F401 - it says that examples are the same in every run
from sim.engines.compiled import memory
from tests.equivalence.agreement import play_both
from tests.equivalence.cases import BLOCKS, CASES_A_BLOCK, fixed_cases

NOT_PLAYED = {"compile_now"}
ENGINES = Path(sim.engines.__path__[0])
Lines = dict[str, set[int]]


def main(number: int, by_line: bool) -> None:
    assert vars(config)["DISABLE_JIT"], "set NUMBA_DISABLE_JIT=1"
    # numpy warns where a product of Philox wraps around; what is left of it is the same.
    warnings.filterwarnings("ignore", "overflow encountered", RuntimeWarning)
    blocks = range(BLOCKS) if number > CASES_A_BLOCK else range(1)
    cases = [case for block in blocks for case in fixed_cases(block, number // len(blocks))]
    run: Lines = defaultdict(set)
    if by_line:
        memory.FIRST_ROOM = 1
    with tempfile.TemporaryDirectory() as folder:
        for case in cases:
            if by_line:
                sys.settrace(tracer(run))
            play_both(case.model, case.seed, case.replication, Path(folder))
            sys.settrace(None)
    print(f"{len(cases)} cases played alike")
    if by_line:
        for line in never(run):
            print(line)


def tracer(run: Lines) -> Any:
    """Notes the lines of the engines that are run."""

    def line(frame: FrameType, event: str, _: Any) -> Any:
        if event == "line":
            run[frame.f_code.co_filename].add(frame.f_lineno)
        return line

    def call(frame: FrameType, _event: str, _: Any) -> Any:
        return line if frame.f_code.co_filename.startswith(str(ENGINES)) else None

    return call


def never(run: Lines) -> Iterator[str]:
    """Lines in functions of the engines that were not run."""
    for path in sorted(ENGINES.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        sources = text.splitlines()
        for number in sorted(set(in_functions(compile(text, str(path), "exec"))) - run[str(path)]):
            source = sources[number - 1].strip()
            if not source.startswith(("def ", "@", '"""')):
                yield f"{path.relative_to(ENGINES)}:{number} {source}"


def in_functions(code: CodeType) -> Iterator[int]:
    """Lines of all functions that a piece of code defines."""
    for part in code.co_consts:
        if isinstance(part, CodeType) and part.co_name not in NOT_PLAYED:
            if part.co_flags & inspect.CO_OPTIMIZED:
                yield from (line for _, _, line in part.co_lines() if line and line != part.co_firstlineno)
            yield from in_functions(part)


if __name__ == "__main__":
    main(int(sys.argv[1]), "lines" in sys.argv[2:])
