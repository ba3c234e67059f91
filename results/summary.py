"""What is kept of a replication: its outcomes, weekly series and breakdowns. Small, and free of tables."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from results.alignment import Months, judge_months
from results.catalogue import OUTCOMES
from results.metrics.breakdown import Breakdown, by_priority, by_service, by_stream, by_team
from results.metrics.conservation import checks
from results.metrics.measures import MEASURES
from results.metrics.monthly import month_edges, monthly_ledger
from results.metrics.record import Record
from results.metrics.scope import Scope
from results.metrics.weekly import weekly_series
from results.prices import Prices, Target
from results.targets import TargetValue, judge, met_share
from sim.history.tables import History
from sim.spec.calendars import Floats
from sim.spec.model import Model


@dataclass(frozen=True, slots=True)
class Summary:
    """One replication in numbers.

    ``outcomes`` has every name of the catalogue (nan where undefined in this replication). ``weekly`` are
    arrays of one number a week from t = 0, the last week perhaps cut short (``hours``). ``ledger`` are
    arrays of one number a month of 730 h, money in whole cents (``results.metrics.monthly``); ``months``
    has the two sides of the watermelon. ``checks`` are residuals of conservation in whole tickets and
    seconds; each must be 0.
    """

    scenario: str
    seed: int
    replication: int
    warmup: int
    horizon: int
    currency: str
    outcomes: dict[str, float]
    targets: tuple[TargetValue, ...]
    weekly: dict[str, Floats]
    ledger: dict[str, Floats]
    months: Months
    teams: Breakdown
    services: Breakdown
    priorities: Breakdown
    streams: Breakdown
    checks: dict[str, int]

    @property
    def broken_checks(self) -> dict[str, int]:
        """Checks that found something; empty in a sound run."""
        return {name: residual for name, residual in self.checks.items() if residual != 0}


def summarise(model: Model, prices: Prices, targets: tuple[Target, ...], history: History) -> Summary:
    """Outcomes of the whole measured period [0, horizon), and each target over its own window."""
    whole = Scope(0, history.horizon)
    windows = (Scope(target.start, target.end) for target in targets)
    edges = month_edges(history.horizon).tolist()
    months = [Scope(start, end) for start, end in itertools.pairwise(edges)]
    record = Record(model, prices, history, [*windows, *months])
    values = tuple(judge(record, target) for target in targets)
    sides = judge_months(record, targets)
    of_targets = {"targets_met_share": met_share(values), "watermelon_index": sides.index()}
    outcomes = {
        name: of_targets[name] if name in of_targets else MEASURES[name](record, whole) for name in OUTCOMES
    }
    return Summary(
        scenario=model.name,
        seed=history.seed,
        replication=history.replication,
        warmup=history.warmup,
        horizon=history.horizon,
        currency=prices.currency,
        outcomes=outcomes,
        targets=values,
        weekly=weekly_series(record),
        ledger=monthly_ledger(record),
        months=sides,
        teams=by_team(record, whole),
        services=by_service(record, whole),
        priorities=by_priority(record, whole),
        streams=by_stream(record, whole),
        checks=checks(record),
    )
