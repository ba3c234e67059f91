"""From played scenarios to their appraisal: the futures of each, and the assumptions by their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from results.finance.appraisal import Futures, Verdicts, appraise
from results.finance.assumed import Assumed
from results.finance.confirm import Confirmed, End, confirm
from results.finance.drivers import Driver
from scenarios.errors import BadInput
from watermelon.plan import AGAIN, Plan
from watermelon.simulation import Progress, play_plan

if TYPE_CHECKING:
    from scenarios import Scenario
    from watermelon.runs import Runs

HOURS_OF_YEAR = 8_760
YEARS = (3, 5)
DRAWS = 128
"""Futures of an appraisal: one replication for each draw of the assumptions."""
TWICE = 32
"""So many of the draws at most are played a second time, to tell luck from ignorance."""
CONFIRMED = 5
"""Drivers of one scenario that paired runs confirm at most."""
CONFIRMING = 12
"""Replications of each."""


@dataclass(frozen=True)
class Appraised:
    """An appraisal with what it was made of; ``assumed`` by name, those of all scenarios together."""

    verdicts: Verdicts
    assumed: Mapping[str, Assumed]
    runs: Runs


def twice(draws: int, *, modes: bool) -> int:
    """How many draws are played again."""
    return 0 if modes else min(TWICE, draws)


def check_terms(scenarios: Mapping[str, Scenario], *, modes: bool) -> None:
    """Refuse to count the same doubt twice.

    Raises
    ------
    BadInput
        If benefits or costs are adjusted for risk while assumptions are drawn from their ranges.
    """
    if modes:
        return
    for label, scenario in scenarios.items():
        terms = scenario.terms()
        for name in ("benefit_adjustment", "cost_adjustment"):
            value = getattr(terms, name)
            if value:
                raise BadInput(
                    f"{label}: finance.{name} = {100 * value:g} % adjusts for risk, and drawing the "
                    "assumptions does too; add --modes, which holds them at their most likely values, or set "
                    "it to 0 %"
                )


def appraised(runs: Runs, years: int) -> Appraised:
    """Appraise every scenario of ``runs`` beside the first.

    Raises
    ------
    BadInput
        If there is nothing beside the base.
    """
    if len(runs.scenarios) < 2:
        raise BadInput("an appraisal needs a base and at least one other scenario")
    base, *others = (_futures(runs, label) for label in runs.scenarios)
    assumed = {item.name: item for scenario in runs.scenarios.values() for item in assumptions_of(scenario)}
    return Appraised(appraise(base, others, years), assumed, runs)


def assumptions_of(scenario: Scenario) -> list[Assumed]:
    """Every assumption of a scenario in words."""
    return [
        Assumed(
            item.path,
            item.title,
            item.value,
            item.low,
            item.high,
            item.unit,
            item.factor,
            scenario.sources.get(item.source, item.source),
            item.grade,
        )
        for item in scenario.assumptions
    ]


def _futures(runs: Runs, label: str) -> Futures:
    scenario, seed = runs.scenarios[label], runs.seed
    numbers = [number for number in runs.replications if number < AGAIN]
    again = len(runs.replications) - len(numbers)
    if runs.interrupted or numbers[:again] != list(range(again)):
        again = 0  # what was played twice need not be what was played once
    draws: Sequence[int | None] = numbers if runs.uncertainty else [None] * len(numbers)
    found = [scenario.numbers(draw, seed) for draw in draws]
    names = found[0].drawn if found else {}
    summaries = runs.summaries[label]
    return Futures(
        name=label,
        title=scenario.layers[-1].file.title if scenario.layers else scenario.title,
        summaries=summaries[: len(numbers)],
        again=summaries[len(numbers) :][:again],
        terms=[scenario.terms_of(item) for item in found],
        employees=max((service.users for service in scenario.prices().services), default=0),
        drawn={name: np.array([item.drawn[name] for item in found]) for name in names},
    )


def confirmed(found: Appraised, label: str, jobs: int, progress: Progress | None = None) -> list[Confirmed]:
    """Play the strongest drivers of a scenario at both ends, all else at its most likely value."""
    base, top = found.verdicts.base, to_confirm(found, label)
    scenarios = {name: found.runs.scenarios[name] for name in (base, label)}
    done = []
    for place, driver in enumerate(top):
        ends: list[End] = []
        for value in (driver.low, driver.high):
            pinned = {name: {driver.name: value} for name in scenarios}
            step = place * 2 + len(ends)
            plan = Plan(
                scenarios, CONFIRMING, found.runs.seed, False, engine=found.runs.engine, pinned=pinned
            )
            runs = play_plan(plan, jobs, _part(progress, step, len(plan), 2 * len(top)))
            terms = [scenarios[label].terms({driver.name: value})] * CONFIRMING
            ends.append((runs.summaries[base], runs.summaries[label], terms))
        done.append(confirm(driver, ends[0], ends[1]))
    return done


def confirming(found: Appraised, label: str) -> int:
    """How many replications ``confirmed`` plays: of base and scenario, at both ends of every driver."""
    return 2 * 2 * CONFIRMING * len(to_confirm(found, label))


def to_confirm(found: Appraised, label: str) -> Sequence[Driver]:
    """The strongest of the drivers that stand out from chance: of the others nothing is said to confirm."""
    return found.verdicts.appraisals[label].clear_drivers[:CONFIRMED]


def _part(progress: Progress | None, step: int, size: int, steps: int) -> Progress | None:
    if progress is None:
        return None
    return lambda done, _: progress(step * size + done, steps * size)


def horizon_hours(years: int) -> float:
    """Hours of so many years."""
    return float(years * HOURS_OF_YEAR)
