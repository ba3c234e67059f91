"""From a missed target back to its cause: objective, outcome, process, and the levers that moved it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from results.attribution import Attribution
from results.catalogue import OUTCOMES
from results.compare import Comparison, ScenarioResult, TargetResult
from results.metrics.scope import ALL
from results.plots.style import SIGNS
from results.prices import Target
from results.statistics.paired import Difference
from results.told import told, told_percent
from results.wording import listing, outcome

HALF = 0.5
FELL = 0.2
"""A target is walked back if it is met in fewer than half of the futures, or in so many fewer than before."""
MOST = 3
"""Measures of a process and levers on it that are named."""

PROCESSES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "incident": (
        (
            "recurring_incident_share",
            "detection_hours_mean",
            "first_response_hours_mean",
            "handoffs_per_incident",
            "reopen_share",
            "major_restore_hours_mean",
            "major_incidents",
        ),
        ("incidents.", "categories.", "faults.", "problems."),
    ),
    "problem": (
        ("recurring_incident_share", "problem_age_hours_mean", "problems_solved", "known_errors_end"),
        ("problems.", "faults."),
    ),
    "request": (
        ("request_backlog_end", "automated_request_share", "queue_hours_per_ticket"),
        ("requests.", "categories."),
    ),
    "desk": (
        ("first_contact_share", "first_response_hours_mean", "handoffs_per_incident"),
        ("categories.", "teams."),
    ),
    "change": (
        ("change_failure_share", "change_lead_hours_mean", "emergency_change_share", "unauthorised_changes"),
        ("change_enablement", "change_kinds.", "changes.", "initiatives."),
    ),
    "availability": (
        ("change_incident_share", "major_incidents", "detection_hours_mean", "major_restore_hours_mean"),
        ("services.", "incidents.", "faults.", "change_enablement"),
    ),
    "level": (
        (
            "incident_backlog_end",
            "request_backlog_end",
            "restore_hours_mean",
            "request_fulfilment_hours_mean",
        ),
        ("categories.", "requests.", "incidents.", "teams."),
    ),
    "financial": (("overtime_cost", "firefighting_cost", "hours_worked"), ("teams.", "cost")),
}
"""Words that name a process: the measures in which it shows, and the keys of scenario files that move it.

Source: definition of this model, after ITIL 4's practices.
"""


@dataclass(frozen=True, slots=True)
class Lever:
    """A change of a scenario in words, with the keys that it moves."""

    text: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Walk:
    """A process walked back to: targets missed through it, how it moved, and which levers act on it.

    ``missed`` is a sentence for each target, with its objective, and with what its difference comes from if
    that was asked for.
    """

    process: str
    missed: tuple[str, ...]
    moved: str
    levers: str


def walks(
    comparison: Comparison,
    other: ScenarioResult,
    levers: Sequence[Lever],
    parts: Attribution | None = None,
) -> list[Walk]:
    """Walk back from the targets that ``other`` misses mostly, or much more often than the base.

    Targets of one process are told together, in the order of the scenario file.

    Parameters
    ----------
    comparison, other
        The scenario, and what it is compared with.
    levers
        What it changes.
    parts
        Its difference split over its parts, if that was asked for.
    """
    missed: dict[str, list[str]] = {}
    for name, item in other.targets.items():
        before = comparison.base.targets.get(name)
        if item.met is None or before is None or before.met is None:
            continue
        if item.met.share < HALF or item.met.share <= before.met.share - FELL:
            sentence = _missed(comparison, before, item, parts)
            missed.setdefault(item.target.process, []).append(sentence)
    found = []
    for process, sentences in missed.items():
        measures, keys = _process(process)
        found.append(
            Walk(process, tuple(sentences), _moved(comparison, other, measures), _levers(levers, keys))
        )
    return found


def _missed(
    comparison: Comparison, before: TargetResult, item: TargetResult, parts: Attribution | None
) -> str:
    target, currency = item.target, comparison.currency
    assert item.met is not None
    value, was = (
        outcome(found.value.mean if found.value else None, target.metric, currency)
        for found in (item, before)
    )
    return (
        f"{target.objective}: {target.outcome or target.name}. Met in {_count(item)} of {item.met.n} "
        f"futures, in the base in {_count(before)}. {comparison.title(target.metric)}: {value}, "
        f"in the base {was}."
        f"{_parts(target, parts, currency)}"
    )


def _parts(target: Target, parts: Attribution | None, currency: str) -> str:
    """' What moved it, of its parts: A +3 h; B -1 h.', if the difference was split.

    Differences are split over the whole organisation: of a target of one service it says so.
    """
    metric = target.metric
    if parts is None or not (found := parts.parts.get(metric)):
        return ""
    what = "it" if target.service == ALL else "this measure over all services and weeks"
    split = sorted(zip(parts.players, found, strict=True), key=lambda pair: -abs(pair[1].mean))
    shares = [f"{title} {told(part, OUTCOMES[metric].unit, currency).mean}" for title, part in split]
    return f" What moved {what}, of its parts: {'; '.join(shares)}."


def _moved(comparison: Comparison, other: ScenarioResult, measures: tuple[str, ...]) -> str:
    moved = [(name, comparison.differences[other.name][name]) for name in measures]
    clear = [(name, item) for name, item in moved if item is not None and _is_clear(item)]
    clear.sort(key=lambda pair: -abs(pair[1].relative or 0.0))
    told_of = [_measure(comparison, name, item) for name, item in clear[:MOST]]
    return f"{listing(told_of)}." if told_of else "nothing moved clearly."


def _count(item: TargetResult) -> int:
    return 0 if item.met is None else round(item.met.share * item.met.n)


def _process(words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Measures and keys of the processes that a text names."""
    named = [both for word, both in PROCESSES.items() if word in words.lower()]
    measures = dict.fromkeys(name for both in named for name in both[0])
    keys = dict.fromkeys(key for both in named for key in both[1])
    return tuple(measures), tuple(keys)


def _is_clear(item: Difference) -> bool:
    return item.verdict in ("better", "worse", "changed")


def _measure(comparison: Comparison, name: str, item: Difference) -> str:
    title = comparison.title(name)
    percent = "" if item.relative is None else f" {told_percent(item)}"
    return f"{title[:1].lower()}{title[1:]}{percent} ({SIGNS[item.verdict]} {item.verdict})"


def _levers(levers: Sequence[Lever], keys: tuple[str, ...]) -> str:
    acting = [item.text for item in levers if any(key.startswith(keys) for key in item.keys)]
    if not acting:
        return "No lever of this scenario acts on this process: it moved by what happened elsewhere."
    more = len(acting) - MOST
    rest = f"; and {more} more" if more > 0 else ""
    return f"Levers that act on it: {'; '.join(acting[:MOST])}{rest}."
