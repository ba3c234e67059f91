"""Running many replications, and nothing about what they mean."""

from sim.engines.process import play
from sim.experiment.run import Job, Stopped, play_many

__all__ = ["Job", "Stopped", "play", "play_many"]
