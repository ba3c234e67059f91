"""Tables for people: the outcomes of one scenario, and scenarios side by side."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table

from results.asks import asked
from results.catalogue import FAMILIES, OUTCOMES
from results.doubt import HEADINGS, doubt_rows
from results.naming import NO_TITLES, Titles
from results.statistics.intervals import Estimate, Probability
from results.statistics.paired import Difference
from results.told import told
from results.wording import NOTHING, SPACE, outcome, part

if TYPE_CHECKING:
    from results.attribution import Attribution
    from results.compare import Comparison, ScenarioResult

HEADLINES = (
    "downtime_hours",
    "availability_share",
    "restore_hours_mean",
    "restore_hours_p90",
    "request_fulfilment_hours_mean",
    "customers_lost",
    "employee_hours_lost",
    "sla_attainment_share",
    "first_contact_share",
    "handoffs_per_incident",
    "incident_backlog_end",
    "firefighting_hours_share",
    "utilisation_mean",
    "overtime_hours",
    "revenue_lost",
    "business_loss_total",
    "cost_total",
)
"""Outcomes that a comparison shows on the screen; all of them are in the report and in outcomes.csv."""

WIDTH_WITH_SPREAD = 100
NARROWEST_TITLE = 24
WIDTH_OF_BASE = 12
WIDTH_OF_CELL = 30
COLUMN_GAP = 2
LONGEST_NAME = 12
"""Letters: what columns need at least, the space between them, and a name on one line."""

# Blue and orange are told apart by nearly everybody; signs and words say the same.
STYLES = {"better": "blue", "worse": "dark_orange", "changed": "bold"}
"""Styles of verdicts; all others are dim."""
SIGNS = {"better": "▲ ", "worse": "▼ ", "changed": "◆ ", "negligible": "≈ "}


def outcome_table(comparison: Comparison, width: int) -> Table:
    """Outcomes of the base that have a value, family by family, with interval and, if there is room, spread.

    Of a single replication there is just its value. ``undefined_line`` names the others.
    """
    result, currency = comparison.base, comparison.currency
    several = result.replications > 1
    spread = several and width >= WIDTH_WITH_SPREAD
    caption = None if several else "Played once; intervals need at least 2 replications (-r)."
    table = Table(box=None, pad_edge=False, header_style="bold", caption=caption, caption_justify="left")
    table.add_column("Outcome")
    table.add_column("Mean" if several else "Value", justify="right")
    if several:
        table.add_column("95% interval", justify="right")
    if spread:
        table.add_column("P10 to P90", justify="right")
    for family, heading in FAMILIES.items():
        defined = {
            name: found
            for name, described in OUTCOMES.items()
            if described.family == family and (found := result.outcomes[name]) is not None
        }
        if defined:
            table.add_row(f"\n[bold]{heading}[/bold]")
        for name, found in defined.items():
            table.add_row(
                comparison.title(name),
                outcome(found.mean, name, currency),
                *([interval(found, name, currency)] if several else []),
                *([between(found.p10, found.p90, name, currency)] if spread else []),
            )
    return table


def undefined_line(comparison: Comparison) -> str:
    """The outcomes without a value, in one sentence; empty if there is none."""
    names = [name for name in OUTCOMES if comparison.base.outcomes[name] is None]
    if not names:
        return ""
    titles = "; ".join(comparison.title(name) for name in names)
    return f"Undefined, as nothing of the kind is in the base, happened or could be judged: {titles}."


def doubt_table(comparison: Comparison, result: ScenarioResult) -> Table | None:
    """What the spread of the answers comes from; None where no draw was played twice."""
    rows = doubt_rows(comparison, result)
    if not rows:
        return None
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, COLUMN_GAP, 0, 0))
    table.add_column("Where the spread comes from")
    for heading in HEADINGS:
        table.add_column(heading, justify="right")
    for row in rows:
        table.add_row(row.title, row.unknown, row.luck)
    return table


def target_table(comparison: Comparison, titles: Titles = NO_TITLES) -> Table | None:
    """In how many futures each target is met, scenario by scenario; None if the run is too short for all."""
    results = list(comparison.scenarios.values())
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(f"Business target\n[dim]met in how many of {results[0].replications} futures[/dim]")
    for result in results:
        table.add_column(escape(broken(result.name)), justify="right", no_wrap=True)
    for name, first in results[0].targets.items():
        found = [result.targets.get(name) for result in results]
        if not any(item and item.met for item in found):
            continue
        cells = [met(item.met) if item else NOTHING for item in found]
        title = f"{first.target.objective}: {first.target.outcome or name}"
        table.add_row(
            f"{escape(title)}\n[dim]{escape(asked(comparison, first.target, titles))}[/dim]", *cells
        )
    return table if table.rows else None


def met(found: Probability | None) -> str:
    """'34 of 100' with the interval of the probability."""
    if found is None:
        return "no value"
    text = f"{round(found.share * found.n)} of {found.n}"
    if found.low is None or found.high is None:
        return text
    return f"{text}\n[dim]{part(found.low)} to {part(found.high)}[/dim]"


def broken(name: str, most: int = LONGEST_NAME) -> str:
    """A name on several lines, if it is long: it may break after + _ / . and -."""
    if len(name) <= most:
        return name
    lines = [""]
    for piece in re.findall(r"[^+_/.\s-]*[+_/.\s-]?", name):
        if lines[-1] and len(lines[-1]) + len(piece) > most:
            lines.append("")
        lines[-1] += piece
    return "\n".join(lines)


def comparison_tables(comparison: Comparison, width: int) -> list[Table]:
    """The headline outcomes: base, and for every other scenario value, difference and verdict.

    As many scenarios stand side by side as ``width`` letters have room for; the others follow below.
    """
    room = width - NARROWEST_TITLE - COLUMN_GAP - WIDTH_OF_BASE
    beside = max(1, room // (WIDTH_OF_CELL + COLUMN_GAP))
    others = comparison.others
    return [
        comparison_table(comparison, others[first : first + beside])
        for first in range(0, len(others), beside)
    ]


def comparison_table(comparison: Comparison, others: list[ScenarioResult]) -> Table:
    """The headline outcomes of the base and of some of the other scenarios."""
    currency = comparison.currency
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, COLUMN_GAP, 0, 0))
    table.add_column("Outcome")
    table.add_column(f"{escape(broken(comparison.base.name))}\n(base)", justify="right", no_wrap=True)
    for result in others:
        name = escape(broken(result.name, WIDTH_OF_CELL))
        table.add_column(f"{name}\ndifference (95% interval)", justify="right", no_wrap=True)
    for name in HEADLINES:
        cells = [
            cell(result.outcomes[name], comparison.differences[result.name][name], name, currency)
            for result in others
        ]
        table.add_row(comparison.title(name), _mean(comparison.base.outcomes[name], name, currency), *cells)
    return table


def attribution_table(found: Attribution, comparison: Comparison) -> Table:
    """Each headline outcome's difference, and the part of it that comes from each override or group."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, COLUMN_GAP, 0, 0))
    table.add_column(f"What comes from what\n[dim]{found.replications} futures, 95% interval[/dim]")
    for title in (*found.players, "All together"):
        table.add_column(escape(title), justify="right")
    for name in HEADLINES:
        whole, parts = found.whole[name], found.parts[name]
        if whole is not None and parts is not None:
            cells = [_part(item, name, comparison.currency) for item in (*parts, whole)]
            table.add_row(comparison.title(name), *cells)
    return table


