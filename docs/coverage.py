"""The page docs/coverage.md, made from watermelon/claims/coverage.yaml (`watermelon claims` reads it too)."""

from __future__ import annotations

from collections import Counter

from watermelon.claims.committed import verdicts
from watermelon.claims.table import items

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


def page() -> str:
    """The text of the page."""
    found = items()
    counts = Counter(item["in"] for item in found.values())
    states = "\n".join(f"- **{state}** ({counts[state]}): {means}" for state, means in STATES.items())
    checked = verdicts()
    rows = "\n".join(
        f"| {number} | {item['what']} | {item['in']} | {item['where']} | {checked.get(number, '')} |"
        for number, item in found.items()
    )
    head = "| item | what | now | where | [claim check](claims.md) |\n| --- | --- | --- | --- | --- |"
    return f"{HEAD}\n{states}\n\n{head}\n{rows}\n"
