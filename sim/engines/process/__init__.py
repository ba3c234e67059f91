"""The process engine: SimPy processes that read like the service handbook. It *is* the specification.

Follow an incident: ``surroundings.stream`` brings it, ``incidents.incident`` is its life,
``journey.solve`` its way through the teams, ``teams.Team`` how they work.
"""

from __future__ import annotations

from sim.engines.process.surroundings import surround
from sim.engines.process.world import World
from sim.history.tables import History
from sim.spec.model import Model


def play(model: Model, seed: int, replication: int) -> History:
    """Play one replication of ``model`` from ``-warmup`` to ``horizon``; returns its history."""
    world = World(model, seed, replication)
    surround(world)
    return world.finish()
