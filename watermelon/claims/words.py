"""A check in words and figures: the same on the screen, in the page and in the document."""

from __future__ import annotations

import shlex
from typing import Any

from results.catalogue import OUTCOMES, Unit
from results.wording import NOTHING, SPACE, amount, exact, quantity
from watermelon.claims.playing import WEEK_HOURS, Answer, Result
from watermelon.claims.table import Check

CURRENCY = "USD"
"""Of the base that claims are played on."""
TITLES = {
    "tickets_handled": "Tickets that people handle",
    "password_reset_minutes": "Minutes until a password is reset",
}
"""Of what is measured for claims alone."""
FINE = 0.02
"""Width of an interval below which a ratio has a third digit."""


def title(check: Check) -> str:
    """What is measured, and how: 'Time to market, ratio to `baseline`'."""
    words = check.shows or TITLES.get(check.outcome) or OUTCOMES[check.outcome].title
    where = f" ({check.service})" if check.service else ""
    beside = {
        "ratio": f", ratio to `{check.against}`",
        "difference": f", difference to `{check.against}`",
        "saving": f", saved beside `{check.against}`",
        "level": "",
    }
    return f"{words}{where}{beside[check.measure]}"


def scenario(check: Check) -> str:
    """What is played, as one types it: name and --set."""
    sets = "".join(f" --set {shlex.quote(item)}" for item in (*check.both, *check.sets))
    return f"`{check.play}{sets}`"


def period(check: Check) -> str:
    """'weeks 27 to 52'."""
    return f"weeks {check.first + 1} to {check.last}"


def published(check: Check) -> str:
    """The figure, or the limit."""
    if check.figure is not None:
        return _exact(check, check.figure)
    limit = check.at_least if check.at_least is not None else check.at_most
    assert limit is not None, "a check has a figure or a limit"
    word = "least" if check.at_least is not None else "most"
    if limit == check.neutral:
        return f"{'above' if word == 'least' else 'below'} {limit:g}"
    return f"at {word} {_exact(check, limit)}"


def comes_out(result: Result) -> str:
    """'1.42 (1.34 to 1.53)'."""
    found, check = result.found, result.check
    if found.value is None or found.low is None or found.high is None:
        return NOTHING
    fine = found.high - found.low < FINE
    value, low, high = (_figure(check, item, fine=fine) for item in (found.value, found.low, found.high))
    return f"{value} ({low} to {high})"


def document(answer: Answer) -> dict[str, Any]:
    """A claim for JSON."""
    claim = answer.claim
    return {
        "says": claim.says,
        "verdict": answer.verdict,
        "caution": claim.caution,
        "checks": [_check_document(result) for result in answer.results],
        "reached_by": None
        if answer.reached is None or claim.reach is None
        else {"says": claim.reach.says, "check": claim.reach.check + 1, **_check_document(answer.reached)},
        "unreached": claim.unreached or None,
        "by_hand": claim.by_hand or None,
    }


def _check_document(result: Result) -> dict[str, Any]:
    check, found = result.check, result.found
    return {
        "verdict": result.judgement.verdict,
        "because": result.judgement.because,
        "why": check.why,
        "outcome": check.outcome,
        "title": title(check),
        "service": check.service or None,
        "scenario": check.play,
        "against": check.against,
        "set": list(check.sets),
        "set_both": list(check.both),
        "from_hours": check.first * WEEK_HOURS,
        "to_hours": check.last * WEEK_HOURS,
        "measure": check.measure,
        "per": check.per,
        "figure": check.figure,
        "at_least": check.at_least,
        "at_most": check.at_most,
        "band": None if check.band is None else list(check.band),
        "value": found.value,
        "ci_low": found.low,
        "ci_high": found.high,
        "mean": found.mean,
        "mean_against": found.against,
        "replications": found.replications,
        "text": comes_out(result),
        "published": published(check),
        "played": f"{scenario(check)}, {period(check)}",
    }


def _figure(check: Check, value: float, *, fine: bool) -> str:
    if check.measure == "ratio":
        return f"{value:.3f}" if fine else f"{value:.2f}"
    if check.outcome in TITLES:
        return amount(value)
    if _unit(check) == "share" and check.measure != "level" and not check.shows:
        return f"{amount(100 * value)}{SPACE}points"
    return quantity(value, _unit(check), CURRENCY)


def _exact(check: Check, value: float) -> str:
    if check.measure == "ratio":
        return f"{value:.3g}"
    return amount(value) if check.outcome in TITLES else exact(value, _unit(check), CURRENCY)


def _unit(check: Check) -> Unit:
    return "share" if check.shows else OUTCOMES[check.outcome].unit
