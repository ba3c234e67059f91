"""The sentences: each names one place where the difference sits, and only if it is clear of chance."""

from __future__ import annotations

from results.compare import ScenarioResult
from results.explain.contrast import Contrast, contrast
from results.naming import NO_TITLES, Titles, title_of
from results.statistics.paired import Difference, difference
from results.told import percent, told
from results.wording import amount, count, listing, part, share

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
    "problem_work": "on causes of incidents",
    "change_work": "on changes",
    "maintenance_work": "on maintenance",
    "initiative_work": "on what the business asked for",
    "emergency_work": "on emergency changes",
    "rollback_work": "on undoing changes",
}


def explain(
    base: ScenarioResult, other: ScenarioResult, titles: Titles = NO_TITLES, *, learnt: bool = False
) -> list[str]:
    """Why ``other`` differs from ``base``, the largest reasons of each sort.

    Parameters
    ----------
    base, other
        Paired by replication.
    titles
        Titles of teams, services and streams by dotted name.
    learnt
        Whether the base was learnt from a log, so that time without work in hand is work that no log shows.
    """
    found = [
        *_waiting(contrast(base, other, "teams"), titles),
        *_handoffs(base, other, contrast(base, other, "teams"), titles),
        *_work(contrast(base, other, "teams"), titles, learnt=learnt),
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


def _instead(after: float, before: float, unit: str = " h") -> str:
    """'81.0 h instead of 38.1 h'; '' where both read alike."""
    now, then = amount(after), amount(before)
    return "" if now == then else f"{now}{unit} instead of {then}{unit}"


def _more(hours: float) -> str:
    """'81.0 h more'."""
    return f"{amount(abs(hours))} h {'more' if hours > 0 else 'less'}"


def _most(of_all: float, what: str, size: str = "") -> str:
    """'Most of the added downtime (56%)', with a size 'Most of the margin lost on top (56% of 320 k USD)'."""
    if of_all > 0.995:
        return f"All of the {what}" + (f" ({size})" if size else "")
    how_much = "Nearly all" if of_all > 0.9 else "Most" if of_all > HALF else "The largest part"
    return f"{how_much} of the {what} ({part(of_all)}{f' of {size}' if size else ''})"


def _added(total: Difference) -> str:
    return "added" if total.mean > 0 else "saved"


def _lost(total: Difference) -> str:
    return "lost on top" if total.mean > 0 else "no longer lost"


def _waiting(teams: Contrast, titles: Titles) -> list[str]:
    total = teams.total("queue_hours")
    if total is None or not _tells(total):
        return []
    row = teams.largest("queue_hours")
    before, after = teams.means("queue_hours_mean", row)
    added, more = teams.added("queue_hours"), total.mean > 0
    what = f"{'extra' if more else 'saved'} waiting"
    change = _instead(after, before)
    if change and (after > before) == more:
        how = f"a ticket waits {change} in its queue"
    else:
        visits = teams.added("visits")[row]
        how = (
            f"it gets {count(abs(visits))} {'more' if visits > 0 else 'fewer'} tickets, "
            f"each of which waits {change or 'as long as before'}"
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
    requests = _request_handoffs(contrast(base, other, "streams"))
    return [f"An incident is handed on {times} times instead of {times_before}{requests}; {gets}."]


def _request_handoffs(streams: Contrast) -> str:
    """', a request 0.38 instead of 0.34': whether ordinary requests are passed on more too."""
    rows = [row for row, name in enumerate(streams.rows) if name.startswith("requests.")]
    shares = []
    for side in (streams.base, streams.other):
        handoffs, requests = (side[column][:, rows].sum(axis=1) for column in ("handoffs", "count"))
        if not requests.all():
            return ""
        shares.append(handoffs / requests)
    found = difference(shares[0], shares[1], "neither")
    if found is None or found.verdict != "changed":
        return ""
    then, now = (amount(float(share.mean()), 2) for share in shares)
    return "" if now == then else f", a request {now} instead of {then}"


def _work(teams: Contrast, titles: Titles, *, learnt: bool) -> list[str]:
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
    told_kinds = [kind for kind in kinds[:3] if abs(teams.added(kind)[row]) >= SMALL_PART * abs(added[row])]
    parts = [f"{_more(teams.added(kind)[row])} {KINDS[kind]}" for kind in told_kinds]
    rest = added[row] - sum(teams.added(kind)[row] for kind in told_kinds)
    if parts and abs(rest) >= SMALL_PART * abs(added[row]):
        parts.append(f"{_more(rest)} on all else")
    relative = f" ({percent(added[row] / before)})" if before else ""
    split = f": {listing(parts)}" if parts else ""
    grows = "grows" if added[row] > 0 else "falls"
    sentences = [
        f"Work at {_team(teams, row, titles)} {grows} by {amount(abs(added[row]))} h{relative}{split}."
    ]
    busy, busy_now = (share(value) for value in teams.means("utilisation", row))
    if busy != busy_now:
        sentences.append(f"The team works {busy_now} of the time it is present, instead of {busy}.")
    idle = teams.added("idle")[row]
    if teams.is_clear("idle", row):
        left = "what the log does not show" if learnt else "anything else"
        there = added[row] + idle
        seats = f", as its people are present {_more(there)}" if abs(there) >= SMALL_PART * abs(idle) else ""
        sentences.append(f"That leaves {_more(idle)} for {left}{seats}.")
    return [" ".join(sentences)]


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
        f"comes from {flow} of the kind {title_of(titles, flow, name)}"
    )
    change = _instead(after, before)
    return [
        f"{sentence}: {change} each."
        if change
        else f"{sentence}: they last as long, but their number changes."
    ]


def _priorities(priorities: Contrast) -> list[str]:
    """Whether the urgent incidents went the way of the many."""
    sentences = []
    for row in (0, 1):
        if not priorities.is_clear("hours_mean", row):
            continue
        before, after = priorities.means("hours_mean", row)
        if change := _instead(after, before):
            sentences.append(f"those of priority {priorities.rows[row].removeprefix('P')} take {change}")
    if not sentences:
        return []
    return [f"Time to restore the most urgent incidents: {listing(sentences)} on average."]


def _services(services: Contrast, titles: Titles, currency: str) -> list[str]:
    sentences = []
    for column, word in (
        ("downtime_hours", "downtime"),
        ("employee_hours_lost", "hours that employees could not work"),
    ):
        total = services.total(column)
        if total is None or not _tells(total):
            continue
        row = services.largest(column)
        before, after = services.means(column, row)
        of_all = services.share(column, row)
        where = title_of(titles, "services", services.rows[row])
        change = _instead(after, before)
        most = _most(of_all, f"{_added(total)} {word}")
        verb = "comes" if word == "downtime" or most.startswith("The largest part") else "come"
        sentences.append(f"{most} {verb} from {where}{f': {change}' if change else ''}.")
    total = services.total("margin_lost")
    if total is not None and _tells(total):
        row = services.largest("margin_lost")
        where = title_of(titles, "services", services.rows[row])
        of_all = services.share("margin_lost", row)
        size = told(total, "money", currency, signed=False).mean
        sentences.append(f"{_most(of_all, f'margin {_lost(total)}', size)} is at {where}.")
    return sentences


def _team(teams: Contrast, row: int, titles: Titles) -> str:
    return title_of(titles, "teams", teams.rows[row])
