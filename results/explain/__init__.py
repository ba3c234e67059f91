"""Why a scenario differs: which team, which flow, which service; in plain sentences with numbers."""

from results.explain.reasons import explain

__all__ = ["explain"]
