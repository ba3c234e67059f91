"""Money month by month ties to what was played: to the cent in every replication, and hours are paid once."""

import itertools
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from results.finance.flows import by_year, differences
from results.metrics.customers import leavers
from results.metrics.monthly import CENTS, in_cents, month_edges
from results.metrics.record import Record
from results.metrics.scope import MONTH
from results.summary import Summary, summarise
from scenarios import load
from sim.experiment import Job, play_many
from sim.history.kinds import SeatState
from sim.history.tables import History

YEAR = 8_760
PAID = (SeatState.WORKING, SeatState.IDLE, SeatState.ABSENT)


def played(name: str, replications: int = 2) -> list[tuple[Any, History, Summary]]:
    scenario = load(name, (), float(YEAR))
    found = []
    for number in range(replications):
        model, prices, targets = scenario.model(number), scenario.prices(number), scenario.targets()
        (history,) = play_many([Job(name, model, 1, number)], lambda _, history: history)
        found.append(((model, prices), history, summarise(model, prices, targets, history)))
    return found


PLAYED = [(name, *item) for name in ("small", "small+merger_integration") for item in played(name)]


def half_up(value: Fraction) -> int:
    return int((2 * value + 1) // 2)


@pytest.mark.parametrize("run", PLAYED, ids=lambda run: f"{run[0]}-{run[2].replication}")
def test_pay_is_every_second_in_shift_once_to_the_cent(run: Any) -> None:
    _, (model, prices), history, summary = run
    rows = history.seat_time
    for states, line, factor in ((PAID, "pay", False), ((SeatState.OVERTIME,), "overtime", True)):
        so_far, expected = Fraction(0), []
        edges = month_edges(history.horizon).tolist()
        for start, end in itertools.pairwise(edges):
            for team in range(len(model.teams)):
                own = np.isin(rows.state, states) & (rows.team == team)
                inside = np.minimum(rows.end[own], end) - np.maximum(rows.start[own], start)
                seconds = int(np.maximum(inside, 0).sum())
                price = prices.teams[team]
                rate = Fraction(price.cost_per_hour * (price.overtime_factor if factor else 1.0))
                so_far += 100 * rate * seconds / 3600
            expected.append(half_up(so_far))
        assert np.cumsum(summary.ledger[line]).astype(int).tolist() == expected


@pytest.mark.parametrize("run", PLAYED, ids=lambda run: f"{run[0]}-{run[2].replication}")
def test_every_line_is_its_outcome_to_the_cent(run: Any) -> None:
    outcomes, ledger = run[3].outcomes, run[3].ledger
    for line, name in (
        ("overtime", "overtime_cost"),
        ("margin_lost", "margin_lost"),
        ("customer_value_lost", "customer_value_lost"),
        ("employee_cost_lost", "employee_cost_lost"),
        ("initiative_value_delayed", "initiative_value_delayed"),
    ):
        assert abs(ledger[line].sum() - 100 * outcomes[name]) <= 0.5 + 1e-6, line
    spend = ("pay", "overtime", "tooling", "levers_initial", "levers_once", "levers_running")
    total = sum(ledger[line].sum() for line in spend)
    assert abs(total - 100 * outcomes["cost_total"]) <= 0.5 * len(spend) + 1e-6
    losses = (
        "margin_lost",
        "customer_value_lost",
        "employee_cost_lost",
        "initiative_value_delayed",
        "audit_penalties",
    )
    lost = sum(ledger[line].sum() for line in losses)
    assert abs(lost - 100 * outcomes["business_loss_total"]) <= 0.5 * len(losses) + 1e-6
    assert ledger["employee_hours"].sum() == pytest.approx(outcomes["employee_hours_lost"], rel=1e-12)
    assert ledger["idle_hours"].sum() == pytest.approx(outcomes["idle_hours"], rel=1e-12)


@pytest.mark.parametrize("run", PLAYED, ids=lambda run: f"{run[0]}-{run[2].replication}")
def test_a_lost_customer_is_missed_from_then_on_for_as_long_as_it_counts(run: Any) -> None:
    _, (model, prices), history, summary = run
    edges = month_edges(history.horizon)
    counted = prices.customers.counted_months * MONTH
    gone = leavers(Record(model, prices, history))
    expected = np.zeros(len(edges) - 1)
    for time, customers in zip(gone.time.tolist(), gone.customers.tolist(), strict=True):
        if time >= 0:
            for month, (start, end) in enumerate(itertools.pairwise(edges.tolist())):
                missed = max(0, min(end, time + counted) - max(start, time))
                expected[month] += customers * missed / MONTH
    assert summary.ledger["customer_months"].tolist() == pytest.approx(expected.tolist(), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("run", PLAYED, ids=lambda run: f"{run[0]}-{run[2].replication}")
def test_cents_are_whole(run: Any) -> None:
    for line in CENTS:
        months = run[3].ledger[line]
        assert len(months) == 12
        assert np.array_equal(months, np.floor(months))


def test_a_difference_is_the_two_ledgers_apart_in_whole_cents() -> None:
    runs = {
        name: [run[3] for run in PLAYED if run[0] == name] for name in ("small", "small+merger_integration")
    }
    base, other = runs["small"], runs["small+merger_integration"]
    found = differences(base, other)
    for place, (mine, theirs) in enumerate(zip(base, other, strict=True)):
        for lines, name in ((("pay", "overtime", "tooling"), "spend"), (("margin_lost",), "margin")):
            apart = sum(mine.ledger[line].sum() - theirs.ledger[line].sum() for line in lines)
            assert found.lines[name][place].sum() == apart
        paid = theirs.ledger["levers_initial"].sum() - mine.ledger["levers_initial"].sum()
        assert found.lines["initial"][place].tolist() == [paid, 0.0]
        # An hour left over is a part of the hours paid, and is not subtracted from pay a second time.
        assert theirs.ledger["idle_pay"].sum() < theirs.ledger["pay"].sum()


def test_rounding_adds_up() -> None:
    amounts = np.full(12, 0.004)  # less than half a cent a month, 4.8 cents a year
    cents = in_cents(amounts)
    assert cents.sum() == 5
    assert set(cents.tolist()) == {0.0, 1.0}


def test_months_are_cut_at_the_horizon_and_years_are_whole() -> None:
    assert month_edges(3 * MONTH // 2).tolist() == [0, MONTH, 3 * MONTH // 2]
    assert by_year(np.arange(24.0)).tolist() == [0.0, 66.0, 210.0]


def test_what_is_no_whole_number_of_years_is_refused() -> None:
    scenario = load("small", (), 1_000.0)
    (summary,) = play_many(
        [Job("small", scenario.model(), 1, 0)],
        lambda job, history: summarise(job.model, scenario.prices(), (), history),
    )
    with pytest.raises(ValueError, match="whole number of years"):
        differences([summary], [summary])
