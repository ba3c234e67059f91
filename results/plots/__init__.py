"""Figures of a comparison. Each takes ``ax=``; without it a notebook shows a figure of its own."""

from results.plots.dashboard import dashboard_beside_business
from results.plots.differences import differences
from results.plots.hours import hours_by_kind, hours_by_team
from results.plots.queues import queue_waiting
from results.plots.targets import target_probabilities
from results.plots.weekly import weekly

__all__ = [
    "dashboard_beside_business",
    "differences",
    "hours_by_kind",
    "hours_by_team",
    "queue_waiting",
    "target_probabilities",
    "weekly",
]
