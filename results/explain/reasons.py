"""The sentences: each names one place where the difference sits, and only if it is clear of chance."""

from __future__ import annotations

from results.compare import ScenarioResult
from results.explain.contrast import Contrast, contrast
from results.naming import NO_TITLES, Titles, title_of
from results.statistics.paired import Difference
from results.wording import amount, change, count, listing, money, part, percent_change, share

WORTH_TELLING = 0.02
"""Changes below this share of the base's total are not explained."""
HALF = 0.5
LARGE_PART = 0.2
SMALL_PART = 0.05

KINDS = {
    "triage_work": "on first looks at incidents",
    "incident_work": "on escalated incidents",
    "bounce_work": "on finding out wrong routings",
    "reopened_work": "on reopened tickets",
    "request_work": "on requests",
}


def explain(base: ScenarioResult, other: ScenarioResult, titles: Titles = NO_TITLES) -> list[str]:
    """Why ``other`` differs from ``base``, the largest reasons of each sort.

    Parameters
    ----------
    base, other
        Paired by replication.
    titles
        Titles of teams, services and streams by dotted name.
    """
    found = [
        *_waiting(contrast(base, other, "teams"), titles),
        *_handoffs(base, other, contrast(base, other, "teams"), titles),
        *_work(contrast(base, other, "teams"), titles),
        *_tickets(contrast(base, other, "streams"), titles),
        *_priorities(contrast(base, other, "priorities")),
        *_services(contrast(base, other, "services"), titles, base.summaries[0].currency),
    ]
    return found or [_nothing(base, other)]


def _nothing(base: ScenarioResult, other: ScenarioResult) -> str:
    same = all(
        first.outcomes[name] == second.outcomes[name] or first.outcomes[name] != first.outcomes[name]
        for first, second in zip(base.summaries, other.summaries, strict=True)
        for name in first.outcomes
    )
    if same:
        return "Nothing differs: both scenarios had the same history, ticket by ticket."
    return "No team, flow or service shows a difference that is clear of chance; more replications may."


def _tells(total: Difference | None) -> bool:
    """Whether a change of a total is clear of chance and large enough to explain."""
    if total is None or total.verdict != "changed":
        return False
    return total.relative is None or abs(total.relative) >= WORTH_TELLING


def _most(of_all: float, what: str) -> str:
    """'Most of the added downtime (56%)'."""
    if of_all > 0.995:
        return f"All of the {what}"
    how_much = "Nearly all" if of_all > 0.9 else "Most" if of_all > HALF else "The largest part"
    return f"{how_much} of the {what} ({part(of_all)})"


def _added(total: Difference) -> str:
    return "added" if total.mean > 0 else "saved"


def _waiting(teams: Contrast, titles: Titles) -> list[str]:
    total = teams.total("queue_hours")
    if total is None or not _tells(total):
        return []
    row = teams.largest("queue_hours")
    before, after = teams.means("queue_hours_mean", row)
    added, more = teams.added("queue_hours"), total.mean > 0
    what = f"{'extra' if more else 'saved'} waiting"
    if (after > before) == more:
        how = f"a ticket waits {amount(after)} h instead of {amount(before)} h in its queue"
    else:
        visits = teams.added("visits")[row]
        how = (
            f"it gets {count(abs(visits))} {'more' if visits > 0 else 'fewer'} tickets, "
            f"each of which waits {amount(after)} h instead of {amount(before)} h"
        )
    first = (
        f"{_most(teams.share('queue_hours', row), what)} sits at {_team(teams, row, titles)}: {how}, "
        "nights and weekends included."
    )
    others = [
        place
        for place in range(len(teams.rows))
        if place != row
        and (added[place] > 0) == more
        and teams.share("queue_hours", place) >= LARGE_PART
        and teams.is_clear("queue_hours", place)
    ]
    if not others:
        return [first]
    named = [f"{_team(teams, place, titles)} ({part(teams.share('queue_hours', place))})" for place in others]
    return [f"{first} Next: {listing(named)}."]


