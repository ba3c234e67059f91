"""The page docs/outcomes.md, made from the catalogue of outcomes."""

from __future__ import annotations

HEAD = """# Outcomes

Every number that a replication yields. Names never change their meaning. An outcome that is undefined in a
replication (a mean over no tickets) is empty in tables and `null` in JSON, never 0. Money is in the currency
of the scenario; shares are 0 to 1 in files and percent in tables.
"""


def page() -> str:
    """The text of the page."""
    from results.catalogue import FAMILIES, OUTCOMES

    parts = [HEAD]
    for family, heading in FAMILIES.items():
        parts.append(f"## {heading}\n")
        for outcome in OUTCOMES.values():
            if outcome.family != family:
                continue
            better = "neither is better" if outcome.better == "neither" else f"better when {outcome.better}"
            undefined = f" Undefined if {outcome.undefined}." if outcome.undefined else ""
            whole = (
                f" Better or worse only if `{outcome.part}` moved that way too: the share also moves with "
                f"{outcome.whole}."
                if outcome.part
                else ""
            )
            parts.append(
                f"### `{outcome.name}`\n\n"
                f"{outcome.title}. Unit: {outcome.unit}; {better}.\n\n"
                f"{outcome.formula}{undefined}{whole}\n\n"
                f"Source: {outcome.source}.\n"
            )
    return "\n".join(parts)
