"""The page docs/dials.md: every dial and remedy as a table of what it moves, made from its file.

What came out when they were played is read from docs/dials-played.json, which `python -m docs.dials_played`
writes.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from watermelon.claims.table import items

if TYPE_CHECKING:
    from scenarios import Scenario
    from scenarios.levers import Op
    from scenarios.schema.files import Change
    from scenarios.shipped import Entry

HEAD = """# Dials and remedies

A *dial* is one cause of misalignment at a plausible bad level, a *remedy* one thing that can be done about
it. Both are overrides like any other: rows of parameters that they move, and nothing else. No dial has code
in an engine. Combine them: `watermelon compare baseline+silos baseline+silos+shared_tools` asks what tools do
where teams do not talk. `watermelon show baseline+council --diff baseline` says in words what one changes.

- A dial acts always, warm-up included, as a state that the organisation has been in for long;
  `stale_mapping` alone begins on the first day and grows.
- A remedy begins on a day, grows (its lag), and fades with a half-life where nobody keeps it up. One without
  a half-life is kept up by its yearly cost, and holds as long as that is paid.
- Hours are paid in `absence`: people who attend, write or learn are away from their work.
- Nearly all numbers are assumptions of the authors (`own`, grade D), and their ranges are wide for that
  reason. The *direction* comes from the texts that define the project, the size does not: draw them
  (`--uncertainty`) before you believe a sum.
- Factors and amounts meet as everywhere: (value x all factors) + all amounts. So a remedy halves what a dial
  has tripled, but does not undo it.

## What is not there

A dial can move only what a key moves. These would need one, and the stories say where it is missed:

| wanted | what stands for it now |
| --- | --- |
{missing}

The believed value of initiatives and problems orders work only where a team works by `business_impact`; under
`severity`, as in the shipped bases, planned work is done in the order in which it was raised. Add
`aligned_bonuses` or `--set "teams[*].policy=business_impact"` to see wrong beliefs about planned work bite.
"""

MISSING = {
    "beliefs that move *towards* the true weights, whatever these are": (
        "factors on beliefs in dials; remedies move the error of priorities alone"
    ),
    "the start of an initiative as a lever (late decisions, late information)": (
        "effort of initiatives, approvals, answers to questions"
    ),
    "the dates of the approval meeting as a lever": (
        "how much a meeting approves, and how long an approval takes; dates are fixed for a run"
    ),
    "a stretch of other overrides' ramps (resistance, a change programme)": (
        "use of automation, failures, workarounds found"
    ),
    "a change that grows towards its end by halves (a map that ages)": (
        "growth in equal steps over twice the half-life"
    ),
    "trust, as a stock that broken promises drain": "a level of trust",
    "the time that a leadership takes to recognise a trend": "fewer repeats and majors are asked after",
    "demand that an old framework cannot serve at all": "longer and more approvals, larger and rarer changes",
}
"""What dials and remedies would move if there were a key for it."""

PLAYED = """## What came out

Each played beside the baseline on {date}: {replications} replications of {weeks} weeks, seed {seed}, all
numbers at their most likely values. Differences are paired, ± half of the 95% interval (luck alone).
*Expected in* was written down before anything was played. {outcomes} outcomes are watched, and in a table of
this size some look clear by luck. A first year is short for a remedy that costs hours now and pays later.
Written by `python -m docs.dials_played`.

{rows}

The baseline has {baseline}.

What to see in it:

- Under `ticket_counting`, `mapping_errors` and `stale_mapping` the mean time to restore gets *better* while
  more customers are lost: a mean over all tickets does not say which of them wait.
- Under `aligned_bonuses` initiatives go live later, and still the business loses less (over three years too):
  work is done by the value that it loses per hour of work, and the changes of an initiative are long.
- A few long outages in one future of ten make some intervals wide (`ticket_counting`, `pilot_first`):
  their means say little in a single year.
