"""`make bench`: measures everything on this machine and writes docs/benchmarks.md."""

import argparse
import datetime as dt
import os
import platform
import subprocess
import sys
from importlib import metadata
from pathlib import Path

from benchmarks.measure import ROOT, peers_there
from benchmarks.parts import PARTS, Size
from watermelon._version import __version__

PAGE = ROOT / "docs" / "benchmarks.md"
NOTE = "<!-- Measured and written by `make bench`: run it again instead of editing. -->"
FULL = Size(1.0, 5)
QUICK = Size(0.05, 2)


def main() -> None:
    """Measure the parts that are wanted; the page is written when all are."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all by default")
    parser.add_argument("--quick", action="store_true", help="a twentieth of the size, to see that it works")
    parser.add_argument("--rounds", type=int, default=None, help="how often each contender plays")
    chosen = parser.parse_args()
    unknown = set(chosen.parts) - set(PARTS)
    if unknown:
        parser.error(f"no part {', '.join(sorted(unknown))}; there are: {', '.join(PARTS)}")
    size = QUICK if chosen.quick else FULL
    if chosen.rounds:
        size = Size(size.share, max(2, chosen.rounds))
    if not peers_there():
        say("the benchmark's environment is missing (`make bench` makes it): Watermelon is measured alone")

    sections = [NOTE, heading(size)]
    print(sections[-1], flush=True)
    for name in PARTS:
        if not chosen.parts or name in chosen.parts:
            sections.append(PARTS[name](size, say))
            print(f"\n{sections[-1]}", flush=True)
    if not chosen.parts:
        PAGE.write_text("\n\n".join(sections) + "\n", encoding="utf-8")
        say(f"written: {PAGE.relative_to(ROOT)}")


def heading(size: Size) -> str:
    """What was measured, where, when and how."""
    how_much = "" if size.share == 1 else f" **At {size.share:.0%} of the full size.**"
    packages = ", ".join(f"{name} {metadata.version(name)}" for name in ("numba", "numpy", "simpy"))
    return f"""# Benchmarks

Watermelon {__version__} at revision {revision()}, measured on {dt.date.today():%d %B %Y} with
Python {platform.python_version()}, {packages},
on {processor()} ({os.cpu_count()} processors, {platform.system()}).

User CPU time, medians of {size.rounds} rounds in which every contender played once in a process of its own.
Start-up and compiling are not in the times. The machine may have been busy with other things: compare
within a table. Ratios carry over to other machines, seconds don't.{how_much}"""


def revision() -> str:
    """The revision of the sources, with a plus if they have been changed since."""
    try:
        head = _git("rev-parse", "--short", "HEAD").strip()
        changed = _git("status", "--porcelain", "--untracked-files=no").strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return head + ("+" if changed else "")


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout


def processor() -> str:
    """The processor's own name, where the system tells."""
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def say(sentence: str) -> None:
    """Say how far it is, on standard error."""
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
