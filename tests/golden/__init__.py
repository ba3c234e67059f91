"""Golden runs of the shipped small organisation over eight weeks."""

from __future__ import annotations

from pathlib import Path

from scenarios import load
from sim.spec.model import Model

GOLDEN = Path(__file__).with_name("digests.json")
SCENARIOS = ("small", "small+automation", "small+merger_integration", "small+siloed_it")


def model_of(scenario: str) -> Model:
    """The scenario over its first eight measured weeks."""
    return load(scenario, until_hours=8 * 168).model()