def _handoffs(base: ScenarioResult, other: ScenarioResult, teams: Contrast, titles: Titles) -> list[str]:
    total = teams.total("handoffs_in")
    before, after = base.outcomes["handoffs_per_incident"], other.outcomes["handoffs_per_incident"]
    if total is None or not _tells(total) or before is None or after is None:
        return []
    row = teams.largest("handoffs_in")
    added = teams.added("handoffs_in")[row]
    more = "more" if added > 0 else "fewer"
    gets = f"{count(abs(added))} {more} tickets reach {_team(teams, row, titles)} from other teams"
    times, times_before = amount(after.mean, 2), amount(before.mean, 2)
    if times == times_before:
        return [f"Handoffs between teams {'rise' if total.mean > 0 else 'fall'}: {gets}."]
    return [f"An incident is handed on {times} times instead of {times_before}; {gets}."]


def _work(teams: Contrast, titles: Titles) -> list[str]:
    for side in (teams.base, teams.other):
        side["at_work"] = side["working"] + side["overtime"]
    added = teams.added("at_work")
    row = max(range(len(teams.rows)), key=lambda place: abs(added[place]))
    before, _ = teams.means("at_work", row)
    if not teams.is_clear("at_work", row) or abs(added[row]) < WORTH_TELLING * before:
        return []
    kinds = sorted(
        (kind for kind in KINDS if teams.is_clear(kind, row)), key=lambda kind: -abs(teams.added(kind)[row])
    )
    parts = []
    for kind in kinds[:3]:
        hours = teams.added(kind)[row]
        if abs(hours) >= SMALL_PART * abs(added[row]):
            parts.append(f"{amount(abs(hours))} h {'more' if hours > 0 else 'less'} {KINDS[kind]}")
    relative = f" ({percent_change(added[row] / before)})" if before else ""
    split = f": {listing(parts)}" if parts else ""
    busy, busy_now = teams.means("utilisation", row)
    sentence = (
        f"Work at {_team(teams, row, titles)} {'grows' if added[row] > 0 else 'falls'} by "
        f"{amount(abs(added[row]))} h{relative}{split}. "
        f"The team is busy {share(busy_now)} of its present time instead of {share(busy)}"
    )
    idle = teams.added("idle")[row]
    if teams.is_clear("idle", row):
        sentence += f"; its time not on tickets {'grows' if idle > 0 else 'shrinks'} by {amount(abs(idle))} h"
    return [f"{sentence}."]


def _tickets(streams: Contrast, titles: Titles) -> list[str]:
    total = streams.total("hours")
    if total is None or not _tells(total):
        return []
    row = streams.largest("hours")
    before, after = streams.means("hours_mean", row)
    flow, _, name = streams.rows[row].partition(".")
    of_all = streams.share("hours", row)
    sentence = (
        f"{_most(of_all, f'{_added(total)} time that tickets stay unresolved')} "
        f"comes from {flow} of the kind {title_of(titles, flow, name)}: "
        f"{amount(after)} h instead of {amount(before)} h each."
    )
    return [sentence]


def _priorities(priorities: Contrast) -> list[str]:
    """Whether the urgent incidents went the way of the many."""
    sentences = []
    for row in (0, 1):
        if not priorities.is_clear("hours_mean", row):
            continue
        before, after = priorities.means("hours_mean", row)
        sentences.append(f"{priorities.rows[row]} takes {amount(after)} h instead of {amount(before)} h")
    if not sentences:
        return []
    return [f"Time to restore the most urgent incidents: {listing(sentences)}."]


def _services(services: Contrast, titles: Titles, currency: str) -> list[str]:
    sentences = []
    for column, word in (("downtime_hours", "downtime"), ("employee_hours_lost", "employees' lost hours")):
        total = services.total(column)
        if total is None or not _tells(total):
            continue
        row = services.largest(column)
        before, after = services.means(column, row)
        of_all = services.share(column, row)
        sentences.append(
            f"{_most(of_all, f'{_added(total)} {word}')} is at "
            f"{title_of(titles, 'services', services.rows[row])}: "
            f"{amount(after)} h instead of {amount(before)} h."
        )
    total = services.total("margin_lost")
    if total is not None and _tells(total):
        row = services.largest("margin_lost")
        added = services.added("margin_lost")[row]
        sentences.append(
            f"Of the change in margin lost ({change(total.mean, 'money', currency)}), "
            f"{money(abs(added), currency)} {'more' if added > 0 else 'less'} is lost at "
            f"{title_of(titles, 'services', services.rows[row])}."
        )
    return sentences


def _team(teams: Contrast, row: int, titles: Titles) -> str:
    return title_of(titles, "teams", teams.rows[row])
