"""What `roi` prints for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table

from results.finance.advice import advice, case_sentences, name_of, present, tax_present, value_text
from results.finance.wording import CLASS_TITLES, months, multiple, rate
from results.wording import NOTHING, money, part

if TYPE_CHECKING:
    from results.finance.appraisal import Appraisal, Verdicts
    from results.finance.confirm import Confirmed
    from watermelon.appraising import Appraised

NONE_CLEAR = "in {draws} futures no assumption stands out from chance, so that none was played at its ends."

Cell = Callable[["Appraisal"], str]


def show(found: Appraised, confirmed: Mapping[str, Sequence[Confirmed]]) -> None:
    """Print the appraisal: the answer first, then figures, then what they rest on."""
    from watermelon.cli.output import console, listed

    screen, verdicts = console(), found.verdicts
    screen.print(
        f"[bold]{escape(verdicts.base_title)}[/bold]: {verdicts.years} years, played in {verdicts.draws} "
        f"futures (seed {found.runs.seed}), each beside doing nothing under the same luck.\n"
    )
    told = {name: advice(verdicts, item, found.assumed) for name, item in verdicts.appraisals.items()}
    for answer in told.values():
        screen.print(f"[bold]{escape(answer.sentence)}[/bold]")
    screen.print()
    screen.print(figure_table(verdicts))
    screen.print()
    screen.print(flow_table(verdicts))
    screen.print()
    for name, item in verdicts.appraisals.items():
        screen.print(f"[bold]{escape(name)}[/bold]")
        cases = case_sentences(item, found.assumed, verdicts.currency)
        steps = [told[name].steps] if told[name].steps else []
        sentences = [*told[name].how_sure, *told[name].rests_on, *cases, *steps, *warnings(item)]
        screen.print(listed(map(escape, sentences)))
        if confirmed.get(name):
            screen.print(confirm_table(found, confirmed[name]))
        elif name in confirmed:
            screen.print(f"Nothing to confirm: {NONE_CLEAR.format(draws=verdicts.draws)}")
        screen.print()
    if sentences := pair_sentences(verdicts):
        screen.print(listed(map(escape, sentences)))
        screen.print()


def figure_table(verdicts: Verdicts) -> Table:
    """The figures of every scenario, one column each."""
    currency = verdicts.currency
    rows: list[tuple[str, Cell]] = [
        ("Net present value (mean)", lambda a: money(a.npv.mean, currency)),
        ("  in 9 of 10 futures from", lambda a: money(a.p5, currency)),
        ("  to", lambda a: money(a.p95, currency)),
        ("Probability of a loss", lambda a: part(a.p_loss.share)),
        ("Mean of the worst 1 in 20", lambda a: money(a.cvar, currency)),
        (
            "With money saved alone, before tax",
            lambda a: money(float(a.statement.npv_cash_only.mean()), currency),
        ),
        ("Internal rate of return", rate_text),
        ("  modified (MIRR)", lambda a: rate(a.mirr)),
        ("Paid back after", lambda a: months(a.payback_months)),
        ("  discounted", lambda a: months(a.discounted_payback_months)),
        ("Return on investment", lambda a: rate(a.roi)),
        ("Benefits per unit of costs", lambda a: multiple(a.benefit_cost_ratio)),
        ("A month of delay costs", lambda a: money(a.cost_of_delay_month, currency)),
        ("All IT spend, discounted", lambda a: money(a.tco, currency)),
    ]
    return _table(verdicts, "After tax unless it says otherwise", rows)


def flow_table(verdicts: Verdicts) -> Table:
    """Present values by class and net flows by year."""
    currency = verdicts.currency
    rows: list[tuple[str, Cell]] = [(title, _class(name, currency)) for name, title in CLASS_TITLES.items()]
    rows.append(("Costs", lambda a: money(-float(a.statement.costs_present.mean()), currency)))
    rows.append(("Tax", lambda a: money(-tax_present(a), currency)))
    rows += [(f"Net cash flow, year {year}", _flow(year, currency)) for year in range(verdicts.years + 1)]
    return _table(verdicts, "Present values, and cash flows as they come", rows)


def _class(name: str, currency: str) -> Cell:
    return lambda found: money(present(found, name), currency)


def _flow(year: int, currency: str) -> Cell:
    return lambda found: money(float(found.cash_flows[year]), currency)


def confirm_table(found: Appraised, items: Sequence[Confirmed]) -> Table:
    """What regression says of the strongest drivers, and what came out when they were played."""
    currency = found.verdicts.currency
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Played at both ends, all else at its most likely value")
    for heading in ("from", "to", "moves it by, 95% interval", "as said"):
        table.add_column(heading, justify="right")
    for item in items:
        interval = (
            NOTHING
            if item.low is None or item.high is None
            else (f"{money(item.low, currency)} to {money(item.high, currency)}")
        )
        table.add_row(
            escape(name_of(item.driver, found.assumed)),
            escape(value_text(item.driver, item.driver.low, found.assumed)),
            escape(value_text(item.driver, item.driver.high, found.assumed)),
            interval,
            "yes" if item.agrees else "not confirmed",
        )
    return table


def warnings(found: Appraisal) -> list[str]:
    """What one should know about the figures of a scenario."""
    if not found.irr_several:
        return []
    return [
        (
            "Its cash flows change sign more than once: several rates of return can exist, and none is "
            "given; use the modified one."
        )
    ]


def pair_sentences(verdicts: Verdicts) -> list[str]:
    """Scenarios beside each other."""
    sentences = []
    for item in verdicts.pairs:
        better, worse, ahead = (item.a, item.b, item.mean)
        if item.mean < 0:
            better, worse, ahead = item.b, item.a, -item.mean
        share = item.beats.share if better == item.a else 1.0 - item.beats.share
        sentences.append(
            f"{better} is worth {money(ahead, verdicts.currency)} more than {worse}, and more in "
            f"{part(share)} of the futures."
        )
    return sentences


def rate_text(found: Appraisal) -> str:
    """The internal rate of return, or why there is none."""
    return "several" if found.irr_several else rate(found.irr)


def _table(verdicts: Verdicts, heading: str, rows: Sequence[tuple[str, Cell]]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(heading)
    for name in verdicts.appraisals:
        table.add_column(escape(name), justify="right")
    for title, cell in rows:
        table.add_row(title, *(cell(item) for item in verdicts.appraisals.values()))
    return table
