"""What a target asks for, in words: the same in tables, figures and on the terminal."""

from __future__ import annotations

from results.catalogue import OUTCOMES
from results.compare import Comparison
from results.naming import NO_TITLES, Titles, title_of
from results.prices import Target
from results.wording import exact, window


def limit(metric: str, at_most: bool, threshold: float, currency: str) -> str:
    """A limit as it was set: 'at most 12.5%'."""
    return f"at {'most' if at_most else 'least'} {exact(threshold, OUTCOMES[metric].unit, currency)}"


def asked(comparison: Comparison, target: Target, titles: Titles = NO_TITLES) -> str:
    """'Share of agreed time that services are up, Web shop: at least 99.5% in weeks 1 to 52'."""
    of = service_of(comparison, target, titles)
    return f"{comparison.title(target.metric)}{f', {of}' if of else ''}: {bound(comparison, target)}"


def bound(comparison: Comparison, target: Target) -> str:
    """The limit with its window: 'at least 99.5% in weeks 1 to 52'."""
    set_to = limit(target.metric, target.at_most, target.threshold, comparison.currency)
    return f"{set_to} in {window(target.start, target.end)}"


def service_of(comparison: Comparison, target: Target, titles: Titles = NO_TITLES) -> str:
    """The service that a target is about, '' where it is about all."""
    if target.service < 0:
        return ""
    return title_of(titles, "services", comparison.base.summaries[0].services.rows[target.service])
