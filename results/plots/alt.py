"""Figures in words, for those who can't see them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from results.attribution import Attribution
from results.catalogue import OUTCOMES
from results.compare import Comparison, ScenarioResult
from results.lights import business_rows, dashboard_rows, tally
from results.naming import Titles, title_of
from results.plots.attribution import shown
from results.plots.differences import STORY
from results.plots.hours import KINDS, hours_of
from results.plots.melon import index_words, strips_of
from results.plots.seen import sides_of, summed_up
from results.statistics.intervals import defined
from results.told import told, told_percent
from results.wording import amount, listing, part


def targets_alt(comparison: Comparison, names: Titles, target_titles: Titles) -> str:
    """Probabilities by target and scenario."""
    sentences = []
    for target in comparison.base.targets:
        parts = []
        for name, result in comparison.scenarios.items():
            found = result.targets.get(target)
            if found is not None and found.met is not None:
                parts.append(f"{names.get(name, name)} {part(found.met.share)}")
        sentences.append(f"{title_of(target_titles, '', target)}: {listing(parts) or 'no value'}.")
    return "Probability that each target is met. " + " ".join(sentences)


def differences_alt(comparison: Comparison, other: ScenarioResult) -> str:
    """Changes in percent, with their verdict."""
    parts = []
    for name in STORY:
        found = comparison.differences[other.name][name]
        if found is not None and found.relative is not None:
            parts.append(f"{comparison.title(name)} {told_percent(found)} ({found.verdict})")
    return "Change against the base: " + "; ".join(parts) + "."


def attribution_alt(found: Attribution, currency: str, title: Callable[[str], str]) -> str:
    """Each part of each difference, and the whole; ``title`` marks what is assumed, as the figure does."""
    sentences = []
    for name in shown(found):
        rows = zip(found.players, found.parts[name] or (), strict=True)
        parts = [f"{player} {told(part, OUTCOMES[name].unit, currency).mean}" for player, part in rows]
        whole = found.whole[name]
        if whole is not None:
            parts.append(f"all together {told(whole, OUTCOMES[name].unit, currency).mean}")
        sentences.append(f"{title(name)}: {listing(parts)}.")
    return "Parts of the difference. " + " ".join(sentences)


def dashboard_alt(comparison: Comparison, names: Titles) -> str:
    """How many limits are kept in each half."""
    halves = (("IT dashboard", dashboard_rows(comparison)), ("business targets", business_rows(comparison)))
    sentences = []
    for place, name in enumerate(comparison.scenarios):
        parts = []
        for heading, rows in halves:
            kept, of = tally(rows, place)
            parts.append(f"{heading} {kept} of {of} kept in more than half of the futures")
        sentences.append(f"{names.get(name, name)}: {listing(parts)}.")
    return "Lights of the IT dashboard beside those of the business. " + " ".join(sentences)


def melon_alt(comparison: Comparison, names: Titles) -> str:
    """How often each objective is a watermelon, and the index of each scenario."""
    sentences = []
    for name, result in comparison.scenarios.items():
        parts = []
        for strip in strips_of(result):
            found = defined(strip.melon)
            if len(found):
                parts.append(f"{strip.objective} {part(float(found.mean()))}")
        sentences.append(f"{names.get(name, name)}: {index_words(result)}; {listing(parts)}.")
    return "Months and futures that are green outside and red inside. " + " ".join(sentences)


def seen_alt(comparison: Comparison, other: str) -> str:
    """What each half of the picture sums up to, and its outcomes."""
    sentences = []
    for side, rows in sides_of(comparison, other).items():
        parts = [
            f"{comparison.title(name)} {told(item, OUTCOMES[name].unit, comparison.currency).mean} "
            f"({item.verdict})"
            for name, item in rows
        ]
        sentences.append(f"{side}, {summed_up(rows)}: {listing(parts) or 'nothing to judge'}.")
    return " ".join(sentences)


def hours_alt(comparison: Comparison, names: Titles) -> str:
    """Hours of all teams by kind."""
    sentences = []
    for name, result in comparison.scenarios.items():
        parts = []
        for kind in KINDS:
            hours = hours_of(result, kind).sum(axis=1).mean()
            parts.append(f"{kind.lower()} {amount(float(hours))} h")
        sentences.append(f"{names.get(name, name)}: {listing(parts)}.")
    return "Mean hours. " + " ".join(sentences)


def teams_alt(comparison: Comparison, titles: Titles, names: Titles) -> str:
    """Hours worked by team."""
    return "Mean hours worked. " + _by_team(comparison, titles, names, ("working", "overtime"), " h")


def queues_alt(comparison: Comparison, titles: Titles, names: Titles) -> str:
    """Mean waits by team."""
    return "Mean wait in the queue. " + _by_team(comparison, titles, names, ("queue_hours_mean",), " h")


def _by_team(
    comparison: Comparison, titles: Titles, names: Titles, columns: tuple[str, ...], unit: str
) -> str:
    sentences = []
    for team in comparison.base.summaries[0].teams.rows:
        parts = []
        for name, result in comparison.scenarios.items():
            if team not in result.summaries[0].teams.rows:
                continue
            values = [sum(s.teams.at(team, column) for column in columns) for s in result.summaries]
            kept = defined(values)
            if len(kept):
                parts.append(f"{names.get(name, name)} {amount(float(kept.mean()))}{unit}")
        sentences.append(f"{title_of(titles, 'teams', team)}: {listing(parts) or 'none'}.")
    return " ".join(sentences)


def weekly_alt(comparison: Comparison, series: str, names: Titles) -> str:
    """Mean, lowest and highest week of each scenario."""
    parts = []
    for name, result in comparison.scenarios.items():
        weeks = result.weekly(series)
        kept = weeks[:, ~np.isnan(weeks).all(axis=0)]
        if kept.size:
            mean = np.nanmean(kept, axis=0)
            parts.append(
                f"{names.get(name, name)}: {amount(float(mean.mean()))} on average, "
                f"{amount(float(mean.min()))} to {amount(float(mean.max()))} in single weeks"
            )
    return "Mean over replications by week. " + "; ".join(parts) + "."
