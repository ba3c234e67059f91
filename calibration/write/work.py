"""Categories, impacts and streams of the base."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from calibration.fit.arrivals import MOST_SCATTER, Rate, Trend
from calibration.fit.categories import CategoryGroup
from calibration.fit.durations import PROBABILITIES, Held, Quantiles, StageTimes
from calibration.fit.organisation import Organisation
from calibration.fit.routing import StageRouting
from calibration.write.business import BusinessSide
from calibration.write.text import Line, amount, assumed, measured, number, percent, quantity, split, time

LOST_HOURS = {"incident": 3.02, "request": 2.53}
"""Working hours that an employee loses to a ticket.

Source: HappySignals (2020), global IT experience benchmark Q4 2019: 3 h 1 min an incident, 2 h 32 min
a request.
"""

IMPAIRMENT = 0.005
"""Mean impairment by priority 1 and 2 together: their scope is set so that the availability target is met."""

SEVERITY = {1: 0.5, 2: 0.5}
WORK_LOW, WORK_HIGH = 0.5, 3.0
RARE = 0.02
"""Share of a kind of requests from which a priority has a stream of its own."""


def shape(quantiles: Quantiles) -> Line:
    """Quantiles by percent, in hours."""
    percents = [f"{100 * probability:g}" for probability in quantiles.probability]
    return Line(
        {key: float(number(float(value), 3)) for key, value in zip(percents, quantiles.hours, strict=True)}
    )


def empirical(quantiles: Quantiles, mean: Line) -> Line:
    """A random time with the shape that was seen."""
    return Line(mean=mean, shape="empirical", quantiles=shape(quantiles))


def work(quantiles: Quantiles, factor: float) -> Line:
    """Work of a visit: an assumption, with a wide interval."""
    value, unit = time(factor * quantiles.mean)
    return empirical(quantiles, assumed(value, WORK_LOW * value, WORK_HIGH * value, unit))


def wait(held: Held, factor: float, clock: dict[str, str]) -> Line | None:
    """A wait of a visit."""
    share, quantiles = held.share, held.wait
    if quantiles is None or share.mode < 0.002:
        return None
    value, unit = time(factor * quantiles.mean)
    error = min(0.6, 1.645 * relative_spread(quantiles) / max(1.0, share.mode * held.visits) ** 0.5)
    mean = measured(value, value * (1 - error), value * (1 + error), unit)
    return Line(share=percent(share.mode, share.low, share.high), time=empirical(quantiles, mean), **clock)


def relative_spread(quantiles: Quantiles) -> float:
    """Standard deviation in units of the mean."""
    width = PROBABILITIES[1:] - PROBABILITIES[:-1]
    if len(quantiles.hours) != len(PROBABILITIES):
        return 1.0
    low, high = quantiles.hours[:-1], quantiles.hours[1:]
    square = float((width * (low * low + low * high + high * high) / 3).sum())
    mean = quantiles.mean
    return float(max(0.0, square - mean * mean) ** 0.5 / mean) if mean > 0 else 0.0


def categories(organisation: Organisation) -> dict[str, Any]:
    """How each kind of ticket is handled."""
    return {group.key: one_category(group, organisation) for group in organisation.groups}


def one_category(group: CategoryGroup, organisation: Organisation) -> dict[str, Any]:
    """A category of the base."""
    routing = organisation.routing[group.key]
    roles = {team.key: team.role for team in organisation.teams}
    clock = {"clock": "office"} if organisation.book.in_office_hours else {}
    stages: dict[str, Any] = {}
    for team in sorted(routing.stages, key=list(roles).index):
        times = organisation.book.times(group.key, team, roles[team])
        worked = organisation.factor("desk_work" if roles[team] == "desk" else "work_behind")
        stages[team] = one_stage(routing.stages[team], times, worked, organisation.factor("waits"), clock)
    bounce = max(3.0, 60 * organisation.bounce_hours / 2)
    found: dict[str, Any] = {"title": group.title, "entry": split(routing.entry), "stages": stages}
    wrong, again = organisation.misrouting, organisation.reopen
    found["misrouting"] = percent(wrong.mode, wrong.low, wrong.high)
    found["bounce_work"] = Line(mean=assumed(bounce, bounce / 2, bounce * 2, "min"), shape="exponential")
    found["handoff_delay"] = Line(mean=assumed(1, 0, 5, "min"), shape="exponential")
    found["context_loss"] = assumed(10, 0, 30, "%")
    found["reopen"] = percent(again.mode, again.low, again.high)
    found["reopen_work"] = assumed(60, 30, 100, "%")
    found["close_after"] = amount(organisation.close_days, "days") if organisation.close_days else "0 days"
    return found


def one_stage(
    routing: StageRouting, times: StageTimes, worked: float, waited: float, clock: dict[str, str]
) -> dict[str, Any]:
    """A team's part in a category, with factors on its work and on its waits, and the clock of these."""
    found: dict[str, Any] = {"work": work(times.work, worked)}
    if routing.then:
        share = routing.resolves
        found["resolves"] = percent(share.mode, share.low, share.high)
        found["then"] = split(routing.then)
    user, other = wait(times.user, waited, clock), wait(times.other, waited, clock)
    found |= ({"user_wait": user} if user else {}) | ({"vendor_wait": other} if other else {})
    if routing.then and times.onward is not None:
        found["onward_wait"] = wait(times.onward, waited, clock) or Line(share="0 %")
        if user and times.asks is not None:
            found["onward_asks"] = measured(times.asks, 0.7 * times.asks, 1.4 * times.asks, "")
    return found


