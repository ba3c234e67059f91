"""The answer in a few plain sentences: targets, loss to the business, spend."""

from __future__ import annotations

from results.catalogue import OUTCOMES
from results.compare import Comparison, ScenarioResult
from results.statistics.paired import Difference
from results.told import told, told_percent
from results.wording import length, part


def period(result: ScenarioResult) -> str:
    """The measured period in words: '52 weeks'."""
    return length(result.summaries[0].horizon)


def headline(comparison: Comparison, other: ScenarioResult, title: str, base_title: str) -> list[str]:
    """What ``other`` does to the business, compared with the base; first sentence first."""
    differences = comparison.differences[other.name]
    if all(found is None or found.low == found.high == 0.0 for found in differences.values()):
        return [
            f"{title} differs from {base_title} in nothing: every outcome is the same in every replication."
        ]
    sentences = [
        _targets(comparison.base, other, title),
        _outcome(differences, "business_loss_total", "the loss to the business", comparison),
        _outcome(differences, "cost_total", "IT spend", comparison),
    ]
    return [sentence for sentence in sentences if sentence]


def _targets(base: ScenarioResult, other: ScenarioResult, title: str) -> str:
    first, second = base.outcomes["targets_met_share"], other.outcomes["targets_met_share"]
    if first is None or second is None:
        return f"{title} has no target with a value in this period."
    count = sum(1 for item in base.targets.values() if item.met is not None)
    if count == 1:
        return (
            f"{title} meets the business target with a probability of {part(second.mean)}, "
            f"the base with {part(first.mean)}."
        )
    return (
        f"{title} meets {second.mean * count:.1f} of {count} business targets on average; "
        f"the base meets {first.mean * count:.1f}."
    )


def _outcome(differences: dict[str, Difference | None], name: str, what: str, comparison: Comparison) -> str:
    found = differences[name]
    if found is None:
        return ""
    currency, unit = comparison.currency, OUTCOMES[name].unit
    start = f"Over {period(comparison.base)}, {what}"
    if found.low == found.high == 0.0:
        return f"{start} is the same."
    verb = "falls" if found.mean < 0 else "rises"
    relative = f" ({told_percent(found)})" if found.relative is not None else ""
    words = told(found, unit, currency)
    if found.low is None or found.high is None:
        size = told(found, unit, currency, signed=False).mean
        return f"{start} {verb} by {size}{relative}; one replication says nothing about chance."
    if found.verdict in ("not clear", "negligible"):
        if words.low == words.high:
            return f"{start} hardly changes."
        how = "shows no clear change" if found.verdict == "not clear" else "hardly changes"
        return f"{start} {how}: {words.interval} (95% interval of the difference)."
    words = told(found, unit, currency, signed=False)
    lower = found.p_better if OUTCOMES[name].better == "lower" else None
    futures = ""
    if lower is not None:
        agree = lower if found.mean < 0 else 1.0 - lower
        futures = f" It {verb} in {futures_of(agree, found.n)}."
    interval = f", 95% interval {words.interval}" if words.low != words.high else ""
    return f"{start} {verb} by {words.mean}{relative}{interval}.{futures}"


def futures_of(agree: float, n: int) -> str:
    """'97 of 100 simulated futures'; 'every one of the 100 simulated futures'."""
    if agree >= 1.0:
        return f"every one of the {n} simulated futures"
    return f"{agree * n:g} of {n} simulated futures"
