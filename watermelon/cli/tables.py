"""Tables for people: the outcomes of one scenario, and scenarios side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table

from results.catalogue import FAMILIES, OUTCOMES
from results.statistics.intervals import Estimate, Probability
from results.statistics.paired import Difference
from results.wording import NOTHING, change, outcome, share

if TYPE_CHECKING:
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

# Blue and orange are told apart by nearly everybody; signs and words say the same.
STYLES = {"better": "blue", "worse": "dark_orange", "changed": "bold", "not clear": "dim", "the same": "dim"}
SIGNS = {"better": "▲ ", "worse": "▼ ", "changed": "◆ "}


def outcome_table(result: ScenarioResult) -> Table:
    """Every outcome of a scenario, family by family, with its interval and spread."""
    currency = result.summaries[0].currency
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Outcome")
    table.add_column("Mean", justify="right")
    table.add_column("95% interval", justify="right")
    table.add_column("P10 to P90", justify="right")
    for family, heading in FAMILIES.items():
        table.add_row(f"\n[bold]{heading}[/bold]")
        for name, described in OUTCOMES.items():
            if described.family != family:
                continue
            found = result.outcomes[name]
            if found is None:
                table.add_row(f"  {described.title}", "undefined")
                continue
            table.add_row(
                f"  {described.title}",
                outcome(found.mean, name, currency),
                interval(found, name, currency),
                f"{outcome(found.p10, name, currency)} to {outcome(found.p90, name, currency)}",
            )
    return table


def target_table(results: list[ScenarioResult]) -> Table:
    """In how many futures each target is met, scenario by scenario."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Business target")
    table.add_column("asks for")
    for result in results:
        table.add_column(escape(result.name), justify="right")
    for name, first in results[0].targets.items():
        cells = []
        for result in results:
            found = result.targets.get(name)
            cells.append(met(found.met) if found else NOTHING)
        title = f"{first.target.objective}: {first.target.outcome}"
        table.add_row(escape(title), escape(asked(results[0], name)), *cells)
    return table


def asked(result: ScenarioResult, name: str) -> str:
    """The metric of a target with its threshold."""
    target = result.targets[name].target
    currency = result.summaries[0].currency
    bound = "at most" if target.at_most else "at least"
    of = ""
    if target.service >= 0:
        of = f" of {result.summaries[0].services.rows[target.service]}"
    return f"{target.metric}{of} {bound} {outcome(target.threshold, target.metric, currency)}"


def met(found: Probability | None) -> str:
    """'met in 34 of 100 futures' with its interval."""
    if found is None:
        return "not measured"
    text = f"met in {round(found.share * found.n)} of {found.n} futures"
    if found.low is None or found.high is None:
        return text
    return f"{text}\n({share(found.low)} to {share(found.high)})"


def comparison_table(comparison: Comparison) -> Table:
    """The headline outcomes: base, and for every other scenario value, difference and verdict."""
    currency = comparison.currency
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Outcome")
    table.add_column(f"{escape(comparison.base.name)}\n(base)", justify="right")
    for result in comparison.others:
        table.add_column(f"{escape(result.name)}\ndifference (95% interval)", justify="right", no_wrap=True)
    for name in HEADLINES:
        if name not in OUTCOMES:
            continue
        base = comparison.base.outcomes[name]
        cells = [
            cell(result.outcomes[name], comparison.differences[result.name][name], name, currency)
            for result in comparison.others
        ]
        table.add_row(OUTCOMES[name].title, _mean(base, name, currency), *cells)
    return table


def cell(found: Estimate | None, differs: Difference | None, name: str, currency: str) -> str:
    """A scenario's mean with the verdict, and below it the difference from the base with its interval."""
    mean = _mean(found, name, currency)
    if differs is None:
        return mean
    verdict = differs.verdict
    first = f"{mean} [{STYLES[verdict]}]{SIGNS.get(verdict, '')}{verdict}[/{STYLES[verdict]}]"
    if verdict == "the same":
        return first
    unit = OUTCOMES[name].unit
    second = change(differs.mean, unit, currency)
    if differs.low is not None and differs.high is not None:
        ends = [_bare(change(end, unit, currency), currency) for end in (differs.low, differs.high)]
        second += f" ({ends[0]} to {ends[1]})"
    return f"{first}\n{second}"


def _bare(text: str, currency: str) -> str:
    """A number whose unit stands beside it already."""
    for unit in (currency, "h", "points"):
        if text.endswith(unit):
            return text.removesuffix(unit).rstrip()
    return text


def interval(found: Estimate, name: str, currency: str) -> str:
    """Interval of a mean, if there is one."""
    if found.low is None or found.high is None:
        return "needs 2 replications"
    return f"{outcome(found.low, name, currency)} to {outcome(found.high, name, currency)}"


def _mean(found: Estimate | None, name: str, currency: str) -> str:
    return "undefined" if found is None else outcome(found.mean, name, currency)
