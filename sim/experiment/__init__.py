"""Running many replications, and nothing about what they mean."""

from sim.experiment.engines import COMPILED, ENGINES, SIMPY, make_ready, play
from sim.experiment.run import Abandoned, Job, Stopped, play_many

__all__ = ["COMPILED", "ENGINES", "SIMPY", "Abandoned", "Job", "Stopped", "make_ready", "play", "play_many"]
