"""Running many replications, and nothing about what they mean."""

from sim.experiment.engines import COMPILED, ENGINES, SIMPY, play
from sim.experiment.run import Job, Stopped, play_many

__all__ = ["COMPILED", "ENGINES", "SIMPY", "Job", "Stopped", "play", "play_many"]
