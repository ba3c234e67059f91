"""The tickets of the period, in the log and in every replication, and what is measured of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from calibration.backtest.opening import ages, donors_of, gone_on, past_weeks, unlike_weeks, week_by_week
from calibration.backtest.past import Past, arrivals_by_weekday
from calibration.backtest.period import Period
from calibration.backtest.report import PriorityScore
from calibration.backtest.scores import (
    DISTANCES,
    DURATIONS,
    PRIORITIES,
    Distance,
    daily_error,
    distance,
    quantile_figures,
)
from calibration.backtest.series import Series, arrivals, at_week_ends, backlog, by_week, series
from calibration.backtest.tickets import HOURS_A_DAY, Floats, Tickets
from calibration.cleaning.abandoned import abandoned_tail
from scenarios import Scenario

FEWEST_OF_A_PRIORITY = 30


class Scoring:
    """The tickets of the period, in the log and in every replication, and what is measured of them.

    ``ranging`` are the replications that the intervals of daily numbers come from; with draws of what is not
    known of the organisation, they are others than ``played``. ``quiet`` are the first hours of quiet days,
    and ``complete`` the first hour of which the log has all tickets.
    """

    def __init__(
        self,
        period: Period,
        everything: Tickets,
        played: list[Tickets],
        ranging: list[Tickets],
        past: Past,
        scenario: Scenario,
        seed: int,
        quiet: Floats,
        complete: float,
    ) -> None:
        self.period, self.past = period, past
        self.log = everything.opened_in(0.0, period.hours)
        self.opening = everything.open_at(0.0)
        chances = [np.random.default_rng([seed, number]) for number in range(len(played))]
        before = past.tickets or everything.opened_in(-np.inf, 0.0)
        self.abandoned, such = abandoned(before)
        self.model, self.ranging = (
            [
                left_open(
                    recorded_late(part.opened_in(0.0, period.hours), before, chance),
                    self.abandoned,
                    such,
                    chance,
                )
                for part, chance in zip(parts, chances, strict=True)
            ]
            for parts in (played, ranging)
        )
        self.weeks = past_weeks(everything, past.begin, quiet)
        if self.weeks:
            age = ages(self.opening.opened, 0.0, quiet)
            chance = np.random.default_rng(seed)
            differ = unlike_weeks(past_weeks(everything, complete, quiet))
            faster = differ.factors(len(chances), period.days, len(self.weeks), chance)
            self.left = [
                week_by_week(age, self.weeks, period.hours, row, chance)
                for row, chance in zip(faster, chances, strict=True)
            ]
        else:
            warmup, horizon = scenario.axis.warmup / 3600, scenario.horizon / 3600
            self.left = [
                gone_on(self.opening, donors_of(part, warmup, horizon), chance)
                for part, chance in zip(ranging, chances, strict=True)
            ]
        self.own_opening = float(np.mean([len(part.open_at(0.0)) for part in played]))
        self.everything = everything
        self.series = self.all_series()

    def all_series(self) -> dict[str, Series]:
        """Arrivals and open tickets by day and by week."""
        days = self.period.days
        ends = HOURS_A_DAY * np.arange(1, days + 1, dtype=np.float64)
        came = arrivals(self.log, days), [arrivals(part, days) for part in self.ranging]
        still = (
            self.everything.open_by(ends),
            [backlog(part, left, days) for part, left in zip(self.ranging, self.left, strict=True)],
        )
        found = {"arrivals_daily": series("arrivals_daily", *came)}
        found["backlog_daily"] = series("backlog_daily", *still)
        for name, of, (log, model) in (
            ("arrivals_weekly", by_week, came),
            ("backlog_weekly", at_week_ends, still),
        ):
            found[name] = series(name, of(log), [of(part) for part in model])
        return found

    def distances(self) -> dict[str, Distance]:
        """Distances over all tickets."""
        found = {}
        for name, measure in DISTANCES.items():
            past = self.past.durations if name in DURATIONS else self.past.tickets
            found[name] = distance(name, measure, self.model, self.log, past)
        came, still = self.series["arrivals_daily"], self.series["backlog_daily"]
        found["arrivals_daily_error"] = daily_error(
            "arrivals_daily_error", came.mean, came.log, self.usual_arrivals(), poisson_error(came.log)
        )
        constant = np.full(self.period.days, float(len(self.opening)))
        found["backlog_daily_error"] = daily_error(
            "backlog_daily_error", still.mean, still.log, constant, None
        )
        return found

    def usual_arrivals(self) -> Floats | None:
        """What the past would say about each day; None where it does not know every weekday."""
        if self.past.tickets is None:
            return None
        span = self.past.begin, self.past.end
        usual = arrivals_by_weekday(self.past.tickets, span, self.period.days)
        return None if np.isnan(usual).any() else usual

    def by_priority(self) -> dict[int, PriorityScore]:
        """Durations of each priority with enough tickets."""
        found = {}
        for priority in PRIORITIES:
            log = of_priority(self.log, priority)
            if len(log.finished) < FEWEST_OF_A_PRIORITY:
                continue
            model = [of_priority(part, priority) for part in self.model]
            past = None if self.past.tickets is None else of_priority(self.past.tickets, priority)
            found[priority] = PriorityScore(
                len(log),
                {name: distance(name, measure, model, log, past) for name, measure in DURATIONS.items()},
                quantile_figures(model, log, past),
            )
        return found


def recorded_late(model: Tickets, past: Tickets, chance: np.random.Generator) -> Tickets:
    """The model's tickets, as many of them without a time of resolution as in the past.

    Some tickets of a log are written down when they are over, or closed without being resolved: nobody knows
    how long they took. Such tickets are open for as long, and change hands as often, as those of the past.
    """
    such = past.where(np.isnan(past.hours) & np.isfinite(past.gone))
    if not len(such):
        return model
    rows = chance.random(len(model)) < len(such) / len(past)
    drawn = chance.integers(0, len(such), len(model))
    return replace(
        model,
        hours=np.where(rows, np.nan, model.hours),
        gone=np.where(rows, model.opened + (such.gone - such.opened)[drawn], model.gone),
        handoffs=np.where(rows, such.handoffs[drawn], model.handoffs),
    )


def abandoned(past: Tickets) -> tuple[float, Tickets]:
    """Share of the tickets that are never ended, and those of the past.

    They are open beyond what a heavy tail and chance explain, by the rule of the finding `left_open`. What
    became of them later is not looked at.
    """
    known = past.known_by(0.0)
    took = np.where(np.isnan(known.hours), known.gone - known.opened, known.hours)
    tail = abandoned_tail(np.where(np.isinf(took), np.nan, took), -known.opened)
    if tail is None:
        return 0.0, past.where(np.zeros(len(past), dtype=bool))
    return tail.share, past.where(past.opened < -tail.hours).open_at(0.0)


def left_open(model: Tickets, share: float, such: Tickets, chance: np.random.Generator) -> Tickets:
    """The model's tickets, this share of them never ended, as ``such`` of the past: nobody works on them."""
    if not share or not len(such):
        return model
    rows = ~np.isnan(model.hours) & (chance.random(len(model)) < share)
    drawn = chance.integers(0, len(such), len(model))
    return replace(
        model,
        hours=np.where(rows, np.nan, model.hours),
        gone=np.where(rows, np.inf, model.gone),
        handoffs=np.where(rows, such.handoffs[drawn], model.handoffs),
    )


def of_priority(tickets: Tickets, priority: int) -> Tickets:
    """Those of one priority."""
    return tickets.where(tickets.priority == priority)


def poisson_error(counts: Floats) -> float:
    """Mean absolute error that chance gives if every day's expectation is known, as a share of the mean.

    Source: mean deviation of a normal variate, sqrt(2 / pi) of its standard deviation; that of a Poisson
    count is the root of its mean.
    """
    return float(np.sqrt(2 * counts / np.pi).mean() / max(counts.mean(), 1e-9))
