"""Progress on standard error: a bar with the remaining time on a terminal, else a plain line now and then."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Report = Callable[[int, int], None]
Step = Callable[[int, int, str], None]

SECONDS_BETWEEN_LINES = 10.0


@contextmanager
def progress(total: int, what: str = "replications") -> Iterator[Report]:
    """Yield a function to call as ``report(done, total)``."""
    if sys.stderr.isatty():
        with _bar(total, what) as report:
            yield report
    else:
        yield _lines(what)


@contextmanager
def _bar(total: int, what: str) -> Iterator[Report]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
    from rich.progress import TimeRemainingColumn as Remaining

    columns = (
        TextColumn("playing"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(f"{what},"),
        TimeElapsedColumn(),
        TextColumn("so far,"),
        Remaining(elapsed_when_finished=False),
        TextColumn("to go"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("playing", total=total)
        yield lambda done, _: bar.update(task, completed=done)


def _lines(what: str) -> Report:
    """Lines for log files: none for what is quick."""
    last = time.monotonic()
    first: tuple[float, int] | None = None

    def report(done: int, total: int) -> None:
        nonlocal last, first
        now = time.monotonic()
        # The first replication waits for whatever is still compiled: its time says nothing about the rest.
        first = first or (now, done)
        if now - last < SECONDS_BETWEEN_LINES or done == total:
            return
        last = now
        so_far = f"played {done} of {total} {what}"
        if done > first[1]:
            left = (now - first[0]) / (done - first[1]) * (total - done)
            so_far += f", about {duration(left)} to go"
        sys.stderr.write(f"{so_far}\n")
        sys.stderr.flush()

    return report


def duration(seconds: float) -> str:
    """A length of time in words: ``40 s``, ``3 min``, ``2 h 10 min``."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60} min"


@contextmanager
def steps() -> Iterator[Step]:
    """Yield a function to call as ``report(done, total, what)`` for work in named steps."""
    if not sys.stderr.isatty():
        yield _step_lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting")
        yield lambda done, total, what: bar.update(task, completed=done, total=total, description=what)


def _step_lines() -> Step:
    """A line a step, once it takes long."""
    last, said = time.monotonic(), ""

    def report(_done: int, _total: int, what: str) -> None:
        nonlocal last, said
        if time.monotonic() - last < SECONDS_BETWEEN_LINES or what in (said, "done"):
            return
        last, said = time.monotonic(), what
        sys.stderr.write(f"{what} ...\n")
        sys.stderr.flush()

    return report
