"""Getting the engine ready before anything is played."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from sim.experiment import COMPILED, make_ready
from sim.kernel import has_compiled_code
from watermelon.cli.mistakes import INTERRUPTED
from watermelon.cli.output import note

FIRST_TIME = "compiling the engine for this machine; this takes half a minute, and only the first time"


def ready(engine: str) -> None:
    """Compile the engine if this is its first run on this machine, and say so."""
    if engine != COMPILED or has_compiled_code():
        return
    note(FIRST_TIME)
    with _stopping_at_once():
        make_ready(engine)


@contextmanager
def _stopping_at_once() -> Iterator[None]:
    """Let Ctrl-C end the command at once: the compiler would swallow it, and nothing is lost yet."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        sys.stderr.write("interrupted while the engine was compiled; nothing was played\n")
        sys.stderr.flush()
        os._exit(INTERRUPTED)

    before = signal.getsignal(signal.SIGINT)
    if before == signal.SIG_IGN or threading.current_thread() is not threading.main_thread():
        yield
        return
    signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
