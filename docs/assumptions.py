"""The page docs/assumptions.md: where the shipped baseline rests on assumption, made from its numbers."""

from __future__ import annotations

from collections import Counter

HEAD = """# Where the baseline rests on assumption

The shipped baseline is nobody's company. {uncertain} of its numbers are uncertain and carry a low, a most
likely and a high value; {sourced} of them have a public source, the other {own} are assumptions of the
authors (grade D), and their intervals are wide for that reason. {decided} more are decisions that a
company simply takes (seats, service levels, due dates). Every one is in
`scenarios/library/base/baseline.yaml`; `watermelon show baseline` lists them, and any can be changed
(`--set`), or learnt from [your own tickets](calibration.md).

What follows from that:

- **Believe differences, not levels.** Two scenarios meet the same luck and the same assumptions; most of
  what is wrong with an assumption is wrong in both.
- **Look at the intervals with `--uncertainty`.** Plain runs hold every assumption at its most likely
  value, and their intervals are luck alone.
- **[The sweep](sweep.md) shows which levers matter**, each over a range, in many such worlds.

## What was tuned

These numbers have no source of their own. They were chosen so that outcomes lie where [published
figures](plausibility.md) lie; that those outcomes look right is therefore no evidence:

| chosen | so that |
| --- | --- |
{tuned}

## What has a source

| number | most likely | low to high | grade | source |
| --- | --- | --- | --- | --- |
{rows}

Grades: A primary source, B quoted, C vendor or anecdote, D assumption without a public source, E computed
from data or from other figures.

## How many numbers where

| part of the file | uncertain | of these with a source | decisions |
| --- | --- | --- | --- |
{parts}

## The three overrides

| override | numbers | with a source | source |
| --- | --- | --- | --- |
{overrides}

"""

TUNED = {
    "seats and working times": (
        "the desk spends 40 to 60% of its time on tickets; drawn assumptions rarely overload a team"
    ),
    "births, rates and spread of `faults`, `problems.maturity`, `finds_cause`": (
        "10 to 20% of the incidents are repeats, and the number of faults stays level over three years"
    ),
    "`change_kinds.*.risk`, `size_effect`, `haste_effect`, `rigour_effect`": (
        "5 to 40% of the changes fail, about 10% of all "
    ),
    "windows, meetings, effort of changes and initiatives": "a change takes days, an initiative a quarter",
    "`teams.*.people.attrition`, `strain_effect`": "10 to 40% of the people leave in a year",
    "shares in `impacts`": "about forty major incidents a year, availability 99.5 to 99.9%",
    "`churn_hazard`, `churn_dose`": (
        "what a bank's customers did after its outage of 2018, moved to a shop; least certain of all"
    ),
}


def page() -> str:
    """The text of the page."""
    from scenarios import load

    base = load("baseline")
    uncertain = [item for item in base.assumptions if not item.decided]
    sourced = [item for item in uncertain if item.grade != "D"]
    rows = [
        f"| {item.title} (`{item.path}`) | {item.value:g} {item.unit} | {item.low:g} to {item.high:g} |"
        f" {item.grade} | {base.sources[item.source]} |"
        for item in sourced
    ]
    all_parts = Counter(item.path.split(".")[0] for item in uncertain)
    with_source = Counter(item.path.split(".")[0] for item in sourced)
    decided = Counter(item.path.split(".")[0] for item in base.assumptions if item.decided)
    parts = [
        f"| `{name}` | {all_parts[name]} | {with_source[name]} | {decided[name]} |"
        for name in dict.fromkeys([*all_parts, *decided])
    ]
    overrides = []
    for name in ("automation", "siloed_it", "merger_integration"):
        scenario = load(f"baseline+{name}")
        known = {item.path for item in base.assumptions}
        own = [item for item in scenario.assumptions if item.path not in known and not item.decided]
        found = [item for item in own if item.grade != "D"]
        texts = "; ".join(dict.fromkeys(scenario.sources[item.source] for item in found)) or "none"
        overrides.append(f"| `{name}` | {len(own)} | {len(found)} | {texts} |")
    return HEAD.format(
        uncertain=len(uncertain),
        sourced=len(sourced),
        own=len(uncertain) - len(sourced),
        decided=sum(decided.values()),
        tuned="\n".join(f"| {chosen} | {so_that} |" for chosen, so_that in TUNED.items()),
        rows="\n".join(rows),
        parts="\n".join(parts),
        overrides="\n".join(overrides),
    )
