"""Machine code in files, for one state of the sources, the versions and the processor."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

ENDING = ".code"


class Code(NamedTuple):
    """What the compiler made of an entry: the symbol to call, what that returns, and an object file."""

    symbol: str
    returns: str
    image: bytes


def code_folder() -> Path:
    """Where machine code is kept: a folder for this source code, these versions and this processor.

    The folder carries a hash of all of ``sim``: a change anywhere makes other machine code.
    """
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "watermelon" / _state()[:16]


def _state() -> str:
    import llvmlite.binding as llvm

    state = hashlib.sha256()
    for name in ("numba", "llvmlite", "numpy"):
        state.update(f"{name} {version(name)}\n".encode())
    state.update(f"{sys.version} {llvm.get_process_triple()} {llvm.get_host_cpu_name()}\n".encode())
    state.update(llvm.get_host_cpu_features().flatten().encode())
    for setting in sorted(name for name in os.environ if name.startswith("NUMBA_")):
        state.update(f"{setting}={os.environ[setting]}\n".encode())
    room = Path(__file__).parents[1]
    for path in sorted(room.rglob("*.py")):
        state.update(str(path.relative_to(room)).encode())
        state.update(path.read_bytes())
    return state.hexdigest()


def has_compiled_code() -> bool:
    """Whether the compiled engine has been compiled before, for this code and these versions."""
    return any(_folder().glob(f"*{ENDING}"))


@cache
def _folder() -> Path:
    """Reading all sources once a process will do."""
    return code_folder()


def _place(function: str, source: Path, signature: str) -> Path:
    """An entry may stand outside ``sim``: its file has the hash of its own source in its name."""
    own = hashlib.sha256(source.read_bytes())
    own.update(signature.encode())
    return _folder() / f"{function}-{own.hexdigest()[:16]}{ENDING}"


def find(function: str, source: Path, signature: str) -> Code | None:
    """The code that was kept for this function and signature, if it is whole."""
    try:
        head, _, image = _place(function, source, signature).read_bytes().partition(b"\n")
        checksum, symbol, returns = head.decode().split(" ")
    except (OSError, ValueError):
        return None
    code = Code(symbol, returns, image)
    return code if checksum == _checksum(code) else None


def keep(function: str, source: Path, signature: str, code: Code) -> None:
    """Keep code for later runs, if there is a place for it."""
    head = f"{_checksum(code)} {code.symbol} {code.returns}\n".encode()
    try:
        place = _place(function, source, signature)
        place.parent.mkdir(parents=True, exist_ok=True)
        # Written aside and renamed: other processes may be looking for it.
        number, aside = tempfile.mkstemp(dir=place.parent, suffix=".part")
        with os.fdopen(number, "wb") as file:
            file.write(head + code.image)
        Path(aside).replace(place)
    except OSError:
        return


def _checksum(code: Code) -> str:
    return hashlib.sha256(f"{code.symbol} {code.returns}\n".encode() + code.image).hexdigest()
