"""Where a result comes from: versions, sources, and what else one needs to get it again."""

from __future__ import annotations

import hashlib
import platform
from functools import lru_cache
from importlib import metadata
from pathlib import Path

from watermelon._version import __version__

_ROOMS = ("sim", "results", "scenarios", "calibration", "watermelon")
_PACKAGES = (
    "numpy",
    "scipy",
    "pandas",
    "simpy",
    "numba",
    "pydantic",
    "ruamel.yaml",
    "holidays",
    "matplotlib",
)
_SOURCES = {".py", ".yaml", ".json", ".html", ".css", ".j2"}


def versions() -> dict[str, str]:
    """Versions of Watermelon, Python and every package that can move a number."""
    found = {"watermelon": __version__, "python": platform.python_version()}
    for name in _PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


@lru_cache(maxsize=1)
def source_hash() -> str:
    """SHA-256 over names and contents of the five rooms' files: the code and the library that were run."""
    home = Path(__file__).resolve().parent.parent
    sum_of_all = hashlib.sha256()
    files = (path for room in _ROOMS for path in (home / room).rglob("*") if path.suffix in _SOURCES)
    for path in sorted(files):
        sum_of_all.update(path.relative_to(home).as_posix().encode())
        sum_of_all.update(b"\0")
        sum_of_all.update(hashlib.sha256(path.read_bytes()).digest())
    return sum_of_all.hexdigest()


def provenance() -> dict[str, object]:
    """Everything about the machine and the code; no time of day, so that a run repeats byte for byte."""
    return {
        "versions": versions(),
        "source_sha256": source_hash(),
        "platform": f"{platform.system()} {platform.machine()}",
        "implementation": platform.python_implementation(),
    }
