"""What a plan plays: every draw once, the first ones again with other luck, or some assumptions pinned."""

from scenarios import load, load_against
from scenarios.digest import digest_of
from watermelon.plan import AGAIN, Plan


def organisations() -> dict:
    return {"small": load("small", (), 24.0), "more": load_against("small", "automation", (), 24.0)}


def test_the_first_draws_are_played_again_with_their_assumptions_and_other_luck() -> None:
    plan = Plan(organisations(), 3, 1, True, again=2)
    assert len(plan) == 2 * (3 + 2)
    numbers = [job.replication for job in plan]
    assert numbers == [0, 0, 1, 1, 2, 2, AGAIN, AGAIN, AGAIN + 1, AGAIN + 1]
    first, second = plan[0], plan[6]
    assert first.scenario == second.scenario
    assert digest_of((first.model, first.prices), ()) == digest_of((second.model, second.prices), ())
    assert plan[2].prices.employee_cost_per_hour != first.prices.employee_cost_per_hour


def test_a_pinned_assumption_moves_and_nothing_else_does() -> None:
    scenarios = organisations()
    value = {"business.employee_cost": 50.0}
    plan = Plan(scenarios, 1, 1, False, pinned=dict.fromkeys(scenarios, value))
    assert plan[0].prices.employee_cost_per_hour == 50.0
    assert plan[0].prices.services == scenarios["small"].prices().services
    assert digest_of((plan[0].model,), ()) == digest_of((scenarios["small"].model(),), ())
    assert scenarios["small"].terms(value).employee_cost == 50.0


def test_how_money_is_reckoned_is_not_what_is_played() -> None:
    plain, other = load("small", (), 24.0), load("small", ("finance.discount_rate=20 %",), 24.0)
    assert plain.digest == other.digest
    assert other.terms().discount_rate == 0.20
    assert load("small", ("business.employee_cost=50 USD/h",), 24.0).digest != plain.digest
