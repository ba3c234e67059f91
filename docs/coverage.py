"""The page docs/coverage.md, made from docs/coverage.yaml."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from ruamel.yaml import YAML

DATA = Path(__file__).resolve().parent / "coverage.yaml"
STATES = {
    "mechanism": "the engine plays it, or a scenario file holds it",
    "override": "a shipped override",
    "report": "measured and shown",
    "later": "not yet",
}

HEAD = """# Coverage

What the simulation is meant to be able to hold, item by item, and where it does by now. The numbers are
stable: tests and checks refer to them.
"""


def items() -> dict[str, dict[str, str]]:
    """Items by number: ``what`` it is, ``in`` which state, ``where``."""
    loaded: dict[str, dict[str, str]] = YAML(typ="safe").load(DATA.read_text(encoding="utf-8"))
    return loaded


def page() -> str:
    """The text of the page."""
    found = items()
    counts = Counter(item["in"] for item in found.values())
    states = "\n".join(f"- **{state}** ({counts[state]}): {means}" for state, means in STATES.items())
    rows = "\n".join(
        f"| {number} | {item['what']} | {item['in']} | {item['where']} |" for number, item in found.items()
    )
    return f"{HEAD}\n{states}\n\n| item | what | now | where |\n| --- | --- | --- | --- |\n{rows}\n"
