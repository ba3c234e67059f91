"""The shipped scenarios compared, at full length: ``python -m docs.comparison`` writes docs/comparison.md.

It also writes the table of the README. Four scenarios, a hundred replications of three years: some minutes.
"""

from __future__ import annotations

import sys
import textwrap
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from docs.merger_tail import BEGIN as TAIL_BEGIN
from docs.merger_tail import END as TAIL_END
from docs.merger_tail import split
from results.statistics.intervals import defined, mean_and_half_width
from scenarios.opening import load_against
from watermelon import load, simulate
from watermelon.runs import Runs

ROOT = Path(__file__).resolve().parent.parent
PAGE, README = ROOT / "docs" / "comparison.md", ROOT / "README.md"
BEGIN, END = "<!-- comparison -->\n", "<!-- end of comparison -->\n"
OTHERS = ("automation", "siloed_it", "merger_integration")
REPLICATIONS = 100

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Row:
    """An outcome, its unit in words, by what to divide it, and digits after the point."""

    outcome: str
    title: str
    divisor: float = 1.0
    digits: int = 0
    per_year: bool = False


ROWS = (
    Row("targets_met_share", "Business targets met (%)", 0.01, 0),
    Row("downtime_hours", "Downtime, hours a year, all services", per_year=True),
    Row("restore_hours_mean", "Mean time to restore, hours", digits=1),
    Row("customers_lost", "Customers lost to IT, a year", per_year=True),
    Row("employee_hours_lost", "Working time lost, thousand hours a year", 1000, 1, per_year=True),
    Row("firefighting_hours", "Firefighting, thousand hours a year", 1000, 1, per_year=True),
    Row("firefighting_budget_share", "IT spend that goes into firefighting (%)", 0.01, 1),
    Row("time_to_market_hours_mean", "Time to market, days", 24, 1),
    Row("sla_attainment_share", "Tickets within their service level (%)", 0.01, 1),
    Row("business_loss_total", "Loss to the business, million USD a year", 1e6, 2, per_year=True),
    Row("cost_total", "IT spend, million USD a year", 1e6, 2, per_year=True),
)
EXTRA = {
    "handoffs": Row("handoffs_per_incident", "", 1, 2),
    "repeats": Row("recurring_incident_share", "", 0.01, 0),
    "incidents": Row("incidents", "", 1, 0, per_year=True),
    "problem_days": Row("problem_age_hours_mean", "", 24, 0),
    "request_hours": Row("request_fulfilment_hours_mean", "", 1, 1),
    "left": Row("attrition_rate_yearly", "", 0.01, 0),
    "overload": Row("overload_mean", "", 0.01, 0),
    "utilisation": Row("utilisation_mean", "", 0.01, 0),
    "idle": Row("idle_hours", "", 1000, 1, per_year=True),
}


class Table:
    """What was played, as text."""

    def __init__(self, runs: Runs, years: float) -> None:
        self.years = years
        self.found = {label.removeprefix("baseline+"): runs.outcomes.loc[label] for label in runs.scenarios}

    def values(self, row: Row, name: str) -> Numbers:
        """[replications] in the unit of the row."""
        numbers: Numbers = self.found[name][row.outcome].to_numpy() / row.divisor
        return numbers / self.years if row.per_year else numbers

    def mean(self, row: Row, name: str) -> str:
        """Mean over replications."""
        return f"{defined(self.values(row, name)).mean():,.{row.digits}f}"

    def change(self, row: Row, name: str) -> str:
        """Paired difference to the baseline, with its interval."""
        mean, half = mean_and_half_width(defined(self.values(row, name) - self.values(row, "baseline")))
        assert half is not None
        if round(abs(mean), row.digits) == 0 and round(half, row.digits) == 0:
            return "no change"
        return f"{mean:+,.{row.digits}f} ± {half:,.{row.digits}f}"

    def table(self) -> str:
        """Baseline, and what each scenario changes."""
        head = "| over three years | baseline | " + " | ".join(f"`{name}`" for name in OTHERS) + " |"
        lines = [head, "| --- |" + " --- |" * (1 + len(OTHERS))]
        for row in ROWS:
            cells = [row.title, self.mean(row, "baseline"), *(self.change(row, name) for name in OTHERS)]
            lines.append("| " + " | ".join(cells) + " |")
        return "\n".join(lines)

    def words(self) -> dict[str, str]:
        """Means by ``row_scenario`` and sizes of differences by ``row_scenario_by``, for the paragraphs."""
        rows = {row.outcome: row for row in ROWS} | EXTRA
        found = {}
        for key, row in rows.items():
            for name in ("baseline", *OTHERS):
                found[f"{key}_{name}"] = self.mean(row, name)
            for name in OTHERS:
                size = abs(defined(self.values(row, name) - self.values(row, "baseline")).mean())
                found[f"{key}_{name}_by"] = f"{size:,.{row.digits}f}"
        return found


