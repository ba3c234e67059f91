"""The engines by name, each imported only when it is wanted."""

from __future__ import annotations

from collections.abc import Callable

from sim.history.tables import History
from sim.spec.model import Model

COMPILED = "compiled"
SIMPY = "simpy"
ENGINES = (COMPILED, SIMPY)
"""The first one is the default. Both give the same histories, event for event."""

Play = Callable[[Model, int, int, bool], History]


def engine_named(name: str) -> Play:
    """The ``play(model, seed, replication, whole)`` of an engine; raises ``KeyError`` for an unknown name."""
    if name == COMPILED:
        from sim.engines.compiled.run import play as play_compiled

        return play_compiled
    if name == SIMPY:
        from sim.engines.process import play as play_simpy

        return play_simpy
    raise KeyError(name)


def play(model: Model, seed: int, replication: int, engine: str = COMPILED, whole: bool = True) -> History:
    """Play one replication of ``model`` from ``-warmup`` to ``horizon``.

    Without ``whole`` its activities, spells and seat time are empty, which takes less time.
    """
    return engine_named(engine)(model, seed, replication, whole)


def make_ready(engine: str) -> None:
    """Do now what an engine has to do once before it plays: the compiled one compiles itself."""
    if engine == COMPILED:
        from sim.engines.compiled.run import compile_now

        compile_now()
