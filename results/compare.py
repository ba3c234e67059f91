"""Scenarios side by side: how each does, and how each differs from the base under the same luck."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from results.catalogue import OUTCOMES
from results.judgement import judged
from results.learnt import MARK, is_assumed
from results.prices import Target
from results.statistics.intervals import Estimate, Probability, estimate, probability
from results.statistics.luck import Luck, luck_of
from results.statistics.paired import Difference, difference
from results.summary import Summary
from results.told import told
from results.wording import NOTHING, outcome, share
from sim.spec.calendars import Floats

if TYPE_CHECKING:
    import pandas as pd

Runs = Mapping[str, Sequence[Summary]]
"""Replications of each scenario, by the name under which it is shown; the first is the base."""


@dataclass(frozen=True, slots=True)
class TargetResult:
    """A target over all replications: how likely it is met, and what its metric was."""

    target: Target
    met: Probability | None
    value: Estimate | None


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """One scenario over all replications; an outcome undefined in every one is None."""

    name: str
    summaries: tuple[Summary, ...]
    outcomes: dict[str, Estimate | None]
    targets: dict[str, TargetResult]
    luck: dict[str, Luck | None] = field(default_factory=dict)
    """Of each outcome, where sets of assumptions were played twice."""

    @property
    def replications(self) -> int:
        """Number of replications."""
        return len(self.summaries)

    def values(self, outcome: str) -> Floats:
        """[replications] One outcome; nan where undefined."""
        return np.array([summary.outcomes[outcome] for summary in self.summaries])

    def weekly(self, series: str) -> Floats:
        """[replications, weeks] One weekly series."""
        return np.vstack([summary.weekly[series] for summary in self.summaries])


@dataclass(frozen=True, slots=True)
class Comparison:
    """Scenarios in the order given, the base first; ``differences`` are each other's less the base's.

    ``assumed`` says in words what rests on assumptions, where the base was learnt from a log. ``luck`` tells,
    of each difference, luck from ignorance, where sets of assumptions were played twice: the last ``again``
    replications are of the assumptions of the first.
    """

    scenarios: dict[str, ScenarioResult]
    differences: dict[str, dict[str, Difference | None]]
    assumed: tuple[str, ...] = ()
    luck: dict[str, dict[str, Luck | None]] = field(default_factory=dict)
    again: int = 0

    @property
    def base(self) -> ScenarioResult:
        """The scenario that all others are compared with."""
        return next(iter(self.scenarios.values()))

    @property
    def others(self) -> list[ScenarioResult]:
        """All scenarios but the base."""
        return list(self.scenarios.values())[1:]

    @property
    def replications(self) -> int:
        """Number of replications of each scenario."""
        return self.base.replications

    @property
    def currency(self) -> str:
        """ISO 4217 code of all money."""
        return self.base.summaries[0].currency

    def is_assumed(self, name: str) -> bool:
        """Whether the base was learnt from a log, and no log holds this outcome."""
        return is_assumed(name, self.assumed)

    def title(self, name: str) -> str:
        """Title of an outcome, marked where no log holds it."""
        return f"{OUTCOMES[name].title}{f' {MARK}' if self.is_assumed(name) else ''}"

    def __repr__(self) -> str:
        return comparison_table(self).to_string()

    def _repr_html_(self) -> str:
        return str(comparison_table(self).to_html())


def summarise_runs(name: str, summaries: Sequence[Summary], again: int = 0) -> ScenarioResult:
    """Means, intervals and target probabilities of one scenario, of which the last ``again`` are repeats.

    Raises
    ------
    ValueError
        If there is no replication.
    """
    if not summaries:
        raise ValueError(f"{name} has no replication")
    values = {name: np.array([summary.outcomes[name] for summary in summaries]) for name in OUTCOMES}
    outcomes = {
        key: estimate(values[key], bounds=outcome.bounds, again=again) for key, outcome in OUTCOMES.items()
    }
    targets = {}
    for place, first in enumerate(summaries[0].targets):
        reached = [summary.targets[place] for summary in summaries]
        targets[first.target.name] = TargetResult(
            first.target,
            probability([value.met for value in reached]),
            estimate(
                [value.value for value in reached], bounds=OUTCOMES[first.target.metric].bounds, again=again
            ),
        )
    luck = {key: luck_of(found, again) for key, found in values.items()} if again else {}
    return ScenarioResult(name, tuple(summaries), outcomes, targets, luck)


def compare_runs(runs: Runs, assumed: Sequence[str] = (), again: int = 0) -> Comparison:
    """Compare every scenario with the first.

    Parameters
    ----------
    runs
        Name -> one summary a replication, each list in the same order of replications.
    assumed
        What rests on assumptions, where the base was learnt from a log.
    again
        How many of the last replications have the assumptions of the first ones, and other luck.

    Raises
    ------
    ValueError
        If there is no scenario or no replication, or replications can't be paired.
    """
    results = {name: summarise_runs(name, summaries, again) for name, summaries in runs.items()}
    if not results:
        raise ValueError("there is nothing to compare")
    base, *others = results.values()
    luck = [(summary.seed, summary.replication) for summary in base.summaries]
    differences, lucks = {}, {}
    for other in others:
        if [(summary.seed, summary.replication) for summary in other.summaries] != luck:
            raise ValueError(f"replications of {other.name} and {base.name} can't be paired")
        found = {
            name: difference(
                base.values(name), other.values(name), outcome.better, whole=outcome.aim, again=again
            )
            for name, outcome in OUTCOMES.items()
        }
        differences[other.name] = {name: judged(name, found, base.values, other.values) for name in found}
        if again:
            lucks[other.name] = {
                name: luck_of(other.values(name) - base.values(name), again) for name in OUTCOMES
            }
    return Comparison(results, differences, tuple(assumed), lucks, again)


def numbered(names: Sequence[str]) -> list[str]:
    """The names as typed; a repeated one gets '#2', '#3' and so on."""
    seen: dict[str, int] = {}
    unique = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        unique.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    return unique


def comparison_table(comparison: Comparison) -> pd.DataFrame:
    """The table for people: targets first, then outcomes, each scenario beside the base."""
    import pandas as pd

    currency = comparison.currency
    columns: dict[str, list[str]] = {name: [] for name in comparison.scenarios}
    rows = [f"Target met: {name}" for name in comparison.base.targets]
    rows += [comparison.title(name) for name in OUTCOMES]
    for name, result in comparison.scenarios.items():
        for key in comparison.base.targets:
            met = result.targets[key].met if key in result.targets else None
            columns[name].append(share(met.share) if met else NOTHING)
        for key, described in OUTCOMES.items():
            found = result.outcomes[key]
            text = outcome(found.mean if found else None, key, currency)
            differs = comparison.differences.get(name, {}).get(key)
            if differs is not None and differs.verdict in ("better", "worse", "changed"):
                text += f" ({told(differs, described.unit, currency).mean}, {differs.verdict})"
            columns[name].append(text)
    return pd.DataFrame(columns, index=rows)