PARAGRAPHS = (
    """
**Automation** takes routine requests off the desk: a request waits {request_hours_automation} hours on
average instead of {request_hours_baseline}, and employees lose {employee_hours_lost_automation_by}
thousand working hours a year less. Outages, customers and initiatives hardly move, because the people
who restore services and build what the business asked for are not those who reset passwords. What is
freed is mostly time not on tickets: {idle_automation} thousand hours a year instead of {idle_baseline}.
Unless it is given something to do (`ring_fenced` seats, other work for the desk), the programme costs
{cost_total_automation_by} million USD a year and saves the business
{business_loss_total_automation_by}: on these benefits alone it does not pay within three years. The one
target that it misses and the baseline meets is the spend of the first year (at most 11 million USD).
""",
    """
**Siloed IT** keeps its dashboard green ({sla_attainment_share_siloed_it}% of the tickets within their
service level) while {targets_met_share_siloed_it}% of the business targets are met instead of
{targets_met_share_baseline}%. Handoffs rise from {handoffs_baseline} to {handoffs_siloed_it} an
incident, context is lost on the way and causes are found late: a problem takes {problem_days_siloed_it}
days instead of {problem_days_baseline}, {repeats_siloed_it}% of the incidents are repeats instead of
{repeats_baseline}%, and there are {incidents_siloed_it} incidents a year instead of
{incidents_baseline}. The same people do that work (utilisation {utilisation_siloed_it}% instead of
{utilisation_baseline}%), so what is planned waits: initiatives go live
{time_to_market_hours_mean_siloed_it_by} days later, maintenance slips, and more people leave
({left_siloed_it}% a year instead of {left_baseline}%; their seats are unpaid until they are filled, which is
why IT spends a little less). In some futures the organisation tips into the
[firefighting trap](loops.md); the means carry them, and the intervals show it.
""",
    """
**The merger** brings demand at once and people who know each other later: incidents rise to
{incidents_merger_integration} a year, employees lose {employee_hours_lost_merger_integration_by}
thousand hours a year more, and {left_merger_integration}% of the people leave in a year instead of
{left_baseline}%. Two of everything bring faults and maintenance of their own until services are merged.
The IT people who come along carry part of the load, which is why initiatives do not suffer: they go live
{time_to_market_hours_mean_merger_integration_by} days earlier. Spend, customers kept, sales, working time and
failed changes are the targets that it misses most. IT spends
{cost_total_merger_integration_by} million USD a year more, and the business loses
{business_loss_total_merger_integration_by} million a year more. The rare disaster after the move to one
platform has no place in runs at most likely values: it is [below](#the-rare-disaster-of-a-merger).
""",
)

HEAD = """# The shipped scenarios, compared

What `watermelon compare baseline automation siloed_it merger_integration` answers: {replications}
replications of three years, seed 1, all assumptions at their most likely values, {day}. The baseline in
its own units, then what each scenario changes: paired mean difference ± half of its 95% interval (luck
alone; with `--uncertainty` the doubt about the assumptions comes on top). Written by `python -m
docs.comparison`.

{table}

## Why

{paragraphs}

<!-- tail -->
{tail}<!-- end of tail -->

What a reader should not take from this page: that these are the effects in *their* organisation. The
baseline is [an assumption in most of its numbers](assumptions.md); learn a base from your own tickets
and compare there.
"""


def main() -> None:
    """Play, and write page and README."""
    replications = int(sys.argv[1]) if len(sys.argv) > 1 else REPLICATIONS
    scenarios = [load("baseline"), *(load_against("baseline", name) for name in OTHERS)]
    runs = simulate(*scenarios, replications=replications)
    table = Table(runs, scenarios[0].horizon / (365 * 86400))
    words = table.words()
    paragraphs = [
        textwrap.fill(
            " ".join(text.format(**words).split()), 110, break_on_hyphens=False, break_long_words=False
        )
        for text in PARAGRAPHS
    ]
    _, tail, _ = split(PAGE.read_text(), TAIL_BEGIN, TAIL_END)
    text = HEAD.format(
        replications=replications,
        day=date.today().isoformat(),
        table=table.table(),
        paragraphs="\n\n".join(paragraphs),
        tail=tail,
    )
    PAGE.write_text(text)
    before, _, after = split(README.read_text(), BEGIN, END)
    README.write_text(before + BEGIN + "\n" + table.table() + "\n\n" + END + after)


if __name__ == "__main__":
    main()