# Consequences


def open_hours(organisation: Organisation, *, request: bool) -> float:
    """Mean hours to resolve, without the longest hundredth."""
    keys = {group.key for group in organisation.groups if group.request == request}
    hours = organisation.cases.loc[organisation.cases["group"].isin(keys), "hours"].dropna()
    return float(hours.clip(upper=float(hours.quantile(0.99))).mean()) if len(hours) else 1.0


def work_lost(organisation: Organisation, kind: str) -> float:
    """Share of an employee's work lost while a ticket is open: it makes the published hours in all."""
    office = organisation.hours[organisation.teams[0].key]
    at_work = open_hours(organisation, request=kind == "request") * office.weekly / 168
    return min(1.0, LOST_HOURS[kind] / max(at_work, 0.1))


def urgent_scope(organisation: Organisation) -> float:
    """Scope of priority 1 (priority 2: a quarter of it) that gives the mean impairment assumed."""
    cases, weeks = organisation.cases, max(organisation.window.weeks, 1.0)
    open_cases = 0.0
    for priority, part in ((1, 1.0), (2, 0.25)):
        hours = cases.loc[(cases["priority"] == priority) & ~cases["group"].eq("routine"), "hours"].dropna()
        if len(hours):
            mean = float(hours.clip(upper=float(hours.quantile(0.95))).mean())
            open_cases += part * len(hours) / weeks * mean / 168 * SEVERITY[priority]
    return min(0.2, IMPAIRMENT / open_cases) if open_cases > 0 else 0.0


def impacts(organisation: Organisation, side: BusinessSide) -> dict[str, Any]:
    """Mixes of consequences: shares by priority from the log, the rest assumed."""
    scope = urgent_scope(organisation)
    service = next(iter(side.services.values()))
    lost_while_down = share_of(service.get("work_lost"), 0.3)
    severity = min(1.0, work_lost(organisation, "incident") / max(lost_while_down, 0.01))
    found: dict[str, Any] = {}
    for group in organisation.groups:
        if group.request:
            continue
        counts = organisation.priorities[group.key]
        total = sum(counts.values())
        shares = split({f"p{priority}": count / total for priority, count in sorted(counts.items())})
        given = {shares: "100 %"} if isinstance(shares, str) else shares
        found[group.key] = {key: impact(int(key[1]), share, scope, severity) for key, share in given.items()}
    return found


def share_of(value: Any, fallback: float) -> float:
    """A share as written (``30 %`` or with an interval) as a number."""
    text = value.get("mode") if isinstance(value, dict) else value
    try:
        return float(str(text).split("%")[0].split("(")[0]) / 100
    except ValueError:
        return fallback