def _part(found: Difference, name: str, currency: str) -> str:
    """A part of a difference with its verdict, and its interval below it."""
    verdict, words = found.verdict, told(found, OUTCOMES[name].unit, currency)
    style = STYLES.get(verdict, "dim")
    first = f"[{style}]{SIGNS.get(verdict, '')}{words.mean}[/{style}]"
    return f"{first}\n{words.low} to {words.high}" if words.low != words.high else first


def notes(comparison: Comparison, other: ScenarioResult) -> list[str]:
    """Why shares moved that are neither better nor worse for it."""
    found = comparison.differences[other.name]
    return [
        f"{OUTCOMES[name].title}: changed {item.note}."
        for name in HEADLINES
        if (item := found[name]) is not None and item.note
    ]


def cell(found: Estimate | None, differs: Difference | None, name: str, currency: str) -> str:
    """A scenario's mean with the verdict, and below it the difference from the base with its interval."""
    mean = _mean(found, name, currency)
    if differs is None:
        return mean
    verdict = differs.verdict
    style = STYLES.get(verdict, "dim")
    first = f"{mean} [{style}]{SIGNS.get(verdict, '')}{verdict}[/{style}]"
    if verdict == "the same":
        return first
    words = told(differs, OUTCOMES[name].unit, currency)
    ends = f" ({words.low} to {words.high})" if words.low != words.high else ""
    return f"{first}\n{words.mean}{ends}"


def _bare(text: str, currency: str) -> str:
    """A number whose unit stands beside it already."""
    for unit in (currency, f"{SPACE}h", f"{SPACE}points", f"%{SPACE}a{SPACE}month", "%"):
        if text.endswith(unit):
            return text.removesuffix(unit).rstrip()
    return text


def interval(found: Estimate, name: str, currency: str) -> str:
    """Interval of a mean, if there is one."""
    if found.low is None or found.high is None:
        return NOTHING
    return between(found.low, found.high, name, currency)


def between(low: float, high: float, name: str, currency: str) -> str:
    """Two values of an outcome, their unit once."""
    return f"{_bare(outcome(low, name, currency), currency)} to {outcome(high, name, currency)}"


def _mean(found: Estimate | None, name: str, currency: str) -> str:
    return "undefined" if found is None else outcome(found.mean, name, currency)