- IT spend has what a remedy costs in money; hours away are paid anyway, and show in what is not done.
- Not what was expected: {not_expected}.
- Where nothing gets clearly better in a year:
{unpaid}
"""

SHORT = {
    "downtime_hours": "downtime",
    "restore_hours_mean": "time to restore",
    "request_fulfilment_hours_mean": "time to fulfil a request",
    "customers_lost": "customers lost",
    "employee_hours_lost": "working time lost",
    "user_satisfaction": "satisfaction",
    "recurring_incident_share": "repeats",
    "change_failure_share": "failed changes",
    "time_to_market_hours_mean": "time to market",
    "initiative_value_delayed": "value of initiatives delayed",
    "business_loss_total": "loss to the business",
}
"""Outcomes in a few words."""

COLUMNS = (
    "played",
    "expected in",
    "difference there",
    "clearly better",
    "clearly worse",
    "within service level (points)",
    "IT spend (thousand USD)",
    "hours away",
)

FORMS = {
    "user_satisfaction": (0.01, 2, " %"),
    "recurring_incident_share": (0.01, 1, " %"),
    "change_failure_share": (0.01, 1, " %"),
    "sla_attainment_share": (0.01, 2, ""),
    "restore_hours_mean": (1, 2, " h"),
    "request_fulfilment_hours_mean": (1, 1, " h"),
    "downtime_hours": (1, 1, " h"),
    "time_to_market_hours_mean": (24, 1, " days"),
    "initiative_value_delayed": (1e3, 0, " thousand USD"),
    "business_loss_total": (1e3, 0, " thousand USD"),
    "cost_total": (1e3, 0, ""),
}
"""By what an outcome is divided, digits after the point, and its unit."""


def page() -> str:
    """The text of the page."""
    from scenarios import catalogue

    shipped = catalogue()
    missing = "\n".join(f"| {wanted} | {instead} |" for wanted, instead in MISSING.items())
    parts = [HEAD.format(missing=missing)]
    for family, heading in (("dial", "Dials"), ("remedy", "Remedies")):
        parts.append(f"## {heading}\n")
        parts += [entry_text(item) for item in shipped if item.family == family]
    return "\n".join([*parts, played()])


def items_of(name: str) -> list[str]:
    """Items of the coverage table whose line names a scenario."""
    return [number for number, item in items().items() if f"`{name}`" in item["where"]]


def entry_text(item: Entry) -> str:
    """A dial or remedy: what it is, what it moves, what it costs."""
    from scenarios import load
    from scenarios.wording import cost_text

    scenario = load(f"baseline+{item.name}")
    (layer,) = scenario.layers
    rows = [row(scenario, number, change) for number, change in enumerate(layer.file.changes)]
    costs = [cost_text(part.cost) for part in scenario.merged.costs]
    used = {op.amount.source: op.amount.grade for ops in scenario.merged.ops.values() for op in ops}
    others = {key: grade for key, grade in used.items() if key and grade != "D"}
    sources = [f"{scenario.sources[key].rstrip('.')} ({grade})" for key, grade in others.items()]
    stands = ", ".join(items_of(item.name)) or "none"
    lines = [
        f"### `{item.name}`: {item.title}\n",
        f"{' '.join(layer.file.story.split())} Stands for: {stands}.\n",
        "| what it moves | by (range) | from, growing | fades | why | source |",
        "| --- | --- | --- | --- | --- | --- |",
        *rows,
    ]
    if costs:
        lines.append(f"\nCosts in the baseline: {'; '.join(costs)}.")
    lines += [f"\nSource: {text}." for text in sources]
    return "\n".join(lines) + "\n"


def row(scenario: Scenario, number: int, change: Change) -> str:
    """One change of a file."""
    from scenarios.wording import describe_key

    name = scenario.layers[0].name
    draw = f"{name}: {change.kind} {change.selector} #{number + 1}"
    path, op = next((path, op) for path, ops in scenario.merged.ops.items() for op in ops if op.draw == draw)
    begins = "always" if scenario.layers[0].file.since == "always" else begin_text(scenario, change)
    fades = "no" if change.half_life is None else f"by half in {change.half_life}"
    if change.until is not None:
        fades = f"ends at {change.until}"
    # A source that the base has under the same name gets the name of the override in front.
    source = f"{op.amount.source.removeprefix(f'{name} ')} {op.amount.grade}".strip() or "decided"
    what = f"{describe_key(path)}: `{change.selector}`"
    return f"| {what} | {amount_text(op)} | {begins} | {fades} | {change.why} | {source} |"


def begin_text(scenario: Scenario, change: Change) -> str:
    """When a change begins, and over how long it grows."""
    milestone = scenario.layers[0].file.milestones.get(str(change.begin))
    begin = f"{milestone.at} ({milestone.title})" if milestone else str(change.begin or "start")
    return begin if change.ramp is None else f"{begin}, over {change.ramp}"


def amount_text(op: Op) -> str:
    """What a change does, with its range."""
    amount = op.amount
    if op.kind == "set":
        return f"`{amount.text()}`"
    sign = "x " if op.kind == "times" else "+ "
    if amount.low == amount.high:
        return sign + amount.text()
    low, high = (amount.text(end).removesuffix(amount.unit).strip() for end in (amount.low, amount.high))
    return f"{sign}{amount.text()} ({low} to {high})"


def figure(outcome: str, value: float, *, signed: bool) -> str:
    """A value of an outcome without its unit."""
    divisor, digits, _ = FORMS.get(outcome, (1, 0, ""))
    return f"{value / divisor:{'+' if signed else ''},.{digits}f}"


def unit(outcome: str) -> str:
    """Its unit."""
    return FORMS.get(outcome, (1, 0, " h" if outcome.endswith("hours_lost") else ""))[2]


def paired(outcome: str, effect: list[float]) -> str:
    """A paired difference with its interval."""
    if effect == [0.0, 0.0]:
        return "none"
    mean, half = effect
    return f"{figure(outcome, mean, signed=True)} ± {figure(outcome, half, signed=False)}"


def played() -> str:
    """What came out when all were played."""
    from docs.dials_played import BUSINESS, EXPECTED, FILE, UNPAID, side, wanted_side

    told: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    rows = ["| " + " | ".join(COLUMNS) + " |", "| --- " * len(COLUMNS) + "|"]
    missed = []
    for name, effects in told["effects"].items():
        main = EXPECTED[name]
        sides = {outcome: side(outcome, (effects[outcome][0], effects[outcome][1])) for outcome in BUSINESS}
        if sides[main] != wanted_side(name):
            missed.append(f"`{name}` ({SHORT[main]})")
        better, worse = (
            ", ".join(SHORT[key] for key, value in sides.items() if value == sign) or "none"
            for sign in (1, -1)
        )
        cells = [
            f"`{name}`",
            SHORT[main],
            f"{paired(main, effects[main])}{unit(main)}",
            better,
            worse,
            paired("sla_attainment_share", effects["sla_attainment_share"]),
            paired("cost_total", effects["cost_total"]),
            paired("absent_hours", effects["absent_hours"]),
        ]
        rows.append("| " + " | ".join(cells) + " |")
    baseline = ", ".join(
        f"{SHORT[key]} {figure(key, told['baseline'][key], signed=False)}{unit(key)}" for key in BUSINESS
    )
    return PLAYED.format(
        rows="\n".join(rows),
        baseline=baseline,
        outcomes=len(BUSINESS),
        not_expected=", ".join(missed) or "nothing",
        unpaid="\n".join(f"  - `{name}`: {why}." for name, why in UNPAID.items()),
        **{key: told[key] for key in ("date", "replications", "weeks", "seed")},
    )
