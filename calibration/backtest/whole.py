"""The whole way of a backtest: read the log, play the period, score it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from calibration.backtest import event_logs
from calibration.backtest.past import Past, past_of
from calibration.backtest.period import Period, period_of, trained_days
from calibration.backtest.playing import (
    Jobs,
    Played,
    Playing,
    horizon_hours,
    period_scenario,
    play_period,
)
from calibration.backtest.report import Backtest
from calibration.backtest.scores import (
    Distance,
    Figure,
    handoff_medians,
    quantile_figures,
    reassignment_shares,
    reopened,
    share_figure,
)
from calibration.backtest.scoring import Scoring
from calibration.backtest.thresholds import Thresholds, checks
from calibration.backtest.tickets import Floats, hours_since, tickets_of_log
from calibration.cleaning.calendar import quiet_days
from calibration.exports.log import TicketLog, read_log
from calibration.exports.mapping import Mapping, load_mapping
from calibration.fit.cases import cases_of, counts_handoffs, counts_reopens
from calibration.fit.window import daily_counts, selected
from scenarios import load
from scenarios.errors import BadInput

Progress = Callable[[int, int], None]


def backtest(
    base: str,
    log: Path,
    mapping: str | None = None,
    wanted: Playing | None = None,
    thresholds: Thresholds | None = None,
    start: date | None = None,
    end: date | None = None,
    progress: Progress | None = None,
    *,
    activities: Path | None = None,
) -> Backtest:
    """Play the days after those that a base was learnt from, and compare them with what happened.

    Parameters
    ----------
    base
        A base that ``calibrate`` wrote (a path, or ``BASE+override``).
    log
        An export with the days to be played; with the days learnt from too, the yardsticks are exact.
    mapping
        Name or path of a mapping; left out, that with which the base was learnt.
    wanted
        How to play.
    thresholds
        What has to be kept.
    start, end
        The days to play, instead of all that follow; ``end`` is the first day that is not played.
    progress
        Called as ``progress(done, total)`` after each replication.
    activities
        A second file with the activities of the tickets, instead of the one that the mapping names.

    Raises
    ------
    BadInput
        With one sentence on what is wrong and what would be accepted.
    """
    wanted, thresholds = wanted or Playing(), thresholds or Thresholds()
    plain = load(base, wanted.sets)
    days = trained_days(base, plain.learnt)
    found = read_log(log, mapping_of(base, plain.learnt, mapping), activities)
    cases = cases_of(found)
    period = period_of(found, cases, days[1], start, end)
    horizon = horizon_hours(period.days, period.followed)
    scenario = period_scenario(base, wanted.sets, period.start, horizon)
    with_steps = event_logs.available()
    jobs = Jobs(
        scenario,
        wanted,
        period.start,
        period.hours,
        frozenset(event_logs.kinds_of(found)),
        event_logs.REPLICATIONS if with_steps else 0,
    )
    played = play_period(jobs, progress)
    everything = tickets_of_log(found, cases, period.start).known_by(horizon)
    past = past_of(everything, plain.learnt, days, period.start)
    number = wanted.replications
    played, drawn = played[:number], played[number:]
    model = [part.tickets for part in played]
    ranging = [part.tickets for part in drawn or played]
    quiet = quiet_before(cases["opened"], period.start)
    complete = pd.Series([selected(cases, found.mapping.cleaning.overrule)[0]])
    begun = float(hours_since(complete, period.start)[0])
    scored = Scoring(period, everything, model, ranging, past, scenario, wanted.seed, quiet, begun)
    distances = scored.distances()
    if with_steps:
        distances |= log_distances(found, cases, period, days, played)
    distances = {name: thresholds.limited(item) for name, item in distances.items()}
    medians = handoff_medians(scored.model, scored.log, past.tickets, thresholds.widen)
    shares = reassignment_shares(scored.model, scored.log, past.tickets)
    again = share_figure(reopened, scored.model, scored.log, past.tickets)
    if not counts_handoffs(found):
        medians = {count: untold(item) for count, item in medians.items()}
        shares = {count: untold(item) for count, item in shares.items()}
        distances["wasserstein_handoffs"] = Distance("wasserstein_handoffs", None, None, None)
    if not counts_reopens(found):
        again = untold(again)
    return Backtest(
        base=base,
        title=plain.title,
        log=found.name,
        period=period,
        trained=(days[0].date(), (days[1] - pd.Timedelta(days=1)).date()),
        replications=wanted.replications,
        seed=wanted.seed,
        uncertainty=wanted.uncertainty,
        cases=len(scored.log),
        resolved=len(scored.log.finished),
        opening=len(scored.opening),
        distances=distances,
        quantiles=quantile_figures(scored.model, scored.log, past.durations),
        medians=medians,
        reassignments=shares,
        reopen_share=again,
        by_priority=scored.by_priority(),
        series=scored.series,
        checks=checks(thresholds, distances, scored.series, medians),
        notes=[*notes(past, scored, with_steps, period, days[1]), *silence(found)],
        seen=scored.log,
        played=scored.model,
        past=past.durations,
    )


def untold(figure: Figure) -> Figure:
    """A figure of which the log says nothing: there is nothing to compare the model with."""
    return Figure(figure.model, None, None)


def silence(log: TicketLog) -> list[str]:
    """What the log does not tell, so that nothing is compared."""
    what = [
        *([] if counts_handoffs(log) else ["reassignments"]),
        *([] if counts_reopens(log) else ["reopenings"]),
    ]
    return [f"The log does not tell {' and '.join(what)}: the model's are not judged."] if what else []


def quiet_before(opened: pd.Series, start: pd.Timestamp) -> Floats:
    """Quiet days (public holidays) before the period: their first hours, counted from its start."""
    early = opened[opened < start]
    if early.empty:
        return np.zeros(0)
    marks = quiet_days(daily_counts(early))
    return hours_since(pd.Series(marks.index[marks.to_numpy()]), start)


def mapping_of(base: str, learnt: dict[str, object], given: str | None) -> Mapping:
    """The mapping with which to read the log: the one named, else the one that the base remembers."""
    if given is not None:
        return load_mapping(given)
    known = learnt.get("mapping")
    if not isinstance(known, dict):
        raise BadInput(f"{base}: does not remember how its log was read; name a mapping with --mapping")
    try:
        return Mapping.model_validate(known)
    except ValueError:
        raise BadInput(
            f"{base}: the mapping that it remembers (learnt.mapping) can't be used; name one with --mapping"
        ) from None


def log_distances(
    log: TicketLog,
    cases: pd.DataFrame,
    period: Period,
    days: tuple[pd.Timestamp, pd.Timestamp],
    played: list[Played],
) -> dict[str, Distance]:
    """Distances between event logs; the past is as many of its last days, moved by whole weeks."""
    seen = event_logs.steps_of_log(log, cases, period.start, period.end)
    weeks = int(np.ceil((period.end - days[1]).days / 7))
    moved = pd.Timedelta(weeks=weeks)
    begin = max(period.start - moved, days[0])
    before = event_logs.steps_of_log(log, cases, begin, period.end - moved)
    model = [part.steps for part in played if part.steps is not None]
    found = event_logs.distances_of_logs(model, seen, event_logs.shifted(before, moved))
    return {item.name: item for item in found}


def going_on(weeks: int) -> str:
    """How the opening backlog goes on."""
    if not weeks:
        return "a simulated ticket of its priority and age did that was open at the same hour of the week"
    span = "in a week" if weeks == 1 else f"in one of {weeks} weeks"
    return f"a ticket of its age did {span} of the log before the period, week after week"


def notes(past: Past, scored: Scoring, with_steps: bool, period: Period, trained: pd.Timestamp) -> list[str]:
    """What a reader should know."""
    unfinished = len(scored.log) - len(scored.log.finished)
    opening = (
        f"The period opens with the {len(scored.opening):,} tickets that the log shows as open then; each "
        f"goes on as {going_on(len(scored.weeks))}. "
        f"The model on its own would have {scored.own_opening:,.0f} open then."
    )
    found = [opening]
    if unfinished:
        found.append(
            f"{unfinished:,} of {len(scored.log):,} tickets of the period have no resolution time in the "
            "log: they count as arrivals, and as open until they closed, but in no duration."
        )
    if scored.abandoned > 0:
        found.append(
            f"{scored.abandoned:.1%} of the tickets before the period were left open for good, it seems: "
            "more are old and open than slow tickets and chance explain. So are as many of the model's."
        )
    if period.start < trained:
        found.append(
            "The period begins before the last day that was learnt from: this is no test on new days."
        )
    if past.tickets is None:
        found.append(
            "The log does not hold the days that were learnt from; "
            + ("resampling rests on what the base remembers." if past.durations else "nothing is resampled.")
        )
    if not with_steps:
        found.append(event_logs.MISSING + ".")
    return found