def impact(priority: int, share: str, scope: float, severity: float) -> Line:
    """A class of consequences."""
    found = Line(share=share, priority=priority)
    if priority <= 2 and scope > 0:
        reach = 100 * scope * (1.0 if priority == 1 else 0.25)
        found["scope"] = assumed(reach, reach / 5, min(100.0, reach * 5), "%")
        found["severity"] = assumed(100 * SEVERITY[priority], 20, 100, "%")
        found["hits"] = "both"
    else:
        found["scope"] = "1 user"
        mode = 100 * severity
        found["severity"] = quantity(mode, mode / 3, min(100.0, mode * 3), "%", "happysignals", "D")
        found["hits"] = "employees"
    return found


# Streams


def stream(
    group: CategoryGroup, organisation: Organisation, side: BusinessSide, rate: Rate, title: str
) -> dict[str, Any]:
    """What incidents and requests have in common."""
    return {
        "title": title,
        "service": side.service(group.names),
        "category": group.key,
        "rate": measured(rate.mode, rate.low, rate.high, "/week"),
        "profile": profile_of(group.key, organisation),
        "dispersion": measured(rate.dispersion, rate.dispersion / 2, rate.dispersion * 2, ""),
        "calm_dispersion": measured(rate.calm, rate.calm / 2, rate.calm * 2, ""),
        "trend": growth(organisation.arrivals.trend),
        "demand": 1,
    }


def profile_of(group: str, organisation: Organisation) -> str:
    """Name of the profile of a stream."""
    return f"tickets_{group}" if group in organisation.rhythms else "tickets"


def growth(trend: Trend) -> Any:
    """Growth of a stream, as learnt from all of them; none where it was not told from chance and season."""
    if not trend.mode:
        return "0 %/year"
    return measured(100 * trend.mode, 100 * trend.low, 100 * trend.high, "%/year")


def incidents(organisation: Organisation, side: BusinessSide) -> dict[str, Any]:
    """Streams of incidents."""
    return {
        group.key: {
            **stream(group, organisation, side, organisation.rates[group.key], group.title),
            "impacts": group.key,
            "monitored": assumed(0, 0, 20, "%"),
            "monitoring_delay": Line(mean="5 min", shape="exponential"),
            "report_delay": Line(mean=assumed(20, 5, 60, "min"), shape="exponential"),
            "priority_error": assumed(0, 0, 10, "%"),
        }
        for group in organisation.groups
        if not group.request
    }


def requests(organisation: Organisation, side: BusinessSide) -> dict[str, Any]:
    """Streams of requests: one a priority, as a stream of requests has one."""
    found = {}
    lost = 100 * work_lost(organisation, "request")
    for group in organisation.groups:
        shares = priority_shares(organisation.priorities[group.key]) if group.request else {}
        # Streams scatter apart: each more than all, so that all scatter as the log does.
        apart = 1 / sum(share * share for share in shares.values()) if shares else 1.0
        for priority, share in shares.items():
            one = len(shares) == 1
            whole = organisation.rates[group.key]
            rate = replace(
                whole.times(share),
                dispersion=min(MOST_SCATTER, apart * whole.dispersion),
                calm=min(MOST_SCATTER, apart * whole.calm),
            )
            title = group.title if one else f"{group.title}, priority {priority}"
            found[group.key if one else f"{group.key}_p{priority}"] = {
                **stream(group, organisation, side, rate, title),
                "automatable": True,
                "priority": priority,
                "value_weight": float(number(max(1.0, side.employee_cost * lost / 100))),
                "work_lost": quantity(lost, lost / 3, min(100.0, lost * 3), "%", "happysignals", "D"),
                "automation": assumed(0, 0, 10, "%"),
                "automation_failures": assumed(8, 2, 20, "%"),
                "automated_time": Line(mean="3 min", shape="constant"),
            }
    return found


def priority_shares(counts: dict[int, int]) -> dict[int, float]:
    """Share of each priority; rare ones count as the most common one."""
    total = sum(counts.values())
    kept = {priority: count / total for priority, count in counts.items() if count >= RARE * total}
    common = max(kept, key=lambda priority: kept[priority])
    kept[common] += 1 - sum(kept.values())
    return kept
