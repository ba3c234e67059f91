"""The documentation page of the catalogue, made from it."""

from __future__ import annotations

from results.catalogue import FAMILIES, OUTCOMES
from results.catalogue.outcome import Outcome

INTRODUCTION = """# Outcomes

Every number that a run yields, once. Each is measured in every replication, over the whole measured period or
over the window of a target, of all services or (where it says so) of one.

- A ticket belongs to the window in which it began: an incident when it occurred, not when it was detected.
- Times are calendar hours, nights and weekends included, unless they say otherwise.
- What is still open counts with its age at the end of the window, and the number open stands beside it.
- An outcome without a value in a replication (no incident, no time to restore) is left out of means and
  pairs, and `n` says how many replications had one; without a value in any it is `null`, never 0.
- A window [a, b) knows nothing of what happens at b or later. What a ticket went through (handoffs, priority,
  first contact) counts as known at the end of the run.
- Money is in the currency of the scenario. A year is 8,760 h, a month 730 h.
"""

BETTER = {"lower": "lower is better", "higher": "higher is better", "neither": "neither better nor worse"}


def outcomes_page() -> str:
    """The text of ``docs/outcomes.md``."""
    parts = [INTRODUCTION]
    for family, heading in FAMILIES.items():
        members = [item for item in OUTCOMES.values() if item.family == family]
        parts.append(f"## {heading}\n")
        parts.append("| outcome | in words | unit | better |\n| --- | --- | --- | --- |")
        parts.append(
            "\n".join(f"| [`{o.name}`](#{o.name}) | {o.title} | {o.unit} | {o.better} |" for o in members)
        )
        parts.append("")
        parts += [_entry(item) for item in members]
    return "\n".join(parts)


def _entry(outcome: Outcome) -> str:
    lines = [
        f"### `{outcome.name}`\n",
        f"{outcome.title} ({outcome.unit}; {BETTER[outcome.better]}; {outcome.kind}).\n",
        f"{outcome.formula}\n",
    ]
    if outcome.undefined:
        lines.append(f"No value if {outcome.undefined}.\n")
    if not outcome.by_service:
        lines.append("Of the whole organisation only.\n")
    lines.append(f"Source: {outcome.source}.\n")
    return "\n".join(lines)
