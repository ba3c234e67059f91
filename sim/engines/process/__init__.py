"""The process engine: SimPy processes that read like the service handbook. It *is* the specification.

Follow an incident: ``surroundings.stream`` brings it, ``incidents.incident`` is its life,
``journey.solve`` its way through the teams, ``teams.Team`` how they work. From there problems
(``problems.problem``) and changes (``changes.change``) follow; ``ageing`` is what days and weeks bring.
"""

from __future__ import annotations

import gc

from sim.engines.process.changes import raise_emergency
from sim.engines.process.incidents import strike
from sim.engines.process.problems import raise_problem
from sim.engines.process.surroundings import surround
from sim.engines.process.world import Sequels, World
from sim.history.tables import History
from sim.spec.model import Model


def play(model: Model, seed: int, replication: int, whole: bool = True) -> History:
    """Play one replication of ``model`` from ``-warmup`` to ``horizon``; returns its history.

    Without ``whole`` its activities, spells and seat time are empty.
    """
    # Millions of tickets, visits and events live at the same time, and few of them in cycles: to look for
    # those again and again takes a quarter of the time.
    looks_for_cycles = gc.isenabled()
    gc.disable()
    try:
        history = set_up(model, seed, replication).finish()
        return history if whole else history.without_details()
    finally:
        if looks_for_cycles:
            gc.enable()


def set_up(model: Model, seed: int, replication: int) -> World:
    """A world at the start of its warm-up, with everything that comes from outside on its way."""
    world = World(model, seed, replication, Sequels(strike, raise_problem, raise_emergency))
    surround(world)
    return world
